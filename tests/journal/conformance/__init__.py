"""eventsourcing's published suites for recorders, run against our journal through a thin synchronous adapter.

What passes, and why the rest does not apply, stands in docs/conformance.md.
"""
