"""What there is and how it stands: contracts, the state of the database, reports computed again, a rebuild."""

from collections.abc import Sequence

from rich.text import Text

from projections.answers.contracts import ContractsAnswer
from projections.answers.reports import VerifiedAnswer
from projections.engine import Rebuilt
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, Screen, moment
from slm_api.standing import Status


def print_contracts(screen: Screen, answer: ContractsAnswer) -> None:
    """All contracts by code."""
    if answer.simulated:
        screen.print(Text(screen.both("［シミュレーション］", "[simulated]"), style="bold magenta"))
    table = screen.table(
        (screen.both("契約", "contract"), "left"),
        (screen.both("件名", "title"), "text"),
        (screen.both("発注者", "municipality"), "text"),
        Column(heading=screen.both("受注者", "provider"), align="text", spare=3),
        Column(heading="SLA", align="right", spare=2),
        Column(heading=screen.both("契約期間", "term"), spare=1),
        (screen.both("評価項目", "levels"), "right"),
        (screen.both("記録", "entries"), "right"),
    )
    for one in answer.contracts:
        sides = [
            "、".join(screen.say(organisation.name) for organisation in party.organisations)
            for party in (one.municipality, one.provider)
        ]
        table.add_row(
            Text(one.contract, style=STRONG),
            screen.say(one.title),
            *sides,
            shown.DASH if one.sla_number is None else f"#{one.sla_number}",
            shown.DASH if one.term_from is None else f"{one.term_from} – {one.term_to}",
            str(one.levels),
            str(one.position),
        )
    screen.print(table)


def print_status(screen: Screen, answer: Status) -> None:
    """The database, and how each read model stands."""
    clock = (
        screen.both("シミュレーション", "simulated") if answer.clock == "simulated" else screen.both("実時計", "real")
    )
    screen.print(
        Text.assemble(
            (screen.both("時計: ", "clock: "), QUIET),
            (clock, STRONG),
            f"  {moment(answer.now)}  ",
            (screen.both("記録: ", "entries: "), QUIET),
            screen.both(
                f"{answer.entries:,} 件（契約 {answer.journals}）",
                f"{answer.entries:,} of {answer.journals} contracts",
            ),
            (f"  slm {answer.version}  {answer.database_id}", QUIET),
        )
    )
    table = screen.table(
        (screen.both("投影", "projection"), "left"),
        (screen.both("版", "version"), "right"),
        (screen.both("世代", "generation"), "left"),
        (screen.both("遅れ（件）", "outstanding"), "right"),
        (screen.both("状態", "state"), "text"),
    )
    for one in answer.projections:
        state = Text(screen.both("最新", "up to date"), style=GOOD)
        if one.stopped:
            told = [f"{stop.journal_id} @{stop.stopped_at} {stop.name}: {stop.reason}" for stop in one.stopped]
            state = Text(screen.both("停止 ", "stopped ") + "\n".join(told), style=BAD)
        elif one.generation is None:
            state = Text(screen.both("未作成", "not built"), style=BAD)
        elif one.entries_outstanding:
            state = Text(screen.both("集計中", "behind"))
        table.add_row(
            one.projection,
            str(one.version),
            one.generation or shown.DASH,
            f"{one.entries_outstanding:,}" if one.entries_outstanding else shown.DASH,
            state,
        )
    screen.print(table)


def print_rebuilt(screen: Screen, rebuilt: Rebuilt) -> None:
    """What a rebuild made live."""
    speed = rebuilt.run.per_second
    screen.print(
        Text(
            screen.both(
                f"{rebuilt.run.entries:,} 件を集計し直しました（毎秒 {speed:,} 件）。",
                f"{rebuilt.run.entries:,} entries rebuilt ({speed:,} a second).",
            ),
            style=GOOD,
        )
    )
    for name in rebuilt.generations:
        screen.print(Text(f"  {name}"))
    for name in rebuilt.changed:
        screen.print(Text(screen.both(f"  以前と異なる: {name}", f"  differs from before: {name}"), style=BAD))
    for stop in rebuilt.stopped:
        screen.print(Text(f"  {stop.projection} {stop.journal_id} @{stop.stopped_at}: {stop.reason}", style=BAD))


def print_verified(screen: Screen, reports: Sequence[VerifiedAnswer]) -> None:
    """Each issued report computed again, and what comes out otherwise."""
    screen.heading(screen.both("提出済み報告書の再計算", "Issued reports, computed again"))
    table = screen.table(
        (screen.both("契約", "contract"), "left"),
        (screen.both("月", "month"), "left"),
        (screen.both("位置", "position"), "right"),
        (screen.both("算定位置", "of position"), "right"),
        (screen.both("算定時点", "until"), "left"),
        (screen.both("版", "rules"), "left"),
        (screen.both("結果", "result"), "text"),
    )
    for one in reports:
        result = Text(screen.both("一致", "equal"), style=GOOD)
        if one.differences:
            result = Text("\n".join(f"{d.path}: {d.issued} → {d.recomputed}" for d in one.differences), style=BAD)
        table.add_row(
            one.contract,
            one.month,
            str(one.position),
            str(one.of_position),
            moment(one.until),
            one.rules_version,
            result,
        )
    screen.print(table)
