"""The history of the cycle: who did what, when, why, in which phase; and the story of one breach."""

from rich.text import Text

from projections.answers.history import ActAnswer, HistoryAnswer
from slm_api.cli import shown
from slm_api.cli.check_sheet import verdict_of
from slm_api.cli.listing import Column
from slm_api.cli.screen import QUIET, STRONG, WARN, Screen, moment
from slm_api.wording import SIDES, event_name
from slm_domain.phases import PHASE_NAMES, Phase

_PHASE_STYLE = {"plan": "blue", "analyse": "magenta", "agree": "green", "operate": "cyan"}


def print_history(screen: Screen, answer: HistoryAnswer) -> None:
    """Acts in the order of the journal; with a level and a month, the story and the level's results after it."""
    screen.standpoint(answer.standpoint, answer.title)
    about = "  ".join(part for part in (answer.level, answer.month) if part)
    screen.heading(screen.both(f"経緯（PDCA） {about}", f"History (PDCA) {about}"))
    print_acts(screen, answer.acts)
    print_results(screen, answer)


def print_acts(screen: Screen, acts: tuple[ActAnswer, ...]) -> None:
    """One line an act, with its reason or remark."""
    if not acts:
        screen.print(Text(screen.both("該当する記録はありません。", "Nothing is recorded of it."), style=WARN))
        return
    table = screen.table(
        Column(heading=screen.both("位置", "at"), align="right", spare=1),
        (screen.both("日時", "when"), "left"),
        Column(heading=screen.both("局面", "phase"), spare=2),
        Column(heading=screen.both("だれが", "who"), align="text"),
        (screen.both("何を", "what"), "text"),
        (screen.both("内容・理由", "why"), "text"),
    )
    for act in acts:
        table.add_row(
            Text(str(act.position), style=QUIET),
            moment(act.occurred_at),
            Text(screen.say(PHASE_NAMES[Phase(act.phase)]), style=_PHASE_STYLE[act.phase]),
            f"{screen.say(SIDES[act.side])} {act.person}" if act.side in SIDES else act.person,
            Text.assemble((screen.say(event_name(act.event)), STRONG), f" {_about(screen, act)}"),
            act.text or "",
        )
    screen.print(table)


def print_results(screen: Screen, answer: HistoryAnswer) -> None:
    """What came of it: the level's result, month by month."""
    if not answer.results:
        return
    screen.print(Text(screen.both("その後の実績", "What came of it"), style=STRONG))
    table = screen.table(
        (screen.both("月", "month"), "left"),
        (screen.both("保証値", "guaranteed"), "text"),
        (screen.both("目標値", "target"), "text"),
        (screen.both("実績", "measured"), "left"),
        (screen.both("判定", "verdict"), "left"),
    )
    for one in answer.results:
        table.add_row(
            one.month,
            shown.bound(one.result.guaranteed, screen),
            shown.bound(one.result.target, screen),
            shown.measured(
                one.result.measured, screen, towards="down" if one.kind is None else shown.failing_side(one.kind)
            ),
            verdict_of(screen, one.result),
        )
    screen.print(table)


def _about(screen: Screen, act: ActAnswer) -> str:
    about = act.improvement or act.revision or act.subject
    if act.effective_from is None or not act.revision:
        return about
    return screen.both(f"{about} ({act.effective_from} から)", f"{about} (from {act.effective_from})")
