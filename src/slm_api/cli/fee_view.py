"""What a month costs: deductions with their working, the fee, tax, adjustments and invoice (S8, C16, C20)."""

from rich.text import Text

from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen
from slm_domain.figures.display import yen
from slm_domain.month_figures import DeductionFigure, MonthFigures


def print_deductions(screen: Screen, answer: ReportAnswer) -> None:
    """Each deduction with its clause and its working; nothing where there is none."""
    deductions = answer.figures.deductions
    if not deductions:
        return
    screen.heading(screen.both("減額", "Deductions"))
    names = {level.key: screen.say(level.name) for level in answer.levels}
    for one in deductions:
        line = Text.assemble((names.get(one.level, one.level), STRONG), "  ", _share(screen, one), f"  {one.subject}")
        line.append(f"  {one.clause}", style=QUIET)
        screen.indented(line)
        for step in one.working:
            screen.indented(Text(shown.working(step, screen), style=QUIET), by=4)


def print_fee(screen: Screen, month: MonthFigures) -> None:
    """How the payable fee and its tax come about, what earlier months' corrections add, and the invoice."""
    screen.heading(screen.both("支払額", "Fee"))
    steps = [shown.working(step, screen) for step in month.fee_working if step.operands]
    adjustments = [
        screen.both(
            f"{one.month} の訂正による調整 {one.yen:+,} 円（位置 {one.position}）",
            f"adjustment for the correction of {one.month}: {one.yen:+,} yen (position {one.position})",
        )
        for one in month.adjustments
    ]
    for line in (*steps, *adjustments):
        screen.indented(Text(line, style=QUIET))
    invoice = screen.both(
        f"請求額 {yen(month.invoice_yen)} 円（うち消費税 {yen(month.invoice_tax_yen)} 円）",
        f"invoice {yen(month.invoice_yen)} yen, of which tax {yen(month.invoice_tax_yen)} yen",
    )
    screen.indented(Text(invoice, style=STRONG))
    if month.issued_payable_yen is not None and month.issued_payable_yen != month.payable_yen:
        accepted = screen.both(
            f"検収時の支払額は {yen(month.issued_payable_yen)} 円、その後の訂正により {yen(month.payable_yen)} 円",
            f"accepted at {yen(month.issued_payable_yen)} yen; corrected since to {yen(month.payable_yen)} yen",
        )
        screen.indented(Text(accepted, style=WARN))


def _share(screen: Screen, one: DeductionFigure) -> Text:
    if one.excused:
        return Text(screen.both("免除（期限前に連絡）", "excused: told in time"), style=GOOD)
    return Text(shown.share(one.share), style=BAD)
