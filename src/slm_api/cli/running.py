"""Running one command of the command line: settings, database, language, and how it ends.

Exit codes: 0 done; 1 refused (a rule, a document, a question); 2 wrong usage or setting; 3 the database cannot be used;
4 a check found differences. Whatever is unexpected ends with its traceback.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, NoReturn, TypeVar

import msgspec
import typer
from rich.text import Text

from slm_api.cli.build_bar import BuildBar
from slm_api.cli.options import Lang
from slm_api.cli.screen import Screen
from slm_api.demonstration import demo_settings
from slm_api.explained import Explained
from slm_api.explanations import explained
from slm_api.opening import dsn, pool_at
from slm_api.settings import Settings, SettingsRefused
from slm_api.wiring import Wired, wired

if TYPE_CHECKING:
    from slm_journal.database import Clock

REFUSED = 1
USAGE = 2
UNFIT = 3
DIFFERENT = 4

T = TypeVar("T")


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """What a command runs with."""

    settings: Settings
    screen: Screen


def started(lang: Lang | None, *, demo: bool = False) -> Ran:
    """The settings of the environment, or the demo's, and the language. Ends the program on wrong ones."""
    try:
        settings = Settings.of_environment()
    except SettingsRefused as refused:
        Screen("ja").error.print(Text(f"設定が正しくありません / wrong setting: {refused}"))
        raise typer.Exit(USAGE) from None
    screen = Screen(lang.value if lang is not None else settings.language)
    return Ran(settings=demo_settings(settings) if demo else settings, screen=screen)


def run(ran: Ran, work: Callable[[], Awaitable[T]]) -> T:
    """Run the work; what can be explained is said in a sentence, with what mends it, and ends the program."""
    try:
        return asyncio.run(_awaited(work))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        explanation = explained(error)
        if explanation is None:
            raise
        give_up(ran, explanation, code=_code(explanation))


def give_up(ran: Ran, explanation: Explained, *, code: int = REFUSED, before: str = "") -> NoReturn:
    """Say what went wrong and how to mend it, and end the program."""
    ran.screen.explain(explanation, before=before)
    raise typer.Exit(code)


@asynccontextmanager
async def record(ran: Ran, *, create: "Clock | None" = None) -> AsyncIterator[Wired]:
    """The record of the settings, with everything that is recorded posted."""
    async with located(ran, create=create) as (opened, _):
        yield opened


@asynccontextmanager
async def located(ran: Ran, *, create: "Clock | None" = None, posted: bool = True) -> AsyncIterator[tuple[Wired, str]]:
    """The same with the address of its database, for other processes to connect to.

    With `posted=False` nothing is posted, and no read model is built that is missing.
    """
    async with dsn(ran.settings) as address, pool_at(address, create=create) as connections:
        if posted:
            with BuildBar(ran.screen) as bar:
                opened = await wired(connections, building=bar.tell)
            await opened.engine.post_outstanding()
        else:
            opened = await wired(connections, build=False)
        yield opened, address
        await opened.commanding.close()


def _code(explanation: Explained) -> int:
    if explanation.kind == "rebuild-differs":
        return DIFFERENT
    return UNFIT if explanation.status == HTTPStatus.SERVICE_UNAVAILABLE else REFUSED


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
