"""How long somebody is observed: from the day counted from, under the edition then in force,
through each newer edition that came into force while the observation was open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tracing.days import ONE_DAY
from tracing.facts.vocabulary import Category
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.rules import Edition, Plan

Makes = Callable[[Edition], Category | None]


@dataclass(frozen=True, slots=True)
class Period:
    """An observation that one category asks for; ``last_day`` is inclusive, to 24:00.

    ``counted_from`` is day 0. ``newer`` tells, oldest first, what newer editions did to it.
    """

    category: Category
    edition: Edition
    plan: Plan
    counted_from: date | None
    last_day: date
    newer: tuple[Reason, ...] = ()

    def ending(self, last_day: date) -> "Period":
        """Return the same observation with another last day."""
        return replace(self, last_day=last_day)

    def undated(self, last_day: date) -> "Period":
        """Return the same observation when nobody knows from when it counts."""
        return replace(self, counted_from=None, last_day=last_day, newer=())


def period(question: Question, makes: Makes, day: date) -> Period | None:
    """Return the observation counted from a day; None if no edition asks for one.

    Args:
        question: The rules and the moment judged; editions that come later are not known yet.
        makes: The category that an edition gives, None if it gives none.
        day: The day of the last exposure, day 0.
    """
    current: Period | None = None
    for edition in question.rulings.editions_since(day, question.today):
        begins = day if question.rulings.pinned else edition.in_force_from
        if current is None:
            current = _begun(edition, makes, day, begins)
        elif current.last_day < begins:
            break
        else:
            current = _judged_anew(question, current, edition, makes)
    return current


def _begun(edition: Edition, makes: Makes, day: date, begins: date) -> Period | None:
    """Return the period under the first edition that asks for one and would still be open then."""
    category = makes(edition)
    plans = edition.plan.get(category, ()) if category else ()
    if not category or not plans:
        return None
    last_day = day + plans[0].days * ONE_DAY
    return Period(category, edition, plans[0], day, last_day) if last_day >= begins else None


def _judged_anew(question: Question, current: Period, edition: Edition, makes: Makes) -> Period | None:
    """Return a running observation under a newer edition; None if it no longer asks for one."""
    eve = edition.in_force_from - ONE_DAY
    ref = question.rulings.ref(edition, question.rulings.book.transition.basis)
    day = current.counted_from or current.last_day
    newer = _begun(edition, makes, day, day)
    if newer is None:
        return None
    if newer.last_day < eve:
        values = {"edition": edition.name, "day": edition.in_force_from, "last_day": eve}
        ended = Reason(Says.ENDED_BY_NEWER_EDITION, values, (), ref)
        return replace(newer, last_day=eve, newer=(*current.newer, ended))
    values = {"edition": edition.name, "day": edition.in_force_from, "last_day": newer.last_day}
    return replace(newer, newer=(*current.newer, Reason(Says.NEWER_EDITION, values, (), ref)))
