"""The verdict of every level in a month: the worst of its items, or of the periods that it tells of."""

from fractions import Fraction
from functools import cached_property

from tests.joint_oracle.facts import Verdict, misses, plus, worst
from tests.joint_oracle.items import Items
from tests.oracle import DAY, WEEKDAYS, Line, bounds


class Levels(Items):
    """The items, and what the levels come to."""

    @cached_property
    def earlier_levels(self) -> dict[int, "Levels"]:
        """The same facts judged at earlier instants."""
        return {}

    def periods(self, measure: Line, month: str) -> list[tuple[int, int, bool]]:
        """The periods that end in the month or with the term in it, and longer ones so far: first, last, goes on."""
        (first, last), name = bounds(month), measure["period"]
        end = min(last, self.end)
        if name == "week":
            begins = [
                day for day in range(first - 6 * DAY, end, DAY) if WEEKDAYS[day // DAY % 7] == measure["week_starts_on"]
            ]
            return [(day, day + 7 * DAY, False) for day in begins if first < min(day + 7 * DAY, self.end) <= end]
        if name == "term":
            return [(self.first, self.end, self.end > last)]
        months = {"month": 1, "quarter": 3, "half_year": 6, "fiscal_year": 12, "year": 12, "rolling": 12}[name]
        number = int(month[5:]) - (1 if name == "year" else 4)
        begin = plus(month, -11) if name == "rolling" else plus(month, -(number % months))
        first, last = bounds(begin, months)
        return [(first, last, min(last, self.end) > end)]

    def so_far(self, month: str) -> "Levels":
        """The same facts judged at the month's end, for a period that goes on."""
        if (end := bounds(month)[1]) >= self.until:
            return self
        if end not in self.earlier_levels:
            self.earlier_levels[end] = Levels(self.numbers, self.all, end)
        return self.earlier_levels[end]

    def verdict(self, key: str, month: str) -> Verdict:
        level = self.version(key, bounds(month)[0])
        kind, measure = level["measure"]["kind"], level["measure"]
        if kind in {"duration_at_most", "lead_at_least", "obligation"}:
            return worst([self.item_verdict(level, item) for item in self.items(level, month)])
        if measure["period"] == "day":
            days = [(day, day + DAY, False) for day in range(bounds(month)[0], min(bounds(month)[1], self.end), DAY)]
            return worst([self.period_verdict(level, each, month, None) for each in days])
        units: dict[str, list[str | None]] = {"contract": [None], "organisation": [*self.organisations]}
        units["system"] = [code for code in self.owner if code in measure["systems"]]
        return worst(
            [
                self.period_verdict(level, each, month, unit)
                for unit in units[measure["per"]]
                for each in self.periods(measure, month)
            ]
        )

    def period_verdict(self, level: Line, period: tuple[int, int, bool], month: str, unit: str | None) -> Verdict:
        at = self.so_far(month) if period[2] else self
        low, high = at.value(level, period, unit)
        if low is None and high is None:
            return (
                "pending" if period[2] else "nothing" if level["measure"]["source"] == "stops" else "not measured"
            ), False
        most = level["measure"]["kind"].endswith("at_most")
        best, last = (low, high) if most else (high, low)
        wrong = best is not None and misses(level["guaranteed"], best, most=most)
        short = best is not None and misses(level["target"], best, most=most)
        sure = not period[2] or (last is not None and not misses(level["guaranteed"], last, most=most))
        return ("breach" if wrong else "met" if sure else "pending"), short

    def value(  # noqa: PLR0911 -- a line or two for each kind
        self, level: Line, period: tuple[int, int, bool], unit: str | None
    ) -> tuple[Fraction | None, Fraction | None]:
        """The least and the most that the period's value can still be; None where nothing bounds it."""
        measure, (first, last, running), kind = level["measure"], period, level["measure"]["kind"]
        said = [line for (key, _), line in self.measured.items() if key == level["key"]]
        said = [
            line for line in said if unit in {None, line.get("organisation")} and line["start"] < min(last, self.until)
        ]
        inside = [line for line in said if first <= line["start"]]
        if kind == "availability_at_least":
            found = (
                self.together((first, last)) if unit is None else self.unit((unit,), self.owner[unit], (first, last))
            )
            return found["ratio"] - (Fraction(found["to_come"], found["base"]) if running else 0), found["ratio"]
        if kind == "stopped_time_at_most":
            stopped = Fraction(self.unit(self.systems(None), None, (first, last))["down"])
            return stopped, stopped
        if kind.startswith("count"):
            number = self.failures((first, last)) if measure["source"] == "stops" else 0
            number += sum(line.get("succeeded", True) for line in inside if measure["source"] == "measurements")
            return Fraction(number), Fraction(number)
        if kind == "time_between_failures_at_least":
            of, number = self.unit(self.systems(None), None, (first, last)), self.failures((first, last))
            if running or not number:
                return (Fraction(0), None) if running else (None, None)
            return (up := Fraction(of["base"] - of["down"], number)), up
        if kind == "grade_at_least":
            grades = [line["grade"] for line in said if line["start"] < first][-1:] + [line["grade"] for line in inside]
            if not grades:
                return None, None
            return (None if running else Fraction(min(grades))), Fraction(min(grades))
        if measure["source"] == "incidents":
            times = [
                (item["end"] or self.until) - item["start"]
                for item in self.begun(level)
                if first <= item["start"] < last
            ]
            if running or not times:
                return (Fraction(0), None) if kind == "mean_at_most" else (Fraction(0), Fraction(1))
            if kind == "mean_at_most":
                return (mean := Fraction(sum(times), len(times))), mean
            within = int(measure["within"]["amount"])
            return (ratio := Fraction(sum(each <= within for each in times), len(times))), ratio
        whole = sum(line["whole"] for line in inside)
        if not whole:
            return None, None
        return (ratio := Fraction(sum(line["part"] for line in inside), whole)), ratio
