"""Why a figure is what it is, printed as sums that can be followed on paper (C7)."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from rich.text import Text

from projections.answers.explanation import EntryAnswer, ExplanationAnswer
from projections.answers.listed import LineAnswer, ListAnswer
from slm_api.cli import shown
from slm_api.cli.bounds_view import with_bounds
from slm_api.cli.listing import Column
from slm_api.cli.screen import QUIET, STRONG, WARN, Screen, deadline, moment, positions
from slm_api.wording import EXPLAINED, LISTS, REASONS, SIDES, VERDICTS, event_name
from slm_domain.figures.display import RoundedTo, decimal, yen
from slm_domain.month_figures import Ratio

_ADDED_BY_LENGTH = {"up", "outside_hours", "to_come"}  # many alike: so many times so long


def print_explanation(screen: Screen, answer: ExplanationAnswer) -> None:
    """The figure, its lists with their totals, how they make it, and what the entries say."""
    screen.standpoint(answer.standpoint, answer.title)
    name = screen.say(EXPLAINED[answer.figure]) if answer.level is None else screen.say(answer.level.name)
    why = screen.both(f"{name} {answer.month} の内訳", f"{name} {answer.month}, explained")
    screen.heading(why)
    _print_result(screen, answer)
    for one in answer.lists:
        _print_list(screen, one)
    if answer.working:
        screen.heading(screen.both("計算", "Calculation"))
        if any(one.name == "restated" for one in answer.lists):
            screen.indented(Text(_of_what_is_known_now(screen), style=WARN))
        for step in answer.working:
            if step.operands:
                screen.indented(Text(shown.working(step, screen, towards=_towards(answer))))
    _print_entries(screen, answer.entries)


def _print_result(screen: Screen, answer: ExplanationAnswer) -> None:
    if answer.availability is not None:
        screen.indented(Text(shown.availability(answer.availability, screen), style=STRONG))
    if answer.result is not None:
        verdict = screen.say(VERDICTS[answer.result.verdict])
        measure = None if answer.level is None else answer.level.measure
        screen.indented(
            Text.assemble(
                f"{screen.both('保証値', 'guaranteed')} {shown.bound(answer.result.guaranteed, screen)}  ",
                f"{screen.both('目標値', 'target')} {shown.bound(answer.result.target, screen)}  ",
                (f"{with_bounds(answer.result, screen, measure)}  {verdict}", STRONG),
            )
        )
    for change in answer.level_changes:
        screen.indented(Text(shown.level_change(change, screen), style=WARN))


def _towards(answer: ExplanationAnswer) -> RoundedTo:
    return "down" if answer.level is None else shown.failing_side(answer.level.measure.kind)


def _print_list(screen: Screen, one: ListAnswer) -> None:
    screen.heading(screen.say(LISTS[one.name]) + (f" {one.of}" if one.of else ""))
    if one.name in _ADDED_BY_LENGTH:
        _print_lengths(screen, one)
        return
    judged = any(line.verdict is not None or line.due is not None for line in one.lines)
    dated = any(line.starts_at is not None or line.ends_at is not None for line in one.lines)
    weighted = any(line.weight.value != 1 for line in one.lines)
    units = any(line.unit is not None for line in one.lines)
    clauses = any(line.clause is not None for line in one.lines)
    stated = any(line.stated is not None and line.stated != line.amount for line in one.lines)
    reasons = any(line.because is not None for line in one.lines)
    in_yen = one.total_yen is not None
    table = screen.table(
        (screen.both("対象", "what"), "text"),
        *([Column(heading=screen.both("団体・\nシステム", "unit"), align="text")] if units else []),
        *([Column(heading=screen.both("条項", "clause"), align="text")] if clauses else []),
        *([Column(heading=screen.both("開始", "from"))] if dated else []),
        *([Column(heading=screen.both("終了", "to"))] if dated else []),
        *([Column(heading=screen.both("期限", "due"), spare=1)] if judged else []),
        *([Column(heading=screen.both("判定", "verdict"))] if judged else []),
        *([Column(heading=screen.both("規則に\nよる率", "by the\nrule"), align="right")] if stated else []),
        *([Column(heading=screen.both("重み", "weight"), align="right")] if weighted else []),
        Column(heading=_measured_in(screen, one), align="right"),
        *([Column(heading=screen.both("円", "yen"), align="right")] if in_yen else []),
        *([Column(heading=screen.both("理由", "why"), align="text")] if reasons else []),
        Column(heading=screen.both("記録", "entries"), align="text", spare=2),
    )
    for line in one.lines:
        table.add_row(
            line.what or shown.DASH,
            *([line.unit or shown.DASH] if units else []),
            *([line.clause or shown.DASH] if clauses else []),
            *([moment(line.starts_at), moment(line.ends_at)] if dated else []),
            *([deadline(line.due), _verdict(screen, line)] if judged else []),
            *([_stated(one, line)] if stated else []),
            *([_weight(line.weight)] if weighted else []),
            _amount(one, line.amount.value),
            *([_yen(line.yen)] if in_yen else []),
            *([_because(screen, line)] if reasons else []),
            Text(positions(line.entries), style=QUIET),
        )
    table.add_section()
    before = [""] * (units + clauses + 2 * dated + 2 * judged + stated + weighted)
    after = [_yen(one.total_yen)] if in_yen else []
    table.add_row(_total(screen, one), *before, _amount(one, one.total.value), *after, style=STRONG)
    screen.print(table)
    for line in one.lines:
        for step in line.working:
            screen.indented(Text(f"{line.what}: {shown.working(step, screen)}", style=QUIET))


def _of_what_is_known_now(screen: Screen) -> str:
    """The working is that of the fee as it stands; the invoice is that of the accepted report (C20)."""
    return screen.both(
        "支払額の計算は、検収後の訂正を含む現在の記録によるもの。請求額は検収時の支払額による（C20）。",
        "The fee is worked out as it stands, corrected since accepted; the invoice goes by what was accepted (C20).",
    )


def _print_lengths(screen: Screen, one: ListAnswer) -> None:
    """So many times so long: an opening day is like another."""
    alike = Counter(line.amount.value for line in one.lines)
    table = screen.table(
        (screen.both("回数", "times"), "right"), (screen.both("長さ", "length"), "right"), ("", "right")
    )
    for length, times in sorted(alike.items(), reverse=True):
        table.add_row(str(times), f"× {shown.exact_time(length)}", shown.exact_time(length * times))
    table.add_section()
    table.add_row(_total(screen, one), "", shown.exact_time(one.total.value), style=STRONG)
    screen.print(table)


def _print_entries(screen: Screen, entries: Sequence[EntryAnswer]) -> None:
    if not entries:
        return
    screen.heading(screen.both("根拠とした記録", "The entries it came from"))
    table = screen.table(
        (screen.both("位置", "position"), "right"),
        (screen.both("発生", "occurred"), "left"),
        (screen.both("内容", "what"), "text"),
        (screen.both("対象", "subject"), "left"),
        Column(heading=screen.both("記録者", "by"), align="text", spare=1),
        Column(heading=screen.both("説明", "said"), align="text", spare=2),
    )
    for entry in entries:
        by = SIDES.get(entry.side)
        table.add_row(
            str(entry.position),
            moment(entry.occurred_at),
            screen.say(event_name(entry.event)),
            entry.subject,
            f"{entry.side if by is None else screen.say(by)} {entry.person}",
            entry.text or "",
        )
    screen.print(table)


def _because(screen: Screen, line: LineAnswer) -> str:
    if line.because is None:
        return ""
    why = screen.say(REASONS[line.because])
    return why if line.settled_in is None else f"{why} {line.settled_in}"


def _stated(one: ListAnswer, line: LineAnswer) -> str:
    return shown.DASH if line.stated is None else _amount(one, line.stated.value)


def _weight(weight: Ratio) -> str:
    """How much a unit weighs, or which part of the whole a stop touches."""
    return str(weight.numerator) if weight.denominator == 1 else shown.share(weight)


def _yen(exact: Ratio | None) -> str:
    return shown.DASH if exact is None else shown.exact_yen(exact.value)


def _amount(one: ListAnswer, amount: Fraction) -> str:
    match one.measured_in:
        case "seconds":
            return shown.exact_time(amount)
        case "yen":
            return yen(amount.numerator)
        case "share":
            percent = abs(amount) * 100
            exact = (percent * 100).denominator == 1
            sign = "-" if amount < 0 else ""
            return f"{sign}{decimal(percent, digits=2, towards='down')}{'' if exact else '…'} %"
        case _:
            return str(amount)


def _measured_in(screen: Screen, one: ListAnswer) -> str:
    words = {
        "seconds": screen.both("時間", "time"),
        "yen": screen.both("円", "yen"),
        "share": screen.both("減額率", "share"),
        "grade": screen.both("段階", "grade"),
        "count": screen.both("数", "number"),
    }
    return words[one.measured_in]


def _total(screen: Screen, one: ListAnswer) -> str:
    return screen.both("最低", "least") if one.by == "least" else screen.both("計", "total")


def _verdict(screen: Screen, line: LineAnswer) -> str:
    return shown.DASH if line.verdict is None else screen.say(VERDICTS[line.verdict])
