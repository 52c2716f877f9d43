"""Every availability comes with the list of time behind it, and the list adds up to the figure (C2, C7)."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from slm_domain.explaining import AvailabilityWorking, PartWorking, why_available
from slm_domain.facts import IncidentFacts, UnmeasuredTime
from slm_domain.figures.buckets import seconds
from slm_domain.sla import Sla
from tests.domain.downtimes import DAY, LATER, agreed, at, excluded, outage, record, restored

HOUR = timedelta(hours=1)
GAP = UnmeasuredTime(unmeasured="gap", side="provider", starts_at=at(16), ends_at=at(17), systems=(), position=40)
# 10-12 payroll and library stop, payroll runs from 11; 13-15 a stop of which 14-15 is excluded; 16-17 nobody measured
PARTIAL = outage(at(10), at(12), code="partial", level="B", restorations=(restored(at(11), "payroll"),))
WHOLE = outage(at(13), at(15), code="whole", exclusions=(excluded(at(14)),))


def why(sla: Sla, until: Any = LATER) -> AvailabilityWorking:
    incidents: list[IncidentFacts] = [PARTIAL, WHOLE]
    return why_available(record(sla, *incidents, unmeasured=[GAP]), incidents, DAY, until)


def totals(part: PartWorking) -> Mapping[str, timedelta]:
    return {each.bucket: each.total for each in part.sums}


def test_the_list_names_every_stretch_of_the_day_with_its_incident_and_entries() -> None:
    (part,) = why(agreed(partial_counts="weight", unmeasured="remove")).parts
    told = [(each.bucket, each.start, each.end, each.incident) for each in part.slices]
    assert told == [
        ("outside_hours", at(0), at(9), None),
        ("up", at(9), at(10), None),
        ("down", at(10), at(11), "partial"),
        ("down", at(11), at(12), "partial"),
        ("up", at(12), at(13), None),
        ("down", at(13), at(14), "whole"),
        ("excluded", at(14), at(15), "whole"),
        ("up", at(15), at(16), None),
        ("unmeasured", at(16), at(17), None),
        ("outside_hours", at(17), DAY.end, None),
    ]
    entries = {each.start: each.entries for each in part.slices}
    assert entries[at(10)] == (2, 3, 4, 11)  # reported, started, ended; payroll runs again
    assert entries[at(14)] == (2, 3, 4, 20, 21)  # with the claim and its acceptance
    assert entries[at(16)] == (40,)


def test_each_slice_of_a_partial_stop_tells_what_is_lost() -> None:
    (part,) = why(agreed(partial_counts="weight")).parts
    lost = [each.lost.value for each in part.slices if each.lost is not None]
    assert lost == [2400, 1200, 3600]  # 1 h x 2/3, 1 h x 1/3, 1 h
    assert part.lost.value == 7200


@pytest.mark.parametrize("availability_of", ["service", "systems", "organisations"])
@pytest.mark.parametrize("partial_counts", ["no", "full", "weight"])
@pytest.mark.parametrize("unmeasured", ["remove", "stays_in_base"])
@pytest.mark.parametrize("until", [at(8), at(11, 30), LATER])
def test_the_lists_add_up_to_the_figure(availability_of: str, partial_counts: str, unmeasured: str, until: Any) -> None:
    working = why(agreed(availability_of=availability_of, partial_counts=partial_counts, unmeasured=unmeasured), until)
    found, parts = working.figure, working.parts
    for bucket, shown in (
        ("up", found.up),
        ("down", found.down),
        ("excluded", found.excluded),
        ("unmeasured", found.unmeasured),
        ("outside_hours", found.outside_hours),
    ):
        assert sum((totals(part).get(bucket, timedelta()) * part.weight for part in parts), timedelta()) == shown
    base = sum((part.base * part.weight for part in parts), timedelta())
    lost = sum((part.lost.value * part.weight for part in parts), Fraction(0))
    assert base == found.base
    assert found.ratio is not None
    assert found.ratio.value == 1 - lost / seconds(base)
    for part in parts:
        assert sum((each.length for each in part.slices), timedelta()) == DAY.length
        assert sum((each.lost.value for each in part.slices if each.lost is not None), Fraction(0)) == part.lost.value
