"""Kept answers in the graph: nodes tied to their person and to the areas where the person may be."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString

from graphdb.moments import micros, micros_if, moment, moment_if
from graphdb.neo4j.appending import BATCH, Appending
from graphdb.neo4j.facts import Neo4jFacts, parted
from graphdb.neo4j.foresight import OF_NOTE
from graphdb.neo4j.talk import Talk
from graphdb.sealing import MasterKeys
from tracing.paging import pages
from tracing.ports import Charter, Due, Row, Stored, Version

_KEPT: LiteralString = """
    MATCH (a:Current) WHERE a.person IN $people RETURN properties(a) AS answer
"""
_KEPT_IN: LiteralString = """
    MATCH (area:Area)<-[:MAY_BE_IN]-(a:Current) WHERE area.code STARTS WITH $code
    RETURN DISTINCT properties(a) AS answer
    UNION MATCH (a:Nowhere) RETURN properties(a) AS answer
"""
_ALL_KEPT: LiteralString = "MATCH (a:Current) RETURN properties(a) AS answer"
_OF_NOTE: LiteralString = OF_NOTE + "RETURN p.id AS person"
_WITH_KEPT: LiteralString = "MATCH (a:Current) WHERE a.person IN $people RETURN a.person AS person"
_LINKED_TO: LiteralString = """
    MATCH (p:Person)<-[:WAITS_FOR]-(a:Current) WHERE p.id IN $people RETURN DISTINCT a.person AS person
"""
_VERSIONS: LiteralString = """
    MATCH (a:Answer) WHERE a.person = $person RETURN properties(a) AS answer
"""
_STALE: LiteralString = "MATCH (s:Stale) RETURN s.person AS person"
_STALE_OF: LiteralString = "MATCH (s:Stale) WHERE s.person IN $people RETURN s.person AS person"
_RULE_TEXTS: LiteralString = "MATCH (b:RuleBook {digest: $digest}) RETURN b.texts AS texts"
# A version that lasted no time at all was never answered.
_END: LiteralString = """
    CALL () { MATCH (a:Current) WHERE a.person IN $gone AND a.known_from >= $at DETACH DELETE a }
    UNWIND $ended + $rows AS row
    MATCH (a:Current {person: row.person}) WHERE a.text <> row.text AND a.known_from < $at
    SET a.known_to = $at REMOVE a:Current:Nowhere
    WITH a MATCH (a)-[tie:MAY_BE_IN|WAITS_FOR]->() DELETE tie
"""
_KEEP: LiteralString = """
    UNWIND $rows AS row
    MATCH (p:Person {id: row.person})
    MERGE (a:Current {person: row.person})
    ON CREATE SET a:Answer, a.known_from = $at
    SET a += row
    MERGE (a)-[:OF]->(p)
    WITH a, row
    CALL (a) { OPTIONAL MATCH (a)-[tie:MAY_BE_IN|WAITS_FOR]->() DELETE tie REMOVE a:Nowhere }
    CALL (a, row) { UNWIND row.areas AS code MERGE (area:Area {code: code}) MERGE (a)-[:MAY_BE_IN]->(area) }
    CALL (a, row) { UNWIND row.linked AS other MATCH (p:Person {id: other}) MERGE (a)-[:WAITS_FOR]->(p) }
    CALL (a, row) { WITH a, row WHERE size(row.areas) = 0 SET a:Nowhere }
"""
_END_AND_KEEP: LiteralString = "CALL () { " + _END + " } CALL () { " + _KEEP + " }"
_MARK: LiteralString = """
    UNWIND $people AS person MERGE (s:Stale {person: person}) SET s.mark = $mark, s.leased_until = 0
"""
_MARK_ENDED: LiteralString = """
    MATCH (a:Current) WHERE a.valid_until <= $now
    WITH a LIMIT $limit MERGE (s:Stale {person: a.person}) ON CREATE SET s.mark = $mark, s.leased_until = 0
"""
_CLAIM: LiteralString = """
    MATCH (s:Stale) WHERE s.leased_until <= $now WITH s ORDER BY s.person LIMIT $limit
    SET s.leased_until = $until RETURN s.person AS person, s.mark AS mark
"""
_UNMARK: LiteralString = """
    UNWIND $rows AS row MATCH (s:Stale {person: row.person}) WHERE s.mark = row.mark DELETE s
"""
_ACTIVATE: LiteralString = """
    MATCH (r:Register {only: 1})
    SET r.protocol = $protocol, r.overlay = $overlay, r.zone = $zone, r.rules = $rules
"""
_ADD_RULES: LiteralString = """
    MERGE (b:RuleBook {digest: $digest}) ON CREATE SET b.texts = $texts, b.activated_at = $at
"""

People = Collection[str]


class Neo4jRecords(Neo4jFacts):
    """One transaction: facts, answers, marks."""

    def __init__(self, talk: Talk, master: MasterKeys) -> None:
        super().__init__(talk, master)
        self._appending = Appending(talk)

    def kept(self, people: People) -> dict[str, Row]:
        return self._answers(_KEPT, people=sorted(people))

    def with_kept(self, people: People) -> set[str]:
        known, others = parted(self._ahead.kept, people)
        found = {person for _, person in known}
        return found | (self._people(_WITH_KEPT, people=others) if others else set())

    def kept_in(self, area: str | None) -> dict[str, Row]:
        return self._answers(_ALL_KEPT) if area is None else self._answers(_KEPT_IN, code=area)

    def of_note(self, people: People) -> set[str]:
        if self._ahead.people and set(people) <= set(self._ahead.people):
            return set(people).intersection(self._ahead.noted)
        return self._people(_OF_NOTE, people=sorted(people))

    def linked_to(self, people: People) -> set[str]:
        return self._people(_LINKED_TO, people=sorted(people))

    def versions(self, person: str) -> list[Version]:
        found = [
            Version(moment(each["known_from"]), moment_if(each.get("known_to")), each["text"], each["rules"])
            for (each,) in self._rows(_VERSIONS, "answer", person=person)
        ]
        return sorted(found, key=lambda each: each.known_from)

    def stale(self, people: People | None = None) -> set[str]:
        return self._people(_STALE) if people is None else self._people(_STALE_OF, people=sorted(people))

    def charter(self) -> Charter | None:
        register = self._talk.register
        if "protocol" not in register:
            return None
        return Charter(register["protocol"], register.get("overlay"), register["zone"], register["rules"])

    def rule_texts(self, digest: str) -> tuple[str, ...]:
        ((texts,),) = self._rows(_RULE_TEXTS, "texts", digest=digest)
        return tuple(texts)

    # ---- writing

    def unheld(self, _people: People) -> set[str]:
        # Whoever writes holds the register itself: see the store.
        return set()

    def append(self, facts: Iterable[Stored]) -> None:
        for page in pages(facts, BATCH):
            self._appending.add(page)
            self.add_identities(page)

    def withdraw(self, voided: Mapping[int, datetime | None]) -> None:
        self._appending.withdraw(voided)

    def mark_sources(self, people: People) -> None:
        self._appending.mark_sources(people)

    def keep(self, rows: Iterable[Row], gone: People, at: datetime) -> None:
        now, kept = micros(at), [_values(each) for each in rows]
        ended = [{"person": person, "text": ""} for person in gone]
        if kept or ended:
            self._run(_END_AND_KEEP, rows=kept, ended=ended, gone=sorted(gone), at=now)

    def mark_stale(self, people: People) -> None:
        if people:
            self._run(_MARK, people=sorted(people), mark=_mark())

    def claim(self, limit: int, now: datetime, until: datetime) -> list[Due]:
        self._run(_MARK_ENDED, now=micros(now), limit=limit, mark=_mark())
        values = {"now": micros(now), "until": micros(until), "limit": limit}
        return sorted(Due(*each) for each in self._rows(_CLAIM, "person", "mark", **values))

    def unmark(self, done: Iterable[Due]) -> None:
        self._run(_UNMARK, rows=[each._asdict() for each in done])

    def activate(self, charter: Charter, texts: Sequence[str], at: datetime) -> None:
        if texts:
            self._run(_ADD_RULES, digest=charter.digest, texts=list(texts), at=micros(at))
        chosen = {name: getattr(charter, name) for name in ("protocol", "overlay", "zone", "rules")}
        self._run(_ACTIVATE, **chosen)
        self._talk.register.update(chosen)

    def _answers(self, query: LiteralString, **values: Any) -> dict[str, Row]:
        found = (_row(answer) for (answer,) in self._rows(query, "answer", **values))
        return {each.person: each for each in found}


def _mark() -> int:
    """Return a number that no other mark has."""
    return secrets.randbits(62)


def _values(each: Row) -> dict[str, Any]:
    return {
        "person": each.person,
        "category": each.category,
        "last_day": each.last_day,
        "text": each.text,
        "rules": each.rules,
        "valid_from": micros(each.valid_from),
        "valid_until": micros_if(each.valid_until),
        "areas": sorted(each.areas),
        "linked": sorted(each.linked),
    }


def _row(answer: Mapping[str, Any]) -> Row:
    return Row(
        answer["person"],
        answer["category"],
        answer["last_day"].to_native() if "last_day" in answer else None,
        answer["text"],
        answer["rules"],
        moment(answer["valid_from"]),
        moment_if(answer.get("valid_until")),
        frozenset(answer["areas"]),
        frozenset(answer["linked"]),
    )
