"""What one transaction says to the server, in as few turns as may be: each is a way there and back.

What is written waits for the next question and goes with it in one statement, in order. What writes
very much goes at once, and while the server takes it the next is made ready. A driver takes many times
longer for a row than a server, so the server gathers all rows into one.
"""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, LiteralString, NamedTuple, Self

from neo4j import ManagedTransaction

_MOST_ROWS = 200
"""What writes more than so many rows goes by itself, and nobody waits for it before the next statement."""
_PARAMETER = re.compile(r"\$(\w+)")


class _Said(NamedTuple):
    query: LiteralString
    values: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(len(value) for value in self.values.values() if isinstance(value, list))


class Talk:
    """The statements of one transaction; at the end of its context none is still under way."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction
        self._beside = ThreadPoolExecutor(1)
        self._under_way: Future[object] | None = None
        self._waiting: list[_Said] = []
        self.written = 0
        """How many queries have written, or wait to."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown()

    def write(self, query: LiteralString, **values: Any) -> None:
        """Let a query write: with the next question, or with :meth:`finish`."""
        self.written += 1
        said = _Said(query, values)
        if said.rows <= _MOST_ROWS:
            self._waiting.append(said)
            return
        self.finish()
        self._under_way = self._beside.submit(_say, self._transaction, said)

    def rows(self, query: LiteralString, *columns: LiteralString, **values: Any) -> list[list[Any]]:
        """Return of every row of a query these of its columns, in no certain order."""
        gathered: list[list[Any]] = self.one(_gathering(query, columns), **values)["rows"]
        return gathered

    def one(self, query: LiteralString, **values: Any) -> Mapping[str, Any]:
        """Return the one row of a query that begins by itself and ends with ``RETURN``."""
        waiting, self._waiting = self._waiting, []
        asked = self._at_rest().run(*_together(waiting, _Said(query, values)))
        return asked.single(strict=True)

    def finish(self) -> None:
        """Write what still waits."""
        waiting, self._waiting = self._waiting, []
        transaction = self._at_rest()
        if waiting:
            transaction.run(*_together(waiting[:-1], waiting[-1])).consume()

    def _at_rest(self) -> ManagedTransaction:
        """Return the transaction once no statement is under way in it; what went wrong there is raised."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()
        return self._transaction


def _say(transaction: ManagedTransaction, said: _Said) -> None:
    transaction.run(*said).consume()


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
