"""The line to a Neo4j server breaks as facts are committed: nobody can know, and asking again is right."""

import pytest

from tests.faults.breaking_line import a_line
from tests.faults.crowd import opened, recorded, table, times_held, wrong
from tracing.ports import StoreTrouble

pytestmark = pytest.mark.neo4j

ONCE, NEVER = {1}, {0}


@pytest.mark.parametrize(
    ("is_heard", "held_then"), [(True, ONCE), (False, NEVER)], ids=["committed", "not committed"]
)
def test_facts_whose_commit_nobody_knows_of_are_there_once_when_asked_again(
    room, on_server, is_heard, held_then
):
    facts = table("first")

    with a_line(room.port) as line, opened(line.address) as far, opened(on_server) as near:
        line.break_once(is_heard=is_heard)
        with pytest.raises(StoreTrouble, match="asking again records it once") as trouble:
            recorded(far, facts)
        assert line.address in str(trouble.value)
        assert times_held(near, facts) == held_then

        recorded(far, facts)

        assert times_held(near, facts) == ONCE
        assert wrong(near) == []


def test_a_reader_whose_line_breaks_reads_again(room, on_server):
    with a_line(room.port) as line, opened(line.address) as far:
        recorded(far, table("first"))
        line.break_once(is_heard=True)

        assert times_held(far, table("first")) == ONCE
