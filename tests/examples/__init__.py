"""The examples that ship with the system are real input: every line has to be acceptable, and to say what it claims."""
