"""Histories of contracts as they could be: commands drawn at random, decided by the domain, refusals passed over."""

import random
from datetime import datetime, timedelta

from tests.projections.agreements import agreements
from tests.projections.contract_histories import TOKYO, Desks, agreeing_on
from tests.projections.drawn_commands import Drawn
from tests.projections.engine.histories import Draft


def history(seed: int, commands: int) -> list[Draft]:
    """A contract's year: the agreement, then so many commands that the domain accepted."""
    return lived(seed, commands).drafts


def lived(seed: int, commands: int) -> Desks:
    """The contract in memory at the end of such a year; every third seed has the same agreement."""
    chance = random.Random(seed)  # noqa: S311 -- reproducible histories, not secrets
    sla = agreements()[seed % len(agreements())]
    desks = Desks()
    at = datetime(2025, 3, 20, 9, tzinfo=TOKYO)
    for command in agreeing_on(sla):
        assert desks.send(command, at), "every history begins with an agreement"
    at = datetime(2025, 4, 1, 9, tzinfo=TOKYO)
    accepted = tries = 0
    while accepted < commands and tries < commands * 6:
        tries += 1
        at += timedelta(minutes=chance.randrange(365 * 1440 // max(commands, 1) // 2))
        accepted += desks.send(Drawn(chance, at, sla).command(), at)
    return desks
