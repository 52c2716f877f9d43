"""What some lines of the file say, taken together, and the opening hours that they agree on."""

from fractions import Fraction
from functools import cache

from tests.oracle import DAY, MINUTE, MONDAY, WEEKDAYS, Line, minute

MONTHS = [f"{2025 + n // 12}-{n % 12 + 1:02}" for n in range(3, 15)]
MINUTES = {"minutes": 1, "hours": 60, "days": DAY}
Verdict = tuple[str, bool]  # breach, pending, met, excluded or nothing; and whether the target is missed
WORST = ("breach", "pending", "not measured", "met", "excluded", "nothing")
Span = tuple[int, int]


def plus(month: str, months: int) -> str:
    year, before = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{year}-{before + 1:02}"


def day_of(at: int) -> str:
    return f"{MONDAY + at * MINUTE:%Y-%m-%d}"


def half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def percent(text: object) -> Fraction:
    return Fraction(str(text)) / 100


def misses(bound: Line | None, value: Fraction, *, most: bool) -> bool:
    """Whether the exact value misses the bound by its printed word (C9); `most`: of what should be little."""
    if bound is None:
        return False
    of = Fraction(bound["amount"]) * MINUTES.get(bound["unit"], 1) / (100 if bound["unit"] == "percent" else 1)
    word = bound.get("comparison") or ("at_most" if most else "at_least")
    return {"at_least": value < of, "above": value <= of, "at_most": value > of, "below": value >= of}[word]


def worst(found: list[Verdict]) -> Verdict:
    return min((name for name, _ in found), key=WORST.index, default="nothing"), any(short for _, short in found)


class Facts:
    """What some lines of the file say, taken together and judged at `until`."""

    def __init__(self, numbers: tuple[int, ...], lines: list[Line], until: int) -> None:
        self.all, self.until, self.numbers = lines, until, numbers
        self.lines = [lines[number] for number in numbers]
        self.sla: Line = next(line["document"] for line in self.lines if "document" in line)
        self.first, self.end = minute(self.sla["term_from"]), minute(self.sla["term_to"]) + DAY
        self.closed = {minute(day) // DAY for line in self.lines for day in line.get("closed", ())}
        self.measured = {(line["level"], line["measurement"]): line for line in self.lines if "measurement" in line}
        codes = dict.fromkeys(line["incident"] for line in self.lines if "incident" in line)
        void = {line["incident"] for line in self.lines if line["type"] == "VoidIncident"}
        of = {code: [line for line in self.lines if line.get("incident") == code] for code in codes}
        self.incidents = {code: said for code, said in of.items() if code not in void}
        self.organisations = [each["code"] for each in self.sla["municipality"]["organisations"]]
        self.owner = {each["code"]: each["organisation"] for each in self.sla["systems"]}

    @cache  # noqa: B019 -- a record lives as long as its test
    def hours(self, calendar: str, day: int) -> tuple[Span, ...]:
        """The opening hours of a day, breaks cut out."""
        weekly = week = self.sla["calendars"][calendar]
        for change in weekly["changes"]:
            week = change if minute(change["effective_from"]) // DAY <= day else week
        special = {minute(each["day"]) // DAY: each["hours"] for each in weekly["special_days"]}
        also = {minute(each) // DAY for each in weekly["also_closed"]}
        shifts = special.get(day, week[WEEKDAYS[day % 7]])
        if day not in special and (day in also or (weekly["closed"] != "never" and day in self.closed)):
            return ()
        for pause in week["breaks"]:
            shifts = [part for shift in shifts for part in (f"{shift[:5]}-{pause[:5]}", f"{pause[6:]}-{shift[6:]}")]
        spans = [tuple(day * DAY + int(time[:2]) * 60 + int(time[3:]) for time in shift.split("-")) for shift in shifts]
        return tuple((opens, closes) for opens, closes in spans if opens < closes)

    def opening(self, calendar: str, first: int, last: int) -> list[Span]:
        days = range(first // DAY, (last - 1) // DAY + 1)
        cut = [(max(a, first), min(b, last)) for day in days for a, b in self.hours(calendar, day)]
        return [(a, b) for a, b in cut if a < b]

    def open_time(self, calendar: str, first: int, last: int) -> int:
        return sum(b - a for a, b in self.opening(calendar, first, last)) if first < last else 0

    def of(self, organisation: str) -> Line:
        found: Line = next(x for x in self.sla["municipality"]["organisations"] if x["code"] == organisation)
        return found

    def calendar(self, organisation: str | None) -> str:
        own = None if organisation is None else self.of(organisation)["calendar"]
        return str(own or self.sla["availability_calendar"])

    def systems(self, organisation: str | None) -> tuple[str, ...]:
        return tuple(code for code, owner in self.owner.items() if organisation in {None, owner})
