"""What one transaction says to the server, in as few turns as may be: each is a way there and back.

What is written waits for the next question and goes with it in one statement, in order; a driver
takes many times longer for a row than a server, so the server gathers all rows into one.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, LiteralString, NamedTuple

from neo4j import ManagedTransaction

_MOST_ROWS = 200
"""What writes more than so many rows goes by itself, and at once."""
_PARAMETER = re.compile(r"\$(\w+)")


class _Said(NamedTuple):
    query: LiteralString
    values: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(len(value) for value in self.values.values() if isinstance(value, list))


class Talk:
    """The statements of one transaction."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction
        self._waiting: list[_Said] = []
        self.written = 0
        """How many queries have written, or wait to."""

    def write(self, query: LiteralString, **values: Any) -> None:
        """Let a query write: with the next question, or with :meth:`finish`."""
        self.written += 1
        said = _Said(query, values)
        if said.rows <= _MOST_ROWS:
            self._waiting.append(said)
            return
        self.finish()
        self._transaction.run(*said).consume()

    def rows(self, query: LiteralString, *columns: LiteralString, **values: Any) -> list[list[Any]]:
        """Return of every row of a query these of its columns, in no certain order."""
        gathered: list[list[Any]] = self.one(_gathering(query, columns), **values)["rows"]
        return gathered

    def one(self, query: LiteralString, **values: Any) -> Mapping[str, Any]:
        """Return the one row of a query that begins by itself and ends with ``RETURN``."""
        waiting, self._waiting = self._waiting, []
        asked = self._transaction.run(*_together(waiting, _Said(query, values)))
        return asked.single(strict=True)

    def finish(self) -> None:
        """Write what still waits."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._transaction.run(*_together(waiting[:-1], waiting[-1])).consume()


def _together(before: Sequence[_Said], last: _Said) -> tuple[LiteralString, dict[str, Any]]:
    """Return one statement that says some things one after the other, and all their values."""
    values = {
        f"{name}_{number}": value for number, said in enumerate(before) for name, value in said.values.items()
    }
    return _statement(tuple(said.query for said in before), last.query), values | last.values


@cache
def _statement(before: tuple[LiteralString, ...], last: LiteralString) -> LiteralString:
    said = "".join(f"CALL () {{ {_numbered(query, number)} }} " for number, query in enumerate(before))
    return said + last


def _numbered(query: LiteralString, number: int) -> LiteralString:
    """Return a query whose parameters end with a number, so that those of others are not taken for them."""
    return _PARAMETER.sub(rf"$\1_{number}", query)


@cache
def _gathering(query: LiteralString, columns: tuple[LiteralString, ...]) -> LiteralString:
    comma: LiteralString = ", "
    return "CALL () { " + query + " } RETURN collect([" + comma.join(columns) + "]) AS rows"
