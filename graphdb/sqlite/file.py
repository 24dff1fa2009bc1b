"""One SQLite file of ours: connections, transactions, tables, and in a sentence what is wrong with it."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from tracing.ports import Busy, Unreachable

_PATIENCE_S = 30
_CACHE_KIB = 64 * 1024
_MENDED_LINES = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class SQLiteFile:
    """A file that threads and processes may share, each with its own connection, opened anew after a fork.

    ``mark`` is the application id by which it is known as one of ours; ``migrations`` are statements
    that make its tables, by versions from the ``first`` on; what is older is not brought up to date.
    """

    def __init__(self, file: Path, mark: int, migrations: Sequence[str], first: int = 1) -> None:
        self.file = file
        self._mark = mark
        self._migrations = dict(enumerate(migrations, first))
        self._own = threading.local()

    def create(self) -> None:
        """Make the file with its tables, or bring the tables of an older version up to date.

        Raises:
            Unreachable: if the file cannot be made or is something else.
        """
        with self.troubles():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            connection = self._opened(must_exist=False)
            self._check_is_ours_or_empty(connection)
            _choose_journal(connection)
            self._migrate(connection)
            self._own.connection, self._own.process = connection, os.getpid()

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._own.connection = None

    @contextmanager
    def transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """Give a connection for one transaction, undone if anything is raised in it."""
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
            self._check_is_ours(connection)
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
    def troubles(self) -> Iterator[None]:
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

    def _check_is_ours(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = _version_of(connection)
        if application != self._mark:
            raise Unreachable(f"{self.file}: this is no database of shouwang; `shouwang init` makes one")
        if version < max(self._migrations):
            self._check_is_not_too_old(version)
            right = "`shouwang init` brings them up to date"
            raise Unreachable(f"{self.file}: its tables are of version {version}; {right}")
        if version > max(self._migrations):
            newer = "newer than this program; a newer program is needed"
            raise Unreachable(f"{self.file}: its tables are of version {version}, {newer}")

    def _check_is_not_too_old(self, version: int) -> None:
        if 0 < version < min(self._migrations):
            right = "`backup` of the program that made it and `restore` into a new database would be right"
            raise Unreachable(
                f"{self.file}: its tables are of version {version}, too old to be brought up to date; {right}"
            )

    def _check_is_ours_or_empty(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if application != self._mark and (application or tables):
            right = "the name of a file that is not there yet would be right"
            raise Unreachable(f"{self.file}: this is a database of another program; {right}")

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Apply the migrations that are missing, each in a transaction of its own."""
        done = _version_of(connection)
        self._check_is_not_too_old(done)
        for number in sorted(each for each in self._migrations if each > done):
            statements = self._migrations[number]
            connection.execute("BEGIN IMMEDIATE")
            if _version_of(connection) < number:
                for statement in statements.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {self._mark}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")


def _version_of(connection: sqlite3.Connection) -> int:
    """Return how many migrations a database has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


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
