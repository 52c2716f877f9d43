"""Stored names and bytes of events, both ways. Stored names never change; an old shape becomes today's here."""

from collections.abc import Callable
from typing import Any

import msgspec

from slm_domain import clock_events, contract, exemptions, incident_events, review, service_level, unmeasured_events
from slm_domain.aggregate import Erased, Event, NoteWritten


class UnknownEventError(Exception):
    """A stored event has a name that this version does not know: the record was written by a newer one."""


def _events_of(module: object) -> list[type[Event[Any]]]:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Event)]
    return [kind for kind in kinds if hasattr(kind, "NAME")]


EVENTS: dict[str, type[Event[Any]]] = {NoteWritten.NAME: NoteWritten} | {
    kind.NAME: kind
    for module in (contract, incident_events, clock_events, review, service_level, exemptions, unmeasured_events)
    for kind in _events_of(module)
}

# One function for each shape that is no longer written: from its JSON object to that of the next version, by name.
UPCASTS: dict[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {}

_encoder = msgspec.json.Encoder(order="sorted")
_decoders: dict[str, msgspec.json.Decoder[Event[Any]]] = {
    name: msgspec.json.Decoder(kind) for name, kind in EVENTS.items()
}


def encode(event: Event[Any]) -> bytes:
    """The payload: the event alone, as JSON with sorted keys."""
    return _encoder.encode(event)


def decode(name: str, payload: bytes | None) -> Event[Any] | Erased:
    """The event from its stored name and payload; `Erased` when the payload is gone.

    Raises `UnknownEventError` for a name this version does not know, `msgspec.ValidationError` for a damaged payload.
    """
    if payload is None:
        return Erased(name=name)
    decoder = _decoders.get(name)
    if decoder is not None:
        return decoder.decode(payload)
    if name not in UPCASTS:
        raise UnknownEventError(name)
    value = msgspec.json.decode(payload)
    while name in UPCASTS:
        name, upcast = UPCASTS[name]
        value = upcast(value)
    event: Event[Any] = msgspec.convert(value, EVENTS[name])
    return event
