"""What monitoring systems send becomes outages (C17)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from slm_api.monitoring import MonitoringSystem, ReportedOutage, UnreadablePayload, read_payload

STARTED = datetime(2025, 4, 10, 1, 2, 3, 999999, tzinfo=UTC)


def read(system: MonitoringSystem, payload: Any) -> tuple[ReportedOutage, ...]:
    return read_payload(system, msgspec.json.encode(payload))


def alert(**stated: Any) -> dict[str, Any]:
    return {"status": "firing", "startsAt": "2025-04-10T10:02:03.999999999+09:00", "labels": {"job": "tax"}} | stated


def test_finer_digits_are_cut_and_offsets_become_utc() -> None:
    (outage,) = read("alertmanager", {"alerts": [alert()]})
    assert outage.started_at == STARTED


@pytest.mark.parametrize("end", [{}, {"endsAt": None}, {"endsAt": ""}, {"endsAt": "0001-01-01T00:00:00Z"}])
def test_an_alert_that_fires_is_open(end: dict[str, Any]) -> None:
    (outage,) = read("alertmanager", {"alerts": [alert(**end)]})
    assert outage.status == "open"
    assert outage.length is None


def test_the_end_that_a_firing_alert_names_is_no_end() -> None:
    (outage,) = read("grafana", {"alerts": [alert(endsAt="2025-04-10T02:00:00Z")]})
    assert outage.ended_at is None


def test_a_resolved_alert_is_closed_and_keeps_its_key() -> None:
    (opened,) = read("alertmanager", {"alerts": [alert()]})
    (closed,) = read("alertmanager", {"alerts": [alert(status="resolved", endsAt="2025-04-10T01:04:03.999999Z")]})
    assert closed.status == "closed"
    assert closed.length == timedelta(minutes=2)
    assert closed.key == opened.key


@pytest.mark.parametrize("end", [{}, {"endsAt": None}, {"endsAt": ""}, {"endsAt": "0001-01-01T00:00:00Z"}])
def test_what_is_resolved_without_an_end_is_closed_and_people_say_since_when(end: dict[str, Any]) -> None:
    closed, other = read("alertmanager", {"alerts": [alert(status="resolved", **end), alert(fingerprint="f00d")]})
    assert (closed.status, closed.started_at, closed.ended_at, closed.ended_unknown) == ("closed", STARTED, None, True)
    assert closed.length is None
    assert (other.status, other.ended_unknown) == ("open", False)  # the message's other alerts are not lost with it


def test_without_a_fingerprint_labels_tell_alerts_apart_in_any_order() -> None:
    one, same, other = read(
        "alertmanager",
        {
            "alerts": [
                alert(labels={"job": "tax", "instance": "a"}),
                alert(labels={"instance": "a", "job": "tax"}),
                alert(labels={"job": "tax", "instance": "b"}),
            ]
        },
    )
    assert one.key == same.key != other.key
    (named,) = read("alertmanager", {"alerts": [alert(fingerprint="f00d")]})
    assert named.key == "f00d"


def test_what_is_not_named_has_no_name() -> None:
    unnamed = (
        *read("alertmanager", {"alerts": [alert(labels=None)]}),
        *read("uptime_kuma", beat(0) | {"monitor": {"id": 29, "name": None}}),
        *read("updown_io", event("check.down") | {"check": {"url": None}}),
    )
    assert [outage.name for outage in unnamed] == ["", "", ""]


def beat(status: int, **stated: Any) -> dict[str, Any]:
    heartbeat = {"monitorID": 29, "status": status, "time": "2025-04-10 01:02:03.999999"}
    return {"heartbeat": heartbeat | stated, "monitor": {"id": 29, "name": "tax"}}


def test_kuma_writes_utc_without_saying_so() -> None:
    (outage,) = read("uptime_kuma", beat(0, timezone="Asia/Tokyo", localDateTime="2025-04-10 10:02:03"))
    assert (outage.key, outage.name, outage.started_at, outage.ended_at) == ("29", "tax", STARTED, None)


def test_kuma_says_that_something_is_over_but_not_since_when_it_lasted() -> None:
    (outage,) = read("uptime_kuma", beat(1))
    assert (outage.key, outage.started_at, outage.ended_at) == ("29", None, STARTED)
    assert outage.status == "closed"
    assert outage.length is None


@pytest.mark.parametrize(
    "payload", [{"heartbeat": None, "monitor": None, "msg": "Testing"}, {"msg": "Testing"}, beat(2), beat(3)]
)
def test_messages_of_no_outage_are_accepted_and_tell_nothing(payload: Any) -> None:
    assert read("uptime_kuma", payload) == ()


def event(name: str, **downtime: Any) -> dict[str, Any]:
    stated = {"id": "65f4", "started_at": "2025-04-10T01:02:03.999999Z", "ended_at": None} | downtime
    return {"event": name, "time": "2025-04-10T01:07:00Z", "check": {"url": "https://tax"}, "downtime": stated}


def test_updown_tells_when_the_outage_began_and_not_when_the_event_was_sent() -> None:
    (outage,) = read("updown_io", event("check.down"))
    assert (outage.key, outage.started_at, outage.status) == ("65f4", STARTED, "open")


def test_updown_may_send_several_events_at_once() -> None:
    outages = read(
        "updown_io", [event("check.up", ended_at="2025-04-10T01:12:03.999999Z"), {"event": "check.ssl_valid"}]
    )
    assert [outage.length for outage in outages] == [timedelta(minutes=10)]


@pytest.mark.parametrize(
    ("system", "payload", "reason"),
    [
        ("alertmanager", {}, "alerts"),
        ("alertmanager", {"alerts": [alert(status="gone")]}, r"alerts\[0\].status: an alert is firing or resolved"),
        ("grafana", {"alerts": [alert(startsAt="0001-01-01T00:00:00Z")]}, r"alerts\[0\].startsAt: an alert says"),
        ("alertmanager", {"alerts": [alert(startsAt="2025-04-10T10:02:03")]}, "names no time zone"),
        ("alertmanager", {"alerts": [alert(startsAt="yesterday")]}, "is no instant"),
        ("alertmanager", {"alerts": [alert(startsAt="2025-02-30T10:02:03Z")]}, "is no instant"),
        ("alertmanager", {"alerts": [alert(status="resolved", endsAt="2025-04-09T10:02:03Z")]}, "before it began"),
        ("grafana", {"alerts": [{"status": "firing"}]}, "startsAt"),
        ("uptime_kuma", beat(7), "a status is 0 to 3, not 7"),
        ("updown_io", {"event": "check.down", "downtime": {"id": 5}}, "downtime.id"),
    ],
)
def test_what_a_system_does_not_send_is_refused(system: MonitoringSystem, payload: Any, reason: str) -> None:
    with pytest.raises(UnreadablePayload, match=reason):
        read(system, payload)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(UnreadablePayload):
        read_payload("grafana", b"<html>")
