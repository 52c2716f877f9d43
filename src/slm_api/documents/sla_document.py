"""The SLA document (SLA記述書) as people author it: the agreed set of service levels, with everything in G1."""

from typing import Annotated, Literal

from slm_api.documents.amounts import Day
from slm_api.documents.grounds import Ground, OperatingRule
from slm_api.documents.hours import WeeklyHours
from slm_api.documents.levels import FaultLevel, Level, Scale
from slm_api.documents.money import Bonus, DeductionRule
from slm_api.documents.parties import Fee, Party, Site, System
from slm_api.documents.terms import Terms
from slm_api.documents.time_zone import TimeZone
from slm_api.documents.wording import Authored, Code, Words, titled


class SlaDocument(Authored):
    """The SLA document. Field for field the shape of `slm_domain.sla.Sla`, which reads its canonical JSON."""

    document: Annotated[Literal["slm/sla/1"], titled("文書の種類と版", "Kind and version of the document")]
    contract: Annotated[Code, titled("契約コード", "Code of the contract")]
    title: Annotated[Words, titled("件名", "Title")]
    municipality: Annotated[Party, titled("発注者(甲)", "The municipality's side")]
    provider: Annotated[Party, titled("受注者(乙)", "The provider's side")]
    term_from: Annotated[Day, titled("契約期間の初日", "First day of the term")]
    term_to: Annotated[Day, titled("契約期間の末日", "Last day of the term")]
    time_zone: Annotated[TimeZone, titled("時間帯(IANA)", "Time zone (IANA)")]
    fee: Annotated[Fee, titled("利用料", "Fee")]
    calendars: Annotated[dict[Code, WeeklyHours], titled("カレンダー", "Calendars by name")]
    availability_calendar: Annotated[Code, titled("稼働率のカレンダー", "Calendar of the base of availability")]
    support_calendar: Annotated[Code, titled("サポート時間のカレンダー", "Calendar of the support hours")]
    systems: Annotated[tuple[System, ...], titled("対象システム", "Systems covered")]
    sites: Annotated[tuple[Site, ...], titled("拠点", "Sites")] = ()
    fault_levels: Annotated[tuple[FaultLevel, ...], titled("障害レベル", "Incident levels")] = ()
    scales: Annotated[tuple[Scale, ...], titled("尺度", "Scales")] = ()
    levels: Annotated[tuple[Level, ...], titled("サービスレベル", "Service levels")] = ()
    deductions: Annotated[tuple[DeductionRule, ...], titled("減額", "Deductions")] = ()
    bonuses: Annotated[tuple[Bonus, ...], titled("増額", "Bonuses")] = ()
    grounds: Annotated[tuple[Ground, ...], titled("停止・免責の事由", "Grounds")] = ()
    operating_rules: Annotated[tuple[OperatingRule, ...], titled("運営ルール", "Operating rules")] = ()
    user_duties: Annotated[tuple[Words, ...], titled("利用者側の義務", "Duties of the user")] = ()
    terms: Annotated[Terms, titled("選んだ読み方", "Readings chosen")] = Terms()
