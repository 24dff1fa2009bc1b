"""How long somebody is observed: from the day counted from, under the edition then in force,
through each newer edition that came into force while the observation was open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from tracing.days import MOMENT, ONE_DAY, shown
from tracing.facts.vocabulary import Basis as ImmunityBasis
from tracing.facts.vocabulary import Category, Need
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.rules import Condition, Edition, Plan
from tracing.terms import Counting

Makes = Callable[[Edition], Category | None]


class Traits(NamedTuple):
    """What of a person a plan may depend on: immunity, needs, the days of negative samples."""

    immunity: frozenset[ImmunityBasis] = frozenset()
    needs: frozenset[Need] = frozenset()
    negatives: tuple[date, ...] = ()


class Grounds(NamedTuple):
    """What an observation is counted from, and what its plan may depend on.

    ``day`` is day 0; ``last`` the very moment, for protocols that count hours; ``first_day``
    the first day of exposure.
    """

    day: date
    last: datetime | None = None
    first_day: date | None = None
    household: bool = False
    before_onset: bool = False
    traits: Traits = Traits()


@dataclass(frozen=True, slots=True)
class Period:
    """An observation that one category asks for; ``last_day`` is inclusive, to 24:00.

    ``counted_from`` is day 0. ``free_from`` is set where hours count, ``begins`` where the
    protocol sets another first day. ``newer`` tells, oldest first, what newer editions did to it;
    ``asked_since`` is the day the newest of them came: tests of earlier days are not asked for.
    """

    category: Category
    edition: Edition
    plan: Plan
    counted_from: date | None
    last_day: date
    free_from: datetime | None = None
    begins: date | None = None
    newer: tuple[Reason, ...] = ()
    asked_since: date | None = None

    @property
    def day_zero(self) -> date:
        """The day before the first day counted."""
        if self.counted_from is None:
            return self.last_day - self.plan.days * ONE_DAY
        return self.counted_from - _first_day_number(self.plan) * ONE_DAY

    def ending(self, last_day: date) -> "Period":
        """Return the same observation with another last day, to its 24:00."""
        return replace(self, last_day=last_day, free_from=None)

    def undated(self, last_day: date) -> "Period":
        """Return the same observation when nobody knows from when it counts."""
        return replace(self, counted_from=None, last_day=last_day, free_from=None, newer=())


def period(question: Question, makes: Makes, grounds: Grounds) -> Period | None:
    """Return the observation that grounds give; None if no edition asks for one.

    Args:
        question: The rules and the moment judged; editions that come later are not known yet.
        makes: The category that an edition gives, None if it gives none.
        grounds: The day of the last exposure, and what the plan depends on.
    """
    current: Period | None = None
    for edition in question.rulings.editions_since(grounds.day, question.today):
        begins = grounds.day if question.rulings.pinned else edition.in_force_from
        if current is None:
            current = _begun(edition, makes, grounds, begins)
        elif current.last_day < begins:
            break
        else:
            current = _judged_anew(question, (current, edition), makes, grounds)
    return current


def plan_for(edition: Edition, category: Category | None, grounds: Grounds) -> Plan | None:
    """Return the first plan of a category whose condition is met."""
    plans = edition.plan.get(category, ()) if category else ()
    return next((plan for plan in plans if plan.when is None or _is_met(plan.when, grounds)), None)


def _is_met(condition: Condition, grounds: Grounds) -> bool:
    first_negative = condition.negative_from_day
    return (
        condition.household in (None, grounds.household)
        and condition.before_onset in (None, grounds.before_onset)
        and (not condition.immunity or not grounds.traits.immunity.isdisjoint(condition.immunity))
        and (not condition.needs or not grounds.traits.needs.isdisjoint(condition.needs))
        and (first_negative is None or _negative_since(grounds, first_negative))
    )


def _negative_since(grounds: Grounds, number: int) -> bool:
    return any(day >= grounds.day + number * ONE_DAY for day in grounds.traits.negatives)


def _begun(edition: Edition, makes: Makes, grounds: Grounds, begins: date) -> Period | None:
    """Return the period under the first edition that asks for one and would still be open then."""
    category = makes(edition)
    plan = plan_for(edition, category, grounds)
    if category is None or plan is None or plan.exempt:
        return None
    last_day, free_from = _end(plan, grounds)
    first = plan.begins_on_day
    starts = grounds.first_day + first * ONE_DAY if first is not None and grounds.first_day else None
    counted = Period(category, edition, plan, grounds.day, last_day, free_from, starts)
    return counted if last_day >= begins else None


def _end(plan: Plan, grounds: Grounds) -> tuple[date, datetime | None]:
    """Return the last day, and the very moment where hours count."""
    if plan.counting == Counting.EXACT_HOURS and grounds.last is not None:
        last = shown(grounds.last)
        free_from = (last.astimezone(UTC) + timedelta(days=plan.days)).astimezone(last.tzinfo)
        return (free_from - MOMENT).date(), free_from
    return grounds.day + (plan.days - _first_day_number(plan)) * ONE_DAY, None


def _first_day_number(plan: Plan) -> int:
    """Return the number that the day of the last exposure itself has."""
    return 1 if plan.counting == Counting.ENTRY_DAY_IS_DAY_1 else 0


def _judged_anew(
    question: Question, running: tuple[Period, Edition], makes: Makes, grounds: Grounds
) -> Period | None:
    """Return a running observation under a newer edition; None if it no longer asks for one."""
    current, edition = running
    eve = edition.in_force_from - ONE_DAY
    ref = question.rulings.ref(edition, question.rulings.book.transition.basis)
    newer = _begun(edition, makes, grounds, grounds.day)
    if newer is None:
        return None
    values = {"edition": edition.name, "day": edition.in_force_from, "last_day": max(eve, newer.last_day)}
    if newer.last_day < eve:
        ended = Reason(Says.ENDED_BY_NEWER_EDITION, values, (), ref)
        newer = newer.ending(eve)
        return replace(newer, newer=(*current.newer, ended), asked_since=edition.in_force_from)
    lasting = Reason(Says.NEWER_EDITION, values, (), ref)
    return replace(newer, newer=(*current.newer, lasting), asked_since=edition.in_force_from)
