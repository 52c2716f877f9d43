"""What accepted exclusions take out of the stops of some systems: told as agreed, as far as announced and allowed."""

from tests.joint_oracle.facts import day_of
from tests.joint_oracle.outages import Outages
from tests.oracle import DAY, Line


class Excluded(Outages):
    """The outages, and what of them is left out."""

    def taking(self, code: str) -> list[Line]:
        """The incident's claims that are accepted and have their notice, in the order in which they were accepted."""
        said = self.incidents[code]
        claims = {line["exclusion"]: line for line in said if line["type"] == "ClaimExclusion"}
        accepted = [claims[line["exclusion"]] for line in said if line["type"] == "AcceptExclusion"]
        return [claim for claim in accepted if self.told(said, claim)]

    def ground(self, claim: Line) -> Line:
        found: Line = next(each for each in self.sla["grounds"] if each["code"] == claim["ground"])
        return found

    def announced(self, claim: Line) -> Line | None:
        """The announcement that the claim names."""
        stops = {line["planned_stop"]: line for line in self.lines if line["type"] == "AnnouncePlannedStop"}
        return stops.get(claim.get("planned_stop", ""))

    def told(self, said: list[Line], claim: Line) -> bool:
        """Whether the stop was told as its ground asks, or need not be (C21, G22, S17)."""
        notice, stop = self.ground(claim)["notice"], self.announced(claim)
        if notice["when_missed"] == "as_accepted" or notice["kind"] == "none":
            return True
        if stop is not None and stop.get("unreachable") and notice["excused_when_unreachable"]:
            return True
        if notice["kind"] == "before":
            return stop is not None and stop["start"] // DAY <= stop["starts_at"] // DAY - notice["lead_days"]
        told = [line["start"] for line in said if line["type"] == "Notify"] + ([stop["start"]] if stop else [])
        begin, lead = self.outage(said, ()), notice["lead_minutes"]
        last = None if lead is None or begin is None else begin[0] + lead
        if not told or min(told) > self.until:
            return last is not None and self.until <= last  # there is time yet
        return last is None or min(told) <= last

    def left_by(self, code: str, claim: Line, systems: tuple[str, ...]) -> set[int]:
        """What the claim leaves of the minutes in which the incident stopped these systems."""
        down, stop = self.down(code, systems), self.announced(claim)
        first, last = claim.get("starts_at", min(down, default=0)), claim.get("ends_at", max(down, default=0) + 1)
        left = {at for at in down if not first <= at < last}
        if stop is not None:
            left |= {at for at in down if not stop["starts_at"] <= at < stop["ends_at"]}
            left |= self.down(code, tuple(system for system in systems if system not in stop["systems"]))
        return left

    def gone(self, systems: tuple[str, ...], organisation: str | None) -> dict[str, set[int]]:
        """For each incident the minutes that leave the measurement of these systems.

        Of a month's or a year's allowance each minute takes one that would be down without it, the earliest first.
        """
        down = {code: self.down(code, systems) for code in self.incidents}
        free: dict[str, set[int]] = {code: set() for code in down}
        asked: dict[int, list[tuple[str, Line]]] = {}
        for code, minutes in down.items():
            for claim in self.taking(code):
                ground = self.ground(claim)
                taken = minutes - self.left_by(code, claim, systems) if ground["leaves_measurement"] else set()
                if ground["allowance"] is None:
                    free[code] |= taken
                for at in taken if ground["allowance"] is not None else ():
                    asked.setdefault(at, []).append((code, ground))
        gone, used = {code: set(minutes) for code, minutes in free.items()}, dict[tuple[str, str], int]()
        open_minutes = self.inside(set(asked), self.calendar(organisation), self.first, self.end)
        for at in sorted(asked):
            of = {code for code, _ in asked[at]}
            stopping = {code for code in down if at in down[code] and at not in free[code]}
            if at in open_minutes and stopping and stopping <= of:
                lasting = [self.period(each, at) for _, each in asked[at] if self.lasts(each, at, used)]
                if not lasting:
                    continue
                used[lasting[0]] = used.get(lasting[0], 0) + 1
            for code in of:
                gone[code].add(at)
        return gone

    def lasts(self, ground: Line, at: int, used: dict[tuple[str, str], int]) -> bool:
        return bool(used.get(self.period(ground, at), 0) < ground["allowance"]["minutes"])

    def period(self, ground: Line, at: int) -> tuple[str, str]:
        """The month, or the fiscal year, whose allowance the minute takes from."""
        month = day_of(at)[:7]
        year = str(int(month[:4]) - (month[5:] < "04"))
        return ground["code"], month if ground["allowance"]["per"] == "month" else year

    def costs_nothing(self, code: str, systems: tuple[str, ...]) -> set[int]:
        """The minutes that stay down and cost nothing (G9)."""
        found = set[int]()
        for claim in self.taking(code):
            ground = self.ground(claim)
            if ground["frees_from_damages"] and not ground["leaves_measurement"]:
                found |= self.down(code, systems) - self.left_by(code, claim, systems)
        return found
