"""Times on the screen are those of the contract's own zone."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from projections.answers.standpoint import Standpoint
from slm_api.cli.screen import Screen, deadline, moment

NOON = datetime(2025, 4, 10, 3, 0, tzinfo=UTC)


def standing(zone: str) -> Standpoint:
    return Standpoint(contract="c", journal_id=UUID(int=1), position=1, until=NOON, time_zone=zone, simulated=False)


@pytest.mark.parametrize(("zone", "shown"), [("Asia/Tokyo", "2025-04-10 12:00"), ("Europe/Madrid", "2025-04-10 05:00")])
def test_times_are_told_in_the_zone_of_the_contract(zone: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    Screen("ja").standpoint(standing(zone))
    assert shown in capsys.readouterr().out
    assert moment(NOON) == shown


def test_a_deadline_at_the_end_of_a_day_is_told_as_that_day() -> None:
    Screen("en").standpoint(standing("Asia/Tokyo"))
    assert deadline(datetime(2025, 5, 10, 15, 0, tzinfo=UTC)) == "2025-05-10 24:00"
