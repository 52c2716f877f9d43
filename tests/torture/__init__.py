"""Breaking everything on purpose, again and again, and counting what is left: `python -m tests.torture`."""
