"""A short run of the torture; `make torture` is the long one."""

import random
import sys
from pathlib import Path

import pytest

from tests.torture.rounds import VICTIMS, torture

ROUNDS = 2 * len(VICTIMS)


def test_whoever_is_killed_nothing_is_lost_doubled_or_spoilt(
    short_directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    with capsys.disabled():
        sys.stdout.write(f" seed {seed} ")
    folder = short_directory / "torture"
    folder.mkdir(mode=0o711)
    found, killed, last_words = torture(folder, rounds=ROUNDS, seed=seed, tell=lambda _number, _victim: None)
    assert not last_words
    assert found.holds, found
    assert set(killed) == set(VICTIMS)
