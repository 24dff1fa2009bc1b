"""Two processes that record at once about the same people, with threads each, and what must come of it."""

import threading
from contextlib import ExitStack, suppress
from datetime import datetime
from itertools import count, groupby
from multiprocessing import get_context
from typing import NamedTuple

from tests.faults.crowd import AREA, diagnosis, held, kept_categories, meal, opened, recorded, wrong
from tests.faults.processes import LONGEST_S, Child
from tests.spec.builders import fact
from tracing.casework import AT_ONCE
from tracing.ports import Busy

THREADS = 4
PATIENT = 20
"""How often something is asked again that was told to be asked again."""


class Acknowledged(NamedTuple):
    """What a transaction was told to have recorded, how much of it was new, and when; ``table``: whose."""

    table: int
    ids: tuple[str, ...]
    new: int
    at: datetime | None


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


def record_together(said, database, half, turns, *, at_once=AT_ONCE):
    """Record one half of what is said about each table, each thread at its tables, when it is their turn."""
    acknowledged: list[Acknowledged] = []

    def record_at(thread):
        with opened(database) as register:
            for number in count(thread, THREADS):
                try:
                    turns[thread].wait(LONGEST_S)
                except threading.BrokenBarrierError:
                    return
                acknowledged.append(patiently_recorded(register, number, half(number), at_once=at_once))

    threads = [threading.Thread(target=record_at, args=(number,)) for number in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    said.send(acknowledged)


def record_together_and_leave_work(said, database, half, turns):
    """The same, but nobody is assessed at once: all who are touched are left to workers."""
    record_together(said, database, half, turns, at_once=0)


def patiently_recorded(register, number, facts, *, trouble=Busy, at_once=AT_ONCE):
    for _ in range(PATIENT):
        with suppress(trouble):
            done = recorded(register, facts, at_once=at_once)
            return Acknowledged(number, tuple(each["id"] for each in facts), done.new, done.at)
    raise AssertionError(f"asked {PATIENT} times, and it was never recorded")


def recorded_by_two(database, seconds, record=record_together):
    """Let two processes record for a while; return what each was told to have recorded."""
    turns = [get_context("forkserver").Barrier(2) for _ in range(THREADS)]
    with ExitStack() as ended:
        halves = [
            ended.enter_context(Child(record, database, half, turns))
            for half in (who_ate_together, who_fell_ill)
        ]
        halves[0].process.join(seconds)
        for turn in turns:
            turn.abort()
        met, ill = (each.hear() for each in halves)
    return met, ill


def assert_all_is_right(register, met, ill):
    """What was acknowledged is there once, in order, and whoever ate with somebody ill is a contact."""
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
