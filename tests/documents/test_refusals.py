"""What an SLA document may not say, rule by rule: the place, the reason and the mend."""

from collections.abc import Callable
from typing import Literal, get_args, get_origin

import msgspec
import pytest

from slm_api.documents import read_document
from slm_api.measure_words import MOMENTS
from slm_domain.sla import Terms
from tests.documents.bending import add, assert_refused, leave_out, put, twice
from tests.documents.paper import Tree, level, paper, refused_after, written


@pytest.mark.parametrize(
    ("bend", "path", "reason", "mend"),
    [
        # shape
        (put("levels", 0, "guarantee", to="1 day"), "levels[0].guarantee", "There is no field", "“guaranteed”"),
        (put("fee", "colour", to="red"), "fee.colour", "There is no field", "monthly_yen, includes_tax"),
        (put("deductions", 0, "first_percnt", to=1), "deductions[0].first_percnt", "no field", "“first_percent”"),
        (put("calendars", "opening", "mond", to=[]), "calendars.opening.mond", "There is no field", "“mon”"),
        (put("contractt", to="x"), "contractt", "There is no field", "“contract”"),
        (leave_out("fee"), "fee", "“fee” is missing", "Write “fee”"),
        (leave_out("title", "ja"), "title.ja", "“ja” is missing", "Write “ja”"),
        (put("document", to="slm/sla/2"), "document", "“slm/sla/2” is not one of the values", "'slm/sla/1'"),
        (put("contract", to="四万十"), "contract", "is not a code", "shimanto-town"),
        (put("title", to="SLA"), "title", "“SLA” is not a group of fields", "{ja: …, en: …}"),
        (put("title", "en", to="  "), "title.en", "The text is empty", "Write what is meant"),
        (put("title", "en", to="\x1b[31mred"), "title.en", "control character", "visible characters"),
        (put("title", "en", to="\ud800"), "title.en", "is not text", "四万十町"),
        (put("systems", to="tax"), "systems", "“tax” is not a list", "[…, …]"),
        (put("fee", "includes_tax", to="yes"), "fee.includes_tax", "“yes” is not true or false", "true"),
        (put("fee", "monthly_yen", to="1,000,000"), "fee.monthly_yen", "“1,000,000” is not a whole number", "60"),
        (put("fee", "monthly_yen", to=1.5), "fee.monthly_yen", "is not a whole number", "60"),
        (put("fee", "monthly_yen", to=-1), "fee.monthly_yen", "out of range", "at least 0"),
        # times and zones
        (put("time_zone", to="Asia/Tokio"), "time_zone", "“Asia/Tokio” is not a time zone", "Did you mean Asia/Tokyo?"),
        (put("time_zone", to="localtime"), "time_zone", "“localtime” is not a time zone", "IANA name"),
        (put("time_zone", to="Factory"), "time_zone", "“Factory” is not a time zone", "IANA name"),
        (put("term_from", to="2025-02-30"), "term_from", "not a date", "a day that exists"),
        (put("term_from", to=20250401), "term_from", "not a date", "2025-04-01"),
        (put("term_from", to="2031-4-1"), "term_from", "not a date", "2025-04-01"),
        (put("term_to", to="9999-12-31"), "term_to", "9999-12-31 lies outside the years", "1950 to 2099"),
        (put("term_from", to="0001-01-01"), "term_from", "0001-01-01 lies outside the years", "1950 to 2099"),
        (put("terms", to={"inspection_days": 10**9}), "terms.inspection_days", "out of range", "at most 366"),
        (put("terms", to={"report_due_opening_day": 10**6}), "terms.report_due_opening_day", "out of", "at most 366"),
        (put("terms", to={"notice_months_provider": 1201}), "terms.notice_months_provider", "out of", "at most 1200"),
        (put("terms", to={"min_stop_minutes": 10**12}), "terms.min_stop_minutes", "out of range", "at most 52596000"),
        (put("grounds", 0, "notice", "lead_days", to=10**9), "grounds[0].notice.lead_days", "out of", "at most 36525"),
        (put("deductions", 0, "step_minutes", to=10**12), "deductions[0].step_minutes", "out of", "at most 52596000"),
        (put("term_to", to="2025-03-31"), "term_to", "lies before the first day 2025-04-01", "on or after"),
        # calendars
        (put("calendars", "opening", "mon", to=["17:15-08:30"]), "calendars.opening.mon[0]", "ends before", "24:00"),
        (put("calendars", "opening", "mon", to="08:30"), "calendars.opening.mon", "is not a shift", "08:30-17:15"),
        (put("calendars", "opening", "mon", to="08:30-24:01"), "calendars.opening.mon", "is not a shift", "24:00"),
        (
            put("calendars", "opening", "mon", to=["13:00-17:15", "08:30-13:01"]),
            "calendars.opening.mon",
            "The shifts 08:30-13:01 and 13:00-17:15 overlap",
            "as one shift",
        ),
        (
            put("calendars", "opening", to={"name": {"ja": "無", "en": "None"}}),
            "calendars.opening",
            "no hours at all",
            "Write the shifts",
        ),
        (put("support_calendar", to="suport"), "support_calendar", "“suport” is not defined", "opening"),
        (put("availability_calendar", to="openin"), "availability_calendar", "not defined", "Did you mean “opening”?"),
        # parties, names
        (put("provider", "lead", to="farm"), "provider.lead", "“farm” is not defined", "Did you mean “firm”?"),
        (put("provider", "lead", to="town"), "provider.lead", "“town” is not defined", "firm"),
        (put("systems", 0, "organisation", to="city"), "systems[0].organisation", "“city” is not defined", "town"),
        (put("systems", 0, "organisation", to="firm"), "systems[0].organisation", "“firm” is not defined", "town"),
        (twice("systems"), "systems[1].code", "“tax” is already used", "another name"),
        (twice("sites"), "sites[1].code", "“hall” is already used", "another name"),
        (twice("levels"), "levels[4].key", "“arrival” is already used", "another name"),
        (twice("deductions"), "deductions[3].code", "“late” is already used", "another name"),
        (twice("grounds"), "grounds[2].code", "“maintenance” is already used", "another name"),
        (
            lambda tree: tree["provider"]["organisations"].append({"code": "town", "name": {"ja": "町", "en": "Town"}}),
            "provider.organisations[1].code",
            "“town” is already used",
            "another name",
        ),
        # levels
        (leave_out("levels", 0, "method"), "levels[0].method", "cannot be measured cannot be an item", "how it is"),
        (leave_out("levels", 0, "guaranteed"), "levels[0]", "neither a guaranteed nor a target", "guaranteed, target"),
        (put("levels", 0, "guaranteed", to="90 minuts"), "levels[0].guaranteed", "“90 minuts” is not", "30 minutes"),
        (
            put("levels", 0, "guaranteed", to="99 %"),
            "levels[0].guaranteed.unit",
            "in percent",
            "minutes or hours or days",
        ),
        (put("levels", 3, "guaranteed", to="99 minutes"), "levels[3].guaranteed.unit", "in minutes", "in percent"),
        (put("levels", 3, "target", to="100.1 %"), "levels[3].target.amount", "more than 100 %", "at most 100"),
        (put("levels", 1, "guaranteed", to="1 day"), "levels[1].guaranteed.unit", "in days", "minutes or hours"),
        (
            put("levels", 2, "guaranteed", to={"amount": 2, "unit": "met"}),
            "levels[2].guaranteed.amount",
            "obligation is 1",
            "Write met",
        ),
        (
            put("levels", 0, "guaranteed", to={"amount": -1, "unit": "minutes"}),
            "levels[0].guaranteed.amount",
            "“-1” is out of range",
            "at least 0",
        ),
        (
            put("levels", 1, "measure", "source", to="measurements"),
            "levels[1].measure.source",
            "does not come",
            "stops",
        ),
        (leave_out("levels", 0, "measure", "start"), "levels[0].measure.start", "fed by incidents needs it", "start"),
        (leave_out("levels", 0, "measure", "end"), "levels[0].measure.end", "fed by incidents needs it", "Write “end”"),
        (put("levels", 1, "measure", "start", to="detected"), "levels[1].measure.start", "means nothing", "Leave"),
        (
            lambda tree: tree["levels"][0]["measure"].update(start="detected", end="detected", site=None),
            "levels[0].measure.end",
            "at which it starts",
            "later",
        ),
        (
            put("levels", 0, "measure", "start", to="triaged"),
            "levels[0].measure.start",
            "contradicts",
            "contacted",
        ),
        (
            put("levels", 0, "measure", "clock", to="support_hours"),
            "levels[0].measure.clock",
            "contradicts",
            "elapsed",
        ),
        (leave_out("levels", 1, "measure", "period"), "levels[1].measure.period", "judged per period", "Write"),
        (put("levels", 0, "measure", "period", to="month"), "levels[0].measure.period", "means nothing", "Leave"),
        (put("levels", 0, "measure", "site", to="room"), "levels[0].measure.site", "“room” is not defined", "hall"),
        (put("levels", 1, "measure", "site", to="hall"), "levels[1].measure.site", "means nothing", "Leave"),
        (
            put("levels", 0, "measure", "kind", to="speed"),
            "levels[0].measure.kind",
            "“speed” is not one",
            "'obligation'",
        ),
        # deductions and grounds
        (put("deductions", 0, "level", to="arival"), "deductions[0].level", "“arival” is not defined", "“arrival”"),
        (
            lambda tree: tree["levels"][0].update(target=tree["levels"][0].pop("guaranteed")),
            "deductions[0].level",
            "“arrival” has no guaranteed value",
            "drop the deduction",
        ),
        (put("deductions", 0, "level", to="parts"), "deductions[0].level", "cannot count on", "kind duration_at_most"),
        (
            put("deductions", 0, "rule", to="per_ocasion"),
            "deductions[0].rule",
            "“per_ocasion” is not one",
            "per_occasion",
        ),
        (leave_out("deductions", 0, "rule"), "deductions[0].rule", "“rule” is missing", "Write “rule”"),
        (put("deductions", 0, "first_percent", to=101), "deductions[0].first_percent", "out of range", "at most 100"),
        (put("deductions", 0, "first_percent", to="-5 %"), "deductions[0].first_percent", "out of range", "at least 0"),
        (put("deductions", 0, "step_minutes", to=0), "deductions[0].step_minutes", "out of range", "at least 1"),
        (put("fee", "tax_percent", to="ten"), "fee.tax_percent", "not an exact decimal", "99.5"),
        (put("grounds", 1, "notice", "lead_days", to=3), "grounds[1].notice.lead_days", "notice beforehand", "before"),
        (
            put("grounds", 0, "notice", "lead_minutes", to=9),
            "grounds[0].notice.lead_minutes",
            "right after",
            "right_after",
        ),
        (
            put("grounds", 1, "notice", "lead_minutes", to=0),
            "grounds[1].notice.lead_minutes",
            "out of range",
            "at least 1",
        ),
        # terms
        (put("terms", to={"pro_rata": "weekly"}), "terms.pro_rata", "“weekly” is not one of the values", "'none'"),
        (put("terms", to={"pro_ratta": "none"}), "terms.pro_ratta", "There is no field", "“pro_rata”"),
        (put("terms", to={"min_stop_minutes": "60"}), "terms.min_stop_minutes", "“60” is not a whole number", "60"),
        (put("terms", to={"month_first_day": 29}), "terms.month_first_day", "“29” is out of range", "at most 28"),
        (put("terms", to={"month_first_day": 0}), "terms.month_first_day", "“0” is out of range", "at least 1"),
        (put("terms", to={"rolling_cap_percent": 101}), "terms.rolling_cap_percent", "out of range", "at most 100"),
    ],
)
def test_a_document_that_breaks_one_rule_is_refused_at_its_place_with_reason_and_mend(
    bend: Callable[[Tree], object], path: str, reason: str, mend: str
) -> None:
    assert_refused(bend, path, reason, mend)


READINGS = [
    (field.name, reading)
    for field in msgspec.structs.fields(Terms)
    if get_origin(field.type) is Literal
    for reading in get_args(field.type)
]


@pytest.mark.parametrize(("term", "reading"), READINGS)
def test_every_reading_that_the_domain_knows_is_taken(term: str, reading: str) -> None:
    tree = paper()
    tree["terms"] = {term: reading}
    document = read_document(written(tree), source="sla.json").document
    assert getattr(document.terms, term) == reading


@pytest.mark.parametrize(
    ("term", "number"),
    [
        ("min_stop_minutes", None),
        ("min_stop_minutes", 30),
        ("cumulative_threshold_minutes", 0),
        ("month_first_day", 28),
        ("notice_months_provider", 12),
        ("rolling_cap_percent", 0),
        ("rolling_cap_percent", 100),
        ("damages_cap_months", None),
    ],
)
def test_a_term_that_is_a_number_is_taken_at_its_limits(term: str, number: int | None) -> None:
    tree = paper()
    tree["terms"] = {term: number}
    document = read_document(written(tree), source="sla.json").document
    assert getattr(document.terms, term) == number


def test_everything_wrong_is_told_at_once() -> None:
    def bend(tree: Tree) -> None:
        tree["time_zone"] = "Mars"
        tree["fee"]["tax_percent"] = 110
        tree["provider"]["lead"] = "nobody"
        tree["calendars"]["opening"]["mon"] = ["08:30-17:15", "09:00-10:00"]
        tree["calendars"]["opening"]["tue"] = "17:15-08:30"
        del tree["levels"][0]["method"]
        tree["levels"][0]["guaranteed"] = "1 time"
        tree["levels"][1]["colour"] = "red"
        tree["levels"][1]["guaranteed"] = "60 %"
        tree["deductions"][1]["level"] = "spare-parts"
        tree["terms"] = {"pro_rata": "weekly", "min_stop_minutes": -1}

    assert {finding.path for finding in refused_after(bend)} == {
        "time_zone",
        "fee.tax_percent",
        "provider.lead",
        "calendars.opening.mon",
        "calendars.opening.tue",
        "levels[0].method",
        "levels[0].guaranteed.unit",
        "levels[1].colour",
        "levels[1].guaranteed.unit",
        "deductions[1].level",
        "terms.pro_rata",
        "terms.min_stop_minutes",
    }


def test_a_misspelt_part_still_declares_its_name() -> None:
    def bend(tree: Tree) -> None:
        tree["calendars"]["opening"]["mon"] = "whenever"
        tree["levels"][0]["measure"]["kind"] = "speed"
        tree["sites"][0]["name"] = "Hall"

    assert {finding.path for finding in refused_after(bend)} == {
        "calendars.opening.mon",
        "levels[0].measure.kind",
        "sites[0].name",
    }


def test_a_part_that_is_missing_altogether_is_told_once() -> None:
    def bend(tree: Tree) -> None:
        del tree["calendars"]
        del tree["municipality"]

    assert [finding.path for finding in refused_after(bend)] == ["municipality", "calendars"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("notified", "detected"),
        ("detected", "occurred"),
        ("recovered", "occurred"),
        ("triage_reported", "triaged"),
        ("report_handed_in", "recovered"),
        ("meeting_reported", "detected"),
    ],
)
def test_moments_in_the_wrong_order_which_no_incident_would_miss_are_refused(start: str, end: str) -> None:
    measure = {"kind": "duration_at_most", "source": "incidents", "start": start, "end": end}
    finding = assert_refused(
        add("levels", level("reversed", measure, guaranteed="30 minutes")),
        "levels[4].measure.end",
        f"“{end}” has always happened by “{start}”",
        f"Swap the two (start: {end}, end: {start})",
    )
    # an officer reads his own words, with the document's beside them
    ends, begins = (f"「{MOMENTS[each].ja}」（{each}）" for each in (end, start))
    assert f"終点の{ends}は、起点の{begins}までに" in finding.reason.ja
    assert f"start を {end}、end を {start}" in finding.mend.ja


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("occurred", "detected"),
        ("triaged", "notified"),
        ("notified", "triaged"),
        ("recovered", "notified"),
        ("notified", "recovered"),
        ("recovered", "triaged"),
        ("meeting_reported", "report_handed_in"),
        ("report_handed_in", "meeting_reported"),
    ],
)
def test_moments_that_can_follow_each_other_are_taken_either_way_round(start: str, end: str) -> None:
    tree = paper()
    measure = {"kind": "duration_at_most", "source": "incidents", "start": start, "end": end}
    tree["levels"].append(level("either", measure, guaranteed="30 minutes"))
    assert read_document(written(tree), source="sla.json").warnings == ()


def test_a_pair_of_moments_that_no_incident_has_is_refused() -> None:
    findings = refused_after(put("levels", 0, "measure", "end", to="notified"))
    (said,) = [each for each in findings if each.path == "levels[0].measure.end"]
    assert "No incident is timed from contacted to notified" in said.reason.en
