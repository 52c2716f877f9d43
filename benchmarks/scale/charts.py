"""Charts as SVG, written without a library: lines over a scale of powers of ten, and bars. Words in two languages."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from html import escape

import msgspec

from slm_domain.sla import Words

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 200, 56, 64  # room for the words around the field
_COLOURS = ("#1f5fa8", "#b3541e", "#2f7d4f", "#7a4b9d", "#8a6d00", "#555555")
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4")  # so that lines differ where colours do not
_LINES_ACROSS = 4
_DECADE = 10


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what it is of, and its points (across, up), from left to right."""

    name: Words
    points: Sequence[tuple[int, Decimal]]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart: what is drawn, the units across and up, and the lines; `limit` is drawn through if there is one."""

    title: Words
    across: Words
    up: Words
    lines: Sequence[Line]
    limit: Decimal | None = None


def drawn(chart: Chart) -> str:
    """The chart as an SVG document. Across is a scale of powers of ten, up begins at nought."""
    highest = max(up for line in chart.lines for _, up in line.points)
    top = _round_up(max(highest, chart.limit or Decimal()))
    places = sorted({across for line in chart.lines for across, _ in line.points})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">',
        f'<title>{escape(_both(chart.title))}</title><rect width="100%" height="100%" fill="white"/>',
        _text(_LEFT, 20, chart.title.ja, size=14),
        _text(_LEFT, 38, chart.title.en, colour="#555555"),
    ]
    for step in range(_LINES_ACROSS + 1):
        value = top * step / _LINES_ACROSS
        y = _y(value, top)
        parts.append(f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>')
        parts.append(_text(_LEFT - 8, y + 4, f"{value.normalize():,f}", anchor="end"))
    for place in places:
        x = _x(place, places)
        parts.append(f'<path d="M{x} {_HEIGHT - _BOTTOM}v5" stroke="#555555"/>')
        parts.append(_text(x, _HEIGHT - _BOTTOM + 18, f"{place:,}", anchor="middle"))
    parts.append(_text(_LEFT, _HEIGHT - 22, _both(chart.across)))
    parts.append(_text(_LEFT, _TOP - 4, _both(chart.up), colour="#555555"))
    if chart.limit is not None:
        y = _y(chart.limit, top)
        parts.append(f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#cc0000" stroke-dasharray="4 4"/>')
        parts.append(_text(_WIDTH - _RIGHT + 6, y + 4, f"上限 limit {chart.limit.normalize():,f}", colour="#cc0000"))
    for number, line in enumerate(chart.lines):
        parts += _line(number, line, places, top)
    return "\n".join([*parts, "</svg>\n"])


def _line(number: int, line: Line, places: Sequence[int], top: Decimal) -> list[str]:
    colour, dashes = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    points = [(_x(across, places), _y(up, top)) for across, up in line.points]
    path = "L".join(f"{x} {y}" for x, y in points)
    legend = _TOP + 8 + 34 * number
    begins = _WIDTH - _RIGHT + 14
    return [
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>',
        *(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points),
        f'<path d="M{begins} {legend}h20" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>',
        _text(begins + 26, legend + 1, line.name.ja, colour=colour),
        _text(begins + 26, legend + 15, line.name.en, colour=colour),
    ]


def _x(place: int, places: Sequence[int]) -> int:
    """Where it stands across: by the logarithm, from the least place to the greatest."""
    least, greatest = Decimal(places[0]).log10(), Decimal(places[-1]).log10()
    whole = _WIDTH - _LEFT - _RIGHT - 40
    if least == greatest:
        return _LEFT + 20 + whole // 2
    return _LEFT + 20 + round(whole * (Decimal(place).log10() - least) / (greatest - least))


def _y(value: Decimal, top: Decimal) -> int:
    return _HEIGHT - _BOTTOM - round((_HEIGHT - _TOP - _BOTTOM) * value / top)


def _round_up(value: Decimal) -> Decimal:
    """The next number that divides well: 1, 2, 4 or 8 times a power of ten."""
    power = Decimal(_DECADE) ** int(value.log10().to_integral_value(ROUND_CEILING) - 1)
    return next(power * factor for factor in (1, 2, 4, 8, 10, 20) if power * factor >= value)


def _text(x: int, y: int, words: str, *, anchor: str = "start", size: int = 12, colour: str = "#222222") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{colour}">{escape(words)}</text>'


def _both(words: Words) -> str:
    return f"{words.ja} / {words.en}"
