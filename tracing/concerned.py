"""Whose answers a fact may change by itself, before anybody looks at what others see of it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tracing.facts import (
    Exposure,
    Fact,
    Household,
    Journey,
    Merge,
    Notice,
    Person,
    Place,
    Release,
    Transfer,
)
from tracing.merges import ENDS, merges_around
from tracing.ports import Facts
from tracing.storing import recalled


def people_touched(records: Facts, zone: Any, subjects: Sequence[Fact]) -> list[set[str]]:
    """Return, for each fact, the people whose answers it changes by itself: those it is about, and of whom
    somebody decided because of a person who is one with another now, or no longer.
    """
    about = people_about(records, zone, subjects)
    return [
        people | _decided_because_of(records, people) if isinstance(each, Merge) else people
        for each, people in zip(subjects, about, strict=True)
    ]


def _decided_because_of(records: Facts, merged: set[str]) -> set[str]:
    ends = {str(each.body[end]) for each in merges_around(records, merged) for end in ENDS}
    return {str(each.body["person"]) for each in records.about(ends | merged, ("determination",))}


def people_about(records: Facts, zone: Any, subjects: Sequence[Fact]) -> list[set[str]]:
    """Return, for each fact, the people that it is about."""
    orders = {each.order for each in subjects if isinstance(each, _OF_AN_ORDER)}
    met = {each.fact_id for each in subjects if isinstance(each, Exposure)}
    concerned = defaultdict[str, set[str]](set)
    for stored in records.under(orders) if orders else ():
        concerned[stored.fact_id].add(recalled(stored, zone).fact.person)
    for stored in records.naming(met, ("determination",)) if met else ():
        concerned[str(stored.body["exposure"])].add(str(stored.body["person"]))
    return [_people_about(records, each, concerned) for each in subjects]


_OF_AN_ORDER = (Transfer, Release, Notice)


def _people_about(records: Facts, subject: Fact, concerned: dict[str, set[str]]) -> set[str]:
    if isinstance(subject, _OF_AN_ORDER):
        return concerned[subject.order]
    if isinstance(subject, Exposure):
        return people_named(subject) | concerned[subject.fact_id]
    if isinstance(subject, Household | Journey):
        return records.present_at({subject.fact_id})
    if isinstance(subject, Place):
        return {str(each.body["person"]) for each in records.naming({subject.fact_id}, ("order",))}
    return people_named(subject)


def people_named(fact: Fact) -> set[str]:
    """Return the people that a fact is about by what it says itself."""
    if isinstance(fact, Person):
        return {fact.fact_id}
    if isinstance(fact, Merge):
        return {fact.person, fact.into}
    if isinstance(fact, Exposure):
        return set(fact.participants)
    return {fact.person} if hasattr(fact, "person") else set()
