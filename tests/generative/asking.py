"""How a property is tested, quickly or at length, and what is asked of a world."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from api.answers import person_answer
from api.rulebooks import rulings
from tests.generative.cast import RawFact, World
from tracing.assessment import assess
from tracing.factbook import FactBook
from tracing.known import Known
from tracing.phrases import Language
from tracing.question import Question

QUICK = settings(
    derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
LONG = settings(QUICK, max_examples=100)


def always(**worlds: SearchStrategy[Any]) -> Callable[[Any], Any]:
    """Make two tests of a property: a quick one, and a long one of many more examples."""

    def tests(holds: Any) -> Any:
        profiles = [QUICK, pytest.param(LONG, marks=pytest.mark.long)]

        @pytest.mark.parametrize("profile", profiles, ids=["quick", "long"])
        def test(profile: Any) -> None:
            profile(given(**worlds)(holds))()

        test.__name__ = holds.__name__
        return test

    return tests


def book_of(facts: Iterable[RawFact]) -> FactBook:
    return FactBook.read(enumerate(facts, 1))


def known_from(facts: Iterable[RawFact]) -> Known:
    return book_of(facts).known()


def answers(world: World, known: Known | None = None) -> Mapping[str, Any]:
    """Return everybody's entry in the answer, by their id."""
    ruled = rulings(world.calendar.protocol, world.calendar.edition)
    question = Question(known or known_from(world.facts), ruled, world.moment)
    return {each.person: person_answer(each, Language.EN) for each in assess(question)}
