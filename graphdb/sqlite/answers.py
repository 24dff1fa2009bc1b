"""Kept answers in SQLite: in versions, found by area, marked when they are to be worked out anew."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from graphdb.moments import micros, micros_if, moment, moment_if
from graphdb.sqlite.facts import SQLiteFacts
from tracing.ports import Charter, Due, Row, Version

_KEPT = """
    SELECT answer.person, category, last_day, text, rules, valid_from, valid_until,
        (SELECT json_group_array(area) FROM looked_for WHERE looked_for.person = answer.person),
        (SELECT json_group_array(linked) FROM link WHERE link.person = answer.person)
    FROM answer WHERE known_to IS NULL
"""
_WITH_KEPT = """
    SELECT person FROM answer WHERE known_to IS NULL AND person IN (SELECT value FROM json_each(?))
"""
_OF = "AND answer.person IN (SELECT value FROM json_each(?))"
_IN = """
    AND answer.person IN (
        SELECT person FROM looked_for WHERE area >= ? AND area < ?
        UNION SELECT person FROM looked_for WHERE area = ''
    )
"""
_OF_NOTE = """
    SELECT value FROM json_each(?) WHERE
        EXISTS (SELECT 1 FROM answer WHERE person = value AND known_to IS NULL)
        OR value IN (SELECT person FROM stale) OR value IN (SELECT person FROM source)
        OR EXISTS (SELECT 1 FROM named WHERE name = value AND kind = 'merge')
"""
_LINKED_TO = "SELECT DISTINCT person FROM link WHERE linked IN (SELECT value FROM json_each(?))"
_VERSIONS = "SELECT known_from, known_to, text, rules FROM answer WHERE person = ? ORDER BY known_from"
_STALE = "SELECT person FROM stale"
_STALE_OF = "SELECT person FROM stale WHERE person IN (SELECT value FROM json_each(?))"
_CHARTER = "SELECT protocol, overlay, zone, rules FROM charter"
_END = """
    UPDATE answer SET known_to = ?1
    WHERE known_to IS NULL AND person = ?2 AND text <> ?3 AND known_from < ?1
"""
_BEGIN = """
    INSERT INTO answer (person, known_from, category, last_day, text, rules, valid_from, valid_until)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (person) WHERE known_to IS NULL
    DO UPDATE SET category = excluded.category, last_day = excluded.last_day,
        text = excluded.text, rules = excluded.rules,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until
"""
_FORGET = "DELETE FROM answer WHERE known_to IS NULL AND person = ? AND known_from >= ?"
_MARK = "INSERT OR REPLACE INTO stale (person) VALUES (?)"
_MARK_ENDED = """
    INSERT OR IGNORE INTO stale (person)
    SELECT person FROM answer WHERE known_to IS NULL AND valid_until <= ? LIMIT ?
"""
_CLAIM = """
    UPDATE stale SET leased_until = ? WHERE mark IN
        (SELECT mark FROM stale WHERE leased_until <= ? ORDER BY mark LIMIT ?)
    RETURNING person, mark
"""
_ACTIVATE = "INSERT OR REPLACE INTO charter VALUES (1, ?, ?, ?, ?)"
_ADD_RULES = "INSERT OR IGNORE INTO rule_book VALUES (?, ?, ?)"

People = Collection[str]


class SQLiteRecords(SQLiteFacts):
    """One transaction: facts, answers, marks."""

    def kept(self, people: People) -> dict[str, Row]:
        return self._rows(_KEPT + _OF, _listed(people))

    def with_kept(self, people: People) -> set[str]:
        return self._people(_WITH_KEPT, _listed(people))

    def kept_in(self, area: str | None) -> dict[str, Row]:
        return self._rows(_KEPT) if area is None else self._rows(_KEPT + _IN, area, f"{area}:")

    def of_note(self, people: People) -> set[str]:
        return self._people(_OF_NOTE, _listed(people))

    def linked_to(self, people: People) -> set[str]:
        return self._people(_LINKED_TO, _listed(people))

    def versions(self, person: str) -> list[Version]:
        return [
            Version(moment(since), moment_if(until), text, rules)
            for since, until, text, rules in self._all(_VERSIONS, person)
        ]

    def stale(self, people: People | None = None) -> set[str]:
        return self._people(_STALE) if people is None else self._people(_STALE_OF, _listed(people))

    def charter(self) -> Charter | None:
        return next((Charter(*row) for row in self._all(_CHARTER)), None)

    def rule_texts(self, digest: str) -> tuple[str, ...]:
        ((texts,),) = self._all("SELECT texts FROM rule_book WHERE digest = ?", digest)
        return tuple(json.loads(texts))

    # ---- writing

    def unheld(self, _people: People) -> set[str]:
        # The writer has the whole file for itself.
        return set()

    def keep(self, rows: Iterable[Row], gone: People, at: datetime) -> None:
        run, now, kept = self._connection.executemany, micros(at), list(rows)
        # A version that lasted no time at all was never answered.
        run(_FORGET, ((person, now) for person in gone))
        run(
            _END, [*((now, each.person, each.text) for each in kept), *((now, person, "") for person in gone)]
        )
        run(_BEGIN, ((each.person, now, *_values(each)) for each in kept))
        people = [*(each.person for each in kept), *gone]
        run("DELETE FROM looked_for WHERE person = ?", ((person,) for person in people))
        run("DELETE FROM link WHERE person = ?", ((person,) for person in people))
        run(
            "INSERT INTO looked_for VALUES (?, ?)",
            ((area, each.person) for each in kept for area in sorted(each.areas) or [""]),
        )
        run(
            "INSERT INTO link VALUES (?, ?)", ((other, each.person) for each in kept for other in each.linked)
        )

    def mark_stale(self, people: People) -> None:
        self._connection.executemany(_MARK, ((person,) for person in sorted(people)))

    def claim(self, limit: int, now: datetime, until: datetime) -> list[Due]:
        self._connection.execute(_MARK_ENDED, (micros(now), limit))
        claimed = self._all(_CLAIM, micros(until), micros(now), limit)
        return sorted(Due(person, mark) for person, mark in claimed)

    def unmark(self, done: Iterable[Due]) -> None:
        self._connection.executemany(
            "DELETE FROM stale WHERE mark = ? AND person = ?", ((each.mark, each.person) for each in done)
        )

    def activate(self, charter: Charter, texts: Sequence[str], at: datetime) -> None:
        run = self._connection.execute
        if texts:
            run(_ADD_RULES, (charter.digest, json.dumps(list(texts), ensure_ascii=False), micros(at)))
        run(_ACTIVATE, (charter.protocol, charter.overlay, charter.zone, charter.rules))

    def _rows(self, query: str, *values: Any) -> dict[str, Row]:
        return {columns[0]: _row(*columns) for columns in self._all(query, *values)}


def _row(person: str, category: str, last_day: str | None, *rest: Any) -> Row:
    text, rules, since, until, areas, linked = rest
    day = date.fromisoformat(last_day) if last_day else None
    found = (_areas(areas), frozenset(json.loads(linked)))
    return Row(person, category, day, text, rules, moment(since), moment_if(until), *found)


def _areas(listed: str) -> frozenset[str]:
    return frozenset(json.loads(listed)) - {""}


def _values(each: Row) -> tuple[Any, ...]:
    last_day = each.last_day.isoformat() if each.last_day else None
    valid = micros(each.valid_from), micros_if(each.valid_until)
    return each.category, last_day, each.text, each.rules, *valid


def _listed(values: People) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)
