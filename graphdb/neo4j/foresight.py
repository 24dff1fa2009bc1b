"""Facts read ahead: what will be asked about some people step by step, found in one statement.

Each is the whole answer to a question that may come; any other question goes to the server. It
holds until something is written.
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, LiteralString, NamedTuple

from graphdb.neo4j.talk import Talk

Fact = Mapping[str, Any]
"""The properties of a node or a relationship that is a fact."""

_AHEAD: LiteralString = """
    CALL () {
        MATCH (p:Person) WHERE p.id IN $people
        CALL (p) {
            RETURN p AS near
            UNION MATCH (p)-[:LIVES_IN]->()<-[:LIVES_IN]-(near:Person) RETURN near
            UNION MATCH (p)-[own:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)<-[:SOURCE_AT]-(near:Person)
            MATCH (near)-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
            WHERE tie.to_day >= own.from_day AND tie.from_day <= own.to_day RETURN near
        }
        WITH DISTINCT near, near.id IN $people OR $meetings AS with_meetings
        CALL (near, with_meetings) {
            MATCH (near)<-[:ABOUT]-(f:Fact) RETURN properties(f) AS fact
            UNION ALL MATCH (near)-[:TOOK_PART_IN]->(f:Fact) WHERE with_meetings RETURN properties(f) AS fact
            UNION ALL MATCH (near)-[f:LIVES_IN|RODE|VISITED|STAYED_IN]->() RETURN properties(f) AS fact
        }
        RETURN collect([near.id, fact]) AS about
    }
    CALL (about) {
        WITH [row IN about WHERE row[1].fact = 'order' | row[1].fact_id] AS orders
        CALL (orders) {
            MATCH (f:Transfer) WHERE f.order IN orders RETURN properties(f) AS fact
            UNION ALL MATCH (f:Release) WHERE f.order IN orders RETURN properties(f) AS fact
            UNION ALL MATCH (f:Notice) WHERE f.order IN orders RETURN properties(f) AS fact
        }
        RETURN collect(fact) AS steps
    }
    CALL (about, steps) {
        UNWIND [row IN about | row[1]] + steps AS fact
        UNWIND [fact.household, fact.journey, fact.site] AS id
        WITH DISTINCT id WHERE id IS NOT NULL
        MATCH (f:Fact {fact_id: id}) WHERE f:Description
        RETURN collect(properties(f)) AS things
    }
    CALL () {
        MATCH (p:Person)-[:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)<-[:SOURCE_AT]-(source:Person)
        WHERE p.id IN $people
        WITH DISTINCT o, source
        MATCH (source)-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
        RETURN collect([o.occasion, source.id, tie.from_day, tie.to_day]) AS sources
    }
    RETURN about, steps, things, sources
"""
_OF_AN_ORDER = frozenset({"transfer", "release", "notice"})
_OCCASION = {"exposure": "fact_id", "residence": "household", "ride": "journey", "visit": "place"}


class Present(NamedTuple):
    """Somebody ever diagnosed at an occasion; days are ordinals, both included."""

    person: str
    first_day: int
    last_day: int

    def was_there(self, first: int, last: int) -> bool:
        """Return whether that was on any of some days."""
        return self.last_day >= first and self.first_day <= last


class Ahead(NamedTuple):
    """Answers to questions to come, by the name that is asked for.

    ``about``: all facts that name a person. ``but_meetings``: of other people, all but their exposures.
    ``residents``: all residences in a household. ``steps``: all that became of an order. ``under``: all facts
    under an id of which there are no voids. ``sources``: those ever diagnosed at an occasion. ``written``:
    how much had been written when this was read.
    """

    about: Mapping[str, Collection[Fact]]
    but_meetings: Mapping[str, Collection[Fact]]
    residents: Mapping[str, Collection[Fact]]
    steps: Mapping[str, Collection[Fact]]
    under: Mapping[str, Collection[Fact]]
    sources: Mapping[str, Collection[Present]]
    written: int

    def about_people(self, kinds: Collection[str] | None) -> Mapping[str, Collection[Fact]]:
        """Return of whom all facts of some kinds are known, of all kinds for None; and other facts."""
        if kinds is None or "exposure" in kinds:
            return self.about
        return ChainMap(self.about, self.but_meetings)  # type: ignore[arg-type]  # nothing is written to it

    def naming_things(self, kinds: Collection[str] | None) -> Mapping[str, Collection[Fact]]:
        """Return of which things all facts of some kinds are known."""
        if kinds is None:
            return {}
        if set(kinds) == {"residence"}:
            return self.residents
        return self.steps if _OF_AN_ORDER.issuperset(kinds) else {}


NOTHING = Ahead({}, {}, {}, {}, {}, {}, -1)


def read_ahead(talk: Talk, people: Collection[str], *, meetings: bool) -> Ahead:
    """Return answers to what may be asked about people, their homes, those who ever lived there and those
    ever diagnosed whom they met; ``meetings``: also whom those met.
    """
    found = talk.one(_AHEAD, people=sorted(people), meetings=meetings)
    near = defaultdict[str, list[Fact]](list, {person: [] for person in people})
    for person, fact in found["about"]:
        near[person].append(fact)
    sources: dict[str, list[Present]] = {each: [] for each in _occasions(near, people)}
    for occasion, *present in found["sources"]:
        if occasion in sources:
            sources[occasion].append(Present(*present))
    residents, steps, things = _residents(near, people), _steps(near, found["steps"]), _under(found["things"])
    about = near if meetings else {person: near.pop(person) for person in people}
    return Ahead(about, near, residents, steps, things, sources, talk.written)


def _residents(near: Mapping[str, list[Fact]], people: Collection[str]) -> dict[str, list[Fact]]:
    """Return who ever lived in the homes of people; in other homes of those there may be others too."""
    homes = {fact["household"] for person in people for fact in near[person] if fact["fact"] == "residence"}
    lived: dict[str, list[Fact]] = {home: [] for home in homes}
    for facts in near.values():
        for fact in facts:
            if fact["fact"] == "residence" and fact["household"] in homes:
                lived[fact["household"]].append(fact)
    return lived


def _steps(near: Mapping[str, list[Fact]], steps: Collection[Fact]) -> dict[str, list[Fact]]:
    """Return what became of orders, of each of them."""
    orders = {fact["fact_id"] for facts in near.values() for fact in facts if fact["fact"] == "order"}
    became: dict[str, list[Fact]] = {order: [] for order in orders}
    for fact in steps:
        became[fact["order"]].append(fact)
    return became


def _under(things: Collection[Fact]) -> dict[str, list[Fact]]:
    """Return things by id; under one id there is one fact, unless there was a void."""
    return {fact["fact_id"]: [fact] for fact in things if not fact.get("contested")}


def _occasions(near: Mapping[str, list[Fact]], people: Collection[str]) -> Iterator[str]:
    for person in people:
        for fact in near[person]:
            # Under one id of which there was a void may be two exposures, and others in the other.
            if fact["fact"] in _OCCASION and not fact.get("contested"):
                yield fact[_OCCASION[fact["fact"]]]
