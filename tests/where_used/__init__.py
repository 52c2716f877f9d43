"""Which example uses each row of the sources and each reading of their ambiguous passages (docs/where-used.md)."""
