"""Which reporting units have handed in their figure of a day: all are due, zero is a figure too."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tracing.areas import includes, significant
from tracing.facts import Area, Place, UnitReport
from tracing.known import Known
from tracing.question import Question


class UnitStatus(StrEnum):
    REPORTED = "reported"
    ZERO = "zero"
    LATE = "late"
    MISSING = "missing"


class Unit(NamedTuple):
    """An area, or a ``place`` in it, that owes a figure, and the figure it handed in, if any."""

    area: str
    place: str | None
    status: UnitStatus
    figure: int | None = None


class Returns:
    """What units handed in for the day of the cut-off, as heard of by some later moment.

    A figure is late if it was handed in after the cut-off; where nobody noted when, if it was
    recorded after it. Of several figures in time the one handed in last holds.
    """

    def __init__(self, question: Question, heard: Known) -> None:
        self.question = question
        self.heard = heard
        self.reports = heard.every(UnitReport)
        self.recorded_in_time = frozenset(question.known.every(UnitReport))

    def of_areas(self, areas: Iterable[Area]) -> Iterator[Unit]:
        """Yield the unit of each area."""
        for area in areas:
            code = significant(area.code)
            own = [each for each in self.reports if not each.place and significant(each.area or "") == code]
            yield self._unit(area.code, None, own)

    def of_places(self, area: str) -> Iterator[Unit]:
        """Yield the unit of each place in an area that ever reported, by id."""
        by_place: dict[str, list[UnitReport]] = {}
        for each in self.reports:
            if each.place and self.question.happened(each.day):
                by_place.setdefault(each.place, []).append(each)
        for place_id in sorted(by_place):
            place = self.heard.thing(Place, place_id)
            if place and includes(area, place.area):
                yield self._unit(place.area, place_id, by_place[place_id])

    def _unit(self, area: str, place: str | None, own: Sequence[UnitReport]) -> Unit:
        today = [each for each in own if each.day == self.question.today]
        in_time = [each for each in today if not self._is_late(each)]
        holds = max(in_time or today, key=_handed_in, default=None)
        if holds is None:
            return Unit(area, place, UnitStatus.MISSING)
        if not in_time:
            return Unit(area, place, UnitStatus.LATE, holds.count)
        return Unit(area, place, UnitStatus.REPORTED if holds.count else UnitStatus.ZERO, holds.count)

    def _is_late(self, report: UnitReport) -> bool:
        if report.handed_in:
            return report.handed_in.first > self.question.as_of
        return report not in self.recorded_in_time


def _handed_in(report: UnitReport) -> tuple[Sequence[datetime], str]:
    """Return what sorts figures by when they were handed in; those of which nobody noted it first."""
    return report.handed_in[:1] if report.handed_in else (), report.fact_id
