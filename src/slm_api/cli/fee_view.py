"""What a month costs: deductions with their working, the fee, tax, adjustments and invoice (S8, C16, C20)."""

from rich.text import Text

from projections.answers.reports import ReportAnswer
from slm_api.cli import shown
from slm_api.cli.screen import BAD, GOOD, QUIET, STRONG, WARN, Screen
from slm_api.wording import CAPS, EXCUSES
from slm_domain.figures.display import yen
from slm_domain.month_figures import AdjustmentFigure, DeductionFigure, MonthFigures, excuse_of


def print_deductions(screen: Screen, answer: ReportAnswer) -> None:
    """Each deduction and bonus with its clause and its working, and what each cap spared; nothing where none is."""
    month = answer.figures
    names = {level.key: screen.say(level.name) for level in answer.levels}
    rules = {rule.code: screen.say(rule.name) for rule in (*answer.rules, *answer.bonuses)}
    for heading, lines in (
        (screen.both("減額", "Deductions"), month.deductions),
        (screen.both("加算", "Bonuses"), month.bonuses),
    ):
        if lines:
            screen.heading(heading)
        for one in lines:
            name = names.get(one.level, one.level)
            share = _share(screen, one) if lines is month.deductions else Text(shown.share(one.share), style=GOOD)
            line = Text.assemble((name, STRONG), "  ", share, f"  {one.subject}")
            line.append(f"  {one.clause}", style=QUIET)
            screen.indented(line)
            for step in one.working:
                screen.indented(Text(shown.working(step, screen), style=QUIET), by=4)
    for cap in month.caps:
        whose = rules.get(cap.rule, cap.rule)
        name = screen.say(CAPS[cap.kind]) + (
            screen.both("（停止による支払い）", ", of what is paid") if cap.paid else ""
        )
        before, after, spared = (shown.share(each) for each in (cap.before, cap.after, cap.spared))
        told = screen.both(
            f"{name}{f'（{whose}）' if whose else ''}：{before} → {after}（{spared} を切り捨て）",
            f"{name}{f' ({whose})' if whose else ''}: {before} → {after} ({spared} cut off)",
        )
        screen.indented(Text(told, style=WARN))


def print_fee(screen: Screen, answer: ReportAnswer) -> None:
    """How the payable fee and its tax come about, what earlier months' corrections add, and the invoice.

    Then what the provider pays besides (A5), and what is agreed of other damages (G10 art. 23).
    """
    month = answer.figures
    screen.heading(screen.both("支払額", "Fee"))
    steps = [shown.working(step, screen) for step in month.fee_working if step.operands]
    adjustments = [line for one in month.adjustments for line in _adjustment(screen, one)]
    steps_of_invoice = [shown.working(step, screen) for step in month.invoice_working]
    for line in (*steps, *adjustments, *steps_of_invoice):
        screen.indented(Text(line, style=QUIET))
    screen.indented(Text(_invoice(screen, answer), style=STRONG))
    if month.issued_payable_yen is not None and month.issued_payable_yen != month.payable_yen:
        accepted = screen.both(
            f"検収時の支払額は {yen(month.issued_payable_yen)} 円、その後の訂正により {yen(month.payable_yen)} 円",
            f"accepted at {yen(month.issued_payable_yen)} yen; corrected since to {yen(month.payable_yen)} yen",
        )
        screen.indented(Text(accepted, style=WARN))
    _print_payment(screen, month)
    _print_damages(screen, answer)


def _print_payment(screen: Screen, month: MonthFigures) -> None:
    stays = month.issued_payment_yen not in {None, month.payment_yen}
    if not month.payment_working and not stays:
        return
    screen.heading(screen.both("受注者の支払い（A5）", "Payment by the provider (A5)"))
    for step in month.payment_working:
        screen.indented(Text(shown.working(step, screen), style=QUIET))
    payment = yen(month.owed_payment_yen)
    if stays:
        told = screen.both(
            f"検収時の額 {payment} 円のまま。その後の訂正によれば {yen(month.payment_yen)} 円（C20）",
            f"stays at {payment} yen as accepted; by corrections since it would be {yen(month.payment_yen)} yen (C20)",
        )
        screen.indented(Text(told, style=WARN))
    told = screen.both(f"停止による支払い {payment} 円", f"to be paid for stops: {payment} yen")
    screen.indented(Text(told, style=STRONG))


def _print_damages(screen: Screen, answer: ReportAnswer) -> None:
    """What of other damages the contract says: a penalty in money settles them or not, and their limit."""
    month = answer.figures
    if not month.deductions and month.damages_cap_yen is None:
        return
    settles = (
        screen.both(
            "金銭による減額・支払いは、その未達についての損害賠償額の予定です（G10 第23条）。",
            "What is deducted or paid settles the damage of that miss: liquidated damages (G10 art. 23).",
        )
        if answer.terms.liquidated_damages == "yes"
        else screen.both(
            "減額・支払いのほかに損害賠償を求めることができます（G10 第23条）。",
            "Damages may be claimed besides what is deducted or paid (G10 art. 23).",
        )
    )
    screen.indented(Text(settles, style=QUIET))
    if month.damages_cap_yen is None:
        return
    limit, months = yen(month.damages_cap_yen), answer.terms.damages_cap_months
    told = screen.both(
        f"その他の損害の上限は、原因が生じた月の月額の {months} か月分、{limit} 円です。"
        "故意・重過失を除きます。逸失利益・特別損害は賠償の対象になりません（G10 第23条）。",
        f"Other damages: at most {limit} yen, {months} times the fee of the month of the cause, save intent or gross "
        "negligence; never lost profits or special damages (G10 art. 23).",
    )
    screen.indented(Text(told, style=QUIET))


def _share(screen: Screen, one: DeductionFigure) -> Text:
    if one.excused:
        return Text(f"{screen.say(EXCUSES[excuse_of(one)])} {shown.share(one.share)}", style=GOOD)
    if one.remedy == "payment":
        return Text(f"{shown.share(one.share)}{screen.both('（支払い）', ' (paid)')}", style=BAD)
    return Text(shown.share(one.share), style=BAD)


def _adjustment(screen: Screen, one: AdjustmentFigure) -> list[str]:
    """What a correction adds; and where its month is taxed by other terms, its own tax and how both come about."""
    ja, en = "", ""
    if one.tax_yen is not None:
        ja = f"、{one.month} の条件による消費税 {one.tax_yen:+,} 円"
        en = f", its tax by the terms of {one.month} {one.tax_yen:+,} yen"
    told = screen.both(
        f"{one.month} の訂正による調整 {one.yen:+,} 円{ja}（位置 {one.position}）",
        f"adjustment for the correction of {one.month}: {one.yen:+,} yen{en} (position {one.position})",
    )
    return [told, *(shown.working(step, screen) for step in one.working)]


def _invoice(screen: Screen, answer: ReportAnswer) -> str:
    amount, tax = yen(answer.figures.invoice_yen), yen(answer.figures.invoice_tax_yen)
    if answer.fee.includes_tax:
        return screen.both(
            f"請求額 {amount} 円（うち消費税 {tax} 円）", f"invoice {amount} yen, of which tax {tax} yen"
        )
    return screen.both(f"請求額 {amount} 円（別に消費税 {tax} 円）", f"invoice {amount} yen, and tax {tax} yen")
