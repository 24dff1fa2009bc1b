"""A restore whose facts another process reads: the same facts, the same refusals, nothing half."""

import json
import os
import signal

import pytest

from api.alongside import Ended, made_alongside
from api.cli import BAD_INPUT, main
from api.files import lines_of
from tests.faults.crowd import NOON, NOW, new_database, opened, tables
from tests.spec.builders import fact, person
from tracing.restoring import restore
from tracing.storing import as_handed_in


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setenv("SHOUWANG_NOW", NOON)


def file_of(folder, facts):
    file = folder / "facts.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in facts))
    return file


def said_by(database):
    """What a database holds, and in which order; digests of who people are have a key of its own."""
    with opened(database) as register:
        last = register.store.read(lambda facts: facts.last()[0])
        return [(as_handed_in(each), each.voided_at) for each in register.stored(last, identity=True)]


def restored_here(file, database):
    lines, faults = lines_of(file)
    with opened(database) as register:
        restore(register.store, register.rules, lines, lambda: NOW, faults=faults)
    return said_by(database)


# Texts of when facts were recorded: in order, not in order, and such that only their times go back.
TIMES = {
    "in order": ["2020-02-01T08:00", "2020-02-01T09:00", "2020-02-01T09:00", "2020-02-01T10:00"],
    "none": [None] * 4,
    "some": [None, None, "2020-02-01T09:00", "2020-02-01T10:00"],
    "not in order": ["2020-02-01T09:00", "2020-02-01T08:00", "2020-02-01T10:00", "2020-02-01T11:00"],
    "missing at the end": ["2020-02-01T09:00", "2020-02-01T10:00", None, None],
    "back by their zones": [
        *("2020-02-01T09:00+08:00", "2020-02-01T09:30+09:00"),
        *("2020-02-01T10:00+08:00", "2020-02-01T11:00+08:00"),
    ],
}


@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES.keys())
def test_facts_are_those_that_a_restore_in_one_process_brings(tmp_path, times):
    death = fact("death", id="d", person="p1", day="2020-02-01")
    said = [person(id="p1", name="试例"), person(id="p2"), death, fact("void", of="d")]
    recorded = [each | {"recorded_at": at} for each, at in zip(said, times, strict=True)]
    file = file_of(tmp_path, [*recorded, *tables("seat", 3)])

    assert main(["restore", str(file), "--later", "--database", str(tmp_path / "one.db")]) == 0

    assert said_by(tmp_path / "one.db") == restored_here(file, new_database(tmp_path / "other.db"))


def test_more_facts_than_fit_between_the_two_arrive_in_order(tmp_path):
    many = [person(id=f"p{number:05}", note="x" * 200) for number in range(8_000)]
    file = file_of(tmp_path, many)

    assert main(["restore", str(file), "--later", "--database", str(tmp_path / "one.db")]) == 0

    found = said_by(tmp_path / "one.db")
    assert [line["id"] for line, _ in found] == [each["id"] for each in many]


def test_all_that_is_wrong_is_said_and_nothing_is_kept(tmp_path, capsys):
    many = [person(id=f"p{number}") for number in range(2_000)]
    file = file_of(tmp_path, [*many, {"fact": "person"}, fact("death", person="nobody", day="2020-02-01")])
    database = new_database(tmp_path / "register.db")

    assert main(["restore", str(file), "--database", str(database)]) == BAD_INPUT

    told = capsys.readouterr().err
    assert "line 2001: id" in told
    assert "line 2002: person" in told
    assert said_by(database) == []


# ---- what one process makes for another


def test_what_is_made_arrives_in_its_order():
    with made_alongside(lambda: iter(range(1_234))) as coming:
        assert list(coming) == list(range(1_234))


def test_what_is_raised_there_is_raised_here():
    def make():
        yield from range(3)
        raise KeyError("three")

    with made_alongside(make) as coming, pytest.raises(KeyError, match="three"):
        list(coming)


def test_a_process_that_is_killed_is_told_from_one_that_is_done():
    def make():
        yield from range(5_000)
        os.kill(os.getpid(), signal.SIGKILL)

    with made_alongside(make) as coming, pytest.raises(Ended, match="beginning again"):
        list(coming)


def test_whoever_stops_using_it_does_not_wait_for_the_rest():
    def make():
        while True:
            yield "without end"

    with made_alongside(make) as coming:
        assert next(coming) == "without end"
