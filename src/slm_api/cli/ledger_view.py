"""The quality monitoring ledger of a month (品質モニタリング台帳)."""

from rich.text import Text

from projections.answers.ledger import ItemAnswer, LedgerAnswer, LevelAnswer
from slm_api.cli import shown
from slm_api.cli.bounds_view import with_bounds
from slm_api.cli.check_sheet import verdict_of
from slm_api.cli.listing import Column
from slm_api.cli.periods_view import is_told, print_exemptions, print_periods, subject_of
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen, deadline, moment, positions
from slm_api.wording import VERDICTS
from slm_domain.figures.display import hours_minutes
from slm_domain.figures.judgement import Verdict

_STYLE = {"met_target": GOOD, "met_guarantee": WARN, "breach": BAD}


def print_ledger(screen: Screen, answer: LedgerAnswer, *, empty: bool = False) -> None:
    """Every level with lines in the month; those without only when asked for."""
    screen.standpoint(answer.standpoint, answer.title)
    screen.heading(screen.both(f"品質モニタリング台帳 {answer.month}", f"Quality monitoring ledger {answer.month}"))
    left_out = 0
    for level in answer.levels:
        if level.lines or level.stops or level.exemptions or is_told(level) or empty:
            _print_level(screen, level)
        else:
            left_out += 1
    if left_out:
        screen.print(
            Text(
                screen.both(
                    f"（この月に記録のない項目 {left_out} 件は省略）",
                    f"({left_out} levels without entries are left out)",
                ),
                style=QUIET,
            )
        )


def verdict_of_line(screen: Screen, one: ItemAnswer) -> Text:
    """The line's own verdict; of what only adds to a value of its period that it does, and whether it was in time."""
    if not one.succeeded:
        return Text(screen.both("失敗", "failed"), style=BAD)
    if not one.counted:
        return Text(screen.say(VERDICTS[one.verdict]), style=_STYLE.get(one.verdict, WARN))
    if one.within_due is None:
        return Text(screen.both("算入", "counted"), style=QUIET)
    if one.in_time is None:
        return Text(screen.say(VERDICTS[Verdict.PENDING]), style=WARN)
    return (
        Text(screen.both("時間内", "in time"), style=GOOD)
        if one.in_time
        else Text(screen.both("超過", "late"), style=WARN)
    )


def _print_level(screen: Screen, level: LevelAnswer) -> None:
    definition = level.definition
    line = Text.assemble("\n", (screen.say(definition.name), STRONG), f"  {definition.key}  ")
    line.append(
        f"{screen.both('保証値', 'guaranteed')} {shown.bound(definition.guaranteed, screen)}  "
        f"{screen.both('目標値', 'target')} {shown.bound(definition.target, screen)}  ",
        style=QUIET,
    )
    line.append(with_bounds(level.result, screen, definition.measure) + "  ")
    line.append_text(verdict_of(screen, level.result))
    screen.print(line)
    for change in level.changes:
        screen.indented(Text(shown.level_change(change, screen), style=WARN))
    if level.lines:
        table = screen.table(
            Column(heading=screen.both("日", "day"), spare=4),
            (screen.both("対象", "subject"), "text"),
            (screen.both("開始", "start"), "left"),
            (screen.both("完了", "end"), "left"),
            Column(heading=screen.both("保証期限", "guaranteed by"), spare=1),
            Column(heading=screen.both("目標期限", "target by"), spare=3),
            (screen.both("判定", "verdict"), "left"),
            Column(heading=screen.both("記録", "entries"), align="text", spare=2),
        )
        for one in level.lines:
            table.add_row(
                one.day.isoformat(),
                subject_of(one, screen),
                moment(one.start),
                moment(one.end),
                deadline(one.guaranteed_due or one.within_due),
                deadline(one.target_due),
                verdict_of_line(screen, one),
                Text(positions(one.entries), style=QUIET),
            )
        screen.print(table)
    for pause in level.paused:
        when = f"{moment(pause.started_at)} – {moment(pause.ended_at)}"
        told = f"  {screen.both('中断', 'paused')} {pause.subject}  {when}  {pause.reason or ''}"
        screen.print(Text.assemble(told, (f"  {positions(pause.entries)}", QUIET)))
    print_periods(screen, level)
    print_exemptions(screen, level)
    for stop in level.stops:
        screen.print(
            Text(
                f"  {stop.incident}  {moment(stop.started_at)} – {moment(stop.ended_at)}  "
                f"{hours_minutes(stop.counted)}  {shown.stop_reason(stop, screen)}"
            )
        )
