"""Histories of contracts as they could be: commands drawn at random, decided by the domain, refusals passed over."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from projections.catalogue import MONTHLY_REPORT
from projections.monthly_report import ReportState
from projections.projection import Placed
from slm_api.documents import canonical, read_document
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands import contract, incident, response, review, service_level, unmeasured
from slm_domain.commands.envelope import By, Command
from slm_domain.commands.intake import canonical as canonical_command
from slm_domain.commands.intake import read_command
from slm_domain.desk import Desk, FiguresNeeded, NotOnTheDesk, Quoted
from slm_domain.earlier import MonthsBefore
from slm_domain.figures.periods import Month
from slm_domain.identity import journal_id
from slm_domain.metadata import Metadata
from slm_domain.month import month_figures
from slm_domain.month_figures import MonthFigures
from slm_domain.refusal import Refusal
from slm_domain.register import Register
from slm_domain.restating import accepted_figures, after_issue
from slm_domain.sla import Side, Sla, read_sla
from tests.projections.engine.histories import Draft

TOKYO = ZoneInfo("Asia/Tokyo")
CODE = "shimanto-town-2025"
JOURNAL = journal_id(CODE)
SHIMANTO = Path(__file__).parents[2] / "examples" / "shimanto-town" / "sla.yaml"
# One level of each shape, and those that money depends on.
LEVELS = (
    "software-configuration",
    "fault-notification",
    "recovery-work",
    "fault-report",
    "data-backup",
    "job-registration",
    "yearly-calendar",
    "regular-meeting",
    "arrival-computer-room",
    "arrival-hardware",
    "arrival-system",
    "spare-parts",
    "stop",
    "town-hall-equipment",
)
DAY = timedelta(days=1)


class Desks:
    """A contract in memory: sends commands, keeps what they record, and knows the figures a report is made of."""

    def __init__(self, contract_code: str = CODE) -> None:
        self.contract_code = contract_code
        self.journal = journal_id(contract_code)
        self.drafts: list[Draft] = []
        self._events: dict[UUID, list[Recorded]] = {}
        self._state: ReportState = MONTHLY_REPORT.begin(self.journal)

    def send(self, command: Command, at: datetime) -> bool:
        """Whether the command was accepted."""
        command = read_command(canonical_command(command))
        wanted: list[UUID] = []
        quoted: dict[str, Quoted] = {}
        while True:
            loaded = {originator: self._load(originator) for originator in wanted}
            desk = Desk(journal=self.journal, contract_code=self.contract_code, now=at, loaded=loaded, quoted=quoted)
            try:
                command.decide(desk)
            except NotOnTheDesk as asked:
                wanted.append(asked.originator_id)
            except FiguresNeeded as asked:
                quoted[asked.month] = self._quote(asked.month, at)
            except Refusal:
                return False
            else:
                self._keep(desk.decided(), command, at)
                return True

    @property
    def register(self) -> Register:
        """The facts so far."""
        return self._state.posting.register

    def figures(self, month: str, until: datetime) -> MonthFigures:
        """A month's figures of all entries so far, judged until an instant."""
        return self._quote(month, until).figures

    def _load(self, originator: UUID) -> Aggregate | None:
        aggregate: Aggregate | None = None
        for recorded in self._events.get(originator, []):
            aggregate = recorded.mutate(aggregate)
        return aggregate

    def _keep(self, decided: list[Recorded], command: Command, at: datetime) -> None:
        about = Metadata(person=command.by.person, side=command.by.side, command=type(command).__name__)
        for recorded in decided:
            self._events.setdefault(recorded.originator_id, []).append(recorded)
            payload = codec.encode(recorded.event)
            name = recorded.event.NAME
            self.drafts.append(Draft(recorded.originator_id, name, payload, msgspec.json.encode(about), at))
            placed = Placed(
                journal_id=self.journal,
                position=len(self.drafts),
                originator_id=recorded.originator_id,
                originator_version=recorded.originator_version,
                recorded_at=at,
                event=codec.decode(name, payload),
                metadata=about,
            )
            if name in MONTHLY_REPORT.handles:
                MONTHLY_REPORT.fold(self._state, placed)

    def _quote(self, month: str, until: datetime) -> Quoted:
        register, asked = self._state.posting.register, Month.parse(month)
        issues = [issue for found in self._state.issues.values() for issue in found]
        restatements = [each for found in self._state.restatements.values() for each in found]
        figures = month_figures(
            register,
            asked,
            incidents=list(register.incidents.values()),
            items=self._state.items_of(asked),
            until=until,
            after_issue=after_issue(month, issues, restatements, register.terms_for(register.days_of(asked).first)),
            earlier=MonthsBefore(register, self._state.items_of, accepted_figures(issues), until).before(asked),
        )
        return Quoted(figures=figures, position=len(self.drafts), until=until, rules_version="test")


@cache
def agreed_sla() -> Sla:
    """The SLA every history begins with: that of the example with the levels named above."""
    whole = read_sla(canonical(read_document(SHIMANTO.read_bytes(), source=SHIMANTO.name).document))
    kept = [level for level in whole.levels if level.key in LEVELS]
    return msgspec.structs.replace(whole, levels=tuple(kept), operating_rules=(), user_duties=())


@cache
def agreed() -> tuple[Command, ...]:
    """The commands every history begins with: the contract drafted, its SLA agreed."""
    return agreeing_on(agreed_sla())


def agreeing_on(sla: Sla, effective_from: date = date(2025, 4, 1)) -> tuple[Command, ...]:
    """The contract drafted, and this SLA agreed from a day on."""
    by = By(person="m1", side="municipality", organisation="shimanto-town")
    return (
        contract.DraftContract(
            contract=CODE,
            by=by,
            title=sla.title,
            time_zone=sla.time_zone,
            municipality=sla.municipality,
            provider=sla.provider,
        ),
        contract.ProposeSla(
            contract=CODE, by=by, document=msgspec.Raw(msgspec.json.encode(sla)), effective_from=effective_from
        ),
        contract.SignSla(contract=CODE, by=by, number=1),
        contract.SignSla(contract=CODE, by=By(person="p1", side="provider"), number=1),
    )


def history(seed: int, commands: int) -> list[Draft]:
    """A contract's year: the agreement, then so many commands that the domain accepted."""
    return lived(seed, commands).drafts


def lived(seed: int, commands: int) -> Desks:
    """The contract in memory at the end of such a year."""
    chance = random.Random(seed)  # noqa: S311 -- reproducible histories, not secrets
    desks = Desks()
    at = datetime(2025, 3, 20, 9, tzinfo=TOKYO)
    for command in agreed():
        assert desks.send(command, at), "every history begins with an agreement"
    at = datetime(2025, 4, 1, 9, tzinfo=TOKYO)
    accepted = tries = 0
    while accepted < commands and tries < commands * 6:
        tries += 1
        at += timedelta(minutes=chance.randrange(365 * 1440 // max(commands, 1) // 2))
        accepted += desks.send(_Drawn(chance, at).command(), at)
    return desks


class _Drawn:
    """A command drawn at random, about a few incidents, measurements and reviews that come up again and again."""

    def __init__(self, chance: random.Random, at: datetime) -> None:
        self.chance = chance
        self.at = at
        self.side: Side = chance.choice(("municipality", "provider"))
        self.about: dict[str, Any] = {"contract": CODE, "by": By(person=f"{self.side[0]}1", side=self.side)}
        self.incident: dict[str, Any] = {**self.about, "incident": f"i{chance.randrange(4)}"}
        self.review: dict[str, Any] = {**self.about, "review": f"r{chance.randrange(6)}"}

    def earlier(self, days: int = 20) -> datetime:
        return self.at - timedelta(minutes=self.chance.randrange(days * 1440))

    def command(self) -> Command:
        kinds: list[Callable[[], Command]] = [self._of_incident] * 4 + [self._response] * 3
        kinds += [self._of_level] * 3 + [self._of_review] * 4 + [self._of_contract, self._of_agreement]
        return self.chance.choice(kinds)()

    def _of_incident(self) -> Command:
        chance, about = self.chance, self.incident
        reason = "理由" * chance.randrange(1, 4)
        number = chance.randrange(11)
        if number < 3:
            return incident.ReportIncident(
                **about,
                level=chance.choice(("A", "A", "B", "C")),
                systems=("payroll",),
                organisations=("shimanto-town",),
                occurred_at=self.earlier(2),
                outage_started_at=chance.choice((None, self.earlier(2))),
                phenomenon=chance.choice((None, reason)),
            )
        drawn: list[Callable[[], Command]] = [
            lambda: incident.EndOutage(**about, ended_at=self.earlier(1)),
            lambda: incident.StartOutage(**about, started_at=self.earlier(3)),
            lambda: incident.ContestTimes(**about, reason=reason, ended_at=self.earlier(3)),
            lambda: incident.CorrectTimes(**about, reason=reason, started_at=self.earlier(5)),
            lambda: incident.ProposeSettlement(**about, started_at=self.earlier(9), ended_at=self.earlier(3)),
            lambda: incident.SettleTimes(**about),
            lambda: incident.Reclassify(**about, level=chance.choice(("A", "B", "C")), reason=reason),
            lambda: incident.ClaimExclusion(
                **about, exclusion=f"e{chance.randrange(3)}", ground="planned-maintenance", starts_at=self.earlier(2)
            ),
            lambda: incident.RestorePartly(
                **about,
                systems=("payroll",),
                known_by=chance.choice(("moment", "report")),
                occurred_at=self.earlier(2),
            ),
            lambda: incident.AcceptExclusion(**about, exclusion=f"e{chance.randrange(3)}"),
            lambda: incident.RejectExclusion(**about, exclusion=f"e{chance.randrange(3)}", reason=reason),
            lambda: chance.choice((incident.ProposeVoid(**about, reason=reason), incident.VoidIncident(**about))),
        ]
        return chance.choice(drawn)()

    def _response(self) -> Command:
        chance = self.chance
        about: dict[str, Any] = {**self.incident, "occurred_at": self.earlier(1)}
        call = f"c{chance.randrange(2)}"
        drawn: list[Callable[[], Command]] = [
            lambda: response.Notify(**about, means="telephone"),
            lambda: response.Contact(
                **about,
                call=call,
                site=chance.choice((None, "computer-room", "town-hall")),
                work=chance.choice((None, "hardware", "system")),
            ),
            lambda: response.Arrive(**about, call=call),
            lambda: response.StartWork(**about, call=chance.choice((None, call))),
            lambda: response.TellDelay(**about, call=call, ground="force-majeure"),
            lambda: response.NeedPart(**about, part=f"p{chance.randrange(2)}", ready=chance.random() < 0.5),
            lambda: response.TellEquipmentStop(**about, equipment="town-hall-equipment"),
            lambda: response.RestoreEquipment(**about, equipment="town-hall-equipment"),
            lambda: response.Recover(**about),
            lambda: response.ReportProgress(**about, report="経過"),
            lambda: response.HandInIncidentReport(**about, summary="報告"),
        ]
        return chance.choice(drawn)()

    def _of_level(self) -> Command:
        chance, code = self.chance, f"m{self.chance.randrange(6)}"
        level = chance.choice(("software-configuration", "job-registration"))
        counted = chance.choice(("data-backup", "yearly-calendar", "regular-meeting"))
        start, length = self.earlier(30), timedelta(minutes=chance.randrange(5 * 1440))
        drawn: list[Callable[[], Command]] = [
            lambda: service_level.RecordMeasurement(
                **self.about,
                level=level,
                measurement=code,
                start=start,
                end=start + length,
                occurred_at=self.earlier(1),
            ),
            lambda: service_level.CorrectMeasurement(
                **self.about,
                level=level,
                measurement=code,
                start=start,
                end=start + length,
                reason="誤記",
                occurred_at=self.earlier(1),
            ),
            lambda: service_level.RecordMeasurement(
                **self.about,
                level=counted,
                measurement=code,
                succeeded=chance.random() < 0.8,
                occurred_at=self.earlier(),
            ),
            lambda: service_level.CorrectMeasurement(
                **self.about, level=counted, measurement=code, reason="誤記", occurred_at=self.earlier(60)
            ),
        ]
        return chance.choice(drawn)()

    def _of_review(self) -> Command:
        chance, about = self.chance, self.review
        month = str(Month.of(self.earlier(40).astimezone(TOKYO).date()))
        drawn: list[Callable[[], Command]] = [
            lambda: review.OpenReview(**about, kind="monthly", month=month),
            lambda: review.OpenReview(**about, kind="monthly", month=month),
            lambda: review.OpenReview(
                **about, kind="extraordinary", level="stop", because_of_month=month, reason="超過"
            ),
            lambda: review.HandInMonthlyReport(**about),
            lambda: review.HandInMonthlyReport(**about),
            lambda: review.PassInspection(**about),
            lambda: review.PassInspection(**about),
            lambda: review.FailInspection(**about, reason="不備"),
            lambda: review.PlanImprovement(
                **about, improvement="a1", level="stop", due=date(2025, 12, 1), measure="冗長化", because_of_month=month
            ),
            lambda: review.CompleteImprovement(**about, improvement="a1", result="完了"),
            lambda: review.CloseReview(**about, outcome="continue"),
        ]
        return chance.choice(drawn)()

    def _of_agreement(self) -> Command:
        """A level revised or retired, or the whole SLA agreed again with another fee and fewer levels."""
        chance, number = self.chance, self.chance.randrange(2, 5)
        sla = agreed_sla()
        revised = chance.choice(("arrival-hardware", "stop"))
        definition = next(level for level in sla.levels if level.key == revised)
        looser = msgspec.structs.replace(definition, target=definition.guaranteed)
        begins = Month.of(self.at.astimezone(TOKYO).date()).plus(chance.randrange(-1, 3)).first
        left = tuple(level for level in sla.levels if level.key != "job-registration" or chance.random() < 0.5)
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

    def _unmeasured(self) -> Command:
        gap = f"g{self.chance.randrange(2)}"
        if self.chance.random() < 0.3:
            return unmeasured.WithdrawUnmeasuredTime(**self.about, unmeasured=gap, reason="誤記")
        start = self.earlier(20)
        return unmeasured.StateUnmeasuredTime(
            **self.about,
            unmeasured=gap,
            starts_at=start,
            ends_at=start + timedelta(minutes=self.chance.randrange(1, 90)),
        )

    def _of_contract(self) -> Command:
        year = self.chance.choice((2024, 2025, 2025, 2026))
        closed = tuple(date(year, 4, 1) + self.chance.randrange(365) * DAY for _ in range(5))
        if self.chance.random() < 0.5:
            return contract.FixClosedDays(**self.about, fiscal_year=year, closed=closed, reason="改定")
        if self.chance.random() < 0.5:
            return self._unmeasured()
        return contract.AnnouncePlannedStop(
            **self.about,
            planned_stop=f"s{self.chance.randrange(3)}",
            ground="planned-maintenance",
            starts_at=self.at + DAY,
            ends_at=self.at + 2 * DAY,
            systems=("payroll",),
            organisations=("shimanto-town",),
        )
