"""What a claim to leave time out comes to: the ground's two flags, its notice and allowance, and the terms (C5, G9)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from msgspec.structs import replace

from slm_domain.announced import announced_time, announcement_of
from slm_domain.facts import ExclusionFact, IncidentFacts, PlannedStop, SlaVersion
from slm_domain.figures.intervals import Intervals
from slm_domain.figures.occurrences import Exclusion, ExclusionStatus
from slm_domain.figures.open_ended import OpenEnded, cut
from slm_domain.figures.periods import Interval
from slm_domain.notices import notice_given, notice_stands
from slm_domain.outages import Possible
from slm_domain.register import Register
from slm_domain.sla import Ground, Sla

# What stays stopped of an incident beside what these announcements name: None where they name all of it.
Left = Callable[[IncidentFacts, Sequence[PlannedStop]], Possible | None]


class Effect(StrEnum):
    """What became of a claim. Only the first two take anything away: time from the figure, or money from its price."""

    LEAVES_MEASUREMENT = "leaves_measurement"
    FREES_FROM_DAMAGES = "frees_from_damages"  # it stays down in the figure (G9, A24)
    CLAIMED = "claimed"  # until it is accepted it counts as down
    REJECTED = "rejected"
    NOTICE_MISSED = "notice_missed"  # the ground counts it as down, whatever was accepted (C21)
    BEYOND_ANNOUNCED = "beyond_announced"  # all of it lies beyond the planned stop that it names (C21)
    PLANNED_STOPS_COUNT = "planned_stops_count"  # by the term planned_stop_counts (A35)


def effect_of(register: Register, sla: Sla, incident: IncidentFacts, claim: ExclusionFact, until: datetime) -> Effect:
    """What the claim comes to under this SLA."""
    if claim.status != "accepted":
        return Effect.CLAIMED if claim.status == "claimed" else Effect.REJECTED
    if claim.planned_stop is not None and sla.terms.planned_stop_counts == "yes":
        return Effect.PLANNED_STOPS_COUNT
    ground, announced = ground_of(register, sla, claim), announcement_of(register, claim)
    strict = ground.notice.when_missed == "counts_as_down"
    if strict and notice_given(sla, ground, incident, announced, until).state == "not_met":
        return Effect.NOTICE_MISSED
    if claim.planned_stop is not None and (announced is None or announced_time(claim, announced) is None):
        return Effect.BEYOND_ANNOUNCED
    return Effect.LEAVES_MEASUREMENT if ground.leaves_measurement else Effect.FREES_FROM_DAMAGES


def effect_stands(register: Register, sla: Sla, incident: IncidentFacts, claim: ExclusionFact, until: datetime) -> bool:
    """Whether the claim comes to the same at any later instant, as long as the incident's outage does."""
    if claim.status != "accepted":
        return True
    ground = ground_of(register, sla, claim)
    return notice_stands(sla, ground, incident, announcement_of(register, claim), until)


def ground_of(register: Register, sla: Sla, claim: ExclusionFact) -> Ground:
    """The claim's ground as this SLA has it, or else the last one before it that does, or the first one after it."""
    return next(ground for ground in grounds_of(register, sla) if ground.code == claim.ground)


def grounds_of(register: Register, sla: Sla) -> Iterator[Ground]:
    """The SLA's grounds, then those that only other versions have: so that none changes what was before it (C12)."""
    yield from sla.grounds
    known = {ground.code for ground in sla.grounds}
    in_turn = sorted(register.slas, key=lambda version: (version.effective_from, version.number))
    place = next(place for place, version in enumerate(in_turn) if version.sla is sla)
    for version in (*reversed(in_turn[:place]), *in_turn[place + 1 :]):
        yield from (ground for ground in version.sla.grounds if ground.code not in known)
        known.update(ground.code for ground in version.sla.grounds)


def allowance_runs_on(register: Register) -> bool:
    """Whether a ground's yearly allowance runs on from month to month: what uses it up leaves less for those after."""
    return any(each.allowance is not None and each.allowance.per == "fiscal_year" for each in _grounds(register))


class Exclusions:
    """The exclusions of a contract's incidents under one version of its SLA, as they stand at `until`.

    With `limiting` it is the allowances of that later version that limit them: what they left out is charged to these.
    """

    def __init__(
        self, register: Register, version: SlaVersion, until: datetime, limiting: "Exclusions | None" = None
    ) -> None:
        self._limiting = limiting  # not itself: what refers to itself is only freed by the garbage collector
        self._register = register
        self._sla = version.sla
        self._until = until
        self._effects: dict[tuple[str, str], Effect] = {}

    def effect(self, incident: IncidentFacts, claim: ExclusionFact) -> Effect:
        """What the incident's claim comes to."""
        key = incident.incident, claim.exclusion
        if key not in self._effects:
            self._effects[key] = effect_of(self._register, self._sla, incident, claim, self._until)
        return self._effects[key]

    def of(self, incident: IncidentFacts, left: Left, beyond: Intervals = ()) -> tuple[Exclusion, ...]:
        """Its claims as the figure takes them. Those that only free from damages are not among them.

        `beyond` is the time for which no allowance is left: claims on a ground with one have no effect on it.
        """
        if not incident.exclusions:
            return ()
        found: list[Exclusion] = []
        taken: list[ExclusionFact] = []
        for claim in incident.exclusions:
            effect = self.effect(incident, claim)
            if effect is Effect.LEAVES_MEASUREMENT:
                taken.append(claim)
            elif effect in _STATUS and self._ground(claim).leaves_measurement:
                found.append(_exclusion(claim, _STATUS[effect], (claim.starts_at, claim.ends_at)))
        found.extend(self._taken(incident, taken, left, beyond))
        return tuple(found)

    def freeing(self, incident: IncidentFacts, left: Left) -> tuple[Exclusion, ...]:
        """What stays down in the figure and costs nothing (G9): accepted on a ground that only frees."""
        claims = [each for each in incident.exclusions if self.effect(incident, each) is Effect.FREES_FROM_DAMAGES]
        taken = self._taken(incident, claims, left, ())
        return tuple(each for each in taken if each.status is ExclusionStatus.ACCEPTED)

    def stand_alone(self, incident: IncidentFacts) -> bool:
        """Whether its claims come to the same at any later instant, whatever else happens and is announced.

        So not what names a planned stop, what comes out of an allowance, or what another version's ground decides.
        """
        own = {ground.code for ground in self._sla.grounds}
        return all(
            claim.planned_stop is None
            and claim.ground in own
            and not self.is_limited(claim)
            and effect_stands(self._register, self._sla, incident, claim, self._until)
            for claim in incident.exclusions
        )

    def is_limited(self, claim: ExclusionFact) -> bool:
        """Whether an allowance of its ground says how much of its time may leave the measurement."""
        ground = self._ground(claim)
        limit = ground if self._limiting is None else self._limiting._ground(claim)  # noqa: SLF001 -- another of its kind
        return ground.leaves_measurement and limit.leaves_measurement and limit.allowance is not None

    @property
    def grounds(self) -> Iterable[Ground]:
        """All that can be claimed on: this version's, and those of others that it does not have."""
        return self._grounds.values()

    def limited(self, incident: IncidentFacts) -> list[ExclusionFact]:
        """Its accepted claims that an allowance limits."""
        return [
            claim
            for claim in incident.exclusions
            if self.is_limited(claim) and self.effect(incident, claim) is Effect.LEAVES_MEASUREMENT
        ]

    def reach(self, claim: ExclusionFact) -> OpenEnded | None:
        """From when to when the claim speaks at most: its own times, and those of the announcement that it names.

        None where the two have no time in common.
        """
        if claim.planned_stop is None:
            return claim.starts_at, claim.ends_at
        time = self._announced_time(claim)
        return None if time is None else (time.start, time.end)

    def _ground(self, claim: ExclusionFact) -> Ground:
        return self._grounds[claim.ground]

    @cached_property
    def _grounds(self) -> dict[str, Ground]:
        return {ground.code: ground for ground in grounds_of(self._register, self._sla)}

    def _taken(
        self, incident: IncidentFacts, claims: Sequence[ExclusionFact], left: Left, beyond: Intervals
    ) -> Iterator[Exclusion]:
        """Accepted claims: what each leaves out, and where it is without effect."""
        by_announcement: list[tuple[ExclusionFact, Interval]] = []
        for claim in claims:
            own, limited = (claim.starts_at, claim.ends_at), self.is_limited(claim)
            time = self._announced_time(claim)
            if time is None:
                lasting, spent = cut(own, beyond if limited else ())
                for part in lasting:
                    yield _exclusion(claim, ExclusionStatus.ACCEPTED, part, limited=limited)
            else:
                by_announcement.append((claim, time))
                outside, _ = cut(own, (time,))
                for part in outside:
                    yield _exclusion(claim, ExclusionStatus.BEYOND_ANNOUNCED, part)
                _, spent = cut((time.start, time.end), beyond if limited else ())
            for part in spent:
                yield _exclusion(claim, ExclusionStatus.WITHOUT_EFFECT, part, limited=True)
        if by_announcement:
            yield from self._as_announced(incident, by_announcement, left, beyond)

    def _as_announced(
        self,
        incident: IncidentFacts,
        claims: Sequence[tuple[ExclusionFact, Interval]],
        left: Left,
        beyond: Intervals,
    ) -> Iterator[Exclusion]:
        """Claims that name planned stops: between any two of their edges what they name together leaves (C21)."""
        edges = {edge for _, time in claims for edge in (time.start, time.end)}
        edges |= {edge for interval in beyond for edge in (interval.start, interval.end)}
        for start, end in pairwise(sorted(edges)):
            there = [claim for claim, time in claims if time.start <= start and end <= time.end]
            lasts = not any(start in interval for interval in beyond)
            free = [claim for claim in there if not self.is_limited(claim)]
            for named, limited in ((free, False), (there if lasts and len(free) < len(there) else [], True)):
                if named:
                    yield self._leaving(incident, named, (start, end), left, limited=limited)

    def _leaving(
        self, incident: IncidentFacts, claims: Sequence[ExclusionFact], part: OpenEnded, left: Left, *, limited: bool
    ) -> Exclusion:
        named = (announcement_of(self._register, each) for each in claims)
        stays = left(incident, [each for each in named if each is not None])
        found = _exclusion(claims[0], ExclusionStatus.ACCEPTED, part, limited=limited)
        if stays is None:
            return found
        certain = stays.lowest == stays.picked == stays.highest
        return replace(
            found,
            left=stays.picked,
            lowest_left=None if certain else stays.lowest,
            highest_left=None if certain else stays.highest,
        )

    def _announced_time(self, claim: ExclusionFact) -> Interval | None:
        announced = announcement_of(self._register, claim)
        return None if announced is None else announced_time(claim, announced)


_STATUS = {
    Effect.CLAIMED: ExclusionStatus.CLAIMED,
    Effect.REJECTED: ExclusionStatus.REJECTED,
    Effect.NOTICE_MISSED: ExclusionStatus.WITHOUT_EFFECT,
    Effect.BEYOND_ANNOUNCED: ExclusionStatus.BEYOND_ANNOUNCED,
    Effect.PLANNED_STOPS_COUNT: ExclusionStatus.WITHOUT_EFFECT,
}


def _grounds(register: Register) -> Iterator[Ground]:
    return (ground for version in register.slas for ground in version.sla.grounds)


def _exclusion(claim: ExclusionFact, status: ExclusionStatus, part: OpenEnded, *, limited: bool = False) -> Exclusion:
    return Exclusion(ground=claim.ground, status=status, start=part[0], end=part[1], limited=limited)
