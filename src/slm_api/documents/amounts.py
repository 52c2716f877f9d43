"""Amounts as people write them, and exact ones only: decimals, percentages, bounds and dates.

Nothing here passes through a binary float. A float that reaches these types was made by a reader that is not ours; it
is refused, because its digits may no longer be those that were written.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from slm_api.documents.finding import quoted, refused
from slm_domain.plausible import (
    DECIMAL_PLACES,
    FIRST_YEAR,
    LAST_YEAR,
    MOST,
    MOST_DAYS,
    MOST_MINUTES,
    MOST_MONTHS,
    YEARS_PATTERN,
    in_reach,
)

MAX_WHOLE_DIGITS = 12
MAX_DECIMAL_PLACES = DECIMAL_PLACES

_NUMBER = re.compile(rf"-?[0-9]{{1,{MAX_WHOLE_DIGITS}}}(\.[0-9]{{1,{MAX_DECIMAL_PLACES}}})?")
_PERCENT = re.compile(r"(?P<number>\S+?)\s*[%％]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def exact(value: object) -> Decimal:
    """The decimal that was written, from an integer, a decimal or its text; at most 12 digits and 6 decimal places."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        value = Decimal(value)
        if value.is_finite() and _last_place(value) >= -MAX_DECIMAL_PLACES and value.adjusted() < MAX_WHOLE_DIGITS:
            return value.normalize() + 0  # + 0 makes of a negative zero a zero
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value).normalize() + 0
    raise refused(
        "not_a_decimal",
        ja="正確な十進数ではありません",
        en="This is not an exact decimal number",
        mend_ja=f"99.5 のように書いてください(整数部{MAX_WHOLE_DIGITS}桁、小数部{MAX_DECIMAL_PLACES}桁まで)",
        mend_en=f"Write it like 99.5, with at most {MAX_WHOLE_DIGITS} digits and {MAX_DECIMAL_PLACES} decimal places",
    )


def plain(value: Decimal) -> str:
    """The decimal in its one canonical spelling: no exponent, no needless zeros ("99.5", "5", "0")."""
    return format(value.normalize() + 0, "f")


def percentage(value: object) -> object:
    """`5`, `99.5`, `"99.5 %"` or `"99.5％"` as its number."""
    match = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return exact(match["number"] if match else value)


def is_date(value: object) -> bool:
    """Whether this is a date written `2025-04-01`. Nothing else is one: no times, no seconds since 1970."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:  # the 30th of February
        return False
    return True


def calendar_date(value: object) -> date:
    """The date that was written, of the years that a record can speak of."""
    if is_date(value):
        day = date.fromisoformat(str(value))
        if in_reach(day.year):
            return day
        raise refused(
            "beyond_the_record",
            ja=f"{quoted(value)} は、記録できる年({FIRST_YEAR}~{LAST_YEAR}年)の外です",
            en=f"{quoted(value)} lies outside the years that a record can speak of, {FIRST_YEAR} to {LAST_YEAR}",
            mend_ja=f"{FIRST_YEAR} 年から {LAST_YEAR} 年までの実際の日付を書いてください。終わりの定めがないものは、"
            f"遅くとも {LAST_YEAR}-12-31 までとし、後の合意で延ばします",
            mend_en=f"Write the day that is meant, of the years {FIRST_YEAR} to {LAST_YEAR}; what has no end yet ends "
            f"on {LAST_YEAR}-12-31 at the latest, and a later agreement lets it go on",
        )
    raise refused(
        "not_a_date",
        ja="日付として読めません",
        en="This is not a date",
        mend_ja="実在する日付を 2025-04-01 の形で書いてください",
        mend_en="Write a day that exists, like 2025-04-01",
    )


_PLAIN_NUMBER_SCHEMA = {"type": "string", "pattern": f"^{_NUMBER.pattern}$"}

Exact = Annotated[
    Decimal,
    BeforeValidator(exact),
    WithJsonSchema({"anyOf": [{"type": "number"}, _PLAIN_NUMBER_SCHEMA]}),
]
Percent = Annotated[
    Decimal,
    Field(ge=0, le=100),
    BeforeValidator(percentage),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 100},
                {"type": "string", "pattern": r"^(100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?)(\s*[%％])?$"},
            ]
        }
    ),
]
Day = Annotated[
    date,
    BeforeValidator(calendar_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": YEARS_PATTERN}),
]
Flag = Annotated[bool, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Positive = Annotated[int, Field(strict=True, ge=1, le=MOST)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=MOST_MINUTES)]
PositiveMinutes = Annotated[int, Field(strict=True, ge=1, le=MOST_MINUTES)]
Days = Annotated[int, Field(strict=True, ge=0, le=MOST_DAYS)]
PositiveDays = Annotated[int, Field(strict=True, ge=1, le=MOST_DAYS)]
DaysOfAYear = Annotated[int, Field(strict=True, ge=1, le=366)]  # for what has to be done within the year
PositiveMonths = Annotated[int, Field(strict=True, ge=1, le=MOST_MONTHS)]


def _last_place(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else -MAX_DECIMAL_PLACES - 1
