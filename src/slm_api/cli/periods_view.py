"""A level's periods with their value so far, how each came about, and the exemptions claimed of its misses."""

from rich.text import Text

from projections.answers.ledger import ItemAnswer, LevelAnswer
from projections.answers.ledger_periods import PeriodAnswer
from slm_api.cli import shown
from slm_api.cli.bounds_view import between
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, WARN, Screen, positions
from slm_api.wording import SIDES, VERDICTS
from slm_domain.figures.judgement import Verdict
from slm_domain.sla import Words

_STYLE = {Verdict.MET_TARGET: GOOD, Verdict.MET_GUARANTEE: GOOD, Verdict.BREACH: BAD}
_MISSED = {Verdict.BREACH, Verdict.EXCLUDED, Verdict.NOT_MEASURED}
_STATUS: dict[str, tuple[Words, str]] = {
    "claimed": (Words(ja="未決", en="open"), WARN),
    "accepted": (Words(ja="承認", en="accepted"), GOOD),
    "rejected": (Words(ja="否認", en="rejected"), BAD),
}


def is_told(level: LevelAnswer) -> bool:
    """Whether the level's periods say more than its heading and its lines."""
    return bool(_told(level))


def subject_of(item: ItemAnswer, screen: Screen) -> str:
    """What the line is about, with what it brings: "june 97 of 100", "audit → 4"."""
    if item.part is not None and item.whole is not None:
        return f"{item.subject} {shown.so_many_of(str(item.part), str(item.whole), screen)}"
    return item.subject if item.grade is None else f"{item.subject} → {item.grade}"


def print_periods(screen: Screen, level: LevelAnswer) -> None:
    """One line a period, and below each how its value came about."""
    told, towards = _told(level), shown.failing_side(level.definition.measure.kind)
    if not told:
        return
    table = screen.table(
        (screen.both("期間", "period"), "text"),
        (screen.both("対象", "for"), "text"),
        (screen.both("実績", "measured"), "left"),
        Column(heading=screen.both("幅", "bounds"), align="left", spare=1),
        (screen.both("判定", "verdict"), "left"),
        Column(heading=screen.both("記録", "entries"), align="text", spare=2),
    )
    for one in told:
        table.add_row(
            f"{one.first.isoformat()} – {one.last.isoformat()}",
            one.unit or shown.DASH,
            shown.value(one.measured, towards=towards),
            between(one.lowest, one.highest, screen, towards=towards),
            _verdict(screen, one),
            Text(positions(one.entries), style=QUIET),
        )
    screen.print(table)
    for one in told:
        for step in one.working:
            screen.print(Text(f"  {shown.working(step, screen, towards=towards)}", style=QUIET))


def print_exemptions(screen: Screen, level: LevelAnswer) -> None:
    """One line a claim, with what became of it."""
    for one in level.exemptions:
        said, style = _STATUS[one.status]
        line = Text(f"  {screen.both('免責の主張', 'exemption')} {one.exemption}  {one.subject}  {one.ground}  ")
        line.append(f"{screen.say(SIDES[one.claimed_by])}  ")
        line.append(f"{screen.say(said)}  ", style=style)
        line.append(positions(one.entries), style=QUIET)
        screen.print(line)


def _told(level: LevelAnswer) -> list[PeriodAnswer]:
    """All periods but days, which are told where they are missed, and the one month that the heading tells of."""
    measure = level.definition.measure
    if measure.per != "contract" or measure.period not in {None, "day", "month"}:
        return list(level.periods)
    if measure.period == "day":
        return [one for one in level.periods if one.verdict in _MISSED or one.shortfall]
    return [one for one in level.periods if one.working and measure.source != "stops"]


def _verdict(screen: Screen, one: PeriodAnswer) -> Text:
    if one.verdict is Verdict.MET_GUARANTEE and one.shortfall:
        return Text(screen.both("目標未達", "target missed"), style=WARN)
    return Text(screen.say(VERDICTS[one.verdict]), style=_STYLE.get(one.verdict, WARN))
