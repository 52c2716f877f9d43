"""A contract's whole year: everything that is written down under it, decided, as it would be appended."""

from collections.abc import Iterator
from datetime import timedelta

from benchmarks.nationwide.agreeing import begin, change, lose_sight, plan_stops
from benchmarks.nationwide.book import FIRST_DAY, Book
from benchmarks.nationwide.country import Contracted
from benchmarks.nationwide.incidents import incident
from benchmarks.nationwide.measuring import measure
from benchmarks.nationwide.nationwide_outage import strike
from benchmarks.nationwide.recording import Recording
from benchmarks.nationwide.reviewing import review_months, review_year
from slm_domain.commands.envelope import Command
from slm_journal.command import Append

_INCIDENTS = {"village": (5, 14), "town": (10, 26), "city": (24, 60), "metropolis": (60, 150)}  # a year


def commands(who: Contracted, seed: int, recording: Recording) -> Iterator[Command]:
    """The year's commands in order. Each must be sent to the recording before the next is taken."""
    book = Book(who, seed)
    begin(book)
    retired_from = change(book)
    measure(book, retired_from)
    for number in range(book.chance.randint(*_INCIDENTS[who.lead.size])):
        days = (book.last_day - FIRST_DAY).days - 20  # so that the last of them comes to its end within the year
        incident(book, number + 1, FIRST_DAY + timedelta(days=book.chance.randrange(days)))
    plan_stops(book)
    lose_sight(book)
    strike(book)
    review_months(book)
    review_year(book)
    return book.commands(recording)


def year(who: Contracted, seed: int) -> Iterator[Append]:
    """The year's appends in order."""
    recording = Recording(who.code)
    for command in commands(who, seed, recording):
        yield recording.send(command)
