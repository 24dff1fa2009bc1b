"""Somebody under observation, and the worklist and the release list of a day.

The contact met the case on 10 March 2020, so by edition 6 the last day is the 24th.
"""

from datetime import date, timedelta

from tests.spec.builders import diagnosis, exposure, fact, isolation, order, question, residence
from tracing.assessment import assess
from tracing.release_list import release_list
from tracing.worklist import Task, worklist

COUNTY, ONE, TWO, VILLAGE = "430626", "430626101", "430626102", "430626101201"

MET = (
    diagnosis(day="2020-03-12", onset="2020-03-11"),
    isolation(start="2020-03-12T08:00"),
    exposure(id="meal", start="2020-03-10T12:00", end="2020-03-10T13:00", enclosed=True),
    residence(person="contact", household="home"),
    fact("household", id="home", area=VILLAGE),
    *(fact("area", code=code, name=code, level="township") for code in (COUNTY, ONE, TWO)),
)


MEAL_OF_THE_11TH = exposure(id="other meal", start="2020-03-11T12:00", end="2020-03-11T13:00", enclosed=True)


def placed(first_day="2020-03-12", *, place_kind="home", **fields):
    """An order for the contact, at home unless said otherwise."""
    return order(person="contact", place_kind=place_kind, first_day=first_day, **fields)


OBSERVED = (*MET, placed())


def check(day, slot="am", outcome="seen", **fields):
    """A health check of the contact."""
    return fact("check", person="contact", day=day, slot=slot, outcome=outcome, **fields)


def call(at, outcome="reached"):
    """A call to the contact."""
    return fact("call", person="contact", at=at, outcome=outcome)


def sample(day, result="negative", **fields):
    """A sample of the contact."""
    return fact("test", person="contact", sampled=day, result=result, **fields)


def checked(first, last):
    """The contact seen in both slots of every day from one to another."""
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        found += [check(day.isoformat(), "am"), check(day.isoformat(), "pm")]
        day += timedelta(days=1)
    return found


def worklist_on(day, *facts, area=COUNTY, slot=None, **rules):
    """The worklist of an area on a day; by edition 6 unless said otherwise."""
    asked = question(*facts, as_of=day, **{"edition": "6"} | rules)
    return worklist(asked, assess(asked), area, slot)


def release_list_on(day, *facts, area=COUNTY, **rules):
    """The release list of an area on a day; by edition 6 unless said otherwise."""
    asked = question(*facts, as_of=day, **{"edition": "6"} | rules)
    return release_list(asked, assess(asked), area)


def on(found, task):
    """The ids of those who stand on a list of a worklist."""
    return [each.person for each in found.on(task)]


def slots_on(day, *facts, **asked):
    """The slots of a day in which the contact is still to be checked."""
    due = worklist_on(day, *facts, **asked).on(Task.CHECKS)
    return [each.value for duties in due for each in duties.slots]
