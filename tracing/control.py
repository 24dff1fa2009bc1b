"""When somebody was under control, away from others: isolations and centralised orders."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracing.days import MOMENT, ONE_DAY, Span, control_from, midnight
from tracing.facts import Isolation, Order, Release, Transfer
from tracing.facts.vocabulary import PlaceOfObservation, ReleaseReason, Where
from tracing.known import Known


class Control(NamedTuple):
    """A stretch away from others, with the facts that say so; ``at_home`` in a room of one's own."""

    span: Span
    at_home: bool
    facts: tuple[str, ...]


class Placement(NamedTuple):
    """Where an order puts somebody from a day on."""

    day: date
    place_kind: PlaceOfObservation
    site: str | None
    fact_id: str
    floor: int | None = None


def forever(zone: ZoneInfo) -> datetime:
    """Return the moment that stands for "still so"."""
    return datetime(9999, 12, 30, tzinfo=zone)


def placements(known: Known, order: Order, until: date) -> list[Placement]:
    """Return where an order put somebody, in order of days; a later day's transfer is left out."""
    moves = [
        Placement(move.day, move.place_kind, move.site, move.fact_id, move.floor)
        for move in known.naming(Transfer, order.fact_id)
    ]
    first = Placement(order.first_day, order.place_kind, order.site, order.fact_id, order.floor)
    return [first, *sorted((move for move in moves if move.day <= until), key=_in_order)]


def _in_order(placement: Placement) -> tuple[date, str]:
    return placement.day, placement.fact_id


def release_of(known: Known, order: Order, until: date) -> Release | None:
    """Return the release that ended an order by ``until``, the first if there are several."""
    releases = [release for release in known.naming(Release, order.fact_id) if release.day <= until]
    return min(releases, key=lambda release: (release.day, release.fact_id), default=None)


def controls(known: Known, person: str, as_of: datetime) -> list[Control]:
    """Return when somebody was under control, as known at ``as_of``, in order of time."""
    isolations = [
        isolation
        for isolation in known.of(Isolation, person)
        if isolation.start.first <= as_of and isolation.where != Where.HOME_SHARED
    ]
    found = [_isolated(isolation, as_of) for isolation in isolations]
    for order in known.of(Order, person):
        if order.first_day <= as_of.date():
            found.extend(_ordered(known, order, isolations, as_of))
    return sorted(found)


def _isolated(isolation: Isolation, as_of: datetime) -> Control:
    first = control_from(isolation.start)
    last = forever(as_of.tzinfo)  # type: ignore[arg-type]  # every moment is in the service's zone
    if isolation.end and isolation.end.first <= as_of:
        last = isolation.end.last - MOMENT if isolation.end.is_instant else isolation.end.last
    return Control(Span(first, last), isolation.where == Where.HOME_SEPARATE, (isolation.fact_id,))


def _ordered(
    known: Known, order: Order, isolations: Iterable[Isolation], as_of: datetime
) -> Iterable[Control]:
    """Yield the centralised stretches of an order, each day at its end counting as exposed.

    A move from one facility to another goes on under control.
    """
    placed = placements(known, order, as_of.date())
    end = _end_of_order(known, order, isolations, as_of)
    for number, each in enumerate(placed):
        went_on = number > 0 and placed[number - 1].place_kind == PlaceOfObservation.CENTRALISED
        if each.place_kind != PlaceOfObservation.CENTRALISED or went_on:
            continue
        home = (later for later in placed[number:] if later.place_kind == PlaceOfObservation.HOME)
        first = _instant_of(each.day, isolations) or midnight(each.day + ONE_DAY, known.zone)
        last = min([end, *(midnight(move.day, known.zone) for move in home)]) - MOMENT
        if first <= last:
            yield Control(Span(first, last), False, (each.fact_id,))


def _instant_of(day: date, isolations: Iterable[Isolation]) -> datetime | None:
    """Return when the isolation that carries out an order began: within a day of its first day."""
    near = [
        control_from(isolation.start)
        for isolation in isolations
        if abs(isolation.start.first_day - day) <= timedelta(days=1)
        and isolation.where != Where.HOME_SEPARATE
    ]
    return min(near, default=None)


def _end_of_order(known: Known, order: Order, isolations: Iterable[Isolation], as_of: datetime) -> datetime:
    release = release_of(known, order, as_of.date())
    if release is None:
        return forever(known.zone)
    if release.reason == ReleaseReason.CONVERTED:
        same_day = [control_from(each.start) for each in isolations if each.start.first_day == release.day]
        return min(same_day, default=midnight(release.day, known.zone))
    return midnight(release.day, known.zone)


def joined(found: Iterable[Control]) -> list[Control]:
    """Return controls in order, those that overlap or follow each other at once made one."""
    result: list[Control] = []
    for control in sorted(found):
        if result and control.span.first <= result[-1].span.last + MOMENT:
            before = result[-1]
            span = Span(before.span.first, max(before.span.last, control.span.last))
            result[-1] = Control(span, before.at_home and control.at_home, before.facts + control.facts)
        else:
            result.append(control)
    return result
