"""The store on a Neo4j server: managed transactions, one writer of a register at a time.

A writer takes the node of the register first and keeps it to the end: so facts are numbered and
stamped in the order in which they are committed, and what is read cannot change under it. Readers
wait for nobody; what they read is of one state, or is read again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, TypeVar, cast

from neo4j import READ_ACCESS, WRITE_ACCESS, ManagedTransaction
from neo4j.exceptions import IncompleteCommit

from graphdb.neo4j.answers import Neo4jRecords
from graphdb.neo4j.schema import LATEST, migrate
from graphdb.neo4j.server import Connection, Neo4jServer
from graphdb.neo4j.talk import Frame, Talk
from graphdb.sealing import MasterKeys
from tracing.ports import Unreachable

T = TypeVar("T")

_HOLD: LiteralString = """
    OPTIONAL MATCH (r:Register {only: 1}) SET r.version = r.version + 1
    RETURN properties(r) AS register
"""
_REGISTER: LiteralString = "OPTIONAL MATCH (r:Register {only: 1}) RETURN properties(r) AS register"
_VERSION: LiteralString = "OPTIONAL MATCH (r:Register {only: 1}) RETURN r.version AS version"
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


class Neo4jStore:
    """A register on a Neo4j server; threads may share it, processes open their own."""

    most_facts: int | None = 20_000

    def __init__(self, connection: Connection, master: MasterKeys) -> None:
        self.connection = connection
        self._master = master
        self.name = connection.url
        self._server = Neo4jServer(connection)

    def create(self) -> None:
        """Make constraints and indexes, or bring those of an older version up to date.

        Raises:
            Unreachable: if the server cannot be reached or refuses.
        """
        with self._troubles():
            migrate(self._server.driver(), self.connection.database)
        self.write(lambda records: records.make_index_key())

    def read(self, work: Callable[[Neo4jRecords], T]) -> T:
        """Run work that only reads, on one state of the register.

        Raises:
            Unreachable: if the server cannot be read.
            Busy: if others write so much that no state stands still.
        """
        with self._troubles(), self._server.session(READ_ACCESS) as session:
            reading = self._server.bounded(_read)
            for _ in range(_READINGS):
                # If the line breaks in the end of a reading, all was read, but perhaps not of one state.
                with suppress(IncompleteCommit):
                    found = session.execute_read(reading, work, self._master)
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
        with self._troubles(), self._server.session(WRITE_ACCESS) as session:
            return cast(T, session.execute_write(self._server.bounded(_write), work, self._master))

    def faults(self) -> list[str]:
        """Return what is missing of the numbers of facts, and of the marks at occasions."""
        with self._troubles(), self._server.session(READ_ACCESS) as session:
            row = session.execute_read(lambda transaction: transaction.run(_NUMBERED).single(strict=True))
        found = []
        if row["last"] != row["facts"]:
            found.append(f"{self.name}: {row['facts']} facts, but {row['last']} were numbered")
        if row["unmarked"]:
            found.append(f"{self.name}: {row['unmarked']} occasions do not show who was ever diagnosed there")
        return found

    def close(self) -> None:
        """Close all connections."""
        self._server.close()

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        try:
            with self._server.troubles():
                yield
        except _NotInOrder as trouble:
            raise Unreachable(f"{self.name}: {trouble}") from None


class _NotInOrder(Exception):
    """There is no register in a database, or one that this program does not know."""


def _write(transaction: ManagedTransaction, work: Callable[[Neo4jRecords], T], master: MasterKeys) -> T:
    with Talk(transaction, Frame(_HOLD, None, _check)) as talk:
        done = work(Neo4jRecords(talk, master))
        talk.finish()
    return done


def _read(
    transaction: ManagedTransaction, work: Callable[[Neo4jRecords], T], master: MasterKeys
) -> tuple[T] | None:
    """Return what work found; None if somebody wrote meanwhile."""
    with Talk(transaction, Frame(_REGISTER, _VERSION, _check)) as talk:
        found = work(Neo4jRecords(talk, master))
        before = talk.register["version"]
    return (found,) if talk.version == before else None


def _check(register: Mapping[str, Any]) -> None:
    """Check the properties of the register's node.

    Raises:
        _NotInOrder: if there is none, or it is of another version of the program.
    """
    if not register.get("schema"):
        raise _NotInOrder("there is no register in this database; `shouwang init` makes one")
    if register["schema"] != LATEST:
        right = "`shouwang init` brings it up to date, or a newer program is needed"
        raise _NotInOrder(f"the register in this database is of version {register['schema']}; {right}")
