"""A month over many contracts: row by row, and the total, which adds seconds (C7, K1)."""

from rich.text import Text

from projections.answers.roll_up import RollUpAnswer
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import QUIET, STRONG, WARN, Screen, moment
from slm_api.wording import ROLLED
from slm_domain.added_contracts import AddedFigure
from slm_domain.figures.display import yen

_GROUPED = ("organisation", "provider")  # a row may hold several contracts


def print_roll_up(screen: Screen, answer: RollUpAnswer) -> None:
    """The rows, the total, and what is left out of it."""
    if answer.simulated:
        screen.print(Text(screen.both("［シミュレーション］", "[simulated]"), style="bold magenta"))
    heading = screen.both(
        f"集計 {answer.month}（{moment(answer.until)} 現在）", f"Roll-up {answer.month}, as of {moment(answer.until)}"
    )
    screen.heading(heading)
    screen.print(Text(f"{screen.both('断面', 'cut')} {answer.cut}", style=QUIET))
    screen.stopped(answer.stopped)
    whole = any(row.payable_yen is not None for row in answer.rows)
    weighted = any(row.figure.lost != row.figure.down for row in answer.rows)
    table = screen.table(
        (screen.say(ROLLED[answer.by]), "text"),
        Column(heading=screen.both("名称", "name"), align="text", spare=1),
        *([Column(heading=screen.both("契約", "con-\ntracts"), align="right")] if answer.by in _GROUPED else []),
        (screen.both("開庁時間", "base"), "right"),
        (screen.both("停止", "down"), "right"),
        *([Column(heading=screen.both("重み付き\n停止", "weighted\ndown"), align="right")] if weighted else []),
        (screen.both("稼働率", "availability"), "right"),
        Column(heading=screen.both("幅", "bounds"), align="right", spare=2),
        *([Column(heading=screen.both("保証値\n未達", "brea-\nches"), align="right")] if whole else []),
        *([Column(heading=screen.both("支払額\n（税込）", "payable,\nwith tax"), align="right")] if whole else []),
    )

    def cells(figure: AddedFigure, breaches: int | None, payable: int | None) -> list[str]:
        apart = figure.lowest != figure.highest
        return [
            shown.exact_time(figure.base.value),
            shown.exact_time(figure.down.value) if figure.down.value else shown.DASH,
            *([shown.exact_time(figure.lost.value)] if weighted else []),
            shown.availability(figure, screen) + ("*" if figure.provisional else ""),
            " – ".join(shown.apart(figure.lowest, figure.highest)) if apart else "",
            *([shown.DASH if breaches is None else str(breaches)] if whole else []),
            *([shown.DASH if payable is None else yen(payable)] if whole else []),
        ]

    for row in answer.rows:
        number = [str(len(row.contracts))] if answer.by in _GROUPED else []
        table.add_row(row.key, screen.say(row.name), *number, *cells(row.figure, row.breaches, row.payable_yen))
    table.add_section()
    number = [str(len({code for row in answer.rows for code in row.contracts}))] if answer.by in _GROUPED else []
    total = cells(answer.total, answer.breaches, answer.payable_yen)
    table.add_row(screen.both("計", "total"), "", *number, *total, style=STRONG)
    screen.print(table)
    _print_notes(screen, answer)


def _print_days(screen: Screen, answer: RollUpAnswer) -> None:
    """The days of the month, for each group of contracts where their months differ (C15)."""
    apart = len(answer.days) > 1
    if apart:
        told = screen.both(
            "月の初日又は時間帯が契約により異なる。各契約のその月の分を足している（C15）。",
            "Months begin on different days, or in different zones; each contract's own month is added (C15).",
        )
        screen.print(Text(told, style=WARN))
    for each in answer.days:
        whose = f"  {screen.both('、', ', ').join(each.contracts)}" if apart else ""
        screen.print(Text(f"{each.first_day} – {each.last_day} {each.time_zone}{whose}", style=QUIET))


def _print_notes(screen: Screen, answer: RollUpAnswer) -> None:
    adds = screen.both(
        "計は時間を足して求める（率は平均しない）。", "The total adds time; percentages are never averaged."
    )
    screen.print(Text(adds, style=QUIET))
    _print_days(screen, answer)
    separator = screen.both("、", ", ")
    told = [
        (
            answer.in_own_hours,
            "重みは契約の外では意味を持たないため、重み付きの契約は、その開庁時間を母数に換算して足した",
            "weights mean nothing outside their contract; added with the contract's own opening hours",
        ),
        (
            answer.in_unit_seconds,
            "団体・システムそれぞれの時間を、重みを付けずに足した",
            "the organisations' or systems' own time is added, unweighted",
        ),
    ]
    for contracts, ja, en in told:
        if contracts:
            screen.print(Text(f"{screen.both(ja, en)}: {separator.join(contracts)}", style=QUIET))
    notes = [
        (answer.total.provisional, "* 暫定（閉庁日が未確定）", "* provisional: closed days not fixed"),
        (
            bool(answer.left_out),
            f"算定不能のため計に含まない: {separator.join(answer.left_out)}",
            f"without a figure, not in the total: {separator.join(answer.left_out)}",
        ),
        (
            bool(answer.outside),
            f"この月に効力のあるSLAがない: {separator.join(answer.outside)}",
            f"no SLA in force in this month: {separator.join(answer.outside)}",
        ),
    ]
    for holds, ja, en in notes:
        if holds:
            screen.print(Text(screen.both(ja, en), style=WARN))
