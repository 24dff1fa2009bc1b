"""Living together: on which days two people shared a household."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tracing.areas import includes
from tracing.control import Control
from tracing.days import ONE_DAY, Span
from tracing.facts import Death, Household, Moved, Residence, Stay
from tracing.known import Known
from tracing.question import Question

_ALWAYS = date.min.toordinal()
_STILL = date.max.toordinal()


class Days(NamedTuple):
    """Days from ``first`` to ``last``, as ordinals, both included."""

    first: int
    last: int


class LivedTogether(NamedTuple):
    """The first and last day of living together, and whether it goes on after today."""

    first_day: date
    last_day: date
    ongoing: bool
    facts: tuple[str, ...]


class Resident(NamedTuple):
    """Somebody's days at home in one household, and the residences that say so."""

    days: list[Days]
    facts: tuple[str, ...]


def resident(question: Question, person: str, household: str, controls: Iterable[Control]) -> Resident:
    """Return the days somebody was at home in a household.

    Not at home: days wholly under control away from others, and the days of a stay elsewhere
    but for its first and last. A move or a death ends a residence on its day.
    """
    known, today = question.known, question.today
    residences = [
        residence
        for residence in known.of(Residence, person)
        if residence.household == household and (residence.first_day or date.min) <= today
    ]
    days = [_lived(known, residence, today) for residence in residences]
    home = known.thing(Household, household)
    away = [_held(control.span) for control in controls]
    away += [_away(stay, today) for stay in known.of(Stay, person) if _is_elsewhere(stay, home, today)]
    return Resident(remaining(days, away), tuple(residence.fact_id for residence in residences))


def lived_together(one: Resident, other: Resident, between: Days, today: date) -> LivedTogether | None:
    """Return the days two residents shared ``between`` two days, as known today.

    It is ongoing if, were nothing else to happen, the day after today would be shared too.
    """
    tomorrow = (today + ONE_DAY).toordinal()
    bounds = [Days(between.first, min(between.last, tomorrow))]
    shared = common(common(one.days, other.days), bounds)
    past = [days for days in shared if days.first < tomorrow]
    if not past:
        return None
    ongoing = past[-1].last >= tomorrow or shared[-1].first == tomorrow
    last = min(past[-1].last, tomorrow - 1)
    facts = tuple(sorted({*one.facts, *other.facts}))
    return LivedTogether(date.fromordinal(past[0].first), date.fromordinal(last), ongoing, facts)


def residents_between(known: Known, household: str, since: date, until: date) -> set[str]:
    """Return who lived in a household on any day from ``since`` to ``until``."""
    return {
        known.answers_for(residence.person)
        for residence in known.naming(Residence, household)
        if (residence.first_day or date.min) <= until and since <= (residence.last_day or date.max)
    }


def common(one: Sequence[Days], other: Sequence[Days]) -> list[Days]:
    """Return the days in both of two lists, in order."""
    found = (Days(max(a.first, b.first), min(a.last, b.last)) for a in one for b in other)
    return sorted(days for days in found if days.first <= days.last)


def remaining(days: Iterable[Days], removed: Iterable[Days]) -> list[Days]:
    """Return the days left when others are taken out, in order."""
    left = list(days)
    for gone in removed:
        parts = [
            (Days(each.first, gone.first - 1), Days(gone.last + 1, each.last))
            if _meet(each, gone)
            else (each,)
            for each in left
        ]
        left = [part for pair in parts for part in pair if part.first <= part.last]
    return sorted(left)


def _meet(one: Days, other: Days) -> bool:
    return one.first <= other.last and other.first <= one.last and other.first <= other.last


def _lived(known: Known, residence: Residence, today: date) -> Days:
    ends = [residence.last_day or date.max]
    person = known.answers_for(residence.person)
    begun = residence.first_day or date.min
    ends += [moved.day for moved in known.of(Moved, person) if begun < moved.day <= today]
    ends += [death.day for death in known.of(Death, person) if death.day <= today]
    last = min(ends)
    return Days(begun.toordinal(), last.toordinal() if last <= today else _STILL)


def _held(span: Span) -> Days:
    """Return the days that lie wholly within a control."""
    starts_at_midnight = span.first.time() == span.first.min.time()
    ends_at_midnight = span.last.time() == span.last.max.time()
    first = span.first.date().toordinal() + (0 if starts_at_midnight else 1)
    last = (
        _STILL
        if span.last.year >= date.max.year
        else span.last.date().toordinal() - (0 if ends_at_midnight else 1)
    )
    return Days(first, last)


def _is_elsewhere(stay: Stay, home: Household | None, today: date) -> bool:
    if (stay.first_day or date.min) > today:
        return False
    return home is None or not (includes(stay.area, home.area) or includes(home.area, stay.area))


def _away(stay: Stay, today: date) -> Days:
    """Return the days of a stay between its first and its last; later ends count as open."""
    is_over = stay.last_day is not None and stay.last_day <= today
    first = stay.first_day.toordinal() + 1 if stay.first_day else _ALWAYS
    last = stay.last_day.toordinal() - 1 if stay.last_day and is_over else _STILL
    return Days(first, last)
