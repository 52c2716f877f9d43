"""Grounds for a stop or a miss, and who reports or does what, to whom, when (G1, G9)."""

from typing import Literal

import msgspec

from slm_domain.sla.words import Words


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """When a stop on this ground has to be told (C21, G22, S17).

    `lead_days` are calendar days, for "before". `lead_minutes`, for "right_after", is the longest time after the start;
    without it the stop has to be told at all. `excused_when_unreachable`: who could not be reached by the fixed ways
    counts as told (S17). `when_missed`: whether a claim on this ground still leaves the measurement when the notice was
    missed and the other side accepted it all the same, or counts as down whatever was accepted.
    """

    kind: Literal["before", "right_after", "none"]
    lead_days: int = 0
    lead_minutes: int | None = None
    content: Words | None = None
    excused_when_unreachable: bool = False
    when_missed: Literal["as_accepted", "counts_as_down"] = "as_accepted"


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """How much time may leave the measurement on a ground in each month or fiscal year; the rest counts as down."""

    per: Literal["month", "fiscal_year"]
    minutes: int


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A ground for a stop or a miss, with its two flags, never merged (G9, A24)."""

    code: str
    clause: str
    name: Words
    leaves_measurement: bool  # measurement exclusion (免責される事項, G1)
    frees_from_damages: bool  # liability exemption (免責, G32)
    notice: Notice
    allowance: Allowance | None = None


class OperatingRule(msgspec.Struct, frozen=True, kw_only=True):
    """Who reports or does what, to whom, when (G1)."""

    code: str
    clause: str
    who: Words
    what: Words
    whom: Words
    when: Words
