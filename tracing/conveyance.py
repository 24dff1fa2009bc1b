"""Who aboard was near a case: rows counted along the vehicle, carriages, compartments, bays, cabins.

A place that nobody recorded counts as near, as a distance does; the answer then says so.
"""

from collections.abc import Callable
from typing import NamedTuple

from tracing.facts import Journey, Ride
from tracing.facts.vocabulary import Role
from tracing.rules import SeatRule
from tracing.terms import Scope


class Nearness(NamedTuple):
    """Whether somebody sat near the case, and whether the places of both were recorded."""

    near: bool
    recorded: bool = True


_UNKNOWN = Nearness(near=True, recorded=False)


def seat_rule(rules: tuple[SeatRule, ...], journey: Journey, case: Ride) -> SeatRule | None:
    """Return the first rule for this vehicle that fits where the case sat."""
    for rule in rules:
        fits_berth = not rule.berths or case.berth_class in rule.berths
        if fits_berth and (rule.hepa is None or rule.hepa == journey.hepa):
            return rule
    return None


def nearness(rule: SeatRule, journey: Journey, case: Ride, other: Ride) -> Nearness:
    """Return whether ``other`` was near ``case`` aboard a journey."""
    if rule.scope == Scope.EVERYBODY or other.role in rule.always:
        return Nearness(near=True)
    working, seated = (other, case) if other.role != Role.PASSENGER else (case, other)
    if working.role != Role.PASSENGER:
        return _served(rule, journey, working, seated)
    return _NEAR[rule.scope](rule, journey, case, other)


def _served(rule: SeatRule, journey: Journey, working: Ride, seated: Ride) -> Nearness:
    """Return whether somebody at work aboard looked after the area around the other."""
    if not working.serves:
        return _UNKNOWN
    around = _area_around(rule, journey, seated)
    if not around:
        return _UNKNOWN
    return Nearness(near=not around.isdisjoint(working.serves))


def _area_around(rule: SeatRule, journey: Journey, seated: Ride) -> set[str]:
    """Return the labels of where a case's contacts sit, as ``serves`` may name them."""
    if seated.role != Role.PASSENGER:
        return set(seated.serves)
    if rule.scope == Scope.ROWS:
        place = _position(journey, seated.row)
        return {row for row in _rows(journey, seated) if _within(place, _position(journey, row), rule.reach)}
    labels = (seated.carriage, seated.compartment, seated.cabin)
    return {label for label in labels if label is not None}


def _rows(journey: Journey, seated: Ride) -> tuple[str, ...]:
    if journey.row_order:
        return journey.row_order
    return tuple(map(str, range(1, 200))) if _position(journey, seated.row) is not None else ()


def _position(journey: Journey, row: str | None) -> int | None:
    """Return where a row is, counted from the front; without a row order, by its number."""
    if row is None:
        return None
    if journey.row_order:
        return journey.row_order.index(row) if row in journey.row_order else None
    return int(row) if row.isdecimal() else None


def _within(one: int | None, other: int | None, reach: int) -> bool:
    return one is not None and other is not None and abs(one - other) <= reach


def _by_rows(rule: SeatRule, journey: Journey, case: Ride, other: Ride) -> Nearness:
    one, two = _position(journey, case.row), _position(journey, other.row)
    return _UNKNOWN if one is None or two is None else Nearness(near=abs(one - two) <= rule.reach)


def _by_carriage(rule: SeatRule, journey: Journey, case: Ride, other: Ride) -> Nearness:
    return _same(case.carriage, other.carriage)


def _by_compartment(rule: SeatRule, journey: Journey, case: Ride, other: Ride) -> Nearness:
    return _both(_same(case.carriage, other.carriage), _same(case.compartment, other.compartment))


def _by_bays(rule: SeatRule, journey: Journey, case: Ride, other: Ride) -> Nearness:
    one, two = _number(case.bay), _number(other.bay)
    bays = _same(case.bay, other.bay)
    if one is not None and two is not None:
        bays = Nearness(near=abs(one - two) <= rule.reach)
    return _both(_same(case.carriage, other.carriage), bays)


def _by_cabin(rule: SeatRule, journey: Journey, case: Ride, other: Ride) -> Nearness:
    return _same(case.cabin, other.cabin)


def _same(one: str | None, other: str | None) -> Nearness:
    return _UNKNOWN if one is None or other is None else Nearness(near=one == other)


def _both(one: Nearness, other: Nearness) -> Nearness:
    """Return nearness in two respects: far in either is far."""
    if not (one.near and other.near):
        return Nearness(near=False)
    return Nearness(near=True, recorded=one.recorded and other.recorded)


def _number(label: str | None) -> int | None:
    return int(label) if label is not None and label.isdecimal() else None


_NEAR: dict[Scope, Callable[[SeatRule, Journey, Ride, Ride], Nearness]] = {
    Scope.ROWS: _by_rows,
    Scope.CARRIAGE: _by_carriage,
    Scope.COMPARTMENT: _by_compartment,
    Scope.BAYS: _by_bays,
    Scope.CABIN: _by_cabin,
}
