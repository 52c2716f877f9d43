"""A small SLA document that keeps every rule, for tests to bend."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from slm_api.documents import DocumentRefused, Finding, read_document

Tree = dict[str, Any]


def words(text: str) -> dict[str, str]:
    return {"ja": text, "en": text}


def keys(clause: str = "1") -> dict[str, str]:
    return {
        "major": "障害管理",
        "menu": "障害対応",
        "item": "項目",
        "content": "内容",
        "criterion": "基準",
        "clause": clause,
    }


def level(key: str, measure: Tree, **bounds: Any) -> Tree:
    return {
        "key": key,
        "name": words(key),
        "document": keys(),
        "measure": measure,
        "method": words("from the record"),
        "evidence": words("record"),
        **bounds,
    }


def paper() -> Tree:
    """One organisation a side, one calendar, four levels, three deductions, two grounds."""
    hours: Tree = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:30-17:15")
    arrival = {
        "kind": "duration_at_most",
        "source": "incidents",
        "start": "contacted",
        "end": "arrived",
        "site": "hall",
    }
    return {
        "document": "slm/sla/1",
        "contract": "town-2025",
        "title": words("SLA"),
        "municipality": {"lead": "town", "organisations": [{"code": "town", "name": words("Town")}]},
        "provider": {"lead": "firm", "organisations": [{"code": "firm", "name": words("Firm")}]},
        "term_from": "2025-04-01",
        "term_to": "2030-03-31",
        "time_zone": "Asia/Tokyo",
        "fee": {"monthly_yen": 1000000, "includes_tax": True, "tax_percent": "10 %"},
        "calendars": {"opening": {"name": words("Opening"), **hours}},
        "availability_calendar": "opening",
        "support_calendar": "opening",
        "systems": [{"code": "tax", "name": words("Tax"), "organisation": "town"}],
        "sites": [{"code": "hall", "name": words("Hall")}],
        "levels": [
            level("arrival", arrival, guaranteed="90 minutes"),
            level(
                "stop",
                {"kind": "stopped_time_at_most", "source": "stops", "period": "month"},
                guaranteed="60 minutes",
            ),
            level("parts", {"kind": "obligation", "source": "incidents", "start": "parts_needed"}, guaranteed="met"),
            level(
                "availability",
                {"kind": "availability_at_least", "source": "stops", "period": "month"},
                guaranteed="99.5 %",
                target="99.9 %",
            ),
        ],
        "deductions": [
            {
                "rule": "late_increments",
                "code": "late",
                "clause": "3(1)",
                "name": words("Late"),
                "level": "arrival",
                "first_percent": 5,
                "step_minutes": 30,
                "step_percent": 5,
            },
            {
                "rule": "per_occasion",
                "code": "missing",
                "clause": "3(3)",
                "name": words("Missing"),
                "level": "parts",
                "percent": 5,
            },
            {
                "rule": "fee_times_availability",
                "code": "stopped",
                "clause": "3(4)",
                "name": words("Stopped"),
                "level": "stop",
            },
        ],
        "grounds": [
            {
                "code": "maintenance",
                "clause": "12",
                "name": words("Maintenance"),
                "leaves_measurement": True,
                "frees_from_damages": True,
                "notice": {"kind": "before", "lead_days": 7},
            },
            {
                "code": "disaster",
                "clause": "12",
                "name": words("Disaster"),
                "leaves_measurement": False,
                "frees_from_damages": True,
                "notice": {"kind": "right_after"},
            },
        ],
    }


def written(tree: Tree) -> str:
    return json.dumps(tree, ensure_ascii=False)


def refusals(text: str | bytes) -> list[Finding]:
    """Everything that is wrong with a text; fails when nothing is."""
    with pytest.raises(DocumentRefused) as refused:
        read_document(text, source="sla.yaml")
    return list(refused.value.findings)


def refused_after(bend: Callable[[Tree], object]) -> list[Finding]:
    """Everything that is wrong with the small document once it is bent."""
    tree = paper()
    bend(tree)
    return refusals(written(tree))
