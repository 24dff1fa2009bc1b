"""The office in the graph: nodes tied to nobody, so that none waits for whoever writes the register."""

from collections.abc import Sequence
from typing import Any, LiteralString

from neo4j import READ_ACCESS, WRITE_ACCESS, ManagedTransaction, Record

from graphdb.moments import micros, micros_if, moment, moment_if
from graphdb.neo4j.schema import migrate
from graphdb.neo4j.server import Connection, Neo4jServer
from tracing.office import Appointment, AuditEntry, Officer, Role

_APPOINT: LiteralString = "MERGE (o:Officer {name: $officer.name}) SET o = $officer"
_DISMISS: LiteralString = "MATCH (o:Officer {name: $name}) DELETE o RETURN 1"
_APPOINTED: LiteralString = "MATCH (o:Officer) RETURN properties(o) AS officer ORDER BY o.name"
_HOLDER: LiteralString = "MATCH (o:Officer {token: $token}) RETURN properties(o) AS officer"
_NOTE: LiteralString = """
    MERGE (office:Office {only: 1}) ON CREATE SET office.seq = 0
    SET office.seq = office.seq + size($entries)
    WITH office.seq - size($entries) AS before
    UNWIND range(1, size($entries)) AS place
    CREATE (e:AuditEntry {seq: before + place}) SET e += $entries[place - 1]
    FOREACH (id IN e.about | CREATE (:About {id: id, seq: e.seq}))
"""
_TRAIL: LiteralString = """
    MATCH (e:AuditEntry) WHERE e.seq > $after AND e.seq <= $after + $limit
    RETURN e.seq AS seq, properties(e) AS entry ORDER BY seq
"""
_ABOUT: LiteralString = """
    MATCH (a:About {id: $id}) WHERE a.seq > $after
    WITH a ORDER BY a.seq LIMIT $limit
    MATCH (e:AuditEntry {seq: a.seq}) RETURN e.seq AS seq, properties(e) AS entry ORDER BY seq
"""
_LATEST: LiteralString = """
    MATCH (office:Office {only: 1}) MATCH (e:AuditEntry {seq: office.seq}) RETURN e.digest AS digest
"""


class Neo4jOffice:
    """Who works here and what they did, beside a register on a server."""

    def __init__(self, connection: Connection) -> None:
        self.name = connection.url
        self._server = Neo4jServer(connection)

    def create(self) -> None:
        with self._server.troubles():
            migrate(self._server.driver(), self._server.connection.database)

    def close(self) -> None:
        self._server.close()

    def appoint(self, appointed: Appointment, token: str) -> None:
        name, role, area = appointed.officer
        until = micros_if(appointed.until)
        officer = {"name": name, "role": role.value, "area": area, "token": token, "until": until}
        self._write(_APPOINT, officer=officer)

    def dismiss(self, name: str) -> bool:
        return bool(self._write(_DISMISS, name=name))

    def appointed(self) -> list[Appointment]:
        return [_appointment(row["officer"]) for row in self._read(_APPOINTED)]

    def holder(self, token: str) -> Appointment | None:
        return next((_appointment(row["officer"]) for row in self._read(_HOLDER, token=token)), None)

    def note(self, entries: Sequence[AuditEntry]) -> None:
        self._write(_NOTE, entries=[each._asdict() | {"at": micros(each.at)} for each in entries])

    def trail(self, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        return self._entries(_TRAIL, after=after, limit=limit)

    def about(self, person: str, after: int, limit: int) -> list[tuple[int, AuditEntry]]:
        return self._entries(_ABOUT, id=person, after=after, limit=limit)

    def latest(self) -> str:
        return next((str(row["digest"]) for row in self._read(_LATEST)), "")

    def _entries(self, query: LiteralString, **values: Any) -> list[tuple[int, AuditEntry]]:
        return [(row["seq"], _entry(row["entry"])) for row in self._read(query, **values)]

    def _read(self, query: LiteralString, **values: Any) -> list[Record]:
        with self._server.troubles(), self._server.session(READ_ACCESS) as session:
            return session.execute_read(_run, query, values)

    def _write(self, query: LiteralString, **values: Any) -> list[Record]:
        with self._server.troubles(), self._server.session(WRITE_ACCESS) as session:
            return session.execute_write(_run, query, values)


def _run(transaction: ManagedTransaction, query: LiteralString, values: dict[str, Any]) -> list[Record]:
    return list(transaction.run(query, values))


def _appointment(officer: dict[str, Any]) -> Appointment:
    who = Officer(officer["name"], Role(officer["role"]), officer["area"])
    return Appointment(who, moment_if(officer.get("until")))


def _entry(kept: dict[str, Any]) -> AuditEntry:
    own = {name: value for name, value in kept.items() if name != "seq"}
    own |= {
        "at": moment(own["at"]),
        "about": tuple(own["about"]),
        "officer": own.get("officer"),
        "why": own.get("why"),
    }
    return AuditEntry(**own)
