"""The embedded store: one file, one writer at a time, every acknowledged fact on the disk."""

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from graphdb.sealing import MasterKeys
from graphdb.sqlite.answers import SQLiteRecords
from graphdb.sqlite.file import SQLiteFile
from graphdb.sqlite.schema import APPLICATION, FIRST_VERSION, MIGRATIONS

T = TypeVar("T")


class SQLiteStore:
    """A register in one file; threads and processes may share it."""

    most_facts: int | None = None

    def __init__(self, file: Path, master: MasterKeys) -> None:
        self.file = file
        self.name = str(file)
        self._file = SQLiteFile(file, APPLICATION, MIGRATIONS, FIRST_VERSION)
        self._master = master
        self._turn = threading.Lock()

    def create(self) -> None:
        """Make the file with its tables, or bring the tables of an older version up to date.

        Raises:
            Unreachable: if the file cannot be made or is something else.
        """
        self._file.create()
        self.write(lambda records: records.make_index_key())

    def read(self, work: Callable[[SQLiteRecords], T]) -> T:
        """Run work that only reads, on one state of the database.

        Raises:
            Unreachable: if the database cannot be read.
        """
        with self._file.troubles(), self._file.transaction("BEGIN") as connection:
            return work(SQLiteRecords(connection, self._master))

    def write(self, work: Callable[[SQLiteRecords], T], people: Collection[str] = ()) -> T:
        """Run work that writes, in one transaction; the whole database is its writer's alone.

        Raises:
            Busy: if others write for longer than half a minute.
            Unreachable: if the database cannot be written.
        """
        file = self._file
        with file.troubles(), self._turn, file.transaction("BEGIN IMMEDIATE") as connection:
            return work(SQLiteRecords(connection, self._master))

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with the file, and what is tied otherwise than facts say."""
        with self._file.troubles(), self._file.transaction("BEGIN") as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
            found += [f"{row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
            return [f"{self.file}: {each}" for each in found if each != "ok"]

    def close(self) -> None:
        """Close this thread's connection."""
        self._file.close()
