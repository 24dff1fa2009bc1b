"""The office in the graph: nodes tied to nobody, so that none waits for whoever writes the register."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString

from neo4j import READ_ACCESS, WRITE_ACCESS, ManagedTransaction, Record

from graphdb.moments import micros, micros_if, moment, moment_if
from graphdb.neo4j.schema import migrate
from graphdb.neo4j.server import Connection, Neo4jServer
from tracing.audit import AuditEntry
from tracing.office import Deed, Holder, Lease, Officer, Pass, PassKind, Reply, Role

_APPOINT: LiteralString = "MERGE (o:Officer {name: $officer.name}) SET o += $officer"
_DISMISS: LiteralString = """
    MATCH (o:Officer {name: $name}) DELETE o WITH 1 AS gone
    CALL () { MATCH (p:Pass {officer: $name}) DELETE p }
    CALL () { MATCH (r:Reply {officer: $name}) DELETE r }
    RETURN gone
"""
_APPOINTED: LiteralString = """
    MATCH (o:Officer) OPTIONAL MATCH (p:Pass {officer: o.name})
    WITH o, p ORDER BY p.kind, p.until
    WITH o, collect(properties(p)) AS passes
    RETURN properties(o) AS officer, passes ORDER BY o.name
"""
_SET_DIGEST: LiteralString = "MATCH (o:Officer {name: $name}) SET o.password = $digest"
_DIGEST: LiteralString = "MATCH (o:Officer {name: $name}) RETURN o.password AS digest"
_GRANT: LiteralString = "MATCH (:Officer {name: $granted.officer}) CREATE (p:Pass) SET p = $granted"
_HOLDER: LiteralString = """
    MATCH (p:Pass {secret: $secret}) MATCH (o:Officer {name: p.officer})
    RETURN properties(o) AS officer, properties(p) AS shown
"""
_NOTE_SEEN: LiteralString = "MATCH (p:Pass {secret: $secret}) SET p.seen = $at"
_REVOKE: LiteralString = "MATCH (p:Pass {secret: $secret}) DELETE p"
_REVOKE_ALL: LiteralString = "MATCH (p:Pass {officer: $name}) WHERE p.kind = $kind DELETE p"
_NOTE_FAILURE: LiteralString = "CREATE (f:LoginFailure {name: $name, at: $at})"
_FAILURES: LiteralString = """
    MATCH (f:LoginFailure {name: $name}) WHERE f.at >= $since RETURN count(f) AS failures
"""
_DROP_REPLIES: LiteralString = "MATCH (old:Reply) WHERE old.at < $since DELETE old"
# Setting something locks the node: whoever comes second reads what the first has written.
_UNDER_KEY: LiteralString = """
    MERGE (r:Reply {officer: $officer, key: $key})
    SET r.locked = true REMOVE r.locked
    RETURN properties(r) AS kept
"""
_CLAIM: LiteralString = (
    "MATCH (r:Reply {officer: $lease.officer, key: $lease.key}) SET r = $lease, r.at = $at"
)
_KEEP_REPLY: LiteralString = """
    MATCH (r:Reply {officer: $lease.officer, key: $lease.key}) SET r.locked = true REMOVE r.locked
    WITH r WHERE r.asked = $lease.asked AND r.until = $lease.until AND r.status IS NULL
    SET r += $reply
"""
# The node stays, for another may be waiting for it; it is dropped with those of its day.
_GIVE_UP: LiteralString = """
    MATCH (r:Reply {officer: $lease.officer, key: $lease.key}) SET r.locked = true REMOVE r.locked
    WITH r WHERE r.asked = $lease.asked AND r.until = $lease.until AND r.status IS NULL
    REMOVE r.asked
"""
_FORGET: LiteralString = """
    OPTIONAL MATCH (f:LoginFailure) WHERE f.at < $before
    WITH collect(f) AS failures
    OPTIONAL MATCH (p:Pass) WHERE p.until < $before
    WITH failures, collect(p) AS passes
    FOREACH (over IN failures + passes | DELETE over)
"""
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

    # ---- who works here

    def appoint(self, officer: Officer) -> None:
        kept = {"name": officer.name, "role": officer.role.value, "area": officer.area}
        self._write(_APPOINT, officer=kept)

    def dismiss(self, name: str) -> bool:
        return bool(self._write(_DISMISS, name=name))

    def appointed(self) -> list[tuple[Officer, list[Pass]]]:
        rows = self._read(_APPOINTED)
        return [(_officer(row["officer"]), [_pass(each) for each in row["passes"]]) for row in rows]

    def set_password(self, name: str, digest: str) -> None:
        self._write(_SET_DIGEST, name=name, digest=digest)

    def password(self, name: str) -> str | None:
        return next((row["digest"] for row in self._read(_DIGEST, name=name)), None)

    def grant(self, name: str, secret: str, granted: Pass) -> None:
        scope = None if granted.scope is None else sorted(granted.scope)
        times = {"until": micros_if(granted.until), "seen": micros_if(granted.seen)}
        kept = {"officer": name, "secret": secret, "kind": granted.kind.value, "scope": scope, **times}
        self._write(_GRANT, granted=kept)

    def holder(self, secret: str) -> Holder | None:
        for row in self._read(_HOLDER, secret=secret):
            shown = _pass(row["shown"])
            return Holder(_officer(row["officer"])._replace(scope=shown.scope), shown)
        return None

    def note_seen(self, secret: str, at: datetime) -> None:
        self._write(_NOTE_SEEN, secret=secret, at=micros(at))

    def revoke(self, secret: str) -> None:
        self._write(_REVOKE, secret=secret)

    def revoke_all(self, name: str, kind: PassKind) -> None:
        self._write(_REVOKE_ALL, name=name, kind=kind.value)

    def note_failure(self, name: str, at: datetime) -> None:
        self._write(_NOTE_FAILURE, name=name, at=micros(at))

    def failures(self, name: str, since: datetime) -> int:
        return int(self._read(_FAILURES, name=name, since=micros(since))[0]["failures"])

    # ---- what was answered

    def claim_reply(self, lease: Lease, *, at: datetime, since: datetime) -> Lease | Reply | None:
        with self._server.troubles(), self._server.session(WRITE_ACCESS) as session:
            return session.execute_write(_claimed, lease, at, since)

    def keep_reply(self, lease: Lease, reply: Reply) -> None:
        self._write(_KEEP_REPLY, lease=_kept(lease), reply=reply._asdict() | {"about": list(reply.about)})

    def give_up(self, lease: Lease) -> None:
        self._write(_GIVE_UP, lease=_kept(lease))

    # ---- what is over

    def forget(self, before: datetime) -> None:
        self._write(_FORGET, before=micros(before))

    # ---- the trail

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


def _claimed(
    transaction: ManagedTransaction, lease: Lease, at: datetime, since: datetime
) -> Lease | Reply | None:
    transaction.run(_DROP_REPLIES, since=micros(since)).consume()
    kept = transaction.run(_UNDER_KEY, officer=lease.officer, key=lease.key).single(strict=True)["kept"]
    found = _reply_or_lease(kept) if "asked" in kept else None
    if found and not lease.may_follow(found, at):
        return found
    transaction.run(_CLAIM, lease=_kept(lease), at=micros(at)).consume()
    return None


def _kept(lease: Lease) -> dict[str, Any]:
    return lease._asdict() | {"until": micros(lease.until)}


def _reply_or_lease(kept: dict[str, Any]) -> Lease | Reply:
    if "status" in kept:
        return Reply(kept["asked"], kept["status"], kept["body"], tuple(kept.get("about", ())))
    return Lease(kept["officer"], kept["key"], kept["asked"], moment(kept["until"]))


def _officer(kept: dict[str, Any]) -> Officer:
    return Officer(kept["name"], Role(kept["role"]), kept["area"])


def _pass(kept: dict[str, Any]) -> Pass:
    scope = kept.get("scope")
    deeds = None if scope is None else frozenset(map(Deed, scope))
    return Pass(PassKind(kept["kind"]), moment_if(kept.get("until")), deeds, moment_if(kept.get("seen")))


def _entry(kept: dict[str, Any]) -> AuditEntry:
    own = {name: value for name, value in kept.items() if name != "seq"}
    own |= {
        "at": moment(own["at"]),
        "about": tuple(own["about"]),
        "officer": own.get("officer"),
        "why": own.get("why"),
    }
    return AuditEntry(**own)
