"""Failures after which the database can be asked again: it was away, or another transaction was in the way."""

import asyncpg

from slm_journal.errors import Unreachable

PASSING = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a session that the server has ended and whose end has not been read yet
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
    asyncpg.TooManyConnectionsError,
    Unreachable,
)
