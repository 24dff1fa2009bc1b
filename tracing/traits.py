"""What of a person the rules may ask: immunity, needs, negative samples, days with signs."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracing.facts import Check, Diagnosis, Immunity, LabTest, Person, Symptoms
from tracing.facts.vocabulary import Classification, LabMethod, LabResult, Sign
from tracing.periods import Traits
from tracing.question import Question
from tracing.rules import CheckRule


class Ill(NamedTuple):
    """A day with fever or another sign, and the fact that says so."""

    day: date
    fact_id: str
    fever: bool


def signs(question: Question, person: str, check: CheckRule | None) -> Iterator[Ill]:
    """Yield the days on which somebody had fever or another sign."""
    for symptoms in question.known.of(Symptoms, person):
        if symptoms.signs and question.happened(symptoms.day):
            yield Ill(symptoms.day, symptoms.fact_id, Sign.FEVER in symptoms.signs)
    for each in question.known.of(Check, person):
        hot = check is not None and each.temperature_c is not None and each.temperature_c >= check.fever_c
        if (each.signs or hot) and question.happened(each.day):
            yield Ill(each.day, each.fact_id, hot or Sign.FEVER in each.signs)


def cleared_until(question: Question, person: str) -> date:
    """Return the last day until which signs are explained: by a negative sample or a ruling out."""
    negative = (
        test.sampled.first_day for test in own_tests(question, person) if test.result == LabResult.NEGATIVE
    )
    return max([*negative, *ruled_out_on(question, person)], default=date.min)


def ruled_out_on(question: Question, person: str) -> list[date]:
    """Return the days on which somebody was ruled out."""
    return [
        diagnosis.day
        for diagnosis in question.known.of(Diagnosis, person)
        if diagnosis.classification == Classification.RULED_OUT and question.happened(diagnosis.day)
    ]


def own_tests(question: Question, person: str) -> list[LabTest]:
    """Return somebody's tests for the agent itself; antibodies say nothing about today."""
    taken = question.known.of(LabTest, person)
    counted = [
        test for test in taken if test.method != LabMethod.ANTIBODY and test.sampled.first <= question.as_of
    ]
    return sorted(counted, key=lambda test: (test.sampled, test.fact_id))


def traits(question: Question, person: str) -> Traits:
    """Return what of a person a plan may depend on, as of the moment judged."""
    immunities = question.known.of(Immunity, person)
    record = question.known.thing(Person, person)
    tests = own_tests(question, person)
    return Traits(
        frozenset(each.basis for each in immunities if each.day is None or question.happened(each.day)),
        frozenset(record.needs) if record else frozenset(),
        tuple(test.sampled.first_day for test in tests if test.result == LabResult.NEGATIVE),
    )
