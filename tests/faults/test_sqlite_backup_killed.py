"""Backups and restores that are killed: the last file stays whole, a database is whole or as it was."""

import stat
import time
from collections import Counter

import pytest

from api.cli import BAD_INPUT, main
from api.files import lines_of
from tests.faults.crowd import (
    AFTERWARDS,
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
from tracing.restoring import restore


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setenv("SHOUWANG_NOW", NOON)


@pytest.fixture
def database(tmp_path):
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, tables("seat", 8))
    return database


def run(*words):
    assert main([str(word) for word in words]) == 0


def backed_up(database, file):
    run("backup", file, "--database", database)
    return file


def usual_duration(work, *arguments):
    began = time.monotonic()
    with Child(work, *arguments) as child:
        child.process.join(LONGEST_S)
    return time.monotonic() - began


# ---- restore


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.long)])
def test_restore_that_is_killed_can_be_repeated_and_brings_all_facts_once(database, tmp_path, rounds):
    file = backed_up(database, tmp_path / "backup")
    with opened(database) as register:
        whole = held(register)
    usual_s = usual_duration(restored, file, new_database(tmp_path / "usual.db"))

    for number, moment in enumerate(moments("restore", rounds, usual_s)):
        other = new_database(tmp_path / f"{number}.db")
        with Child(restored, file, other) as child:
            child.kill(moment)

        status = main(["restore", str(file), "--database", str(other)])
        run("work", "--all", "--database", other)
        with opened(other) as register:
            assert status in (0, BAD_INPUT)
            assert held(register) == whole
            assert wrong(register, AFTERWARDS) == []


def restored(_, file, database):
    run("restore", file, "--database", database)


def restore_and_stop(said, file, database):
    lines, _ = lines_of(file)
    register = stopping(said, database)
    restore(register.store, register.rules, lines, lambda: NOW)


def test_restore_that_is_killed_at_its_end_leaves_the_database_empty(database, tmp_path):
    file, other = backed_up(database, tmp_path / "backup"), new_database(tmp_path / "other.db")

    with Child(restore_and_stop, file, other) as child:
        assert child.hear() == "written"

    with opened(other) as register:
        assert held(register) == Counter()
        assert wrong(register, AFTERWARDS) == []
    run("restore", file, "--database", other)


# ---- backup


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.long)])
def test_backup_that_is_killed_leaves_the_last_file_or_the_new_one(database, tmp_path, rounds):
    folder = tmp_path / "backups"
    folder.mkdir()
    last = backed_up(database, folder / "backup").read_bytes()
    with opened(database) as register:
        recorded(register, tables("more", 60))
    new = backed_up(database, tmp_path / "new").read_bytes()
    usual_s = usual_duration(back_up, tmp_path / "usual", database)

    for moment in moments("backup", rounds, usual_s):
        (folder / "backup").write_bytes(last)
        with Child(back_up, folder / "backup", database) as child:
            child.kill(moment)

        assert (folder / "backup").read_bytes() in (last, new)
        left_over = set(folder.iterdir()) - {folder / "backup"}
        assert {stat.S_IMODE(each.stat().st_mode) for each in left_over} <= {0o600}
        assert backed_up(database, folder / "backup").read_bytes() == new


def back_up(_, file, database):
    run("backup", file, "--database", database)
