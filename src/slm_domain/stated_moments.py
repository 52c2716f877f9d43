"""Which moments of the response to an incident each side has stated, and in which order they can lie (C18, C23)."""

from collections.abc import Iterator
from datetime import datetime

from slm_domain.clock_events import ResponseMoment
from slm_domain.sla import Side, Words

_BEFORE: dict[ResponseMoment, ResponseMoment] = {
    "triage_reported": "triaged",
    "dispatched": "contacted",
    "arrived": "contacted",
    "work_started": "contacted",
    "equipment_restored": "equipment_stop_told",
}
_NAMES: dict[ResponseMoment, Words] = {
    "triage_reported": Words(ja="一次切り分けの報告", en="the report of the triage"),
    "dispatched": Words(ja="出動", en="the dispatch"),
    "arrived": Words(ja="到着", en="the arrival"),
    "work_started": Words(ja="作業の開始", en="the start of work"),
    "equipment_restored": Words(ja="機器の復旧", en="the restoration of the equipment"),
}
_OF_EQUIPMENT: tuple[ResponseMoment, ...] = ("equipment_stop_told", "equipment_restored")
_Key = tuple[ResponseMoment, str | None]


class StatedMoments:
    """The moments stated, by the side and by the call or equipment that they belong to.

    Of a moment said more than once the earliest counts; equipment that stopped again begins anew.
    """

    def __init__(self) -> None:
        self.known: dict[_Key, dict[Side, datetime]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StatedMoments) and self.known == other.known

    __hash__ = None  # type: ignore[assignment]  # it changes with every moment

    def say(self, moment: ResponseMoment, code: str | None, side: Side, at: datetime) -> None:
        """A side states a moment."""
        if moment == "equipment_stop_told":
            for each in _OF_EQUIPMENT:
                self.known.pop((each, code), None)
        stated = self.known.setdefault((moment, code), {})
        stated[side] = at if moment in _OF_EQUIPMENT else min(stated.get(side, at), at)

    def correct(self, moment: ResponseMoment, code: str | None, side: Side, at: datetime) -> None:
        """A side restates a moment of its own."""
        self.known.setdefault((moment, code), {})[side] = at

    def of(self, moment: ResponseMoment, code: str | None, side: Side) -> datetime | None:
        """When it was as that side stated; None where it has not."""
        return self.known.get((moment, code), {}).get(side)

    def out_of_order(
        self, moment: ResponseMoment, code: str | None, at: datetime
    ) -> Iterator[tuple[Words, datetime, datetime]]:
        """What would begin too early if the moment were so: its name, when it is, and what it must not precede."""
        if moment in _BEFORE:
            for begin in self._first(_BEFORE[moment], code):
                if at < begin:
                    yield _NAMES[moment], at, begin
        for later, before in _BEFORE.items():
            if before == moment:
                for then in self._first(later, code):
                    if then < at:
                        yield _NAMES[later], then, at

    def _first(self, moment: ResponseMoment, code: str | None) -> list[datetime]:
        stated = self.known.get((moment, code))
        return [min(stated.values())] if stated else []
