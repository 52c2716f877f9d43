"""How fast the arithmetic is on this machine: `python -m benchmarks`. Figures to read and compare, never a test."""
