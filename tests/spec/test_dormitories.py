"""Who lives in a home: of more than twelve, nobody exposes the others by living there."""

import pytest

from tests.spec.builders import assessed, day, diagnosis, fact, isolation, known, residence
from tracing.together import residents_between

BOTH = [residence(person="case"), residence(person="contact")]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2020-03-08", "2020-03-09", {"case"}),
        ("2020-03-08", "2020-03-10", {"case", "contact"}),
        ("2020-03-14", "2020-03-15", {"case", "contact"}),
        ("2020-03-15", "2020-03-16", {"case"}),
    ],
)
def test_who_lived_there_on_any_day_between(since, until, found):
    there = known(
        residence(person="case"), residence(person="contact", first_day="2020-03-10", last_day="2020-03-14")
    )

    assert residents_between(there, "home", day(since), day(until)) == found


@pytest.mark.parametrize(("residents", "required"), [(11, True), (12, True), (13, False)])
def test_more_than_twelve_are_a_dormitory_and_expose_nobody_by_themselves(residents, required):
    others = [residence(person=f"resident {number}") for number in range(3, residents + 1)]
    ill = [diagnosis(onset="2020-03-10"), isolation(start="2020-03-12")]

    found = assessed(*ill, *BOTH, *others, edition="6", as_of="2020-03-14")

    assert found.observation.required is required


def test_two_records_of_one_human_being_are_one_resident():
    there = known(*BOTH, fact("merge", person="contact", into="case"))

    assert residents_between(there, "home", day("2020-03-10"), day("2020-03-10")) == {"case"}
