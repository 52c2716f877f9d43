"""What is recorded, and what is refused."""

from uuid import UUID

import pytest

from slm_journal.command import Append, Appended, NewEvent
from slm_journal.errors import VersionMoved
from slm_journal.journal import Head, Journal
from tests.journal.building import AT, CONTRACT, INCIDENT, NAKATOSA, SHIMANTO, command, event

OTHER = UUID("00000000-0000-4000-8000-0000000000a2")
LAST = UUID("00000000-0000-4000-8000-0000000000a3")


async def test_positions_of_a_journal_are_one_two_three(journal: Journal) -> None:
    first = await journal.append(command(event(version=1), event(version=2), key="1"))
    second = await journal.append(command(event(version=3), key="2"))
    assert (first.first_position, first.last_position) == (1, 2)
    assert (second.first_position, second.last_position) == (3, 3)
    assert [entry.position for entry in await journal.read(SHIMANTO)] == [1, 2, 3]


async def test_each_journal_counts_for_itself(journal: Journal) -> None:
    await journal.append(command(event(version=1), event(version=2)))
    elsewhere = await journal.append(command(event(), journal_id=NAKATOSA))
    assert elsewhere.first_position == 1
    assert await journal.journals() == [(SHIMANTO, 2), (NAKATOSA, 1)]


async def test_one_command_may_write_several_aggregates_in_its_own_order(journal: Journal) -> None:
    await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), event(CONTRACT, 2)))
    entries = await journal.read(SHIMANTO)
    assert [(it.originator_id, it.originator_version) for it in entries] == [
        (CONTRACT, 1),
        (INCIDENT, 1),
        (CONTRACT, 2),
    ]
    assert [it.position for it in await journal.read_aggregate(SHIMANTO, CONTRACT)] == [1, 3]


async def test_what_was_handed_over_is_what_is_read(journal: Journal) -> None:
    await journal.append(command(event(name="outage-started/1", payload="停止".encode() + b"\x00\\")))
    (entry,) = await journal.read(SHIMANTO)
    assert (entry.journal_id, entry.originator_id, entry.originator_version) == (SHIMANTO, INCIDENT, 1)
    assert (entry.name, entry.payload) == ("outage-started/1", "停止".encode() + b"\x00\\")
    assert entry.metadata == b'{"person":"p1","side":"provider"}'


async def test_an_aggregate_that_moved_refuses_the_command_and_says_where_it_is(journal: Journal) -> None:
    await journal.append(command(event(version=1), event(version=2), key="1"))
    with pytest.raises(VersionMoved) as refused:
        await journal.append(command(event(version=2), key="2"))
    assert (refused.value.originator_id, refused.value.actual_version) == (INCIDENT, 2)


async def test_an_aggregate_that_does_not_exist_cannot_be_at_a_version(journal: Journal) -> None:
    with pytest.raises(VersionMoved) as refused:
        await journal.append(command(event(version=5)))
    assert refused.value.actual_version == 0
    assert await journal.head(SHIMANTO) is None


async def test_a_refused_command_leaves_nothing_behind(journal: Journal) -> None:
    await journal.append(command(event(INCIDENT, 1), key="1"))
    with pytest.raises(VersionMoved):
        await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), key="2"))
    assert await journal.read_aggregate(SHIMANTO, CONTRACT) == []
    assert await journal.head(SHIMANTO) == Head(size=1, recorded_at=AT)
    assert (await journal.append(command(event(INCIDENT, 2), key="3"))).first_position == 2


async def test_an_aggregate_that_was_only_read_must_not_have_moved_either(journal: Journal) -> None:
    await journal.append(command(event(CONTRACT, 1), event(INCIDENT, 1), key="begin"))
    # Two decide at once, each on what both read, each writing the other: only one of them may stand (no write skew).
    await journal.append(command(event(CONTRACT, 2), read=[(INCIDENT, 1), (CONTRACT, 1)], key="one"))
    with pytest.raises(VersionMoved) as refused:
        await journal.append(command(event(INCIDENT, 2), read=[(INCIDENT, 1), (CONTRACT, 1)], key="other"))
    assert (refused.value.originator_id, refused.value.actual_version) == (CONTRACT, 2)


async def test_that_something_does_not_exist_can_be_what_was_read(journal: Journal) -> None:
    await journal.append(command(event(CONTRACT, 1), read=[(INCIDENT, 0)], key="1"))
    await journal.append(command(event(INCIDENT, 1), key="2"))
    with pytest.raises(VersionMoved):
        await journal.append(command(event(CONTRACT, 2), read=[(INCIDENT, 0)], key="3"))


async def test_the_same_aggregate_in_another_journal_is_another(journal: Journal) -> None:
    await journal.append(command(event(INCIDENT, 1)))
    await journal.append(command(event(INCIDENT, 1), journal_id=NAKATOSA))
    assert (await journal.append(command(event(CONTRACT, 1), read=[(INCIDENT, 1)], key="2"))).first_position == 2


async def test_commands_of_one_batch_are_accepted_or_refused_each_on_its_own(journal: Journal) -> None:
    await journal.append(command(event(INCIDENT, 1), key="known"))
    answers = await journal.append_batch([
        command(event(CONTRACT, 1), key="fits"),
        command(event(LAST, 7), key="moved"),
        command(event(INCIDENT, 1), key="known"),
        command(event(OTHER, 1), event(OTHER, 2), key="fits too"),
        command(event(INCIDENT, 1), journal_id=NAKATOSA, key="elsewhere"),
    ])  # fmt: skip
    assert [type(answer) for answer in answers] == [Appended, VersionMoved, Appended, Appended, Appended]
    places = [(it.first_position, it.last_position, it.repeated) for it in answers if isinstance(it, Appended)]
    assert places == [(2, 2, False), (1, 1, True), (3, 4, False), (1, 1, False)]


async def test_a_batch_of_nothing_is_answered_with_nothing(journal: Journal) -> None:
    assert await journal.append_batch([]) == []


@pytest.mark.parametrize(
    "second",
    [
        command(event(CONTRACT, 1), key="first"),
        command(event(INCIDENT, 2), key="second"),
        command(event(CONTRACT, 1), read=[(INCIDENT, 1)], key="second"),
    ],
    ids=["one key twice", "one aggregate written twice", "one aggregate written and read"],
)
async def test_what_depends_on_one_another_does_not_share_a_batch(journal: Journal, second: Append) -> None:
    for pair in (
        [command(event(INCIDENT, 1), key="first"), second],
        [second, command(event(INCIDENT, 1), key="first")],
    ):
        with pytest.raises(ValueError, match="one batch"):
            await journal.append_batch(pair)
    assert await journal.journals() == []


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        ({"events": ()}, "without events"),
        ({"key": ""}, "needs a key"),
        ({"key": "a\x00b"}, "needs a key"),
        ({"digest": b"short"}, "SHA-256"),
        ({"at": AT.replace(tzinfo=None)}, "time zone"),
        ({"read": ((INCIDENT, 0), (INCIDENT, 0))}, "read once"),
        ({"events": (event(version=1), event(version=3))}, "cannot follow"),
        ({"events": (event(version=2), event(version=1))}, "cannot follow"),
        ({"events": (event(version=0),)}, "cannot follow"),
        ({"read": ((INCIDENT, 4),)}, "cannot follow"),
        ({"events": (event(version=2**63),)}, "cannot follow"),
        ({"events": (event(name="停止"),)}, "ASCII"),
        ({"events": (event(name="a\\b"),)}, "ASCII"),
        ({"events": (event(name=""),)}, "ASCII"),
    ],
)
def test_a_command_that_no_program_should_send_cannot_be_made(mistake: dict[str, object], says: str) -> None:
    sound: dict[str, object] = {"journal_id": SHIMANTO, "key": "k", "digest": bytes(32), "at": AT, "events": (event(),)}
    with pytest.raises(ValueError, match=says):
        Append(**(sound | mistake))  # type: ignore[arg-type]  # the mistakes are the point


async def test_an_event_with_empty_content_is_an_event(journal: Journal) -> None:
    nothing = NewEvent(originator_id=INCIDENT, originator_version=1, name="x", payload=b"", metadata=b"")
    await journal.append(command(nothing))
    (entry,) = await journal.read(SHIMANTO)
    assert (entry.payload, entry.metadata) == (b"", b"")
