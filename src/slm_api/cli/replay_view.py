"""The record as it stood, and the recovery from one cause over many contracts."""

from collections import Counter

from rich.text import Text

from projections.answers.recovery import RecoveryAnswer
from projections.answers.replay import ReplayAnswer
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen, moment
from slm_api.wording import INSPECTIONS
from slm_domain.figures.display import hours_minutes, yen


def print_replay(screen: Screen, answer: ReplayAnswer) -> None:
    """What was in force, what was open, the months' figures, and the root that proves it."""
    screen.standpoint(answer.standpoint)
    pairs = screen.pairs()
    pairs.add_row(Text(screen.both("証明の根", "root"), style=QUIET), answer.root)
    if answer.sla_number is not None:
        pairs.add_row(Text("SLA", style=QUIET), f"#{answer.sla_number}  {(answer.sla_digest or '')[:16]}…")
    screen.print(pairs)
    screen.heading(screen.both("月別の状態", "Months"))
    months = screen.table(
        (screen.both("月", "month"), "left"),
        (screen.both("停止", "stopped"), "right"),
        (screen.both("稼働率", "availability"), "right"),
        (screen.both("保証値未達", "breaches"), "right"),
        (screen.both("減額率", "share"), "right"),
        (screen.both("支払額", "payable"), "right"),
        (screen.both("報告・検査", "report"), "left"),
    )
    for one in answer.months:
        months.add_row(
            one.month,
            hours_minutes(one.figures.stopped),
            shown.availability(one.figures.availability, screen),
            str(one.figures.breaches),
            shown.share(one.figures.share),
            yen(one.figures.payable_yen),
            shown.DASH if one.inspection is None else screen.say(INSPECTIONS[one.inspection]),
        )
    screen.print(months)
    if answer.incidents:
        _print_incidents(screen, answer)
    screen.heading(screen.both("サービスレベル", "Service levels") + f" ({len(answer.levels)})")
    levels = screen.table(
        Column(heading=screen.both("項目", "level"), spare=2),
        (screen.both("名称", "name"), "text"),
        (screen.both("保証値", "guaranteed"), "text"),
        (screen.both("目標値", "target"), "text"),
        Column(heading=screen.both("適用", "from"), spare=1),
    )
    for level in answer.levels:
        levels.add_row(
            level.level,
            screen.say(level.name),
            shown.bound(level.guaranteed, screen),
            shown.bound(level.target, screen),
            level.effective_from.isoformat(),
        )
    screen.print(levels)


def print_recovery(screen: Screen, answer: RecoveryAnswer, *, contracts: bool = True) -> None:
    """How many systems run again over all contracts, and contract by contract."""
    screen.heading(screen.both(f"復旧状況 {moment(answer.until)} 現在", f"Recovery as of {moment(answer.until)}"))
    print_recovery_line(screen, answer)
    screen.print(Text(f"{screen.both('断面', 'cut')} {answer.cut}", style=QUIET))
    screen.stopped(tuple(dict.fromkeys(stop for one in answer.contracts for stop in one.standpoint.stopped)))
    if not contracts:
        return
    table = screen.table(
        (screen.both("契約", "contract"), "left"),
        (screen.both("団体", "organisation"), "text"),
        (screen.both("障害", "incident"), "left"),
        (screen.both("停止", "stopped"), "left"),
        (screen.both("システム", "systems"), "right"),
        (screen.both("稼働中", "running"), "right"),
        Column(heading=screen.both("うち暫定", "provi-\nsional"), align="right", spare=1),
        (screen.both("復旧", "restored"), "left"),
    )
    for one in answer.contracts:
        table.add_row(
            one.standpoint.contract,
            screen.say(one.organisation),
            one.incident,
            moment(one.stopped_at),
            str(one.systems),
            Text(str(one.running), style=GOOD if one.running == one.systems else WARN),
            str(one.provisional) if one.provisional else shown.DASH,
            moment(one.restored_at),
        )
    screen.print(table)


def print_recovery_line(screen: Screen, answer: RecoveryAnswer) -> None:
    """One line: when, how many run, of how many, and a bar."""
    width = min(40, max(0, screen.out.width - 80))  # a bar where there is room for one
    filled = width * answer.running // answer.systems if answer.systems else 0
    complete = Counter(one.running == one.systems for one in answer.contracts)[True]
    screen.print(
        Text.assemble(
            f"  {moment(answer.until)}  ",
            ("█" * filled, GOOD),
            ("░" * (width - filled), QUIET),
            (f"  {answer.running:>3} / {answer.systems}", STRONG),
            screen.both(" システム稼働", " systems run"),
            ("  " + shown.percentage(answer.running_share), QUIET) if answer.running_share else "",
            screen.both(
                f"  全復旧 {complete} / {answer.organisations} 団体",
                f"  {complete} / {answer.organisations} organisations fully",
            ),
        )
    )


def _print_incidents(screen: Screen, answer: ReplayAnswer) -> None:
    screen.heading(screen.both("障害", "Incidents"))
    table = screen.table(
        (screen.both("障害", "incident"), "left"),
        (screen.both("レベル", "level"), "left"),
        Column(heading=screen.both("検知", "detected"), spare=1),
        (screen.both("停止", "stopped"), "left"),
        (screen.both("復旧", "restored"), "left"),
        (screen.both("状態", "state"), "text"),
    )
    for one in answer.incidents:
        states = [
            (one.voided, screen.both("無効", "void"), QUIET),
            (one.open, screen.both("停止中", "open"), BAD),
            (one.contested, screen.both("係争中", "contested"), WARN),
            (bool(one.open_claims), screen.both("除外を主張中", "exclusion claimed"), WARN),
        ]
        state = Text(" ").join(Text(name, style=style) for holds, name, style in states if holds)
        table.add_row(
            one.incident, one.level, moment(one.detected_at), moment(one.stopped_at), moment(one.restored_at), state
        )
    screen.print(table)
