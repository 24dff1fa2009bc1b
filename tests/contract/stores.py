"""How each store is made anew for a test, and a desk at which facts are recorded in it."""

import atexit
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from neo4j import GraphDatabase

from api.answers import person_answer
from api.keys import master_keys
from api.rulebooks import rulings
from graphdb.neo4j import Connection, Neo4jStore
from graphdb.sqlite import SQLiteStore
from scripts.neo4j_server import QUICK_START, Server, kill, start, wipe
from tracing.casework import record
from tracing.days import DEFAULT_ZONE, read_when
from tracing.in_force import InForce
from tracing.phrases import Language
from tracing.ports import Charter, Store
from tracing.register import Asked, Register
from tracing.upkeep import work
from tracing.verifying import verify


@contextmanager
def sqlite(folder: Path) -> Iterator[Store]:
    """A database in a file."""
    store = SQLiteStore(folder / "register.db", master_keys())
    store.create()
    yield store
    store.close()


@contextmanager
def neo4j(_folder: Path) -> Iterator[Store]:
    """The database of a real server that this process has for its tests, emptied."""
    store = _server()
    store.create()
    with GraphDatabase.driver(store.connection.url, auth=("neo4j", store.connection.password)) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:Register DETACH DELETE n")
        driver.execute_query("MATCH (r:Register) SET r = {only: 1, schema: r.schema, version: 0, seq: 0}")
    store.create()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SHOUWANG_NEO4J_PASSWORD", store.connection.password)
        yield store


@cache
def _server() -> Neo4jStore:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    server = Server(name=f"tests-{worker}-{os.getpid()}", port=0, java_options=QUICK_START)
    running = start(server)
    store = Neo4jStore(Connection(running.address, "neo4j", running.password), master_keys())
    # As late as can be: the driver must be closed while the server is still there.
    atexit.register(_end, server, store)
    return store


def _end(server: Server, store: Neo4jStore) -> None:
    store.close()
    kill(server)
    wipe(server)


STORES: dict[str, Callable[[Path], AbstractContextManager[Store]]] = {"neo4j": neo4j, "sqlite": sqlite}


class Desk:
    """A register with a clock that stands still until it is told."""

    def __init__(self, store: Store, protocol: str = "nhc-covid19", at: str = "2020-02-10T20:00"):
        self.store = store
        self.now = read_when(at, DEFAULT_ZONE).last
        self.rules = InForce(rulings(protocol, None), "first", DEFAULT_ZONE)
        charter = Charter(protocol, None, DEFAULT_ZONE.key, self.rules.at(self.now))
        store.write(lambda records: records.activate(charter, ("a book",), self.now))
        self.register = Register(store, self.rules)

    def clock(self):
        return self.now

    def record(self, *facts: dict[str, Any], at_once: int = 500):
        """Record facts, the first on line 1, and let a second pass."""
        done = record(self.store, self.rules, enumerate(facts, 1), self.clock, at_once=at_once)
        self.now += timedelta(seconds=1)
        return done

    def work(self):
        while work(self.store, self.rules, self.clock).people:
            pass

    def asked(self, known_at: str | None = None) -> Asked:
        moment = read_when(known_at, DEFAULT_ZONE).last if known_at else None
        return Asked(self.rules.rulings, self.now, moment)

    def answer(self, person: str, known_at: str | None = None):
        (found,) = self.register.of_people(self.asked(known_at), [person]).assessments
        return person_answer(found, Language.EN)

    def category(self, person: str, known_at: str | None = None) -> Any:
        return self.answer(person, known_at)["category"]

    def listed(self, area: str) -> list[str]:
        return sorted(each.person for each in self.register.of_area(self.asked(), area).assessments)

    def differences(self) -> list[str]:
        return [*self.store.faults(), *verify(self.register, self.now).differences]

    def fact_ids(self) -> list[str]:
        return [each.fact_id for each in self.store.read(lambda facts: facts.page(0, 10**6))]
