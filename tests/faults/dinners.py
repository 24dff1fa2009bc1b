"""A process that records dinner after dinner, and readers who look at them meanwhile."""

from datetime import date
from itertools import count, cycle, islice

from tests.faults.crowd import AFTERWARDS, AREA, diagnosis, meal, opened, recorded, table, wrong
from tests.faults.processes import Child
from tests.spec.builders import fact
from tracing.facts.vocabulary import Category
from tracing.register import Asked

FAMILY = ("host", "guest", "child")


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


def looked_at(database, looks):
    """Look as often as told at what one process records meanwhile; return what remains wrong in the end."""
    with opened(database) as register:
        recorded(register, first_dinner())
        with Child(dine_again_and_again, database) as writer:
            acknowledged = writer.hear()
            for look in islice(cycle((in_a_list, alone, among_all)), looks):
                acknowledged = max([acknowledged, *writer.hear_all()])
                assert_one_state(look(register, acknowledged), acknowledged)
        return wrong(register)


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
