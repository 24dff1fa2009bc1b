"""Where somebody is to be seen on a day, and so which area is responsible for them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from tracing.areas import includes
from tracing.control import Placement
from tracing.episodes import Episode
from tracing.facts import Area, Arrival, Household, Moved, Place, Residence, UnitReport
from tracing.facts.vocabulary import PlaceOfObservation
from tracing.known import Known
from tracing.question import Question
from tracing.release import Kept


class Whereabouts(NamedTuple):
    """Where somebody is to be seen: in a household, at a site, or somewhere in an area.

    ``area`` is None where nobody knows.
    """

    area: str | None = None
    household: str | None = None
    site: str | None = None

    def lies_in(self, area: str) -> bool:
        """Return whether this is in an area, or in one that lies in it."""
        return self.area is not None and includes(area, self.area)


def whereabouts(question: Question, kept: Kept) -> Whereabouts:
    """Return where somebody is to be seen on the day judged.

    Where an order puts them, still so on the day of its release: a facility counts as its site's
    area. Else, and where the site is not recorded, the area of their home.
    """
    at_home = home(question, kept.person)
    placed = placement(question, kept.episode)
    if placed is None or placed.place_kind == PlaceOfObservation.HOME:
        return at_home
    site = question.known.thing(Place, placed.site) if placed.site else None
    return Whereabouts(site.area, None, site.fact_id) if site else Whereabouts(at_home.area)


def placement(question: Question, episode: Episode) -> Placement | None:
    """Return where the order puts somebody that runs, or was ended on the day judged."""
    ended_today = episode.release is not None and episode.release.day == question.today
    return episode.placements[-1] if episode.placements and (episode.is_open or ended_today) else None


def home(question: Question, person: str) -> Whereabouts:
    """Return where somebody lives: in the residence begun last, or where they moved to since.

    Of residences, those that have not ended come first. Without any it is the area of the last
    arrival. Who moved out of the recorded areas is still known where they lived.
    """
    residence = _residence(question, person)
    moves = [each for each in question.known.of(Moved, person) if _moved_inside(question, each)]
    moved = max(moves, key=lambda each: (each.day, each.fact_id), default=None)
    if moved and (residence is None or _begun(residence) < moved.day):
        return Whereabouts(moved.to_area)
    household = question.known.thing(Household, residence.household) if residence else None
    if household:
        return Whereabouts(household.area, household.fact_id)
    return Whereabouts(_area_of_arrival(question, person))


def _moved_inside(question: Question, moved: Moved) -> bool:
    return question.happened(moved.day) and question.known.is_recorded_area(moved.to_area)


def _residence(question: Question, person: str) -> Residence | None:
    begun = [each for each in question.known.of(Residence, person) if question.happened(_begun(each))]
    lasting = [each for each in begun if each.last_day is None or each.last_day >= question.today]
    return max(lasting or begun, key=lambda each: (_begun(each), each.household), default=None)


def _begun(residence: Residence) -> date:
    return residence.first_day or date.min


def _area_of_arrival(question: Question, person: str) -> str | None:
    arrivals = [each for each in question.known.of(Arrival, person) if question.happened(each.day)]
    latest = max(arrivals, key=lambda each: (each.day, each.fact_id), default=None)
    return latest.area if latest else None


def is_known_area(known: Known, area: str) -> bool:
    """Return whether a recorded area, household, place, arrival, move or unit lies in an area."""
    return bool(area) and any(includes(area, code) for code in _codes(known))


def _codes(known: Known) -> Iterator[str]:
    for fact in known.facts:
        code = getattr(fact, AREA_OF[type(fact)]) if type(fact) in AREA_OF else None
        if code:
            yield code


AREA_OF: dict[type[Any], str] = {
    Area: "code",
    Household: "area",
    Place: "area",
    Arrival: "area",
    Moved: "to_area",
    UnitReport: "area",
}
"""The field of a fact by which an area counts as known."""
