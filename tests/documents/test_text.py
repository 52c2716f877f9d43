"""Scalars stay as written, from YAML and from JSON, and every place is known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slm_api.documents import DocumentRefused, read_document
from slm_api.documents.text import written
from tests.documents.paper import paper, refusals
from tests.documents.paper import written as as_json


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("99.5", Decimal("99.5")),
        ("0.1", Decimal("0.1")),
        ("99.99999999999999999", Decimal("99.99999999999999999")),
        ("5", 5),
        ("-5", -5),
        ("010", "010"),
        ("8:30", "8:30"),
        ("17:15", "17:15"),
        ("2025-04-01", "2025-04-01"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'99.5'", "99.5"),
        ('"true"', "true"),
    ],
)
def test_a_yaml_scalar_is_what_a_reader_sees(scalar: str, value: object) -> None:
    read = written(f"a: {scalar}\n", source="sla.yaml").tree["a"]
    assert read == value
    assert type(read) is type(value)


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_a_decimal_is_read_digit_for_digit_from_both_forms(number: Decimal) -> None:
    spelled = format(number, "f")
    assert written(f"a: {spelled}", source="sla.yaml").tree == {"a": number}
    assert written(f'{{"a": {spelled}}}', source="sla.json").tree == {"a": number}


@pytest.mark.parametrize(
    ("form", "value"),
    [
        (99.5, "99.5"),
        ("99.5", "99.5"),
        ("99.5 %", "99.5"),
        ("99.5％", "99.5"),
        ("99.50", "99.5"),
        (100, "100"),
        ("0.000001", "0.000001"),
    ],
)
def test_a_percentage_is_written_as_a_number_or_with_its_sign(form: object, value: str) -> None:
    tree = paper()
    tree["fee"]["tax_percent"] = form
    assert read_document(as_json(tree), source="sla.json").document.fee.tax_percent == Decimal(value)


@pytest.mark.parametrize("form", ["1e1", "NaN", "Infinity", "0.0000001", "1" * 13, True, None])
def test_what_is_no_exact_decimal_is_refused(form: object) -> None:
    tree = paper()
    tree["fee"]["tax_percent"] = form
    [finding] = refusals(as_json(tree))
    assert finding.path == "fee.tax_percent"
    assert "not an exact decimal" in finding.reason.en


def test_a_json_number_with_an_exponent_is_refused_however_large() -> None:
    text = as_json(paper()).replace('"10 %"', "1e999999999")
    [finding] = refusals(text)
    assert finding.path == "fee.tax_percent"


@pytest.mark.parametrize(
    ("phrase", "amount", "unit"),
    [
        ("30 minutes", 30, "minutes"),
        ("1 minute", 1, "minutes"),
        ("30分", 30, "minutes"),
        ("24 hours", 24, "hours"),
        ("24時間", 24, "hours"),
        ("1.5 h", Decimal("1.5"), "hours"),
    ],
)
def test_a_bound_may_be_a_phrase(phrase: str, amount: object, unit: str) -> None:
    tree = paper()
    tree["levels"][0]["guaranteed"] = phrase
    bound = read_document(as_json(tree), source="sla.json").document.levels[0].guaranteed
    assert bound is not None
    assert (bound.amount, bound.unit) == (amount, unit)


def test_a_phrase_and_its_parts_are_the_same_bound() -> None:
    phrased, apart = paper(), paper()
    phrased["levels"][3]["guaranteed"] = "99.5 %"
    apart["levels"][3]["guaranteed"] = {"amount": 99.5, "unit": "percent"}
    assert read_document(as_json(phrased), source="a").document == read_document(as_json(apart), source="b").document


def test_shifts_may_be_one_text_and_unpadded() -> None:
    tree = paper()
    tree["calendars"]["opening"]["mon"] = "8:30-17:15"
    tree["calendars"]["opening"]["tue"] = ["13:00〜17:15", "8:30〜12:00"]
    hours = read_document(as_json(tree), source="sla.json").document.calendars["opening"]
    assert hours.mon == ("08:30-17:15",)
    assert hours.tue == ("08:30-12:00", "13:00-17:15")


def test_a_key_written_twice_is_refused_with_its_line_and_the_rest_is_still_checked() -> None:
    findings = refusals("document: slm/sla/1\nfee:\n  monthly_yen: 1\n  monthly_yen: 2\nterm_from: someday\n")
    twice = [finding for finding in findings if "written twice" in finding.reason.en]
    assert [(finding.path, finding.line) for finding in twice] == [("fee.monthly_yen", 4)]
    assert ("term_from", 5) in [(finding.path, finding.line) for finding in findings]


def test_a_part_written_twice_is_told_once() -> None:
    findings = refusals("fee:\n  monthly_yen: 1\n  includes_tax: true\nfee:\n  monthly_yen: 2\n  includes_tax: no\n")
    twice = [(finding.path, finding.line) for finding in findings if "written twice" in finding.reason.en]
    assert twice == [("fee", 4)]


def test_a_key_written_twice_in_json_is_refused_with_its_path() -> None:
    text = as_json(paper()).replace('"monthly_yen": 1000000', '"monthly_yen": 1000000, "monthly_yen": 2')
    [finding] = refusals(text)
    assert (finding.path, finding.line) == ("fee.monthly_yen", None)


def test_lines_are_those_of_the_text() -> None:
    yaml = (
        "# a comment\ndocument: slm/sla/1\nlevels:\n  - key: one\n    colour: red\n  - key: two\n    method: {ja: あ}\n"
    )
    lines = {finding.path: finding.line for finding in refusals(yaml)}
    assert lines["levels[0].colour"] == 5
    assert lines["levels[0].measure"] == 4  # missing: the line of what lacks it
    assert lines["levels[1].method.en"] == 7


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: &x 1\nb: *x\n", "Anchors, aliases and tags", 1),
        ("a: !!python/object:os.system {}\n", "Anchors, aliases and tags", 1),
        ("a: 1\n---\nb: 2\n", "more than one document", 2),
        ("a: [1, 2\n", "YAML", 2),
        ("- a\n- b\n", "no mapping of fields", 1),
        ("", "no mapping of fields", 1),
        ("? [a, b]\n: 1\n", "a key that is not a plain word", 1),
        ('{"a": 1,}', "JSON", 1),
        ('{"a": 1} {"b": 2}', "JSON", 1),
        ("{" * 40, "JSON", 1),
        ('{"a": ' + "[" * 40 + "]" * 40 + "}", "nested too deeply", None),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply", None),
        ("a: " + "[" * 100_000, "nested too deeply", 1),
        ("a: " + "x" * 1_000_001, "too large", None),
        ("a: 1\nb: 四".encode("cp932"), "not UTF-8", 2),
        ("a: \x00", "YAML", None),
    ],
)
def test_what_is_no_document_is_refused_with_its_line(text: str | bytes, reason: str, line: int | None) -> None:
    [finding] = refusals(text)
    assert finding.path == ""
    assert reason in finding.reason.en
    assert finding.line == line


def test_what_a_message_quotes_is_short_and_steers_no_terminal() -> None:
    tree = paper()
    tree["contract"] = "\x1b[31m" + "x" * 1000
    [finding] = refusals(as_json(tree))
    assert "\x1b" not in finding.reason.en
    assert len(finding.reason.en) < 200


def test_the_refusal_prints_one_line_for_each_finding() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document("document: slm/sla/2\nfe: 1\n", source="sla.yaml")
    lines = str(refused.value).splitlines()
    assert len(lines) == len(refused.value.findings)
    assert "sla.yaml:1: document: “slm/sla/2” is not one of the values. Write one of 'slm/sla/1'" in lines
    assert "sla.yaml:2: fe: There is no field “fe” here. Did you mean “fee”?" in lines


def test_a_byte_order_mark_is_no_part_of_the_document() -> None:
    assert written(b"\xef\xbb\xbfa: 1\n", source="sla.yaml").tree == {"a": 1}
