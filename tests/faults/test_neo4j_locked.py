"""Somebody else holds what a writer needs on a Neo4j server: it waits, within a bound, and writes once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from neo4j.exceptions import TransientError

from tests.faults.crowd import file_of, meal, opened, recorded, table, times_held, wrong
from tests.faults.processes import LONGEST_S, Interrupted, ended
from tracing.ports import Busy
from tracing.register import Register

pytestmark = pytest.mark.neo4j

HOLD = "MATCH (r:Register) SET r.held_by_somebody_else = true"
HOLD_A_PERSON = "MATCH (p:Person {id: 'first-well'}) SET p.held_by_somebody_else = true"
FACTS = table("first")


@pytest.fixture
def register(on_server):
    with opened(on_server) as register:
        yield register


@pytest.fixture
def aside():
    """A thread in which something is done while the test does something else."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


def test_who_waits_for_the_register_records_once_when_it_is_let_go(room, register, aside):
    with room.somebody_else() as holding:
        holding.run(HOLD).consume()
        writing = aside.submit(recorded, register, FACTS)
        room.wait_until_somebody_waits()
        assert not writing.done()

    assert writing.result(LONGEST_S).new == len(FACTS)
    assert times_held(register, FACTS) == {1}
    assert wrong(register) == []


def test_readers_do_not_wait_for_who_holds_the_register(room, register):
    recorded(register, FACTS)

    with room.somebody_else() as holding:
        holding.run(HOLD).consume()

        assert times_held(register, FACTS) == {1}


def test_who_waits_for_the_register_too_long_is_told_that_it_is_busy(room, register, aside):
    with room.somebody_else() as holding, room.store(longest_s=3) as store:
        holding.run(HOLD).consume()
        writing = aside.submit(recorded, Register(store, register.rules), FACTS)

        with pytest.raises(Busy, match="asking again would be right") as trouble:
            writing.result(LONGEST_S)

    assert room.address in str(trouble.value)
    assert times_held(register, FACTS) == {0}
    assert recorded(register, FACTS).new == len(FACTS)
    assert wrong(register) == []


def test_add_that_waits_too_long_says_so_in_a_sentence(room, on_server, tmp_path, monkeypatch):
    monkeypatch.setenv("SHOUWANG_NEO4J_LONGEST", "3")

    with room.somebody_else() as holding:
        holding.run(HOLD).consume()
        status, out, trouble = ended("add", file_of(tmp_path, "first"), "--database", on_server)

    assert (status, out) == (3, "")
    (sentence,) = trouble.splitlines()[1:]
    assert on_server in sentence
    assert "asking again would be right" in sentence
    assert room.password not in sentence
    assert "first-" not in sentence


#   somebody else   holds a person, then asks for the register    The server ends one of the two;
#   the writer      holds the register, then asks for the person  the writer comes through anyway.


def test_a_writer_that_is_in_the_way_of_another_comes_through_and_records_once(room, register, aside):
    recorded(register, FACTS)
    more = [meal("second", "first-ill", "first-well", day="2020-02-07")]

    with room.somebody_else() as holding:
        holding.run(HOLD_A_PERSON).consume()
        writing = aside.submit(recorded, register, more)
        room.wait_until_somebody_waits()
        with suppress(TransientError):
            holding.run(HOLD).consume()

    assert writing.result(LONGEST_S).new == len(more)
    assert times_held(register, more) == {1}
    assert wrong(register) == []


# ---- what the server says will pass


class Passing:
    """Trouble of the kind of which a server says that it will pass, so often."""

    def __init__(self, times):
        self.left = times

    def __call__(self):
        if self.left:
            self.left -= 1
            raise TransientError


def test_trouble_that_passes_is_waited_for_and_what_was_to_be_written_is_written_once(room, register):
    trouble = Passing(times=2)

    with room.store(retry_s=LONGEST_S) as store:
        done = recorded(Register(Interrupted(store, trouble), register.rules), FACTS)

    assert (done.new, trouble.left) == (len(FACTS), 0)
    assert times_held(register, FACTS) == {1}
    assert wrong(register) == []


def test_trouble_that_does_not_pass_in_time_is_told_and_nothing_is_written(room, register):
    with room.store(retry_s=1) as store, pytest.raises(Busy, match="nothing was recorded") as trouble:
        recorded(Register(Interrupted(store, Passing(times=1000)), register.rules), FACTS)

    assert room.address in str(trouble.value)
    assert times_held(register, FACTS) == {0}
