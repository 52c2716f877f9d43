"""The 1,741 municipalities and the joint contracts of the 47 prefectures, and samples of them that are like the whole.

How many municipalities a prefecture has is real (2025, with the special wards of Tokyo); which of them is large, and
everything that is agreed or happens there, is made up. So they have numbers for names.
"""

from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec

from slm_domain.sla import Words

T = TypeVar("T")
Size = Literal["metropolis", "city", "town", "village"]
SIZES: tuple[Size, ...] = ("metropolis", "city", "town", "village")
PROVIDERS = 7
YEAR = 2025  # the fiscal year that is recorded: April 2025 to March 2026

# Prefectures in the order of their codes (JIS X 0401), with their municipalities.
_PREFECTURES: tuple[tuple[str, str, int], ...] = (
    ("北海道", "Hokkaido", 179),
    ("青森県", "Aomori", 40),
    ("岩手県", "Iwate", 33),
    ("宮城県", "Miyagi", 35),
    ("秋田県", "Akita", 25),
    ("山形県", "Yamagata", 35),
    ("福島県", "Fukushima", 59),
    ("茨城県", "Ibaraki", 44),
    ("栃木県", "Tochigi", 25),
    ("群馬県", "Gunma", 35),
    ("埼玉県", "Saitama", 63),
    ("千葉県", "Chiba", 54),
    ("東京都", "Tokyo", 62),
    ("神奈川県", "Kanagawa", 33),
    ("新潟県", "Niigata", 30),
    ("富山県", "Toyama", 15),
    ("石川県", "Ishikawa", 19),
    ("福井県", "Fukui", 17),
    ("山梨県", "Yamanashi", 27),
    ("長野県", "Nagano", 77),
    ("岐阜県", "Gifu", 42),
    ("静岡県", "Shizuoka", 35),
    ("愛知県", "Aichi", 54),
    ("三重県", "Mie", 29),
    ("滋賀県", "Shiga", 19),
    ("京都府", "Kyoto", 26),
    ("大阪府", "Osaka", 43),
    ("兵庫県", "Hyogo", 41),
    ("奈良県", "Nara", 39),
    ("和歌山県", "Wakayama", 30),
    ("鳥取県", "Tottori", 19),
    ("島根県", "Shimane", 19),
    ("岡山県", "Okayama", 27),
    ("広島県", "Hiroshima", 23),
    ("山口県", "Yamaguchi", 19),
    ("徳島県", "Tokushima", 24),
    ("香川県", "Kagawa", 17),
    ("愛媛県", "Ehime", 20),
    ("高知県", "Kochi", 34),
    ("福岡県", "Fukuoka", 60),
    ("佐賀県", "Saga", 20),
    ("長崎県", "Nagasaki", 21),
    ("熊本県", "Kumamoto", 45),
    ("大分県", "Oita", 18),
    ("宮崎県", "Miyazaki", 26),
    ("鹿児島県", "Kagoshima", 43),
    ("沖縄県", "Okinawa", 41),
)
PREFECTURES = len(_PREFECTURES)
MUNICIPALITIES = sum(count for _, _, count in _PREFECTURES)
_LARGE_OF_100, _CITIES_OF_100, _VILLAGES_OF_100 = 6, 41, 11  # the rest are towns


class Municipality(msgspec.Struct, frozen=True, kw_only=True):
    """A municipality. `number` is its place in its prefecture, from 1; `provider` that of its provider, from 0."""

    code: str
    name: Words
    prefecture: int
    number: int
    size: Size
    provider: int


class Contracted(msgspec.Struct, frozen=True, kw_only=True):
    """Who contracts: one municipality, or, jointly, some of a prefecture with the first of them acting for all."""

    code: str
    members: tuple[Municipality, ...]

    @property
    def joint(self) -> bool:
        """Whether several municipalities share the contract."""
        return len(self.members) > 1

    @property
    def lead(self) -> Municipality:
        """Who acts for all."""
        return self.members[0]


def municipalities() -> list[Municipality]:
    """All of them, prefecture by prefecture."""
    return [_municipality(prefecture, number) for prefecture in range(PREFECTURES) for number in _numbers(prefecture)]


def contracted(count: int) -> list[Contracted]:
    """So many municipalities' contracts and the joint ones that go with them, the sizes and kinds as in the whole.

    The municipalities stand in order of size and every n-th is taken, so that a sample of a hundredth has a hundredth
    of each; as many joint contracts are added as the share asks for, one at least.
    """
    if not 1 <= count <= MUNICIPALITIES:
        raise ValueError(f"there are {MUNICIPALITIES} municipalities, so 1 to {MUNICIPALITIES} can be asked for")
    ordered = sorted(municipalities(), key=lambda one: (SIZES.index(one.size), one.number, one.prefecture))
    single = [Contracted(code=f"{one.code}-{YEAR}", members=(one,)) for one in _spread(ordered, count)]
    share = max(1, round(count * PREFECTURES / MUNICIPALITIES))
    return single + [_joint(prefecture) for prefecture in _spread(range(PREFECTURES), share)]


def _spread(whole: Sequence[T], count: int) -> list[T]:
    return [whole[(2 * place + 1) * len(whole) // (2 * count)] for place in range(count)]


def _joint(prefecture: int) -> Contracted:
    """The joint contract of a prefecture: two to five of its smaller municipalities."""
    small = [number for number in _numbers(prefecture) if _size(prefecture, number) in {"town", "village"}]
    members = tuple(_municipality(prefecture, number) for number in small[: 2 + prefecture % 4])
    return Contracted(code=f"joint-{prefecture + 1:02}-{YEAR}", members=members)


def _municipality(prefecture: int, number: int) -> Municipality:
    ja, en, _ = _PREFECTURES[prefecture]
    return Municipality(
        code=f"m-{prefecture + 1:02}-{number:03}",
        name=Words(ja=f"{ja}第{number}団体(仮)", en=f"Municipality {number} of {en} (made up)"),
        prefecture=prefecture,
        number=number,
        size=_size(prefecture, number),
        provider=(prefecture * 3 + number * 5) % PROVIDERS,
    )


def _numbers(prefecture: int) -> range:
    return range(1, _PREFECTURES[prefecture][2] + 1)


def _size(prefecture: int, number: int) -> Size:
    """By its number in the prefecture: the first are the large ones."""
    count = _PREFECTURES[prefecture][2]
    large = max(1, (count * _LARGE_OF_100 + 50) // 100)
    cities = large + (count * _CITIES_OF_100 + 50) // 100
    towns = count - (count * _VILLAGES_OF_100 + 50) // 100
    if number <= large:
        return "metropolis"
    if number <= cities:
        return "city"
    return "town" if number <= towns else "village"
