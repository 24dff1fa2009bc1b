"""A copy to a Neo4j server that is killed: half of it passes for nothing, and it can be gone on with."""

import time

import pytest

from api.answers import person_answer
from api.cli import BAD_INPUT, NOT_REACHABLE, main
from graphdb.neo4j import Neo4jStore
from tests.faults.crowd import (
    AFTERWARDS,
    AREA,
    NOON,
    NOW,
    held,
    new_database,
    opened,
    recorded,
    tables,
    wrong,
)
from tests.faults.processes import LONGEST_S, Child, moments, stopping
from tracing.phrases import Language
from tracing.register import Asked
from tracing.restoring import copy, digest_of

pytestmark = pytest.mark.neo4j

TABLES = 8
PAGE = 10
TRANSACTIONS = 8
"""Of a copy by tens: what begins it, six pages, and what ends it."""


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Some tables in a file."""
    monkeypatch.setenv("SHOUWANG_NOW", NOON)
    source = new_database(tmp_path / "register.db")
    with opened(source) as register:
        recorded(register, tables("seat", TABLES))
    return source


def run(*words):
    return main([str(word) for word in words])


def copy_by_tens(_, source, target):
    Neo4jStore.most_facts = PAGE
    run("copy", "--from", source, "--to", target)


def copy_and_stop(said, source, target, transactions):
    Neo4jStore.most_facts = PAGE
    with opened(source) as register:
        copy(register, stopping(said, target, transactions), lambda: NOW)
    said.send("all is copied")


def kill_a_copy(source, target, transactions):
    """Kill a copy in its how manyth transaction, when all of that is written but nothing committed."""
    with Child(copy_and_stop, source, target, transactions) as child:
        assert child.hear() == "written"


def assert_is_the_same(source, target):
    with opened(source) as one, opened(target) as other:
        last = one.store.read(lambda facts: facts.last()[0])
        assert digest_of(other, last) == digest_of(one, last)
        assert held(other) == held(one)
        assert answers(other) == answers(one)
        assert wrong(other) == []


def answers(register):
    asked = Asked(register.rules.rulings, AFTERWARDS)
    everybody = register.of_everybody(asked).assessments
    return {each.person: person_answer(each, Language.EN) for each in everybody}


@pytest.mark.parametrize("transactions", [1, 2, 5, TRANSACTIONS])
def test_a_copy_that_is_killed_is_gone_on_with_and_ends_the_same(on_server, source, transactions):
    kill_a_copy(source, on_server, transactions)

    assert run("copy", "--from", source, "--to", on_server) == 0

    assert_is_the_same(source, on_server)


@pytest.mark.parametrize(
    "words",
    [
        ["assess", "-"],
        ["worklist", "-", "--area", AREA, "--day", "2020-02-10"],
        ["backup", "/dev/null"],
        ["verify"],
        ["doctor"],
        ["rules", "activate", "--yes"],
    ],
    ids=lambda words: words[0],
)
def test_a_database_into_which_half_was_copied_gives_no_answer(on_server, source, words, capsys):
    kill_a_copy(source, on_server, 5)

    assert run(*words, "--database", on_server) == NOT_REACHABLE

    said = capsys.readouterr()
    assert said.out == ""
    assert "are being restored, not all are there" in said.err


def test_a_copy_back_to_a_file_is_the_same(on_server, source, tmp_path):
    back = tmp_path / "back.db"

    assert run("copy", "--from", source, "--to", on_server) == 0
    assert run("copy", "--from", on_server, "--to", back) == 0

    assert_is_the_same(source, back)


@pytest.mark.long
def test_copies_killed_one_after_another_end_the_same(room, source):
    began = time.monotonic()
    with Child(copy_by_tens, source, new_database(room.address)) as child:
        child.process.join(LONGEST_S)
    usual_s = time.monotonic() - began

    for moment in moments("copy", 12, usual_s):
        room.clear()
        with Child(copy_by_tens, source, new_database(room.address)) as child:
            child.kill(moment)

        # One that was killed when all facts were there has left the rest to workers.
        assert run("copy", "--from", source, "--to", room.address) in (0, BAD_INPUT)
        assert run("work", "--all", "--database", room.address) == 0

        assert_is_the_same(source, room.address)
