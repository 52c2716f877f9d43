"""Items kept from one entry to the next are those that the facts bring now, whatever the entry changed."""

import pytest

from slm_domain import codec
from slm_domain.facts import IncidentFacts, Measured
from slm_domain.items import Item, items_of_incident, items_of_measurement
from slm_domain.known_items import KnownItems
from slm_domain.posting import POSTED, Posting
from tests.projections.drawn_histories import history


@pytest.mark.parametrize("seed", range(6))
def test_kept_items_are_those_that_the_facts_bring_after_every_entry(seed: int) -> None:
    posting = Posting()
    register = posting.register
    known = KnownItems(register)

    def worked_out(facts: IncidentFacts | Measured) -> tuple[Item, ...]:
        if isinstance(facts, IncidentFacts):
            return tuple(items_of_incident(register, facts))
        return tuple(items_of_measurement(register, facts))

    def kept(facts: IncidentFacts | Measured) -> tuple[Item, ...]:
        return known.of_incident(facts) if isinstance(facts, IncidentFacts) else known.of_measurement(facts)

    seen = 0
    for position, draft in enumerate(history(seed, 60), start=1):
        if draft.name not in POSTED:
            continue
        touched = posting.post(draft.originator_id, position, codec.decode(draft.name, draft.payload))
        if touched is not None:
            known.forget(touched)
        everything: list[IncidentFacts | Measured] = [*register.incidents.values(), *register.measured.values()]
        for facts in everything:
            assert kept(facts) == worked_out(facts), (position, draft.name)
            assert kept(facts) is kept(facts)
            seen += 1
    assert seen
