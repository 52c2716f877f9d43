"""Issued reports computed again: which come out as they were issued, and of which figures others do not (C18)."""

from rich.text import Text

from projections.answers.verification import VerificationAnswer, VerifiedAnswer
from slm_api.cli import shown
from slm_api.cli.listing import Column
from slm_api.cli.screen import BAD, GOOD, WARN, Screen, moment
from slm_domain.figures.display import hours_minutes, yen
from slm_domain.rules import RULES_VERSION
from slm_domain.sla import Words

_FIGURES = {  # as the report names them
    "opening_days": Words(ja="開庁日数", en="opening days"),
    "opening_time": Words(ja="開庁時間", en="opening time"),
    "provisional": Words(ja="閉庁日の確定", en="closed days fixed"),
    "stops": Words(ja="停止", en="stops"),
    "stopped": Words(ja="停止（算入）", en="stopped (counted)"),
    "availability": Words(ja="稼働率", en="availability"),
    "levels": Words(ja="ＳＬＡチェックシート", en="SLA check sheet"),
    "breaches": Words(ja="保証値の未達", en="breaches"),
    "shortfalls": Words(ja="目標値の未達", en="shortfalls"),
    "deductions": Words(ja="減額", en="deductions"),
    "share_before_cap": Words(ja="減額率の合計", en="sum of shares"),
    "share": Words(ja="適用する減額率", en="share deducted"),
    "fee_yen": Words(ja="月額", en="monthly fee"),
    "payable_yen": Words(ja="支払額", en="payable"),
    "tax_yen": Words(ja="消費税", en="tax"),
    "fee_working": Words(ja="支払額の計算", en="working of the payable"),
    "issued_payable_yen": Words(ja="検収した支払額", en="payable as accepted"),
    "adjustments": Words(ja="訂正による調整", en="adjustments"),
    "invoice_yen": Words(ja="請求額", en="invoice"),
    "invoice_tax_yen": Words(ja="請求の消費税", en="tax of the invoice"),
    "organisations": Words(ja="団体別の稼働率", en="availability of each municipality"),
    "bonuses": Words(ja="加算", en="bonuses"),
    "bonus_share": Words(ja="加算率", en="share added"),
    "payment_yen": Words(ja="受注者の支払い", en="payment by the provider"),
    "payment_working": Words(ja="受注者の支払いの計算", en="working of the payment"),
    "caps": Words(ja="上限", en="caps"),
    "payment_share": Words(ja="支払いの割合", en="share paid"),
    "invoice_working": Words(ja="請求額の計算", en="working of the invoice"),
    "damages_cap_yen": Words(ja="その他の損害賠償の上限", en="cap of other damages"),
    "issued_payment_yen": Words(ja="検収した受注者の支払い", en="payment as accepted"),
}


def print_verified(screen: Screen, answer: VerificationAnswer) -> None:
    """Each issued report computed again, and what comes out otherwise."""
    reports = answer.reports
    screen.heading(screen.both("提出済み報告書の再計算", "Issued reports, computed again"))
    screen.stopped(answer.stopped)
    if not reports:
        screen.print(Text(screen.both("提出された報告書はありません。", "No report has been issued."), style=WARN))
        return
    table = screen.table(
        (screen.both("契約", "contract"), "left"),
        (screen.both("月", "month"), "left"),
        (screen.both("提出\n（位置）", "issued\n(position)"), "right"),
        (screen.both("算定に使う\n記録（位置）", "computed of\n(position)"), "right"),
        (screen.both("算定時点", "judged until"), "left"),
        Column(heading=screen.both("規則の版", "rules"), spare=1),
        (screen.both("結果", "result"), "text"),
    )
    for one in reports:
        table.add_row(
            one.contract,
            one.month,
            str(one.position),
            str(one.of_position),
            moment(one.until),
            one.rules_version,
            _result(screen, one),
        )
    screen.print(table)
    _print_sum(screen, reports)


def _result(screen: Screen, one: VerifiedAnswer) -> Text:
    if not one.differences:
        return Text(screen.both("一致", "equal"), style=GOOD)
    lines = _differing(screen, one)
    if not _by_earlier_rules(one):
        return Text("\n".join(lines), style=BAD)
    before = screen.both(
        f"規則 {one.rules_version} で提出、規則 {RULES_VERSION} では",
        f"issued under rules {one.rules_version}, by rules {RULES_VERSION}:",
    )
    return Text("\n".join([before, *lines]), style=WARN)


def _differing(screen: Screen, one: VerifiedAnswer) -> list[str]:
    """A line for each figure of the report that differs: both values where it is one, else in how many places."""
    places: dict[str, int] = {}
    values: dict[str, tuple[str, str]] = {}
    for each in one.differences:
        name = each.path.partition(".")[0].partition("[")[0]
        places[name] = places.get(name, 0) + 1
        if each.path == name:
            values[name] = each.issued, each.recomputed
    return [_line(screen, name, number, values.get(name)) for name, number in places.items()]


def _line(screen: Screen, name: str, number: int, values: tuple[str, str] | None) -> str:
    told = screen.say(_FIGURES[name]) if name in _FIGURES else name
    known = None if values is None else [_value(name, each) for each in values]
    if known is not None and None not in known:
        return f"{told} {known[0]} → {known[1]}"
    return told if number == 1 else screen.both(f"{told}（{number} か所）", f"{told} ({number} places)")


def _value(name: str, text: str) -> str | None:
    """A value that is told in a word; None for a list or a ratio."""
    if text == "None":
        return shown.DASH
    if name.endswith("_yen"):
        return yen(int(text))
    if name in {"stopped", "opening_time"}:
        return hours_minutes(shown.duration(text))
    return text if text.isdecimal() else None


def _by_earlier_rules(one: VerifiedAnswer) -> bool:
    return one.rules_version != RULES_VERSION


def _print_sum(screen: Screen, reports: tuple[VerifiedAnswer, ...]) -> None:
    differing = [one for one in reports if one.differences]
    earlier = sum(map(_by_earlier_rules, differing))
    wrong = len(differing) - earlier
    if wrong:
        told = screen.both(
            f"{len(reports)} 件中 {wrong} 件が、提出された数値と一致しません。",
            f"{wrong} of {len(reports)} do not come out as issued.",
        )
        screen.print(Text(told, style=BAD))
    if earlier:
        told = screen.both(
            f"{len(reports)} 件中 {earlier} 件は以前の規則による提出で、規則 {RULES_VERSION} では異なる数値になります"
            "（提出された数値はそのままです。詳しくは --json）。",
            f"{earlier} of {len(reports)} were issued under earlier rules and come out otherwise by rules "
            f"{RULES_VERSION} (what was issued stays; --json has every value).",
        )
        screen.print(Text(told, style=WARN))
    if not differing:
        told = screen.both(
            f"{len(reports)} 件すべて、記録から計算し直した数値が提出された数値と一致しました。",
            f"All {len(reports)} come out as issued when computed again from the record.",
        )
        screen.print(Text(told, style=GOOD))
