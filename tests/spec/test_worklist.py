"""Whom an officer sees on a day, and why: one list after the other."""

import pytest

from tests.spec.builders import (
    diagnosis,
    exposure,
    fact,
    isolation,
    order,
    release,
    symptoms,
)
from tests.spec.observing import (
    COUNTY,
    MET,
    OBSERVED,
    ONE,
    TWO,
    VILLAGE,
    check,
    checked,
    on,
    sample,
    worklist_on,
)
from tracing.facts.vocabulary import Slot
from tracing.worklist import Task


def test_with_a_slot_the_other_lists_stay_whole():
    found = worklist_on("2020-03-15", *OBSERVED, check("2020-03-15", "am"), slot=Slot.AM)

    assert on(found, Task.CHECKS) == []
    assert on(found, Task.OVERDUE) == ["contact"]


# ---- abnormal


@pytest.mark.parametrize(("temperature", "abnormal"), [(37.2, False), (37.3, True), (37.4, True)])
def test_fever_is_abnormal(temperature, abnormal):
    found = worklist_on("2020-03-15", *OBSERVED, check("2020-03-14", temperature_c=temperature))

    assert on(found, Task.ABNORMAL) == ["contact"] * abnormal


@pytest.mark.parametrize(
    ("answer", "abnormal"),
    [
        (sample("2020-03-13"), True),
        (sample("2020-03-14"), False),
        (sample("2020-03-14", "pending"), True),
        (diagnosis(person="contact", day="2020-03-15", classification="ruled_out"), False),
    ],
    ids=["negative before", "negative that day", "pending", "ruled out"],
)
def test_a_sign_is_abnormal_until_it_is_resolved(answer, abnormal):
    cough = symptoms(person="contact", day="2020-03-14", signs=["cough"])

    assert on(worklist_on("2020-03-16", *OBSERVED, cough, answer), Task.ABNORMAL) == ["contact"] * abnormal


def test_a_positive_test_is_abnormal():
    assert on(worklist_on("2020-03-15", *OBSERVED, sample("2020-03-14", "positive")), Task.ABNORMAL) == [
        "contact"
    ]


def test_a_positive_test_after_a_release_alarms_too():
    gone = [*OBSERVED, *checked("2020-03-12", "2020-03-24"), release(day="2020-03-25")]

    assert on(worklist_on("2020-03-27", *gone, sample("2020-03-26", "positive")), Task.ABNORMAL) == [
        "contact"
    ]
    assert worklist_on("2020-03-27", *gone, sample("2020-03-26")).of_area == ()


def test_fever_of_somebody_still_to_be_placed_is_abnormal():
    fever = symptoms(person="contact", day="2020-03-14")

    assert on(worklist_on("2020-03-15", *MET, fever), Task.ABNORMAL) == ["contact"]


# ---- to be placed


@pytest.mark.parametrize(
    ("day", "task"),
    [
        ("2020-03-23", Task.TO_BE_PLACED),
        ("2020-03-24", Task.TO_BE_PLACED),
        ("2020-03-25", Task.BLOCKED),
    ],
)
def test_without_an_order_somebody_is_to_be_placed_until_the_period_is_over(day, task):
    other = Task.BLOCKED if task == Task.TO_BE_PLACED else Task.TO_BE_PLACED

    found = worklist_on(day, *MET)

    assert (on(found, task), on(found, other)) == (["contact"], [])


def test_the_reopened_come_first():
    late = exposure(
        id="late", start="2020-03-11T12:00", end="2020-03-11T13:00", participants=["case", "z", "a"]
    )
    facts = [*MET, late]
    facts += [order(id="of z", person="z", first_day="2020-03-12"), release(order="of z", day="2020-03-20")]
    facts += [fact("residence", person=person, household="home") for person in ("a", "z")]

    found = worklist_on("2020-03-21", *facts)

    assert on(found, Task.TO_BE_PLACED) == ["z", "a", "contact"]
    assert found.on(Task.TO_BE_PLACED)[0].assessment.standing.reopened


# ---- due for release


@pytest.mark.parametrize(("day", "due"), [("2020-03-24", False), ("2020-03-25", True), ("2020-03-26", True)])
def test_somebody_may_be_released_from_the_day_after_the_last(day, due):
    found = worklist_on(day, *OBSERVED, *checked("2020-03-12", "2020-03-24"))

    assert on(found, Task.DUE_FOR_RELEASE) == ["contact"] * due


def test_what_blocks_a_release_is_shown():
    (duties,) = worklist_on("2020-03-25", *OBSERVED).on(Task.BLOCKED)

    assert [each.code for each in duties.assessment.standing.blockers] == ["health_check_missing"]


def test_an_order_that_nothing_requires_is_due_for_release():
    ruled_out = diagnosis(day="2020-03-14", classification="ruled_out")

    assert on(worklist_on("2020-03-14", *OBSERVED, ruled_out), Task.DUE_FOR_RELEASE) == ["contact"]


# ---- notices


def notice(last_day, day="2020-03-12", kind="placing"):
    return fact("notice", order="order", day=day, last_day=last_day, kind=kind)


@pytest.mark.parametrize(
    ("told", "outdated"), [("2020-03-23", True), ("2020-03-24", False), ("2020-03-25", True)]
)
def test_a_notice_is_outdated_when_the_last_day_is_another(told, outdated):
    found = worklist_on("2020-03-15", *OBSERVED, notice(told))

    assert on(found, Task.NOTICE_OUTDATED) == ["contact"] * outdated


def test_the_last_notice_counts():
    both = [notice("2020-03-23"), notice("2020-03-24", "2020-03-14", "extension")]

    assert on(worklist_on("2020-03-13", *OBSERVED, *both), Task.NOTICE_OUTDATED) == ["contact"]
    assert on(worklist_on("2020-03-14", *OBSERVED, *both), Task.NOTICE_OUTDATED) == []


def test_who_was_told_nothing_has_no_outdated_notice():
    assert on(worklist_on("2020-03-15", *OBSERVED), Task.NOTICE_OUTDATED) == []


def test_a_notice_is_outdated_when_nothing_is_required_any_longer():
    ruled_out = diagnosis(day="2020-03-14", classification="ruled_out")

    found = worklist_on("2020-03-14", *OBSERVED, notice("2020-03-24"), ruled_out)

    assert on(found, Task.NOTICE_OUTDATED) == ["contact"]


# ---- of which area


@pytest.mark.parametrize(
    ("area", "listed"),
    [(COUNTY, True), (ONE, True), (VILLAGE, True), (TWO, False), ("430000", True), ("43", True)],
)
def test_an_area_includes_every_area_whose_code_begins_with_its_own(area, listed):
    assert on(worklist_on("2020-03-15", *OBSERVED, area=area), Task.CHECKS) == ["contact"] * listed


def test_who_is_nowhere_stands_unassigned_in_every_areas_list():
    nowhere = [each for each in OBSERVED if each["fact"] != "residence"]

    for area in (COUNTY, TWO):
        found = worklist_on("2020-03-15", *nowhere, area=area)
        assert [each.person for each in found.unassigned] == ["contact"]
        assert found.of_area == ()


def test_who_is_nowhere_stays_unassigned_when_everything_is_done():
    nowhere = [each for each in OBSERVED if each["fact"] != "residence"]

    found = worklist_on("2020-03-15", *nowhere, *checked("2020-03-12", "2020-03-15"))

    assert [each.person for each in found.unassigned] == ["contact"]


def test_whom_nobody_has_to_see_to_stands_on_no_list():
    found = worklist_on(
        "2020-03-15", *MET, isolation(person="contact", start="2020-03-01"), diagnosis(person="contact")
    )

    assert found.of_area == found.unassigned == ()
