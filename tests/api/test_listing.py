"""Tables for people: figures stay whole on every width; what can be spared makes room."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from slm_api.cli.listing import Column, Listing

FIGURES = ("2025-04-10 16:30", "1,000,000", "inc-2025-001")


def printed(width: int) -> list[str]:
    listing = Listing(
        (
            Column(heading="開始"),
            Column(heading="支払額", align="right"),
            Column(heading="障害"),
            Column(heading="理由", align="text"),
            Column(heading="記録", spare=1),
            Column(heading="期限", spare=2),
        )
    )
    reason = "監視ログを精査したところ接続が回復していなかったため訂正する"
    listing.add_row(*FIGURES, reason, "314, 316, 323", "2025-04-11 24:00")
    output = io.StringIO()
    Console(file=output, width=width, highlight=False).print(listing)
    return output.getvalue().splitlines()


@pytest.mark.parametrize("width", [66, 80, 100, 120, 160])
def test_no_figure_is_broken_and_no_line_is_wider_than_the_screen(width: int) -> None:
    lines = printed(width)
    assert all(cell_len(line) <= width for line in lines)
    assert any(all(figure in line for figure in FIGURES) for line in lines)


def test_what_can_be_spared_most_goes_first() -> None:
    wide, middle, narrow = ("".join(printed(width)) for width in (160, 90, 66))
    assert "記録" in wide
    assert "期限" in wide
    assert "記録" in middle
    assert "期限" not in middle
    assert "記録" not in narrow


def test_every_character_of_a_text_is_printed() -> None:
    text = "".join(printed(66))
    for character in "監視ログ精査接続回復訂正":
        assert character in text
