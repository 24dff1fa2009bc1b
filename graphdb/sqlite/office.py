"""The office in a SQLite file of its own: its entries never wait for a register that is being written."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from graphdb.moments import micros, micros_if, moment, moment_if
from graphdb.sqlite.file import SQLiteFile
from tracing.office import Appointment, AuditEntry, Officer, Role

APPLICATION = 0x5357_0002
"""What marks a SQLite file as an office of ours."""

MIGRATIONS = (
    """
    CREATE TABLE officer (
        name TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        area TEXT NOT NULL,
        token TEXT NOT NULL UNIQUE,
        until INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE trail (
        seq INTEGER PRIMARY KEY,
        chain TEXT NOT NULL,
        number INTEGER NOT NULL,
        at INTEGER NOT NULL,
        officer TEXT,
        request TEXT NOT NULL,
        asked TEXT NOT NULL,
        about TEXT NOT NULL,
        status INTEGER NOT NULL,
        why TEXT,
        before TEXT NOT NULL,
        digest TEXT NOT NULL,
        UNIQUE (chain, number)
    );
    CREATE TABLE about (id TEXT, seq INTEGER REFERENCES trail, PRIMARY KEY (id, seq)) WITHOUT ROWID;
    """,
)
_APPOINT = "INSERT OR REPLACE INTO officer VALUES (?, ?, ?, ?, ?)"
_APPOINTED = "SELECT name, role, area, until FROM officer"
_NOTE = "INSERT INTO trail VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NOTE_ABOUT = """
    INSERT OR IGNORE INTO about
    SELECT value, seq FROM trail, json_each(about) WHERE trail.seq > ?
"""
_TRAIL = "SELECT * FROM trail WHERE seq > ? ORDER BY seq LIMIT ?"
_ABOUT = "SELECT trail.* FROM about JOIN trail USING (seq) WHERE id = ? AND seq > ? ORDER BY seq LIMIT ?"
_LATEST = "SELECT digest FROM trail ORDER BY seq DESC LIMIT 1"


class SQLiteOffice:
    """Who works here and what they did, in one file."""

    def __init__(self, file: Path) -> None:
        self.name = str(file)
        self._file = SQLiteFile(file, APPLICATION, MIGRATIONS)

    def create(self) -> None:
        self._file.create()

    def close(self) -> None:
        self._file.close()

    def appoint(self, appointed: Appointment, token: str) -> None:
        name, role, area = appointed.officer
        self._write(_APPOINT, [(name, role.value, area, token, micros_if(appointed.until))])

    def dismiss(self, name: str) -> bool:
        return self._write("DELETE FROM officer WHERE name = ?", [(name,)]) > 0

    def appointed(self) -> list[Appointment]:
        return [_appointment(*row) for row in self._all(f"{_APPOINTED} ORDER BY name")]

    def holder(self, token: str) -> Appointment | None:
        return next((_appointment(*row) for row in self._all(f"{_APPOINTED} WHERE token = ?", token)), None)

    def note(self, entries: Sequence[AuditEntry]) -> None:
        with self._file.troubles(), self._file.transaction("BEGIN IMMEDIATE") as connection:
            (before,) = connection.execute("SELECT coalesce(max(seq), 0) FROM trail").fetchone()
            connection.executemany(_NOTE, [_values(each) for each in entries])
            connection.execute(_NOTE_ABOUT, (before,))

    def trail(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        return [(seq, _entry(*rest)) for seq, *rest in self._all(_TRAIL, after, limit)]

    def about(self, person: str, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        return [(seq, _entry(*rest)) for seq, *rest in self._all(_ABOUT, person, after, limit)]

    def latest(self) -> str:
        return next((str(digest) for (digest,) in self._all(_LATEST)), "")

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> int:
        with self._file.troubles(), self._file.transaction("BEGIN IMMEDIATE") as connection:
            return connection.executemany(statement, rows).rowcount

    def _all(self, query: str, *values: Any) -> list[Any]:
        with self._file.troubles(), self._file.transaction("BEGIN") as connection:
            return connection.execute(query, values).fetchall()


def _appointment(name: str, role: str, area: str, until: int | None) -> Appointment:
    return Appointment(Officer(name, Role(role), area), moment_if(until))


def _values(each: AuditEntry) -> tuple[Any, ...]:
    asked = (each.officer, each.request, each.asked, json.dumps(each.about, ensure_ascii=False))
    return (each.chain, each.number, micros(each.at), *asked, each.status, each.why, each.before, each.digest)


def _entry(chain: str, number: int, at: int, *rest: Any) -> AuditEntry:
    officer, request, asked, about, status, why, before, digest = rest
    known = (tuple(json.loads(about)), status, why, before, digest)
    return AuditEntry(chain, number, moment(at), officer, request, asked, *known)
