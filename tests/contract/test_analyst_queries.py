"""The queries in docs/analyst.md: each is run on the Tianjin example, and gives what stands below it."""

import pytest

from scripts.make_analyst_page import PAGE, output, queries, tianjin

pytestmark = pytest.mark.neo4j

TEXT = PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def session():
    """The example in a real Neo4j, to be read."""
    with tianjin() as opened:
        yield opened


@pytest.mark.parametrize("query", queries(TEXT), ids=range(1, len(queries(TEXT)) + 1))
def test_a_query_gives_the_output_that_stands_below_it(query, session):
    assert output(session, query.cypher) == query.output, "scripts/make_analyst_page.py writes it anew"


def test_there_are_ten_queries_and_each_gives_something():
    shown = queries(TEXT)

    assert len(shown) == TEXT.count("```cypher\n") == 10
    assert [query.cypher for query in shown if len(query.output.splitlines()) < 2] == []
