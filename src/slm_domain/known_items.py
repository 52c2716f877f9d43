"""The items of a register, worked out once for each incident and measurement as they stand.

What an incident brings to the levels is asked for again whenever a month's figures are computed anew, and changes only
with an entry about it, or with one about the agreement. Nothing of it depends on the instant of judgement.
"""

from collections.abc import Iterator

from slm_domain.facts import IncidentFacts, Measured
from slm_domain.figures.local_time import local_date
from slm_domain.figures.periods import Month
from slm_domain.items import Item, items_of_incident, items_of_measurement, needed_from
from slm_domain.posting import Touched
from slm_domain.register import Register

Items = tuple[Item, ...]
_MOST = 20_000  # incidents and measurements kept of a register, some 3 kB each


class KnownItems:
    """Items kept for a register that is being filled. Whoever fills it says what each entry touched."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._of_incident: dict[str, Items] = {}
        self._of_measurement: dict[tuple[str, str], Items] = {}

    def of_incident(self, incident: IncidentFacts) -> Items:
        """All items that an incident of the register brings to the levels in force."""
        known = self._of_incident.get(incident.incident)
        if known is None:
            self._make_room()
            known = self._of_incident[incident.incident] = tuple(items_of_incident(self._register, incident))
        return known

    def of_measurement(self, measured: Measured) -> Items:
        """The item of a measurement of the register, if its level was in force."""
        key = measured.level, measured.measurement
        known = self._of_measurement.get(key)
        if known is None:
            self._make_room()
            known = self._of_measurement[key] = tuple(items_of_measurement(self._register, measured))
        return known

    def forget(self, touched: Touched) -> None:
        """Forget what an entry changed: an incident's or a measurement's own items, and all with anything else."""
        if touched.incident is not None:
            self._of_incident.pop(touched.incident, None)
        elif touched.measurement is not None:
            self._of_measurement.pop((touched.level or "", touched.measurement), None)
        else:
            self._of_incident.clear()
            self._of_measurement.clear()

    def _make_room(self) -> None:
        if len(self._of_incident) + len(self._of_measurement) >= _MOST:
            self._of_incident.clear()
            self._of_measurement.clear()


def items_for(register: Register, month: Month, known: KnownItems) -> Iterator[Item]:
    """The items that the month's figures need: its own, and for longer periods also those before."""
    first = {level: needed_from(register, level, month) for level in register.levels}
    last = register.days_of(month).last
    for facts in register.incidents.values():
        for item in known.of_incident(facts):
            if first[item.level] <= item.day <= last:
                yield item
    for measured in register.measured.values():
        if first[measured.level] <= local_date(measured.began, register.zone) <= last:
            yield from known.of_measurement(measured)
