"""Facts in the graph: found by whom and what they name, and by who was where."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, LiteralString, TypeVar

from graphdb.clues import token
from graphdb.moments import moment_if
from graphdb.neo4j.foresight import COMPANIONS_OF_ONE, NOTHING, Ahead, Fact, read_ahead, under
from graphdb.neo4j.shapes import stored
from graphdb.neo4j.talk import Talk
from graphdb.neo4j.vault import Neo4jVault
from graphdb.sealing import MasterKeys
from tracing.ports import Coming, Stored
from tracing.secrecy import Clue

_UNDER: LiteralString = under("$ids")
_UNDER_WITH_VOIDS: LiteralString = (
    _UNDER + " UNION ALL MATCH (f:Void) WHERE f.of IN $ids RETURN properties(f) AS fact"
)
_ABOUT: LiteralString = """
    MATCH (p:Person) WHERE p.id IN $people
    CALL (p) {
        MATCH (p)<-[:ABOUT]-(f:Fact) RETURN properties(f) AS fact
        UNION ALL MATCH (p)-[:TOOK_PART_IN]->(f:Fact) RETURN properties(f) AS fact
        UNION ALL MATCH (p)-[f:LIVES_IN|RODE|VISITED|STAYED_IN]->() RETURN properties(f) AS fact
    }
    RETURN p.id AS name, fact
"""
_OWN_OF_KINDS: LiteralString = """
    MATCH (p)<-[:ABOUT]-(f:Fact) WHERE f.fact IN $kinds RETURN properties(f) AS fact
    UNION ALL
    MATCH (p)-[f:LIVES_IN|RODE|VISITED|STAYED_IN]->() WHERE f.fact IN $kinds RETURN properties(f) AS fact
"""
_MEETINGS: LiteralString = """
    UNION ALL MATCH (p)-[:TOOK_PART_IN]->(f:Fact) RETURN properties(f) AS fact
"""
_OF_EACH: tuple[LiteralString, LiteralString] = (
    "MATCH (p:Person) WHERE p.id IN $people CALL (p) {",
    "} RETURN p.id AS name, fact",
)
_ABOUT_BUT_MEETINGS: LiteralString = _OWN_OF_KINDS.join(_OF_EACH)
_ABOUT_OF_KINDS: LiteralString = (_OWN_OF_KINDS + _MEETINGS).join(_OF_EACH)
_NAMING: dict[str, LiteralString] = {
    "void": "MATCH (f:Void) WHERE f.of IN $names RETURN f.of AS name, properties(f) AS fact",
    "transfer": """
        MATCH (f:Transfer) WHERE f.order IN $names RETURN f.order AS name, properties(f) AS fact
        UNION ALL MATCH (f:Transfer) WHERE f.site IN $names RETURN f.site AS name, properties(f) AS fact
    """,
    "release": "MATCH (f:Release) WHERE f.order IN $names RETURN f.order AS name, properties(f) AS fact",
    "notice": "MATCH (f:Notice) WHERE f.order IN $names RETURN f.order AS name, properties(f) AS fact",
    "order": "MATCH (f:Order) WHERE f.site IN $names RETURN f.site AS name, properties(f) AS fact",
    "determination": """
        MATCH (f:Determination) WHERE f.exposure IN $names RETURN f.exposure AS name, properties(f) AS fact
    """,
    "residence": """
        MATCH (o:Household)<-[f:LIVES_IN]-() WHERE o.id IN $names RETURN o.id AS name, properties(f) AS fact
    """,
    "ride": "MATCH (o:Journey)<-[f:RODE]-() WHERE o.id IN $names RETURN o.id AS name, properties(f) AS fact",
    "visit": """
        MATCH (o:Place)<-[f:VISITED]-() WHERE o.id IN $names RETURN o.id AS name, properties(f) AS fact
    """,
    "exposure": """
        MATCH (f:Exposure) WHERE f.place IN $names RETURN f.place AS name, properties(f) AS fact
        UNION ALL
        MATCH (f:Exposure) WHERE f.household IN $names RETURN f.household AS name, properties(f) AS fact
    """,
    "arrival": "MATCH (f:Arrival) WHERE f.journey IN $names RETURN f.journey AS name, properties(f) AS fact",
    "isolation": "MATCH (f:Isolation) WHERE f.place IN $names RETURN f.place AS name, properties(f) AS fact",
    "unit_report": """
        MATCH (f:UnitReport) WHERE f.place IN $names RETURN f.place AS name, properties(f) AS fact
    """,
    "tally": "MATCH (f:Tally) WHERE f.place IN $names RETURN f.place AS name, properties(f) AS fact",
    "area": """
        MATCH (a:Area)<-[:ABOUT]-(f:Description) WHERE a.code IN $codes
        RETURN '@' + a.code AS name, properties(f) AS fact
    """,
}
_PAGE: LiteralString = """
    MATCH (f:Fact) WHERE f.seq > $after AND f.seq <= $until RETURN properties(f) AS fact
    UNION ALL MATCH ()-[f:LIVES_IN]->() WHERE f.seq > $after AND f.seq <= $until RETURN properties(f) AS fact
    UNION ALL MATCH ()-[f:RODE]->() WHERE f.seq > $after AND f.seq <= $until RETURN properties(f) AS fact
    UNION ALL MATCH ()-[f:VISITED]->() WHERE f.seq > $after AND f.seq <= $until RETURN properties(f) AS fact
    UNION ALL MATCH ()-[f:STAYED_IN]->() WHERE f.seq > $after AND f.seq <= $until RETURN properties(f) AS fact
"""
_MATCHING: LiteralString = """
    MATCH (c:Clue {token: $token}) MATCH (f:Fact {seq: c.seq}) RETURN properties(f) AS fact
"""
_SOURCES_AT: LiteralString = """
    UNWIND $occasions AS wanted
    MATCH (o:Occasion {occasion: wanted.id})<-[:SOURCE_AT]-(p:Person)
    WITH DISTINCT wanted, o, p
    MATCH (p)-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
    WHERE tie.to_day >= wanted.days[0] AND tie.from_day <= wanted.days[1]
    RETURN DISTINCT p.id AS person
"""
_NEAR_SOURCES: LiteralString = """
    MATCH (p:Person) WHERE p.id IN $people
    AND EXISTS {
        MATCH (p)-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
        WHERE tie.by_itself OR EXISTS { MATCH (o)<-[:SOURCE_AT]-(other) WHERE other <> p }
    }
    RETURN p.id AS person
"""
_PRESENT_AT: LiteralString = """
    MATCH (o:Occasion)<-[tie:TOOK_PART_IN|LIVES_IN|RODE|VISITED]-(p:Person)
    WHERE o.occasion IN $occasions AND tie.to_day >= $first AND tie.from_day <= $last
    RETURN DISTINCT p.id AS person
"""
_GATHERINGS: LiteralString = """
    MATCH (p:Person)-[own:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->(o)
    WHERE p.id IN $people AND own.voided_at IS NULL AND own.to_day >= $first AND own.from_day <= $last
    WITH DISTINCT o
    CALL (o) {
        MATCH (o:Exposure) RETURN properties(o) AS fact
        UNION ALL
        MATCH (o)<-[f:LIVES_IN|RODE|VISITED]-()
        WHERE f.voided_at IS NULL AND f.to_day >= $first AND f.from_day <= $last RETURN properties(f) AS fact
        UNION ALL
        MATCH (o:Journey)<-[:ABOUT]-(f:Description) WHERE f.voided_at IS NULL RETURN properties(f) AS fact
        UNION ALL
        MATCH (o)<-[their:TOOK_PART_IN|LIVES_IN|RODE|VISITED]-()<-[:ABOUT]-(f:Merge)
        WHERE their.voided_at IS NULL AND their.to_day >= $first AND their.from_day <= $last
            AND f.voided_at IS NULL
        RETURN properties(f) AS fact
    }
    RETURN DISTINCT fact
"""
_COMPANIONS: LiteralString = f"""
    MATCH (own:Person) WHERE own.id IN $people
    CALL (own) {{ {COMPANIONS_OF_ONE} }}
    RETURN DISTINCT other.id AS person
"""
_NAMES_AREA: LiteralString = """
    MATCH (a:Area) WHERE a.code STARTS WITH $code AND a.is_named RETURN count(a) > 0 AS found
"""
_PEOPLE: LiteralString = "MATCH (p:Person) RETURN p.id AS person"
_COUNTS: LiteralString = """
    MATCH (f:Fact) RETURN f.fact AS kind, count(*) AS number
    UNION ALL MATCH ()-[f:LIVES_IN]->() RETURN f.fact AS kind, count(*) AS number
    UNION ALL MATCH ()-[f:RODE]->() RETURN f.fact AS kind, count(*) AS number
    UNION ALL MATCH ()-[f:VISITED]->() RETURN f.fact AS kind, count(*) AS number
    UNION ALL MATCH ()-[f:STAYED_IN]->() RETURN f.fact AS kind, count(*) AS number
"""
_EVER = (-1, 10**9)

Named = Collection[str]
A = TypeVar("A")


class Neo4jFacts(Neo4jVault):
    """The facts of one transaction."""

    def __init__(self, talk: Talk, master: MasterKeys) -> None:
        super().__init__(talk, master)
        self._read_ahead = NOTHING

    @property
    def _ahead(self) -> Ahead:
        """What was read ahead, as long as nothing was written since."""
        return self._read_ahead if self._read_ahead.written == self._talk.written else NOTHING

    def foresee(self, coming: Coming) -> None:
        if coming.people and not self._ahead.covers(coming):
            self._read_ahead = read_ahead(self._talk, coming)

    def under(self, fact_ids: Named, *, with_voids: bool = False) -> list[Stored]:
        known, others = parted(self._ahead.contested if with_voids else self._ahead.under, fact_ids)
        found = [stored(fact) for _, fact in known]
        if others:
            found += self._facts(_UNDER_WITH_VOIDS if with_voids else _UNDER, ids=others)
        return sorted(found, key=_in_order)

    def about(self, people: Named, kinds: Named | None = None) -> list[Stored]:
        known, others = parted(self._ahead.about_people(kinds), people)
        return _each_once([*_of_kinds(known, kinds), *(self._rows_about(others, kinds) if others else ())])

    def _rows_about(self, people: list[str], kinds: Named | None) -> list[Any]:
        if kinds is None:
            return self._rows(_ABOUT, "name", "fact", people=people)
        query = _ABOUT_OF_KINDS if "exposure" in kinds else _ABOUT_BUT_MEETINGS
        return self._rows(query, "name", "fact", people=people, kinds=sorted(kinds))

    def naming(self, things: Named, kinds: Named | None = None) -> list[Stored]:
        known, others = parted(self._ahead.naming_things(kinds), things)
        codes = [each[1:] for each in others if each.startswith("@")]
        query = _naming(tuple(sorted(_NAMING if kinds is None else kinds)))
        rows = self._rows(query, "name", "fact", names=others, codes=codes) if others else []
        return _each_once([*_of_kinds(known, kinds), *rows])

    def page(self, after: int, limit: int, *, identity: bool = False) -> list[Stored]:
        bounds = {"after": after, "until": after + limit}
        facts = sorted(self._facts(_PAGE, **bounds), key=_in_order)
        who = self.identities_between(after, after + limit) if identity else {}
        return [_with_identity(each, who.get(each.seq, {})) for each in facts]

    def matching(self, clue: Clue, text: str) -> list[Stored]:
        wanted = token(self.index_key(), clue, text)
        return sorted(self._facts(_MATCHING, token=wanted.hex()), key=_in_order) if wanted else []

    def sources_at(self, occasions: Mapping[str, tuple[int, int]]) -> set[str]:
        known, others = parted(self._ahead.sources, occasions)
        found = {each.person for name, each in known if each.was_there(*occasions[name])}
        wanted = [{"id": each, "days": occasions[each]} for each in others]
        return found | (self._people(_SOURCES_AT, occasions=wanted) if wanted else set())

    def near_sources(self, people: Named) -> set[str]:
        return self._people(_NEAR_SOURCES, people=sorted(people))

    def present_at(self, occasions: Named, days: tuple[int, int] | None = None) -> set[str]:
        first, last = days or _EVER
        if not days and self._ahead.homes() >= set(occasions):
            return {fact["person"] for each in occasions for fact in self._ahead.residents[each]}
        return self._people(_PRESENT_AT, occasions=sorted(occasions), first=first, last=last)

    def gatherings(self, people: Named, days: tuple[int, int]) -> list[Stored]:
        first, last = days
        found = self._facts(_GATHERINGS, people=sorted(people), first=first, last=last)
        return sorted(found, key=_in_order)

    def companions(self, people: Named) -> set[str]:
        known, others = parted(self._ahead.companions, people)
        found = {each.person for _, each in known}
        return found | (self._people(_COMPANIONS, people=others) if others else set())

    def names_area(self, code: str) -> bool:
        return bool(self._rows(_NAMES_AREA, "found", code=code)[0][0])

    def people(self) -> list[str]:
        return sorted(self._all_of("person", _PEOPLE))

    def last(self) -> tuple[int, datetime | None]:
        return self._talk.register["seq"], moment_if(self._talk.register.get("recorded_at"))

    def counts(self) -> Mapping[str, int]:
        return dict(self._rows(_COUNTS, "kind", "number"))

    def _facts(self, query: LiteralString, **values: Any) -> Iterator[Stored]:
        return (stored(fact) for (fact,) in self._rows(query, "fact", **values))

    def _people(self, query: LiteralString, **values: Any) -> set[str]:
        return self._all_of("person", query, **values)


def parted(known: Mapping[str, Collection[A]], names: Named) -> tuple[list[tuple[str, A]], list[str]]:
    """Return what is known by these names, and the names of which nothing is known yet."""
    found = [(name, each) for name in names if name in known for each in known[name]]
    return found, sorted(name for name in names if name not in known)


def _of_kinds(known: Iterable[tuple[str, Fact]], kinds: Named | None) -> Iterator[tuple[str, Fact]]:
    return ((name, fact) for name, fact in known if kinds is None or fact["fact"] in kinds)


def _each_once(rows: Iterable[Sequence[Any]]) -> list[Stored]:
    """Return each fact once, in order, with those of the names asked for that it names."""
    facts: dict[int, Any] = {}
    names: dict[int, set[str]] = {}
    for name, fact in rows:
        facts[fact["seq"]] = fact
        names.setdefault(fact["seq"], set()).add(name)
    return [stored(facts[seq], names[seq]) for seq in sorted(facts)]


@cache
def _naming(kinds: tuple[str, ...]) -> LiteralString:
    """Return one query for the facts of all these kinds."""
    one_of: LiteralString = " UNION ALL "
    return one_of.join(_NAMING[kind] for kind in kinds)


def _in_order(each: Stored) -> int:
    return each.seq


def _with_identity(each: Stored, identity: Mapping[str, Any]) -> Stored:
    return each._replace(identity=identity) if identity else each
