"""An independent reckoning of the joint desk's year by docs/figures.md: plain Python, nothing of the product's.

Like `tests.oracle`: times are whole minutes since a Monday's midnight in Tokyo, stops are sets of minutes.
"""

from tests.joint_oracle.facts import MONTHS
from tests.joint_oracle.record import Record, as_of, year
from tests.joint_oracle.table import table

__all__ = ["MONTHS", "Record", "as_of", "table", "year"]
