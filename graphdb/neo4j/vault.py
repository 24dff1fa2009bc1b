"""Who people are, in the graph: sealed on nodes tied to nobody, found by digests, with everybody's keys."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, LiteralString

from graphdb.clues import tokens_of
from graphdb.neo4j.talk import Talk
from graphdb.sealing import MasterKeys, Safe, SealedRow
from tracing.ports import Stored
from tracing.secrecy import INDEX, Sealed

_OF: LiteralString = "MATCH (i:Identity) WHERE i.seq IN $numbers RETURN properties(i) AS identity"
_BETWEEN: LiteralString = """
    MATCH (i:Identity) WHERE i.seq > $after AND i.seq <= $last RETURN properties(i) AS identity
"""
_OF_OWNERS: LiteralString = "MATCH (i:Identity) WHERE i.owner IN $owners RETURN properties(i) AS identity"
_ADD: LiteralString = "UNWIND $rows AS row CREATE (i:Identity) SET i = row"
_KEYS: LiteralString = """
    MATCH (k:Key) WHERE k.owner IN $owners RETURN k.owner AS owner, k.wrapped AS wrapped
"""
_ALL_KEYS: LiteralString = "MATCH (k:Key) RETURN k.owner AS owner, k.wrapped AS wrapped"
_PUT: LiteralString = """
    UNWIND $rows AS row MERGE (k:Key {owner: row.owner}) SET k.wrapped = row.wrapped
"""
_ADD_CLUES: LiteralString = "UNWIND $rows AS row CREATE (c:Clue) SET c = row"
_FORGET_CLUES: LiteralString = "UNWIND $rows AS row MATCH (c:Clue {token: row.token, seq: row.seq}) DELETE c"
_DESTROY: tuple[LiteralString, ...] = (
    "MATCH (i:Identity) WHERE i.owner IN $owners DELETE i",
    "MATCH (k:Key) WHERE k.owner IN $owners DELETE k",
)
_NOTE_DESTROYED: LiteralString = "UNWIND $rows AS row CREATE (d:Destroyed) SET d = row"
_ERASED: LiteralString = "MATCH (d:Destroyed) WHERE d.owner IN $owners RETURN DISTINCT d.owner AS owner"
_DESTROYED: LiteralString = (
    "MATCH (d:Destroyed) WHERE d.fingerprint <> '' RETURN d.fingerprint AS fingerprint"
)


class Neo4jVault:
    """The sealed identities of one transaction, and the keys."""

    def __init__(self, talk: Talk, master: MasterKeys) -> None:
        self._talk = talk
        self._safe = Safe(master, self)

    def identities(self, numbers: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        return self._safe.open(self._sealed(_OF, numbers=sorted(numbers))) if numbers else {}

    def identities_between(self, after: int, last: int) -> Mapping[int, Mapping[str, Any]]:
        """Return the identity that facts carry, of those after a number up to another."""
        return self._safe.open(self._sealed(_BETWEEN, after=after, last=last))

    def sealed(self, numbers: Collection[int]) -> Mapping[int, Sealed]:
        return self._safe.taken_out(self._sealed(_OF, numbers=sorted(numbers)))

    def destroyed(self) -> set[str]:
        return self._all_of("fingerprint", _DESTROYED)

    def erased(self, people: Collection[str]) -> set[str]:
        return self._all_of("owner", _ERASED, owners=sorted(people))

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
            said = ((each.seq, each.identity) for each in facts if each.identity)
            self._run(_ADD, rows=[row._asdict() for row in rows])
            self._run(_ADD_CLUES, rows=_clues(tokens_of(self.index_key(), said)))

    def erase(self, people: Collection[str]) -> None:
        owners = sorted(people)
        rows = self._sealed(_OF_OWNERS, owners=owners)
        said = self._safe.open(rows)
        tokens = tokens_of(self.index_key(), said.items())
        self._run(_FORGET_CLUES, rows=_clues(tokens))
        destroyed = [{"owner": owner, "fingerprint": each} for owner, each in self._safe.fingerprints(owners)]
        self._run(_NOTE_DESTROYED, rows=destroyed)
        for query in _DESTROY:
            self._run(query, owners=owners)

    def adopt(self, keys: Mapping[str, bytes]) -> None:
        self._safe.adopt(keys)

    def rewrap(self) -> int:
        return self._safe.rewrap()

    def wrapped(self, owners: Collection[str] | None = None) -> dict[str, bytes]:
        query, values = (_ALL_KEYS, {}) if owners is None else (_KEYS, {"owners": sorted(owners)})
        return {owner: bytes(key) for owner, key in self._rows(query, "owner", "wrapped", **values)}

    def put(self, wrapped: Mapping[str, bytes]) -> None:
        self._run(_PUT, rows=[{"owner": owner, "wrapped": each} for owner, each in sorted(wrapped.items())])

    def _sealed(self, query: LiteralString, **values: Any) -> list[SealedRow]:
        return [SealedRow(**identity) for (identity,) in self._rows(query, "identity", **values)]

    def _all_of(self, column: LiteralString, query: LiteralString, **values: Any) -> set[str]:
        return {value for (value,) in self._rows(query, column, **values)}

    def _rows(self, query: LiteralString, *columns: LiteralString, **values: Any) -> list[list[Any]]:
        return self._talk.rows(query, *columns, **values)

    def _run(self, query: LiteralString, **values: Any) -> None:
        self._talk.write(query, **values)


def _clues(tokens: Sequence[tuple[bytes, int]]) -> list[dict[str, Any]]:
    return [{"token": each.hex(), "seq": seq} for each, seq in tokens]
