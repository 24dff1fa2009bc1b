"""What one transaction says to the server, in as few turns as may be: each is a way there and back.

What is written waits for the next question and goes with it in one statement, in order. What writes
very much goes at once, and while the server takes it the next is made ready. A driver takes many times
longer for a row than a server, so the server gathers all rows into one.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, LiteralString, NamedTuple, Self, cast

from neo4j import ManagedTransaction

_MOST_ROWS = 200
"""What writes more than so many rows goes by itself, and nobody waits for it before the next statement."""
_MOST_WITH_A_QUESTION = 4
"""More queries that write than so many go by themselves: the server plans every new statement, and one of
many and a long question takes it a second."""
_PARAMETER = re.compile(r"\$(\w+)")


class _Said(NamedTuple):
    query: LiteralString
    values: dict[str, Any]

    @property
    def rows(self) -> int:
        return sum(len(value) for value in self.values.values() if isinstance(value, list))


_NOTHING = _Said("RETURN null AS nothing", {})


class Frame(NamedTuple):
    """What a transaction says around its questions.

    ``opening``, before the first: a query that returns the ``register``, the properties of its node, null if
    there is none; ``check`` raises what is wrong with it. ``closing``, after each: one that returns the
    ``version`` of the register then; None if nobody else can write meanwhile.
    """

    opening: LiteralString
    closing: LiteralString | None
    check: Callable[[Mapping[str, Any]], None]


class Talk:
    """The statements of one transaction; at the end of its context none is still under way."""

    def __init__(self, transaction: ManagedTransaction, frame: Frame) -> None:
        self._transaction = transaction
        self._frame = frame
        self._register: dict[str, Any] | None = None
        self.version: int | None = None
        """That of the register after the last question, where the frame asks for it."""
        self._beside = ThreadPoolExecutor(1)
        self._under_way: Future[object] | None = None
        self._waiting: list[_Said] = []
        self.written = 0
        """How many queries have written, or wait to."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._beside.shutdown()

    @property
    def register(self) -> dict[str, Any]:
        """The properties of the register's node as the transaction found them, and what it noted since."""
        if self._register is None:
            self._asked(_NOTHING)
        return cast(dict[str, Any], self._register)

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
        if len(self._waiting) > _MOST_WITH_A_QUESTION:
            self.finish()
        return self._asked(_Said(query, values))

    def _asked(self, question: _Said) -> Mapping[str, Any]:
        waiting, self._waiting = self._waiting, []
        opening = self._frame.opening if self._register is None else None
        before = tuple(each.query for each in waiting)
        statement = _framed(opening, before, question.query, self._frame.closing)
        found = self._at_rest().run(statement, _given([*waiting, question])).single(strict=True)
        if opening:
            self._register = found["register"] or {}
            self._frame.check(self._register)
        self.version = found.get("version")
        return found

    def finish(self) -> None:
        """Write what still waits."""
        if self._register is None:
            self._asked(_NOTHING)
        waiting, self._waiting = self._waiting, []
        transaction = self._at_rest()
        if waiting:
            queries = tuple(each.query for each in waiting)
            transaction.run(_framed(None, queries[:-1], queries[-1], None), _given(waiting)).consume()

    def _at_rest(self) -> ManagedTransaction:
        """Return the transaction once no statement is under way in it; what went wrong there is raised."""
        under_way, self._under_way = self._under_way, None
        if under_way:
            under_way.result()
        return self._transaction


def _say(transaction: ManagedTransaction, said: _Said) -> None:
    transaction.run(_from(0, said.query), _given([said])).consume()


def _given(said: Sequence[_Said]) -> dict[str, Any]:
    return {"given": [each.values for each in said]}


@cache
def _framed(
    opening: LiteralString | None,
    before: tuple[LiteralString, ...],
    last: LiteralString,
    closing: LiteralString | None,
) -> LiteralString:
    """Return one statement that says some things one after the other, and all that it finds.

    What comes after the opening is given the register, and the closing all there is: so the server can do
    neither of them in another order.
    """
    opened = f"CALL () {{ {opening} }} " if opening else ""
    scope = "register" if opening else ""
    said = [f"CALL ({scope}) {{ {_from(number, query)} }} " for number, query in enumerate(before)]
    asked = _from(len(before), last)
    if not (opening or closing):
        return "".join([*said, asked])
    closed = f"CALL (*) {{ {closing} }} " if closing else ""
    return "".join([opened, *said, f"CALL ({scope}) {{ {asked} }} ", closed, "RETURN *"])


def _from(number: int, query: LiteralString) -> LiteralString:
    """Return a query that takes its values from one of the things given.

    For a list by itself the server would plan anew for every order of magnitude of its length, and that takes
    up to half a second.
    """
    return _PARAMETER.sub(rf"$given[{number}].\1", query)


@cache
def _gathering(query: LiteralString, columns: tuple[LiteralString, ...]) -> LiteralString:
    comma: LiteralString = ", "
    return "CALL () { " + query + " } RETURN collect([" + comma.join(columns) + "]) AS rows"
