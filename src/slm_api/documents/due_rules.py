"""Days so few that a shift off closed days would leave none of them (C13, A36)."""

from collections.abc import Iterator

from slm_api.documents.amounts import plain
from slm_api.documents.bound_rules import bounds_of, is_counted_in_days
from slm_api.documents.draft import Draft
from slm_api.documents.finding import Path
from slm_api.documents.reasons import Said
from slm_domain.sla import Terms, Words

# The longest that offices were closed on end, by the holidays of the law: 27 April to 6 May 2019
_DAYS_CLOSED_ON_END = 10
_DEFAULTS = Terms()
_BACK, _ON = "previous_opening_day", "next_opening_day"


def shifts_leave_days_between(draft: Draft) -> Iterator[Said]:
    """With few days, the opening day to which a due day moves can lie beyond the moment the days are counted from.

    It is then due on the closed day itself: who agreed on a shift may not expect that. Opening days need no shift.
    """
    for path, level in draft.levels.items():
        measure = level.measure
        before = measure.kind == "lead_at_least"
        if measure.day_kind == "opening" or measure.due_shift != (_ON if before else _BACK):
            continue
        bounds = list(bounds_of(path, level))
        if measure.within is not None:
            bounds.append(((*path, "measure", "within"), measure.within))
        for place, bound in bounds:
            if bound.unit == "days" and is_counted_in_days(bound, measure):
                days = int(bound.amount) - measure.count_first_day
                if days < _DAYS_CLOSED_ON_END:
                    yield _said(place, plain(bound.amount), "measure.due_shift", before=before)


def inspections_leave_days_between(draft: Draft) -> Iterator[Said]:
    """Likewise the days of an inspection (A18, A19)."""
    shift = draft.written("terms", "due_shift") or _DEFAULTS.due_shift
    kind = draft.written("terms", "inspection_days_kind") or _DEFAULTS.inspection_days_kind
    written = draft.written("terms", "inspection_days")
    days = _DEFAULTS.inspection_days if written is None else written
    if shift == _BACK and kind == "calendar" and isinstance(days, int) and 0 <= days < _DAYS_CLOSED_ON_END:
        yield _said(("terms", "due_shift"), str(days), "terms.due_shift", before=False)


def _said(place: Path, days: str, field: str, *, before: bool) -> Said:
    if before:
        reason = Words(
            ja=f"{days} 日前が閉庁日で、次の開庁日ではもう間に合わない場合、期限は移らず、その閉庁日の終わりになります",
            en=f"Where {days} days before is a closed day, and the next opening day is too late for what follows, "
            "it does not move: it is due at the end of the closed day",
        )
    else:
        reason = Words(
            ja=f"{days} 日目が閉庁日で、前の開庁日が起算より前になる場合、期限は移らず、その閉庁日の終わりになります",
            en=f"Where day {days} is a closed day, and the opening day before is over when the days begin to count, "
            "it does not move: it is due at the end of the closed day",
        )
    other = _BACK if before else _ON
    mend = Words(
        ja="意図したものか確かめてください。"
        f"そうでなければ {field} を none か {other} にするか、開庁日で数えてください(A36)",
        en=f"Make sure that this is meant; else write {field}: none or {other}, or count opening days (A36)",
    )
    return place, reason, mend
