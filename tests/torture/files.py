"""Where the tortured processes and those who torture them leave things for one another."""

DSN = "dsn"  # how to connect
ACKNOWLEDGED = "acknowledged"  # one line for each answer: story, key, journal, first and last position
SEEN = "seen"  # what a follower has seen, replaced as a whole
FAULTS = "faults"  # what a role found wrong, or the end it came to
