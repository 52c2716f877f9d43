"""What the rules about what a command names do not allow."""

from slm_domain.refusal import Refusal


class UnknownOrganisation(Refusal):
    """Every fact names the organisations it concerns, and they stand in the SLA (C24)."""

    KIND = "unknown-organisation"
    SOURCE = "C24"
    REASON_JA = "団体 {organisation} は契約の発注者側にありません。"
    REASON_EN = "The organisation {organisation!r} is not on the municipality's side of the contract."
    MEND_JA = "対象の団体を一つ以上指定してください: {known}"
    MEND_EN = "Name at least one organisation of the contract: {known}"
