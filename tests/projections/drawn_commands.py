"""Any command, drawn at random: about a few incidents, measurements and reviews that come up again and again."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, get_args

import msgspec

from slm_domain.clock_events import ResponseMoment
from slm_domain.commands import (
    contract,
    corrections,
    exemptions,
    incident,
    pauses,
    response,
    review,
    service_level,
    unmeasured,
)
from slm_domain.commands.envelope import By, Command
from slm_domain.figures.periods import Month
from slm_domain.figures.spans import month_of
from slm_domain.level_periods import periods_told
from slm_domain.measures import PER_PERIOD, needs
from slm_domain.sla import Level, Side, Sla
from tests.projections.contract_histories import CODE, DAY, TOKYO

APRIL = Month(2025, 4)
EQUIPMENT = "town-hall-equipment"
EXEMPTED = ("stop", "arrival-hardware", "data-backup", "up-quarter", "put-right", "answered")
REVISED = ("arrival-hardware", "stop", "up-month", "put-right")


class Drawn:
    """What one command is drawn from: chance, the moment, and what the contract agreed on."""

    def __init__(self, chance: random.Random, at: datetime, sla: Sla) -> None:
        self.chance = chance
        self.at = at
        self.sla = sla
        self.levels = {level.key: level for level in sla.levels}
        self.side: Side = chance.choice(("municipality", "provider"))
        self.about: dict[str, Any] = {"contract": CODE, "by": By(person=f"{self.side[0]}1", side=self.side)}
        self.incident: dict[str, Any] = {**self.about, "incident": f"i{chance.randrange(4)}"}

    def command(self) -> Command:
        """The command."""
        kinds: list[Callable[[], Command]] = [self._of_stops] * 4 + [self._response] * 3 + [self._clocks] * 2
        kinds += [self._measured] * 2 + [self._exempting, self._of_contract, self._of_agreement]
        return self.chance.choice([*kinds, *[self._of_review] * 4])()

    def _earlier(self, days: int = 20) -> datetime:
        return self.at - timedelta(minutes=self.chance.randrange(days * 1440))

    def _likely(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def _call(self) -> str:
        return "c1" if self._likely(20) else "c0"

    def _month(self) -> Month:
        return month_of(self._earlier(60).astimezone(TOKYO).date(), self.sla.start)

    def _affected(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Some systems, and the organisations that they belong to."""
        systems = [each for each in self.sla.systems if each.code != EQUIPMENT]
        named = self.chance.sample(systems, self.chance.choice((1, 1, 2)))
        return tuple(each.code for each in named), tuple(sorted({each.organisation for each in named}))

    def _of_stops(self) -> Command:
        chance, about = self.chance, self.incident
        reason = "理由" * chance.randrange(1, 4)
        exclusion = {**about, "exclusion": f"e{chance.randrange(2)}"}
        if self._likely(27):
            return self._reported(reason)
        drawn: list[Callable[[], Command]] = [
            lambda: incident.EndOutage(
                **about, ended_at=self._earlier(1), known_by=chance.choice(("moment", "moment", "report"))
            ),
            lambda: incident.ReopenOutage(**about, reason=reason),
            lambda: incident.StartOutage(**about, started_at=self._earlier(3)),
            lambda: incident.ContestTimes(**about, reason=reason, ended_at=self._earlier(3)),
            lambda: incident.CorrectTimes(**about, reason=reason, started_at=self._earlier(5)),
            lambda: incident.ProposeSettlement(**about, started_at=self._earlier(9), ended_at=self._earlier(3)),
            lambda: incident.SettleTimes(**about),
            lambda: incident.Reclassify(**about, level=chance.choice(("A", "B", "C")), reason=reason),
            lambda: self._excluding(exclusion),
            lambda: incident.RestorePartly(
                **about,
                systems=self._affected()[0],
                known_by=chance.choice(("moment", "report")),
                occurred_at=self._earlier(2),
            ),
            lambda: incident.AcceptExclusion(**exclusion),
            lambda: incident.RejectExclusion(**exclusion, reason=reason),
            lambda: chance.choice((incident.ProposeVoid(**about, reason=reason), incident.VoidIncident(**about))),
        ]
        return chance.choice(drawn)()

    def _reported(self, reason: str) -> Command:
        chance = self.chance
        systems, organisations = self._affected()
        return incident.ReportIncident(
            **self.incident,
            level=chance.choice(("A", "A", "B", "C")),
            systems=systems,
            organisations=organisations,
            occurred_at=self._earlier(2),
            outage_started_at=chance.choice((None, self._earlier(2))),
            phenomenon=chance.choice((None, reason)),
            extraordinary=self._likely(10),
        )

    def _excluding(self, exclusion: dict[str, Any]) -> Command:
        planned = self._likely(30)
        ground = self.chance.choice([ground.code for ground in self.sla.grounds])
        return incident.ClaimExclusion(
            **exclusion,
            ground="planned-maintenance" if planned and self._likely(80) else ground,
            starts_at=None if planned else self._earlier(2),
            planned_stop=f"s{self.chance.randrange(3)}" if planned else None,
        )

    def _response(self) -> Command:
        chance = self.chance
        about: dict[str, Any] = {**self.incident, "occurred_at": self._earlier(1)}
        call = self._call()
        drawn: list[Callable[[], Command]] = [
            lambda: response.Notify(**about, means="telephone"),
            lambda: response.Triage(**about),
            lambda: response.ReportTriage(**about),
            lambda: response.Contact(
                **about,
                call=call,
                site=chance.choice((None, "computer-room", "town-hall")),
                work=chance.choice((None, "hardware", "system")),
            ),
            lambda: response.Dispatch(**about, call=call),
            lambda: response.Arrive(**about, call=call),
            lambda: response.StartWork(**about, call=chance.choice((None, call))),
            lambda: response.TellDelay(**about, call=call, ground="force-majeure"),
            lambda: response.NeedPart(**about, part=f"p{chance.randrange(2)}", ready=self._likely(50)),
            lambda: response.TellEquipmentStop(**about, equipment=EQUIPMENT),
            lambda: response.RestoreEquipment(**about, equipment=EQUIPMENT),
            lambda: response.Recover(**about),
            lambda: response.ReportProgress(**about, report="経過"),
            lambda: response.ReportAtMeeting(**about),
            lambda: response.HandInIncidentReport(**about, summary="報告"),
        ]
        return chance.choice(drawn)()

    def _clocks(self) -> Command:
        """A clock stopped or let run on, or a moment of the response corrected."""
        chance = self.chance
        whose = chance.choice(({}, {"call": self._call()}, {"equipment": EQUIPMENT}))
        about: dict[str, Any] = {**self.incident, **whose}
        drawn: list[Callable[[], Command]] = [
            lambda: pauses.PauseClock(**about, reason="部品待ち", occurred_at=self._earlier(1)),
            lambda: pauses.ResumeClock(**about, occurred_at=self._earlier(1)),
            lambda: corrections.CorrectMoment(
                **about, corrects=chance.choice(self._moments(whose)), corrected_to=self._earlier(2), reason="誤記"
            ),
        ]
        return chance.choice(drawn)()

    def _moments(self, whose: dict[str, str]) -> list[ResponseMoment]:
        if "equipment" in whose:
            return ["equipment_stop_told", "equipment_restored"]
        moments: tuple[ResponseMoment, ...] = get_args(ResponseMoment)
        of_calls = {"contacted", "dispatched", "arrived"}
        started = {"work_started"} if "call" in whose or self._likely(50) else set()
        return [
            each for each in moments if each in (of_calls | started if "call" in whose else set(moments) - of_calls)
        ]

    def _measured(self) -> Command:
        measured = [level for level in self.levels.values() if level.measure.source == "measurements"]
        level = self.chance.choice(measured)
        about: dict[str, Any] = {
            **self.about,
            "level": level.key,
            "measurement": f"m{self.chance.randrange(6)}",
            "occurred_at": self._earlier(self.chance.choice((1, 20, 60))),
            "extraordinary": self._likely(10),
            **self._shape(level),
            **self._of_whom(level),
        }
        if self._likely(70):
            return service_level.RecordMeasurement(**about, succeeded=self._likely(80))
        return service_level.CorrectMeasurement(**about, reason="誤記", succeeded=self._likely(80))

    def _shape(self, level: Level) -> dict[str, Any]:
        start, length = self._earlier(30), timedelta(minutes=self.chance.randrange(5 * 1440))
        whole = self.chance.randrange(12)
        match needs(level.measure, self.sla.terms.lead_kind):
            case "start and end":
                return {"start": start, "end": start + length}
            case "start, end and met":
                return {"start": start, "end": start + length, "met": self._likely(70)}
            case "met":
                return {"met": self._likely(70)}
            case "part and whole":
                return {"part": self.chance.randrange(whole + 1), "whole": whole}
            case "grade":
                return {"grade": self.chance.randrange(4)}
            case _:
                return {}

    def _of_whom(self, level: Level) -> dict[str, Any]:
        chance, measure = self.chance, level.measure
        if measure.per == "system":
            return {"system": chance.choice(measure.systems)}
        towns = measure.organisations or tuple(each.code for each in self.sla.municipality.organisations)
        named = measure.per == "organisation" or measure.organisations or self._likely(20)
        return {"organisation": chance.choice(towns)} if named else {}

    def _exempting(self) -> Command:
        chance = self.chance
        level = self.levels[chance.choice([key for key in EXEMPTED if key in self.levels])]
        about: dict[str, Any] = {**self.about, "level": level.key, "exemption": f"x{chance.randrange(2)}"}
        if self._likely(50):
            ground = chance.choice(("planned-maintenance", "force-majeure"))
            return exemptions.ClaimExemption(**about, subject=self._subject(level), ground=ground)
        open_ones = (exemptions.AcceptExemption(**about), exemptions.RejectExemption(**about, reason="該当なし"))
        return chance.choice((open_ones[0], *open_ones))

    def _subject(self, level: Level) -> str:
        measure = level.measure
        if measure.kind in PER_PERIOD:
            told = [*periods_told(measure, self.sla, self._month()), *periods_told(measure, self.sla, APRIL)]
            return self.chance.choice(told).label
        if measure.source == "measurements":
            return f"m{self.chance.randrange(6)}"
        incident_code = f"i{self.chance.randrange(4)}"
        return self.chance.choice((incident_code, f"{incident_code}/c{self.chance.randrange(2)}"))

    def _of_review(self) -> Command:
        """A month's review has the month's name; a few others plan what is improved."""
        chance, month = self.chance, str(self._month())
        about: dict[str, Any] = {**self.about, "review": month}
        other: dict[str, Any] = {**self.about, "review": f"r{chance.randrange(3)}"}
        any_one = chance.choice((about, other))
        drawn: list[Callable[[], Command]] = [
            lambda: review.OpenReview(**about, kind="monthly", month=month),
            lambda: review.OpenReview(**about, kind="monthly", month=month),
            lambda: review.OpenReview(
                **other, kind="extraordinary", level="stop", because_of_month=month, reason="超過"
            ),
            lambda: review.HandInMonthlyReport(**about),
            lambda: review.HandInMonthlyReport(**about),
            lambda: review.PassInspection(**about),
            lambda: review.PassInspection(**about),
            lambda: review.FailInspection(**about, reason="不備"),
            lambda: review.PlanImprovement(
                **any_one,
                improvement="a1",
                level="stop",
                due=date(2025, 12, 1),
                measure="冗長化",
                because_of_month=month,
            ),
            lambda: review.CompleteImprovement(**any_one, improvement="a1", result="完了"),
            lambda: review.CloseReview(**other, outcome="continue"),
        ]
        return chance.choice(drawn)()

    def _of_agreement(self) -> Command:
        """A level revised or retired, or the whole SLA agreed again with another fee and fewer levels."""
        chance, number = self.chance, self.chance.randrange(2, 5)
        sla = self.sla
        revised = chance.choice([key for key in REVISED if key in self.levels])
        definition = self.levels[revised]
        looser = msgspec.structs.replace(definition, target=definition.guaranteed)
        begins = self._month_begins(chance.randrange(-1, 3))
        left = tuple(level for level in sla.levels if level.key != "job-registration" or self._likely(50))
        other = msgspec.structs.replace(
            sla, levels=left, fee=msgspec.structs.replace(sla.fee, monthly_yen=900_000 + number * 10_000)
        )
        level: dict[str, Any] = {**self.about, "level": revised}
        drawn: list[Callable[[], Command]] = [
            lambda: service_level.ProposeRevision(
                **level, revision=f"v{number}", definition=looser, effective_from=begins, reason="実績に合わせる"
            ),
            lambda: service_level.ApproveRevision(**level, revision=f"v{number}"),
            lambda: service_level.RetireLevel(**self.about, level="software-configuration", effective_from=begins),
            lambda: contract.ProposeSla(
                **self.about, document=msgspec.Raw(msgspec.json.encode(other)), effective_from=begins
            ),
            lambda: contract.SignSla(**self.about, number=number),
            lambda: contract.SignSla(**self.about, number=number),
            lambda: contract.SignSla(**self.about, number=2),
        ]
        return chance.choice(drawn)()

    def _month_begins(self, months: int) -> date:
        this = month_of(self.at.astimezone(TOKYO).date(), self.sla.start)
        return this.plus(months).day(self.sla.start.day_of_month)

    def _unmeasured(self) -> Command:
        gap = f"g{self.chance.randrange(3)}"
        if self._likely(30):
            return unmeasured.WithdrawUnmeasuredTime(**self.about, unmeasured=gap, reason="誤記")
        start = self._earlier(20)
        return unmeasured.StateUnmeasuredTime(
            **self.about,
            unmeasured=gap,
            starts_at=start,
            ends_at=start + timedelta(minutes=self.chance.randrange(1, 600)),
            systems=self.chance.choice(((), self._affected()[0])),
        )

    def _of_contract(self) -> Command:
        year = self.chance.choice((2024, 2025, 2025, 2026))
        closed = tuple(date(year, 4, 1) + self.chance.randrange(365) * DAY for _ in range(5))
        if self._likely(35):
            return contract.FixClosedDays(**self.about, fiscal_year=year, closed=closed, reason="改定")
        if self._likely(50):
            return self._unmeasured()
        systems, organisations = self._affected()
        starts_at = self.at + self.chance.randrange(-4, 10) * DAY  # some of them told when they are over
        return contract.AnnouncePlannedStop(
            **self.about,
            planned_stop=f"s{self.chance.randrange(3)}",
            ground="planned-maintenance",
            starts_at=starts_at,
            ends_at=starts_at + DAY,
            systems=systems,
            organisations=organisations,
            unreachable=self._likely(30),
        )
