"""Write the outputs in docs/analyst.md anew: each query there, run on the Tianjin example on a real Neo4j.

python -m scripts.make_analyst_page
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from neo4j import READ_ACCESS, GraphDatabase, Session

from api.files import lines_of
from api.tables import table
from tests.contract.stores import Desk, neo4j
from tracing.restoring import restore
from tracing.upkeep import work_from_the_book

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "analyst.md"
FACTS = ROOT / "examples" / "tianjin" / "tianjin.facts.jsonl"
NOW = "2020-02-10T20:00"
_QUERY = re.compile(r"^(```cypher\n)((?:(?!```).)*)(```\n```text\n)((?:(?!```).)*)", re.DOTALL | re.MULTILINE)


class Query(NamedTuple):
    """A query of the page, and the output that stands below it."""

    cypher: str
    output: str


def queries(page: str) -> list[Query]:
    """Return the queries of the page, in order."""
    return [Query(cypher, below) for _, cypher, _, below in _QUERY.findall(page)]


@contextmanager
def tianjin() -> Iterator[Session]:
    """A session that only reads, on the Tianjin example as it stood in the evening of 10 February 2020."""
    with tempfile.TemporaryDirectory() as folder, neo4j(Path(folder)) as store:
        desk = Desk(store, at=NOW)
        lines, faults = lines_of(FACTS)
        restore(store, desk.rules, lines, desk.clock, faults=faults)
        work_from_the_book(desk.register, desk.clock, more_than=0)
        who = ("neo4j", os.environ["SHOUWANG_NEO4J_PASSWORD"])
        with (
            GraphDatabase.driver(store.name, auth=who, notifications_min_severity="OFF") as driver,
            driver.session(default_access_mode=READ_ACCESS) as session,
        ):
            yield session


def output(session: Session, cypher: str) -> str:
    """Return what a query gives, as a table of text."""
    result = session.run(cypher)
    return table(result.keys(), [[_cell(value) for value in row.values()] for row in result])


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return ", ".join(map(_cell, value)) if isinstance(value, list) else str(value)


def main() -> int:
    """Return 0 once the page is written."""
    page = PAGE.read_text(encoding="utf-8")
    with tianjin() as session:
        anew = _QUERY.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{output(session, found[2])}", page)
    PAGE.write_text(anew, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
