"""Whom the rules refuse to answer for leaves every list whole but for themselves, and stands on its face."""

from functools import partial

import pytest

from api.rulebooks import rulings
from tests.contract.test_recording import DINNER, FAMILY, ILL
from tests.spec.builders import fact
from tracing.activation import activate, who_changes
from tracing.comparing import MORE, compared
from tracing.days import DEFAULT_ZONE, read_when
from tracing.faults import Refused
from tracing.in_force import InForce
from tracing.intake import handed_in
from tracing.register import Register
from tracing.reporting import reported
from tracing.restoring import restore
from tracing.terms import RuleNotInForce
from tracing.upkeep import work, work_from_the_book

HOME = fact("residence", id="lives", person="well", household="home")
TOO_EARLY = fact(
    "determination",
    id="early",
    person="well",
    category="close_contact",
    day="2020-02-10",
    last_day="2020-02-15",
)
OTHERS = [
    fact("household", id="far", area="120116001"),
    *(fact("person", id=each) for each in ("old case", "guest", "third")),
    *(fact("residence", person=each, household="far") for each in ("guest",)),
    fact("exposure", id="lunch", kind="meal", start="2020-02-08T12:00", participants=["ill", "third"]),
    fact("exposure", id="party", kind="meal", start="2019-12-30T12:00", participants=["old case", "guest"]),
]
BEFORE_THE_RULES = fact(
    "diagnosis", id="d0", person="old case", classification="confirmed", day="2019-12-31", onset="2019-12-30"
)
BAD = [*FAMILY, HOME, DINNER, ILL, TOO_EARLY, *OTHERS, BEFORE_THE_RULES]


@pytest.fixture
def refused(desk):
    """A register into which facts were restored that the rules refuse to answer for."""
    restore(desk.store, desk.rules, enumerate(BAD, 1), desk.clock)
    return desk


def in_area(desk, area):
    found = desk.register.of_area(desk.asked(), area)
    return {each.person for each in found.assessments}, {each.person: each.fact for each in found.unanswered}


def test_everybody_else_is_answered_and_the_fact_that_stands_against_somebody_is_named(refused):
    answered, unanswered = in_area(refused, "12")

    assert answered >= {"ill", "third"}
    assert unanswered == {"well": "early", "old case": "d0", "guest": "d0"}


def test_whoever_met_a_case_of_before_the_rules_is_not_answered_as_if_nobody_was_ill(refused):
    with pytest.raises(RuleNotInForce):
        refused.register.of_people(refused.asked(), ["guest"])


def test_only_who_may_be_looked_for_in_an_area_or_nowhere_is_missing_there(refused):
    assert in_area(refused, "120115")[1].keys() == {"well", "old case"}
    assert in_area(refused, "120116")[1].keys() == {"guest", "old case"}


def test_what_was_known_earlier_is_answered_for_all_others_too(refused):
    found = refused.register.of_area(refused.asked(known_at="2020-02-10T20:01"), "120115")

    assert {each.person for each in found.unanswered} == {"well", "old case"}
    assert "ill" in {each.person for each in found.assessments}


def test_everybody_at_once_is_answered_but_for_them(refused):
    found = refused.register.of_everybody(refused.asked())

    assert {each.person for each in found.unanswered} == {"well", "old case", "guest"}
    assert {each.person for each in found.assessments} == {"ill", "third"}


@pytest.mark.parametrize("by_the_book", [True, False])
def test_work_goes_on_with_all_others_and_leaves_them_marked(refused, by_the_book):
    done = (
        work_from_the_book(refused.register, refused.clock, more_than=0)
        if by_the_book
        else work(refused.store, refused.rules, refused.clock)
    )

    assert done
    assert done.people == 5
    assert done.failed.keys() == {"well", "old case", "guest"}
    assert refused.store.read(lambda records: records.stale()) == {"well", "old case", "guest"}
    assert in_area(refused, "12")[1].keys() == {"well", "old case", "guest"}
    assert refused.differences() == []


def test_other_rules_that_refuse_somebody_keep_nobody_else_from_an_answer(desk):
    desk.rules = InForce(rulings("nhc-covid19", "9"), "shorter", DEFAULT_ZONE)
    desk.register = Register(desk.store, desk.rules)
    desk.store.write(partial(activate, rules=desk.rules, texts=("a book",), at=desk.now))
    desk.record(*FAMILY, HOME, DINNER, ILL, TOO_EARLY | {"last_day": "2020-02-17"})
    before, desk.rules = desk.rules.rulings, InForce(rulings("nhc-covid19", None), "longer", DEFAULT_ZONE)
    desk.register = Register(desk.store, desk.rules)

    preview = who_changes(desk.register, before, desk.now)
    desk.store.write(partial(activate, rules=desk.rules, texts=("another book",), at=desk.now))
    desk.work()

    assert [(each.person, each.fact) for each in preview.unanswered] == [("well", "early")]
    assert "well" not in {each.person for each in preview.changes}
    assert in_area(desk, "1201") == ({"ill"}, {"well": "early"})
    assert desk.differences() == []


@pytest.mark.parametrize("year", [2020, 2021])
def test_a_void_of_the_fact_brings_the_answer_back(desk, year):
    desk.now = desk.now.replace(year=year)
    facts = [
        {
            name: str(value).replace("2020", str(year))
            if name in ("day", "onset", "last_day", "start", "end")
            else value
            for name, value in each.items()
        }
        for each in (*FAMILY, HOME, DINNER, ILL, TOO_EARLY)
    ]
    restore(desk.store, desk.rules, enumerate(facts, 1), desk.clock)
    desk.work()

    done = desk.record(fact("void", of="early"))

    assert done.unanswered == ()
    assert [each.person for each in done.changes] == ["well"]
    assert desk.category("well") == "close_contact"
    assert in_area(desk, "1201")[1] == {}
    desk.work()
    assert desk.differences() == []


def test_a_void_of_a_diagnosis_from_before_the_rules_answers_for_whom_they_met_too(refused):
    refused.work()

    refused.record(fact("void", of="d0"))
    refused.now += read_when("2020-02-10T20:10", DEFAULT_ZONE).last - refused.now
    refused.work()

    assert in_area(refused, "12")[1].keys() == {"well"}
    assert refused.category("guest") == "none"
    assert refused.differences() == []


def test_what_happens_to_them_and_beside_them_is_recorded_all_the_same(refused):
    refused.work()
    check = fact("check", person="well", day="2020-02-10", slot="am")
    tea = fact(
        "exposure", id="tea", kind="meal", start="2020-02-09T12:00", participants=["well", "third", "ill"]
    )

    seen, met = refused.record(check), refused.record(tea)

    assert [each.person for each in seen.unanswered] == ["well"]
    assert [(each.person, each.fact) for each in met.unanswered] == [("well", "early")]
    assert "third" in {each.person for each in met.changes}
    assert refused.differences() == []


def test_whoever_meets_them_now_has_no_answer_either_and_is_missing_by_name(refused):
    refused.work()
    new = fact(
        "exposure", id="tea", kind="meal", start="2019-12-31T08:00", participants=["old case", "third"]
    )

    done = refused.record(new)

    assert {each.person for each in done.unanswered} == {"old case", "third"}
    assert "third" not in {each.person for each in done.changes}
    assert in_area(refused, "12")[1]["third"] == "d0"
    assert refused.differences() == []


@pytest.mark.parametrize(
    "more",
    [
        TOO_EARLY | {"id": "again", "day": "2020-02-11"},
        TOO_EARLY | {"id": "other", "person": "third", "last_day": "2020-02-14"},
        BEFORE_THE_RULES | {"id": "d9", "person": "third"},
    ],
)
def test_what_the_rules_refuse_is_still_refused_when_it_is_recorded(refused, more):
    refused.work()
    refused.now = read_when("2020-02-11T20:00", DEFAULT_ZONE).last
    before = refused.fact_ids()

    with pytest.raises((Refused, RuleNotInForce)):
        refused.record(more)

    assert refused.fact_ids() == before


def test_figures_count_all_others_and_name_who_is_missing(refused):
    asked = refused.asked()

    _, whole = reported(refused.register.book(), asked, "12")
    _, there = reported(refused.register.book(), asked, "120115")

    assert {each.person for each in whole.unanswered} == {"well", "old case", "guest"}
    # Nobody knows where the old case lives, and no wider area is recorded.
    assert [each.person for each in there.unanswered] == ["old case", "well"]


def test_a_comparison_names_of_whom_it_cannot_say_what_changes(refused):
    book = refused.register.book()
    more = [fact("exposure", id="tea", kind="meal", start="2020-02-09T12:00", participants=["ill", "third"])]

    found = compared(book, book.with_more(handed_in(enumerate(more, 1), book.zone, MORE)), refused.asked())

    assert [each.person for each in found.changes] == ["third"]
    assert {each.person for each in found.unanswered} == {"well", "old case", "guest"}


def test_a_comparison_with_what_would_not_be_recorded_is_refused(refused):
    book = refused.register.book()
    more = [TOO_EARLY | {"id": "other", "person": "third", "last_day": "2020-02-14"}]

    with pytest.raises(Refused, match=r"^line 1 of MORE: last_day: found 2020-02-14"):
        compared(book, book.with_more(handed_in(enumerate(more, 1), book.zone, MORE)), refused.asked())


def test_with_nobody_unanswered_nobody_is_missing(desk):
    desk.record(*FAMILY, HOME, DINNER, ILL)

    assert in_area(desk, "1201") == ({"ill", "well"}, {})
