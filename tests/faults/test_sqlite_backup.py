"""A backup, and a database restored from it: the same facts, the same answers, at any past moment."""

from datetime import datetime

import pytest

from api.cli import main
from tests.faults.crowd import (
    AREA,
    diagnosis,
    held,
    meal,
    new_database,
    opened,
    recorded,
    table,
    tables,
    wrong,
)
from tests.faults.processes import Child, record_tables
from tests.spec.builders import fact
from tracing.days import DEFAULT_ZONE

EVENING = "2020-02-12T20:00"
KNOWN_AT = (
    None,
    "2020-02-08T12:00",
    "2020-02-09T12:00",
    "2020-02-10T11:59",
    "2020-02-10",
    "2020-02-11T12:00",
)
AS_OF = ("2020-02-09T20:00", "2020-02-12T20:00", "2020-02-23T08:00")


def at(day, hour):
    return datetime(2020, 2, day, hour, tzinfo=DEFAULT_ZONE)


@pytest.fixture(autouse=True)
def evening(monkeypatch):
    monkeypatch.setenv("SHOUWANG_NOW", EVENING)


# ---- what is backed up


FIRST_NEWS = [
    fact("person", id="named", name="Invented Name", phone="000-000", sex="female"),
    fact("person", id="twice"),
    fact("household", id="house", area=AREA, address="an invented street"),
    fact("residence", person="named", household="house"),
    fact("residence", person="named", household="house", first_day="2020-02-01"),
    *table("early"),
]
SECOND_NEWS = [
    meal("cake", "early-ill", "named", "twice"),
    fact("order", id="o", person="named", place_kind="home", first_day="2020-02-09"),
    *[fact("check", person="named", day="2020-02-09", slot="am", temperature_c=36.4)] * 2,
    fact("void", of="early-d", reason="another onset"),
    diagnosis("early", "early-ill") | {"onset": "2020-02-07"},
]
THIRD_NEWS = [
    fact("merge", id="same", person="twice", into="early-well"),
    fact("void", id="no meal", of="cake-meal"),
    fact("check", person="named", day="2020-02-10", slot="am", temperature_c=36.5),
    fact("transfer", order="o", day="2020-02-10", place_kind="centralised"),
]
LAST_NEWS = [fact("void", id="a meal after all", of="no meal"), fact("void", of="same"), *tables("late", 3)]


@pytest.fixture
def database(tmp_path):
    """A database after four days of news, corrections, and a process that was killed."""
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, FIRST_NEWS, at(8, 9))
        recorded(register, SECOND_NEWS, at(9, 9))
        with Child(record_tables, database, "killed", 2) as child:
            child.hear()
            child.kill()
        recorded(register, THIRD_NEWS, at(11, 9))
        recorded(register, LAST_NEWS, at(12, 9))
    return database


def run(*words):
    assert main([str(word) for word in words]) == 0


def backed_up(database, file):
    run("backup", file, "--database", database)
    return file


def restored(file, database):
    run("restore", file, "--database", database)
    return database


# ---- what is the same


def test_a_restored_database_holds_the_same_facts_under_the_same_ids_recorded_at_the_same_moments(
    database, tmp_path
):
    other = restored(backed_up(database, tmp_path / "backup"), tmp_path / "other.db")

    with opened(database) as before, opened(other) as after:
        assert all_of(after) == all_of(before)
        assert wrong(after, at(12, 22)) == wrong(before, at(12, 22)) == []


def all_of(register):
    last = register.store.read(lambda facts: facts.last()[0])
    return list(register.stored(last, identity=True))


def test_a_backup_of_what_was_restored_is_the_same_file(database, tmp_path):
    first = backed_up(database, tmp_path / "first")

    second = backed_up(restored(first, tmp_path / "other.db"), tmp_path / "second")

    assert second.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("known_at", KNOWN_AT)
def test_a_restored_database_gives_the_same_answers_at_any_past_moment(database, tmp_path, capsys, known_at):
    other = restored(backed_up(database, tmp_path / "backup"), tmp_path / "other.db")
    known = ("--known-at", known_at) if known_at else ()

    for as_of in AS_OF:
        asked = ("assess", "-", "--json", "--as-of", as_of, *known)
        assert printed(capsys, *asked, "--database", other) == printed(capsys, *asked, "--database", database)
    listed = ("worklist", "-", "--json", "--area", AREA, "--day", "2020-02-12", *known)
    assert printed(capsys, *listed, "--database", other) == printed(capsys, *listed, "--database", database)


def printed(capsys, *words):
    capsys.readouterr()
    run(*words)
    return capsys.readouterr().out


def test_recording_goes_on_in_a_restored_database_as_in_the_other(database, tmp_path):
    other = restored(backed_up(database, tmp_path / "backup"), tmp_path / "other.db")
    news = [*SECOND_NEWS[2:4], meal("tea", "late-0-ill", "named"), fact("void", of="late-0-d")]

    with opened(database) as before, opened(other) as after:
        assert recorded(after, news, at(13, 9)) == recorded(before, news, at(13, 9))
        assert held(after) == held(before)
        assert wrong(after, at(13, 22)) == []


def test_what_is_recorded_after_a_restore_is_recorded_later_than_all_that_was_restored(tmp_path):
    file = tmp_path / "old.facts.jsonl"
    latest = '{"fact": "person", "id": "latest", "recorded_at": "2020-02-12T12:00"}'
    others = [f'{{"fact": "person", "id": "p{number}"}}' for number in range(1001)]
    file.write_text("\n".join([latest, *others]), encoding="utf-8")

    with opened(restored(file, tmp_path / "register.db")) as register:
        assert recorded(register, table("new"), at(12, 9)).at > at(12, 12)
