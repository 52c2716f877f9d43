"""The contract (利用契約): its parties, its SLA documents, its closed days and announced stops."""

from datetime import date, datetime
from functools import lru_cache
from typing import Self
from uuid import UUID

from slm_domain.aggregate import Aggregate, Event
from slm_domain.contract_refusals import (
    AlreadySigned,
    BeforeItsBeginning,
    CodeOfAnotherJournal,
    DayOutsideTheYear,
    EndsBeforeItStarts,
    LeadNotOfItsSide,
    MonthStartStays,
    NoSlaOnTheTable,
    NotAtAMonthStart,
    OrganisationNamedTwice,
    OutsideTheTerm,
    ReasonNeeded,
    SideMayNot,
    SlaNotAgreed,
    StopAlreadyAnnounced,
    UnknownTimeZone,
)
from slm_domain.figures.local_time import ONE_DAY
from slm_domain.figures.periods import FiscalYear, Month
from slm_domain.figures.spans import month_span, span_of
from slm_domain.identity import journal_id
from slm_domain.review_refusals import MonthAlreadyUnderReview
from slm_domain.sla import Party, Side, Sla, Words, read_sla
from slm_domain.time_zones import known_zones
from slm_domain.unmeasured_events import UnmeasuredTimeStated, UnmeasuredTimeWithdrawn
from slm_domain.unmeasured_refusals import NoSuchUnmeasuredTime, StatedByTheOtherSide, UnmeasuredTimeAlreadyStated


class ContractDrafted(Event["Contract"], frozen=True):
    """The record of a contract is opened: who stands on each side, and the zone its hours are in."""

    NAME = "ContractDrafted.1"

    code: str
    title: Words
    time_zone: str
    municipality: Party
    provider: Party

    def apply(self, contract: "Contract", /) -> None:
        contract.code = self.code
        contract.time_zone = self.time_zone
        contract.sides = {"municipality": self.municipality, "provider": self.provider}


class SlaProposed(Event["Contract"], frozen=True):
    """One side puts an SLA document forward. `document` is its canonical JSON, `digest` that text's SHA-256 in hex."""

    NAME = "SlaProposed.1"

    number: int
    document: str
    digest: str
    effective_from: date
    proposed_by: Side

    def apply(self, contract: "Contract", /) -> None:
        contract.sla_numbers = self.number
        contract.on_the_table = self
        contract.signed_by = set()


class SlaSigned(Event["Contract"], frozen=True):
    """One side agrees to the document that is on the table."""

    NAME = "SlaSigned.1"

    number: int
    side: Side

    def apply(self, contract: "Contract", /) -> None:
        contract.signed_by.add(self.side)


class SlaAgreed(Event["Contract"], frozen=True):
    """Both sides have agreed: the document is the SLA from `effective_from` on (G3)."""

    NAME = "SlaAgreed.1"

    number: int
    effective_from: date

    def apply(self, contract: "Contract", /) -> None:
        contract.agreed = contract.on_the_table
        contract.in_force_from = min(contract.in_force_from or self.effective_from, self.effective_from)
        contract.on_the_table = None


class ClosedDaysFixed(Event["Contract"], frozen=True):
    """The closed days of a fiscal year (April to March), fixed with next year's schedule (S25, C22).

    `closed` holds every closed day that is not already closed by the weekly hours. A later entry for the same year
    replaces the earlier one and says why.
    """

    NAME = "ClosedDaysFixed.1"

    fiscal_year: int
    closed: tuple[date, ...]
    fixed_by: Side
    note: int | None = None

    def apply(self, contract: "Contract", /) -> None:
        contract.fixed_years.add(self.fiscal_year)


class MonthUnderReview(Event["Contract"], frozen=True):
    """The review opened in the same append is the one in which this month is reported, inspected and accepted (S2)."""

    NAME = "MonthUnderReview.1"

    month: str
    review: str

    def apply(self, contract: "Contract", /) -> None:
        contract.reviews_of_months[self.month] = self.review


class PlannedStopAnnounced(Event["Contract"], frozen=True):
    """A planned stop (計画停止) is told beforehand. `occurred_at` is when the municipality was told (item 41, S26)."""

    NAME = "PlannedStopAnnounced.1"

    planned_stop: str
    ground: str
    starts_at: datetime
    ends_at: datetime
    systems: tuple[str, ...]
    organisations: tuple[str, ...]
    announced_by: Side
    note: int | None = None
    unreachable: bool = False  # the municipality could not be reached by the fixed ways (S17)

    def apply(self, contract: "Contract", /) -> None:
        contract.planned_stops[self.planned_stop] = self


class Contract(Aggregate):
    """A contract's state, as far as later decisions ask for it."""

    KIND = "contract"

    def __init__(self) -> None:
        self.code = ""
        self.time_zone = ""
        self.sides: dict[Side, Party] = {}
        self.sla_numbers = 0
        self.on_the_table: SlaProposed | None = None
        self.agreed: SlaProposed | None = None
        self.in_force_from: date | None = None  # the first day of the first SLA
        self.signed_by: set[Side] = set()
        self.fixed_years: set[int] = set()
        self.planned_stops: dict[str, PlannedStopAnnounced] = {}
        self.unmeasured: dict[str, Side] = {}
        self.withdrawn: set[str] = set()
        self.reviews_of_months: dict[str, str] = {}

    @classmethod
    def draft(cls, journal: UUID, fact: ContractDrafted) -> Self:
        """Open the record of a contract. The contract has its journal's id, which its code gives.

        Raises `CodeOfAnotherJournal`, `UnknownTimeZone`, `LeadNotOfItsSide`, `OrganisationNamedTwice`.
        """
        if journal_id(fact.code) != journal:
            raise CodeOfAnotherJournal(code=fact.code)
        _check_time_zone(fact.time_zone)
        _check_parties({"municipality": fact.municipality, "provider": fact.provider})
        return cls.begin(journal, fact)

    def propose(self, fact: SlaProposed) -> None:
        """Put an SLA document forward; an earlier one still on the table is replaced.

        A change of what is agreed takes effect with a month of the contract (C12), whose months begin where they began
        (C15): otherwise raises `NotAtAMonthStart`, `MonthStartStays`.
        """
        if self.agreed is not None:
            agreed, asked = self.sla.start, read_sla(fact.document.encode()).start
            if asked != agreed:
                raise MonthStartStays(asked=asked.day_of_month, agreed=agreed.day_of_month)
            month = span_of("month", fact.effective_from, agreed)
            if fact.effective_from != month.first:
                raise NotAtAMonthStart(asked=fact.effective_from, boundary=month.last + ONE_DAY)
        self.record(fact)

    def sign(self, *, at: datetime, side: Side, number: int) -> SlaProposed | None:
        """Agree for one side. Gives the document when with this both sides have agreed to it.

        Raises `NoSlaOnTheTable`, `AlreadySigned`, `BeforeItsBeginning`.
        """
        proposed = self.on_the_table
        if proposed is None or proposed.number != number:
            raise NoSlaOnTheTable(number=number)
        if side in self.signed_by:
            raise AlreadySigned(number=number, side=side)
        if at < proposed.occurred_at:
            what = Words(ja="SLA記述書への合意", en="the agreement to the SLA document")
            raise BeforeItsBeginning(what=what, at=at, begin=proposed.occurred_at)
        self.record(SlaSigned(occurred_at=at, number=number, side=side))
        if len(self.signed_by) < len(self.sides):
            return None
        self.record(SlaAgreed(occurred_at=at, number=number, effective_from=proposed.effective_from))
        return proposed

    def fix_closed_days(self, fact: ClosedDaysFixed) -> None:
        """Fix a fiscal year's closed days (C22).

        Raises `SideMayNot`, `DayOutsideTheYear`; a second time without a reason `ReasonNeeded`.
        """
        if fact.fixed_by != "municipality":
            act = Words(ja="閉庁日の確定", en="fixing closed days")
            raise SideMayNot(act=act, allowed="municipality", side=fact.fixed_by)
        for day in fact.closed:
            if FiscalYear.of(day).start != fact.fiscal_year:
                raise DayOutsideTheYear(day=day, fiscal_year=fact.fiscal_year)
        if fact.fiscal_year in self.fixed_years and fact.note is None:
            raise ReasonNeeded(
                what=Words(ja=f"{fact.fiscal_year}年度の閉庁日", en=f"closed days of fiscal year {fact.fiscal_year}")
            )
        self.record(fact)

    def announce_planned_stop(self, fact: PlannedStopAnnounced) -> None:
        """Tell a planned stop. Whether the notice was early enough is judged against the ground's rule (C21).

        Raises `StopAlreadyAnnounced`, `EndsBeforeItStarts`.
        """
        if fact.planned_stop in self.planned_stops:
            raise StopAlreadyAnnounced(planned_stop=fact.planned_stop)
        if fact.ends_at <= fact.starts_at:
            what = Words(ja="計画停止", en="the planned stop")
            raise EndsBeforeItStarts(what=what, start=fact.starts_at, end=fact.ends_at)
        self.record(fact)

    def state_unmeasured(self, fact: UnmeasuredTimeStated) -> None:
        """State time in which nobody measured (C2). Raises `UnmeasuredTimeAlreadyStated`, `EndsBeforeItStarts`."""
        if fact.unmeasured in self.unmeasured:
            raise UnmeasuredTimeAlreadyStated(unmeasured=fact.unmeasured)
        if fact.ends_at <= fact.starts_at:
            what = Words(ja="未測定時間", en="the unmeasured time")
            raise EndsBeforeItStarts(what=what, start=fact.starts_at, end=fact.ends_at)
        self.record(fact)

    def withdraw_unmeasured(self, fact: UnmeasuredTimeWithdrawn) -> None:
        """Take back one's own statement (C23). Raises `NoSuchUnmeasuredTime`, `StatedByTheOtherSide`."""
        stated_by = self.unmeasured.get(fact.unmeasured)
        if stated_by is None or fact.unmeasured in self.withdrawn:
            raise NoSuchUnmeasuredTime(unmeasured=fact.unmeasured)
        if stated_by != fact.withdrawn_by:
            raise StatedByTheOtherSide(unmeasured=fact.unmeasured, stated_by=stated_by, side=fact.withdrawn_by)
        self.record(fact)

    def take_up(self, fact: MonthUnderReview) -> None:
        """Let one review handle a month. Raises `OutsideTheTerm`, `MonthAlreadyUnderReview`."""
        month, sla = Month.parse(fact.month), self.sla
        begins = max(sla.term_from, self.in_force_from or sla.term_from)
        days = month_span(month, sla.start)
        if days.last < begins or days.first > sla.term_to:
            what = Words(ja="対象月", en="the month")
            raise OutsideTheTerm(what=what, asked=fact.month, term_from=begins, term_to=sla.term_to)
        taken_by = self.reviews_of_months.get(fact.month)
        if taken_by is not None:
            raise MonthAlreadyUnderReview(month=fact.month, taken_by=taken_by)
        self.record(fact)

    @property
    def sla(self) -> Sla:
        """The SLA agreed last. Raises `SlaNotAgreed`."""
        if self.agreed is None:
            raise SlaNotAgreed(code=self.code)
        return _read(self.agreed.document)


@lru_cache(maxsize=256)  # a text knows its hash, which its 30 kB of bytes would have to be gone through for
def _read(document: str) -> Sla:
    return read_sla(document.encode())


def _check_time_zone(time_zone: str) -> None:
    if time_zone not in known_zones():
        raise UnknownTimeZone(time_zone=time_zone)


def _check_parties(sides: dict[Side, Party]) -> None:
    seen: set[str] = set()
    for side, party in sides.items():
        known = [organisation.code for organisation in party.organisations]
        if party.lead not in known:
            raise LeadNotOfItsSide(lead=party.lead, side=side, known=", ".join(sorted(known)))
        for code in known:
            if code in seen:
                raise OrganisationNamedTwice(organisation=code)
            seen.add(code)
