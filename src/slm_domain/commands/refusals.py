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


class SystemOfAnotherOrganisation(Refusal):
    """A fact that names a system names the organisation it is for (C24)."""

    KIND = "system-of-another-organisation"
    SOURCE = "C24"
    REASON_JA = "システム {system} は団体 {organisation} のものですが、その団体が指定されていません。"
    REASON_EN = "The system {system} is that of {organisation}, which is not named."
    MEND_JA = "organisations に {organisation} を加えるか、システムを省いてください。"
    MEND_EN = "Add {organisation} to `organisations`, or leave the system out."
