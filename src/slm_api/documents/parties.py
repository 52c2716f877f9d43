"""The two sides, what is paid, and what the contract covers."""

from typing import Annotated, Literal

from slm_api.documents.amounts import Count, Flag, Percent, Positive
from slm_api.documents.wording import Authored, Code, Words, titled


class Organisation(Authored):
    """A body that belongs to one side of the contract.

    In a joint contract a municipality may keep its own opening hours (A33), weighs so much where figures are weighted
    by organisation (K1), and may bear a share of the fee (C24).
    """

    code: Annotated[Code, titled("団体コード", "Code of the organisation")]
    name: Annotated[Words, titled("名称", "Name")]
    calendar: Annotated[Code | None, titled("団体のカレンダー", "Calendar of its own opening hours (A33)")] = None
    weight: Annotated[Positive, titled("重み", "Weight where figures are weighted by organisation (K1)")] = 1
    fee_share_percent: Annotated[
        Percent | None, titled("利用料の負担割合(%)", "Share of the fee, in percent (C24)")
    ] = None


class Party(Authored):
    """One side: its organisations, and the one that acts for all of them."""

    lead: Annotated[Code, titled("代表団体のコード", "Code of the organisation that acts for the side")]
    organisations: Annotated[tuple[Organisation, ...], titled("団体", "Organisations")]


class Fee(Authored):
    """The monthly fee (S1, G28)."""

    monthly_yen: Annotated[Count, titled("月額(円)", "Fee a month, in yen")]
    includes_tax: Annotated[Flag, titled("消費税等を含む", "Tax is inside the amount")]
    tax_percent: Annotated[Percent, titled("消費税等の率(%)", "Tax rate in percent")]
    rounding: Annotated[
        Literal["down", "up", "half_up"], titled("支払額の端数処理", "How the payable yen are rounded, once (C16)")
    ] = "down"
    tax_rounding: Annotated[
        Literal["down", "up", "half_up"], titled("消費税等の端数処理", "How the tax of a payment is rounded (S1)")
    ] = "down"


class System(Authored):
    """A business system or piece of equipment that the contract covers, for one organisation."""

    code: Annotated[Code, titled("システムコード", "Code of the system")]
    name: Annotated[Words, titled("名称", "Name")]
    organisation: Annotated[Code, titled("利用団体のコード", "Code of the organisation that uses it")]
    weight: Annotated[Positive, titled("重み", "Weight where figures are weighted by system")] = 1
    group: Annotated[Code | None, titled("分類", "The municipality's own classification (J5, J13)")] = None


class Site(Authored):
    """A place where someone has to arrive (S8, A8)."""

    code: Annotated[Code, titled("拠点コード", "Code of the site")]
    name: Annotated[Words, titled("名称", "Name")]
