"""The ＳＬＡチェックシート of a month (S11): what was promised, measured and judged."""

from rich.text import Text

from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.bounds_view import with_bounds
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen
from slm_api.wording import VERDICTS
from slm_domain.figures.judgement import Verdict
from slm_domain.month_figures import LevelFigure
from slm_domain.sla import Bound

_VERDICT_STYLE = {"met_target": GOOD, "met_guarantee": GOOD, "breach": BAD}


def print_check_sheet(screen: Screen, answer: ReportAnswer) -> None:
    """The ＳＬＡチェックシート of the month: every level, what was promised, measured and judged."""
    screen.heading(screen.both(f"ＳＬＡチェックシート {answer.month}", f"SLA check sheet {answer.month}"))
    levels = {level.key: level for level in answer.levels}
    notes: list[str] = []
    table = screen.table(
        (screen.both("サービスレベル", "service level"), "text"),
        (screen.both("保証値", "guaranteed"), "left"),
        (screen.both("目標値", "target"), "left"),
        Column(heading=screen.both("件数", "items"), align="right", spare=2),
        (screen.both("実績", "measured"), "text"),
        (screen.both("判定", "verdict"), "left"),
        Column(heading=screen.both("該当", "missed"), align="text", spare=1),
    )
    group = None  # 大項目: the document has it in Japanese alone
    for figure in answer.figures.levels:
        level = levels.get(figure.level)
        if screen.language == "ja" and level is not None and level.document.major != group:
            group = level.document.major
            table.add_row(Text(group, style=f"{QUIET} {STRONG}"))
        missed = dict.fromkeys(miss.subject for miss in figure.misses if miss.verdict is Verdict.BREACH)
        table.add_row(
            screen.both("  ", "") + (figure.level if level is None else screen.say(level.name)),
            _noted(screen, figure.guaranteed, notes),
            _noted(screen, figure.target, notes),
            str(figure.items) if figure.items else shown.DASH,
            with_bounds(figure, screen, None if level is None else level.measure),
            verdict_of(screen, figure),
            ", ".join(missed),
        )
    screen.print(table)
    for change in answer.level_changes:
        name = change.level if change.level not in levels else screen.say(levels[change.level].name)
        screen.print(Text(f"{name}  {shown.level_change(change, screen)}", style=WARN))
    for number, note in enumerate(notes, 1):
        screen.print(Text(f"*{number} {note}", style=QUIET))


def _noted(screen: Screen, bound: Bound | None, notes: list[str]) -> str:
    """The value with a mark for the words that the figure cannot say; they stand below the table."""
    figure = shown.amount(bound, screen)
    if bound is None or bound.and_words is None:
        return figure
    words = screen.say(bound.and_words)
    if words not in notes:
        notes.append(words)
    return f"{figure} *{notes.index(words) + 1}"


def verdict_of(screen: Screen, figure: LevelFigure) -> Text:
    """The verdict of a level in a month, and whether its target was missed."""
    if figure.verdict is Verdict.NOT_APPLICABLE:
        return Text(screen.say(VERDICTS[figure.verdict]), style=QUIET)
    if figure.verdict is Verdict.MET_GUARANTEE and figure.shortfall:
        return Text(screen.both("目標未達", "target missed"), style=WARN)
    return Text(screen.say(VERDICTS[figure.verdict]), style=_VERDICT_STYLE.get(figure.verdict, WARN))
