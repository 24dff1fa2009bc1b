"""Samples taken and tests due: which sample counts for which test, and what a test still lacks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from tracing.facts import LabTest
from tracing.facts.vocabulary import LabMethod, LabResult
from tracing.question import Question
from tracing.schedule import TestDue
from tracing.traits import own_tests


class Lacks(StrEnum):
    """What a due test lacks."""

    SAMPLE = "sample"
    RESULT = "result"


class DueDay(NamedTuple):
    """A day on which a test is due, and the samples given for it.

    A sample counts from ``day`` until the day before ``until``, on which the next test is due.
    ``lacks`` is None where nothing is missing.
    """

    day: date
    until: date
    test: TestDue
    given: tuple[LabTest, ...]
    lacks: Lacks | None


def taken_since(question: Question, person: str, since: date) -> list[LabTest]:
    """Return somebody's tests for the agent itself that were sampled on a day or later, in order."""
    return [test for test in own_tests(question, person) if test.sampled.first_day >= since]


def due_days(tests: Iterable[TestDue], taken: Sequence[LabTest]) -> Iterator[DueDay]:
    """Yield the days on which tests are due, in order; one without a day is left out."""
    on: dict[date, list[TestDue]] = {}
    for test in tests:
        if test.date:
            on.setdefault(test.date, []).append(test)
    for day, until in pairwise([*sorted(on), date.max]):
        test = on[day][0]._replace(double=any(each.double for each in on[day]))
        given = tuple(each for each in taken if day <= each.sampled.first_day < until)
        yield DueDay(day, until, test, given, _lacks(given, double=test.double))


def _lacks(given: Sequence[LabTest], *, double: bool) -> Lacks | None:
    nucleic = [test for test in given if test.method in (None, LabMethod.PCR)]
    negative = [test for test in nucleic if test.result == LabResult.NEGATIVE]
    # The same sample entered twice is one sample.
    samples = len({test.sampled for test in negative}) + sum(test.double for test in negative)
    if samples >= (2 if double else 1):
        return None
    if any(test.result == LabResult.POSITIVE for test in nucleic):
        return None
    if any(test.result == LabResult.PENDING for test in nucleic):
        return Lacks.RESULT
    return Lacks.SAMPLE
