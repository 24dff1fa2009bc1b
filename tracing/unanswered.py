"""Whom the rules refuse to answer for, beside the answers about everybody else.

The one place where a refusal about a person is caught: whoever asks about many goes on without them.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from tracing.facts import FACT_TYPES
from tracing.faults import Fault, Refused
from tracing.known import Known
from tracing.terms import RuleNotInForce
from tracing.times import late_days

T = TypeVar("T")


class EndOfCalendar(Refused):
    """A day is so late that rules cannot count on from it."""

    def __init__(self, fact: str | None, field: str, day: str) -> None:
        self.fact = fact
        self.field = field
        self.day = day
        right = "a day from which rules can count on would be right"
        super().__init__([Fault(f"fact {fact}" if fact else "the register", field, day, right)])


class Elsewhere(Refused):
    """What stands against something lies where whoever asks does not see."""

    fact = None

    def __init__(self, beside: Iterable[Fault] = ()) -> None:
        right = "asking somebody who sees everybody would be right"
        own = Fault("the register", "", "something recorded that stands against it", right)
        super().__init__([*beside, own])


class Unanswered(NamedTuple):
    """Somebody for whom the rules refuse to answer, and what they say to it."""

    person: str
    refusal: Refused | RuleNotInForce

    @property
    def fact(self) -> str | None:
        """The id of the fact that it comes from, if one is known: perhaps of somebody else."""
        found: str | None = getattr(self.refusal, "fact", None)
        return found

    @property
    def refused(self) -> Refused:
        """What refuses the fact that it comes from."""
        if isinstance(self.refusal, Refused):
            return self.refusal
        right = f"a day on which an edition of {self.refusal.protocol} is in force would be right"
        return Refused([Fault(f"fact {self.fact}", "day", f"{self.refusal.day:%Y-%m-%d}", right)])

    @property
    def again(self) -> Refused | RuleNotInForce:
        """The refusal, to be raised."""
        return self.refusal.with_traceback(None)


def or_unanswered(ask: Callable[[str], T], person: str, known: Known) -> T | Unanswered:
    """Return what is asked about somebody, or that the rules refuse to answer."""
    try:
        return ask(person)
    except (Refused, RuleNotInForce) as refusal:
        return Unanswered(person, refusal)
    except OverflowError:
        return Unanswered(person, EndOfCalendar(*_latest(known, person)))


def _latest(known: Known, person: str) -> tuple[str | None, str, str]:
    """Return which of somebody's own facts states a day at the end of the calendar, where, and the day."""
    own = (fact for made in FACT_TYPES.values() for fact in known.of(made, person))
    late = ((fact.fact_id, *each) for fact in own for each in late_days(fact))
    return next(late, (None, "", "a day at the end of the calendar"))
