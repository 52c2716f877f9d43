"""What a check found, for people: by kind, the worst first, each with its places and what to do."""

from itertools import groupby

from rich.text import Text

from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen
from slm_api.diagnosis import Diagnosis
from slm_api.diagnosis_words import SEVERITIES, ToldFinding
from slm_journal.diagnosis import Severity

STYLES = {Severity.DANGER: BAD, Severity.WRONG: WARN, Severity.NOTE: QUIET}
WORST_FIRST = tuple(Severity)


def print_diagnosis(screen: Screen, diagnosis: Diagnosis) -> None:
    """What was looked at, what was found, and a last line that says how it stands."""
    screen.print(
        Text(
            screen.both(
                f"PostgreSQL {diagnosis.server}・契約 {diagnosis.journals:,} 件・記録 {diagnosis.entries:,} 件"
                f"（内容の再計算 {diagnosis.recomputed:,} 件）",
                f"PostgreSQL {diagnosis.server}, {diagnosis.entries:,} entries in {diagnosis.journals:,} journals "
                f"({diagnosis.recomputed:,} recomputed)",
            )
        )
    )
    for _, of_kind in groupby(sorted(diagnosis.findings, key=_worst_first), key=lambda one: one.finding.kind):
        _print_kind(screen, list(of_kind), diagnosis.more)
    if diagnosis.differs:
        told = screen.both("対処が必要なことが見つかりました。", "Something was found that needs mending.")
        screen.print(Text(told, style=BAD))
    else:
        told = screen.both("異常は見つかりませんでした。", "Nothing is amiss.")
        screen.print(Text(told, style=GOOD))


def _worst_first(one: ToldFinding) -> tuple[int, str]:
    return WORST_FIRST.index(one.finding.severity), one.finding.kind


def _print_kind(screen: Screen, findings: list[ToldFinding], more: dict[str, int]) -> None:
    first = findings[0]
    severity = first.finding.severity
    line = Text(f"[{screen.say(SEVERITIES[severity])}] ", style=STYLES[severity])
    line.append(screen.say(first.title), style=STRONG)
    screen.print(line)
    for one in findings:
        if screen.say(one.place):
            screen.indented(Text(screen.say(one.place)))
    if further := more.get(first.finding.kind):
        screen.indented(Text(screen.both(f"ほか {further:,} 件", f"and {further:,} more"), style=QUIET))
    screen.indented(Text(f"→ {screen.say(first.mend)}", style=QUIET))
