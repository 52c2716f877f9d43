"""When a breach costs more because it is not the first one."""

from collections.abc import Sequence

NEWEST = -1


class WrongRepeatError(ValueError):
    """A rule about repeated breaches that no months can fulfil."""

    def __init__(self, times: int, within_months: int) -> None:
        super().__init__(f"{times} breaches cannot fall within {within_months} months")
        self.times = times
        self.within_months = within_months


def breached_again(breached: Sequence[bool], *, times: int, within_months: int) -> bool:
    """Whether the newest month is in breach and at least `times` of the last `within_months` months are, it included.

    `breached` says it of one month after the other, the newest last; months before the contract are left out. Twice
    within two months is two months in a row. Raises `WrongRepeatError`.
    """
    if not 1 <= times <= within_months:
        raise WrongRepeatError(times, within_months)
    return bool(breached) and breached[NEWEST] and sum(breached[-within_months:]) >= times
