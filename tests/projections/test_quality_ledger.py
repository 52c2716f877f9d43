"""The quality ledger's rules: which items stand on it, in which month, judged by which version (C12)."""

from decimal import Decimal

import msgspec

from projections.catalogue import QUALITY_LEDGER
from projections.quality_ledger import LedgerItems, LevelRow
from slm_domain.commands.contract import FixClosedDays
from slm_domain.commands.incident import ProposeVoid, Reclassify, VoidIncident
from slm_domain.commands.response import Arrive, Contact, Notify
from slm_domain.commands.service_level import (
    ApproveRevision,
    CorrectMeasurement,
    ProposeRevision,
    RecordMeasurement,
    RetireLevel,
)
from slm_domain.items import Item
from slm_domain.sla import Bound
from tests.projections.conftest import Send, at, day, fault, stop
from tests.projections.contract_histories import Desks, agreed_sla
from tests.projections.folds import folded


def items(desks: Desks, level: str) -> list[Item]:
    found: list[LedgerItems] = folded(QUALITY_LEDGER, desks.drafts).rows(LedgerItems)
    return [item for row in found for item in row.items if item.level == level]


def measured(send: Send, kind: type[RecordMeasurement | CorrectMeasurement], when: str, start: str, end: str) -> None:
    why = {"reason": "誤記"} if kind is CorrectMeasurement else {}
    about = {"level": "software-configuration", "measurement": "m1"}
    send(kind, when, "provider", **about, start=at(start), end=at(end), **why)


def test_a_correction_that_moves_a_measurement_to_another_month_leaves_nothing_in_the_first(
    desks: Desks, send: Send
) -> None:
    measured(send, RecordMeasurement, "2025-06-05 10:00", "2025-06-02 09:00", "2025-06-03 09:00")
    assert [item.month for item in items(desks, "software-configuration")] == ["2025-06"]
    measured(send, CorrectMeasurement, "2025-06-06 10:00", "2025-05-30 09:00", "2025-06-03 09:00")
    (item,) = items(desks, "software-configuration")
    assert (item.month, item.day, len(item.positions)) == ("2025-05", day("2025-05-30"), 2)


def test_a_void_incident_has_no_items(desks: Desks, send: Send) -> None:
    stop(send, "i1", "2025-06-10 10:00", "2025-06-10 11:30")
    assert len(items(desks, "fault-notification")) == 1
    send(ProposeVoid, "2025-06-11 10:00", incident="i1", reason="重複")
    assert len(items(desks, "fault-notification")) == 1
    send(VoidIncident, "2025-06-11 11:00", "provider", incident="i1")
    assert items(desks, "fault-notification") == []


def test_an_incident_reclassified_to_a_level_that_is_not_told_at_once_loses_its_notice(
    desks: Desks, send: Send
) -> None:
    fault(send, "i1", "2025-06-10 10:00", level="B")
    assert len(items(desks, "fault-notification")) == 1
    send(Reclassify, "2025-06-10 12:00", incident="i1", level="C", reason="影響なし")
    assert items(desks, "fault-notification") == []


def test_an_item_is_judged_by_the_version_in_force_at_its_start(desks: Desks, send: Send) -> None:
    definition = next(level for level in agreed_sla().levels if level.key == "arrival-hardware")
    hour = Bound(amount=Decimal(60), unit="minutes")
    stricter = msgspec.structs.replace(definition, guaranteed=hour, target=hour)
    about = {"level": "arrival-hardware", "revision": "v1"}
    begins = {"effective_from": day("2025-07-01")}
    send(ProposeRevision, "2025-05-01 10:00", "provider", **about, **begins, definition=stricter, reason="実績")
    send(ApproveRevision, "2025-05-02 10:00", **about)
    for code, called in (("i1", "2025-06-30 10:00"), ("i2", "2025-07-01 10:00")):
        fault(send, code, called, level="A")
        send(Contact, called, incident=code, call="c1", site="town-hall", work="hardware")
        send(Arrive, called.replace("10:00", "11:15"), "provider", incident=code, call="c1")
    before, after = sorted(items(desks, "arrival-hardware"), key=lambda item: item.day)
    assert before.guaranteed_due == at("2025-06-30 11:30")
    assert after.guaranteed_due == at("2025-07-01 11:00")
    assert (before.effective_from, after.effective_from) == (day("2025-04-01"), day("2025-07-01"))


def test_a_level_that_is_retired_has_items_up_to_its_last_day(desks: Desks, send: Send) -> None:
    send(RetireLevel, "2025-05-01 10:00", level="software-configuration", effective_from=day("2025-07-01"))
    measured(send, RecordMeasurement, "2025-07-05 10:00", "2025-06-30 09:00", "2025-07-02 09:00")
    assert len(items(desks, "software-configuration")) == 1
    measured(send, CorrectMeasurement, "2025-07-06 10:00", "2025-07-01 09:00", "2025-07-02 09:00")
    assert items(desks, "software-configuration") == []
    rows = [row for row in folded(QUALITY_LEDGER, desks.drafts).rows(LevelRow) if row.level == "software-configuration"]
    assert [(row.effective_from, row.definition is None) for row in sorted(rows, key=lambda row: row.position)] == [
        (day("2025-04-01"), False),
        (day("2025-07-01"), True),
    ]


def test_closed_days_fixed_later_move_what_is_due_on_the_next_opening_day(desks: Desks, send: Send) -> None:
    stop(send, "i1", "2025-06-10 22:00", "2025-06-11 09:00", level="B")
    send(Notify, "2025-06-12 10:00", "provider", incident="i1", means="telephone", occurred_at=at("2025-06-12 09:00"))
    (before,) = items(desks, "fault-notification")
    assert before.guaranteed_due == at("2025-06-11 17:15")
    send(FixClosedDays, "2025-06-20 10:00", fiscal_year=2025, closed=(day("2025-06-11"),), reason="臨時閉庁")
    (after,) = items(desks, "fault-notification")
    assert after.guaranteed_due == at("2025-06-12 17:15")
