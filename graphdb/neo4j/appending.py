"""Facts added to the graph: nodes, relationships, and the things that they are about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString

from graphdb.moments import micros_if
from graphdb.neo4j.shapes import DESCRIPTIONS, LABELS, RELATIONSHIPS, people_of, properties_of
from graphdb.neo4j.talk import Talk
from tracing.ports import Stored

_DESCRIBE: dict[str, LiteralString] = {
    "area": """
        UNWIND $rows AS row
        MERGE (a:Area {code: row.properties.code})
        SET a.name = row.properties.name, a.level = row.properties.level, a.is_named = true,
            a.recorded_at = row.properties.recorded_at
        CREATE (f:Fact:Description)-[:ABOUT]->(a) SET f = row.properties
        WITH a, row WHERE row.properties.parent IS NOT NULL
        MERGE (parent:Area {code: row.properties.parent})
        MERGE (a)-[r:IN]->(parent) SET r.recorded_at = row.properties.recorded_at
    """,
    "person": """
        UNWIND $rows AS row
        MERGE (p:Person {id: row.properties.id})
        SET p.sex = row.properties.sex, p.age = row.properties.age,
            p.needs = row.properties.needs, p.recorded_at = row.properties.recorded_at
        CREATE (f:Fact:Description)-[:ABOUT]->(p) SET f = row.properties
    """,
    "household": """
        UNWIND $rows AS row
        MERGE (h:Household {id: row.properties.id})
        SET h:Occasion, h.occasion = row.properties.id, h.recorded_at = row.properties.recorded_at
        CREATE (f:Fact:Description)-[:ABOUT]->(h) SET f = row.properties
    """,
    "place": """
        UNWIND $rows AS row
        MERGE (p:Place {id: row.properties.id})
        SET p:Occasion, p.occasion = row.properties.id, p.name = row.properties.name,
            p.kind = row.properties.kind, p.recorded_at = row.properties.recorded_at
        CREATE (f:Fact:Description)-[:ABOUT]->(p) SET f = row.properties
    """,
    "journey": """
        UNWIND $rows AS row
        MERGE (j:Journey {id: row.properties.id})
        SET j:Occasion, j.occasion = row.properties.id, j.mode = row.properties.mode,
            j.number = row.properties.number, j.departs = row.properties.departs,
            j.arrives = row.properties.arrives, j.recorded_at = row.properties.recorded_at
        CREATE (f:Fact:Description)-[:ABOUT]->(j) SET f = row.properties
    """,
}
_TAKE_OUT: LiteralString = """
    UNWIND $rows AS row
    MATCH (o:Occasion {occasion: row.id})-[old:IN]->() USING INDEX o:Occasion(occasion)
    DELETE old
"""
_PUT_IN: LiteralString = """
    UNWIND $rows AS row
    MATCH (o:Occasion {occasion: row.id})
    MERGE (a:Area {code: row.area}) SET a.is_named = true
    CREATE (o)-[:IN {recorded_at: row.recorded_at}]->(a)
"""
# A thing counts as withdrawn while nothing that describes it is live.
_LIVE_OR_NOT: LiteralString = """
    UNWIND $numbers AS number
    MATCH (f:Fact:Description {seq: number})-[:ABOUT]->(thing)
    OPTIONAL MATCH (thing)<-[:ABOUT]-(live:Description) WHERE live.voided_at IS NULL
    WITH f, thing, count(live) AS living
    SET thing.voided_at = CASE WHEN living > 0 THEN null ELSE f.voided_at END
"""
_OF_ORDERS: LiteralString = """
    UNWIND $rows AS row
    MATCH (f:Fact {seq: row.seq}) MATCH (o:Fact:Order {fact_id: row.order})
    CREATE (f)-[:OF]->(o)
"""
_AT_PLACES: LiteralString = """
    UNWIND $rows AS row
    MATCH (f:Fact {seq: row.seq}) MATCH (p:Place {id: row.place})
    CREATE (f)-[:AT]->(p)
"""
_RELATE: dict[str, LiteralString] = {
    "residence": """
        UNWIND $rows AS row
        MATCH (p:Person {id: row.properties.person}) MATCH (o:Household {id: row.properties.household})
        CREATE (p)-[r:LIVES_IN]->(o) SET r = row.properties, r += row.tie
    """,
    "ride": """
        UNWIND $rows AS row
        MATCH (p:Person {id: row.properties.person}) MATCH (o:Journey {id: row.properties.journey})
        CREATE (p)-[r:RODE]->(o) SET r = row.properties, r += row.tie
    """,
    "visit": """
        UNWIND $rows AS row
        MATCH (p:Person {id: row.properties.person}) MATCH (o:Place {id: row.properties.place})
        CREATE (p)-[r:VISITED]->(o) SET r = row.properties, r += row.tie
    """,
    "stay": """
        UNWIND $rows AS row
        MATCH (p:Person {id: row.properties.person}) MERGE (a:Area {code: row.properties.area})
        CREATE (p)-[r:STAYED_IN]->(a) SET r = row.properties
    """,
}
_ADD: LiteralString = """
    UNWIND $rows AS row
    CREATE (f:Fact) SET f = row.properties, f:$(row.labels)
    WITH f, row UNWIND row.people AS person
    MATCH (p:Person {id: person}) CREATE (f)-[:ABOUT]->(p)
"""
_ADD_EXPOSURES: LiteralString = """
    UNWIND $rows AS row
    CREATE (f:Fact:Exposure:Occasion) SET f = row.properties
    WITH f, row UNWIND row.ties AS tie
    MATCH (p:Person {id: tie.person})
    CREATE (p)-[r:TOOK_PART_IN]->(f)
    SET r.from_day = tie.from_day, r.to_day = tie.to_day, r.by_itself = tie.by_itself,
        r.recorded_at = row.properties.recorded_at, r.voided_at = row.properties.voided_at
    FOREACH (_ IN CASE WHEN p.was_diagnosed THEN [1] ELSE [] END | MERGE (p)-[:SOURCE_AT]->(f))
"""
_SOURCES_OF_NEW: LiteralString = """
    MATCH (p:Person) WHERE p.id IN $people AND p.was_diagnosed
    MATCH (p)-[:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o) MERGE (p)-[:SOURCE_AT]->(o)
"""
_NAME_AREAS: LiteralString = "UNWIND $codes AS code MERGE (a:Area {code: code}) SET a.is_named = true"
# Whatever stands under an id of which there is a void, an older or a new one.
_CONTEST: LiteralString = """
    OPTIONAL MATCH (v:Void) WHERE v.of IN $own
    WITH collect(DISTINCT v.of) + $voided AS ids
    CALL (ids) { MATCH (f:Fact) WHERE f.fact_id IN ids SET f.contested = true }
    CALL (ids) { MATCH ()-[f:LIVES_IN]->() WHERE f.fact_id IN ids SET f.contested = true }
    CALL (ids) { MATCH ()-[f:RODE]->() WHERE f.fact_id IN ids SET f.contested = true }
    CALL (ids) { MATCH ()-[f:VISITED]->() WHERE f.fact_id IN ids SET f.contested = true }
    CALL (ids) { MATCH ()-[f:STAYED_IN]->() WHERE f.fact_id IN ids SET f.contested = true }
"""
_WITHDRAW: tuple[LiteralString, ...] = (
    """
    UNWIND $rows AS row MATCH (f:Fact {seq: row.seq}) SET f.voided_at = row.at
    WITH f, row MATCH (f)<-[r:TOOK_PART_IN]-() SET r.voided_at = row.at
    """,
    "UNWIND $rows AS row MATCH ()-[f:LIVES_IN {seq: row.seq}]->() SET f.voided_at = row.at",
    "UNWIND $rows AS row MATCH ()-[f:RODE {seq: row.seq}]->() SET f.voided_at = row.at",
    "UNWIND $rows AS row MATCH ()-[f:VISITED {seq: row.seq}]->() SET f.voided_at = row.at",
    "UNWIND $rows AS row MATCH ()-[f:STAYED_IN {seq: row.seq}]->() SET f.voided_at = row.at",
)
_MARK_SOURCES: LiteralString = """
    MATCH (p:Person) WHERE p.id IN $people SET p.was_diagnosed = true
    WITH p MATCH (p)-[:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o) MERGE (p)-[:SOURCE_AT]->(o)
"""
_REACHED: LiteralString = "MATCH (r:Register {only: 1}) SET r += $reached"
BATCH = 5_000
_AT_A_PLACE = frozenset({"order", "transfer", "isolation", "exposure", "unit_report", "tally"})


class Appending:
    """Adds facts within one transaction."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def add(self, facts: Sequence[Stored]) -> None:
        """Add facts, the things described first, so that all others find them."""
        for kind in _DESCRIBE:
            self._each(_DESCRIBE[kind], [{"properties": properties_of(f)} for f in facts if f.kind == kind])
        self._describe_further([each for each in facts if each.kind in DESCRIPTIONS])
        others = [each for each in facts if each.kind not in DESCRIPTIONS | RELATIONSHIPS | {"exposure"}]
        self._each(_ADD, [_as_node(each) for each in others])
        self._each(_ADD_EXPOSURES, [_as_exposure(each) for each in facts if each.kind == "exposure"])
        for kind in _RELATE:
            self._each(_RELATE[kind], [_as_relationship(each) for each in facts if each.kind == kind])
        self._relate_further(facts)
        self._areas_and_sources(facts)
        self._contest_and_reach(facts)

    def _describe_further(self, described: Sequence[Stored]) -> None:
        """Put things into their area, the last said holding, and note whether they are live."""
        if not described:
            return
        areas = {
            each.fact_id: {
                "id": each.fact_id,
                "area": each.body["area"],
                "recorded_at": micros_if(each.recorded_at),
            }
            for each in described
            if each.kind in ("household", "place")
        }
        self._each(_TAKE_OUT, list(areas.values()))
        self._each(_PUT_IN, list(areas.values()))
        if self._talk.register.get("has_voids") or any(each.voided_at for each in described):
            self._talk.write(_LIVE_OR_NOT, numbers=[each.seq for each in described])

    def _relate_further(self, facts: Sequence[Stored]) -> None:
        """Tie what is about an order to it, and what is at a place to that."""
        orders = [{"seq": f.seq, "order": f.body["order"]} for f in facts if "order" in f.body]
        self._each(_OF_ORDERS, orders)
        at = [(f.seq, f.body.get("site") or f.body.get("place")) for f in facts if f.kind in _AT_A_PLACE]
        self._each(_AT_PLACES, [{"seq": seq, "place": place} for seq, place in at if place])

    def withdraw(self, voided: Mapping[int, datetime | None]) -> None:
        """Note when facts were withdrawn, on their nodes or relationships."""
        rows = [{"seq": number, "at": micros_if(at)} for number, at in sorted(voided.items())]
        for query in _WITHDRAW if rows else ():
            self._talk.write(query, rows=rows)
        if rows:
            self._talk.write(_LIVE_OR_NOT, numbers=sorted(voided))

    def mark_sources(self, people: Iterable[str]) -> None:
        """Note who was ever diagnosed, on the people and at every occasion of theirs."""
        self._talk.write(_MARK_SOURCES, people=sorted(people))

    def _areas_and_sources(self, facts: Sequence[Stored]) -> None:
        described = DESCRIPTIONS | {"exposure"}
        named = {name[1:] for f in facts if f.kind not in described for name in f.names if name[:1] == "@"}
        if named:
            self._talk.write(_NAME_AREAS, codes=sorted(named))
        present = {tie.person for each in facts if each.kind != "exposure" for tie in each.ties}
        if present:
            self._talk.write(_SOURCES_OF_NEW, people=sorted(present))

    def _contest_and_reach(self, facts: Sequence[Stored]) -> None:
        """Mark everything under ids of which a void was ever recorded; note how far the register is."""
        voided = sorted({str(each.body["of"]) for each in facts if each.kind == "void"})
        has_voids = bool(voided) or self._talk.register.get("has_voids", False)
        reached = {"seq": facts[-1].seq, "has_voids": has_voids}
        if facts[-1].recorded_at:
            reached["recorded_at"] = micros_if(facts[-1].recorded_at)
        if has_voids:
            own = sorted({each.fact_id for each in facts})
            self._talk.write(_CONTEST, own=own, voided=voided)
        self._talk.write(_REACHED, reached=reached)
        self._talk.register.update(reached)

    def _each(self, query: LiteralString, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._talk.write(query, rows=rows)


def _as_node(each: Stored) -> dict[str, Any]:
    labels = list(LABELS[each.kind])
    return {"properties": properties_of(each), "labels": labels, "people": people_of(each)}


def _as_exposure(each: Stored) -> dict[str, Any]:
    ties = [
        {
            "person": tie.person,
            "from_day": tie.first_day,
            "to_day": tie.last_day,
            "by_itself": tie.by_itself or None,
        }
        for tie in each.ties
    ]
    return {"properties": properties_of(each), "ties": ties}


def _as_relationship(each: Stored) -> dict[str, Any]:
    days = {"from_day": each.ties[0].first_day, "to_day": each.ties[0].last_day} if each.ties else {}
    return {"properties": properties_of(each), "tie": days}
