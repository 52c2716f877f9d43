"""The stops of the joint desk: claims, exclusions, and what of them lies inside the opening hours of each town."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from tests.joint_oracle.facts import Facts, Span, day_of
from tests.oracle import DAY, Line


class Stops(Facts):
    """The facts, and what stopped by them."""

    @cached_property
    def stops(self) -> dict[tuple[object, ...], set[int]]:
        """What was worked out before."""
        return {}

    def claims(self, said: list[Line], systems: tuple[str, ...]) -> list[tuple[int, int | None, int | None]]:
        """Start, end and last certain moment of the outage of these systems, as each side has it (C23, J1)."""
        settled = any(line["type"] == "SettleTimes" for line in said)
        back = {line["start"]: line for line in said if line["type"] == "RestorePartly"}
        found = []
        for side in ("municipality", "provider"):
            times: dict[str, int] = {}
            reported = False
            for line in sorted(said, key=lambda line: line["by"]["side"] == side):  # one's own last statement stands
                if (line["type"] == "ProposeSettlement") == settled:
                    for name in ("started_at", "ended_at"):
                        if at := line.get(name) or line.get(f"outage_{name}"):
                            times[name] = at
                            reported = line.get("known_by") == "report" if name == "ended_at" else reported
            if "started_at" not in times:
                continue
            end = times.get("ended_at")
            ran = [
                min((at for at, line in back.items() if system in line["systems"]), default=None) for system in systems
            ]
            if systems and None not in ran and (last := max(at for at in ran if at is not None)) < (end or last + 1):
                end, reported = last, back[last].get("known_by") == "report"
            known = [line["start"] for line in said if line["type"] == "ReportProgress"]
            known += [at for at in back if end is None or at < end]
            certain = max((at for at in known if end is not None and at < end), default=times["started_at"])
            found.append((times["started_at"], end, certain if reported else end))
        return found

    def outage(self, said: list[Line], systems: tuple[str, ...]) -> Span | None:
        """The longest claim's outage, up to the last report that told of it where only a report tells its end."""
        claims = [(start, end or self.until, known or self.until) for start, end, known in self.claims(said, systems)]
        longest = max(claims, key=lambda claim: claim[1] - claim[0], default=None)
        return None if longest is None else (longest[0], min(longest[2], self.until))

    def stop(self, code: str, systems: tuple[str, ...], *, charged: bool = False) -> tuple[set[int], set[int]]:
        """The minutes in which the incident stopped any of these systems, and those of them that are excluded."""
        said = self.incidents[code]
        report = said[0]
        stopped = tuple(system for system in systems if system in report["systems"])
        fault = [line["level"] for line in said if line["type"] in {"ReportIncident", "Reclassify"}][-1]
        span = self.outage(said, stopped) if fault != "C" and stopped else None
        if span is None:
            return set(), set()
        down = set(range(*span))
        if report.get("extraordinary"):
            down &= {at for a, b in self.opening(self.sla["support_calendar"], *span) for at in range(a, b)}
        if charged:
            down -= self.left_out(code, "frees_from_damages") - self.left_out(code, "leaves_measurement")
        return down - (out := self.left_out(code, "leaves_measurement")), down & out

    def left_out(self, code: str, flag: str) -> set[int]:
        """What accepted exclusions on grounds with this flag take out, as far as the allowance lasts (C5, C21, G9)."""
        return {at for at, of in self.accepted if of == code and self.flags[at, of][flag]}

    @cached_property
    def flags(self) -> dict[tuple[int, str], Line]:
        return dict(self._accepted())

    @cached_property
    def accepted(self) -> set[tuple[int, str]]:
        return set(self.flags)

    def _accepted(self) -> Iterator[tuple[tuple[int, str], Line]]:
        announced = {line["planned_stop"]: line for line in self.lines if line["type"] == "AnnouncePlannedStop"}
        taken: dict[tuple[str, str], int] = {}
        claimed: list[tuple[int, str, str]] = []
        for code, said in self.incidents.items():
            yes = {line["exclusion"] for line in said if line["type"] == "AcceptExclusion"}
            span = self.outage(said, ())
            for claim in [line for line in said if line["type"] == "ClaimExclusion" and line["exclusion"] in yes]:
                ground = next(each for each in self.sla["grounds"] if each["code"] == claim["ground"])
                told = announced.get(claim.get("planned_stop", ""))
                lead = ground["notice"]["lead_days"] if ground["notice"]["kind"] == "before" else 0
                late = told is None or told["at"] // DAY > told["starts_at"] // DAY - lead
                if span and not (lead and late and ground["notice"]["when_missed"] == "counts_as_down"):
                    asked = range(claim.get("starts_at", span[0]), claim.get("ends_at", span[1]))
                    claimed += [(at, code, ground["code"]) for at in asked if span[0] <= at < span[1]]
        for at, code, which in sorted(claimed):
            ground = next(each for each in self.sla["grounds"] if each["code"] == which)
            allowance = ground["allowance"] or {"per": "month", "minutes": 31 * DAY}
            month = day_of(at)[:7]
            year = str(int(month[:4]) - (month[5:] < "04"))
            key = which, month if allowance["per"] == "month" else year
            taken[key] = taken.get(key, 0) + 1
            if taken[key] <= allowance["minutes"]:
                yield (at, code), ground

    def unit(self, systems: tuple[str, ...], organisation: str | None, span: Span, *, charged: bool = False) -> Line:
        """Base, down and up of some systems together in an interval of the term, by their organisation's hours."""
        first, last, calendar = max(span[0], self.first), min(span[1], self.end), self.calendar(organisation)
        down, out = set[int](), set[int]()
        for code in self.incidents:
            if (key := (code, systems, charged, "down")) not in self.stops:
                self.stops[key], self.stops[*key[:3], "out"] = self.stop(code, systems, charged=charged)
            down |= self.stops[key]
            out |= self.stops[*key[:3], "out"]
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

    def inside(self, minutes: set[int], calendar: str, first: int, last: int) -> set[int]:
        near = {at for at in minutes if first <= at < last}
        spans = {day: self.hours(calendar, day) for day in {at // DAY for at in near}}
        return {at for at in near if any(a <= at < b for a, b in spans[at // DAY])}

    def together(self, span: Span) -> Line:
        """The organisations' minutes as often as they weigh (K1, C7)."""
        found = {"base": 0, "down": 0, "to_come": 0}
        for each in self.organisations:
            weight, unit = self.of(each)["weight"], self.unit(self.systems(each), each, span)
            found = {name: found[name] + weight * unit[name] for name in found}
        return found | {"ratio": 1 - Fraction(found["down"], found["base"])}

    def failures(self, span: Span) -> int:
        """How many incidents stop the service for the first counted time in the interval."""
        firsts = [min(self.stop(code, self.systems(None))[0], default=-1) for code in self.incidents]
        return sum(span[0] <= at < min(span[1], self.end) for at in firsts)
