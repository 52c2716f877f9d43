"""What the sides of the joint desk say of an outage, and the minutes in which it stopped some systems."""

from tests.joint_oracle.facts import Facts, Span
from tests.oracle import DAY, Line


class Outages(Facts):
    """The facts, and what stopped by them, whatever of it is excluded."""

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

    def down(self, code: str, systems: tuple[str, ...]) -> set[int]:
        """The minutes in which the incident stopped any of these systems, without extraordinary work (S5)."""
        said = self.incidents[code]
        stopped = tuple(system for system in systems if system in said[0]["systems"])
        fault = [line["level"] for line in said if line["type"] in {"ReportIncident", "Reclassify"}][-1]
        span = self.outage(said, stopped) if fault != "C" and stopped else None
        if span is None:
            return set()
        if said[0].get("extraordinary"):
            return {at for a, b in self.opening(self.sla["support_calendar"], *span) for at in range(a, b)}
        return set(range(*span))

    def inside(self, minutes: set[int], calendar: str, first: int, last: int) -> set[int]:
        near = {at for at in minutes if first <= at < last}
        spans = {day: self.hours(calendar, day) for day in {at // DAY for at in near}}
        return {at for at in near if any(a <= at < b for a, b in spans[at // DAY])}
