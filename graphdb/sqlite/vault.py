"""Who people are, in SQLite: sealed beside the facts, found by digests, with the keys of everybody."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from graphdb.clues import tokens_of
from graphdb.sealing import MasterKeys, Safe, SealedRow
from tracing.ports import Stored
from tracing.secrecy import INDEX, Sealed

_OF = "SELECT seq, owner, text FROM identity WHERE seq IN (SELECT value FROM json_each(?))"
_BETWEEN = "SELECT seq, owner, text FROM identity WHERE seq > ? AND seq <= ?"
_OF_OWNERS = "SELECT seq, owner, text FROM identity WHERE owner IN (SELECT value FROM json_each(?))"
_ADD = "INSERT INTO identity VALUES (?, ?, ?)"
_KEYS = "SELECT owner, wrapped FROM key WHERE owner IN (SELECT value FROM json_each(?))"
_ALL_KEYS = "SELECT owner, wrapped FROM key"
_PUT = "INSERT OR REPLACE INTO key VALUES (?, ?)"
_ADD_CLUE = "INSERT OR IGNORE INTO clue VALUES (?, ?)"
_FORGET_CLUES = "DELETE FROM clue WHERE token = ? AND seq = ?"
_FORGET = "DELETE FROM identity WHERE owner IN (SELECT value FROM json_each(?))"
_DESTROY = "DELETE FROM key WHERE owner IN (SELECT value FROM json_each(?))"
_NOTE_DESTROYED = "INSERT OR IGNORE INTO destroyed VALUES (?, ?)"
_ERASED = "SELECT owner FROM destroyed WHERE owner IN (SELECT value FROM json_each(?))"
_FINGERPRINTS = "SELECT fingerprint FROM destroyed WHERE fingerprint <> ''"


class SQLiteVault:
    """The sealed identities of one transaction, and the keys."""

    def __init__(self, connection: sqlite3.Connection, master: MasterKeys) -> None:
        self._connection = connection
        self._safe = Safe(master, self)

    def identities(self, numbers: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        return self._safe.open(self._sealed(_OF, _listed(numbers)))

    def identities_between(self, after: int, last: int) -> Mapping[int, Mapping[str, Any]]:
        """Return the identity that facts carry, of those after a number up to another."""
        return self._safe.open(self._sealed(_BETWEEN, after, last))

    def sealed(self, numbers: Collection[int]) -> Mapping[int, Sealed]:
        return self._safe.taken_out(self._sealed(_OF, _listed(numbers)))

    def destroyed(self) -> set[str]:
        return {each for (each,) in self._connection.execute(_FINGERPRINTS)}

    def erased(self, people: Collection[str]) -> set[str]:
        return {owner for (owner,) in self._connection.execute(_ERASED, (_listed(people),))}

    def index_key(self) -> bytes:
        return self._safe.index_key()

    # ---- writing

    def make_index_key(self) -> None:
        """Make the key of the digests if there is none."""
        self._safe.keys([INDEX], make=True)

    def add_identities(self, facts: Sequence[Stored]) -> None:
        """Seal what facts say of who somebody is, and let it be found."""
        rows = self._safe.seal(facts)
        if rows:
            self._connection.executemany(_ADD, rows)
            said = ((each.seq, each.identity) for each in facts if each.identity)
            self._connection.executemany(_ADD_CLUE, tokens_of(self.index_key(), said))

    def erase(self, people: Collection[str]) -> None:
        owners, run = _listed(people), self._connection.executemany
        # What is deleted is overwritten, so that no free page of the file still has it.
        self._connection.execute("PRAGMA secure_delete = ON")
        rows = self._sealed(_OF_OWNERS, owners)
        said = self._safe.open(rows)
        run(_FORGET_CLUES, tokens_of(self.index_key(), said.items()))
        run(_NOTE_DESTROYED, self._safe.fingerprints(people))
        self._connection.execute(_FORGET, (owners,))
        self._connection.execute(_DESTROY, (owners,))

    def adopt(self, keys: Mapping[str, bytes]) -> None:
        self._safe.adopt(keys)

    def rewrap(self) -> int:
        return self._safe.rewrap()

    def wrapped(self, owners: Collection[str] | None = None) -> dict[str, bytes]:
        run = self._connection.execute
        return dict(run(_ALL_KEYS) if owners is None else run(_KEYS, (_listed(owners),)))

    def put(self, wrapped: Mapping[str, bytes]) -> None:
        self._connection.executemany(_PUT, sorted(wrapped.items()))

    def _sealed(self, query: str, *values: Any) -> list[SealedRow]:
        return [SealedRow(*row) for row in self._connection.execute(query, values)]


def _listed(values: Iterable[Any]) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)
