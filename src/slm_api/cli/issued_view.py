"""What became of a month's report: handed in, inspected, restated since, and what was improved (S2, S10, C18)."""

from datetime import timedelta

from rich.text import Text

from projections.answers.reports import ChangeAnswer, ImprovementAnswer, ReportAnswer
from slm_api.cli import shown
from slm_api.cli.screen import BAD, GOOD, STRONG, WARN, Screen, moment
from slm_api.wording import INSPECTIONS, event_name
from slm_domain.figures.display import hours_minutes, yen


def print_issued(screen: Screen, answer: ReportAnswer) -> None:
    """Each report handed in for the month, and its inspection."""
    if not answer.issued:
        return
    screen.heading(screen.both("提出と検査", "Handed in and inspected"))
    for one in answer.issued:
        line = Text.assemble(
            screen.both(f"{moment(one.handed_in_at)} 提出", f"handed in {moment(one.handed_in_at)}"),
            (screen.both("（期限後）", " (late)") if one.handed_in_at > answer.report_due else "", BAD),
            screen.both(
                f"  位置 {one.of_position} までの記録で算定、支払額 {yen(one.payable_yen)} 円 → ",
                f", of position {one.of_position}, payable {yen(one.payable_yen)} yen → ",
            ),
            (screen.say(INSPECTIONS[one.inspection]), {"passed": GOOD, "failed": BAD}.get(one.inspection, WARN)),
            f" {moment(one.inspected_at)}" if one.inspected_at else "",
            (
                screen.both("（期限後）", " (late)")
                if one.inspected_at is not None and one.inspected_at > answer.inspection_due
                else "",
                BAD,
            ),
        )
        screen.indented(line)


def print_changes(screen: Screen, answer: ReportAnswer) -> None:
    """What changed since the report was handed in, entry by entry, with what it changed and why."""
    if not answer.changes:
        return
    screen.heading(screen.both("提出後の訂正（何が、なぜ変わったか）", "What changed since it was handed in, and why"))
    for one in answer.changes:
        line = Text.assemble(
            f"{moment(one.recorded_at)}  ",
            (f"{screen.say(event_name(one.event))} {one.subject}", STRONG),
            screen.both(f"（位置 {one.position}）", f" (position {one.position})"),
        )
        screen.indented(line)
        table = screen.pairs()
        for name, told in _changes(screen, one):
            table.add_row(name, Text(told, style=WARN))
        if one.reason:
            table.add_row(screen.both("理由", "reason"), one.reason)
        screen.indented(table, by=4)


def print_improvements(screen: Screen, answer: ReportAnswer) -> None:
    """The measures that the month's breaches led to, or that were under way."""
    if not answer.improvements:
        return
    screen.heading(screen.both("改善", "Improvements"))
    names = {level.key: screen.say(level.name) for level in answer.levels}
    for one in answer.improvements:
        line = Text.assemble(f"{one.improvement}  ", (names.get(one.level, one.level), STRONG), "  ")
        line.append(_progress(screen, one), style=GOOD if one.completed_at else WARN)
        screen.indented(line)
        if one.measure:
            screen.indented(Text(one.measure), by=4)


def _progress(screen: Screen, one: ImprovementAnswer) -> str:
    if one.completed_at is not None:
        return screen.both(f"{moment(one.completed_at)} 完了", f"completed {moment(one.completed_at)}")
    return screen.both(f"実施中、期限 {one.due}", f"under way, due {one.due}")


def _changes(screen: Screen, one: ChangeAnswer) -> list[tuple[str, str]]:
    before, after = one.before, one.after
    changes = [
        (screen.both("停止", "stopped"), _time(before.stopped_microseconds), _time(after.stopped_microseconds)),
        (
            screen.both("稼働率", "availability"),
            shown.percentage(before.availability),
            shown.percentage(after.availability),
        ),
        (screen.both("保証値未達", "breaches"), str(before.breaches), str(after.breaches)),
        (screen.both("目標未達", "shortfalls"), str(before.shortfalls), str(after.shortfalls)),
        (screen.both("減額率", "share"), shown.share(before.share), shown.share(after.share)),
        (screen.both("支払額", "payable"), yen(before.payable_yen), yen(after.payable_yen)),
        (
            screen.both("受注者の支払い", "payment by the provider"),
            yen(before.payment_yen),
            yen(after.payment_yen),
        ),
    ]
    return [(name, f"{old} → {new}") for name, old, new in changes if old != new]


def _time(microseconds: int) -> str:
    return hours_minutes(timedelta(microseconds=microseconds))
