"""What counts as a stop, as a contract has it (A2, A3, C2, C5)."""

from datetime import timedelta
from typing import Literal

import msgspec

from slm_domain.figures.buckets import BaseTerms

StopLength = Literal["clipped_to_hours", "whole"]


class DowntimeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as a stop, per contract.

    `min_stop` is the shortest occurrence that is a stop; None counts every interruption (A2). `stop_length` says
    whether that length is measured inside opening hours or as a whole (A3). `base` says what belongs to the base.
    """

    base: BaseTerms
    min_stop: timedelta | None = None
    stop_length: StopLength = "clipped_to_hours"
