"""What a daily report promises: its figures add up, and those of a past cut-off never change."""

from datetime import timedelta

from hypothesis import strategies as st

from api.rulebooks import rulings
from tests.generative.asking import always, book_of
from tests.generative.histories import names_in, with_ids
from tests.generative.strategies import worlds
from tracing.assessment import assess
from tracing.facts import Order
from tracing.figures import SECTIONS, Figure, Section
from tracing.question import Question
from tracing.report import counted_in, report

WHOLE, COUNTY = "12", "120101"
ENDS = (Figure.STILL_OBSERVED, Figure.RELEASED, Figure.CONVERTED, Figure.OTHER_ENDS)
AREAS = [
    {"fact": "area", "code": code, "name": code, "level": "township"}
    for code in (COUNTY, "120101001", "120101002", "120101002001")
]


def reported(book, world, area):
    """The report of an area at the moment of a world, as known then."""
    ruled = rulings(world.calendar.protocol, world.calendar.edition)
    question = Question(book.known(world.moment), ruled, world.moment)
    return report(question, area, assess(question, counted_in(question, area)), book.known())


def county_of(world):
    """A world whose second home lies in a village, and whose areas are recorded."""
    homes = {"h2": {"area": "120101002001"}}
    return with_ids([*AREAS, *(fact | homes.get(fact.get("id"), {}) for fact in world.facts)])


def all_items():
    return [(section, item) for section, items in SECTIONS.items() for item in items]


@always(world=worlds())
def test_everybody_ever_observed_stands_in_one_end(world):
    found = reported(book_of(county_of(world)), world, WHOLE)

    for counts in (found.total, found.unassigned, *(counts for _, counts in found.areas)):
        ends = sum(counts[Section.OBSERVATION, end] for end in ENDS)
        assert counts[Section.OBSERVATION, Figure.CUMULATIVE] == ends
        assert counts[Section.OBSERVATION, Figure.NEW] <= ends
        assert counts[Section.OBSERVATION, Figure.ABNORMAL] <= ends


@always(world=worlds())
def test_everybody_ever_ordered_is_counted_once_in_the_whole(world):
    book = book_of(county_of(world))
    known = book.known()
    placed = {
        known.answers_for(order.person)
        for order in known.every(Order)
        if order.first_day <= world.moment.date()
    }

    found = reported(book, world, WHOLE)

    assert found.total[Section.OBSERVATION, Figure.CUMULATIVE] == len(placed)


@always(world=worlds())
def test_the_total_is_the_sum_of_its_parts(world):
    found = reported(book_of(county_of(world)), world, WHOLE)

    for item in all_items():
        parts = [found.unassigned, *(counts for _, counts in found.areas)]
        assert found.total[item] == sum(counts[item] for counts in parts)


@always(world=worlds())
def test_the_line_of_an_area_is_the_total_of_its_own_report(world):
    book = book_of(county_of(world))

    for around in (WHOLE, COUNTY):
        for area, counts in reported(book, world, around).areas:
            own = reported(book, world, area.code).total
            assert {item: own[item] for item in all_items()} == {item: counts[item] for item in all_items()}


@always(world=worlds(), data=st.data())
def test_what_is_recorded_after_a_cut_off_does_not_change_its_figures(world, data):
    facts = county_of(world)
    named = {name for fact in facts for name in names_in(fact)}
    leaves = st.sampled_from([fact["id"] for fact in facts if fact["id"] not in named])
    later, withdrawn = data.draw(st.sets(leaves)), data.draw(st.sets(leaves))
    hour_after = {"recorded_at": (world.moment + timedelta(hours=1)).isoformat(timespec="minutes")}
    early = [fact for fact in facts if fact["id"] not in later]
    voids = [{"fact": "void", "of": each} for each in sorted(withdrawn - later)]

    whole = [*early, *(fact | hour_after for fact in [*facts, *voids] if fact not in early)]

    before, after = (reported(book_of(each), world, COUNTY) for each in (early, whole))
    assert (before.total, before.areas) == (after.total, after.areas)
