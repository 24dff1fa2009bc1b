"""Until when somebody is observed: the length, the day it counts from, and newer editions meanwhile."""

import pytest

from tests.spec.builders import assessed, diagnosis, exposure, isolation, small_book
from tracing.reasons import Says


def met_on(day, as_of=None, **asked):
    """What somebody must do who had a meal with a case on a day."""
    facts = [
        diagnosis(day=day, onset=day),
        exposure(start=f"{day}T12:00", end=f"{day}T13:00"),
        isolation(start=f"{day}T20:00"),
    ]
    return assessed(*facts, as_of=as_of or day, **asked)


def until(day, as_of=None, **asked):
    """The last day and the edition that sets it; None if nothing is required."""
    return last_of(met_on(day, as_of, **asked).observation)


def last_of(observation):
    return (f"{observation.last_day}", observation.edition) if observation.required else None


# ---- how long


@pytest.mark.parametrize(
    ("edition", "last_day"),
    [
        *[(edition, "2022-07-15") for edition in "1234567"],
        ("8", "2022-07-22"),
        ("9", "2022-07-11"),
        ("20-measures", "2022-07-09"),
        ("10-measures", "2022-07-06"),
    ],
)
def test_the_last_day_after_contact_on_the_first_of_july(edition, last_day):
    assert until("2022-07-01", edition=edition) == (last_day, edition)


def test_edition_10_observes_nobody():
    assert until("2022-07-01", edition="10") is None


@pytest.mark.parametrize(
    ("start", "counted_from", "last_day"),
    [
        ("2020-03-10T23:59", "2020-03-10", "2020-03-24"),
        ("2020-03-11T00:00", "2020-03-11", "2020-03-25"),
        ("2020-03-11T23:59", "2020-03-11", "2020-03-25"),
        ("2020-03-12T00:00", "2020-03-12", "2020-03-26"),
    ],
)
def test_the_day_of_exposure_is_day_zero_whatever_the_time(start, counted_from, last_day):
    facts = [diagnosis(day="2020-03-12", onset="2020-03-10"), exposure(start=start)]

    found = assessed(*facts, edition="6", as_of="2020-03-13").observation

    assert (f"{found.counted_from}", f"{found.last_day}") == (counted_from, last_day)


def test_the_day_of_the_last_contact_counts():
    facts = [
        diagnosis(day="2020-03-12", onset="2020-03-10"),
        exposure(start="2020-03-10T12:00"),
        exposure(start="2020-03-13T12:00"),
        exposure(start="2020-03-11T12:00"),
    ]

    found = assessed(*facts, edition="6", as_of="2020-03-14").observation

    assert f"{found.counted_from}" == "2020-03-13"


@pytest.mark.parametrize(
    ("day", "last_day"),
    [
        pytest.param("2020-02-20", "2020-03-05", id="over 29 February"),
        pytest.param("2021-02-20", "2021-03-06", id="over the end of February"),
        pytest.param("2020-12-25", "2021-01-08", id="over new year"),
    ],
)
def test_days_are_those_of_the_calendar(day, last_day):
    assert until(day, edition="6") == (last_day, "6")


def test_somebody_is_free_from_24_hours_of_the_last_day():
    found = met_on("2020-03-10", edition="6").observation

    assert f"{found.last_day} {found.free_from}" == "2020-03-24 2020-03-25 00:00:00+08:00"


# ---- the edition in force


@pytest.mark.parametrize(("day", "edition"), [("2020-02-20", "4"), ("2020-02-21", "5"), ("2020-02-22", "5")])
def test_the_edition_is_the_one_in_force_on_the_day_counted_from(day, edition):
    found = met_on(day).observation

    assert found.edition == edition


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2019-12-31", None),
        ("2020-01-01", ("2020-01-15", "1")),
        ("2020-01-02", ("2020-01-16", "1")),
    ],
)
def test_contact_before_the_first_edition_is_judged_by_it_if_still_open_then(day, found):
    facts = [diagnosis(day="2020-01-16", onset="2019-12-25"), exposure(start=day)]

    assert last_of(assessed(*facts, as_of="2020-01-16").observation) == found


# ---- a newer edition, judged anew


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2021-05-10", ("2021-05-15", "7")),
        ("2021-05-11", ("2021-05-22", "8")),
        ("2021-05-12", ("2021-05-22", "8")),
    ],
)
def test_a_longer_edition_lengthens_what_is_running_from_its_first_day(as_of, found):
    assert until("2021-05-01", as_of) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        pytest.param("2021-04-26", ("2021-05-10", "7"), id="over the day before"),
        pytest.param("2021-04-27", ("2021-05-18", "8"), id="to be over that day"),
        pytest.param("2021-04-28", ("2021-05-19", "8"), id="to be over the day after"),
    ],
)
def test_what_was_over_before_a_newer_edition_stays_over(day, found):
    assert until(day, as_of="2021-05-11") == found


@pytest.mark.parametrize(
    ("day", "before", "found"),
    [
        pytest.param("2022-06-15", "2022-07-06", "2022-06-26", id="would be over since the day before"),
        pytest.param("2022-06-16", "2022-07-07", "2022-06-26", id="would be over that day"),
        pytest.param("2022-06-17", "2022-07-08", "2022-06-27", id="would be over the day after"),
    ],
)
def test_a_shorter_edition_frees_on_the_day_it_comes_into_force_at_the_earliest(day, before, found):
    assert until(day, as_of="2022-06-26") == (before, "8")
    assert until(day, as_of="2022-06-27") == (found, "9")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        pytest.param("2023-01-02", ("2023-01-07", "10-measures"), id="over the day before"),
        pytest.param("2023-01-03", None, id="to be over that day"),
        pytest.param("2023-01-04", None, id="to be over the day after"),
    ],
)
def test_an_edition_that_observes_nobody_ends_what_is_running(day, found):
    assert until(day, as_of="2023-01-07") is not None
    assert until(day, as_of="2023-01-08") == found


def test_several_editions_one_after_another():
    assert until("2022-12-05", as_of="2022-12-06") == ("2022-12-13", "20-measures")
    assert until("2022-12-05", as_of="2022-12-07") == ("2022-12-10", "10-measures")
    assert until("2022-12-05", as_of="2023-01-08") == ("2022-12-10", "10-measures")


@pytest.mark.parametrize(
    ("day", "as_of", "says"),
    [
        pytest.param("2021-05-01", "2021-05-11", Says.NEWER_EDITION, id="lengthened"),
        pytest.param("2022-06-15", "2022-06-27", Says.ENDED_BY_NEWER_EDITION, id="ended"),
    ],
)
def test_the_reason_tells_what_a_newer_edition_did(day, as_of, says):
    assert says in {each.says for each in met_on(day, as_of).reason.because}


def test_a_pinned_edition_holds_whatever_came_later():
    assert until("2022-06-15", as_of="2022-06-30", edition="8") == ("2022-07-06", "8")
    assert until("2019-06-15", edition="8") == ("2019-07-06", "8")


# ---- a newer edition, for what begins only


def test_where_observations_stay_a_newer_edition_changes_nothing():
    stays = small_book()

    assert until("2020-01-25", as_of="2020-02-05", protocol=stays) == ("2020-02-08", "1")
    assert until("2020-01-31", as_of="2020-02-05", protocol=stays) == ("2020-02-14", "1")
    assert until("2020-02-01", as_of="2020-02-05", protocol=stays) == ("2020-02-08", "2")


def test_where_observations_are_judged_anew_it_does():
    reassesses = small_book(('policy = "stay"', 'policy = "reassess_open"'))

    assert until("2020-01-25", as_of="2020-01-31", protocol=reassesses) == ("2020-02-08", "1")
    assert until("2020-01-25", as_of="2020-02-01", protocol=reassesses) == ("2020-02-01", "2")
