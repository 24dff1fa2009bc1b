"""A worker that is killed: whoever it had taken on is taken over by others, and nobody stays forgotten."""

import resource
import subprocess
import time
from datetime import timedelta

import pytest

import api.commands.work
from api.cli import main
from tests.faults.crowd import (
    AFTERWARDS,
    NOW,
    everybody_waits,
    kept_categories,
    new_database,
    opened,
    recorded,
    tables,
    waiting,
    wrong,
)
from tests.faults.processes import LONGEST_S, Child, is_worked_out, moments, shouwang, wait_for_the_end
from tracing.days import MOMENT
from tracing.upkeep import work

LEASE = timedelta(minutes=2)


def worked(register, at, limit=200):
    """Work once at a moment; return on how many people."""
    return work(register.store, register.rules, lambda: at, limit).people


@pytest.fixture
def database(tmp_path):
    """Twenty tables, that is forty people, who all wait to be worked out."""
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, tables("seat", 20))
        everybody_waits(register)
    return database


def take_on_and_stop(said, database, limit):
    """Take people on, and stop before anything about them is kept."""
    told = iter((NOW, None))

    def clock():
        moment = next(told)
        if moment is None:
            said.send("taken on")
            wait_for_the_end()
        return moment

    with opened(database) as register:
        work(register.store, register.rules, clock, limit)


def kill_a_worker_that_took_on(database, people):
    with Child(take_on_and_stop, database, people) as worker:
        assert worker.hear() == "taken on"


@pytest.mark.parametrize(("passed", "taken_over"), [(LEASE - MOMENT, 0), (LEASE, 40), (LEASE + MOMENT, 40)])
def test_whom_a_killed_worker_took_on_another_takes_over_two_minutes_later(database, passed, taken_over):
    kill_a_worker_that_took_on(database, 40)

    with opened(database) as register:
        assert worked(register, NOW + passed) == taken_over
        assert len(waiting(register)) == 40 - taken_over


def test_whom_a_killed_worker_did_not_take_on_others_work_on_at_once(database):
    kill_a_worker_that_took_on(database, 15)

    with opened(database) as register:
        assert worked(register, NOW) == 25
        assert worked(register, NOW) == 0
        assert worked(register, NOW + LEASE) == 15
        assert wrong(register) == []
        assert list(kept_categories(register).values()).count("close_contact") == 20


def test_who_is_recorded_about_again_need_not_wait_for_a_killed_worker(database):
    kill_a_worker_that_took_on(database, 40)

    with opened(database) as register:
        everybody_waits(register)

        assert worked(register, NOW) == 40
        assert wrong(register) == []


# ---- killed at any moment


def work_in_turn(said, database, at):
    """Work on a few people at a time until nobody can be taken on; say so each time."""
    with opened(database) as register:
        while people := worked(register, at, limit=5):
            said.send(people)


@pytest.mark.parametrize("rounds", [4, pytest.param(25, marks=pytest.mark.long)])
def test_workers_killed_one_after_another_leave_nobody_waiting_in_the_end(database, rounds):
    with opened(database) as register:
        for number, moment in enumerate(moments("work", rounds, 0.3)):
            everybody_waits(register)
            with Child(work_in_turn, database, NOW + number * LEASE) as worker:
                worker.hear()
                worker.kill(moment)

            while worked(register, NOW + (number + 1) * LEASE, limit=7):
                pass

            assert waiting(register) == set()
            assert wrong(register, AFTERWARDS + rounds * LEASE) == []


# ---- the command


@pytest.mark.parametrize(
    ("people", "rounds"),
    [(300, 1), pytest.param(300, 8, marks=pytest.mark.long), pytest.param(2100, 2, marks=pytest.mark.long)],
)
def test_what_shouwang_work_was_killed_over_the_next_one_ends(tmp_path, monkeypatch, people, rounds):
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, tables("seat", people // 2))
        began = time.monotonic()
        work_once(database, NOW, monkeypatch)
        usual_s = time.monotonic() - began

        for number, moment in enumerate(moments("command", rounds, usual_s + 1)):
            at = NOW + number * LEASE
            everybody_waits(register)
            with shouwang("work", "--database", database, now=shown(at)) as worker:
                with pytest.raises(subprocess.TimeoutExpired):
                    worker.communicate(timeout=moment)
                worker.kill()
                worker.communicate(timeout=LONGEST_S)

            work_once(database, at + LEASE, monkeypatch)

            assert waiting(register) == set()
            assert wrong(register, AFTERWARDS + rounds * LEASE) == []


def test_a_worker_goes_on_however_often_it_has_looked_for_work(database):
    with opened(database) as register, Child(work_with_few_files, database) as worker:
        for _ in range(20):
            everybody_waits(register)
            assert is_worked_out(register, worker)


def work_with_few_files(_, database):
    resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))
    vars(api.commands.work)["PAUSE_S"] = 0.01
    main(["work", "--database", str(database)])


def work_once(database, at, monkeypatch):
    monkeypatch.setenv("SHOUWANG_NOW", shown(at))
    assert main(["work", "--once", "--database", str(database)]) == 0


def shown(moment):
    return f"{moment:%Y-%m-%dT%H:%M}"


def test_work_does_not_say_that_nothing_waits_while_a_killed_worker_has_people(database, monkeypatch, capsys):
    kill_a_worker_that_took_on(database, 40)

    work_once(database, NOW, monkeypatch)

    assert "nothing waits" not in capsys.readouterr().out
