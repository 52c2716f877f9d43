"""`python -m tests.joint_oracle FILE`: the table of the year."""

import sys
from pathlib import Path

from tests.joint_oracle.table import table
from tests.oracle import read

print("\n".join(table(read(Path(sys.argv[1])))))  # noqa: T201 -- the table
