"""Facts read ahead: what will be asked about some people step by step, found in one statement.

Each is the whole answer to a question that may come; any other question goes to the server. It
holds until something is written.
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, LiteralString, NamedTuple

from graphdb.neo4j.talk import Talk
from tracing.ports import Coming

Fact = Mapping[str, Any]
"""The properties of a node or a relationship that is a fact."""

OF_NOTE: LiteralString = """
    MATCH (p:Person) WHERE p.id IN $people AND (
        p.was_diagnosed OR EXISTS { (p)<-[:OF]-(:Current) } OR EXISTS { (p)<-[:ABOUT]-(:Merge) }
        OR EXISTS { (:Stale {person: p.id}) }
    )
"""
COMPANIONS_OF_ONE: LiteralString = """
    MATCH (own)-[:TOOK_PART_IN|LIVES_IN|RODE]->()<-[:TOOK_PART_IN|LIVES_IN|RODE]-(other:Person)
    RETURN other
    UNION
    MATCH (own)-[:VISITED]->()<-[:VISITED]-(other:Person) WHERE EXISTS { (other)<-[:OF]-(:Current) }
    RETURN other
    UNION
    MATCH (own)-[:TOOK_PART_IN|LIVES_IN|RODE]->() RETURN own AS other
"""


def under(ids: LiteralString) -> LiteralString:
    """Return a query for all that stands under some ids."""
    of_nodes: LiteralString = f"MATCH (f:Fact) WHERE f.fact_id IN {ids} RETURN properties(f) AS fact"
    of_ties: list[LiteralString] = [
        f"MATCH ()-[f:{kind}]->() WHERE f.fact_id IN {ids} RETURN properties(f) AS fact"
        for kind in ("LIVES_IN", "RODE", "VISITED", "STAYED_IN")
    ]
    return " UNION ALL ".join([of_nodes, *of_ties])


_AHEAD: LiteralString = f"""
    CALL () {{ {OF_NOTE} RETURN collect(p.id) AS noted }}
    CALL () {{
        MATCH (f:Determination) WHERE f.exposure IN $exposures
        RETURN collect([f.exposure, properties(f)]) AS decided
    }}
    CALL (noted) {{
        RETURN CASE WHEN $unless_idle AND size(noted) = 0 THEN [] ELSE $people END AS whole
    }}
    CALL (whole) {{
        MATCH (p:Person)-[own:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o) WHERE p.id IN whole
        WITH o.occasion AS occasion, min(own.from_day) AS first, max(own.to_day) AS last
        MATCH (o:Occasion {{occasion: occasion}})<-[:SOURCE_AT]-(source:Person)
        WITH DISTINCT o, occasion, first, last, source
        MATCH (source)-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
        WITH occasion, source, tie, tie.to_day >= first AND tie.from_day <= last AS met
        RETURN collect([occasion, source.id, tie.from_day, tie.to_day]) AS sources,
            collect(DISTINCT CASE WHEN met THEN source.id END) AS met
    }}
    CALL (whole, met) {{
        CALL (whole, met) {{
            MATCH (near:Person) WHERE near.id IN whole + met RETURN near
            UNION MATCH (p:Person)-[:LIVES_IN]->()<-[:LIVES_IN]-(near:Person) WHERE p.id IN whole RETURN near
        }}
        WITH near, near.id IN whole AS is_whole
        CALL (near, is_whole) {{
            MATCH (near)<-[:ABOUT]-(f:Fact) WHERE is_whole OR f.fact IN $kinds RETURN properties(f) AS fact
            UNION ALL
            MATCH (near)-[:TOOK_PART_IN]->(f:Fact) WHERE is_whole OR 'exposure' IN $kinds
            RETURN properties(f) AS fact
            UNION ALL
            MATCH (near)-[f:LIVES_IN|RODE|VISITED|STAYED_IN]->() WHERE is_whole OR f.fact IN $kinds
            RETURN properties(f) AS fact
        }}
        RETURN collect([near.id, fact]) AS about
    }}
    CALL (about) {{
        WITH [row IN about WHERE row[1].fact = 'order' | row[1].fact_id] AS orders
        CALL (orders) {{
            MATCH (f:Transfer) WHERE f.order IN orders RETURN properties(f) AS fact
            UNION ALL MATCH (f:Release) WHERE f.order IN orders RETURN properties(f) AS fact
            UNION ALL MATCH (f:Notice) WHERE f.order IN orders RETURN properties(f) AS fact
        }}
        RETURN collect(fact) AS steps
    }}
    CALL (about, steps) {{
        UNWIND [row IN about | row[1]] + steps AS fact
        UNWIND [fact.household, fact.journey, fact.site] AS id
        WITH DISTINCT id WHERE id IS NOT NULL
        MATCH (f:Fact {{fact_id: id}}) WHERE f:Description
        RETURN collect(properties(f)) AS things
    }}
    CALL (whole) {{
        MATCH (own:Person) WHERE $with_companions AND own.id IN whole AND own.was_diagnosed
        CALL (own) {{ {COMPANIONS_OF_ONE} }}
        RETURN collect([
            own.id, other.id, EXISTS {{ (other)<-[:OF]-(:Current) }}, EXISTS {{ (other)<-[:ABOUT]-(:Merge) }}
        ]) AS companions
    }}
    CALL (about, steps, things) {{
        WITH [row IN about | row[1]] + steps + things AS facts
        WITH [fact IN facts WHERE fact.contested | fact.fact_id] AS ids WHERE size(ids) > 0
        CALL (ids) {{
            CALL (ids) {{ {under("ids")} }} RETURN fact.fact_id AS id, fact
            UNION ALL MATCH (f:Void) WHERE f.of IN ids RETURN f.of AS id, properties(f) AS fact
        }}
        RETURN collect([id, fact]) AS contested
    }}
    RETURN noted, decided, whole, about, steps, things, sources, companions, contested
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


class Companion(NamedTuple):
    """Somebody who shared an occasion with one of the people; ``is_kept``: an answer about them is."""

    person: str
    is_kept: bool
    was_merged: bool


class Ahead(NamedTuple):
    """Answers to questions to come, by the name that is asked for.

    ``people``: those asked about, of whom ``noted`` are of note. ``about``: all facts that name a person.
    ``near``: all of some ``kinds`` that name another. ``residents``: all residences in a household.
    ``steps``: all that became of an order. ``decided``: all decisions because of an exposure. ``under``: all
    facts under an id of which there are no voids, ``contested`` under another, with the voids. ``sources``:
    those ever diagnosed at an occasion. ``companions``: of a person; of which of these an answer is ``kept``,
    and which were ``never_merged``. ``written``: how much had been written when this was read.
    """

    people: Collection[str] = ()
    noted: Collection[str] = ()
    kinds: Collection[str] = ()
    about: Mapping[str, Collection[Fact]] = {}
    near: Mapping[str, Collection[Fact]] = {}
    residents: Mapping[str, Collection[Fact]] = {}
    steps: Mapping[str, Collection[Fact]] = {}
    decided: Mapping[str, Collection[Fact]] = {}
    under: Mapping[str, Collection[Fact]] = {}
    contested: Mapping[str, Collection[Fact]] = {}
    sources: Mapping[str, Collection[Present]] = {}
    companions: Mapping[str, Collection[Companion]] = {}
    kept: Mapping[str, Collection[str]] = {}
    never_merged: Mapping[str, Collection[Fact]] = {}
    written: int = -1

    def covers(self, coming: Coming) -> bool:
        """Return whether all that is coming is known."""
        is_more = coming.exposures or coming.with_companions or coming.unless_idle
        return (
            not is_more and self.about.keys() >= set(coming.people) and set(self.kinds) >= set(coming.kinds)
        )

    def homes(self) -> set[str]:
        """Return the households of which everybody is known who was ever there; under their ids is nothing
        else."""
        return self.residents.keys() & self.under.keys()

    def about_people(self, kinds: Collection[str] | None) -> Mapping[str, Collection[Fact]]:
        """Return of whom all facts of some kinds are known, of all kinds for None; and other facts."""
        known = [self.about]
        if kinds is not None and set(self.kinds).issuperset(kinds):
            known.append(self.near)
        if kinds is not None and set(kinds) == {"merge"}:
            known.append(self.never_merged)
        return ChainMap(*known)  # type: ignore[arg-type]  # nothing is written to it

    def naming_things(self, kinds: Collection[str] | None) -> Mapping[str, Collection[Fact]]:
        """Return of which things all facts of some kinds are known."""
        if kinds is None:
            return {}
        if set(kinds) == {"residence"}:
            return self.residents
        if set(kinds) == {"determination"}:
            return self.decided
        return self.steps if _OF_AN_ORDER.issuperset(kinds) else {}


NOTHING = Ahead()


def read_ahead(talk: Talk, coming: Coming) -> Ahead:
    """Return answers to what may be asked about people, their homes, those who ever lived there and those
    ever diagnosed whom they met.
    """
    found = talk.one(_AHEAD, **{name: _plain(value) for name, value in coming._asdict().items()})
    whole = found["whole"]
    facts = defaultdict[str, list[Fact]](list, {person: [] for person in whole})
    for person, fact in found["about"]:
        facts[person].append(fact)
    companions = _companions(found["companions"])
    everybody = [each for of_one in companions.values() for each in of_one]
    return Ahead(
        frozenset(coming.people),
        frozenset(found["noted"]),
        frozenset(coming.kinds),
        about={person: facts[person] for person in whole},
        near={person: its for person, its in facts.items() if person not in set(whole)},
        residents=_residents(facts, whole) if "residence" in coming.kinds else {},
        steps=_steps(facts, found["steps"]),
        decided=_by_name(coming.exposures, found["decided"]),
        under=_under(found["things"]),
        contested=_by_name({name for name, _ in found["contested"]}, found["contested"]),
        sources=_sources(facts, whole, found["sources"]),
        companions=companions,
        kept={each.person: [each.person] * each.is_kept for each in everybody},
        never_merged={each.person: () for each in everybody if not each.was_merged},
        written=talk.written,
    )


def _plain(value: object) -> object:
    return value if isinstance(value, bool) else sorted(value)  # type: ignore[call-overload]  # of names


def _by_name(names: Collection[str], rows: Collection[tuple[str, Fact]]) -> dict[str, list[Fact]]:
    """Return facts by the name that they stand beside, of each of some names."""
    found: dict[str, list[Fact]] = {name: [] for name in names}
    for name, fact in rows:
        found[name].append(fact)
    return found


def _residents(near: Mapping[str, list[Fact]], people: Collection[str]) -> dict[str, list[Fact]]:
    """Return who ever lived in the homes of people; in other homes of those there may be others too."""
    homes = {fact["household"] for person in people for fact in near[person] if fact["fact"] == "residence"}
    residences = (fact for facts in near.values() for fact in facts if fact["fact"] == "residence")
    return _by_name(homes, [(fact["household"], fact) for fact in residences if fact["household"] in homes])


def _steps(near: Mapping[str, list[Fact]], steps: Collection[Fact]) -> dict[str, list[Fact]]:
    """Return what became of orders, of each of them."""
    orders = {fact["fact_id"] for facts in near.values() for fact in facts if fact["fact"] == "order"}
    return _by_name(orders, [(fact["order"], fact) for fact in steps])


def _under(things: Collection[Fact]) -> dict[str, list[Fact]]:
    """Return things by id; under one id there is one fact, unless there was a void."""
    return {fact["fact_id"]: [fact] for fact in things if not fact.get("contested")}


def _sources(
    near: Mapping[str, list[Fact]], people: Collection[str], rows: Collection[Sequence[Any]]
) -> dict[str, list[Present]]:
    """Return those ever diagnosed at each occasion of people."""
    found: dict[str, list[Present]] = {each: [] for each in _occasions(near, people)}
    for occasion, *present in rows:
        if occasion in found:
            found[occasion].append(Present(*present))
    return found


def _occasions(near: Mapping[str, list[Fact]], people: Collection[str]) -> Iterator[str]:
    for person in people:
        for fact in near[person]:
            if fact["fact"] in _OCCASION:
                yield fact[_OCCASION[fact["fact"]]]


def _companions(rows: Collection[Sequence[Any]]) -> dict[str, list[Companion]]:
    found = defaultdict[str, list[Companion]](list)
    for person, *companion in rows:
        found[person].append(Companion(*companion))
    return dict(found)
