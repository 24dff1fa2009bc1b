"""A Neo4j server killed, stopped or frozen while others record: what was acknowledged is there once."""

from contextlib import ExitStack
from itertools import count

import pytest

from api.cli import main
from tests.faults.crowd import everybody_waits, held, opened, recorded, table, times_held, wrong
from tests.faults.neo4j_room import Room
from tests.faults.processes import Child, Interrupted, is_worked_out, moments
from tests.faults.tablemates import patiently_recorded
from tracing.ports import StoreTrouble
from tracing.register import Register

pytestmark = pytest.mark.neo4j

WRITERS = 4
AWAY_S = 20


def record_whatever_happens(said, database, name):
    """Record table after table, each again and again until it is acknowledged; say the number of each."""
    with opened(database) as register:
        for number in count():
            patiently_recorded(register, number, table(f"{name}-{number}"), trouble=StoreTrouble)
            said.send(number)


class Writers(ExitStack):
    """Processes that record on a server, whatever happens to it."""

    def __init__(self, database):
        super().__init__()
        names = [f"writer-{number}" for number in range(WRITERS)]
        self._children = {
            name: self.enter_context(Child(record_whatever_happens, database, name)) for name in names
        }
        self._acknowledged = {name: set[int]() for name in names}

    def hear_from_each(self, times=1):
        """Wait until each has had more acknowledged, so often."""
        for name, child in self._children.items():
            self._acknowledged[name].update(child.hear_all())
            self._acknowledged[name].update(child.hear() for _ in range(times))

    def go_on(self, seconds):
        """Let them go on for so long, whether or not anything is acknowledged; none of them ends."""
        for child in self._children.values():
            child.process.join(seconds / WRITERS)
            assert child.process.is_alive()

    def kill(self):
        """Kill them; return the tables acknowledged, and those that each had under way."""
        for name, child in self._children.items():
            self._acknowledged[name].update(child.kill())
        tables = {f"{name}-{each}" for name, some in self._acknowledged.items() for each in some}
        return tables, {f"{name}-{len(some)}" for name, some in self._acknowledged.items()}


def assert_nothing_is_lost(database, tables, under_way):
    with opened(database) as register:
        there = held(register)
        assert set(there.values()) == {1}
        assert {each["id"] for name in tables for each in table(name)} <= set(there)
        for name in under_way:
            assert times_held(register, table(name)) in ({0}, {1})
        assert wrong(register) == []
        for name in under_way:
            recorded(register, table(name))
        assert set(held(register)) == {each["id"] for name in tables | under_way for each in table(name)}
        assert wrong(register) == []


@pytest.mark.long
def test_what_was_acknowledged_outlasts_a_killed_server_and_writers_go_on_when_it_is_back(room, on_server):
    with Writers(on_server) as writers:
        for moment in moments("server", 3, 0.5):
            writers.hear_from_each()
            writers.go_on(moment)
            room.kill()
            room.open()
        writers.hear_from_each(2)
        tables, under_way = writers.kill()

    assert_nothing_is_lost(on_server, tables, under_way)


LEAVING = {"stopped": (Room.stop, Room.open), "frozen": (Room.freeze, Room.thaw)}


@pytest.mark.long
@pytest.mark.parametrize(("leave", "come_back"), LEAVING.values(), ids=LEAVING)
def test_writers_carry_on_after_a_server_was_away_for_a_while(room, on_server, leave, come_back):
    with Writers(on_server) as writers:
        writers.hear_from_each()
        leave(room)
        writers.go_on(AWAY_S)
        come_back(room)
        writers.hear_from_each(2)
        tables, under_way = writers.kill()

    assert_nothing_is_lost(on_server, tables, under_way)


@pytest.mark.long
def test_what_was_written_but_not_committed_when_the_server_was_killed_is_written_once(room, on_server):
    facts, attempts = table("first"), []

    def lose_the_server():
        attempts.append("written")
        if len(attempts) == 1:
            room.kill()
            room.open()

    with opened(on_server) as register:
        recorded(Register(Interrupted(register.store, lose_the_server), register.rules), facts)

        assert attempts == ["written", "written"]
        assert times_held(register, facts) == {1}
        assert wrong(register) == []


# ---- a worker


def work_until_stopped(_, database):
    main(["work", "--database", database])


@pytest.mark.long
def test_a_worker_goes_on_when_its_server_is_back(room, on_server):
    with opened(on_server) as register, Child(work_until_stopped, on_server) as worker:
        recorded(register, table("first"))
        everybody_waits(register)
        assert is_worked_out(register, worker)

        room.kill()
        room.open()

        everybody_waits(register)
        assert is_worked_out(register, worker)
        assert wrong(register) == []
