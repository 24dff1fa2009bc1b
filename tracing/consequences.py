"""What changes for whom between two states of knowledge, and which of the facts added it comes from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tracing.assessment import Assessment
from tracing.concerned import people_named
from tracing.facts import (
    Call,
    Check,
    Death,
    Determination,
    Diagnosis,
    Fact,
    Isolation,
    LabTest,
    Lost,
    Merge,
    Moved,
    Order,
    Release,
    Symptoms,
    Transfer,
)
from tracing.known import Known

Assessments = Mapping[str, Assessment]


class News(NamedTuple):
    """A fact that was added, and what it is about: itself, or what a void withdraws or puts back."""

    fact_id: str
    subject: Fact


class Knowledge(NamedTuple):
    """What was known at a moment, and what everybody is by it."""

    known: Known
    people: Assessments


@dataclass(frozen=True, slots=True)
class Consequence:
    """What somebody was and is: ``before`` None for somebody new, ``after`` for a record merged away."""

    person: str
    before: Assessment | None
    after: Assessment | None
    because_of: tuple[str, ...]


def consequences(before: Knowledge, after: Knowledge, news: Sequence[News]) -> list[Consequence]:
    """Return for whom category, last day, state or place changes, by id.

    ``because_of`` of each: the facts added that are leaves of the new reason, what withdraws a
    leaf of the old one, and the person's own that change the state or the place. Where there
    are none of these, the facts added that are about the person; else about those the person
    met; else all that were added.
    """
    causes = _Causes(before, after, news)
    return [
        Consequence(person, old, new, tuple(causes.of(person, old, new)))
        for person in sorted(before.people.keys() | after.people.keys())
        if _shown(old := before.people.get(person)) != _shown(new := after.people.get(person))
    ]


def _shown(assessment: Assessment | None) -> tuple[Any, ...]:
    """Return what has to change for somebody to be named."""
    return *_asked(assessment), *_standing(assessment)


def _asked(assessment: Assessment | None) -> tuple[Any, ...]:
    return (assessment.category, assessment.observation.last_day) if assessment else ()


def _standing(assessment: Assessment | None) -> tuple[Any, ...]:
    if assessment is None:
        return ()
    return assessment.standing.state, tuple(phase.kind for phase in assessment.observation.phases)


class _Causes:
    """Finds which of the facts added a change comes from."""

    def __init__(self, before: Knowledge, after: Knowledge, news: Sequence[News]) -> None:
        self.before = before.known
        self.after = after.known
        self.news = [(each, self._people(each.subject)) for each in news]

    def of(self, person: str, old: Assessment | None, new: Assessment | None) -> list[str]:
        """Return the ids of the facts added that a change of somebody comes from; some if any were."""
        cited, withdrawn, own = _leaves(new), _leaves(old), _own_causes(old, new)
        met = {finding.source for each in (old, new) if each for finding in each.findings}
        ladder: tuple[Callable[[News, set[str]], bool], ...] = (
            lambda each, about: (
                each.subject.fact_id in cited
                or (each.fact_id != each.subject.fact_id and each.subject.fact_id in withdrawn)
                or (person in about and isinstance(each.subject, own))
            ),
            lambda _, about: person in about,
            lambda _, about: not met.isdisjoint(about),
            lambda *_: True,
        )
        found = ([each.fact_id for each, about in self.news if step(each, about)] for step in ladder)
        return list(dict.fromkeys(next(filter(None, found), [])))

    def _people(self, subject: Fact) -> set[str]:
        named = people_named(subject)
        if isinstance(subject, _OF_AN_ORDER):
            order = self.after.thing(Order, subject.order) or self.before.thing(Order, subject.order)
            named |= {order.person} if order else set()
        return named | {self.after.answers_for(each) for each in named}


_OF_AN_ORDER = (Transfer, Release)
_MEASURES = (Order, *_OF_AN_ORDER, Death, Moved)
_HEALTH = (Call, Check, Determination, Diagnosis, Isolation, LabTest, Lost, Merge, Symptoms)


def _own_causes(old: Assessment | None, new: Assessment | None) -> tuple[type[Any], ...]:
    """Return the types of own facts that a change of state or place comes from.

    With another category or last day the state follows from these and what was done; otherwise
    also from the person's health and who looked after it.
    """
    if _standing(old) == _standing(new):
        return ()
    return _MEASURES if _asked(old) != _asked(new) else (*_MEASURES, *_HEALTH)


def _leaves(assessment: Assessment | None) -> set[str]:
    """Return the facts that an answer rests on."""
    if assessment is None:
        return set()
    blocking = (fact for blocker in assessment.standing.blockers for fact in blocker.facts)
    return {*assessment.reason.leaves(), *blocking}
