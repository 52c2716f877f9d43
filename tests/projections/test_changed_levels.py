"""A level revised inside a month: report, ledger and explanation tell from when on which values hold (C12, S12)."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from projections.answers.changed_levels import LevelChangeAnswer
from projections.answers.explanation import explanation
from projections.answers.ledger import ledger
from projections.answers.reports import monthly_report
from slm_domain.commands.response import Arrive, Contact
from slm_domain.commands.service_level import ApproveRevision, ProposeRevision
from slm_domain.figures.judgement import Verdict
from slm_domain.figures.periods import Month
from slm_domain.sla import Bound
from tests.projections.conftest import Send, day, fault
from tests.projections.contract_histories import CODE, JOURNAL, Desks, agreed_sla
from tests.projections.examples import recorded

if TYPE_CHECKING:
    from slm_journal.database import Pool

ARRIVAL, JULY = "arrival-hardware", Month(2025, 7)


async def test_every_answer_about_the_month_tells_what_holds_from_when(desks: Desks, send: Send, pool: "Pool") -> None:
    # 90 minutes, from 15 July on 60: 75 minutes are in time on the 14th and late on the 15th
    definition = next(level for level in agreed_sla().levels if level.key == ARRIVAL)
    hour = Bound(amount=Decimal(60), unit="minutes")
    stricter = replace(definition, guaranteed=hour, target=hour)
    about, begins = {"level": ARRIVAL, "revision": "v1"}, {"effective_from": day("2025-07-15")}
    send(ProposeRevision, "2025-05-01 10:00", "provider", **about, **begins, definition=stricter, reason="実績")
    send(ApproveRevision, "2025-05-02 10:00", **about)
    for code, called in (("i1", "2025-07-14 10:00"), ("i2", "2025-07-15 10:00")):
        fault(send, code, called, level="C")
        send(Contact, called, incident=code, call="c1", site="town-hall", work="hardware")
        send(Arrive, called.replace("10:00", "11:15"), "provider", incident=code, call="c1")
    source = await recorded(pool, {JOURNAL: desks.drafts})
    change = LevelChangeAnswer(level=ARRIVAL, effective_from=date(2025, 7, 15), guaranteed=hour, target=hour)

    report = await monthly_report(source, CODE, JULY)
    assert report.level_changes == (change,)
    (figure,) = [each for each in report.figures.levels if each.level == ARRIVAL]
    assert (figure.guaranteed, figure.verdict) == (definition.guaranteed, Verdict.BREACH)
    assert [miss.subject for miss in figure.misses if miss.verdict is Verdict.BREACH] == ["i2/c1"]
    (level,) = (await ledger(source, CODE, JULY, level=ARRIVAL)).levels
    assert level.changes == (change,)
    assert (await explanation(source, CODE, JULY, level=ARRIVAL)).level_changes == (change,)
    assert (await monthly_report(source, CODE, JULY.plus(-1))).level_changes == ()
