"""What a late delivery costs, and when it may end the contract."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import msgspec
import pytest

from slm_domain.figures.late_delivery import (
    LateDelivery,
    LateDeliveryTerms,
    NotLateError,
    WrongLateDeliveryError,
    late_delivery,
)

AGREED = datetime(2025, 4, 1, 12, tzinfo=UTC)
TERMS = LateDeliveryTerms(per_days=2, share=Fraction(105, 1000), cap=Fraction(55, 100), terminable_after_days=15)


def late(delay: timedelta, terms: LateDeliveryTerms = TERMS, *, force_majeure: bool = False) -> LateDelivery:
    return late_delivery(
        terms, agreed=AGREED, delivered=AGREED + delay, value=Fraction(200), force_majeure=force_majeure
    )


def test_the_share_grows_in_proportion_to_whole_days() -> None:
    # 5.75 days: 5 whole ones, 5 ÷ 2 x 10.5 % x 200 = 52.5
    assert late(timedelta(days=5, hours=18)).penalty == Fraction("52.5")


def test_a_day_begun_counts_where_the_term_says_so() -> None:
    # 6 days begun: 3 x 10.5 % x 200 = 63
    assert late(timedelta(days=5, hours=18), msgspec.structs.replace(TERMS, counting="started")).penalty == 63
    assert late(timedelta(days=5), msgspec.structs.replace(TERMS, counting="started")).days == 5


def test_the_cap_limits_the_share() -> None:
    # 18 days: 9 x 10.5 % = 94.5 %, capped at 55 %: 110 of 200
    result = late(timedelta(days=18))
    assert [result.share_before_cap, result.penalty] == [Fraction(945, 1000), 110]
    assert late(timedelta(days=18), msgspec.structs.replace(TERMS, cap=None)).penalty == 189


def test_the_buyer_may_end_it_only_after_more_than_the_agreed_days() -> None:
    assert not late(timedelta(days=15, hours=23)).may_terminate
    assert late(timedelta(days=16)).may_terminate
    assert not late(timedelta(days=99), msgspec.structs.replace(TERMS, terminable_after_days=None)).may_terminate


def test_force_majeure_takes_the_penalty_away() -> None:
    result = late(timedelta(days=18), force_majeure=True)
    assert result.penalty == 0
    assert result.may_terminate
    bound = msgspec.structs.replace(TERMS, force_majeure_terminable=False)
    assert not late(timedelta(days=18), bound, force_majeure=True).may_terminate


@pytest.mark.parametrize("delay", [timedelta(), timedelta(days=-1)])
def test_what_is_not_late_is_refused(delay: timedelta) -> None:
    with pytest.raises(NotLateError):
        late(delay)


def test_terms_and_values_without_meaning_are_refused() -> None:
    with pytest.raises(WrongLateDeliveryError, match="by the day"):
        LateDeliveryTerms(per_days=0, share=Fraction(1))
    with pytest.raises(WrongLateDeliveryError, match="negative"):
        LateDeliveryTerms(per_days=1, share=Fraction(-1))
    with pytest.raises(WrongLateDeliveryError, match="no negative value"):
        late_delivery(TERMS, agreed=AGREED, delivered=AGREED + timedelta(days=1), value=Fraction(-1))
