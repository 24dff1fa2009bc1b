"""Somebody found positive in a facility: whom it makes a contact on the same and nearby floors."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from tracing.control import placements, release_of
from tracing.days import whole
from tracing.facts import Order
from tracing.findings import Finding, Occasion, counted
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.windows import Status


class Lodging(NamedTuple):
    """A stay at a site on a floor; both days included."""

    site: str
    floor: int
    first_day: date
    last_day: date
    fact_id: str


class Facilities:
    """Who was on which floor of which site, and when a case was found there."""

    def __init__(self, question: Question, statuses: Mapping[str, Status]) -> None:
        self.question = question
        self.statuses = statuses
        self.lodgings = cache(self._lodgings)
        self.is_asked = any(each.facility for each in question.rulings.editions_until(question.today))

    def findings(self, person: str) -> Iterator[Finding]:
        """Yield every case found near somebody, from the day it was found."""
        for own in self.lodgings(person) if self.is_asked else ():
            for other in self.statuses:
                for theirs in self.lodgings(other) if other != person else ():
                    finding = self._finding(own, theirs, other) if own.site == theirs.site else None
                    if finding:
                        yield finding

    def _finding(self, own: Lodging, theirs: Lodging, other: str) -> Finding | None:
        source = self.statuses[other]
        rule = source.edition.facility
        found_on = source.decided_on
        were_there = all(each.first_day <= found_on <= each.last_day for each in (own, theirs))
        if rule is None or not source.is_case or not were_there:
            return None
        if abs(own.floor - theirs.floor) > rule.floors:
            return None
        day = whole(found_on, self.question.known.zone)
        facts = (own.fact_id, theirs.fact_id)
        values = {"day": found_on, "source": source.person, "source_category": source.category}
        ref = self.question.rulings.ref(source.edition, rule.basis)
        reason = Reason(Says.FOUND_IN_FACILITY, values, facts, ref, (source.reason,))
        return counted(Occasion(own.site, day, facts, source.person), rule.makes, [day], reason)

    def _lodgings(self, person: str) -> list[Lodging]:
        found: list[Lodging] = []
        for order in self.question.known.of(Order, person):
            if self.question.happened(order.first_day):
                found.extend(self._of_order(order))
        return found

    def _of_order(self, order: Order) -> Iterator[Lodging]:
        """Yield where an order lodged somebody; the day of a transfer belongs to both floors."""
        released = release_of(self.question.known, order, self.question.today)
        end = released.day if released else date.max
        placed = placements(self.question.known, order, self.question.today)
        for number, each in enumerate(placed):
            last = placed[number + 1].day if number + 1 < len(placed) else end
            if each.site is not None and each.floor is not None:
                yield Lodging(each.site, each.floor, each.day, last, each.fact_id)
