"""SQLite as Townline runs it: durable, and fair to those who write.

Django's own backend, with the journal written ahead and synced at each commit
(without that, a power cut loses acknowledged work), transactions that take the
write lock at their start, and a queue in front of it (see `turn.py`). Readers
never wait. A database in memory has no queue.
"""

import re
import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base

from townline.core.sqlite.turn import AVAILABLE, Turn

PRAGMAS = [
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 67108864",
]
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose write transactions queue."""

    turn: Turn | None = None
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with the pragmas and the transaction mode that are not a matter of choice."""
        params: dict[str, Any] = super().get_connection_params()
        params["timeout"] = float(params.get("timeout", 5))
        self.transaction_mode = "IMMEDIATE"
        self.init_commands = [*PRAGMAS, *self.init_commands]
        if AVAILABLE and not self.is_in_memory_db():
            self.turn = Turn(str(params["database"]), params["timeout"])
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Django's, with the journal written ahead from the first connection to a new file on."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            write_ahead(connection, self.turn, conn_params["timeout"])
        return connection

    def create_cursor(self, name: str | None = None) -> "TurnCursor":
        """A cursor that knows whose turn it writes in."""
        cursor: TurnCursor = self.connection.cursor(factory=TurnCursor)
        cursor.turn = self.turn
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        with self.wrap_database_errors:
            take(self.turn)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            give_back(self.turn)
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        give_back(self.turn)

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            give_back(self.turn)

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            give_back(self.turn)


class TurnCursor(base.SQLiteCursorWrapper):
    """Lets a statement that writes outside a transaction queue like a transaction."""

    turn: Turn | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement, in a turn of its own when it writes and no transaction holds one."""
        if not self._must_queue(query):
            return super().execute(query, params)
        take(self.turn)
        try:
            return super().execute(query, params)
        finally:
            give_back(self.turn)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement many times, in one turn."""
        if not self._must_queue(query):
            return super().executemany(query, param_list)
        take(self.turn)
        try:
            return super().executemany(query, param_list)
        finally:
            give_back(self.turn)

    def _must_queue(self, query: str) -> bool:
        return self.turn is not None and not self.turn.is_held and bool(WRITES.match(query))


def write_ahead(connection: sqlite3.Connection, mine: Turn | None, patience: float) -> None:
    """Turn the write-ahead journal on, once in the life of a file.

    SQLite refuses the switch at once, without waiting, while anybody else so
    much as looks at the file; so it is tried again, in a turn.
    """
    until = time.monotonic() + patience
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        take(mine)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        finally:
            give_back(mine)


def take(mine: Turn | None) -> None:
    """Wait for the turn, and fail as SQLite itself does when it does not come."""
    if mine is None:
        return
    try:
        mine.take()
    except TimeoutError:
        raise sqlite3.OperationalError("database is locked") from None
    except OSError as error:
        raise sqlite3.OperationalError(f"unable to queue for the database: {error.strerror}") from error


def give_back(mine: Turn | None) -> None:
    """Let the next writer in."""
    if mine is not None:
        mine.give_back()
