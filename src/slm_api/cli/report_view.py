"""A month's report: what the 月次運用報告書 says, and what changed since it was handed in (S2, S11, C18)."""

from datetime import timedelta

from rich.table import Table
from rich.text import Text

from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.check_sheet import print_check_sheet
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen, deadline, moment, positions
from slm_api.wording import INSPECTIONS, STOP_REASONS, event_name
from slm_domain.figures.display import hours_minutes, yen
from slm_domain.month_figures import MonthFigures


def print_report(screen: Screen, answer: ReportAnswer) -> None:
    """The month's report: figures, stops, deductions with their working, fee and tax, what was issued and changed."""
    screen.standpoint(answer.standpoint, answer.title)
    month = answer.figures
    screen.heading(screen.both(f"月次運用報告書 {answer.month}", f"Monthly report {answer.month}"))
    _print_summary(screen, answer)
    _print_stops(screen, month)
    print_check_sheet(screen, answer)
    _print_deductions(screen, answer)
    _print_fee(screen, month)
    _print_issued(screen, answer)
    print_changes(screen, answer)
    _print_improvements(screen, answer)


def _print_summary(screen: Screen, answer: ReportAnswer) -> None:
    month, figure = answer.figures, answer.figures.availability
    rows = [
        (screen.both("開庁日・開庁時間", "opening"), f"{month.opening_days} / {hours_minutes(month.opening_time)}"),
        (screen.both("停止（算入）", "stopped, counted"), hours_minutes(month.stopped)),
        (screen.both("稼働率", "availability"), shown.availability(figure, screen)),
        (screen.both("除外", "excluded"), hours_minutes(figure.excluded) if figure.excluded else shown.DASH),
        (screen.both("保証値未達 / 目標未達", "breaches / shortfalls"), f"{month.breaches} / {month.shortfalls}"),
        (screen.both("報告期限", "report due"), deadline(answer.report_due)),
        (screen.both("検査期限", "inspection due"), deadline(answer.inspection_due)),
    ]
    table = Table.grid(padding=(0, 2))
    for name, value in rows:
        table.add_row(Text(name, style=QUIET), value)
    screen.print(table)
    if month.provisional:
        screen.print(Text(screen.both("閉庁日が未確定のため暫定値です。", "Provisional."), style=WARN))


def _print_stops(screen: Screen, month: MonthFigures) -> None:
    if not month.stops:
        return
    screen.heading(screen.both("停止", "Stops"))
    table = screen.table(
        (screen.both("障害", "incident"), "left"),
        (screen.both("開始", "from"), "left"),
        (screen.both("終了", "to"), "left"),
        (screen.both("開庁時間内", "in hours"), "right"),
        (screen.both("算入", "counted"), "right"),
        (screen.both("幅", "bounds"), "right"),
        (screen.both("理由", "reason"), "text"),
        (screen.both("記録", "entries"), "left"),
    )
    for stop in month.stops:
        apart = stop.lowest != stop.highest
        table.add_row(
            stop.incident,
            moment(stop.started_at),
            moment(stop.ended_at),
            hours_minutes(stop.in_month),
            hours_minutes(stop.counted),
            f"{hours_minutes(stop.lowest)}–{hours_minutes(stop.highest)}" if apart else "",
            screen.say(STOP_REASONS[stop.reason]) + (screen.both("・係争", ", contested") if stop.contested else ""),
            Text(positions(stop.entries), style=QUIET),
        )
    screen.print(table)


def _print_deductions(screen: Screen, answer: ReportAnswer) -> None:
    deductions = answer.figures.deductions
    if not deductions:
        return
    screen.heading(screen.both("減額", "Deductions"))
    names = {level.key: screen.say(level.name) for level in answer.levels}
    for one in deductions:
        line = Text("・")
        line.append(names.get(one.level, one.level), style=STRONG)
        line.append(f"  {one.subject}  ")
        if one.excused:
            line.append(screen.both("免除（期限前に連絡）", "excused: told in time"), style=GOOD)
        else:
            line.append(shown.share(one.share), style=BAD)
        line.append(f"  {one.clause}", style=QUIET)
        screen.print(line)
        for step in one.working:
            screen.print(Text(f"    {shown.working(step, screen)}", style=QUIET))


def _print_fee(screen: Screen, month: MonthFigures) -> None:
    screen.heading(screen.both("支払額", "Fee"))
    for step in month.fee_working:
        screen.print(Text(f"  {shown.working(step, screen)}", style=QUIET))
    for one in month.adjustments:
        screen.print(
            Text(
                screen.both(
                    f"  {one.month} の訂正による調整（位置 {one.position}） {one.yen:+,} 円",
                    f"  adjustment for {one.month} (position {one.position}) {one.yen:+,} yen",
                )
            )
        )
    line = Text("  ")
    line.append(
        screen.both(
            f"請求額 {yen(month.invoice_yen)} 円（うち消費税 {yen(month.invoice_tax_yen)} 円）",
            f"invoice {yen(month.invoice_yen)} yen (tax {yen(month.invoice_tax_yen)} yen)",
        ),
        style=STRONG,
    )
    if month.issued_payable_yen is not None and month.issued_payable_yen != month.payable_yen:
        line.append(
            screen.both(
                f"  ※検収時の支払額 {yen(month.issued_payable_yen)} 円。訂正後は {yen(month.payable_yen)} 円",
                f"  accepted: {yen(month.issued_payable_yen)} yen; restated: {yen(month.payable_yen)} yen",
            ),
            style=WARN,
        )
    screen.print(line)


def _print_issued(screen: Screen, answer: ReportAnswer) -> None:
    if not answer.issued:
        return
    screen.heading(screen.both("提出と検査", "Handed in and inspected"))
    for one in answer.issued:
        late = one.handed_in_at > answer.report_due
        screen.print(
            Text.assemble(
                f"  {moment(one.handed_in_at)}  ",
                (screen.both("期限後  ", "late  "), BAD) if late else "",
                screen.both(
                    f"位置 {one.of_position} までの記録で算定、支払額 {yen(one.payable_yen)} 円 → ",
                    f"of position {one.of_position}, payable {yen(one.payable_yen)} yen → ",
                ),
                (screen.say(INSPECTIONS[one.inspection]), {"passed": GOOD, "failed": BAD}.get(one.inspection, WARN)),
                f" {moment(one.inspected_at)}" if one.inspected_at else "",
            )
        )


def print_changes(screen: Screen, answer: ReportAnswer) -> None:
    """What changed since the report was handed in, entry by entry, with what it changed and why."""
    if not answer.changes:
        return
    screen.heading(screen.both("提出後の訂正（何が、なぜ変わったか）", "What changed since, and why"))
    for one in answer.changes:
        screen.print(
            Text.assemble(
                f"  {moment(one.recorded_at)}  ",
                (f"{screen.say(event_name(one.event))} {one.subject}", STRONG),
                f"（{screen.both('位置', 'position')} {one.position}）",
            )
        )
        if one.reason:
            screen.print(Text(f"    {screen.both('理由', 'reason')}: {one.reason}"))
        before, after = one.before, one.after
        changes = [
            (
                screen.both("停止", "stopped"),
                _time(before.stopped_microseconds),
                _time(after.stopped_microseconds),
            ),
            (screen.both("未達", "breaches"), str(before.breaches), str(after.breaches)),
            (screen.both("目標未達", "shortfalls"), str(before.shortfalls), str(after.shortfalls)),
            (screen.both("減額率", "share"), shown.share(before.share), shown.share(after.share)),
            (screen.both("支払額", "payable"), yen(before.payable_yen), yen(after.payable_yen)),
        ]
        told = "、".join(f"{name} {old} → {new}" for name, old, new in changes if old != new)
        screen.print(Text(f"    {told}", style=WARN))


def _print_improvements(screen: Screen, answer: ReportAnswer) -> None:
    if not answer.improvements:
        return
    screen.heading(screen.both("改善", "Improvements"))
    names = {level.key: screen.say(level.name) for level in answer.levels}
    for one in answer.improvements:
        done = (
            screen.both(f"{moment(one.completed_at)} 完了", f"completed {moment(one.completed_at)}")
            if one.completed_at
            else screen.both(f"期限 {one.due}", f"due {one.due}")
        )
        line = Text.assemble(
            f"  {one.improvement}  ", (names.get(one.level, one.level), STRONG), f"  {done}  {one.measure or ''}"
        )
        screen.print(line)


def _time(microseconds: int) -> str:
    return hours_minutes(timedelta(microseconds=microseconds))
