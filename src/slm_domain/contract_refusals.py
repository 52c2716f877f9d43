"""What the rules of a contract do not allow."""

from slm_domain.refusal import Refusal


class ContractAlreadyDrafted(Refusal):
    """A contract code stands for one journal, and that journal has begun."""

    KIND = "contract-already-drafted"
    SOURCE = "docs/adr/0010"
    REASON_JA = "契約コード {code} はすでに登録されています。"
    REASON_EN = "The contract {code} has already been drafted."
    MEND_JA = "別の契約コードを使うか、登録済みの契約に記録してください。"
    MEND_EN = "Use another contract code, or record under the contract that exists."


class ContractNotDrafted(Refusal):
    """Nothing can happen under a contract before it is drafted."""

    KIND = "contract-not-drafted"
    SOURCE = "docs/adr/0010"
    REASON_JA = "契約 {code} はまだ登録されていません。"
    REASON_EN = "There is no contract {code} yet."
    MEND_JA = "先に DraftContract で契約を登録してください。"
    MEND_EN = "Draft the contract first (DraftContract)."


class CodeOfAnotherJournal(Refusal):
    """The journal's id is derived from the contract's code; both have to agree."""

    KIND = "code-of-another-journal"
    SOURCE = "docs/adr/0010"
    REASON_JA = "契約コード {code} はこの記録簿のものではありません。"
    REASON_EN = "The contract code {code} does not belong to this journal."
    MEND_JA = "契約コードを宛先の契約コードと同じにしてください。"
    MEND_EN = "Send the command to the contract whose code it names."


class SlaOfAnotherContract(Refusal):
    """An SLA document names the contract and the organisations it is for."""

    KIND = "sla-of-another-contract"
    SOURCE = "G1"
    REASON_JA = "SLA記述書の {what} が契約の登録内容と異なります（記述書: {found}、契約: {expected}）。"
    REASON_EN = "The SLA document's {what} differs from the contract's (document: {found}; contract: {expected})."
    MEND_JA = "記述書を契約に合わせてください。"
    MEND_EN = "Make the document agree with the contract as drafted."


class NoSlaOnTheTable(Refusal):
    """There is nothing to sign."""

    KIND = "no-sla-on-the-table"
    SOURCE = "G3"
    REASON_JA = "合意待ちのSLA記述書（第 {number} 版）はありません。"
    REASON_EN = "No SLA document number {number} is waiting for agreement."
    MEND_JA = "ProposeSla で提示された最新版の番号を指定してください。"
    MEND_EN = "Name the number of the document last proposed (ProposeSla)."


class AlreadySigned(Refusal):
    """A side agrees once."""

    KIND = "already-signed"
    SOURCE = "G3"
    REASON_JA = "SLA記述書 第 {number} 版には {side} がすでに合意しています。"
    REASON_EN = "The {side} side has already agreed to SLA document number {number}."
    MEND_JA = "相手方の合意を待ってください。"
    MEND_EN = "Wait for the other side's agreement."


class SlaNotAgreed(Refusal):
    """Incidents, measurements and reviews need an agreed SLA to be judged by."""

    KIND = "sla-not-agreed"
    SOURCE = "G3"
    REASON_JA = "契約 {code} のSLAはまだ合意されていません。"
    REASON_EN = "No SLA has been agreed for the contract {code} yet."
    MEND_JA = "双方の合意（SignSla）を先に記録してください。"
    MEND_EN = "Record the agreement of both sides first (SignSla)."


class ReasonNeeded(Refusal):
    """Replacing what both sides rely on needs a reason."""

    KIND = "reason-needed"
    SOURCE = "C18, C22"
    REASON_JA = "{what} はすでに記録されています。変更には理由が必要です。"
    REASON_EN = "{what} has already been recorded; a change needs a reason."
    MEND_JA = "reason に理由を書いてください。"
    MEND_EN = "Give the reason in `reason`."


class SideMayNot(Refusal):
    """Some acts belong to one side."""

    KIND = "side-may-not"
    SOURCE = "S12, S2, S25, C23"
    REASON_JA = "{act} は {allowed} 側だけができます（送信者: {side}）。"
    REASON_EN = "Only the {allowed} side may do this: {act} (sent by: {side})."
    MEND_JA = "{allowed} 側の担当者から送信してください。"
    MEND_EN = "Have it sent by a person who acts for the {allowed} side."


class StopAlreadyAnnounced(Refusal):
    """A planned stop's code is used once."""

    KIND = "planned-stop-already-announced"
    SOURCE = "item 41"
    REASON_JA = "計画停止 {planned_stop} はすでに予告されています。"
    REASON_EN = "The planned stop {planned_stop} has already been announced."
    MEND_JA = "別の番号を使ってください。"
    MEND_EN = "Use another code."


class EndsBeforeItStarts(Refusal):
    """An interval has a start before its end (C1)."""

    KIND = "ends-before-it-starts"
    SOURCE = "C1"
    REASON_JA = "{what} の終わり（{end}）が始まり（{start}）より前か同じです。"
    REASON_EN = "{what} ends ({end}) before or when it starts ({start})."
    MEND_JA = "開始と終了の日時を確かめてください。"
    MEND_EN = "Check the start and end times."


class BeyondTheRecord(Refusal):
    """A record speaks of days and instants that calendars reach; what lies beyond is a slip, or stands for none."""

    KIND = "beyond-the-record"
    SOURCE = "C1, C22"
    REASON_JA = "{field}（{given}）が、記録できる年（{first}～{last}年）の外です。"
    REASON_EN = "`{field}` ({given}) lies outside the years that a record can speak of, {first} to {last}."
    MEND_JA = "実際の日時・年を指定してください。不明なとき、定めがないときは {field} を省いてください。"
    MEND_EN = "Give the time that is meant; where it is not known, or there is none, leave `{field}` out."


class UnreadableText(Refusal):
    """A text holds what people can read: no control characters, and in a code or a key no line breaks."""

    KIND = "unreadable-text"
    SOURCE = "docs/adr/0009"
    REASON_JA = "{field} に制御文字（{character}）が含まれています。"
    REASON_EN = "`{field}` holds a control character ({character})."
    MEND_JA = "目に見える文字だけで書いてください。改行は、文章の項目にだけ書けます。"
    MEND_EN = "Write it with visible characters only; lines break in free text alone."


class InTheFuture(Refusal):
    """What is said to have happened lies after the record's clock."""

    KIND = "in-the-future"
    SOURCE = "docs/adr/0005"
    REASON_JA = "{what} の日時（{at}）が現在（{now}）より後です。"
    REASON_EN = "{what} ({at}) lies after the clock of the record ({now})."
    MEND_JA = "起きたことの日時を確かめてください。予定は AnnouncePlannedStop や expected_end で記録します。"
    MEND_EN = "Check the time; what is only planned is announced (AnnouncePlannedStop) or expected (`expected_end`)."


class NothingStated(Refusal):
    """A command states at least one of the things it is for."""

    KIND = "nothing-stated"
    SOURCE = "C23"
    REASON_JA = "次のいずれも指定されていません: {fields}。"
    REASON_EN = "None of these is given: {fields}."
    MEND_JA = "{fields} の少なくとも一つを指定してください。"
    MEND_EN = "Give at least one of {fields}."


class UnknownTimeZone(Refusal):
    """A contract's hours are in a zone of the IANA database (C1)."""

    KIND = "unknown-time-zone"
    SOURCE = "C1"
    REASON_JA = "タイムゾーン {time_zone} は IANA データベースにありません。"
    REASON_EN = "There is no time zone {time_zone!r} in the IANA database."
    MEND_JA = "Asia/Tokyo のように指定してください。"
    MEND_EN = "Name one such as Asia/Tokyo."


class LeadNotOfItsSide(Refusal):
    """One organisation of a side acts for it."""

    KIND = "lead-not-of-its-side"
    SOURCE = "K1, C24"
    REASON_JA = "{side} 側の代表団体 {lead} がその側の団体にありません。"
    REASON_EN = "The lead {lead!r} of the {side} side is not one of its organisations."
    MEND_JA = "lead をその側の団体コードのいずれかにしてください: {known}"
    MEND_EN = "Set `lead` to one of its organisations: {known}"


class OrganisationNamedTwice(Refusal):
    """An organisation stands once, on one side."""

    KIND = "organisation-named-twice"
    SOURCE = "C24"
    REASON_JA = "団体 {organisation} が二度指定されています。"
    REASON_EN = "The organisation {organisation} is named twice."
    MEND_JA = "各団体をどちらか一方の側に一度だけ指定してください。"
    MEND_EN = "Name every organisation once, on one side."


class SenderNotOfThatSide(Refusal):
    """Who sends for an organisation sends for the side it stands on."""

    KIND = "sender-not-of-that-side"
    SOURCE = "C24"
    REASON_JA = "送信者の団体 {organisation} は {side} 側にありません。"
    REASON_EN = "The sender's organisation {organisation} is not on the {side} side."
    MEND_JA = "by.side と by.organisation を確かめてください: {known}"
    MEND_EN = "Check `by.side` and `by.organisation`: {known}"


class DayOutsideTheYear(Refusal):
    """Closed days are fixed for one fiscal year, April to March (C15, C22)."""

    KIND = "day-outside-the-year"
    SOURCE = "C15, C22"
    REASON_JA = "{day} は {fiscal_year} 年度（4月〜翌年3月）の日ではありません。"
    REASON_EN = "{day} is not a day of fiscal year {fiscal_year} (April to March)."
    MEND_JA = "{day} をその属する年度で確定してください。"
    MEND_EN = "Fix {day} with the fiscal year it belongs to."


class SlaDocumentUnreadable(Refusal):
    """What is proposed is a whole SLA document (G1)."""

    KIND = "sla-document-unreadable"
    SOURCE = "G1"
    REASON_JA = "SLA記述書として読めません: {problem}"
    REASON_EN = "This is not an SLA document: {problem}"
    MEND_JA = "示された箇所を直してください。形式は `slm schema` で確かめられます。"
    MEND_EN = "Mend the place it names; `slm schema` prints the form."


class OutsideTheTerm(Refusal):
    """What the SLA governs lies inside the contract's term."""

    KIND = "outside-the-term"
    SOURCE = "S1"
    REASON_JA = "{what}（{asked}）が契約期間（{term_from} から {term_to} まで）の外です。"
    REASON_EN = "{what} ({asked}) lies outside the contract's term ({term_from} to {term_to})."
    MEND_JA = "契約期間内の日付を指定してください。"
    MEND_EN = "Name a date inside the term."


class NotAtAMonthStart(Refusal):
    """A later SLA takes effect with a month: fee and deductions are those of whole months (C12, C16)."""

    KIND = "not-at-a-month-start"
    SOURCE = "C12, C16"
    REASON_JA = "合意済みのSLAを月の途中（{asked}）で変更することはできません。"
    REASON_EN = "An agreed SLA cannot change within a month ({asked})."
    MEND_JA = "{boundary} から適用してください。"
    MEND_EN = "Let it take effect on {boundary}."


class MonthStartStays(Refusal):
    """The months of a contract begin on one day of the month throughout: fees and figures are those of whole months."""

    KIND = "month-start-stays"
    SOURCE = "C15"
    REASON_JA = "契約の月の初日は {agreed} 日と合意済みで、{asked} 日に変えることはできません。"
    REASON_EN = "The months of the contract begin on day {agreed}; a later SLA cannot let them begin on day {asked}."
    MEND_JA = "terms の month_first_day を {agreed} にしてください。"
    MEND_EN = "Let month_first_day in its terms be {agreed}."


class NotTheLead(Refusal):
    """What binds a side is sent by the organisation that acts for it."""

    KIND = "not-the-lead"
    SOURCE = "K1, C24"
    REASON_JA = "{side} 側を代表する団体は {lead} です（送信者の団体: {organisation}）。"
    REASON_EN = "The {side} side is bound by {lead}, not by {organisation}."
    MEND_JA = "{lead} の担当者から送信してください。"
    MEND_EN = "Have it sent by a person of {lead}."


class BeforeItsBeginning(Refusal):
    """`what` (`at`) lies before its beginning (`begin`)."""

    KIND = "before-its-beginning"
    SOURCE = "C1"
    REASON_JA = "{what}（{at}）が、その始まり（{begin}）より前です。"
    REASON_EN = "{what} ({at}) lies before its beginning ({begin})."
    MEND_JA = "日時を確かめてください。"
    MEND_EN = "Check the times."
