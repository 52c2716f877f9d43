"""The stops of the joint desk: what of them lies inside the opening hours of each town."""

from fractions import Fraction
from functools import cached_property

from tests.joint_oracle.excluded import Excluded
from tests.joint_oracle.facts import Span
from tests.oracle import Line


class Stops(Excluded):
    """The facts, and what stopped by them."""

    @cached_property
    def stops(self) -> dict[tuple[object, ...], tuple[set[int], set[int]]]:
        """What was worked out before."""
        return {}

    def minutes(
        self, systems: tuple[str, ...], organisation: str | None, *, charged: bool
    ) -> tuple[set[int], set[int]]:
        """The minutes in which any of these systems was stopped, and those that are excluded.

        `charged`: for the money, where what is only freed from damages is no stop (G9).
        """
        key = systems, organisation, charged
        if key not in self.stops:
            gone = self.gone(systems, organisation)
            stopped = {
                code: self.down(code, systems) - (self.costs_nothing(code, systems) if charged else set())
                for code in self.incidents
            }
            down = {at for code, minutes in stopped.items() for at in minutes - gone[code]}
            self.stops[key] = down, {at for code, minutes in stopped.items() for at in minutes & gone[code]}
        return self.stops[key]

    def unit(self, systems: tuple[str, ...], organisation: str | None, span: Span, *, charged: bool = False) -> Line:
        """Base, down and up of some systems together in an interval of the term, by their organisation's hours."""
        first, last, calendar = max(span[0], self.first), min(span[1], self.end), self.calendar(organisation)
        down, out = self.minutes(systems, organisation, charged=charged)
        unknown: set[int] | None = None
        stated = [line for line in self.lines if line["type"] == "StateUnmeasuredTime"]
        for system in systems:
            of = {
                at
                for line in stated
                if system in line.get("systems", systems)
                for at in range(line["starts_at"], line["ends_at"])
            }
            unknown = of if unknown is None else unknown & of
        counted = self.inside(down, calendar, first, last)
        away = self.inside((out | (unknown or set())) - down, calendar, first, last)
        base = self.open_time(calendar, first, last) - len(away)
        come = self.open_time(calendar, max(first, min(self.until, last)), last)
        return {"base": base, "down": len(counted), "ratio": 1 - Fraction(len(counted), base), "to_come": come}

    def together(self, span: Span) -> Line:
        """The organisations' minutes as often as they weigh (K1, C7)."""
        found = {"base": 0, "down": 0, "to_come": 0}
        for each in self.organisations:
            weight, unit = self.of(each)["weight"], self.unit(self.systems(each), each, span)
            found = {name: found[name] + weight * unit[name] for name in found}
        return found | {"ratio": 1 - Fraction(found["down"], found["base"])}

    def failures(self, span: Span) -> int:
        """How many incidents stop the service for the first counted time in the interval."""
        gone = self.gone(self.systems(None), None)
        firsts = [min(self.down(code, self.systems(None)) - gone[code], default=-1) for code in self.incidents]
        return sum(span[0] <= at < min(span[1], self.end) for at in firsts)
