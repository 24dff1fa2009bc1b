"""The embedded store: one file, one writer at a time, every acknowledged fact on the disk."""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

from graphdb.sqlite.answers import SQLiteRecords
from graphdb.sqlite.schema import APPLICATION, MIGRATIONS, migrate, version_of
from tracing.ports import Busy, Unreachable

T = TypeVar("T")

_PATIENCE_S = 30
_CACHE_KIB = 64 * 1024
_MENDED_LINES = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class SQLiteStore:
    """A database in one file; threads and processes may share it.

    Each thread has a connection of its own, opened anew after a fork.
    """

    most_facts: int | None = None

    def __init__(self, file: Path) -> None:
        self.file = file
        self.name = str(file)
        self._own = threading.local()
        self._turn = threading.Lock()

    def create(self) -> None:
        """Make the file with its tables, or bring the tables of an older version up to date.

        Raises:
            Unreachable: if the file cannot be made or is something else.
        """
        with self._troubles():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            connection = self._opened(must_exist=False)
            _check_is_ours_or_empty(connection, self.file)
            _choose_journal(connection)
            migrate(connection)
            self._own.connection, self._own.process = connection, os.getpid()

    def read(self, work: Callable[[SQLiteRecords], T]) -> T:
        """Run work that only reads, on one state of the database.

        Raises:
            Unreachable: if the database cannot be read.
        """
        with self._troubles(), self._transaction("BEGIN") as connection:
            return work(SQLiteRecords(connection))

    def write(self, work: Callable[[SQLiteRecords], T], people: Collection[str] = ()) -> T:
        """Run work that writes, in one transaction; the whole database is its writer's alone.

        Raises:
            Busy: if others write for longer than half a minute.
            Unreachable: if the database cannot be written.
        """
        with self._troubles(), self._turn, self._transaction("BEGIN IMMEDIATE") as connection:
            return work(SQLiteRecords(connection))

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with the file, and what is tied otherwise than facts say."""
        with self._troubles(), self._transaction("BEGIN") as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
            found += [f"{row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
            return [f"{self.file}: {each}" for each in found if each != "ok"]

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._own.connection = None

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute(begin)
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _connection(self) -> sqlite3.Connection:
        own = self._own
        if getattr(own, "connection", None) is None or own.process != os.getpid():
            connection = self._opened(must_exist=True)
            _check_is_ours(connection, self.file)
            _choose_journal(connection)
            own.connection, own.process = connection, os.getpid()
        return cast(sqlite3.Connection, own.connection)

    def _opened(self, *, must_exist: bool) -> sqlite3.Connection:
        mode = "rw" if must_exist else "rwc"
        connection = sqlite3.connect(
            f"{self.file.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_PATIENCE_S,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return connection

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Say in a sentence what SQLite says in a code."""
        try:
            yield
        except sqlite3.OperationalError as trouble:
            if getattr(trouble, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                right = "nothing was recorded, asking again would be right"
                raise Busy(f"others have been writing to {self.file} for {_PATIENCE_S} s; {right}") from None
            raise Unreachable(f"{self.file}: {_sentence(trouble)}") from None
        except json.JSONDecodeError:
            raise Unreachable(f"{self.file}: {_SENTENCES[sqlite3.SQLITE_CORRUPT]}") from None
        except (sqlite3.DatabaseError, OSError) as trouble:
            raise Unreachable(f"{self.file}: {_sentence(trouble)}") from None


def _sentence(trouble: Exception) -> str:
    """Return what is wrong; what SQLite itself says is repeated only where it holds nothing recorded."""
    if not hasattr(trouble, "sqlite_errorcode") and isinstance(trouble, sqlite3.DatabaseError):
        return _SENTENCES[sqlite3.SQLITE_CORRUPT]
    return _SENTENCES.get(_code(trouble), str(trouble))


def _code(trouble: Exception) -> int:
    # What follows the lower eight bits says more than is needed here.
    return int(getattr(trouble, "sqlite_errorcode", 0)) & 0xFF


_SENTENCES = {
    sqlite3.SQLITE_CANTOPEN: "there is no database here; `shouwang init` makes one",
    sqlite3.SQLITE_NOTADB: "this file is no database; the file that `shouwang init` made would be right",
    sqlite3.SQLITE_CORRUPT: "the database is damaged; `shouwang restore` makes a new one from a backup",
    sqlite3.SQLITE_FULL: "the disk is full; nothing was recorded, more room would be right",
    sqlite3.SQLITE_READONLY: "the database may not be written; another owner or another mount would be right",
    sqlite3.SQLITE_IOERR: "the disk did not do as asked; nothing was recorded",
}


def _check_is_ours(connection: sqlite3.Connection, file: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = version_of(connection)
    if application != APPLICATION:
        raise Unreachable(f"{file}: this is no database of shouwang; `shouwang init` makes one")
    if version < len(MIGRATIONS):
        right = "`shouwang init` brings them up to date"
        raise Unreachable(f"{file}: its tables are of version {version}; {right}")
    if version > len(MIGRATIONS):
        raise Unreachable(
            f"{file}: its tables are of version {version}, newer than this program; a newer program is needed"
        )


def _check_is_ours_or_empty(connection: sqlite3.Connection, file: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION and (application or tables):
        right = "the name of a file that is not there yet would be right"
        raise Unreachable(f"{file}: this is a database of another program; {right}")


def _choose_journal(connection: sqlite3.Connection) -> None:
    """Choose how a database keeps what is being written.

    A truncated journal is a choice of each connection; a write-ahead log is one of the file, and whoever
    finds it goes on with it, for others may have the file open.
    """
    kept = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if kept != "wal":
        connection.execute(f"PRAGMA journal_mode = {'WAL' if wal_is_safe() else 'TRUNCATE'}")


def wal_is_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Return whether this SQLite has mended the fault by which a write-ahead log could be reset wrongly."""
    line = [mended for mended in _MENDED_LINES if mended[:2] == version[:2]]
    return version >= line[0] if line else version > _MENDED_LINES[-1]
