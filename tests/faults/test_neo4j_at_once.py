"""Processes and threads that record at once on a Neo4j server, readers and others who make it meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from graphdb.neo4j.schema import CONSTRAINTS, INDEXES
from tests.faults.crowd import AFTERWARDS, NOW, new_database, opened, recorded, table, times_held, wrong
from tests.faults.dinners import looked_at
from tests.faults.processes import LONGEST_S, Child
from tests.faults.tablemates import assert_all_is_right, record_together_and_leave_work, recorded_by_two
from tracing.upkeep import work

pytestmark = pytest.mark.neo4j

MAKERS = 4


@pytest.mark.parametrize("seconds", [8, pytest.param(60, marks=pytest.mark.long)])
def test_two_who_record_at_once_lose_nothing_and_always_make_the_contact(on_server, seconds):
    met, ill = recorded_by_two(on_server, seconds)

    with opened(on_server) as register:
        assert_all_is_right(register, met, ill)


def work_on(_, database):
    """Work out who waits, again and again."""
    with opened(database) as register:
        while True:
            work(register.store, register.rules, lambda: NOW)


@pytest.mark.long
def test_whoever_is_left_to_workers_while_others_record_is_right_when_nobody_waits_any_longer(on_server):
    with Child(work_on, on_server), Child(work_on, on_server):
        met, ill = recorded_by_two(on_server, 10, record_together_and_leave_work)

    with opened(on_server) as register:
        while work(register.store, register.rules, lambda: AFTERWARDS).people:
            pass
        assert_all_is_right(register, met, ill)


@pytest.mark.parametrize("looks", [12, pytest.param(60, marks=pytest.mark.long)])
def test_whoever_reads_while_others_write_sees_one_state_with_all_that_was_acknowledged(on_server, looks):
    assert looked_at(on_server, looks) == []


@pytest.mark.parametrize("_round", range(5))
def test_those_who_make_a_database_at_once_all_succeed_and_make_it_once(room, _round):
    at_once = threading.Barrier(MAKERS)

    def make(store):
        at_once.wait(LONGEST_S)
        store.create()

    with ExitStack() as opened_stores, ThreadPoolExecutor(MAKERS) as threads:
        stores = [opened_stores.enter_context(room.store()) for _ in range(MAKERS)]
        list(threads.map(make, stores))

    assert len(room.asked("MATCH (r:Register) RETURN r")) == 1
    assert len(room.asked("SHOW CONSTRAINTS")) == len(CONSTRAINTS)
    owned = "SHOW INDEXES YIELD name, type, owningConstraint, state"
    assert len(room.asked(f"{owned} WHERE type <> 'LOOKUP' AND owningConstraint IS NULL")) == len(INDEXES)
    assert room.asked(f"{owned} WHERE state <> 'ONLINE'") == []


def test_what_was_made_by_several_at_once_can_be_recorded_in(room):
    with ThreadPoolExecutor(MAKERS) as threads:
        list(threads.map(new_database, [room.address] * MAKERS))

    with opened(room.address) as register:
        recorded(register, table("first"))
        assert times_held(register, table("first")) == {1}
        assert wrong(register) == []
