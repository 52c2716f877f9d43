"""A fiscal year month by month."""

from datetime import timedelta

from rich.text import Text

from projections.answers.reports import YearAnswer
from slm_api.cli import shown
from slm_api.cli.listing import Column, Listing
from slm_api.cli.screen import BAD, QUIET, STRONG, WARN, Screen, running
from slm_domain.figures.display import hours_minutes, yen
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import Words


def print_year(screen: Screen, answer: YearAnswer) -> None:
    """The fiscal year, one month a line, with its totals: seconds and yen are added, percentages never (C7)."""
    screen.standpoint(answer.standpoint, answer.title)
    screen.heading(screen.both(f"{answer.label} 月別実績", f"Fiscal year {answer.fiscal_year}, month by month"))
    screen.print(Text(f"{answer.first_day} – {answer.last_day}", style=QUIET))
    if not answer.months:
        told = screen.both("この年度に始まった契約の月はありません。", "No month of it has begun in this year.")
        screen.print(Text(told, style=WARN))
        return
    bonuses = any(month.bonus_share is not None for month in answer.months)
    table = screen.table(
        (screen.both("月", "month"), "left"),
        Column(heading=screen.both("開庁日", "days"), align="right", spare=3),
        Column(heading=screen.both("開庁時間", "hours"), align="right", spare=2),
        (screen.both("停止", "stopped"), "right"),
        (screen.both("稼働率\n(%)", "up\n(%)"), "right"),
        (screen.both("保証値\n未達", "brea-\nches"), "right"),
        (screen.both("目標\n未達", "short-\nfalls"), "right"),
        (screen.both("減額率\n(%)", "share\n(%)"), "right"),
        *([Column(heading=screen.both("加算率\n(%)", "bonus\n(%)"), align="right")] if bonuses else []),
        (screen.both("支払額", "payable"), "right"),
        Column(
            heading=_tax_heading(screen, answer),
            align="right",
            spare=1,
        ),
        (screen.both("訂正\n調整", "adjusted"), "right"),
        (screen.both("請求額", "invoice"), "right"),
    )
    for month in answer.months:
        adjusted = sum(one.yen for one in month.adjustments)
        table.add_row(
            _month(month, answer),
            str(month.opening_days),
            hours_minutes(month.opening_time),
            hours_minutes(month.stopped) if month.stopped else shown.DASH,
            shown.availability(month.availability, screen).removesuffix(" %"),
            _number(month.breaches, BAD),
            _number(month.shortfalls, WARN),
            shown.share(month.share).removesuffix(" %"),
            *([_bonus(month)] if bonuses else []),
            yen(month.payable_yen),
            yen(month.tax_yen),
            f"{adjusted:+,}" if adjusted else shown.DASH,
            Text(yen(month.invoice_yen), style=STRONG),
        )
    if answer.after_term:
        told = f"{_after_term(answer):+,}"
        blank = [""] * (9 + bonuses)  # what a month has between its name and what it is adjusted by
        table.add_row(screen.both("終了後", "after"), *blank, told, Text(told, style=STRONG))
    _total(screen, table, answer, bonuses=bonuses)
    screen.print(table)
    if payment := sum(month.owed_payment_yen for month in answer.months):
        told = screen.both(
            f"停止による受注者の支払い（A5）：計 {yen(payment)} 円", f"paid by the provider (A5): {yen(payment)} yen"
        )
        screen.print(Text(told))
    if any(map(_stays_as_accepted, answer.months)):
        told = screen.both(
            "† 検収した額による請求。その後の訂正で支払額は変わった",
            "† invoiced as accepted; what is payable was corrected since",
        )
        screen.print(Text(told, style=QUIET))
    if answer.after_term:
        months = ", ".join(dict.fromkeys(each.month for each in answer.after_term))
        told = screen.both(
            f"終了後：契約期間の終了後に記録された訂正（{months}）。どの月の請求額にも含まれず、別途精算（C20）。",
            f"after: corrections of {months} recorded after the term; in no month's invoice, settled apart (C20).",
        )
        screen.print(Text(told, style=WARN))
    if any(month.provisional for month in answer.months):
        screen.print(Text(screen.both("* 暫定（閉庁日が未確定）", "* provisional"), style=QUIET))
    if answer.running is not None:
        screen.print(Text(f"‡ {screen.say(running(answer.standpoint))}", style=WARN))
    screen.print(
        Text(
            screen.both(
                f"時間は時:分、金額は円（{_taxed(answer).ja}）。訂正調整は検収後の訂正による増減で、訂正した月に請求。",
                f"Times are h:mm, yen {_taxed(answer).en}. "
                "Adjusted: by corrections made in that month of accepted ones.",
            ),
            style=QUIET,
        )
    )


def _tax_heading(screen: Screen, answer: YearAnswer) -> str:
    if answer.includes_tax is None:
        return screen.both("消費税", "tax")
    return screen.both("うち\n消費税", "tax") if answer.includes_tax else screen.both("別に\n消費税", "+ tax")


def _taxed(answer: YearAnswer) -> Words:
    """Whether the yen have the tax inside. Those that have are not added to those that have not (A6)."""
    if answer.includes_tax is None:
        return Words(
            ja="§の月は税抜き、他は税込みのため合計しない",
            en="exclude tax in months with §, include it in the others, and are not added up",
        )
    return Words(ja="税込み", en="include tax") if answer.includes_tax else Words(ja="税抜き", en="exclude tax")


def _bonus(month: MonthFigures) -> str:
    return shown.DASH if month.bonus_share is None else shown.share(month.bonus_share).removesuffix(" %")


def _total(screen: Screen, table: Listing, answer: YearAnswer, *, bonuses: bool) -> None:
    months = answer.months
    after_term = _after_term(answer)
    opening = sum((month.opening_time for month in months), start=timedelta())
    stopped = sum((month.stopped for month in months), start=timedelta())
    adjusted = sum(one.yen for month in months for one in month.adjustments) + after_term
    table.add_section()
    table.add_row(
        screen.both("計", "total"),
        str(sum(month.opening_days for month in months)),
        hours_minutes(opening),
        hours_minutes(stopped),
        "",
        str(sum(month.breaches for month in months)),
        str(sum(month.shortfalls for month in months)),
        "",
        *([""] if bonuses else []),
        *(
            [shown.DASH] * 4
            if answer.includes_tax is None
            else [
                yen(sum(month.payable_yen for month in months)),
                yen(sum(month.tax_yen for month in months)),
                f"{adjusted:+,}" if adjusted else shown.DASH,
                yen(sum(month.invoice_yen for month in months) + after_term),
            ]
        ),
        style=STRONG,
    )


def _month(month: MonthFigures, answer: YearAnswer) -> str:
    marks = {
        "*": month.provisional,
        "‡": month.month == answer.running,
        "†": _stays_as_accepted(month),
        "§": answer.includes_tax is None and month.month in answer.tax_added,
    }
    return month.month + "".join(mark for mark, holds in marks.items() if holds)


def _stays_as_accepted(month: MonthFigures) -> bool:
    """Whether its invoice holds what was accepted, and a correction changed what is payable since (C20)."""
    return month.issued_payable_yen not in {None, month.payable_yen}


def _after_term(answer: YearAnswer) -> int:
    return sum(each.yen for each in answer.after_term)


def _number(count: int, style: str) -> Text:
    return Text(str(count), style=style) if count else Text(shown.DASH, style=QUIET)
