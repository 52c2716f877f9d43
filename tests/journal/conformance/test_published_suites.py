"""The suites as published, unchanged. Each class says which recorder, and which journal its events go to.

Everything in one journal is how a recorder sees a database: what is inserted together is recorded together, whichever
aggregates it belongs to. A journal for each aggregate is the other extreme: there the one order over many journals,
which notifications and subscriptions follow, is what is tried.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TypeVar
from uuid import UUID

import pytest
from eventsourcing.persistence import AggregateRecorder, ApplicationRecorder
from eventsourcing.tests import persistence as published

from slm_journal import database
from slm_journal.journal import Journal
from tests.journal.building import SHIMANTO
from tests.journal.conformance.recorder import JournalAggregateRecorder, JournalApplicationRecorder, JournalOf
from tests.journal.conformance.thread_loop import ThreadLoop

AT_ONCE = 16  # connections: ten writers, two readers and those who listen
R = TypeVar("R", bound=JournalAggregateRecorder)


def one_journal(_aggregate: UUID) -> UUID:
    return SHIMANTO


def a_journal_each(aggregate: UUID) -> UUID:
    return aggregate


class _OverOurJournal:
    """Gives a suite recorders over a fresh database with the real clock."""

    INITIAL_VERSION = 0  # the suites' own hook: see `recorder`
    journal_of: JournalOf = staticmethod(one_journal)

    @pytest.fixture(autouse=True)
    def _fresh(self, real_dsn: str) -> Iterator[None]:
        with ThreadLoop() as loop, ExitStack() as leaving:
            connecting = database.connect(real_dsn, most=AT_ONCE)
            self._loop, self._journal = loop, Journal(loop.call(connecting.__aenter__()))
            leaving.callback(lambda: loop.call(connecting.__aexit__(None, None, None)))
            yield

    def _made(self, recorder: type[R]) -> R:
        return recorder(self._loop, self._journal, self.journal_of)


class TestAggregateRecorder(_OverOurJournal, published.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self._made(JournalAggregateRecorder)


class TestApplicationRecorder(_OverOurJournal, published.ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self._made(JournalApplicationRecorder)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleavingNotificationIds(_OverOurJournal, published.NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self._made(JournalApplicationRecorder)


class TestAggregateRecorderWithAJournalEach(TestAggregateRecorder):
    journal_of = staticmethod(a_journal_each)


class TestApplicationRecorderWithAJournalEach(TestApplicationRecorder):
    journal_of = staticmethod(a_journal_each)


class TestNonInterleavingNotificationIdsWithAJournalEach(TestNonInterleavingNotificationIds):
    journal_of = staticmethod(a_journal_each)
