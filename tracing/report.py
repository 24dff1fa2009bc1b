"""The daily figures of an area: of each area directly below and in total, as known at the cut-off.

Everybody is counted once, in the area where they live, as what the answer about them says they
are. A total is the sum of its parts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracing.areas import NoSuchArea, includes, significant
from tracing.assessment import Assessment
from tracing.facts import Area, Place, Tally
from tracing.figures import Counts, Section, counts_of
from tracing.known import Known
from tracing.question import Question
from tracing.responsibility import home, is_known_area
from tracing.unanswered import Unanswered
from tracing.units import Returns, Unit


@dataclass(frozen=True, slots=True)
class Report:
    """The counts of an area and what they are the sum of.

    ``areas``: those recorded directly below, with their counts. ``unassigned``: the counts of
    whoever lives in none of these. ``units``: the same areas as reporting units; ``places``: the
    places in the area that report. ``unanswered``: those living there who stand in no count, because the
    rules refuse to answer for them.
    """

    area: str
    total: Counts
    areas: tuple[tuple[Area, Counts], ...]
    unassigned: Counts
    units: tuple[Unit, ...]
    places: tuple[Unit, ...]
    unanswered: tuple[Unanswered, ...] = ()


def counted_in(question: Question, area: str) -> list[str]:
    """Return the people who are counted in an area.

    Those who live in it; in an area that lies in no other recorded one also those of whom nobody
    knows where they live, so that they are not counted nowhere.

    Raises:
        NoSuchArea: if nothing recorded lies in the area.
    """
    if not is_known_area(question.known, area):
        raise NoSuchArea(area)
    is_widest = not any(_lies_below(each.code, area) for each in question.known.areas())
    homes = ((person, home(question, person)) for person in question.known.people)
    return [person for person, at in homes if at.lies_in(area) or (at.area is None and is_widest)]


def report(question: Question, area: str, assessments: Iterable[Assessment], heard: Known) -> Report:
    """Return the figures of an area at a cut-off.

    Args:
        question: What was known at the cut-off, the rules, and the cut-off itself.
        area: The code of the area.
        assessments: Those of the people counted in it.
        heard: What is known by the time to which late figures of units are waited for.
    """
    below = _directly_below(question.known, area)
    codes = {significant(each.code): each.code for each in below}
    counts: dict[str | None, Counts] = defaultdict(Counter)
    for assessment in assessments:
        at = home(question, assessment.person).area
        counts[_part(codes, at)] += counts_of(question, assessment, at)
    for code, counted in _tallies(question):
        if includes(area, code):
            counts[_part(codes, code)] += counted
    returns = Returns(question, heard)
    return Report(
        area,
        sum(counts.values(), Counter()),
        tuple((each, counts[each.code]) for each in below),
        counts[None],
        tuple(returns.of_areas(below)),
        tuple(returns.of_places(area)),
    )


def _directly_below(known: Known, area: str) -> list[Area]:
    """Return the recorded areas in an area that lie in no other of them."""
    inside = [each for each in known.areas() if _lies_below(area, each.code)]
    found: list[Area] = []
    for each in sorted(inside, key=lambda each: significant(each.code)):
        if not found or not includes(found[-1].code, each.code):
            found.append(each)
    return found


def _lies_below(area: str, other: str) -> bool:
    return includes(area, other) and significant(area) != significant(other)


def _part(codes: Mapping[str, str], code: str | None) -> str | None:
    """Return which of the areas below, by what their codes begin with, a code lies in."""
    begins = (code[:digits] for digits in range(1, len(code) + 1)) if code else ()
    return next((codes[begin] for begin in begins if begin in codes), None)


def _tallies(question: Question) -> Iterator[tuple[str, Counts]]:
    """Yield what was counted at checkpoints and in screening up to the cut-off, and where."""
    for tally in question.known.every(Tally):
        place = question.known.thing(Place, tally.place) if tally.place else None
        code = place.area if place else tally.area
        if code and question.happened(tally.day):
            counted: Counts = Counter({(Section.TALLIES_TO_DATE, tally.kind): tally.count})
            if tally.day == question.today:
                counted[Section.TALLIES, tally.kind] = tally.count
            yield code, counted
