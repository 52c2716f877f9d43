"""What the outage over 453 systems comes to, system by system, and how sure that is (J1, K1, C7)."""

from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from slm_domain import codec
from slm_domain.availability import figure, unit_stretches
from slm_domain.figures.buckets import seconds, total
from slm_domain.figures.periods import Interval
from slm_domain.posting import Posting
from slm_domain.stretch import Portion, Stretch
from tests.projections.examples import jip_base

TOKYO = ZoneInfo("Asia/Tokyo")
DECEMBER = Interval(datetime(2019, 12, 1, tzinfo=TOKYO), datetime(2020, 1, 1, tzinfo=TOKYO))
LATER = datetime(2020, 2, 1, tzinfo=TOKYO)
HOUR = timedelta(hours=1)


def of_each_system() -> list[tuple[Stretch, ...]]:
    """December 2019 of every system of every contract, as known in February."""
    found: list[tuple[Stretch, ...]] = []
    for drafts in jip_base().values():
        posting = Posting()
        for position, draft in enumerate(drafts, start=1):
            posting.post(draft.originator_id, position, codec.decode(draft.name, draft.payload))
        incidents = list(posting.register.incidents.values())
        found += unit_stretches(posting.register, incidents, DECEMBER, LATER, "systems").values()
    return found


def hours(systems: list[tuple[Stretch, ...]], which: str) -> Fraction:
    """The hours lost, by one of the bounds."""

    def bound(portion: Portion) -> Fraction:
        lost: Fraction = getattr(portion.bounds, which).buckets.lost
        return lost

    return sum((bound(part.service) for parts in systems for part in parts), Fraction(0)) / 3600


def test_the_group_adds_the_seconds_of_every_system() -> None:
    """Down from 4 December 10:00: 315 systems to the 15th 9:00 (263 h), 31 to the 18th 9:00 (335 h), 107 to the year's
    end (662 h): 315 x 263 + 31 x 335 + 107 x 662 = 164,064 h of 453 x 31 x 24 = 337,032 h."""
    systems = of_each_system()
    assert len(systems) == 453
    together = figure([part for parts in systems for part in parts])
    assert (together.base, together.down) == (337_032 * HOUR, 164_064 * HOUR)
    assert together.ratio is not None
    assert together.ratio.value == Fraction(337_032 - 164_064, 337_032)
    assert together.shown == "51.32"
    assert seconds(total(part.buckets() for parts in systems for part in parts).period) == 337_032 * 3600


def test_what_is_known_only_from_report_to_report_has_bounds() -> None:
    """At the least they were stopped to the report before: the 315 not at all for sure, the 31 to the 15th (263 h), 96
    that ran by the report of 7 January to the 18th (335 h), and 11 through December (662 h)."""
    systems = of_each_system()
    assert hours(systems, "lowest") == 31 * 263 + 96 * 335 + 11 * 662 == 47_595
    assert hours(systems, "picked") == hours(systems, "highest") == 164_064
