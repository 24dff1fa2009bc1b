"""What one person counts as in the daily figures of the place where they live."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from tracing.areas import includes
from tracing.assessment import Assessment
from tracing.control import release_of
from tracing.facts import Arrival, Order, Release, Stay
from tracing.facts.vocabulary import Category, ReleaseReason, TallyKind
from tracing.question import Question
from tracing.release import State
from tracing.returnees import came_back
from tracing.traits import cleared_until, signs


class Section(StrEnum):
    """The parts of a report; ``tallies`` are of the day of the cut-off alone."""

    OBSERVATION = "observation"
    FOUR_CATEGORIES = "four_categories"
    RETURNEES = "returnees"
    TALLIES = "tallies"
    TALLIES_TO_DATE = "tallies_to_date"


class Figure(StrEnum):
    """How many people: ever observed, begun on the day, ever abnormal; and the four ends, which add up."""

    CUMULATIVE = "cumulative"
    NEW = "new"
    RELEASED = "released"
    STILL_OBSERVED = "still_observed"
    ABNORMAL = "abnormal"
    CONVERTED = "converted"
    OTHER_ENDS = "other_ends"


class FourCategory(StrEnum):
    """The four categories (四类人员) of February 2020; everybody stands in the first that fits."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    FEVER_NOT_EXCLUDED = "fever_not_excluded"
    CLOSE_CONTACT = "close_contact"


class Origin(StrEnum):
    """Where somebody came back from."""

    AFFECTED_AREA = "affected_area"
    ELSEWHERE = "elsewhere"


SECTIONS: dict[Section, type[StrEnum]] = {
    Section.OBSERVATION: Figure,
    Section.FOUR_CATEGORIES: FourCategory,
    Section.RETURNEES: Origin,
    Section.TALLIES: TallyKind,
    Section.TALLIES_TO_DATE: TallyKind,
}
Counts = Counter[tuple[Section, StrEnum]]

_COUNTY = 6
"""How many digits of a code name the county (GB/T 2260)."""

_ENDED_BY: dict[ReleaseReason, Figure] = {
    ReleaseReason.CONVERTED: Figure.CONVERTED,
    ReleaseReason.DIED: Figure.OTHER_ENDS,
    ReleaseReason.MOVED: Figure.OTHER_ENDS,
}
_CASES: dict[Category, FourCategory | None] = {
    Category.CONFIRMED_CASE: FourCategory.CONFIRMED,
    Category.SUSPECTED_CASE: FourCategory.SUSPECTED,
    Category.ASYMPTOMATIC_CASE: None,
}


def counts_of(question: Question, assessment: Assessment, home: str | None) -> Counts:
    """Return all that a person counts as, once each; ``home`` is the area where they live."""
    found: Counts = Counter((Section.OBSERVATION, each) for each in _observed(question, assessment))
    category = _four_category(question, assessment)
    origin = _origin(question, assessment.person, home)
    if category:
        found[Section.FOUR_CATEGORIES, category] = 1
    if origin:
        found[Section.RETURNEES, origin] = 1
    return found


def _observed(question: Question, assessment: Assessment) -> Iterator[Figure]:
    """Yield the figures of somebody who was ever placed; whoever never was is in none."""
    person, known, today = assessment.person, question.known, question.today
    orders = [order for order in known.of(Order, person) if question.happened(order.first_day)]
    if not orders:
        return
    releases = [release_of(known, order, today) for order in orders]
    yield Figure.CUMULATIVE
    yield _end(assessment.standing.state, releases)
    if any(order.first_day == today for order in orders):
        yield Figure.NEW
    stretches = [
        (order.first_day, release.day if release else today)
        for order, release in zip(orders, releases, strict=True)
    ]
    if any(first <= day <= last for day in _abnormal_on(question, person) for first, last in stretches):
        yield Figure.ABNORMAL


def _end(state: State, releases: list[Release | None]) -> Figure:
    """Return how an observation ended, or that it goes on; the last release says why it ended."""
    if state == State.ENDED_BY_CONVERSION:
        return Figure.CONVERTED
    ended = [release for release in releases if release]
    if len(ended) < len(releases):
        return Figure.OTHER_ENDS if state == State.ENDED else Figure.STILL_OBSERVED
    last = max(ended, key=lambda release: (release.day, release.fact_id))
    return _ENDED_BY.get(last.reason, Figure.RELEASED)


def _abnormal_on(question: Question, person: str, *, fever: bool = False) -> Iterator[date]:
    """Yield the days on which somebody had a sign, or ``fever``, by the edition now in force."""
    editions = question.rulings.editions_until(question.today)
    for ill in signs(question, person, editions[-1].check if editions else None):
        if ill.fever or not fever:
            yield ill.day


def _four_category(question: Question, assessment: Assessment) -> FourCategory | None:
    if assessment.category in _CASES:
        return _CASES[assessment.category]
    cleared = cleared_until(question, assessment.person)
    if any(day > cleared for day in _abnormal_on(question, assessment.person, fever=True)):
        return FourCategory.FEVER_NOT_EXCLUDED
    return FourCategory.CLOSE_CONTACT if Category.CLOSE_CONTACT in assessment.categories else None


def _origin(question: Question, person: str, home: str | None) -> Origin | None:
    """Return where somebody came back from; elsewhere is any other county than the one they live in."""
    editions = question.rulings.editions_until(question.today)
    rules = [edition.returnee for edition in editions if edition.returnee]
    if rules and came_back(question, person, rules[-1]):
        return Origin.AFFECTED_AREA
    left = _left(question, person, county=home[:_COUNTY] if home else None)
    return Origin.ELSEWHERE if any(left) else None


def _left(question: Question, person: str, county: str | None) -> Iterator[bool]:
    """Yield of each stay that is over, and of each arrival home, whether it was in, or from, elsewhere."""
    for stay in question.known.of(Stay, person):
        if stay.last_day and question.happened(stay.last_day):
            yield not _lies_in(county, stay.area)
    for arrival in question.known.of(Arrival, person):
        if question.happened(arrival.day) and _lies_in(county, arrival.area):
            yield not _lies_in(county, arrival.from_area)


def _lies_in(county: str | None, area: str | None) -> bool:
    return county is not None and area is not None and includes(county, area)
