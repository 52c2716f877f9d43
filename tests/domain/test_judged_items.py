"""An item that is done keeps its verdict, which is the one that each later instant comes to by itself."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slm_domain.figures.judgement import judge_timed
from slm_domain.items import Item, judge

BEGUN = datetime(2025, 4, 10, tzinfo=UTC)
hours = st.integers(1, 9).map(lambda number: BEGUN + timedelta(hours=number))


@given(
    end=st.none() | hours,
    guaranteed=st.none() | hours,
    target=st.none() | hours,
    strict=st.booleans(),
    asked=st.lists(hours, min_size=2, max_size=4),
)
def test_an_item_is_judged_the_same_in_whatever_order_it_is_asked_for(
    end: datetime | None,
    guaranteed: datetime | None,
    target: datetime | None,
    strict: bool,
    asked: list[datetime],
) -> None:
    item = Item(
        level="level",
        subject="subject",
        month="2025-04",
        day=date(2025, 4, 10),
        start=BEGUN,
        end=end,
        guaranteed_due=guaranteed,
        target_due=target,
        met=None,
        succeeded=True,
        excused=False,
        effective_from=date(2025, 4, 1),
        positions=(1,),
        guaranteed_strict=strict,
        target_strict=strict,
    )
    for until in asked:
        assert judge(item, until) == judge_timed(
            end,
            guaranteed_due=guaranteed,
            target_due=target,
            until=until,
            guaranteed_strict=strict,
            target_strict=strict,
        )
