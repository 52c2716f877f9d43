"""An outage that is kept is the one that the facts come to, whatever was said since and whenever it is judged."""

from datetime import timedelta

from slm_domain import codec
from slm_domain.known_outages import KnownOutages
from slm_domain.posting import POSTED, Posting
from tests.projections.drawn_histories import history

DAY = timedelta(days=1)


def test_a_kept_outage_is_the_one_worked_out_anew_at_every_instant() -> None:
    found = [_compared_and_kept(seed) for seed in range(6)]
    assert sum(compared for compared, _ in found) > sum(kept for _, kept in found) > 0


def _compared_and_kept(seed: int) -> tuple[int, int]:
    posting = Posting()
    register = posting.register
    compared = kept = 0
    for position, draft in enumerate(history(seed, 60), start=1):
        if draft.name not in POSTED:
            continue
        event = codec.decode(draft.name, draft.payload)
        posting.post(draft.originator_id, position, event)
        for incident in register.incidents.values():
            for until in (incident.detected_at + DAY, incident.detected_at + 400 * DAY, incident.detected_at):
                version = register.slas[-1]
                found = register.outages.of_service(incident, version, until, ())
                assert found == KnownOutages().of_service(incident, version, until, ()), (position, draft.name)
                compared += found is not None
                kept += found is not None and found is register.outages.of_service(incident, version, until, ())
    return compared, kept
