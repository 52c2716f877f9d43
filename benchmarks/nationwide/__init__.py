"""A nationwide fiscal year, made up: 1,741 municipalities with their contracts, and everything recorded under them.

Deterministic: the same seed and size give the same entries, byte for byte. `python -m benchmarks.nationwide --help`.
"""
