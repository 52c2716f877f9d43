"""The two sides, what is paid, and what the contract covers."""

from decimal import Decimal
from typing import Literal

import msgspec

from slm_domain.sla.words import Words


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """A body that belongs to one side of the contract.

    In a joint contract a municipality may keep its own opening hours (`calendar`, A33; None: those of the contract),
    weighs so much where figures are weighted by organisation (K1), and may bear a share of the fee (C24).
    """

    code: str
    name: Words
    calendar: str | None = None
    weight: int = 1
    fee_share_percent: Decimal | None = None


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One side: its organisations, and the one that acts for all of them (`lead` is an organisation's code)."""

    lead: str
    organisations: tuple[Organisation, ...]


class Fee(msgspec.Struct, frozen=True, kw_only=True):
    """The monthly fee (S1, G28). `rounding` rounds the payable yen once (C16), `tax_rounding` its tax (S1)."""

    monthly_yen: int
    includes_tax: bool
    tax_percent: Decimal
    rounding: Literal["down", "up", "half_up"] = "down"
    tax_rounding: Literal["down", "up", "half_up"] = "down"


class System(msgspec.Struct, frozen=True, kw_only=True):
    """A business system or piece of equipment that the contract covers, for one organisation.

    `weight` counts where figures are weighted by system; `group` is the municipality's own classification (J5, J13).
    """

    code: str
    name: Words
    organisation: str
    weight: int = 1
    group: str | None = None


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place where someone has to arrive (S8, A8)."""

    code: str
    name: Words
