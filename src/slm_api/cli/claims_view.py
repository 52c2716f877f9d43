"""The exclusions claimed for a month's stops, and what is left of the grounds' allowances (C5, C21, G9)."""

from rich.text import Text

from projections.answers.claims import AllowanceAnswer, ClaimAnswer
from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, WARN, Screen, moment, positions
from slm_api.wording import SIDES
from slm_domain.exclusions import Effect
from slm_domain.figures.display import hours_minutes
from slm_domain.sla import Words

_EFFECTS: dict[Effect, tuple[Words, str]] = {
    Effect.LEAVES_MEASUREMENT: (Words(ja="承認（除外）", en="accepted: excluded"), GOOD),
    Effect.FREES_FROM_DAMAGES: (Words(ja="承認（停止に算入、減額は免除）", en="accepted: down, costs nothing"), GOOD),
    Effect.REJECTED: (Words(ja="否認（停止に算入）", en="rejected: counts as down"), BAD),
    Effect.CLAIMED: (Words(ja="未決（停止に算入）", en="open: counts as down"), WARN),
    Effect.NOTICE_MISSED: (
        Words(ja="承認・事前通知なし（停止に算入）", en="accepted, notice missed: counts as down"),
        BAD,
    ),
    Effect.BEYOND_ANNOUNCED: (
        Words(ja="承認・予告の範囲外（停止に算入）", en="accepted, beyond what was announced: counts as down"),
        BAD,
    ),
    Effect.PLANNED_STOPS_COUNT: (Words(ja="計画停止も停止に算入", en="planned stops count as down"), BAD),
}


def print_claims(screen: Screen, answer: ReportAnswer) -> None:
    """One line a claim; nothing where none was made."""
    if not answer.claims:
        return
    screen.heading(screen.both("除外の申立て", "Exclusions claimed"))
    table = screen.table(
        (screen.both("障害", "incident"), "left"),
        (screen.both("事由", "ground"), "text"),
        (screen.both("申立て", "claimed by"), "left"),
        (screen.both("事前通知", "notice"), "text"),
        (screen.both("判断", "decision"), "text"),
        Column(heading=screen.both("記録", "entries"), spare=1),
    )
    for claim in answer.claims:
        said, style = _EFFECTS[claim.effect]
        table.add_row(
            claim.incident,
            f"{screen.say(claim.ground_name)} {claim.clause}{_announced(claim)}",
            screen.say(SIDES[claim.claimed_by]),
            _notice(screen, claim),
            Text(f"{screen.say(said)}{_not_announced(screen, claim)}{_beyond(screen, claim)}", style=style),
            Text(positions(claim.entries), style=QUIET),
        )
    screen.print(table)


def print_allowances(screen: Screen, answer: ReportAnswer) -> None:
    """One line a ground with an allowance: how much of it the service's stops have used; nothing where none has one."""
    if not answer.allowances:
        return
    screen.heading(
        screen.both(
            f"除外の許容時間（サービスの停止、{answer.month} の末日まで）",
            f"Allowances of exclusion: the service's stops to the end of {answer.month}",
        )
    )
    table = screen.table(
        (screen.both("事由", "ground"), "text"),
        (screen.both("期間", "period"), "left"),
        (screen.both("許容", "allowed"), "right"),
        (screen.both("使用", "used"), "right"),
        (screen.both("残り", "left"), "right"),
    )
    for each in answer.allowances:
        table.add_row(
            f"{screen.say(each.ground_name)} {each.clause}",
            f"{_period(screen, each)}\n{each.first_day} – {each.last_day}",
            shown.exact_time(each.allowed.value),
            f"{shown.exact_time(each.used.value)}{_used_bounds(screen, each)}",
            Text(shown.exact_time(each.left.value), style=GOOD if each.left.value else WARN),
        )
    screen.print(table)


def _period(screen: Screen, each: AllowanceAnswer) -> str:
    if each.per == "month":
        return each.period
    return screen.both(f"{each.period.removeprefix('FY')} 年度", f"fiscal year {each.period.removeprefix('FY')}")


def _used_bounds(screen: Screen, each: AllowanceAnswer) -> str:
    """Between which limits it is used, where stops are contested or still open (C23)."""
    if each.used_lowest == each.used_highest:
        return ""
    limits = f"{shown.exact_time(each.used_lowest.value)} – {shown.exact_time(each.used_highest.value)}"
    return screen.both(f"（{limits}）", f" ({limits})")


def _announced(claim: ClaimAnswer) -> str:
    """The announcement that is named, and its time."""
    if claim.planned_stop is None or claim.announced_from is None:
        return ""
    return f"\n{claim.planned_stop} {moment(claim.announced_from)} – {moment(claim.announced_to)}"


def _notice(screen: Screen, claim: ClaimAnswer) -> str:
    match claim.notice:
        case "none_asked":
            return screen.both("定めなし", "none asked for")
        case "not_yet":
            due = moment(claim.notice_due)
            return screen.both(f"まだ（期限 {due}）", f"not yet, due {due}")
        case "met" | "not_met":
            if claim.told_at is None:
                return screen.both("なし", "not given")
            met = screen.both("期限内", "in time") if claim.notice == "met" else screen.both("期限に遅れ", "too late")
            return f"{moment(claim.told_at)} {met}"


def _not_announced(screen: Screen, claim: ClaimAnswer) -> str:
    """The times of an accepted claim that the planned stop does not cover."""
    if not claim.beyond_announced:
        return ""
    each = (f"{moment(time.start)} – {moment(time.end)}" for time in claim.beyond_announced)
    times = screen.both("、", ", ").join(each)
    if claim.effect is Effect.BEYOND_ANNOUNCED:
        return f": {times}"
    return screen.both(f"、予告の範囲外 {times} は停止に算入", f"; beyond what was announced, {times} counts as down")


def _beyond(screen: Screen, claim: ClaimAnswer) -> str:
    """How much of an accepted claim the ground's allowance no longer covered."""
    if not claim.beyond_allowance:
        return ""
    beyond = hours_minutes(claim.beyond_allowance)
    return screen.both(f"、許容超過 {beyond} は停止に算入", f"; {beyond} beyond the allowance count as down")
