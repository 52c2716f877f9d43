"""Availability by period and over rolling windows: figures, error budgets, and what changed (C2, C5, C8)."""

from datetime import timedelta

from rich.text import Text

from projections.answers.availability import AvailabilityAnswer, BudgetAnswer, ComparisonAnswer, WindowAnswer
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, WARN, Screen, deadline, moment, running
from slm_api.wording import PERIODS, window_name
from slm_domain.figures.display import decimal, hours_minutes


def print_availability(screen: Screen, answer: AvailabilityAnswer) -> None:
    """Availability by period and over the windows; then budgets and changes, where there are any."""
    screen.standpoint(answer.standpoint, answer.title)
    rows = (*answer.periods, *answer.windows)
    screen.heading(screen.both("稼働率", "Availability") + _kind(screen, answer))
    _print_figures(screen, answer)
    _print_policies(screen, rows)
    if any(row.budget for row in rows):
        _print_budgets(screen, rows)
    if any(row.previous or row.year_before for row in rows):
        _print_changes(screen, rows)
    _print_notes(screen, answer)


def budget_left(budget: BudgetAnswer) -> Text:
    """What is left of a budget, with its sign."""
    left = budget.left.value
    return Text(shown.exact_time(left), style=BAD if left < 0 else GOOD)


def burn_rate(budget: BudgetAnswer) -> str:
    """The burn rate with two digits, rounded up: towards the failing side (C8)."""
    return shown.DASH if budget.burn_rate is None else decimal(budget.burn_rate.value, digits=2, towards="up")


def points(change: ComparisonAnswer | None, screen: Screen) -> str:
    """The change in percentage points and in time down: "+0.50 pt (-0:30)"."""
    if change is None:
        return shown.DASH
    if change.points_shown is None:
        return screen.both("算定不能", "no figure")
    down = "" if change.more_down is None else f" ({_signed(change.more_down)})"
    return f"{change.points_shown}{down}" + ("†" if change.cut else "")


def _signed(length: timedelta) -> str:
    return f"+{hours_minutes(length)}" if length >= timedelta() else hours_minutes(length)


def _kind(screen: Screen, answer: AvailabilityAnswer) -> str:
    if answer.by is None:
        return screen.both(f" {moment(answer.at)} まで", f" up to {moment(answer.at)}")
    return screen.both(f"（{PERIODS[answer.by].ja}）", f" ({PERIODS[answer.by].en})")


def _print_figures(screen: Screen, answer: AvailabilityAnswer) -> None:
    rows = (*answer.periods, *answer.windows)
    unmeasured = any(row.figure.unmeasured for row in rows)
    weighted = any(row.figure.lost is not None for row in rows)
    table = screen.table(
        (screen.both("期間", "period"), "left"),
        (screen.both("開庁時間", "base"), "right"),
        (screen.both("停止", "down"), "right"),
        *([Column(heading=screen.both("重み付き\n停止", "weighted\ndown"), align="right")] if weighted else []),
        Column(heading=screen.both("除外", "excluded"), align="right", spare=1),
        *([Column(heading=screen.both("未測定", "un-\nmeasured"), align="right")] if unmeasured else []),
        (screen.both("稼働率", "availability"), "right"),
        Column(heading=screen.both("幅（係争・\n未確定）", "bounds"), align="right"),
    )
    for index, row in enumerate(rows):
        if index == len(answer.periods) and index:
            table.add_section()
        figure = row.figure
        table.add_row(
            _name(screen, row),
            hours_minutes(figure.base),
            _time(figure.down),
            *([shown.exact_time(figure.lost.value) if figure.lost else _time(figure.down)] if weighted else []),
            _time(figure.excluded),
            *([_time(figure.unmeasured)] if unmeasured else []),
            shown.availability(figure, screen),
            " – ".join(shown.apart(figure.lowest, figure.highest)) if figure.lowest != figure.highest else "",
        )
    screen.print(table)


def _print_policies(screen: Screen, rows: tuple[WindowAnswer, ...]) -> None:
    """Where something was excluded: the figure under both policies, and without any exclusion (C5)."""
    excluded = [row for row in rows if row.figure.excluded or row.figure.if_nothing_excluded is not None]
    if not excluded:
        return
    screen.heading(screen.both("除外の扱いによる稼働率", "Availability by how exclusions are taken"))
    table = screen.table(
        (screen.both("期間", "period"), "left"),
        (screen.both("除外を外す", "taken out"), "right"),
        (screen.both("稼働とみなす", "counted as up"), "right"),
        (screen.both("除外しない", "nothing excluded"), "right"),
    )
    for row in excluded:
        figure = row.figure
        table.add_row(
            _name(screen, row),
            *shown.apart(figure.if_removed, figure.if_counted_as_up),
            shown.DASH if figure.if_nothing_excluded is None else shown.percentage(figure.if_nothing_excluded),
        )
    screen.print(table)


def _print_budgets(screen: Screen, rows: tuple[WindowAnswer, ...]) -> None:
    screen.heading(screen.both("エラーバジェット（許容停止時間）", "Error budget"))
    table = screen.table(
        (screen.both("期間", "period"), "left"),
        (screen.both("保証値", "guaranteed"), "right"),
        (screen.both("許容", "allowed"), "right"),
        (screen.both("使用", "used"), "right"),
        (screen.both("残り", "left"), "right"),
        (screen.both("消費率", "burn rate"), "right"),
    )
    for row in rows:
        if row.budget is None:
            continue
        table.add_row(
            _name(screen, row),
            shown.share(row.budget.guaranteed),
            shown.exact_time(row.budget.allowed.value),
            shown.exact_time(row.budget.used.value),
            budget_left(row.budget),
            burn_rate(row.budget),
        )
    screen.print(table)
    told = screen.both(
        "消費率 1 で、期間の終わりにちょうど使い切る。", "At a burn rate of 1 it lasts exactly to the period's end."
    )
    screen.print(Text(told, style=QUIET))


def _print_changes(screen: Screen, rows: tuple[WindowAnswer, ...]) -> None:
    screen.heading(screen.both("比較（ポイント、かっこ内は停止時間の増減）", "Changes in points (and in time down)"))
    table = screen.table(
        (screen.both("期間", "period"), "left"),
        (screen.both("稼働率", "availability"), "right"),
        (screen.both("前の期間", "one before"), "right"),
        (screen.both("増減", "change"), "right"),
        (screen.both("前年同期", "a year before"), "right"),
        (screen.both("増減", "change"), "right"),
    )
    for row in rows:
        table.add_row(
            _name(screen, row),
            shown.availability(row.figure, screen),
            _earlier(screen, row.previous),
            points(row.previous, screen),
            _earlier(screen, row.year_before),
            points(row.year_before, screen),
        )
    screen.print(table)


def _print_notes(screen: Screen, answer: AvailabilityAnswer) -> None:
    rows = (*answer.periods, *answer.windows)
    term = f"{moment(answer.term_starts_at)} – {deadline(answer.term_ends_at)}"
    compared = [each for row in rows for each in (row.previous, row.year_before) if each is not None]
    notes = [
        (
            any(row.figure.provisional for row in rows),
            "* 暫定（閉庁日が未確定）",
            "* provisional: closed days not fixed",
        ),
        (
            any(row.cut_at_start or row.cut_at_end for row in rows) or any(one.cut for one in compared),
            f"† 契約期間（{term}）の内だけで算定",
            f"† only what lies in the contract's term ({term})",
        ),
        (any(row.running for row in rows), f"‡ {running(answer.standpoint).ja}", f"‡ {running(answer.standpoint).en}"),
        (
            bool(answer.left_out.outside_term),
            f"契約期間の外の {answer.left_out.outside_term} 期間は省略",
            f"{answer.left_out.outside_term} periods outside the contract's term are left out",
        ),
        (
            bool(answer.left_out.not_begun),
            f"まだ始まっていない {answer.left_out.not_begun} 期間は省略",
            f"{answer.left_out.not_begun} periods that have not begun are left out",
        ),
        (not rows, "答える期間がありません。", "There is no period to answer for."),
    ]
    for holds, ja, en in notes:
        if holds:
            screen.print(Text(screen.both(ja, en), style=WARN))


def _earlier(screen: Screen, change: ComparisonAnswer | None) -> str:
    if change is None:
        return shown.DASH
    return screen.both("算定不能", "no figure") if change.shown is None else f"{change.shown} %"


def _name(screen: Screen, row: WindowAnswer) -> str:
    marks = ("*" if row.figure.provisional else "") + ("†" if row.cut_at_start or row.cut_at_end else "")
    marks += "‡" if row.running else ""
    return screen.say(window_name(row.window)) + marks


def _time(length: timedelta) -> str:
    return hours_minutes(length) if length else shown.DASH
