"""What of an answer is kept: all that no clock changes, until the moment at which a clock would.

State and blockers are never kept: :func:`answer_from` works them out from what is kept, the
person's own facts and the moment judged.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tracing.areas import includes
from tracing.assessment import Assessment
from tracing.days import MOMENT, ONE_DAY, Span, midnight
from tracing.facts import (
    Arrival,
    Exposure,
    Fact,
    Household,
    Journey,
    Moved,
    Order,
    Place,
    Residence,
    Ride,
    Transfer,
    Visit,
)
from tracing.facts.vocabulary import Category
from tracing.findings import Finding
from tracing.in_force import InForce
from tracing.known import Known
from tracing.observation import Observation
from tracing.packing import has_blank, packed, unpacked
from tracing.ports import Records, Row
from tracing.question import Question
from tracing.reasons import Reason
from tracing.release import Kept, State, standing
from tracing.times import is_late, times_in
from tracing.windows import Window


class Conclusion(NamedTuple):
    """An assessment without what depends on the moment it is looked at."""

    person: str
    categories: tuple[Category, ...]
    window: Window | None
    findings: tuple[Finding, ...]
    observation: Observation
    reason: Reason
    kept: Kept


def is_kept(assessment: Assessment) -> bool:
    """Return whether an answer is kept: of everybody who is more than a general contact, or was placed."""
    if assessment.category not in (Category.GENERAL_CONTACT, Category.NONE):
        return True
    return assessment.standing.state != State.NOT_REQUIRED or assessment.kept.episode.ever_ordered


def row_of(question: Question, assessment: Assessment, rules: str, until: datetime | None) -> Row:
    """Return an answer as a store keeps it.

    Args:
        question: What it answers, judged at a moment that stands in none of its facts.
        assessment: The answer.
        rules: The digest of the rules that it rests on.
        until: The first moment at which a fact now known would change it.
    """
    text = packed(conclusion(assessment), question.as_of)
    if has_blank(text):
        tomorrow = midnight(question.today + ONE_DAY, question.known.zone)
        until = min(until, tomorrow) if until else tomorrow
    areas = frozenset(areas_of(question.known, assessment.person))
    linked = frozenset(each.person for each in assessment.kept.linked)
    category, last_day = assessment.category.value, assessment.observation.last_day
    return Row(assessment.person, category, last_day, text, rules, question.as_of, until, areas, linked)


def conclusion(assessment: Assessment) -> Conclusion:
    """Return what of an assessment is kept."""
    return Conclusion(*(getattr(assessment, name) for name in Conclusion._fields))


def holds_at(row: Row, as_of: datetime) -> bool:
    """Return whether a kept answer is the answer at a moment."""
    return row.valid_from <= as_of and (row.valid_until is None or as_of < row.valid_until)


def answer_from(question: Question, text: str) -> Assessment:
    """Return the answer at the moment judged from what is kept of it.

    ``question`` must know the person's own facts and the tests of those linked to them.
    """
    person, categories, window, findings, observed, reason, standing_from = concluded(question, text)
    stands = standing(question, standing_from)
    return Assessment(person, categories, window, findings, observed, stands, reason, standing_from)


def concluded(question: Question, text: str) -> Conclusion:
    """Return what is kept of an answer; what changes with every day is that of the moment judged."""
    return _concluded(text, question.as_of if has_blank(text) else None, question.known.zone)


@lru_cache(maxsize=20_000)
def _concluded(text: str, as_of: datetime | None, zone: ZoneInfo) -> Conclusion:
    """Return what a text keeps; lists ask for the same again and again, and it never changes."""
    kept: Conclusion = unpacked(Conclusion, text, as_of, zone)
    return kept


class Worked(NamedTuple):
    """Answers worked out anew: to which question, about whom, and until when facts now known leave them.

    ``answers`` are the assessments by person; ``people`` also those of whom there is none any longer.
    """

    question: Question
    answers: Mapping[str, Assessment]
    people: frozenset[str]
    until: datetime | None


def keep_answers(records: Records, rules: InForce, worked: Worked, at: datetime) -> None:
    """Keep answers from a moment on, and end those of whoever has none to be kept."""
    question, answers, people, until = worked
    in_force = rules.at(question.as_of)
    # Whoever is nobody yet but will be, by facts known already, is found by the end of this answer.
    kept = [each for each in answers.values() if until or is_kept(each)]
    rows = [row_of(question, each, in_force, until) for each in kept]
    records.keep(rows, sorted(people - {row.person for row in rows}), at)


# ---- until when an answer holds


def changes_to_come(as_of: datetime, facts: Iterable[Fact]) -> list[datetime]:
    """Return the moments after one at which facts now known may change answers, in order.

    A day in a fact counts with the day before it, because whether people still live together is
    seen the day before. What lies in the last year of the calendar never comes.
    """
    today = as_of.date()
    to_come = [
        (fact, value)
        for fact in facts
        for _, value in times_in(fact)
        if (value.last >= as_of if isinstance(value, Span) else value > today)
    ]
    moments = {moment for fact, value in to_come for moment in _moments(fact, value, as_of.tzinfo)}
    return sorted(moment for moment in moments if moment > as_of and not is_late(moment))


def _moments(fact: Fact, value: date | Span, zone: Any) -> Iterator[datetime]:
    if not isinstance(value, Span):
        yield from (midnight(value - ONE_DAY, zone), midnight(value, zone))
        return
    yield value.first
    if type(fact) in _CUT_SHORT and not is_late(value.last):
        yield from (value.last, value.last + MOMENT)


_CUT_SHORT = frozenset({Exposure, Visit, Ride, Journey})
"""What lasts is looked at up to the moment judged; of all else only the beginning matters."""


def apart(as_of: datetime, facts: Iterable[Fact]) -> datetime:
    """Return the first moment from ``as_of`` on that neither a fact states nor a rule derives from one.

    Rules count in days and hours, and step by one microsecond into and out of spans: what they
    derive has the microseconds of a fact or of midnight, give or take one.
    """
    spans = (value for fact in facts for _, value in times_in(fact) if isinstance(value, Span))
    taken = {0, *(moment.microsecond for span in spans for moment in span)}
    while taken & {as_of.microsecond, *((as_of + step).microsecond for step in (MOMENT, -MOMENT))}:
        as_of += MOMENT
    return as_of


# ---- where somebody may be looked for


def areas_of(known: Known, person: str) -> Iterator[str]:
    """Yield the area of every home, site, move and arrival of somebody, whenever it was."""
    for residence in known.of(Residence, person):
        home = known.thing(Household, residence.household)
        if home:
            yield home.area
    for order in known.of(Order, person):
        sites = [order.site, *(move.site for move in known.naming(Transfer, order.fact_id))]
        yield from (site.area for each in sites if each and (site := known.thing(Place, each)))
    yield from (moved.to_area for moved in known.of(Moved, person))
    yield from (arrival.area for arrival in known.of(Arrival, person))


def may_be_in(known: Known, person: str, area: str) -> bool:
    """Return whether somebody may be looked for in an area, or nowhere known."""
    areas = set(areas_of(known, person))
    return not areas or any(includes(area, each) for each in areas)
