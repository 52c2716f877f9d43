"""The generated nationwide year: valid, deterministic, and the same as the product would record."""
