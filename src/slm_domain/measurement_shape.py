"""Whether a measurement says what its level asks for, and of whom (G2, C24)."""

from typing import TYPE_CHECKING

from slm_domain.measures import Needs, needs
from slm_domain.plausible import MOST
from slm_domain.service_level_refusals import (
    MeasuredOfAnother,
    NotMeasuredByHand,
    OffTheScale,
    PartExceedsTheWhole,
    WrongShapeOfMeasurement,
)
from slm_domain.sla import Level, Sla

if TYPE_CHECKING:
    from slm_domain.service_level import MeasurementCorrected, MeasurementRecorded

_FIELDS: dict[Needs, frozenset[str]] = {
    "start and end": frozenset({"start", "end"}),
    "start, end and met": frozenset({"start", "end", "met"}),
    "met": frozenset({"met"}),
    "part and whole": frozenset({"part", "whole"}),
    "grade": frozenset({"grade"}),
    "nothing but its moment": frozenset(),
}
_SHAPES = ("start", "end", "met", "part", "whole", "grade")


def check_shape(definition: Level, fact: "MeasurementRecorded | MeasurementCorrected", sla: Sla) -> None:
    """The measurement has exactly what the level's kind asks for, in order, on its scale, of one it is judged for.

    Raises `NotMeasuredByHand`, `WrongShapeOfMeasurement`, `PartExceedsTheWhole`, `OffTheScale`, `MeasuredOfAnother`.
    """
    kind = definition.measure.kind
    wanted = needs(definition.measure, sla.terms.lead_kind)
    if wanted is None:
        raise NotMeasuredByHand(level=definition.key)
    if {name for name in _SHAPES if getattr(fact, name) is not None} != _FIELDS[wanted]:
        raise WrongShapeOfMeasurement(level=definition.key, kind=kind, needs=wanted)
    if fact.start is not None and fact.end is not None and fact.end < fact.start:
        raise WrongShapeOfMeasurement(level=definition.key, kind=kind, needs="an end that is not before its start")
    if fact.part is not None and fact.whole is not None and not 0 <= fact.part <= fact.whole <= MOST:
        raise PartExceedsTheWhole(level=definition.key, part=fact.part, whole=fact.whole, most=MOST)
    if fact.grade is not None:
        _check_grade(definition, fact.grade, sla)
    _check_of_whom(definition, fact, sla)


def _check_grade(definition: Level, grade: int, sla: Sla) -> None:
    scales = [scale for scale in sla.scales if scale.code == definition.measure.scale]
    known = [each.grade for scale in scales for each in scale.grades]
    if grade not in known:
        named = ", ".join(str(each) for each in sorted(known))
        raise OffTheScale(level=definition.key, grade=grade, scale=definition.measure.scale or "", known=named)


def _check_of_whom(definition: Level, fact: "MeasurementRecorded | MeasurementCorrected", sla: Sla) -> None:
    """Where the level is judged for each organisation or system, or for some of them, the measurement names its own."""
    measure = definition.measure
    owners = {system.code: system.organisation for system in sla.systems}
    organisation = fact.organisation or owners.get(fact.system or "")
    for field, found, some, asked in (
        ("organisation", organisation, measure.organisations, measure.per == "organisation"),
        ("system", fact.system, measure.systems, measure.per == "system"),
    ):
        known = some or (
            tuple(each.code for each in sla.municipality.organisations) if field == "organisation" else tuple(owners)
        )
        if (found is None and (asked or some)) or (found is not None and found not in known):
            raise MeasuredOfAnother(level=definition.key, field=field, found=found or "-", known=", ".join(known))
    if fact.system is not None and fact.organisation not in (None, owners[fact.system]):
        raise MeasuredOfAnother(
            level=definition.key, field="organisation", found=fact.organisation or "-", known=owners[fact.system]
        )
