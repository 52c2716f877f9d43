"""An outage that is kept is the one that the facts come to, whatever was said since and whenever it is judged."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from slm_domain import codec
from slm_domain.facts import ExclusionFact, IncidentFacts
from slm_domain.figures.occurrences import Occurrence
from slm_domain.figures.periods import Interval
from slm_domain.known_outages import KnownOutages
from slm_domain.occurring import Occurring
from slm_domain.posting import POSTED, Posting
from slm_domain.register import Register
from tests.projections.drawn_histories import history

DAY = timedelta(days=1)


def test_a_kept_outage_is_the_one_worked_out_anew_at_every_instant() -> None:
    found = [_compared_and_kept(seed) for seed in range(6)]
    assert sum(compared for compared, _ in found) > sum(kept for _, kept in found) > 0


def test_neither_does_a_claim_to_leave_time_out_make_a_kept_outage_another() -> None:
    found = [_compared_and_kept(seed, claiming=True) for seed in range(6)]
    assert sum(compared for compared, _ in found) > sum(kept for _, kept in found) > 0


def _compared_and_kept(seed: int, *, claiming: bool = False) -> tuple[int, int]:
    posting = Posting()
    register = posting.register
    compared = kept = 0
    for position, draft in enumerate(history(seed, 60), start=1):
        if draft.name not in POSTED:
            continue
        event = codec.decode(draft.name, draft.payload)
        posting.post(draft.originator_id, position, event)
        for known in register.incidents.values():
            incident = _with_a_claim(register, known, position) if claiming else known
            for until in (incident.detected_at + DAY, incident.detected_at + 400 * DAY, incident.detected_at):
                found = _occurrence(register, incident, until)
                outages, register.outages = register.outages, KnownOutages()
                assert found == _occurrence(register, incident, until), (position, draft.name)
                register.outages = outages
                compared += found is not None
                kept += found is not None and found is _occurrence(register, incident, until)
    return compared, kept


def _with_a_claim(register: Register, incident: IncidentFacts, number: int) -> IncidentFacts:
    """The incident with a claim on one of the grounds, by turns; one in three names a planned stop nobody announced."""
    grounds = [ground.code for ground in register.slas[-1].sla.grounds]
    claim = ExclusionFact(
        exclusion="X1",
        ground=grounds[number % len(grounds)],
        claimed_by="provider",
        planned_stop="P1" if number % 3 == 0 else None,
        status=("accepted", "claimed", "accepted", "rejected")[number % 4],
        starts_at=None,
        ends_at=incident.detected_at + DAY / 24 if number % 2 else None,
        positions=(number,),
    )
    return replace(incident, exclusions=(claim,))


def _occurrence(register: Register, incident: IncidentFacts, until: datetime) -> Occurrence | None:
    """The incident as the figure of the service has it, by the SLA agreed last."""
    version = register.slas[-1]
    judged = Interval(incident.detected_at - 40 * DAY, incident.detected_at + 40 * DAY)
    calendar = register.availability_calendar(register.first_day)
    return Occurring(register, version, judged, until).of(incident, (), calendar)
