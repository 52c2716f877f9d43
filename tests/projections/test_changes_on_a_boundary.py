"""What is agreed from a day on leaves every month before that day as it was (C12)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from slm_domain.commands import contract, service_level
from slm_domain.commands.envelope import By
from slm_domain.contract import SlaProposed
from slm_domain.figures.periods import Month
from slm_domain.month_figures import MonthFigures
from slm_domain.sla import Bound
from tests.projections.contract_histories import CODE, DAY, TOKYO, Desks
from tests.projections.drawn_histories import lived

MUNICIPALITY: dict[str, Any] = {"contract": CODE, "by": By(person="m1", side="municipality")}
PROVIDER: dict[str, Any] = {"contract": CODE, "by": By(person="p1", side="provider")}
JUDGED_AT = datetime(2026, 4, 1, tzinfo=TOKYO)  # after every entry, so that only the change can make a difference
MONTHS = tuple(Month(2025, 4).plus(number) for number in range(12))

years = st.builds(lived, st.integers(0, 2**32), st.integers(5, 60))
boundaries = st.integers(1, 11).map(lambda number: Month(2025, 4).plus(number))
a_few = settings(max_examples=4, deadline=None)


def figures(desks: Desks, months: tuple[Month, ...]) -> list[MonthFigures]:
    return [desks.figures(str(month), JUDGED_AT) for month in months]


@a_few
@given(desks=years, boundary=boundaries, fee=st.integers(1, 10**7))
def test_another_sla_changes_no_month_before_it_takes_effect(desks: Desks, boundary: Month, fee: int) -> None:
    before = tuple(month for month in MONTHS if month < boundary)
    known = figures(desks, before)
    sla = desks.register.slas[0].sla
    other = msgspec.structs.replace(
        sla,
        fee=msgspec.structs.replace(sla.fee, monthly_yen=fee),
        terms=msgspec.structs.replace(sla.terms, min_stop_minutes=None, exclusion_policy="remove"),
        deductions=sla.deductions[:1],
    )
    document = msgspec.Raw(msgspec.json.encode(other))
    at = JUDGED_AT - DAY
    begins = desks.register.days_of(boundary).first
    assume(desks.send(contract.ProposeSla(**MUNICIPALITY, document=document, effective_from=begins), at))
    number = sum(draft.name == SlaProposed.NAME for draft in desks.drafts)
    assert desks.send(contract.SignSla(**MUNICIPALITY, number=number), at)
    assume(desks.send(contract.SignSla(**PROVIDER, number=number), at))  # a level may not change there: refused
    assert figures(desks, before) == known
    assert desks.figures(str(boundary), JUDGED_AT).fee_yen == fee


@a_few
@given(desks=years, boundary=boundaries, minutes=st.integers(0, 600))
def test_another_guaranteed_value_changes_no_month_before_it_takes_effect(
    desks: Desks, boundary: Month, minutes: int
) -> None:
    before = tuple(month for month in MONTHS if month < boundary)
    known = figures(desks, before)
    begins = desks.register.days_of(boundary).first
    version = desks.register.level_on("stop", begins)
    assert version is not None
    assert version.definition is not None
    bound = Bound(amount=Decimal(minutes), unit="minutes")
    revised = msgspec.structs.replace(version.definition, guaranteed=bound, target=bound)
    level: dict[str, Any] = {"level": "stop", "revision": "boundary"}
    proposed = service_level.ProposeRevision(
        **MUNICIPALITY, **level, definition=revised, effective_from=begins, reason="実績に合わせる"
    )
    assume(desks.send(proposed, JUDGED_AT - DAY))  # refused where a version begins on that day already
    assert desks.send(service_level.ApproveRevision(**PROVIDER, **level), JUDGED_AT - DAY)
    assert figures(desks, before) == known
