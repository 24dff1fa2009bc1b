"""A real Neo4j server for tests that kill it, freeze it and hold its locks; and registers on it."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from signal import SIGCONT, SIGSTOP
from threading import Event

from neo4j import Driver, GraphDatabase, Session, Transaction

from api.keys import master_keys
from graphdb.neo4j import Connection, Neo4jStore
from scripts.neo4j_server import QUICK_START, Running, Server, kill, start, status, stop, wipe
from scripts.neo4j_server.servers import Process, bolt_address
from tests.faults.processes import LONGEST_S

_DATABASE = "neo4j"
_HOW_THEY_ARE = "SHOW TRANSACTIONS YIELD status"
_DROP = {
    "SHOW CONSTRAINTS YIELD name": "DROP CONSTRAINT",
    "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'": "DROP INDEX",
}


@dataclass(frozen=True, slots=True)
class Room:
    """A server that starts again on the same port, whatever was done to it."""

    server: Server
    running: Running

    @property
    def address(self) -> str:
        return self.running.address

    @property
    def password(self) -> str:
        return self.running.password

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def address_of_something_else(self) -> str:
        """Where something listens that is no database."""
        return bolt_address(self._process().http_port)

    # ---- what is done to it

    def open(self) -> None:
        """Let the server run and answer, whatever has become of it."""
        self.thaw()
        start(self.server)

    def stop(self) -> None:
        assert stop(self.server), "it did not run"

    def kill(self) -> None:
        """Kill it as a crash would."""
        assert kill(self.server), "it did not run"

    def freeze(self) -> None:
        """Let it keep its port and its connections, and answer nothing."""
        os.kill(self._process().pid, SIGSTOP)

    def thaw(self) -> None:
        """Let it go on if it was frozen."""
        if status(self.server):
            os.kill(self._process().pid, SIGCONT)

    def _process(self) -> Process:
        process = status(self.server)
        assert process, "it does not run"
        return process

    # ---- what is in it

    @contextmanager
    def driver(self) -> Iterator[Driver]:
        with GraphDatabase.driver(self.address, auth=("neo4j", self.password)) as driver:
            yield driver

    def asked(self, query: str) -> list[tuple[object, ...]]:
        with self.driver() as driver, driver.session(database=_DATABASE) as session:
            return _asked(session, query)

    def clear(self) -> None:
        """Take out everything, constraints and indexes too."""
        with self.driver() as driver, driver.session(database=_DATABASE) as session:
            session.run("MATCH (n) DETACH DELETE n").consume()
            for listed, dropping in _DROP.items():
                for name, *_ in _asked(session, listed):
                    _asked(session, f"{dropping} {name} IF EXISTS")

    @contextmanager
    def somebody_else(self) -> Iterator[Transaction]:
        """A transaction of another program; what it has written is taken back in the end."""
        with self.driver() as driver, driver.session(database=_DATABASE) as session:
            transaction = session.begin_transaction()
            try:
                yield transaction
            finally:
                transaction.close()

    def wait_until_somebody_waits(self) -> None:
        """Wait until a transaction waits for what another one holds."""
        with self.driver() as driver, driver.session(database=_DATABASE) as session:
            for _ in range(LONGEST_S * 20):
                if any(str(status).startswith("Blocked") for (status,) in _asked(session, _HOW_THEY_ARE)):
                    return
                Event().wait(0.05)
        raise AssertionError("nobody waits")

    @contextmanager
    def store(self, retry_s: float = 30.0, longest_s: float = 120.0) -> Iterator[Neo4jStore]:
        """A store of its own, with these limits."""
        asked = Connection(self.address, "neo4j", self.password, retry_s=retry_s, longest_s=longest_s)
        store = Neo4jStore(asked, master_keys())
        try:
            yield store
        finally:
            store.close()


def _asked(session: Session, query: str) -> list[tuple[object, ...]]:
    return [tuple(record.values()) for record in session.run(query)]


@contextmanager
def a_room() -> Iterator[Room]:
    """A server in a home of its own, wiped in the end."""
    server = Server(f"faults-{secrets.token_hex(6)}", port=0, java_options=QUICK_START)
    try:
        running = start(server)
        port = int(running.address.rpartition(":")[2])
        room = Room(replace(server, port=port), running)
        yield room
        room.thaw()
    finally:
        kill(server)
        wipe(server)
