"""Health checks still to do on a day, and those that nobody did."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from tracing.days import ONE_DAY, midnight
from tracing.facts.vocabulary import Slot
from tracing.question import Question
from tracing.reached import How, reached
from tracing.release import Kept

_OVERDUE_AFTER = 2
_BEGINS_AT = {Slot.AM: timedelta(0), Slot.PM: timedelta(hours=12)}


class DueSlot(NamedTuple):
    """A health check that was due."""

    day: date
    slot: Slot


def slots_due(question: Question, kept: Kept, day: date) -> list[Slot]:
    """Return the slots of a day in which a check is due: an order runs and nobody is free yet."""
    if kept.check is None or not kept.observation.required or not kept.episode.is_open:
        return []
    if day < kept.episode.placements[0].day:
        return []
    free_from, begins = kept.observation.free_from, midnight(day, question.known.zone)
    return [slot for slot in kept.check.slots if not free_from or begins + _BEGINS_AT[slot] < free_from]


def slots_to_check(question: Question, kept: Kept) -> list[Slot]:
    """Return the slots of the day judged in which no check has seen or phoned somebody yet.

    A call is no check: it reaches somebody, but takes no temperature.
    """
    times = reached(question, kept.person)
    done = {each.slot for each in times if each.day == question.today and each.how != How.CALL}
    return [slot for slot in slots_due(question, kept, question.today) if slot not in done]


def missed_slots(question: Question, kept: Kept) -> tuple[DueSlot, ...]:
    """Return the last two slots due before the day judged, if nobody reached somebody then or since.

    What was done on the day itself changes nothing; nobody is overdue before two slots were due.
    """
    due = sorted(islice(_slots_before(question, kept), _OVERDUE_AFTER))
    if len(due) < _OVERDUE_AFTER:
        return ()
    before = (each for each in reached(question, kept.person) if each.day < question.today)
    return () if any((each.day, each.slot) >= due[0] for each in before) else tuple(due)


def _slots_before(question: Question, kept: Kept) -> Iterator[DueSlot]:
    """Yield the slots due before the day judged, the latest first."""
    eve = question.today - ONE_DAY
    day = min(eve, kept.observation.last_day or eve)
    while slots := slots_due(question, kept, day):
        yield from (DueSlot(day, slot) for slot in sorted(slots, reverse=True))
        day -= ONE_DAY
