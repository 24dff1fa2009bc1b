"""Backups and restores that are killed: the last file stays whole, half a database does not pass for one."""

import stat
import time

import pytest

import tracing.restoring
from api.cli import BAD_INPUT, main
from api.files import lines_of
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
    usual_s = usual_duration(restore_by_tens, file, new_database(tmp_path / "usual.db"))

    for number, moment in enumerate(moments("restore", rounds, usual_s)):
        other = new_database(tmp_path / f"{number}.db")
        with Child(restore_by_tens, file, other) as child:
            child.kill(moment)

        status = main(["restore", str(file), "--database", str(other)])
        run("work", "--all", "--database", other)
        with opened(other) as register:
            assert status in (0, BAD_INPUT)
            assert held(register) == whole
            assert wrong(register, AFTERWARDS) == []


def restore_by_tens(_, file, database):
    vars(tracing.restoring)["PAGE"] = 10
    run("restore", file, "--database", database)


@pytest.fixture
def half(database, tmp_path):
    """A database into which half of the facts were restored when the restoring was killed."""
    file, half = backed_up(database, tmp_path / "backup"), new_database(tmp_path / "half.db")
    with Child(restore_and_stop, file, half) as child:
        assert child.hear() == "written"
    return half


def restore_and_stop(said, file, database):
    vars(tracing.restoring)["PAGE"] = 10
    lines, _ = lines_of(file)
    register = stopping(said, database, transactions=4)
    restore(register.store, register.rules, lines, lambda: NOW)


@pytest.mark.parametrize(
    "asked",
    [
        ("assess", "-"),
        ("worklist", "-", "--area", AREA, "--day", "2020-02-10"),
        ("backup", "/dev/null"),
        ("verify",),
        ("doctor",),
    ],
    ids=lambda asked: asked[0],
)
def test_a_database_that_holds_half_of_what_was_restored_gives_no_answer_as_if_it_were_whole(
    half, asked, capsys
):
    status = main([*asked, "--database", str(half)])

    assert status != 0
    assert "are being restored" in capsys.readouterr().err


def test_rules_activate_says_that_a_database_is_half_restored(half, capsys):
    status = main(["rules", "activate", "--yes", "--database", str(half)])

    assert status != 0
    assert "are being restored" in capsys.readouterr().err


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
