"""Processes and threads that record at once about the same people, and readers meanwhile."""

import threading
from contextlib import ExitStack, suppress
from datetime import date, datetime
from itertools import count, cycle, groupby, islice
from multiprocessing import get_context
from typing import NamedTuple

import pytest

from tests.faults.crowd import (
    AFTERWARDS,
    AREA,
    diagnosis,
    held,
    kept_categories,
    meal,
    new_database,
    opened,
    recorded,
    table,
    wrong,
)
from tests.faults.processes import LONGEST_S, Child
from tests.spec.builders import fact
from tracing.facts.vocabulary import Category
from tracing.ports import Busy
from tracing.register import Asked

THREADS = 4
FAMILY = ("host", "guest", "child")
PATIENT = 20
"""How often something is asked again that was told to be asked again."""


class Acknowledged(NamedTuple):
    """What a transaction was told to have recorded, how much of it was new, and when; ``table``: whose."""

    table: int
    ids: tuple[str, ...]
    new: int
    at: datetime | None


# ---- two processes


#     home of table 7            The one process records that they ate together, the other
#   ┌────────────────┐           that the guest fell ill, both at once. Four tables, one of
#   guest 7 ── meal ── host 7    each thread, are in one household.


def who_ate_together(number):
    guest, host, home = f"guest-{number}", f"host-{number}", f"home-{number // THREADS}"
    return [
        fact("person", id=guest),
        fact("person", id=host),
        fact("household", id=home, area=AREA),
        fact("residence", id=f"r-{number}", person=host, household=home),
        meal(f"table-{number}", guest, host),
    ]


def who_fell_ill(number):
    guest, home = f"guest-{number}", f"home-{number // THREADS}"
    return [
        fact("person", id=guest),
        fact("household", id=home, area=AREA),
        diagnosis(f"table-{number}", guest),
    ]


def record_together(said, database, half, turns):
    """Record one half of what is said about each table, each thread at its tables, when it is their turn."""
    acknowledged: list[Acknowledged] = []
    with opened(database) as register:

        def record_at(thread):
            for number in count(thread, THREADS):
                try:
                    turns[thread].wait(LONGEST_S)
                except threading.BrokenBarrierError:
                    return
                acknowledged.append(patiently_recorded(register, number, half(number)))

        threads = [threading.Thread(target=record_at, args=(number,)) for number in range(THREADS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    said.send(acknowledged)


def patiently_recorded(register, number, facts):
    for _ in range(PATIENT):
        with suppress(Busy):
            done = recorded(register, facts)
            return Acknowledged(number, tuple(each["id"] for each in facts), done.new, done.at)
    raise AssertionError(f"asked {PATIENT} times, and it was always busy")


@pytest.mark.parametrize("seconds", [3, pytest.param(60, marks=pytest.mark.long)])
def test_two_who_record_at_once_lose_nothing_and_always_make_the_contact(tmp_path, seconds):
    database = new_database(tmp_path / "register.db")
    turns = [get_context("forkserver").Barrier(2) for _ in range(THREADS)]

    with ExitStack() as ended:
        halves = [
            ended.enter_context(Child(record_together, database, half, turns))
            for half in (who_ate_together, who_fell_ill)
        ]
        halves[0].process.join(seconds)
        for turn in turns:
            turn.abort()
        met, ill = (each.hear() for each in halves)

    with opened(database) as register:
        assert_all_is_there_once(register, met + ill)
        assert_in_order_of_recording(register, met + ill)
        assert wrong(register) == []
        both = {each.table for each in met} & {each.table for each in ill}
        categories = kept_categories(register)
        assert {categories[f"host-{number}"] for number in both} == {"close_contact"}


def assert_all_is_there_once(register, acknowledged):
    there = held(register)
    assert set(there) == {each for done in acknowledged for each in done.ids}
    assert set(there.values()) == {1}


def assert_in_order_of_recording(register, acknowledged):
    """Facts are numbered without a gap; every transaction has a moment of its own, later than all before."""
    last = register.store.read(lambda facts: facts.last()[0])
    facts = list(register.stored(last, identity=False))
    assert [each.seq for each in facts] == list(range(1, last + 1))
    transactions = [(at, len(list(some))) for at, some in groupby(each.recorded_at for each in facts)]
    moments = [at for at, _ in transactions]
    assert moments == sorted(set(moments))
    assert transactions == sorted((done.at, done.new) for done in acknowledged if done.new)


# ---- a reader meanwhile


#   dinner 0 ── host, guest, child        Each transaction withdraws the last dinner, records another
#   dinner 1 ── host, guest, child        on the other day, and adds one more table: the number of
#   …                                     tables tells on which day guest and child ate with the host.


def first_dinner():
    return [
        *(fact("person", id=each) for each in FAMILY),
        fact("household", id="home", area=AREA),
        *(fact("residence", id=f"r-{each}", person=each, household="home") for each in FAMILY[1:]),
        diagnosis("host", "host"),
        meal("dinner-0", *FAMILY),
    ]


def another_dinner(number):
    return [
        fact("void", id=f"void-{number}", of=f"dinner-{number - 1}-meal"),
        meal(f"dinner-{number}", *FAMILY, day=f"2020-02-{8 + number % 2:02}"),
        *table(f"table-{number}"),
    ]


def dine_again_and_again(said, database):
    with opened(database) as register:
        for number in count(1):
            recorded(register, another_dinner(number))
            said.send(number)


@pytest.mark.parametrize("looks", [12, pytest.param(60, marks=pytest.mark.long)])
def test_whoever_reads_while_others_write_sees_one_state_with_all_that_was_acknowledged(tmp_path, looks):
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, first_dinner())

        with Child(dine_again_and_again, database) as writer:
            acknowledged = writer.hear()
            for look in islice(cycle((in_a_list, alone, among_all)), looks):
                acknowledged = max([acknowledged, *writer.hear_all()])
                assert_one_state(look(register, acknowledged), acknowledged)

        assert wrong(register) == []


def in_a_list(register, _):
    return register.of_area(asked_of(register), AREA)


def among_all(register, _):
    return register.of_everybody(asked_of(register))


def alone(register, acknowledged):
    new = range(acknowledged, acknowledged + 100)
    people = [f"table-{number}-{who}" for number in new for who in ("ill", "well")]
    return register.of_people(asked_of(register), [*FAMILY, *people])


def asked_of(register):
    return Asked(register.rules.rulings, AFTERWARDS)


def assert_one_state(answered, acknowledged):
    found = {each.person: each for each in answered.assessments}
    ill, well = (
        {int(each.split("-")[1]) for each in found if each.endswith(who)} for who in ("-ill", "-well")
    )
    assert ill == well
    assert max(ill) >= acknowledged
    last_days = [found[each].observation.last_day for each in FAMILY[1:]]
    assert last_days == [date(2020, 2, 22 + max(ill) % 2)] * 2
    assert {found[f"table-{each}-well"].category for each in well} == {Category.CLOSE_CONTACT}
