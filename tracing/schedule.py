"""The phases of an observation and its tests, day by day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracing.control import Placement
from tracing.days import ONE_DAY
from tracing.facts.vocabulary import PlaceOfObservation
from tracing.periods import Period
from tracing.rules import PhaseRule
from tracing.terms import PhaseKind


class Phase(NamedTuple):
    """A stretch of observation of one kind; both days included."""

    kind: PhaseKind
    first_day: date
    last_day: date


class TestDue(NamedTuple):
    """A test on a day of a phase; ``date`` is None until somebody is placed or isolated."""

    day_number: int
    phase: PhaseKind
    date: date | None
    double: bool


class Planned(NamedTuple):
    """A phase as the plan has it, for the days it is really spent."""

    rule: PhaseRule
    first_day: date
    last_day: date


_AT = {
    PlaceOfObservation.HOME: PhaseKind.HOME_OBSERVATION,
    PlaceOfObservation.CENTRALISED: PhaseKind.CENTRALISED_OBSERVATION,
}


def planned(period: Period, placed: Sequence[Placement]) -> list[Planned]:
    """Return the phases of a plan from the first day of an order, else the day after day 0.

    Late placing completes the missing days; a phase that was over by then is left out.
    """
    first = placed[0].day if placed else period.begins or period.day_zero + ONE_DAY
    found: list[Planned] = []
    end = period.day_zero
    for number, rule in enumerate(period.plan.phases, 1):
        end += rule.days * ONE_DAY
        is_last = number == len(period.plan.phases)
        last = period.last_day if is_last else min(end, period.last_day)
        if first <= last:
            found.append(Planned(rule, first, last))
            first = last + ONE_DAY
    return found


def phases(period: Period, placed: Sequence[Placement]) -> tuple[Phase, ...]:
    """Return the phases in order, split where somebody was really moved."""
    found: list[Phase] = []
    for phase in planned(period, placed):
        is_first = phase.rule is period.plan.phases[0]
        for part in _split(phase, placed, is_first=is_first):
            if (
                found
                and found[-1].kind == part.kind
                and phase.rule.kind != PhaseKind.HOME_MONITORING
                and is_first
            ):
                found[-1] = found[-1]._replace(last_day=part.last_day)
            else:
                found.append(part)
    return tuple(found)


def _split(phase: Planned, placed: Sequence[Placement], *, is_first: bool) -> list[Phase]:
    """Return a phase cut at the moves within it.

    The first phase is spent where the order says. A later one follows the plan, also when the
    move home comes late; only a move into a facility during it changes its kind.
    """
    moves = [each for each in placed if each.day <= phase.last_day]
    if not is_first:
        moves = [each for each in moves if each.day >= phase.first_day]
        if not any(each.place_kind == PlaceOfObservation.CENTRALISED for each in moves):
            moves = []
    if not moves:
        return [Phase(phase.rule.kind, phase.first_day, phase.last_day)]
    starts = [max(each.day, phase.first_day) for each in moves]
    parts = (
        []
        if is_first or starts[0] == phase.first_day
        else [Phase(phase.rule.kind, phase.first_day, starts[0] - ONE_DAY)]
    )
    for number, move in enumerate(moves):
        last = starts[number + 1] - ONE_DAY if number + 1 < len(starts) else phase.last_day
        kind = _AT[move.place_kind]
        if not is_first and move.place_kind == PlaceOfObservation.HOME:
            kind = phase.rule.kind
        if starts[number] <= last:
            parts.append(Phase(kind, starts[number], last))
    return parts


def tests(period: Period, placed: Sequence[Placement], isolated_on: date | None) -> tuple[TestDue, ...]:
    """Return the tests due, numbered by days of isolation within each phase.

    A day that late placing would push past its phase falls on the phase's last day. Without
    order or isolation the days are not known yet.
    """
    known = bool(placed) or isolated_on is not None
    spent = phases(period, placed)
    found: list[TestDue] = []
    for phase in planned(period, placed):
        begins = phase.first_day
        if phase.rule is period.plan.phases[0] and not placed and isolated_on:
            begins = isolated_on
        for number in phase.rule.tests:
            day = min(begins + (number - 1) * ONE_DAY, phase.last_day) if known else None
            kind = next(
                (each.kind for each in spent if day and each.first_day <= day <= each.last_day),
                phase.rule.kind,
            )
            if day is None or period.asked_since is None or day >= period.asked_since:
                found.append(TestDue(number, kind, day, number in phase.rule.double))
    return tuple(found)
