"""The record as it stood: what was in force, what was open, what the figures were, and the root that proves it."""

from datetime import date, datetime

import msgspec

from projections.answers.record import FIGURES, record_of
from projections.answers.standpoint import NOW, AsOf, Source, Standpoint, view
from slm_domain.facts import SlaVersion
from slm_domain.figures.local_time import local_date
from slm_domain.month_figures import MonthFigures
from slm_domain.register import Register
from slm_domain.restating import Summary
from slm_domain.sla import Bound, Words
from slm_domain.times import picked
from slm_journal.tree import tree_root


class LevelState(msgspec.Struct, frozen=True, kw_only=True):
    """A level in force at the standpoint."""

    level: str
    name: Words
    effective_from: date
    guaranteed: Bound | None
    target: Bound | None


class IncidentState(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as known at the standpoint."""

    incident: str
    level: str
    detected_at: datetime
    stopped_at: datetime | None
    restored_at: datetime | None
    open: bool
    contested: bool
    voided: bool
    open_claims: tuple[str, ...]


class MonthState(msgspec.Struct, frozen=True, kw_only=True):
    """A month's figures at the standpoint, and how far its report had come."""

    month: str
    figures: MonthFigures
    summary: Summary
    inspection: str | None


class ReplayAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """State and figures at the standpoint. `root` is the Merkle tree's root over its entries (RFC 9162), in hex.

    `sla_number` is that of the SLA in force; before the first takes effect, of the one agreed to begin with.
    """

    standpoint: Standpoint
    root: str
    sla_number: int | None
    sla_digest: str | None
    levels: tuple[LevelState, ...]
    incidents: tuple[IncidentState, ...]
    months: tuple[MonthState, ...]


async def replay(source: Source, contract: str, as_of: AsOf = NOW) -> ReplayAnswer:
    """The contract folded again from its first entry to the standpoint. Raises `UnknownContract`, `NoSuchPosition`."""
    async with view(source, contract, as_of, FIGURES) as found:
        record = await record_of(found)
    standpoint, register = record.standpoint, record.register
    leaves = await source.journal.leaves(standpoint.journal_id, size=standpoint.position)
    inspections = {issue.month: issue.inspection for issue in record.issues}
    today = local_date(standpoint.until, register.zone) if register.slas else None
    in_force = None if today is None else _in_force(register, today)
    figures = [record.month(month) for month in register.months(standpoint.until)]
    return ReplayAnswer(
        standpoint=standpoint,
        root=tree_root(leaves).hex(),
        sla_number=None if in_force is None else in_force.number,
        sla_digest=None if in_force is None else in_force.digest,
        levels=tuple(
            LevelState(
                level=version.level,
                name=version.definition.name,
                effective_from=version.effective_from,
                guaranteed=version.definition.guaranteed,
                target=version.definition.target,
            )
            for level in register.levels
            if today is not None
            and (version := register.level_on(level, today)) is not None
            and version.definition is not None
        ),
        incidents=tuple(
            IncidentState(
                incident=facts.incident,
                level=facts.level,
                detected_at=facts.detected_at,
                stopped_at=None if times is None else times.started_at,
                restored_at=None if times is None else times.ended_at,
                open=times is not None and times.ended_at is None and not facts.voided,
                contested=facts.is_contested,
                voided=facts.voided,
                open_claims=tuple(claim.exclusion for claim in facts.exclusions if claim.status == "claimed"),
            )
            for facts in sorted(register.incidents.values(), key=lambda facts: facts.detected_at)
            for terms in [register.terms_for(local_date(facts.detected_at, register.zone))]
            for times in [picked(facts, terms.contested_times, standpoint.until)]
        ),
        months=tuple(
            MonthState(
                month=each.month,
                figures=each,
                summary=Summary.of(each),
                inspection=inspections.get(each.month),
            )
            for each in figures
        ),
    )


def _in_force(register: Register, today: date) -> SlaVersion:
    return register.version_on(max(today, min(version.effective_from for version in register.slas)))
