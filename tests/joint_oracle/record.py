"""A month's figures: availability, levels, and what they cost or earn, month by month with those before it."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from tests.joint_oracle.facts import MONTHS, Verdict, half_up, percent, plus
from tests.joint_oracle.levels import Levels
from tests.oracle import Line, bounds


class Record(Levels):
    """The record of so many lines: everything that a month's report states."""

    @cached_property
    def months(self) -> dict[str, Line]:
        """The months worked out so far."""
        return {}

    def month(self, month: str) -> Line:
        """The month's figures."""
        if month not in self.months:
            self.months[month] = self._month(month)
        return self.months[month]

    def _month(self, month: str) -> Line:
        span = bounds(month)
        verdicts = {level["key"]: self.verdict(level["key"], month) for level in self.sla["levels"]}
        breached = {key for key, (name, _) in verdicts.items() if name == "breach"}
        whole = self.together(span)
        units = {each: self.unit(self.systems(each), each, span) for each in self.organisations}
        days = Fraction(min(span[1], self.end) - max(span[0], self.first), span[1] - span[0])
        fee = self.sla["fee"]["monthly_yen"] * days
        shares = [
            (rule["code"], share)
            for rule in self.sla["deductions"]
            for share in self.deductions(rule, month, breached, whole)
        ]
        stops = {rule["code"] for rule in self.sla["deductions"] if rule["rule"] == "fee_times_availability"}
        caps = {rule["code"]: percent(rule["cap_percent"] or 100) for rule in self.sla["deductions"]}
        by_rule = {code: sum((share for of, share in shares if of == code), Fraction(0)) for code in caps}
        asked = sum((share for code, share in by_rule.items() if code not in stops), Fraction(0))
        share = sum((min(share, caps[code]) for code, share in by_rule.items() if code not in stops), Fraction(0))
        of_month = percent(self.sla["terms"]["deduction_cap_percent"])
        before = [self.earlier(each) for each in MONTHS if plus(month, -11) <= each < month]
        fees = fee + sum(each["fee"] for each in before)
        taken = sum((each["share"] + each["cost"]) * each["fee"] for each in before)  # forgone and paid (C16)
        of_twelve = max(percent(self.sla["terms"]["rolling_cap_percent"]) * fees - taken, Fraction(0)) / fee
        share = min(share, of_month, of_twelve)
        cost = sum((min(by_rule[code], caps[code]) for code in stops), Fraction(0))
        cost = min(cost, of_month - share, of_twelve - share)  # what the deductions leave of each cap (A5)
        earned = [bonus for bonus in self.sla["bonuses"] if self.earned(bonus, verdicts, breached)]
        bonus = min(
            sum((percent(each["percent"]) for each in earned), Fraction(0)),
            percent(self.sla["bonuses"][0]["cap_percent"]),
        )
        payable = half_up(fee * (1 - share + bonus))
        freed = {"availability"} if self.freed("availability", month) else set[str]()
        return {
            "availability": whole["ratio"],
            "units": {each: (unit["down"], unit["ratio"]) for each, unit in units.items()},
            "stopped": self.unit(self.systems(None), None, span)["down"], "breached": breached,
            "shortfalls": sum(short for key, (_, short) in verdicts.items() if key not in breached), "asked": asked,
            "share": share, "cost": cost, "bonus": bonus, "fee": fee, "payable": payable, "tax": payable // 10,
            "payment": half_up(cost * fee), "charged_breaches": breached - freed,
        }  # fmt: skip

    def earlier(self, month: str) -> Line:
        """An earlier month: as it was accepted, where it was, for money does not follow corrections (C20)."""
        return self.accepted_month(month) or self.month(month)

    def accepted_month(self, month: str) -> Line | None:
        """The month as its accepted report had it: by the lines before the report was handed in."""
        reviews = {line["review"] for line in self.lines if line["type"] == "OpenReview" and line.get("month") == month}
        passed = [
            n for n, line in enumerate(self.lines) if line["type"] == "PassInspection" and line["review"] in reviews
        ]
        if not passed:
            return None
        handed = [
            n
            for n, line in enumerate(self.lines[: passed[-1]])
            if line["type"] == "HandInMonthlyReport" and line["review"] in reviews
        ][-1]
        return as_of(self.all, handed, self.lines[handed]["at"]).month(month)

    def earned(self, bonus: Line, verdicts: dict[str, Verdict], breached: set[str]) -> bool:
        return verdicts[bonus["level"]] == ("met", False) and not (bonus["only_without_breach"] and breached)

    def freed(self, level: str, subject: str) -> bool:
        """Whether an accepted exemption frees from damages."""
        yes = {line["exemption"] for line in self.lines if line["type"] == "AcceptExemption"}
        claims = [line for line in self.lines if line["type"] == "ClaimExemption" and line["exemption"] in yes]
        return any(line["level"] == level and line["subject"] == subject for line in claims)

    def deductions(self, rule: Line, month: str, breached: set[str], whole: Line) -> Iterator[Fraction]:
        level = self.version(rule["level"], bounds(month)[0])
        if rule["rule"] == "tiers" and not self.freed(rule["level"], month):
            values = [whole["ratio"]]
            if level["measure"]["per"] == "organisation":
                period = (*bounds(month), False)
                found = [self.value(level, period, each)[0] for each in self.organisations]
                values = [value for value in found if value is not None]
            under = [
                percent(tier["percent"]) for tier in rule["tiers"] if min(values) < percent(tier["when"]["amount"])
            ]
            yield from [max(under)] if under else []
        if rule["rule"] == "repeat_breach" and rule["level"] in breached and not self.freed(rule["level"], month):
            last = [self.earlier(each) for each in MONTHS if plus(month, 1 - rule["within_months"]) <= each < month]
            if 1 + sum(rule["level"] in each["charged_breaches"] for each in last) >= rule["times"]:
                yield percent(rule["percent"])
        if rule["rule"] == "fee_times_availability":
            for each in self.organisations:
                unit = self.unit(self.systems(each), each, bounds(month), charged=True)
                if unit["down"] > self.sla["terms"]["cumulative_threshold_minutes"]:
                    yield percent(self.of(each)["fee_share_percent"]) * (1 - unit["ratio"])
        if rule["rule"] == "late_increments":
            for item in self.items(level, month):
                if (late := self.late(level, item)) > 0 and self.item_verdict(level, item)[0] == "breach":
                    steps = (late - 1) // rule["step_minutes"] + (rule["counting"] == "started")
                    yield percent(rule["first_percent"]) + steps * percent(rule["step_percent"])
        if rule["rule"] == "per_occasion":
            yield from [percent(rule["percent"])] * sum(not item["met"] for item in self.items(level, month))


RECORDS: dict[tuple[int, int, int], Record] = {}


def as_of(lines: list[Line], number: int, until: int) -> Record:
    """The record of so many lines, judged at an instant."""
    key = id(lines), number, until
    if key not in RECORDS:
        RECORDS[key] = Record(tuple(range(number)), lines, until)
    return RECORDS[key]


def year(lines: list[Line]) -> dict[str, Line]:
    """All months as known after the last line, with the invoice of each: as accepted (C20)."""
    record = as_of(lines, len(lines), lines[-1]["at"])
    found = {month: record.month(month) for month in MONTHS}
    return {
        month: figure | {"invoice": (record.accepted_month(month) or figure)["payable"]}
        for month, figure in found.items()
    }
