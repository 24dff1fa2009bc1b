"""A Neo4j server that lets nobody in, or is not there: one sentence, in time, that tells no secret."""

import time

import pytest

from api.cli import NOT_REACHABLE
from scripts.neo4j_server.ports import free_port
from scripts.neo4j_server.servers import bolt_address
from tests.faults.crowd import file_of, opened, recorded, table, times_held, wrong
from tests.faults.processes import LONGEST_S, Interrupted, ended, shouwang
from tracing.ports import Unreachable
from tracing.register import Register

pytestmark = pytest.mark.neo4j

IN_TIME_S = 20
"""How long a command may take that was told to wait a second, however busy the machine is."""
WRONG = "not-the-password"


@pytest.fixture(autouse=True)
def little_patience(monkeypatch):
    monkeypatch.setenv("SHOUWANG_NEO4J_WAIT", "1")
    monkeypatch.setenv("SHOUWANG_NEO4J_RETRY", "1")


@pytest.fixture(params=["add", "doctor"])
def words(tmp_path, request):
    """A command that needs the database."""
    return ["add", file_of(tmp_path, "first")] if request.param == "add" else ["doctor"]


def told_by(*words, address):
    """Run a command that cannot reach its server; return the one sentence that it says."""
    began = time.monotonic()
    status, out, trouble = ended(*words, "--database", address)
    assert time.monotonic() - began < IN_TIME_S
    assert (status, out) == (NOT_REACHABLE, "")
    (sentence,) = without_the_clock(trouble)
    assert address in sentence
    assert "first-" not in sentence
    return sentence


def without_the_clock(trouble):
    """Return what a command says beside its answer, but for the line that its clock stands still."""
    about_the_clock, *told = trouble.splitlines()
    assert about_the_clock.startswith("SHOUWANG_NOW is set")
    return told


def test_a_wrong_password_is_told_and_not_shown(on_server, words, monkeypatch):
    monkeypatch.setenv("SHOUWANG_NEO4J_PASSWORD", WRONG)

    sentence = told_by(*words, address=on_server)

    assert "does not accept the password" in sentence
    assert "SHOUWANG_NEO4J_PASSWORD" in sentence
    assert WRONG not in sentence


def test_a_port_at_which_nobody_listens_is_told(words, monkeypatch):
    monkeypatch.setenv("SHOUWANG_NEO4J_PASSWORD", WRONG)

    sentence = told_by(*words, address=bolt_address(free_port()))

    assert "is not reachable; a running server at this address would be right" in sentence
    assert WRONG not in sentence


def test_a_port_at_which_something_else_answers_is_told(room, words):
    sentence = told_by(*words, address=room.address_of_something_else)

    assert "is not reachable" in sentence
    assert room.password not in sentence


def test_a_server_that_no_longer_answers_is_told(room, on_server, words):
    room.freeze()

    sentence = told_by(*words, address=on_server)

    assert "is not reachable" in sentence
    assert room.password not in sentence


def test_a_database_that_the_server_does_not_have_is_told_by_its_name(room, on_server, words, monkeypatch):
    monkeypatch.setenv("SHOUWANG_NEO4J_DATABASE", "nobodys")

    sentence = told_by(*words, address=on_server)

    assert "nobodys" in sentence
    assert room.password not in sentence


def test_a_server_without_a_register_is_told_and_what_makes_one(room, words):
    sentence = told_by(*words, address=room.address)

    assert "`shouwang init` makes one" in sentence


def test_add_whose_server_is_killed_says_so_in_the_same_way(room, on_server, tmp_path):
    with room.somebody_else() as holding:
        holding.run("MATCH (r:Register) SET r.held_by_somebody_else = true").consume()
        with shouwang("add", file_of(tmp_path, "first"), "--database", on_server) as command:
            room.wait_until_somebody_waits()
            room.kill()
            out, trouble = command.communicate(timeout=IN_TIME_S)

    assert (command.returncode, out) == (NOT_REACHABLE, "")
    (sentence,) = without_the_clock(trouble)
    assert f"{on_server}: the server is not reachable" in sentence


@pytest.mark.long
def test_add_whose_server_is_killed_and_comes_back_in_time_records_once_and_says_nothing_of_it(
    room, on_server, tmp_path, monkeypatch
):
    monkeypatch.setenv("SHOUWANG_NEO4J_RETRY", f"{LONGEST_S}")

    with room.somebody_else() as holding:
        holding.run("MATCH (r:Register) SET r.held_by_somebody_else = true").consume()
        with shouwang("add", file_of(tmp_path, "first"), "--database", on_server) as command:
            room.wait_until_somebody_waits()
            room.kill()
            room.open()
            out, trouble = command.communicate(timeout=LONGEST_S)

    assert command.returncode == 0
    assert "first-well" in out
    assert without_the_clock(trouble) == []
    with opened(on_server) as register:
        assert times_held(register, table("first")) == {1}
        assert wrong(register) == []


@pytest.mark.long
def test_a_server_that_is_killed_as_facts_are_recorded_is_told_and_nothing_is_recorded_twice(room, on_server):
    facts = table("first")

    with room.store(retry_s=1) as store, opened(on_server) as register:
        began = time.monotonic()
        with pytest.raises(Unreachable, match="is not reachable") as trouble:
            recorded(Register(Interrupted(store, room.kill), register.rules), facts)
        assert time.monotonic() - began < IN_TIME_S
        assert on_server in str(trouble.value)
        assert room.password not in str(trouble.value)

        room.open()
        assert times_held(register, facts) == {0}
        recorded(register, facts)
        assert times_held(register, facts) == {1}
        assert wrong(register) == []
