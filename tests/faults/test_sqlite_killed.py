"""Recording that is killed at any moment: what was acknowledged is there, the rest wholly or not at all."""

import subprocess
import time

import pytest

from api.cli import main
from tests.faults.crowd import NOON, file_of, new_database, opened, recorded, table, tables, times_held, wrong
from tests.faults.processes import (
    LONGEST_S,
    Child,
    moments,
    record_tables,
    record_tables_with_little_cache,
    shouwang,
)

ONCE, NEVER = {1}, {0}
ROUNDS_EACH = 5


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setenv("SHOUWANG_NOW", NOON)


def some_databases(folder, rounds):
    """Databases for so many rounds, a few rounds for each, so that looking at all of it stays quick."""
    return [new_database(folder / f"{number}.db") for number in range(1 + rounds // ROUNDS_EACH)]


# ---- the command


def add_and_kill(database, file, after_s):
    """Add a file, killed after a while; return whether it was acknowledged."""
    with shouwang("add", file, "--database", database) as command:
        try:
            command.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            command.kill()
            command.communicate(timeout=LONGEST_S)
    return command.returncode == 0


@pytest.mark.parametrize("rounds", [4, pytest.param(50, marks=pytest.mark.long)])
def test_add_that_is_killed_has_added_all_or_nothing_and_can_be_repeated(tmp_path, rounds):
    databases = some_databases(tmp_path, rounds)
    began = time.monotonic()
    assert add_and_kill(databases[0], file_of(tmp_path, "usual"), LONGEST_S)
    usual_s = time.monotonic() - began

    for number, moment in enumerate(moments("add", rounds, usual_s)):
        database, file = databases[number // ROUNDS_EACH], file_of(tmp_path, f"round-{number}")
        facts = table(f"round-{number}")

        is_acknowledged = add_and_kill(database, file, moment)

        with opened(database) as register:
            assert times_held(register, facts) in ([ONCE] if is_acknowledged else [ONCE, NEVER])
            assert main(["add", str(file), "--database", str(database)]) == 0
            assert times_held(register, facts) == ONCE
            assert wrong(register) == []


# ---- the making of a database


@pytest.mark.parametrize("rounds", [5, pytest.param(30, marks=pytest.mark.long)])
def test_init_that_is_killed_can_be_repeated(tmp_path, rounds):
    began = time.monotonic()
    with Child(init, tmp_path / "usual.db") as child:
        child.process.join(LONGEST_S)
    usual_s = time.monotonic() - began

    for number, moment in enumerate(moments("init", rounds, usual_s)):
        database = tmp_path / f"{number}.db"

        with Child(init, database) as child:
            child.kill(moment)

        assert main(["init", "--database", str(database)]) == 0
        with opened(database) as register:
            recorded(register, table("first"))
            assert times_held(register, table("first")) == ONCE
            assert wrong(register) == []


def init(_, database):
    main(["init", "--database", str(database)])


# ---- a process that records all the time


def usual_duration(record_in_turn, database, size):
    with Child(record_in_turn, database, "usual", size) as child:
        child.hear()
        began = time.monotonic()
        child.hear()
        return time.monotonic() - began


@pytest.mark.parametrize(
    "record_in_turn", [record_tables, record_tables_with_little_cache], ids=["usual cache", "little cache"]
)
@pytest.mark.parametrize(
    ("size", "rounds"),
    [(1, 8), (15, 2), *(pytest.param(*each, marks=pytest.mark.long) for each in ((1, 80), (25, 12)))],
)
def test_what_was_acknowledged_outlasts_a_kill_and_the_rest_is_there_wholly_or_not_at_all(
    tmp_path, record_in_turn, size, rounds
):
    databases = some_databases(tmp_path, rounds)
    usual_s = usual_duration(record_in_turn, databases[0], size)

    for number, moment in enumerate(moments(record_in_turn.__name__, rounds, usual_s)):
        database, name = databases[number // ROUNDS_EACH], f"round-{number}"

        with Child(record_in_turn, database, name, size) as child:
            acknowledged = [child.hear(), *child.kill(moment)]

        under_way, after_that = (tables(f"{name}-{len(acknowledged) + more}", size) for more in (0, 1))
        with opened(database) as register:
            for each in acknowledged:
                assert times_held(register, tables(f"{name}-{each}", size)) == ONCE
            assert times_held(register, under_way) in (ONCE, NEVER)
            assert times_held(register, after_that) == NEVER
            recorded(register, under_way)
            assert times_held(register, under_way) == ONCE
            assert wrong(register) == []
