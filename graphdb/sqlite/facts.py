"""Facts in SQLite: added, and found by what they name and by who was where."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from graphdb.clues import token
from graphdb.moments import micros_if, moment_if
from graphdb.sqlite.vault import SQLiteVault
from tracing.paging import pages
from tracing.ports import Coming, Stored
from tracing.said import Said
from tracing.secrecy import Clue

_COLUMNS = "fact.seq, fact_id, fact.kind, content, body, recorded_at, recorded_by, voided_at, contested"
_UNDER = f"SELECT {_COLUMNS} FROM fact WHERE fact_id IN (SELECT value FROM json_each(?)) ORDER BY seq"  # noqa: S608
_NAMING = f"""
    SELECT {_COLUMNS}, named.name FROM named JOIN fact ON fact.seq = named.seq
    WHERE named.name IN (SELECT value FROM json_each(?)) ORDER BY fact.seq
"""  # noqa: S608
_NAMING_OF_KINDS = f"""
    SELECT {_COLUMNS}, named.name FROM json_each(?) AS wanted
    CROSS JOIN json_each(?) AS sort
    JOIN named ON named.name = wanted.value AND named.kind = sort.value
    JOIN fact ON fact.seq = named.seq
    ORDER BY fact.seq
"""  # noqa: S608
_PAGE = f"SELECT {_COLUMNS} FROM fact WHERE seq > ? ORDER BY seq LIMIT ?"  # noqa: S608
_MATCHING = f"SELECT {_COLUMNS} FROM clue JOIN fact USING (seq) WHERE token = ? ORDER BY fact.seq"  # noqa: S608
_SOURCES_AT = """
    SELECT DISTINCT person FROM json_each(?) AS wanted
    JOIN tie ON occasion = value ->> 0 AND exposes > 0
    WHERE exposes & 1 AND last_day >= value ->> 1 AND first_day <= value ->> 2
"""
_NEAR_SOURCES = """
    SELECT DISTINCT own.person FROM json_each(?) JOIN tie AS own ON own.person = value
    WHERE own.exposes & 2 OR EXISTS (
        SELECT 1 FROM tie AS other
        WHERE other.occasion = own.occasion AND other.exposes > 0 AND other.exposes & 1
            AND other.person <> own.person
    )
"""
_PRESENT_AT = """
    SELECT DISTINCT person FROM json_each(?) JOIN tie ON occasion = value
    WHERE last_day >= ? AND first_day <= ?
"""
_GATHERINGS = f"""
    SELECT DISTINCT {_COLUMNS}, there.person, there.occasion FROM json_each(?1)
    JOIN tie AS own ON own.person = value AND own.last_day >= ?2 AND own.first_day <= ?3
        AND (SELECT voided_at FROM fact WHERE seq = own.seq) IS NULL
    JOIN tie AS there ON there.occasion = own.occasion AND there.last_day >= ?2 AND there.first_day <= ?3
    JOIN fact ON fact.seq = there.seq AND fact.voided_at IS NULL
"""  # noqa: S608
_COMPANIONS = """
    SELECT DISTINCT other.person FROM json_each(?)
    JOIN tie AS own ON own.person = value
    JOIN tie AS other ON other.occasion = own.occasion
    WHERE NOT own.is_visit
        OR EXISTS (SELECT 1 FROM answer WHERE answer.person = other.person AND known_to IS NULL)
"""
_NAMES_AREA = """
    SELECT EXISTS (SELECT 1 FROM named WHERE name >= ? AND name < ? AND kind IN
        ('area', 'household', 'place', 'arrival', 'moved', 'unit_report'))
"""
_ADD = """
    INSERT INTO fact (seq, fact_id, kind, content, body, recorded_at, recorded_by, voided_at, contested)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_NAME = "INSERT INTO named VALUES (?, ?, ?)"
_ADD_TIE = "INSERT OR REPLACE INTO tie VALUES (?, ?, ?, ?, ?, ?, ?)"
_WITHDRAW = "UPDATE fact SET voided_at = ? WHERE seq = ?"
_CONTEST = "UPDATE fact SET contested = 1 WHERE fact_id IN (SELECT value FROM json_each(?))"
_CONTESTED = """
    SELECT fact_id FROM json_each(?) JOIN fact INDEXED BY fact_contested ON fact_id = value AND contested
"""
_ANY_CONTESTED = "SELECT 1 FROM fact WHERE contested LIMIT 1"
_ANY_SOURCE = "SELECT 1 FROM source LIMIT 1"
_ADD_SOURCES = "INSERT OR IGNORE INTO source SELECT value FROM json_each(?)"
_TIES_OF_SOURCES = "UPDATE tie SET exposes = exposes | 1 WHERE person IN (SELECT value FROM json_each(?))"
_SOURCES = "SELECT person FROM source WHERE person IN (SELECT value FROM json_each(?))"
_EVER = (-1, 10**9)
_BATCH = 5_000

Named = Collection[str]


class SQLiteFacts(SQLiteVault):
    """The facts of one transaction."""

    def foresee(self, coming: Coming) -> None:
        """Find nothing in advance: it takes as long step by step."""

    def under(self, fact_ids: Named, *, with_voids: bool = False) -> list[Stored]:
        found = [_stored(row) for row in self._all(_UNDER, _listed(fact_ids))]
        contested = {each.fact_id for each in found if each.contested} if with_voids else ()
        voids = self.naming(contested, ("void",)) if contested else []
        return sorted([*found, *voids], key=lambda each: each.seq)

    def about(self, people: Named, kinds: Named | None = None) -> list[Stored]:
        return self.naming(people, kinds)

    def naming(self, things: Named, kinds: Named | None = None) -> list[Stored]:
        if kinds is None:
            return list(_named(self._all(_NAMING, _listed(things))))
        return list(_named(self._all(_NAMING_OF_KINDS, _listed(things), _listed(kinds))))

    def page(self, after: int, limit: int, *, identity: bool = False) -> list[Stored]:
        rows = self._all(_PAGE, after, limit)
        who = self.identities_between(after, rows[-1][0]) if identity and rows else {}
        return [_stored(row, who.get(row[0], {})) for row in rows]

    def matching(self, clue: Clue, text: str) -> list[Stored]:
        return [_stored(row) for row in self._all(_MATCHING, token(self.index_key(), clue, text))]

    def sources_at(self, occasions: Mapping[str, tuple[int, int]]) -> set[str]:
        wanted = [(occasion, *days) for occasion, days in sorted(occasions.items())]
        return self._people(_SOURCES_AT, json.dumps(wanted, ensure_ascii=False))

    def near_sources(self, people: Named) -> set[str]:
        return self._people(_NEAR_SOURCES, _listed(people))

    def present_at(self, occasions: Named, days: tuple[int, int] | None = None) -> set[str]:
        return self._people(_PRESENT_AT, _listed(occasions), *(days or _EVER))

    def gatherings(self, people: Named, days: tuple[int, int]) -> list[Stored]:
        rows = self._all(_GATHERINGS, _listed(people), *days)
        there, occasions = {row[-2] for row in rows}, {row[-1] for row in rows}
        found = {row[0]: _stored(row[:-2]) for row in rows}
        journeys = (each for each in self.under(occasions) if each.kind == "journey")
        beside = [*self.naming(there, ("merge",)), *journeys]
        found |= {each.seq: each for each in beside if each.voided_at is None}
        return [found[seq] for seq in sorted(found)]

    def companions(self, people: Named) -> set[str]:
        return self._people(_COMPANIONS, _listed(people))

    def names_area(self, code: str) -> bool:
        return bool(self._all(_NAMES_AREA, f"@{code}", f"@{code}:")[0][0])

    def people(self) -> list[str]:
        query = "SELECT DISTINCT fact_id FROM fact WHERE kind = 'person' ORDER BY fact_id"
        return [person for (person,) in self._all(query)]

    def last(self) -> tuple[int, datetime | None]:
        seq = self._all("SELECT coalesce(max(seq), 0) FROM fact")[0][0]
        (recorded,) = self._all("SELECT max(recorded_at) FROM fact WHERE seq > ?", seq - 1000)[0]
        return seq, moment_if(recorded)

    def counts(self) -> Mapping[str, int]:
        return dict(self._all("SELECT kind, count(*) FROM fact GROUP BY kind ORDER BY kind"))

    # ---- writing

    def append(self, facts: Iterable[Stored]) -> None:
        for page in pages(facts, _BATCH):
            self._add(page)

    def withdraw(self, voided: Mapping[int, datetime | None]) -> None:
        run = self._connection.executemany
        run(_WITHDRAW, ((micros_if(at), number) for number, at in sorted(voided.items())))

    def mark_sources(self, people: Named) -> None:
        self._connection.execute(_ADD_SOURCES, (_listed(people),))
        self._connection.execute(_TIES_OF_SOURCES, (_listed(people),))

    def _add(self, facts: list[Stored]) -> None:
        run = self._connection.executemany
        contested, sources = set[str](), set[str]()
        if self._all(_ANY_CONTESTED):
            contested = self._people(_CONTESTED, _listed({each.fact_id for each in facts}))
        if self._all(_ANY_SOURCE):
            sources = self._people(_SOURCES, _listed({tie.person for each in facts for tie in each.ties}))
        run(_ADD, [_row(each, contested) for each in facts])
        self.add_identities(facts)
        run(_ADD_NAME, sorted((name, each.kind, each.seq) for each in facts for name in each.names))
        run(_ADD_TIE, sorted(_ties(facts, sources)))
        voided = [each.body["of"] for each in facts if each.kind == "void"]
        if voided:
            self._connection.execute(_CONTEST, (_listed(voided),))

    def _all(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _people(self, query: str, *values: Any) -> set[str]:
        return {person for (person,) in self._all(query, *values)}


def _listed(values: Named) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)


def _row(each: Stored, contested: Named) -> tuple[Any, ...]:
    times = micros_if(each.recorded_at), each.recorded_by, micros_if(each.voided_at)
    said = each.fact_id, each.kind, each.content, each.body.text
    return each.seq, *said, *times, each.fact_id in contested


def _ties(facts: Iterable[Stored], sources: Named) -> Iterator[tuple[Any, ...]]:
    for each in facts:
        for tie in each.ties:
            days = (tie.first_day, tie.last_day)
            exposes = 2 * tie.by_itself + (tie.person in sources)
            yield tie.person, tie.occasion, each.seq, *days, each.kind == "visit", exposes


def _stored(
    row: tuple[Any, ...], identity: Mapping[str, Any] | None = None, names: frozenset[str] = frozenset()
) -> Stored:
    seq, fact_id, kind, content, body, recorded_at, recorded_by, voided_at, contested = row
    return Stored(
        seq,
        fact_id,
        kind,
        content,
        Said.read(body),
        identity or {},
        names,
        (),
        moment_if(recorded_at),
        recorded_by,
        moment_if(voided_at),
        bool(contested),
    )


def _named(rows: Iterable[tuple[Any, ...]]) -> Iterator[Stored]:
    """Yield each fact once, with those of the names asked for that it names."""
    names: dict[int, set[str]] = {}
    first: dict[int, tuple[Any, ...]] = {}
    for *columns, name in rows:
        first.setdefault(columns[0], tuple(columns))
        names.setdefault(columns[0], set()).add(name)
    for seq, row in first.items():
        yield _stored(row, None, frozenset(names[seq]))
