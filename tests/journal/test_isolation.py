"""Which commands may share a batch, and who waits for whom: for any commands that come and go in any order."""

import sys
from collections import Counter
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from slm_journal.command import Append, require_disjoint
from slm_journal.isolation import Isolation, Turn
from tests.journal.building import AT, CONTRACT, INCIDENT, NAKATOSA, SHIMANTO, command, event

OTHER = UUID("00000000-0000-4000-8000-0000000000a2")
JOURNALS = (SHIMANTO, NAKATOSA)
AGGREGATES = tuple(UUID(int=number) for number in range(1, 5))

COMMANDS = st.builds(
    lambda journal, key, hours, read, written: command(
        *(event(one) for one in sorted(written)),
        journal_id=journal,
        key=f"key {key}",
        at=None if hours is None else AT + timedelta(hours=hours),
        read=[(one, 0) for one in sorted(read)],
    ),
    st.sampled_from(JOURNALS),
    st.integers(0, 30),
    st.sampled_from([None, 0, 0, 1, 2]),
    st.sets(st.sampled_from(AGGREGATES), max_size=2),
    st.sets(st.sampled_from(AGGREGATES), min_size=1, max_size=2),
)
COME, GO, GIVE_UP = "come", "go", "give up"


def conflict(one: Append, other: Append) -> bool:
    """What the module's first sentence says, in the plainest words."""
    if one.journal_id != other.journal_id:
        return False
    written = [{it.originator_id for it in each.events} for each in (one, other)]
    touched = [writes | {it for it, _ in each.read} for writes, each in zip(written, (one, other), strict=True)]
    at_other_times = None not in (one.at, other.at) and one.at != other.at
    return one.key == other.key or bool(written[0] & touched[1] or written[1] & touched[0]) or at_other_times


@given(
    st.lists(st.tuples(st.sampled_from([COME, COME, COME, GO, GIVE_UP]), COMMANDS, st.integers(0, 100)), max_size=60),
    st.integers(1, 8),
)
def test_batches_are_disjoint_order_is_kept_and_nothing_is_lost_or_doubled(
    steps: list[tuple[str, Append, int]], most: int
) -> None:
    line: Isolation[Turn] = Isolation()
    came: list[Turn] = []
    gone: set[Turn] = set()
    taken: list[Turn] = []

    def go() -> bool:
        batch = line.take(most)
        assert len(batch) <= most
        require_disjoint([turn.command for turn in batch])
        for turn in batch:
            before = came[: came.index(turn)]
            assert all(it in gone for it in before if conflict(it.command, turn.command)), "it overtook"
        taken.extend(batch)
        for turn in batch:
            line.leave(turn)
        gone.update(batch)
        return bool(batch)

    for what, sent, chance in steps:
        if what == COME:
            came.append(Turn(sent))
            line.join(came[-1])
        elif what == GIVE_UP and (waiting := [turn for turn in came if turn not in gone]):
            line.leave(waiting[chance % len(waiting)])
            gone.add(waiting[chance % len(waiting)])
            came.remove(waiting[chance % len(waiting)])
        elif what == GO:
            go()
    while go():
        pass
    assert Counter(taken) == Counter(came)
    assert not line


def test_who_conflicts_with_nobody_overtakes_who_waits() -> None:
    line: Isolation[Turn] = Isolation()
    first, waits, passes = (
        Turn(command(event(INCIDENT, 1), key="1")),
        Turn(command(event(INCIDENT, 2), key="2")),
        Turn(command(event(OTHER, 1), key="3")),
    )
    for turn in (first, waits, passes):
        line.join(turn)
    assert line.take(128) == [first, passes]
    assert line.take(128) == []
    line.leave(first)
    assert line.take(128) == [waits]


def test_those_who_only_read_the_contract_go_together_and_who_changes_it_goes_alone() -> None:
    line: Isolation[Turn] = Isolation()
    readers = [Turn(command(event(one), key=str(one), read=[(CONTRACT, 1)])) for one in AGGREGATES[:2]]
    writer = Turn(command(event(CONTRACT, 2), key="writes"))
    late = Turn(command(event(AGGREGATES[2]), key="late", read=[(CONTRACT, 1)]))
    for turn in (*readers, writer, late):
        line.join(turn)
    assert line.take(128) == readers
    line.leave(readers[0])
    assert line.take(128) == []
    line.leave(readers[1])
    assert line.take(128) == [writer]
    line.leave(writer)
    assert line.take(128) == [late]


def test_who_withdraws_holds_nobody_up() -> None:
    line: Isolation[Turn] = Isolation()
    first, gives_up, last = (Turn(command(event(INCIDENT, number), key=str(number))) for number in (1, 2, 3))
    for turn in (first, gives_up, last):
        line.join(turn)
    line.leave(gives_up)
    assert line.take(128) == [first]
    line.leave(first)
    assert line.take(128) == [last]


def test_the_work_of_a_hot_aggregate_does_not_grow_with_its_line() -> None:
    few, many = _calls(1_000), _calls(10_000)
    assert many <= 11 * few, "ten times the commands, ten times the work"


def _calls(commands: int) -> int:
    """How many functions are called, Python's own included, while so many commands of one aggregate come and go."""
    turns = [Turn(command(event(INCIDENT, number + 1), key=str(number))) for number in range(commands)]
    line: Isolation[Turn] = Isolation()
    calls = 0

    def count(_frame: object, what: str, _argument: object) -> None:
        nonlocal calls
        calls += what in ("call", "c_call")

    sys.setprofile(count)
    try:
        for turn in turns:
            line.join(turn)
        while batch := line.take(128):
            for turn in batch:
                line.leave(turn)
    finally:
        sys.setprofile(None)
    return calls
