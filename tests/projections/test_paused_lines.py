"""The ledger tells what paused a line's clock, and why, as long as the text stands (C14)."""

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from projections.answers.ledger import ledger
from slm_api.cli.ledger_view import print_ledger
from slm_api.cli.screen import Screen
from slm_domain.commands.envelope import Command
from slm_domain.commands.pauses import PauseClock, ResumeClock
from slm_domain.commands.response import Contact
from slm_domain.figures.periods import Month
from tests.projections.conftest import SIDES, at, fault
from tests.projections.contract_histories import CODE, JOURNAL, Desks, agreed_sla, agreeing_on
from tests.projections.examples import recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

APRIL = Month(2025, 4)
ARRIVAL = "arrival-hardware"


def paused_arrival() -> Desks:
    """A call on 10 April at 10:00, paused from 10:20 to 10:50 for a key."""
    sla = agreed_sla()
    levels = tuple(
        replace(each, measure=replace(each.measure, pausable=True)) if each.key == ARRIVAL else each
        for each in sla.levels
    )
    desks = Desks()
    for command in agreeing_on(replace(sla, levels=levels)):
        assert desks.send(command, at("2025-03-20 09:00"))

    def send(kind: type[Command], when: str, side: str = "municipality", /, **facts: Any) -> None:
        assert desks.send(kind(contract=CODE, by=SIDES[side], **facts), at(when))

    fault(send, "i1", "2025-04-10 10:00", level="C")
    send(Contact, "2025-04-10 10:00", incident="i1", call="c1", site="town-hall", work="hardware")
    send(PauseClock, "2025-04-10 10:20", "provider", incident="i1", call="c1", reason="鍵の到着待ち")
    send(ResumeClock, "2025-04-10 10:50", "provider", incident="i1", call="c1")
    return desks


async def test_the_ledger_tells_what_paused_a_clock_and_why(pool: "Pool") -> None:
    source = await recorded(pool, {JOURNAL: paused_arrival().drafts})
    (level,) = (await ledger(source, CODE, APRIL, level=ARRIVAL)).levels
    (pause,) = level.paused
    assert (pause.started_at, pause.ended_at) == (at("2025-04-10 10:20"), at("2025-04-10 10:50"))
    assert (pause.stated_by, pause.reason) == ("provider", "鍵の到着待ち")
    (line,) = level.lines
    assert line.subject == pause.subject
    assert line.guaranteed_due == at("2025-04-10 12:00")  # 1 h 30 of clock, and the half hour of the pause


async def test_the_printed_ledger_shows_the_pause_in_either_language(
    pool: "Pool", capsys: pytest.CaptureFixture[str]
) -> None:
    source = await recorded(pool, {JOURNAL: paused_arrival().drafts})
    answer = await ledger(source, CODE, APRIL, level=ARRIVAL)
    for language, said in (("ja", "中断 i1/c1"), ("en", "paused i1/c1")):
        print_ledger(Screen(language), answer)  # type: ignore[arg-type]  # one of the two languages
        shown = " ".join(capsys.readouterr().out.split())
        assert said in shown
        assert "鍵の到着待ち" in shown
