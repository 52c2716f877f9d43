"""The history's rules: one act per entry, joined from breach to review, improvement and revised level (G5, S10)."""

from collections.abc import Iterable

import msgspec

from projections.answers.texts import NEARBY
from projections.catalogue import PDCA_HISTORY
from projections.pdca_history import Act, Acts
from slm_domain.aggregate import NoteWritten
from slm_domain.commands.review import PlanImprovement
from slm_domain.commands.service_level import ApproveRevision, ProposeRevision
from slm_domain.phases import PHASES
from tests.projections.conftest import Send, day, report
from tests.projections.contract_histories import Desks, agreed_sla
from tests.projections.drawn_histories import history
from tests.projections.engine.histories import Draft
from tests.projections.examples import shimanto_year
from tests.projections.folds import entries, folded


def acts(desks: Desks) -> list[Act]:
    return acts_of(desks.drafts)


def acts_of(drafts: Iterable[Draft]) -> list[Act]:
    found: list[Acts] = folded(PDCA_HISTORY, drafts).rows(Acts)
    return [act for row in sorted(found, key=lambda row: row.block) for act in row.acts]


def test_every_entry_but_a_text_is_an_act_in_its_phase() -> None:
    drafts = shimanto_year()
    rows = acts_of(drafts)
    said = [n for n, draft in enumerate(drafts, start=1) if draft.name in {kind.NAME for kind in PHASES}]
    assert sorted(row.position for row in rows) == said
    assert {row.phase for row in rows} == {"plan", "analyse", "agree", "operate"}
    assert not any(row.event == NoteWritten.NAME for row in rows)


def test_an_improvement_is_joined_to_its_review_its_level_and_the_month_of_the_breach(desks: Desks, send: Send) -> None:
    report(send, "2025-04", "2025-05-07 10:00")
    facts = {"level": "stop", "due": day("2025-09-30"), "measure": "冗長化", "because_of_month": "2025-03"}
    send(PlanImprovement, "2025-05-10 10:00", "provider", review="2025-04", improvement="a1", **facts)
    planned = acts(desks)[-1]
    assert (planned.kind, planned.subject, planned.review) == ("review", "2025-04", "2025-04")
    assert (planned.level, planned.month, planned.improvement) == ("stop", "2025-03", "a1")
    assert (planned.phase, planned.side, planned.person) == ("analyse", "provider", "p1")
    handed_in = next(act for act in acts(desks) if act.event == "MonthlyReportHandedIn.1")
    assert (handed_in.month, handed_in.review, handed_in.level) == ("2025-04", "2025-04", None)


def test_a_revision_names_the_review_it_came_from_and_the_day_it_takes_effect(desks: Desks, send: Send) -> None:
    report(send, "2025-04", "2025-05-07 10:00")
    definition = next(level for level in agreed_sla().levels if level.key == "stop")
    about = {"level": "stop", "revision": "v1"}
    changed = msgspec.structs.replace(definition, target=None)
    begins = day("2025-07-01")
    why = {"effective_from": begins, "review": "2025-04", "reason": "実績"}
    send(ProposeRevision, "2025-05-11 10:00", "provider", **about, **why, definition=changed)
    send(ApproveRevision, "2025-05-12 10:00", **about)
    proposed, revised = [act for act in acts(desks) if act.revision == "v1"]
    for act in (proposed, revised):
        assert (act.level, act.review, act.effective_from) == ("stop", "2025-04", begins)
    assert proposed.phase == "analyse"
    assert revised.phase == "agree"


def test_a_text_stands_so_near_its_act_that_it_is_found() -> None:
    found = 0
    for drafts in (shimanto_year(), history(1, 120), history(2, 120)):
        placed = {(entry.originator_id, entry.originator_version): entry for entry in entries(drafts)}
        for entry in list(placed.values()):
            reference = getattr(entry.event, "note", None)
            if reference is not None:
                note = placed[entry.originator_id, reference]
                assert isinstance(note.event, NoteWritten)
                assert abs(note.position - entry.position) <= NEARBY
                found += 1
    assert found > 200
