"""An independent reckoning of the Shimanto year by docs/figures.md: plain Python, sharing nothing with the product.

Times are whole minutes since a Monday's midnight in Tokyo, so a day is `// DAY`, its weekday `// DAY % 7`.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

Line = dict[str, Any]  # a command, or what is judged because of it
MONDAY, MINUTE, DAY = datetime.fromisoformat("2001-01-01T00:00:00+09:00"), timedelta(minutes=1), 24 * 60
WEEKDAYS, UNITS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), {"minutes": 1, "hours": 60, "days": DAY}
NOTHING, MET, PENDING, SHORTFALL, BREACH = range(5)  # the worst of a level's items is its verdict
SAID = {"detected": ["ReportIncident"], "notified": ["Notify"], "triaged": ["Triage"], "parts_needed": ["NeedPart"],
        "triage_reported": ["ReportTriage"], "contacted": ["Contact"], "arrived": ["Arrive"], "recovered": ["Recover"],
        "work_started": ["StartWork", "Arrive"], "equipment_stop_told": ["TellEquipmentStop"], None: [],
        "equipment_restored": ["RestoreEquipment"], "report_handed_in": ["HandInIncidentReport"]}  # fmt: skip


def read(path: Path) -> list[Line]:
    """The lines of a command file, each with a `start`: its own, or when it occurred, or when it was recorded."""
    lines = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    lines = [{"start": line.get("occurred_at", line["at"]), "recorded_in": line["at"][:7]} | line for line in lines]
    return [{k: minute(v) if k.endswith(("at", "start", "end")) else v for k, v in line.items()} for line in lines]


def minute(text: str) -> int:
    minutes, rest = divmod(datetime.fromisoformat(text if "T" in text else f"{text}T00:00+09:00") - MONDAY, MINUTE)
    assert not rest, f"{text} is not a whole minute"
    return minutes


def bounds(month: str, months: int = 1) -> tuple[int, int]:
    year, before = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return minute(f"{month}-01"), minute(f"{year}-{before + 1:02}-01")


def figures(lines: list[Line], month: str, until: datetime) -> Line:
    """A month's figures from the lines recorded by `until`, judged at `until`."""
    now = (until - MONDAY) // MINUTE
    lines = [line for line in lines if line["at"] <= now]
    record = Record(lines)
    opening, stopped, payable = record.opening(*bounds(month)), record.stopped(month, now), record.payable(month, now)
    verdicts = {level["key"]: record.verdict(level["key"], month, now) for level in record.sla["levels"]}
    invoice, adjustment = payable, 0
    of = {line["review"]: line["month"] for line in lines if line["type"] == "OpenReview" and "month" in line}
    handed = {line["review"]: n for n, line in enumerate(lines) if line["type"] == "HandInMonthlyReport"}
    for review in [line["review"] for line in lines if line["type"] == "PassInspection"]:
        if of[review] == month:
            invoice = Record(lines[: handed[review]]).payable(month, lines[handed[review]]["at"])
        for n, line in enumerate(lines):
            if n > handed[review] and "incident" in line and line["recorded_in"] == month:  # what this line changes
                before, after = (Record(lines[:m]).payable(of[review], line["at"]) for m in (n, n + 1))
                adjustment += after - before
    tax = 1 - 100 / (100 + Fraction(record.sla["fee"]["tax_percent"]))  # the part of a tax-inclusive amount
    return {
        "opening_days": len({at // DAY for at in opening}), "opening_minutes": len(opening), "stopped_minutes": stopped,
        "availability": 1 - Fraction(stopped, len(opening)), "verdicts": verdicts,
        "breaches": list(verdicts.values()).count(BREACH), "shortfalls": list(verdicts.values()).count(SHORTFALL),
        "deductions": list(record.deductions(month, now)), "payable": payable, "tax": int(payable * tax),
        "adjustment": adjustment, "invoice": invoice + adjustment, "invoice_tax": int((invoice + adjustment) * tax),
    }  # fmt: skip


class Record:
    """What lines of the file say, taken together."""

    def __init__(self, lines: list[Line]) -> None:
        self.sla: Line = next(line["document"] for line in lines if "document" in line)
        self.closed = {minute(day) // DAY for line in lines for day in line.get("closed", ())}
        self.measured = {line["measurement"]: line for line in lines if "measurement" in line}  # as corrected last
        proposed = {line["revision"]: line for line in lines if line["type"] == "ProposeRevision"}
        approved = [proposed[line["revision"]] for line in lines if line["type"] == "ApproveRevision"]
        self.revised = [line | {"from": minute(line["effective_from"])} for line in approved]
        codes = {line["incident"] for line in lines if "incident" in line}
        codes -= {line["incident"] for line in lines if line["type"] == "VoidIncident"}
        self.incidents = [[line for line in lines if line.get("incident") == code] for code in sorted(codes)]

    def payable(self, month: str, until: int) -> int:
        share = sum((share for _, share in self.deductions(month, until)), Fraction(0))
        cap = Fraction(self.sla["terms"]["deduction_cap_percent"]) / 100
        return int(self.sla["fee"]["monthly_yen"] * (1 - min(share, cap)))

    def deductions(self, month: str, until: int) -> Iterator[tuple[str, Fraction]]:
        for rule in self.sla["deductions"]:
            if rule["rule"] == "fee_times_availability":
                if (stopped := self.stopped(month, until)) > self.sla["terms"]["cumulative_threshold_minutes"]:
                    yield rule["code"], Fraction(stopped, len(self.opening(*bounds(month))))
                continue
            for item in self.items(rule["level"], month):
                if rule["rule"] == "per_occasion":
                    yield from [(rule["code"], Fraction(rule["percent"]) / 100)] * (not item["ready"])
                    continue
                late = (item["end"] or until) - (limit := self.due(rule["level"], item))
                if late > 0 and not (rule["excused_when_told_in_time"] and any(told <= limit for told in item["told"])):
                    steps = (late - 1) // rule["step_minutes"]  # those that have passed (C10)
                    yield rule["code"], (Fraction(rule["first_percent"]) + steps * Fraction(rule["step_percent"])) / 100

    def stopped(self, month: str, until: int) -> int:
        """The month's stopped minutes: those of stops that last long enough as a whole, each minute once."""
        (first, last), down = bounds(month), set[int]()
        for said in self.incidents:
            start, end = (time or until for time in self.outage(said))
            stop = self.opening(start, end) if start < last and end > first else set()
            accepted = {line["exclusion"] for line in said if line["type"] == "AcceptExclusion"}
            for claim in [line for line in said if line["type"] == "ClaimExclusion" and line["exclusion"] in accepted]:
                stop -= set(range(claim.get("starts_at", start), claim.get("ends_at", end)))
            down |= stop if len(stop) >= self.sla["terms"]["min_stop_minutes"] else set()
        return sum(first <= at < last for at in down)

    def opening(self, first: int, last: int) -> set[int]:
        """The minutes of opening hours in between."""
        calendar, found = self.sla["calendars"][self.sla["availability_calendar"]], set()
        for day in set(range(first // DAY, last // DAY + 1)) - self.closed:
            for shift in calendar[WEEKDAYS[day % 7]]:
                opens, closes = (day * DAY + int(time[:2]) * 60 + int(time[3:]) for time in shift.split("-"))
                found |= set(range(max(opens, first), min(closes, last)))
        return found

    def verdict(self, key: str, month: str, until: int) -> int:
        """The worst of the level's items in the month; the month's stops are judged together."""
        level, worst = self.version(key, bounds(month)[0]), NOTHING
        if level["measure"]["kind"] == "stopped_time_at_most":
            return BREACH if self.stopped(month, until) > int(level["guaranteed"]["amount"]) else MET
        for item in self.items(key, month):
            if good := [item[name] for name in ("met", "ready", "enough") if name in item]:
                worst = max(worst, MET if all(good) else PENDING if until < item.get("over", until) else BREACH)
                continue
            done = item["start"] if level["measure"]["kind"] == "lead_at_least" else item["end"]
            told = any(told <= self.due(key, item) for told in item.get("told", ()))  # then it is not late (S8, A10)
            missed, short = ((done or until) > self.due(key, item, of) and not told for of in ("guaranteed", "target"))
            worst = max(worst, BREACH if missed else PENDING if done is None else SHORTFALL if short else MET)
        return worst

    def version(self, key: str, at: int) -> Line:
        versions: list[Line] = [level for level in self.sla["levels"] if level["key"] == key]
        versions += [line["definition"] for line in self.revised if line["level"] == key and line["from"] <= at]
        return versions[-1]

    def due(self, key: str, item: Line, of: str = "guaranteed") -> int:
        """When an item's time ends; days are calendar days. Level B found outside hours has its next opening day."""
        level, start = self.version(key, item["start"]), item["start"]
        value, tomorrow = level[of] or level["guaranteed"], (start // DAY + 1) * DAY
        if level["measure"]["start"] == "detected" and item["fault"] == "B" and not self.opening(start, start + 1):
            return (min(self.opening(tomorrow, tomorrow + 30 * DAY)) // DAY + 1) * DAY
        amount = int(value["amount"]) * UNITS[value["unit"]]
        due = int(item["end"] - amount if level["measure"]["kind"] == "lead_at_least" else start + amount)
        return (due // DAY + 1) * DAY if value["unit"] == "days" else due

    def items(self, key: str, month: str) -> list[Line]:
        """What is judged of a level: what starts in the month, or the counts of its periods."""
        (first, last), level = bounds(month), self.version(key, bounds(month)[0])
        measure, said = level["measure"], [line for line in self.measured.values() if line["level"] == key]
        if measure["kind"] == "count_at_least":  # guaranteed and target counts are the same in this SLA
            days = [day for day in range(first, last, DAY) if WEEKDAYS[day // DAY % 7] in measure["weekdays"]]
            periods = {"day": [(day, day + DAY) for day in days], "month": [(first, last)],
                       "fiscal_year": [bounds(f"{int(month[:4]) - (month[5:] < '04')}-04", 12)]}  # fmt: skip
            times = [line["start"] for line in said if line.get("succeeded", True)]
            counts = [(sum(start <= at < end for at in times), end) for start, end in periods[measure["period"]]]
            return [{"enough": count >= int(level["guaranteed"]["amount"]), "over": end} for count, end in counts]
        found = said + [item for lines in self.incidents for item in self.begun(lines, measure)]
        return [item for item in found if first <= item["start"] < last]

    def outage(self, said: list[Line]) -> list[int | None]:
        """An outage's start and end: settled, else the municipality's, else the provider's (C23)."""
        times: dict[tuple[str, str], int] = {}
        for line in said:
            side = "both" if line["type"] == "ProposeSettlement" else line["by"]["side"]
            stated = {name: line.get(name) or line.get(f"outage_{name}") for name in ("started_at", "ended_at")}
            times |= {(name, side): time for name, time in stated.items() if time}
        settled = any(line["type"] == "SettleTimes" for line in said)
        sides = ("both",) if settled else ("municipality", "provider")
        return [next((times[name, by] for by in sides if (name, by) in times), None) for name in stated]

    def begun(self, said: list[Line], measure: Line) -> list[Line]:
        """What a measure judges of an incident: the line that began it, with its start and, if done, its end."""
        fault = [line["level"] for line in said if line["type"] in {"ReportIncident", "Reclassify"}][-1]
        begins = [line for line in said if line["type"] in SAID[measure["start"]] and fault in measure["fault_levels"]]
        begins.sort(key=lambda line: line["start"])
        if measure["start"] == "recovered" and self.outage(said)[0]:
            begins = [{"start": end} for end in self.outage(said)[1:] if end]
        found = []
        for begin in begins[:1] if measure["start"] == "triaged" else begins:
            if all(measure[place] in {None, begin.get(place)} for place in ("site", "work")):
                same = [line for line in said if all(line.get(of) == begin.get(of) for of in ("call", "equipment"))]
                ends = [line["start"] for line in same if line["type"] in SAID[measure["end"]]]
                told = [line["start"] for line in same if line["type"] == "TellDelay" and measure["end"] == "arrived"]
                found.append(begin | {"end": min(ends, default=None), "told": told, "fault": fault})
        return found


if __name__ == "__main__":
    year = read(Path(sys.argv[1]))
    for month in [f"{2025 + n // 12}-{n % 12 + 1:02}" for n in range(3, 15)]:
        told = figures(year, month, MONDAY + year[-1]["at"] * MINUTE).items()
        print(month, *(f"{name} {value} " for name, value in told if isinstance(value, int)))  # noqa: T201 -- the table
