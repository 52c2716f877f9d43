"""Exclusions on the screen: what was announced and told, and what of a claim counts all the same (C5, C21, S5)."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from projections.answers.claims import ClaimAnswer, allowances, claims
from projections.answers.record import Record
from projections.answers.standpoint import Standpoint
from slm_api.cli import shown
from slm_api.cli.claims_view import print_allowances, print_claims
from slm_api.cli.screen import Screen
from slm_domain.facts import IncidentFacts, MomentFact, PlannedStop, SlaVersion
from slm_domain.figures.periods import Month
from slm_domain.month import month_figures
from slm_domain.month_figures import StopFigure
from slm_domain.register import Register
from slm_domain.sla import Allowance, Notice, Sla
from tests.api.test_fee_view import answer_of
from tests.domain.agreement import jst
from tests.domain.downtimes import EVERY_DAY, LATER, agreed, at, daily, excluded, outage, record
from tests.domain.test_allowances import Per, allowing, contested
from tests.projections.contract_histories import CODE, JOURNAL, TOKYO

Language = Literal["ja", "en"]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen on which no cell is broken."""
    monkeypatch.setattr("slm_api.cli.screen.PRINTED_WIDTH", 300)


HOUR_A_MONTH = Allowance(per="month", minutes=60)
WITHIN_AN_HOUR = Notice(kind="right_after", lead_minutes=60, when_missed="counts_as_down")


def told(sla: Sla, incident: IncidentFacts, *stops: PlannedStop, until: datetime = LATER) -> Any:
    """June's claims and stops, as the report has them."""
    register = record(sla, incident)
    register.planned_stops = {stop.planned_stop: stop for stop in stops}
    return listed(register, sla, until)


def listed(register: Register, sla: Sla, until: datetime = LATER) -> Any:
    """The same of a record."""
    incidents = list(register.incidents.values())
    figures = month_figures(register, Month(2025, 6), incidents=incidents, items=(), until=until)
    standpoint = Standpoint(
        contract=CODE, journal_id=JOURNAL, position=1, until=until, time_zone="Asia/Tokyo", simulated=True
    )
    known = Record(standpoint=standpoint, register=register, items=(), issues=(), restatements=(), improvements=())
    return figures, claims(known, sla, figures.stops)


def used(capsys: pytest.CaptureFixture[str], language: Language, sla: Sla, *incidents: IncidentFacts) -> str:
    """What June's report prints of the allowances."""
    register = record(sla, *incidents)
    figures, _ = listed(register, sla)
    answer = answer_of(sla, figures)
    known = Record(
        standpoint=replace(answer.standpoint, until=LATER),
        register=register,
        items=(),
        issues=(),
        restatements=(),
        improvements=(),
    )
    print_allowances(Screen(language), replace(answer, allowances=allowances(known, Month(2025, 6).interval(TOKYO))))
    return " ".join(capsys.readouterr().out.split())


def printed(
    capsys: pytest.CaptureFixture[str], language: Language, sla: Sla, incident: IncidentFacts, *stops: PlannedStop
) -> str:
    figures, found = told(sla, incident, *stops)
    screen = Screen(language)
    screen.standpoint(answer_of(sla, figures).standpoint, sla.title)
    capsys.readouterr()
    print_claims(screen, replace(answer_of(sla, figures), claims=found))
    return " ".join(capsys.readouterr().out.split())


def by_stop(end: datetime) -> tuple[IncidentFacts, PlannedStop]:
    """Stopped from 10:00 to 16:00; announced from 10:00 on, and accepted as such."""
    stop = PlannedStop(
        planned_stop="p1",
        ground="maintenance",
        told_at=jst(5, 20),
        starts_at=at(10),
        ends_at=end,
        systems=("payroll", "library"),
        organisations=("town", "village"),
        position=15,
    )
    return outage(at(10), at(16), exclusions=(excluded(planned_stop="p1"),)), stop


def right_after(*when: datetime) -> tuple[Sla, IncidentFacts]:
    """To be told within an hour, and told then."""
    sla = agreed()
    sla = replace(sla, grounds=(replace(sla.grounds[0], notice=WITHIN_AN_HOUR), *sla.grounds[1:]))
    moments = tuple(MomentFact(kind="notified", at=each, position=9) for each in when)
    return sla, outage(at(10), at(16), moments=moments, exclusions=(excluded(),))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["p1 2025-06-02 10:00 – 2025-06-02 12:00", "accepted: excluded; beyond what was announced,"]),
        ("ja", ["承認（除外）、予告の範囲外", "は停止に算入"]),
    ],
)
def test_a_claim_tells_the_announcement_and_the_times_beyond_it(
    language: Language, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, language, agreed(), *by_stop(at(12)))
    assert all(each in text for each in expected), text
    assert "2025-06-02 12:00 – 2025-06-02 16:00" in text


def test_a_claim_that_lies_beyond_the_announcement_as_a_whole_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    fault, stop = by_stop(at(12))
    text = printed(capsys, "en", agreed(), fault, replace(stop, systems=("server",), organisations=("town",)))
    assert "accepted, beyond what was announced: counts as down" in text


@pytest.mark.parametrize(
    ("when", "until", "met", "notice"),
    [
        ((at(10, 30),), LATER, True, "2025-06-02 10:30 in time"),
        ((at(12),), LATER, False, "2025-06-02 12:00 too late"),
        ((), LATER, False, "not given"),
        ((), at(10, 30), None, "not yet, due 2025-06-02 11:00"),
    ],
)
def test_a_claim_tells_of_its_notice_right_after(
    when: tuple[datetime, ...], until: datetime, met: bool | None, notice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sla, fault = right_after(*when)
    figures, (claim,) = told(sla, fault, until=until)
    assert isinstance(claim, ClaimAnswer)
    assert claim.notice_met is met
    screen = Screen("en")
    screen.standpoint(answer_of(sla, figures).standpoint, sla.title)
    print_claims(screen, replace(answer_of(sla, figures), claims=(claim,)))
    assert notice in " ".join(capsys.readouterr().out.split())


def stop_of(sla: Sla, incident: IncidentFacts, *stops: PlannedStop) -> StopFigure:
    figures, _ = told(sla, incident, *stops)
    (stop,) = figures.stops
    assert isinstance(stop, StopFigure)
    return stop


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "counted: beyond what was announced 4:00"), ("ja", "算入（予告の範囲外） 4:00")],
)
def test_the_list_of_stops_says_how_much_was_not_announced(language: Language, reason: str) -> None:
    assert shown.stop_reason(stop_of(agreed(), *by_stop(at(12))), Screen(language)) == reason


@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "counted: accepted exclusion does not reach it"), ("ja", "算入（承認済みの除外が及ばない）")],
)
def test_what_counts_beside_an_allowance_is_not_told_as_without_effect(language: Language, reason: str) -> None:
    # 60 minutes a month may leave the measurement: of 10:00 to 12:00 one hour does, and one counts
    sla = replace(agreed(), grounds=tuple(replace(each, allowance=HOUR_A_MONTH) for each in agreed().grounds))
    stop = stop_of(sla, outage(at(10), at(12), exclusions=(excluded(),)))
    assert (stop.excluded, stop.counted) == (timedelta(hours=1), timedelta(hours=1))
    assert shown.stop_reason(stop, Screen(language)) == reason


@pytest.mark.parametrize(
    ("start", "language", "reason"),
    [
        (at(17), "en", "extraordinary work outside support hours 3:00"),
        (at(17), "ja", "時間外の臨時作業 3:00"),
        (at(15), "en", "counted; extraordinary work outside support hours 3:00"),
        (at(15), "ja", "算入・時間外の臨時作業 3:00"),
    ],
)
def test_the_list_of_stops_says_how_much_was_extraordinary_work(
    start: datetime, language: Language, reason: str
) -> None:
    # open around the clock, supported from 9 to 17: of 15:00 to 20:00 two hours count
    sla = replace(
        agreed(),
        calendars={"opening": daily("all day", "00:00-24:00"), "support": EVERY_DAY},
        support_calendar="support",
    )
    assert shown.stop_reason(stop_of(sla, outage(start, at(20), extraordinary=True)), Screen(language)) == reason


def test_a_claim_on_a_ground_that_only_another_sla_has_is_listed_with_what_it_does_there() -> None:
    # agreed from July on: a flood costs nothing and stays in the figure; claimed for a stop of June
    sla = agreed()
    register = record(sla, outage(at(10), at(12), exclusions=(excluded(ground="flood"),)))
    later = replace(sla, grounds=(*sla.grounds, replace(sla.grounds[1], code="flood")))
    register.slas.append(SlaVersion(number=2, effective_from=date(2025, 7, 1), sla=later, digest="", position=90))
    _, (claim,) = listed(register, sla)
    assert (claim.ground, claim.effect, claim.leaves_measurement) == ("flood", "frees_from_damages", False)


def test_every_claim_of_a_month_is_told_what_the_allowance_leaves_of_it() -> None:
    # an hour a month: of the hours on the 2nd, 3rd and 4th the first is excluded and the others count
    sla = agreed()
    sla = replace(
        sla, grounds=(replace(sla.grounds[0], allowance=Allowance(per="month", minutes=60)), *sla.grounds[1:])
    )
    days = (2, 3, 4)
    stops = [
        outage(jst(6, day, 10), jst(6, day, 11), code=f"on {day}", exclusions=(excluded(positions=(day, 20 + day)),))
        for day in days
    ]
    _, found = listed(record(sla, *stops), sla)
    assert [claim.beyond_allowance for claim in found] == [timedelta(), timedelta(hours=1), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("language", "per", "expected"),
    [
        (
            "ja",
            "month",
            [
                "除外の許容時間（サービスの停止、2025-06 の末日まで）",
                "事由 期間 許容 使用 残り",
                "maintenance 12 2025-06 1:00 0:40 0:20",
                "2025-06-01 – 2025-06-30",
            ],
        ),
        (
            "en",
            "fiscal_year",
            [
                "Allowances of exclusion: the service's stops to the end of 2025-06",
                "ground period allowed used left",
                "maintenance 12 fiscal year 2025 1:00 0:40 0:20",
                "2025-04-01 – 2026-03-31",
            ],
        ),
        ("ja", "fiscal_year", ["maintenance 12 2025 年度 1:00 0:40 0:20"]),
    ],
)
def test_what_is_used_and_left_of_an_allowance_is_printed_with_its_period(
    language: Language, per: Per, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = used(capsys, language, allowing(60, agreed(), per), outage(at(10), at(10, 40), exclusions=(excluded(),)))
    assert all(each in text for each in expected), text


def test_what_is_used_is_printed_with_its_bounds_where_a_stop_is_contested(
    capsys: pytest.CaptureFixture[str],
) -> None:
    # an hour by the municipality's word, two by the provider's
    text = used(capsys, "ja", allowing(180, agreed()), contested(5, 10, 11, 12))
    assert "3:00 1:00（1:00 – 2:00） 2:00" in text


def test_without_an_allowance_nothing_is_printed_of_any(capsys: pytest.CaptureFixture[str]) -> None:
    assert used(capsys, "en", agreed(), outage(at(10), at(11), exclusions=(excluded(),))) == ""
