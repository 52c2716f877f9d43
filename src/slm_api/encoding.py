"""How answers are written: one function for HTTP and for `--json`, so that the two are equal byte for byte."""

from typing import Final

import msgspec

MEDIA_TYPE: Final = "application/json"

_encoder = msgspec.json.Encoder()


def encoded(answer: msgspec.Struct) -> bytes:
    """The answer as JSON: durations in ISO 8601, instants with their offset, ratios exact, money in whole yen."""
    return _encoder.encode(answer)
