"""A small county, and the daily report of an area in it."""

from api.rulebooks import rulings
from tests.spec.builders import (
    diagnosis,
    exposure,
    fact,
    household,
    isolation,
    order,
    release,
    residence,
    when,
    whole_book,
)
from tracing.assessment import assess
from tracing.figures import Section
from tracing.question import Question
from tracing.report import counted_in, report

COUNTY, ONE, TWO, VILLAGE = "430626", "430626101", "430626102", "430626101201"


def area_of(code, level="township"):
    return fact("area", code=code, name=code, level=level)


def order_of(somebody="a", first_day="2020-03-04"):
    return order(id=f"order of {somebody}", person=somebody, place_kind="home", first_day=first_day)


def release_of(somebody="a", day="2020-03-13", reason="completed"):
    return release(order=f"order of {somebody}", day=day, reason=reason)


def lives(somebody, home, **days):
    return residence(person=somebody, household=home, **days)


# a, b, c and d met a case on 2 March. a and b live in the village of township one, c in township two;
# where d lives nobody knows.
COUNTRY = [
    area_of(COUNTY, "county"),
    area_of(ONE),
    area_of(TWO),
    area_of(VILLAGE, "village"),
    household(id="h1", area=VILLAGE),
    household(id="h2", area=TWO),
    diagnosis(day="2020-03-04", onset="2020-03-03"),
    isolation(start="2020-03-03T15:00"),
    exposure(
        id="e", start="2020-03-02T12:00", end="2020-03-02T13:00", participants=["case", "a", "b", "c", "d"]
    ),
    *(lives(somebody, home) for somebody, home in (("a", "h1"), ("b", "h1"), ("c", "h2"))),
]


def daily(*facts, area=COUNTY, at="2020-03-15T18:00", known_at=None):
    """The report of an area at a cut-off, by edition 6."""
    whole = whole_book(*COUNTRY, *facts)
    heard_at = when(known_at).last if known_at else None
    as_of = when(at).last
    question = Question(whole.known(min(as_of, heard_at or as_of)), rulings("nhc-covid19", "6"), as_of)
    return report(question, area, assess(question, counted_in(question, area)), whole.known(heard_at))


def observed(counts):
    """The figures of the observation that are not 0."""
    return {item: number for (section, item), number in counts.items() if section == Section.OBSERVATION}


def of_area(found, code):
    """The counts of one of the areas below."""
    return next(counts for area, counts in found.areas if area.code == code)
