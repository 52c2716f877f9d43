"""A month's report: what the 月次運用報告書 says, and by which terms it was computed (S2, S11, DOMAIN C)."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.check_sheet import print_check_sheet
from slm_api.cli.claims_view import print_allowances, print_claims
from slm_api.cli.compared_view import print_budget, print_comparisons, print_organisations, print_systems
from slm_api.cli.fee_view import print_deductions, print_fee
from slm_api.cli.issued_view import print_changes, print_improvements, print_issued
from slm_api.cli.listing import Column
from slm_api.cli.screen import QUIET, STRONG, WARN, Screen, deadline, moment, positions, running
from slm_api.measure_words import ROUNDINGS, ground_words, measure_words
from slm_api.term_words import bonus_words, chosen, rule_words
from slm_domain.figures.display import hours_minutes, yen
from slm_domain.month_figures import MonthFigures, StopFigure
from slm_domain.sla import Fee, Level, Party, Words


def print_report(screen: Screen, answer: ReportAnswer) -> None:
    """The month's report: figures, stops, deductions with their working, fee and tax, what was issued and changed."""
    screen.standpoint(answer.standpoint, answer.title)
    month = answer.figures
    screen.heading(screen.both(f"月次運用報告書 {answer.month}", f"Monthly report {answer.month}"))
    _print_summary(screen, answer)
    print_organisations(screen, answer)
    print_systems(screen, answer)
    print_budget(screen, answer)
    print_comparisons(screen, answer)
    _print_stops(screen, month)
    print_claims(screen, answer)
    print_allowances(screen, answer)
    print_check_sheet(screen, answer)
    print_deductions(screen, answer)
    print_fee(screen, answer)
    print_issued(screen, answer)
    print_changes(screen, answer)
    print_improvements(screen, answer)
    _print_terms(screen, answer)


def _print_summary(screen: Screen, answer: ReportAnswer) -> None:
    month = answer.figures
    rows = [
        (screen.both("期間", "period"), f"{answer.first_day} – {answer.last_day}"),
        *([("", screen.say(running(answer.standpoint)))] if answer.running else []),
        (screen.both("発注者", "municipality"), _party(screen, answer.municipality)),
        (screen.both("受注者", "provider"), _party(screen, answer.provider)),
        (screen.both("月額", "monthly fee"), _fee(screen, answer.fee)),
        (
            screen.both("開庁日・開庁時間", "opening"),
            screen.both(
                f"{month.opening_days} 日・{hours_minutes(month.opening_time)}",
                f"{month.opening_days} days, {hours_minutes(month.opening_time)}",
            ),
        ),
        (screen.both("停止（算入）", "stopped, counted"), hours_minutes(month.stopped)),
        *_availability(screen, answer),
        (
            screen.both("未達", "missed"),
            screen.both(
                f"保証値 {month.breaches} 件、目標値 {month.shortfalls} 件",
                f"{month.breaches} guaranteed, {month.shortfalls} target",
            ),
        ),
        (screen.both("報告期限", "report due"), deadline(answer.report_due)),
        (screen.both("検査期限", "inspection due"), deadline(answer.inspection_due)),
    ]
    table = screen.pairs()
    for name, value in rows:
        table.add_row(Text(name, style=QUIET), value)
    screen.indented(table)
    if month.provisional:
        told = screen.both(
            "閉庁日が未確定の年度のため、暫定値です（C22）。",
            "Provisional: the closed days of the year are not fixed yet (C22).",
        )
        screen.indented(Text(told, style=WARN))


def _party(screen: Screen, party: Party) -> str:
    names = [screen.say(one.name) for one in sorted(party.organisations, key=lambda one: one.code != party.lead)]
    return screen.both("、", ", ").join(names)


def _fee(screen: Screen, fee: Fee) -> str:
    rate = f"{fee.tax_percent:f} %"
    with_tax = (
        screen.both(f"消費税 {rate} 込み", f"with {rate} tax")
        if fee.includes_tax
        else screen.both(f"別に消費税 {rate}", f"plus {rate} tax")
    )
    rounded = screen.say(ROUNDINGS[fee.rounding])
    return screen.both(
        f"{yen(fee.monthly_yen)} 円（{with_tax}、支払額は{rounded}）",
        f"{yen(fee.monthly_yen)} yen ({with_tax}; what is payable is {rounded})",
    )


def _availability(screen: Screen, answer: ReportAnswer) -> list[tuple[str, str]]:
    """The figure; its bounds where times are contested (C23); and, with an exclusion, both policies' figures (C5)."""
    figure = answer.figures.availability
    rows = [(screen.both("稼働率", "availability"), shown.availability(figure, screen))]
    if figure.lowest != figure.highest:
        rows.append(
            (
                screen.both("稼働率の幅（未確定）", "its bounds, not settled"),
                " – ".join(shown.apart(figure.lowest, figure.highest)),
            )
        )
    if figure.excluded:
        chose = answer.terms.exclusion_policy
        mark = screen.both("（採用）", " (chosen)")
        removed, counted = shown.apart(figure.if_removed, figure.if_counted_as_up)
        removed += mark if chose == "remove" else ""
        counted += mark if chose == "count_as_up" else ""
        rows += [
            (screen.both("除外時間", "excluded"), hours_minutes(figure.excluded)),
            (screen.both("  除外を外すと", "  taken out"), removed),
            (screen.both("  稼働とみなすと", "  counted as up"), counted),
        ]
    if figure.if_nothing_excluded is not None:
        whole = shown.percentage(figure.if_nothing_excluded)
        rows.append((screen.both("  何も除外しないと", "  nothing excluded"), whole))
    if figure.unmeasured:
        rows.append((screen.both("未測定", "unmeasured"), hours_minutes(figure.unmeasured)))
    if figure.lost is not None:
        rows.append((screen.both("重み付き停止", "weighted stops"), shown.exact_time(figure.lost.value)))
    return rows


def _print_stops(screen: Screen, month: MonthFigures) -> None:
    if not month.stops:
        return
    screen.heading(screen.both("停止", "Stops"))
    excluded = any(stop.excluded for stop in month.stops)
    apart = any(stop.lowest != stop.highest for stop in month.stops)
    table = screen.table(
        (screen.both("障害", "incident"), "left"),
        (screen.both("開始", "from"), "left"),
        (screen.both("終了", "to"), "left"),
        (screen.both("開庁\n時間内", "in\nhours"), "right"),
        *([Column(heading=screen.both("除外", "ex-\ncluded"), align="right")] if excluded else []),
        (screen.both("算入", "counted"), "right"),
        *([Column(heading=screen.both("幅", "bounds"), align="right")] if apart else []),
        (screen.both("理由", "reason"), "text"),
        Column(heading=screen.both("記録", "entries"), spare=1),
    )
    for stop in month.stops:
        table.add_row(
            stop.incident,
            moment(stop.started_at),
            moment(stop.ended_at) if stop.ended_at else screen.both("停止中", "still stopped"),
            hours_minutes(stop.in_month),
            *([hours_minutes(stop.excluded) if stop.excluded else shown.DASH] if excluded else []),
            hours_minutes(stop.counted),
            *([_bounds(stop)] if apart else []),
            shown.stop_reason(stop, screen) + (screen.both("・係争中", ", contested") if stop.contested else ""),
            Text(positions(stop.entries), style=QUIET),
        )
    screen.print(table)


def _bounds(stop: StopFigure) -> str:
    apart = stop.lowest != stop.highest
    return f"{hours_minutes(stop.lowest)}–{hours_minutes(stop.highest)}" if apart else ""


def _print_terms(screen: Screen, answer: ReportAnswer) -> None:
    screen.heading(screen.both("採用した条件", "Terms this contract chose"))
    table = Table.grid(padding=(0, 2))
    for overflow in ("ignore", "fold", "fold"):
        table.add_column(overflow=overflow)
    for term in chosen(answer.terms):
        table.add_row(Text(term.source, style=QUIET), screen.say(term.name), Text(screen.say(term.choice)))
    screen.indented(table)
    _print_measures(screen, answer.levels)
    _print_rules(
        screen,
        screen.both("減額の規則", "Rules of deduction"),
        [(rule.name, rule.clause, rule_words(rule, answer.terms.stop_remedy)) for rule in answer.rules],
    )
    _print_rules(
        screen,
        screen.both("加算の規則", "Rules of bonuses"),
        [(bonus.name, bonus.clause, bonus_words(bonus)) for bonus in answer.bonuses],
    )
    _print_rules(
        screen,
        screen.both("除外・免責の事由（A24）", "Grounds of exclusion and exemption (A24)"),
        [(ground.name, ground.clause, ground_words(ground)) for ground in answer.grounds],
    )


def _print_measures(screen: Screen, levels: Sequence[Level]) -> None:
    """The readings that each level has of its own: its moments, clock, days and period."""
    screen.heading(screen.both("各項目の測り方", "How each level is measured"))
    table = Table.grid(padding=(0, 2))
    for _ in range(2):
        table.add_column(overflow="fold")
    for level in levels:
        said = screen.say(measure_words(level)) or screen.say(level.method)
        table.add_row(screen.say(level.name), Text(said))
    screen.indented(table)


def _print_rules(screen: Screen, heading: str, rules: Sequence[tuple[Words, str, Words]]) -> None:
    if rules:
        screen.heading(heading)
    for name, clause, said in rules:
        screen.indented(Text.assemble((screen.say(name), STRONG), (f"  {clause}", QUIET)))
        screen.indented(Text(screen.say(said)), by=4)
