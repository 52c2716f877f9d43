"""What several rules say alike: what is missing, means nothing here, or is not defined."""

from collections.abc import Iterable
from difflib import get_close_matches

from slm_api.documents.finding import quoted
from slm_domain.sla import Words


def wanting(field: str, *, ja: str, en: str) -> tuple[Words, Words]:
    """A field is missing; `ja` and `en` name what needs it."""
    return (
        Words(ja=f"{ja}には {field} が要ります", en=f"“{field}” is missing: {en} needs it"),
        Words(ja=f"{field} を書いてください", en=f"Write “{field}”"),
    )


def needless(field: str, *, ja: str = "この項目", en: str = "this measure") -> tuple[Words, Words]:
    """A field means nothing here; `ja` and `en` name where."""
    return (
        Words(ja=f"{ja}で {field} は意味を持ちません", en=f"“{field}” means nothing for {en}"),
        Words(ja=f"{field} を消してください", en=f"Leave “{field}” out"),
    )


def undefined(name: str, defined: Iterable[str], where: str, ja: str) -> tuple[Words, Words]:
    """A name is not among those defined in a part of the document; `ja` says what it should name."""
    defined = sorted(defined)
    near = get_close_matches(name, defined, n=1)
    if near:
        mend = Words(ja=f"「{near[0]}」ではありませんか", en=f"Did you mean “{near[0]}”?")
    else:
        listed = ", ".join(defined) or "-"
        mend = Words(
            ja=f"{where} に定義するか、次から選んでください:{listed}",
            en=f"Define it in {where}, or name one of: {listed}",
        )
    return Words(
        ja=f"{ja}「{quoted(name)}」は定義されていません", en=f"“{quoted(name)}” is not defined in {where}"
    ), mend


def twice(name: str) -> tuple[Words, Words]:
    """A name, a day or a number is used a second time."""
    return (
        Words(ja=f"「{quoted(name)}」は既に使われています", en=f"“{quoted(name)}” is already used"),
        Words(ja="別の名前にしてください", en="Give it another name"),
    )
