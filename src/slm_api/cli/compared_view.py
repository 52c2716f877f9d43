"""A month in its surroundings: each organisation's part, the error budget, and earlier months beside it."""

from datetime import timedelta

from rich.text import Text

from projections.answers.compared import MonthComparison
from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.availability_view import budget_left, burn_rate
from slm_api.cli.listing import Column
from slm_api.cli.screen import QUIET, Screen
from slm_domain.figures.display import hours_minutes, yen
from slm_domain.month_figures import UnitAvailability


def print_organisations(screen: Screen, answer: ReportAnswer) -> None:
    """Availability of each organisation of a joint contract, by its own calendar (C24, K1)."""
    units = answer.figures.organisations
    if len(units) <= 1:
        return
    screen.heading(screen.both("団体別の稼働率", "Availability by organisation"))
    names = {one.code: screen.say(one.name) for one in answer.municipality.organisations}
    print_units(screen, units, names, screen.both("団体", "organisation"))


def print_systems(screen: Screen, answer: ReportAnswer) -> None:
    """Availability of each system, where they differ (K1)."""
    if len({unit.availability.ratio for unit in answer.systems}) <= 1:
        return
    screen.heading(screen.both("システム別の稼働率", "Availability by system"))
    names = {one.code: screen.say(one.name) for one in answer.covered}
    print_units(screen, answer.systems, names, screen.both("システム", "system"))


def print_units(screen: Screen, units: tuple[UnitAvailability, ...], names: dict[str, str], heading: str) -> None:
    """One line for each unit."""
    weighted = any(unit.weight != 1 for unit in units)
    table = screen.table(
        (heading, "text"),
        *([Column(heading=screen.both("重み", "weight"), align="right")] if weighted else []),
        (screen.both("開庁時間", "base"), "right"),
        (screen.both("停止", "stopped"), "right"),
        (screen.both("稼働率", "availability"), "right"),
        (screen.both("幅", "bounds"), "right"),
    )
    for unit in units:
        figure = unit.availability
        apart = figure.lowest != figure.highest
        table.add_row(
            names.get(unit.unit, unit.unit),
            *([str(unit.weight)] if weighted else []),
            hours_minutes(figure.base),
            hours_minutes(unit.stopped) if unit.stopped else shown.DASH,
            shown.availability(figure, screen),
            " – ".join(shown.apart(figure.lowest, figure.highest)) if apart else "",
        )
    screen.print(table)


def print_budget(screen: Screen, answer: ReportAnswer) -> None:
    """The month's error budget, where a level guarantees the contract's availability."""
    budget = answer.budget
    if budget is None:
        return
    screen.heading(screen.both("エラーバジェット（許容停止時間）", "Error budget"))
    table = screen.pairs()
    for name, value in (
        (screen.both("保証値", "guaranteed"), Text(shown.share(budget.guaranteed))),
        (screen.both("許容", "allowed"), Text(shown.exact_time(budget.allowed.value))),
        (screen.both("使用", "used"), Text(shown.exact_time(budget.used.value))),
        (screen.both("残り", "left"), budget_left(budget)),
        (screen.both("消費率", "burn rate"), Text(burn_rate(budget))),
    ):
        table.add_row(Text(name, style=QUIET), value)
    screen.indented(table)


def print_comparisons(screen: Screen, answer: ReportAnswer) -> None:
    """The month beside the one before it and the same month last year; nothing where the term has neither."""
    earlier = [each for each in (answer.previous, answer.year_before) if each is not None]
    if not earlier:
        return
    screen.heading(screen.both("前月・前年同月との比較", "Beside the month before and the same month last year"))
    table = screen.table(
        (screen.both("月", "month"), "left"),
        (screen.both("稼働率", "availability"), "right"),
        (screen.both("停止", "stopped"), "right"),
        (screen.both("保証値\n未達", "brea-\nches"), "right"),
        (screen.both("支払額", "payable"), "right"),
    )
    month = answer.figures
    table.add_row(
        month.month,
        shown.availability(month.availability, screen),
        hours_minutes(month.stopped),
        str(month.breaches),
        yen(month.payable_yen),
    )
    for each in earlier:
        table.add_section()
        figure = screen.both("算定不能", "no figure") if each.shown is None else f"{each.shown} %"
        table.add_row(each.month, figure, hours_minutes(each.stopped), str(each.breaches), yen(each.payable_yen))
        table.add_row(*_change(screen, each), style=QUIET)
    screen.print(table)
    if answer.year_before is None:
        told = screen.both("前年同月の記録はありません。", "There is no such month last year.")
        screen.print(Text(told, style=QUIET))
    if answer.previous is None:
        screen.print(Text(screen.both("前月の記録はありません。", "There is no month before it."), style=QUIET))


def _change(screen: Screen, each: MonthComparison) -> tuple[str, ...]:
    points = shown.DASH if each.points_shown is None else f"{each.points_shown} pt"
    sign = "+" if each.more_stopped >= timedelta() else ""
    return (
        screen.both("  増減", "  change"),
        points,
        f"{sign}{hours_minutes(each.more_stopped)}",
        f"{each.more_breaches:+}",
        shown.DASH if each.more_payable_yen is None else f"{each.more_payable_yen:+,}",
    )
