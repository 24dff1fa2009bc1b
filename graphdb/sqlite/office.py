"""The office in a SQLite file of its own: its entries never wait for a register that is being written."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from graphdb.moments import micros, micros_if, moment, moment_if
from graphdb.sqlite.file import SQLiteFile
from tracing.audit import AuditEntry
from tracing.office import Deed, Holder, Lease, Officer, Pass, PassKind, Reply, Role

APPLICATION = 0x5357_0002
"""What marks a SQLite file as an office of ours."""

FIRST_VERSION = 2
MIGRATIONS = (
    """
    CREATE TABLE officer (
        name TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        area TEXT NOT NULL,
        password TEXT
    ) WITHOUT ROWID;
    CREATE TABLE pass (
        secret TEXT PRIMARY KEY,
        officer TEXT NOT NULL,
        kind TEXT NOT NULL,
        until INTEGER,
        scope TEXT,
        seen INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX pass_of ON pass (officer);
    CREATE TABLE failure (name TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE INDEX failure_of ON failure (name, at);

    CREATE TABLE reply (
        officer TEXT NOT NULL,
        key TEXT NOT NULL,
        asked TEXT NOT NULL,
        status INTEGER NOT NULL,
        body TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (officer, key)
    );
    CREATE INDEX reply_at ON reply (at);

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
    """
    -- What was asked under a key and is not answered has no status, and is recorded until a moment.
    DROP INDEX reply_at;
    ALTER TABLE reply RENAME TO reply_before;
    CREATE TABLE reply (
        officer TEXT NOT NULL,
        key TEXT NOT NULL,
        asked TEXT NOT NULL,
        at INTEGER NOT NULL,
        until INTEGER NOT NULL,
        status INTEGER,
        body TEXT,
        PRIMARY KEY (officer, key)
    );
    CREATE INDEX reply_at ON reply (at);
    INSERT INTO reply SELECT officer, key, asked, at, at, status, body FROM reply_before;
    DROP TABLE reply_before
    """,
    "ALTER TABLE reply ADD COLUMN about TEXT NOT NULL DEFAULT '[]'",
)
_APPOINT = """
    INSERT INTO officer (name, role, area) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET role = excluded.role, area = excluded.area
"""
_APPOINTED = "SELECT name, role, area FROM officer ORDER BY name"
_PASSES = "SELECT officer, kind, until, scope, seen FROM pass ORDER BY kind, until"
_GRANT = """
    INSERT INTO pass (secret, officer, kind, until, scope, seen)
    SELECT ?2, name, ?3, ?4, ?5, ?6 FROM officer WHERE name = ?1
"""
_HOLDER = """
    SELECT name, role, area, kind, until, scope, seen FROM pass JOIN officer ON officer = name
    WHERE secret = ?
"""
_FAILURES = "SELECT count(*) FROM failure WHERE name = ? AND at >= ?"
_UNDER_KEY = "SELECT asked, until, status, body, about FROM reply WHERE officer = ? AND key = ?"
_CLAIM = "INSERT OR REPLACE INTO reply (officer, key, asked, until, at) VALUES (?, ?, ?, ?, ?)"
_ITS_OWN = "officer = ? AND key = ? AND asked = ? AND until = ? AND status IS NULL"
_KEEP_REPLY = f"UPDATE reply SET status = ?, body = ?, about = ? WHERE {_ITS_OWN}"  # noqa: S608 - of our own words
_GIVE_UP = f"DELETE FROM reply WHERE {_ITS_OWN}"  # noqa: S608 - of our own words
_DROP_REPLIES = "DELETE FROM reply WHERE at < ?"
_FORGET = ("DELETE FROM failure WHERE at < ?", "DELETE FROM pass WHERE until < ?")
_DISMISS = (
    "DELETE FROM reply WHERE officer = ?",
    "DELETE FROM pass WHERE officer = ?",
    "DELETE FROM officer WHERE name = ?",
)
_NOTE = "INSERT INTO trail VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NOTE_ABOUT = """
    INSERT OR IGNORE INTO about SELECT value, seq FROM trail, json_each(about) WHERE trail.seq > ?
"""
_TRAIL = "SELECT * FROM trail WHERE seq > ? ORDER BY seq LIMIT ?"
_ABOUT = "SELECT trail.* FROM about JOIN trail USING (seq) WHERE id = ? AND seq > ? ORDER BY seq LIMIT ?"
_LATEST = "SELECT digest FROM trail ORDER BY seq DESC LIMIT 1"


class SQLiteOffice:
    """Who works here and what they did, in one file."""

    def __init__(self, file: Path) -> None:
        self.name = str(file)
        self._file = SQLiteFile(file, APPLICATION, MIGRATIONS, FIRST_VERSION)

    def create(self) -> None:
        self._file.create()

    def close(self) -> None:
        self._file.close()

    # ---- who works here

    def appoint(self, officer: Officer) -> None:
        self._write(_APPOINT, officer.name, officer.role.value, officer.area)

    def dismiss(self, name: str) -> bool:
        return self._write_all(*((statement, (name,)) for statement in _DISMISS)) > 0

    def appointed(self) -> list[tuple[Officer, list[Pass]]]:
        officers = {row[0]: (_officer(*row), list[Pass]()) for row in self._all(_APPOINTED)}
        for name, *rest in self._all(_PASSES):
            if name in officers:
                officers[name][1].append(_pass(*rest))
        return list(officers.values())

    def set_password(self, name: str, digest: str) -> None:
        self._write("UPDATE officer SET password = ? WHERE name = ?", digest, name)

    def password(self, name: str) -> str | None:
        rows = self._all("SELECT password FROM officer WHERE name = ?", name)
        return next((digest for (digest,) in rows), None)

    def grant(self, name: str, secret: str, granted: Pass) -> None:
        scope = None if granted.scope is None else json.dumps(sorted(granted.scope))
        times = (micros_if(granted.until), scope, micros_if(granted.seen))
        self._write(_GRANT, name, secret, granted.kind.value, *times)

    def holder(self, secret: str) -> Holder | None:
        for name, role, area, *rest in self._all(_HOLDER, secret):
            shown = _pass(*rest)
            return Holder(_officer(name, role, area)._replace(scope=shown.scope), shown)
        return None

    def note_seen(self, secret: str, at: datetime) -> None:
        self._write("UPDATE pass SET seen = ? WHERE secret = ?", micros(at), secret)

    def revoke(self, secret: str) -> None:
        self._write("DELETE FROM pass WHERE secret = ?", secret)

    def revoke_all(self, name: str, kind: PassKind) -> None:
        self._write("DELETE FROM pass WHERE officer = ? AND kind = ?", name, kind.value)

    def note_failure(self, name: str, at: datetime) -> None:
        self._write("INSERT INTO failure VALUES (?, ?)", name, micros(at))

    def failures(self, name: str, since: datetime) -> int:
        return int(self._all(_FAILURES, name, micros(since))[0][0])

    # ---- what was answered

    def claim_reply(self, lease: Lease, *, at: datetime, since: datetime) -> Lease | Reply | None:
        with self._file.troubles(), self._file.transaction("BEGIN IMMEDIATE") as connection:
            connection.execute(_DROP_REPLIES, (micros(since),))
            row = connection.execute(_UNDER_KEY, (lease.officer, lease.key)).fetchone()
            found = _reply_or_lease(lease, row) if row else None
            if found and not lease.may_follow(found, at):
                return found
            connection.execute(_CLAIM, (*_values_of(lease), micros(at)))
        return None

    def keep_reply(self, lease: Lease, reply: Reply) -> None:
        self._write(_KEEP_REPLY, reply.status, reply.body, _names(reply.about), *_values_of(lease))

    def give_up(self, lease: Lease) -> None:
        self._write(_GIVE_UP, *_values_of(lease))

    # ---- what is over

    def forget(self, before: datetime) -> None:
        self._write_all(*((statement, (micros(before),)) for statement in _FORGET))

    # ---- the trail

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

    def _write(self, statement: str, *values: Any) -> None:
        self._write_all((statement, values))

    def _write_all(self, *statements: tuple[str, tuple[Any, ...]]) -> int:
        """Write all of them or none; return how many rows the last one changed."""
        with self._file.troubles(), self._file.transaction("BEGIN IMMEDIATE") as connection:
            return [connection.execute(*each).rowcount for each in statements][-1]

    def _all(self, query: str, *values: Any) -> list[Any]:
        with self._file.troubles(), self._file.transaction("BEGIN") as connection:
            return connection.execute(query, values).fetchall()


def _officer(name: str, role: str, area: str) -> Officer:
    return Officer(name, Role(role), area)


def _pass(kind: str, until: int | None, scope: str | None, seen: int | None) -> Pass:
    deeds = None if scope is None else frozenset(map(Deed, json.loads(scope)))
    return Pass(PassKind(kind), moment_if(until), deeds, moment_if(seen))


def _values_of(lease: Lease) -> tuple[Any, ...]:
    return (lease.officer, lease.key, lease.asked, micros(lease.until))


def _reply_or_lease(lease: Lease, row: tuple[Any, ...]) -> Lease | Reply:
    asked, until, status, body, about = row
    if status is None:
        return lease._replace(asked=asked, until=moment(until))
    return Reply(asked, status, body, tuple(json.loads(about)))


def _names(about: Sequence[str]) -> str:
    return json.dumps(about, ensure_ascii=False)


def _values(each: AuditEntry) -> tuple[Any, ...]:
    asked = (each.officer, each.request, each.asked, _names(each.about))
    return (each.chain, each.number, micros(each.at), *asked, each.status, each.why, each.before, each.digest)


def _entry(chain: str, number: int, at: int, *rest: Any) -> AuditEntry:
    officer, request, asked, about, status, why, before, digest = rest
    known = (tuple(json.loads(about)), status, why, before, digest)
    return AuditEntry(chain, number, moment(at), officer, request, asked, *known)
