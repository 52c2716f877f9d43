"""Contracts in memory: commands sent, decided by the domain as they are when sent for real, and what they record."""

from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from projections.catalogue import MONTHLY_REPORT
from projections.engine.feed import Page
from projections.engine.folding import Folding
from projections.monthly_report import ReportState
from projections.projection import Placed
from slm_api.documents import canonical, read_document
from slm_domain import codec
from slm_domain.aggregate import Aggregate, Recorded
from slm_domain.commands import contract
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
from slm_domain.paying import tax_terms_of, terms_of
from slm_domain.refusal import Refusal
from slm_domain.register import Register
from slm_domain.restating import accepted_figures, after_issue
from slm_domain.sla import Sla, read_sla
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
        self._folding = Folding([MONTHLY_REPORT], self.journal)
        self._state: ReportState = self._folding.state(MONTHLY_REPORT)

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
        return self._state.books.register

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
                name=name,
                recorded_at=at,
                event=codec.decode(name, payload),
                metadata=about,
            )
            at_position = placed.position
            self._folding.take(Page(journal_id=self.journal, first=at_position, last=at_position, entries=[placed]))

    def _quote(self, month: str, until: datetime) -> Quoted:
        register, asked = self._state.books.register, Month.parse(month)
        issues = [issue for found in self._state.issues.values() for issue in found]
        restatements = [each for found in self._state.restatements.values() for each in found]
        figures = month_figures(
            register,
            asked,
            incidents=list(register.incidents.values()),
            items=self._state.items_of(asked),
            until=until,
            after_issue=after_issue(
                month,
                issues,
                restatements,
                partial(terms_of, register),
                partial(tax_terms_of, register),
            ),
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
