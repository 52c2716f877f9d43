"""What grows with the record and what does not: the same work on nationwide years of several sizes, by turns.

`python -m benchmarks.nationwide scale --help`; docs/scale.md tells what came of it.
"""
