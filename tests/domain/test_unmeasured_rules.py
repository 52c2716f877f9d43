"""Rules of time in which nobody measured: who states it, of what, and who takes it back (C2, C23)."""

from msgspec.structs import replace

from slm_domain.aggregate import NoteWritten
from slm_domain.commands.unmeasured import StateUnmeasuredTime, WithdrawUnmeasuredTime
from slm_domain.contract_refusals import EndsBeforeItStarts, InTheFuture
from slm_domain.incident_refusals import UnknownSystem
from slm_domain.unmeasured_events import UnmeasuredTimeStated, UnmeasuredTimeWithdrawn
from slm_domain.unmeasured_refusals import NoSuchUnmeasuredTime, StatedByTheOtherSide, UnmeasuredTimeAlreadyStated
from tests.domain.agreement import AGREED, NOW, jst, municipality, provider
from tests.domain.scenario import refused, scenario

GAP = provider(
    StateUnmeasuredTime, unmeasured="gap-1", starts_at=jst(6, 2, 9), ends_at=jst(6, 2, 12), systems=("payroll",)
)
WITHDRAWN = provider(WithdrawUnmeasuredTime, unmeasured="gap-1", reason="the log was found")


def test_a_side_states_from_when_to_when_which_systems_were_not_measured() -> None:
    stated = UnmeasuredTimeStated(
        occurred_at=NOW,
        unmeasured="gap-1",
        starts_at=jst(6, 2, 9),
        ends_at=jst(6, 2, 12),
        stated_by="provider",
        systems=("payroll",),
    )
    scenario(given=AGREED, when=GAP, then=[stated])


def test_the_reason_is_free_text_that_can_be_erased() -> None:
    stated = UnmeasuredTimeStated(
        occurred_at=NOW,
        unmeasured="gap-1",
        starts_at=jst(6, 2, 9),
        ends_at=jst(6, 2, 12),
        stated_by="provider",
        note=6,
    )
    note = NoteWritten(occurred_at=NOW, text="the monitor was down")
    scenario(given=AGREED, when=replace(GAP, systems=(), reason="the monitor was down"), then=[note, stated])


def test_unmeasured_time_ends_after_it_starts_and_not_in_the_future() -> None:
    scenario(given=AGREED, when=replace(GAP, ends_at=GAP.starts_at), then=refused(EndsBeforeItStarts))
    scenario(given=AGREED, when=replace(GAP, ends_at=jst(6, 21)), then=refused(InTheFuture))


def test_only_systems_of_the_sla_are_measured_at_all() -> None:
    scenario(given=AGREED, when=replace(GAP, systems=("payrol",)), then=refused(UnknownSystem, system="payrol"))


def test_stretches_of_unmeasured_time_may_overlap_but_each_is_stated_once() -> None:
    other = replace(GAP, unmeasured="gap-2")
    stated = UnmeasuredTimeStated(
        occurred_at=NOW,
        unmeasured="gap-2",
        starts_at=jst(6, 2, 9),
        ends_at=jst(6, 2, 12),
        stated_by="provider",
        systems=("payroll",),
    )
    scenario(given=[*AGREED, GAP], when=other, then=[stated])
    scenario(given=[*AGREED, GAP], when=GAP, then=refused(UnmeasuredTimeAlreadyStated, unmeasured="gap-1"))


def test_the_side_that_stated_it_takes_it_back_with_a_reason() -> None:
    withdrawn = UnmeasuredTimeWithdrawn(occurred_at=NOW, unmeasured="gap-1", withdrawn_by="provider", note=7)
    note = NoteWritten(occurred_at=NOW, text="the log was found")
    scenario(given=[*AGREED, GAP], when=WITHDRAWN, then=[note, withdrawn])


def test_a_side_takes_back_only_its_own_statements() -> None:
    other = municipality(WithdrawUnmeasuredTime, unmeasured="gap-1", reason="it was measured")
    then = refused(StatedByTheOtherSide, unmeasured="gap-1", stated_by="provider", side="municipality")
    scenario(given=[*AGREED, GAP], when=other, then=then)


def test_what_was_not_stated_or_was_taken_back_is_not_taken_back() -> None:
    then = refused(NoSuchUnmeasuredTime, unmeasured="gap-1")
    scenario(given=AGREED, when=WITHDRAWN, then=then)
    scenario(given=[*AGREED, GAP, WITHDRAWN], when=WITHDRAWN, then=then)
