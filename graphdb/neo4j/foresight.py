"""Facts read ahead: what will be asked about some people step by step, found in one statement.

Each is the whole answer to a question that may come; any other question goes to the server. It
holds until something is written.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, LiteralString, NamedTuple

from graphdb.neo4j.talk import Talk

Fact = Mapping[str, Any]
"""The properties of a node or a relationship that is a fact."""

_AHEAD: LiteralString = """
    CALL () {
        MATCH (p:Person) WHERE p.id IN $people
        CALL (p) { RETURN p AS near UNION MATCH (p)-[:LIVES_IN]->()<-[:LIVES_IN]-(near:Person) RETURN near }
        WITH DISTINCT near
        CALL (near) {
            MATCH (near)<-[:ABOUT]-(f:Fact) RETURN properties(f) AS fact
            UNION ALL MATCH (near)-[:TOOK_PART_IN]->(f:Fact) RETURN properties(f) AS fact
            UNION ALL MATCH (near)-[f:LIVES_IN|RODE|VISITED|STAYED_IN]->() RETURN properties(f) AS fact
        }
        RETURN collect([near.id, fact]) AS about
    }
    CALL () {
        MATCH (p:Person)-[:LIVES_IN|RODE]->(thing)<-[:ABOUT]-(f:Description) WHERE p.id IN $people
        RETURN collect(DISTINCT properties(f)) AS things
    }
    CALL () {
        MATCH (p:Person)-[:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)<-[:SOURCE_AT]-(source:Person)
        WHERE p.id IN $people
        WITH DISTINCT o, source
        MATCH (source)-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
        RETURN collect([o.occasion, source.id, tie.from_day, tie.to_day]) AS sources
    }
    RETURN about, things, sources
"""
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

    ``about``: all facts that name a person. ``residents``: all residences in a household. ``under``: all
    facts under an id of which there are no voids. ``sources``: those ever diagnosed at an occasion.
    ``written``: how much had been written when this was read.
    """

    about: Mapping[str, Collection[Fact]]
    residents: Mapping[str, Collection[Fact]]
    under: Mapping[str, Collection[Fact]]
    sources: Mapping[str, Collection[Present]]
    written: int


NOTHING = Ahead({}, {}, {}, {}, -1)


def read_ahead(talk: Talk, people: Collection[str]) -> Ahead:
    """Return answers to what may be asked about people, their homes, and those who ever lived there."""
    found = talk.one(_AHEAD, people=sorted(people))
    about: dict[str, list[Fact]] = {person: [] for person in people}
    for person, fact in found["about"]:
        about.setdefault(person, []).append(fact)
    sources: dict[str, list[Present]] = {each: [] for each in _occasions(about, people)}
    for occasion, *present in found["sources"]:
        sources[occasion].append(Present(*present))
    return Ahead(about, _residents(about, people), _under(found["things"]), sources, talk.written)


def _residents(about: Mapping[str, list[Fact]], people: Collection[str]) -> dict[str, list[Fact]]:
    """Return who ever lived in the homes of people; in other homes of those there may be others too."""
    homes = {fact["household"] for person in people for fact in about[person] if fact["fact"] == "residence"}
    lived: dict[str, list[Fact]] = {home: [] for home in homes}
    for facts in about.values():
        for fact in facts:
            if fact["fact"] == "residence" and fact["household"] in homes:
                lived[fact["household"]].append(fact)
    return lived


def _under(things: Collection[Fact]) -> dict[str, list[Fact]]:
    """Return things by id; under one id there is one fact, unless there was a void."""
    return {fact["fact_id"]: [fact] for fact in things if not fact.get("contested")}


def _occasions(about: Mapping[str, list[Fact]], people: Collection[str]) -> Iterator[str]:
    for person in people:
        for fact in about[person]:
            if fact["fact"] in _OCCASION:
                yield fact[_OCCASION[fact["fact"]]]
