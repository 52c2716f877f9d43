"""What there is and how it stands: contracts, the state of the database, a rebuild."""

from rich.text import Text

from projections.answers.contracts import ContractsAnswer
from projections.engine import Rebuilt, Run
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen, moment
from slm_api.standing import Status


def print_contracts(screen: Screen, answer: ContractsAnswer) -> None:
    """All contracts by code."""
    if answer.simulated:
        screen.print(Text(screen.both("［シミュレーション］", "[simulated]"), style="bold magenta"))
    screen.stopped(answer.stopped)
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
    for one in answer.contracts:
        for side, day in (
            (screen.both("発注者", "municipality"), one.notice_by_municipality),
            (screen.both("受注者", "provider"), one.notice_by_provider),
        ):
            if day is not None:
                screen.print(
                    screen.both(
                        f"{one.contract}: {side}が契約を終える旨を通知する期限 {day}",
                        f"{one.contract}: last day for the {side} to give notice of leaving {day}",
                    )
                )


def print_status(screen: Screen, answer: Status) -> None:
    """The database, and how each read model stands."""
    simulated = answer.clock == "simulated"
    clock = screen.both("シミュレーション", "simulated") if simulated else screen.both("実時計", "real")
    pairs = screen.pairs()
    for name, value in (
        (screen.both("データベース", "database"), str(answer.database_id)),
        (screen.both("時計", "clock"), f"{clock}  {moment(answer.now)}"),
        (
            screen.both("記録", "record"),
            screen.both(
                f"{answer.entries:,} 件・契約 {answer.journals} 件",
                f"{answer.entries:,} entries in {answer.journals} journals",
            ),
        ),
        (screen.both("slm の版", "slm"), answer.version),
    ):
        pairs.add_row(Text(name, style=QUIET), value)
    screen.print(pairs)
    table = screen.table(
        (screen.both("投影", "projection"), "left"),
        (screen.both("版", "version"), "right"),
        (screen.both("世代", "generation"), "left"),
        (screen.both("遅れ（件）", "outstanding"), "right"),
        Column(heading=screen.both("最古の未集計", "oldest of them"), spare=2),
        (screen.both("状態", "state"), "text"),
        Column(heading=screen.both("直近の集計", "last post"), align="text", spare=3),
        Column(heading=screen.both("作成", "built"), align="text", spare=1),
    )
    for one in answer.projections:
        state = Text(screen.both("最新", "up to date"), style=GOOD)
        if one.stopped:
            told = [f"{stop.journal_id} @{stop.stopped_at} {stop.name}: {stop.reason}" for stop in one.stopped]
            state = Text(screen.both("停止 ", "stopped ") + "\n".join(told), style=BAD)
        elif one.generation is None:
            state = Text(screen.both("未作成", "not built"), style=BAD)
        elif one.entries_outstanding:
            state = Text(screen.both("集計中", "behind"), style=WARN)
        table.add_row(
            one.projection,
            str(one.version),
            one.generation or shown.DASH,
            f"{one.entries_outstanding:,}" if one.entries_outstanding else shown.DASH,
            moment(one.oldest_outstanding),
            state,
            _ran(screen, one.last_run),
            _ran(screen, one.build),
        )
    screen.print(table)


def print_rebuilt(screen: Screen, rebuilt: Rebuilt, *, verified: bool = False) -> None:
    """What a rebuild made live; when it was asked to compare, what came of that."""
    speed = rebuilt.run.per_second
    told = screen.both(
        f"{rebuilt.run.entries:,} 件の記録から作り直し、切り替えました（毎秒 {speed:,} 件）。",
        f"Rebuilt from {rebuilt.run.entries:,} entries and made live ({speed:,} a second).",
    )
    screen.print(Text(told, style=GOOD))
    for name in rebuilt.generations:
        screen.indented(Text(name, style=QUIET))
    for row in rebuilt.changed:
        screen.indented(Text(screen.both(f"以前と異なる: {row}", f"differs from before: {row}"), style=WARN))
    for stop in rebuilt.stopped:
        where = f"{stop.projection} {stop.journal_id} @{stop.stopped_at}: {stop.reason}"
        screen.indented(Text(screen.both(f"停止 {where}", f"stopped {where}"), style=BAD))
    if verified and not rebuilt.changed:
        same = screen.both(
            "照合: 記録から求めた内容とも、以前の内容とも一致しました。",
            "Compared: equal to what the record says, and to what was live before.",
        )
        screen.print(Text(same, style=GOOD))


def _ran(screen: Screen, run: Run | None) -> str:
    """How much was done in one go, and how fast; a build over an empty database did nothing."""
    if run is None or not run.entries:
        return shown.DASH
    return screen.both(
        f"{run.entries:,} 件（毎秒 {run.per_second:,} 件）", f"{run.entries:,} entries ({run.per_second:,} a second)"
    )
