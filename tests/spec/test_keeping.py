"""What of an answer is kept, how it is written, and until when it holds."""

from datetime import timedelta

import pytest

from tests.spec.builders import assessed, diagnosis, exposure, isolation, question, residence, said, when
from tracing.assessment import assess
from tracing.days import MOMENT
from tracing.facts import Exposure, Isolation, Residence
from tracing.keeping import answer_from, apart, changes_to_come, holds_at, is_kept, row_of
from tracing.packing import has_blank

MEAL = exposure(id="meal", start="2020-03-10T18:00", end="2020-03-10T20:00")
ILL = diagnosis(onset="2020-03-12")
AS_OF = "2020-03-20T08:00:00.5"
HOME = [residence(), residence(person="contact")]


def kept_of(asked, person="contact"):
    (found,) = assess(asked, [person])
    return found, row_of(asked, found, "rules", None)


def test_what_is_kept_gives_the_same_answer_back():
    asked = question(MEAL, ILL, isolation(start="2020-03-12T15:00"), as_of=AS_OF)

    found, row = kept_of(asked)

    assert answer_from(asked, row.text) == found


def test_what_goes_on_is_kept_with_a_blank_and_read_at_any_moment_of_the_day():
    asked = question(*HOME, ILL, as_of=AS_OF)
    later = asked._replace(as_of=asked.as_of + timedelta(hours=5))

    _, row = kept_of(asked)

    assert has_blank(row.text)
    assert said(row.valid_until) == "2020-03-21T00:00"
    assert answer_from(later, row.text) == kept_of(later)[0]


def test_what_is_over_is_kept_without_a_blank_and_without_an_end():
    _, row = kept_of(question(MEAL, ILL, as_of=AS_OF))

    assert (has_blank(row.text), row.valid_until) == (False, None)


def test_equal_answers_have_equal_texts():
    one, other = (question(MEAL, ILL, as_of=AS_OF) for _ in range(2))

    assert kept_of(one)[1].text == kept_of(other)[1].text


def test_nobody_and_general_contacts_are_not_kept():
    assert not is_kept(assessed(MEAL))
    assert not is_kept(assessed(MEAL | {"kind": "brief"}, ILL))
    assert is_kept(assessed(MEAL, ILL))


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2020-03-20T07:59", False),
        ("2020-03-20T08:01", True),
        ("2020-03-20T23:59", True),
        ("2020-03-21", False),
    ],
)
def test_an_answer_holds_from_its_moment_to_before_its_end(moment, holds):
    _, row = kept_of(question(*HOME, ILL, as_of=AS_OF))

    assert holds_at(row, when(moment).last) == holds


def test_a_later_day_changes_answers_the_day_before_and_on_it():
    fact = Residence("r", "p", "h", last_day=when("2020-03-25").first_day)

    found = changes_to_come(when(AS_OF).first, [fact])

    assert [said(each) for each in found] == ["2020-03-24T00:00", "2020-03-25T00:00"]


def test_an_exposure_changes_answers_where_it_begins_and_ends():
    fact = Exposure("e", when("2020-03-21T12:00"), when("2020-03-21T13:00"), ("p", "q"))

    found = changes_to_come(when(AS_OF).first, [fact])

    ends = when("2020-03-21T13:00").first
    assert found == [
        when("2020-03-21T12:00").first,
        when("2020-03-21T12:00").first + MOMENT,
        ends,
        ends + MOMENT,
    ]


def test_what_lies_behind_changes_nothing():
    fact = Isolation("i", "p", when("2020-03-12"))

    assert changes_to_come(when(AS_OF).first, [fact]) == []


def test_the_moment_judged_is_one_that_stands_in_no_fact():
    moment = when("2020-03-20T08:00").first
    fact = Exposure("e", when("2020-03-20T08:00"), None, ("p", "q"))

    assert apart(moment, [fact]) == moment + 2 * MOMENT
