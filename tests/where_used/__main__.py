"""Writes docs/where-used.md: `python -m tests.where_used`."""

from tests.where_used.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
