"""What answers from a graph cost beside what the bare driver takes for the same on the same server.

    python -m scripts.bench.graph [--people N] [--times N] [--chains N]

One database on a real Neo4j, filled with a county of that size. Ours and the bare counterpart are asked
by turns, both warm. The bare writing adds the node of an exposure with its relationships and nothing
else; the bare list returns the answers kept of the township, or these with all the facts that the list
is made of; the bare chain is one query of variable length that keeps to the order of days. Where it takes
more than a minute it is given up and counts as one.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any, LiteralString, NamedTuple, cast

from neo4j import Driver, GraphDatabase, ManagedTransaction, Query
from neo4j.exceptions import Neo4jError

from api.garbage import look_for_garbage_seldom
from graphdb.neo4j import Neo4jStore
from scripts.bench.counties import Cast
from scripts.bench.databases import EVENING, Plan, chartered, clock, filled
from scripts.bench.figures import WARM_UP, Profiles, Series, say, took
from scripts.bench.scenes import Desk, scenes
from scripts.bench.stores import STORES, Counting
from tracing.chains import Bounds, Direction
from tracing.days import DEFAULT_ZONE, Span, read_when
from tracing.following import chains_of
from tracing.register import Asked, Register
from tracing.worklist import worklist

_ADD: LiteralString = """
    CREATE (f:Fact:Exposure:Occasion) SET f = $properties
    WITH f UNWIND $people AS person
    MATCH (p:Person {id: person})
    CREATE (p)-[r:TOOK_PART_IN]->(f) SET r.from_day = $day, r.to_day = $day
"""
_LIST: LiteralString = """
    MATCH (area:Area)<-[:MAY_BE_IN]-(a:Current) WHERE area.code STARTS WITH $code
    RETURN DISTINCT properties(a) AS answer
"""
_LIST_WITH_FACTS: LiteralString = """
    MATCH (area:Area)<-[:MAY_BE_IN]-(a:Current)-[:OF]->(p:Person) WHERE area.code STARTS WITH $code
    WITH DISTINCT a, p
    OPTIONAL MATCH (p)<-[:ABOUT]-(f:Fact)
    RETURN properties(a) AS answer, collect(properties(f)) AS facts
"""
_CHAIN: LiteralString = """
    MATCH (:Person {id: $person})
        ((giver:Person)-[own:TOOK_PART_IN|LIVES_IN|RODE|VISITED]->()
            <-[their:TOOK_PART_IN|LIVES_IN|RODE|VISITED]-(:Person)
            WHERE own.to_day >= $since AND their.to_day >= $since
                AND own.from_day <= their.to_day AND their.from_day <= own.to_day){1,4}
        (reached:Person)
    WITH reached, giver, own, their, reduce(at = $since, i IN range(0, size(own) - 1) |
        CASE WHEN at <= own[i].to_day AND at <= their[i].to_day
            THEN reduce(latest = at, day IN [own[i].from_day, their[i].from_day] |
                CASE WHEN day > latest THEN day ELSE latest END)
        END) AS at
    WHERE at IS NOT NULL
    RETURN reached.id AS person, min(at) AS at, min(size(own)) AS generation,
        collect([each IN giver | each.id])[0] AS path
"""
_SINCE = [read_when(day, DEFAULT_ZONE) for day in ("2020-02-05", "2020-01-31", "2020-01-26")]
_GENERATIONS = 4
_LONGEST_S = 60.0
_FIRST = 10**12  # of the numbers under which the bare driver adds
_NUMBERS = count(_FIRST)
_MEAL_DAY = "2020-02-09"


class Pair(NamedTuple):
    """What is asked of both by turns; ``settle`` brings the register to rest in between."""

    name: str
    times: int
    ours: Iterator[Callable[[], int]]
    bare: Iterator[Callable[[], int]]
    settle: Callable[[], object] = int


class Bare:
    """The same server asked by the driver alone."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def add_exposure(self, people: Sequence[str]) -> int:
        """Add the node of an exposure and the relationships of its people, in one transaction."""
        number = next(_NUMBERS)
        properties = {
            "seq": number,
            "fact_id": f"bare{number}",
            "fact": "exposure",
            "content": f"{number:016x}",
            "id": f"bare{number}",
            "occasion": f"bare{number}",
            "kind": "meal",
            "participants": list(people),
            "start": f"{_MEAL_DAY}T12:00",
            "end": f"{_MEAL_DAY}T13:30",
            "recorded_at": number,
        }
        day = read_when(_MEAL_DAY, DEFAULT_ZONE).first_day.toordinal()

        def add(transaction: ManagedTransaction) -> None:
            transaction.run(_ADD, properties=properties, people=list(people), day=day).consume()

        with self._driver.session() as session:
            session.execute_write(add)
        return 1

    def listed(self, area: str, query: LiteralString) -> int:
        """Return how many answers are kept of an area."""
        return len(self._rows(query, code=area))

    def reached_from(self, person: str, since: Span) -> int:
        """Return how many people one query reaches, or 0 if it is given up."""
        try:
            return len(self._rows(_CHAIN, person=person, since=since.first_day.toordinal()))
        except Neo4jError:
            return 0

    def forget(self) -> None:
        """Take out what was added, which no answer knows."""
        self._rows("MATCH (f:Fact) WHERE f.seq >= $first DETACH DELETE f", first=_FIRST)

    def _rows(self, query: LiteralString, **values: Any) -> list[dict[str, Any]]:
        with self._driver.session() as session:
            return session.run(Query(query, timeout=_LONGEST_S), values).data()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=100, help="how often each is measured")
    parser.add_argument("--chains", type=int, default=5, help="from how many people chains are followed")
    options = parser.parse_args(arguments)
    look_for_garbage_seldom()
    with tempfile.TemporaryDirectory() as folder, STORES["neo4j"](Path(folder)) as made:
        register, people = chartered(made.store), Cast()
        plan = Plan("neo4j", options.people, 1, options.times, 0, 0.0, None, None, is_verified=False)
        for name, words in filled(register, plan, people, Profiles(None)).items():
            say(f"{name:44}{words:>44}")
        say(f"\n{'milliseconds, medians':36}{'amount':>9}{'ours':>10}{'bare':>10}{'ratio':>8}")
        connection = cast(Neo4jStore, made.store).connection
        with GraphDatabase.driver(connection.url, auth=("neo4j", connection.password)) as driver:
            for pair in _pairs(register, Bare(driver), people, options):
                _measure(pair)
    return 0


def _pairs(register: Register, bare: Bare, people: Cast, options: argparse.Namespace) -> Iterator[Pair]:
    asked, times = Asked(register.rules.rulings, EVENING), options.times + WARM_UP

    def township() -> int:
        answered = register.of_area(asked, people.township)
        worklist(*answered[:2], people.township)
        return len(answered.assessments)

    def chain(person: str, since: Span) -> int:
        bounds = Bounds(since=since, generations=_GENERATIONS)
        return len(chains_of(register, person, Direction.FORWARD, bounds).reached)

    again = range(times)
    for name, query in (("answers kept", _LIST), ("answers and facts", _LIST_WITH_FACTS)):
        lists = (partial(bare.listed, people.township, query) for _ in again)
        yield Pair(f"worklist of a township; {name}", times, (township for _ in again), lists)
    latest = sorted(people.onsets, key=people.onsets.__getitem__, reverse=True)
    roots = list(islice(latest, options.chains + WARM_UP))
    for since in _SINCE:
        yield Pair(
            f"chains of {_GENERATIONS} steps since {since.first_day}",
            len(roots),
            (partial(chain, each, since) for each in roots),
            (partial(bare.reached_from, each, since) for each in roots),
        )
    desk = Desk(Counting(register.store), register.rules, clock)
    for name, _, takes in scenes(people, times, 0)[:4]:
        ours = (partial(desk.assessed_with, take.facts) for take in takes)
        added = (partial(bare.add_exposure, people.quiet[:5]) for _ in again)
        yield Pair(name, times, ours, added, desk.settle)
        bare.forget()


def _measure(pair: Pair) -> None:
    ours, bare = Series(pair.name, ""), Series(pair.name, "")
    for number in range(pair.times):
        pair.settle()
        time, amount = took(next(pair.ours))
        other, _ = took(next(pair.bare))
        if number >= WARM_UP:
            ours.took.append(time)
            bare.took.append(other)
            ours.amounts.append(amount)
    one, two = ours.median_s, bare.median_s
    say(f"{pair.name:36}{ours.amount:>9.0f}{one * 1000:>10.1f}{two * 1000:>10.1f}{one / two:>8.2f}")


if __name__ == "__main__":
    sys.exit(main())
