"""The stores that can be measured, and how many people a use case assesses in one."""

import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from api.keys import make_master_key, master_keys
from graphdb.neo4j import Connection, Neo4jStore
from graphdb.sealing import MasterKeys
from graphdb.sqlite import SQLiteStore
from scripts.neo4j_server import Server, kill, start, wipe
from tracing.ports import Records, Row, Store

T = TypeVar("T")


class Made(NamedTuple):
    """An empty store, and the folder that its data lie in."""

    store: Store
    data: Path

    def size_mib(self) -> int:
        """Return how large all files of the store are together."""
        return sum(each.stat().st_size for each in self.data.rglob("*") if each.is_file()) // 2**20


def _keys_in(folder: Path) -> MasterKeys:
    """Return new master keys, which the servers that are started find too."""
    os.environ["SHOUWANG_KEYS"] = str(folder / "master.keys")
    make_master_key()
    master_keys.cache_clear()
    return master_keys()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Made]:
    store = SQLiteStore(folder / "bench.db", _keys_in(folder))
    store.create()
    try:
        yield Made(store, folder)
    finally:
        store.close()


@contextmanager
def _neo4j(folder: Path) -> Iterator[Made]:
    server = Server(name=f"bench-{secrets.token_hex(6)}", port=0)
    try:
        running = start(server)
        store = Neo4jStore(Connection(running.address, "neo4j", running.password), _keys_in(folder))
        store.create()
        with closing(store):
            yield Made(store, server.home / "data")
    finally:
        kill(server)
        wipe(server)


STORES: dict[str, Callable[[Path], AbstractContextManager[Made]]] = {"neo4j": _neo4j, "sqlite": _sqlite}
"""Each makes an empty store, of its own or in an empty folder, and takes it away afterwards."""


class Counting:
    """A store that counts the people whose answers are worked out in it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.assessed = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def write(self, work: Callable[[Records], T], people: Collection[str] = ()) -> T:
        """Run work that writes, and count anew."""

        def counted(records: Records) -> T:
            self.assessed = 0
            return work(cast(Records, _CountingRecords(records, self)))

        return self._store.write(counted, people)


class _CountingRecords:
    def __init__(self, records: Records, counting: Counting) -> None:
        self._records = records
        self._counting = counting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._records, name)

    def keep(self, rows: Iterable[Row], gone: Collection[str], at: datetime) -> None:
        kept = list(rows)
        self._counting.assessed += len(kept) + len(gone)
        self._records.keep(kept, gone, at)
