"""The store on a Neo4j server: managed transactions, one writer of a register at a time.

A writer takes the node of the register first and keeps it to the end: so facts are numbered and
stamped in the order in which they are committed, and what is read cannot change under it. Readers
wait for nobody; what they read is of one state, or is read again.
"""

import logging
import os
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, NamedTuple, TypeVar, cast

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session, unit_of_work
from neo4j.exceptions import AuthError, ClientError, DriverError, IncompleteCommit, Neo4jError, TransientError

from graphdb.neo4j.answers import Neo4jRecords
from graphdb.neo4j.schema import MIGRATIONS, migrate
from tracing.ports import Busy, StoreTrouble, Unreachable

T = TypeVar("T")

_HOLD: LiteralString = """
    MATCH (r:Register {only: 1}) SET r.version = r.version + 1
    RETURN properties(r) AS register
"""
_VERSION: LiteralString = "MATCH (r:Register {only: 1}) RETURN properties(r) AS register"
_NUMBERED: LiteralString = """
    MATCH (r:Register {only: 1})
    CALL () { MATCH (f:Fact) RETURN count(f) AS facts }
    CALL () { MATCH ()-[f:LIVES_IN|RODE|VISITED|STAYED_IN]->() RETURN count(f) AS ties }
    CALL () {
        MATCH (p:Person)-[:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
        WHERE p.was_diagnosed AND NOT (p)-[:SOURCE_AT]->(o) RETURN count(*) AS unmarked
    }
    RETURN r.seq AS last, facts + ties AS facts, unmarked
"""
_READINGS = 5
_AGAIN = "nothing was recorded, asking again would be right"
_ENDED = "Neo.ClientError.Transaction."  # by the server: it took too long, or somebody ended it


class Connection(NamedTuple):
    """How a server is reached: its URL without password, who asks, and limits in seconds.

    ``wait_s``: until a connection is there; ``retry_s``: for how long trouble that passes is tried again;
    ``longest_s``: how long one transaction may take, waiting for others included.
    """

    url: str
    user: str
    password: str
    database: str = "neo4j"
    pool: int = 20
    wait_s: float = 15.0
    retry_s: float = 30.0
    longest_s: float = 120.0


# What the driver notes of broken lines is said once, in a sentence; whoever wants its notes asks for them.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jStore:
    """A register on a Neo4j server; threads may share it, processes open their own."""

    most_facts: int | None = 20_000

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.name = connection.url
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._driver: Driver | None = None
        self._process = 0
        self._opening = threading.Lock()

    def create(self) -> None:
        """Make constraints and indexes, or bring those of an older version up to date.

        Raises:
            Unreachable: if the server cannot be reached or refuses.
        """
        with self._troubles():
            migrate(self._open(), self.connection.database)

    def read(self, work: Callable[[Neo4jRecords], T]) -> T:
        """Run work that only reads, on one state of the register.

        Raises:
            Unreachable: if the server cannot be read.
            Busy: if others write so much that no state stands still.
        """
        with self._troubles(), self._session(READ_ACCESS) as session:
            reading = self._bounded(_read)
            for _ in range(_READINGS):
                # If the line breaks in the end of a reading, all was read, but perhaps not of one state.
                with suppress(IncompleteCommit):
                    found = session.execute_read(reading, work)
                    if found is not None:
                        return cast(tuple[T], found)[0]
        return self.write(work)

    def write(self, work: Callable[[Neo4jRecords], T], people: Collection[str] = ()) -> T:
        """Run work that writes, in one transaction; the register is its writer's alone meanwhile.

        Raises:
            Busy: if others write for too long.
            Unreachable: if the server cannot be written.
            StoreTrouble: if the connection broke just when it was to be recorded.
        """
        with self._troubles(), self._session(WRITE_ACCESS) as session:
            return cast(T, session.execute_write(self._bounded(_write), work))

    def faults(self) -> list[str]:
        """Return what is missing of the numbers of facts, and of the marks at occasions."""
        with self._troubles(), self._session(READ_ACCESS) as session:
            row = session.execute_read(lambda transaction: transaction.run(_NUMBERED).single(strict=True))
        found = []
        if row["last"] != row["facts"]:
            found.append(f"{self.name}: {row['facts']} facts, but {row['last']} were numbered")
        if row["unmarked"]:
            found.append(f"{self.name}: {row['unmarked']} occasions do not show who was ever diagnosed there")
        return found

    def close(self) -> None:
        """Close all connections."""
        if self._driver:
            self._driver.close()
            self._driver = None

    def _bounded(self, work: Callable[..., Any]) -> Callable[..., Any]:
        return unit_of_work(timeout=self.connection.longest_s)(work)

    def _open(self) -> Driver:
        with self._opening:
            if self._driver is None or self._process != os.getpid():
                self._driver, self._process = self._opened(), os.getpid()
            return self._driver

    def _opened(self) -> Driver:
        url, user, password, _, pool, wait_s, retry_s, _ = self.connection
        driver = GraphDatabase.driver(
            url,
            auth=(user, password),
            max_connection_pool_size=pool,
            connection_acquisition_timeout=wait_s,
            connection_timeout=wait_s,
            max_transaction_retry_time=retry_s,
            notifications_min_severity="OFF",
            user_agent="shouwang",
        )
        # Whoever begins is told at once that there is no server; whoever goes on waits for it.
        try:
            driver.verify_connectivity()
        except (DriverError, Neo4jError):
            driver.close()
            raise
        return driver

    @contextmanager
    def _session(self, access: str) -> Iterator[Session]:
        database = self.connection.database
        driver = self._open()
        with driver.session(
            database=database, default_access_mode=access, bookmark_manager=self._bookmarks
        ) as session:
            yield session

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Say in a sentence what the driver says in an exception."""
        try:
            yield
        except AuthError:
            right = "the password in SHOUWANG_NEO4J_PASSWORD that scripts/neo4j printed would be right"
            raise Unreachable(f"{self.name}: the server does not accept the password; {right}") from None
        except IncompleteCommit:
            sentence = "the connection broke as it was to be recorded; asking again records it once"
            raise StoreTrouble(f"{self.name}: {sentence}") from None
        except TransientError as trouble:
            raise Busy(f"{self.name}: the server is too busy ({trouble.code}); {_AGAIN}") from None
        except ClientError as trouble:
            if (trouble.code or "").startswith(_ENDED):
                raise Busy(f"{self.name}: others kept what was needed for too long; {_AGAIN}") from None
            raise Unreachable(f"{self.name}: the server refuses: {trouble.message}") from None
        except _NotInOrder as trouble:
            raise Unreachable(f"{self.name}: {trouble}") from None
        except (DriverError, Neo4jError, OSError) as trouble:
            right = "a running server at this address would be right (scripts/neo4j start)"
            raise Unreachable(f"{self.name}: the server is not reachable; {right}") from trouble


class _NotInOrder(Exception):
    """There is no register in a database, or one that this program does not know."""


def _write(transaction: ManagedTransaction, work: Callable[[Neo4jRecords], T]) -> T:
    return work(Neo4jRecords(transaction, _register(transaction, _HOLD)))


def _read(transaction: ManagedTransaction, work: Callable[[Neo4jRecords], T]) -> tuple[T] | None:
    """Return what work found; None if somebody wrote meanwhile."""
    before = _register(transaction, _VERSION)
    found = work(Neo4jRecords(transaction, before))
    return (found,) if _register(transaction, _VERSION)["version"] == before["version"] else None


def _register(transaction: ManagedTransaction, query: LiteralString) -> dict[str, Any]:
    """Return the properties of the register's node.

    Raises:
        _NotInOrder: if there is none, or it is of another version of the program.
    """
    record = transaction.run(query).single()
    register: dict[str, Any] = record["register"] if record else {}
    if not register.get("schema"):
        raise _NotInOrder("there is no register in this database; `shouwang init` makes one")
    if register["schema"] != len(MIGRATIONS):
        right = "`shouwang init` brings it up to date, or a newer program is needed"
        raise _NotInOrder(f"the register in this database is of version {register['schema']}; {right}")
    return register
