"""When contact with a case counts: what closes the window, and what does not.

The case fell ill on 10 March, so that the window opens on the 8th at 00:00.
"""

import pytest

from tests.spec.builders import (
    days,
    death,
    diagnosis,
    isolation,
    order,
    recovery,
    said,
    small_book,
    when,
    window,
)

ILL = diagnosis(onset="2020-03-10", day="2020-03-12")
OPENS = "2020-03-08T00:00"


def closes(*facts, **asked):
    """When contact with the case no longer counts; None while it does."""
    return said(window(ILL, *facts, **asked).contact.end)


def counts(moment, *facts, **asked):
    """Whether contact with the case at a moment counts."""
    return bool(window(ILL, *facts, **asked).contact.within(when(moment)))


def test_nothing_closes_a_window_but_what_is_recorded():
    assert closes() is None


# ---- isolation


def test_isolation_at_a_time_closes_it_then():
    assert closes(isolation(start="2020-03-12T14:00")) == "2020-03-12T14:00"


def test_isolation_on_a_day_leaves_that_day_exposed():
    assert closes(isolation(start="2020-03-12")) == "2020-03-13T00:00"


@pytest.mark.parametrize(
    ("where", "end"),
    [
        ("hospital", "2020-03-12T14:00"),
        ("centralised", "2020-03-12T14:00"),
        ("home_separate", "2020-03-12T14:00"),
        (None, "2020-03-12T14:00"),
        ("home_shared", None),
    ],
)
def test_isolation_closes_it_unless_shared_with_the_household(where, end):
    assert closes(isolation(start="2020-03-12T14:00", where=where)) == end


@pytest.mark.parametrize(
    ("as_of", "end"),
    [
        ("2020-03-12T13:59", None),
        ("2020-03-12T14:00", "2020-03-12T14:00"),
        ("2020-03-12", "2020-03-12T14:00"),
    ],
)
def test_isolation_that_lies_ahead_closes_nothing(as_of, end):
    assert closes(isolation(start="2020-03-12T14:00"), as_of=as_of) == end


@pytest.mark.parametrize(
    ("moment", "counted"),
    [("2020-03-12T13:59", True), ("2020-03-12T14:00", False), ("2020-03-12T14:01", False)],
)
def test_contact_counts_until_the_moment_of_isolation(moment, counted):
    assert counts(moment, isolation(start="2020-03-12T14:00")) is counted


# ---- gaps


def held(first, last):
    return isolation(start=first, end=last)


GAP = [held("2020-03-11T08:00", "2020-03-13T20:00"), isolation(start="2020-03-15T08:00")]


def test_a_gap_between_two_isolations_stays_in_the_window():
    assert closes(*GAP) == "2020-03-15T08:00"


@pytest.mark.parametrize(
    ("moment", "counted"),
    [
        ("2020-03-11T07:59", True),
        ("2020-03-11T08:00", False),
        ("2020-03-13T19:59", False),
        ("2020-03-13T20:00", True),
        ("2020-03-15T07:59", True),
        ("2020-03-15T08:00", False),
    ],
)
def test_contact_counts_in_the_gap_but_not_in_either_isolation(moment, counted):
    assert counts(moment, *GAP) is counted


def test_contact_over_isolation_and_gap_counts_in_its_parts():
    parts = window(ILL, *GAP).contact.within(days("2020-03-10", "2020-03-16"))

    assert [(said(part.first), said(part.last)) for part in parts] == [
        ("2020-03-10T00:00", "2020-03-11T08:00"),
        ("2020-03-13T20:00", "2020-03-15T08:00"),
    ]


def test_isolations_that_follow_at_once_are_one():
    facts = [held("2020-03-11T08:00", "2020-03-13T20:00"), isolation(start="2020-03-13T20:00")]

    assert closes(*facts) == "2020-03-11T08:00"


def test_isolations_by_days_that_follow_at_once_are_one():
    assert closes(held("2020-03-11", "2020-03-13"), isolation(start="2020-03-13")) == "2020-03-12T00:00"


def test_an_isolation_within_another_adds_nothing():
    outer, inner = held("2020-03-11T08:00", "2020-03-20T08:00"), held("2020-03-12T08:00", "2020-03-13T08:00")

    assert closes(outer, inner, isolation(start="2020-03-19T08:00")) == "2020-03-11T08:00"


def test_after_the_last_isolation_it_does_not_open_again():
    assert closes(held("2020-03-11T08:00", "2020-03-13T20:00")) == "2020-03-11T08:00"


# ---- recovery and death


def test_recovery_closes_it_at_the_end_of_its_day():
    assert closes(recovery(day="2020-03-24")) == "2020-03-25T00:00"


def test_the_first_recovery_closes_it():
    assert closes(recovery(day="2020-03-26"), recovery(day="2020-03-24")) == "2020-03-25T00:00"


def test_recovery_after_an_isolation_changes_nothing():
    assert closes(isolation(start="2020-03-12T14:00"), recovery(day="2020-03-24")) == "2020-03-12T14:00"


def test_a_gap_after_recovery_does_not_count():
    facts = [held("2020-03-11T08:00", "2020-03-20T08:00"), isolation(start="2020-03-28T08:00")]

    assert closes(*facts, recovery(day="2020-03-24")) == "2020-03-25T00:00"
    assert closes(*facts, recovery(day="2020-03-19")) == "2020-03-11T08:00"


def test_death_closes_it_at_the_end_of_its_day():
    assert closes(death(day="2020-03-20")) == "2020-03-21T00:00"


@pytest.mark.parametrize(("moment", "counted"), [("2020-03-20T23:59", True), ("2020-03-21T00:00", False)])
def test_contact_counts_to_the_end_of_the_day_of_death(moment, counted):
    assert counts(moment, death(day="2020-03-20")) is counted


def test_what_comes_first_closes_it():
    assert closes(death(day="2020-03-20"), isolation(start="2020-03-19T08:00")) == "2020-03-19T08:00"
    assert closes(death(day="2020-03-20"), recovery(day="2020-03-24")) == "2020-03-21T00:00"
    assert closes(death(day="2020-03-24"), recovery(day="2020-03-20")) == "2020-03-21T00:00"


# ---- the end that a protocol itself sets


def with_an_end(*changes):
    """The small rule book, in which contact counts up to the 10th day after the onset."""
    opening = 'anchors = ["onset", "sampled", "diagnosed"]'
    return small_book((opening, f"{opening}\ndays_after = 10"), *changes)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2020-03-20T14:00", "2020-03-20T14:00", id="isolated that day"),
        pytest.param("2020-03-21T00:00", "2020-03-21T00:00", id="isolated as it ends"),
        pytest.param("2020-03-21T14:00", "2020-03-21T00:00", id="isolated the day after"),
    ],
)
def test_the_protocols_own_end_closes_it_at_the_end_of_that_day(start, end):
    assert closes(isolation(start=start), edition=None, protocol=with_an_end()) == end


def test_a_later_recovery_wins_over_the_protocols_own_end_only_where_it_says_so():
    wins = with_an_end(("home_isolation_closes = true", "home_isolation_closes = true\nrecovery_wins = true"))
    late = recovery(day="2020-03-24")

    assert closes(late, edition=None, protocol=with_an_end()) == "2020-03-21T00:00"
    assert closes(late, edition=None, protocol=wins) == "2020-03-25T00:00"
    assert closes(recovery(day="2020-03-18"), edition=None, protocol=wins) == "2020-03-19T00:00"


def test_death_does_not_close_it_where_contact_with_the_body_counts():
    counted = small_book(("home_isolation_closes = true", "home_isolation_closes = true\nbody_counts = true"))
    died = death(day="2020-03-20")

    assert closes(died, edition=None, protocol=counted) is None
    assert (
        closes(died, isolation(start="2020-03-22T08:00"), edition=None, protocol=counted)
        == "2020-03-22T08:00"
    )


# ---- control before the window opens


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([isolation(start="2020-03-05T08:00")], id="isolation"),
        pytest.param([order(first_day="2020-03-06")], id="centralised order"),
        pytest.param([isolation(start="2020-03-07")], id="isolation of the day before"),
        pytest.param([isolation(start="2020-03-08T00:00")], id="isolation as it opens"),
    ],
)
def test_control_before_the_window_opens_leaves_it_empty(facts):
    assert closes(*facts) == OPENS
    assert not counts("2020-03-08T00:00", *facts)
    assert not counts("2020-03-10T12:00", *facts)


def test_control_that_ended_before_the_window_changes_nothing():
    assert closes(held("2020-03-01", "2020-03-07")) is None


def test_control_that_ended_before_the_illness_kept_nobody_from_the_ill():
    facts = [held("2020-03-01", "2020-03-09T12:00")]

    assert closes(*facts) is None
    assert not counts("2020-03-09T11:59", *facts)
    assert counts("2020-03-09T12:00", *facts)


def test_recovery_closes_it_also_after_control_that_ended_before_the_illness():
    assert closes(held("2020-03-01", "2020-03-09T12:00"), recovery(day="2020-03-24")) == "2020-03-25T00:00"


# ---- isolated at home under CDC

OWN_ROOM = isolation(start="2020-03-12T14:00", where="home_separate")
CDC = {"protocol": "cdc-covid19", "edition": "2020-03"}


def test_cdc_isolation_at_home_leaves_the_window_open():
    found = window(ILL, OWN_ROOM, **CDC)

    assert found.contact.end is None
    assert said(found.at_home.end) == "2020-03-12T14:00"


def test_cdc_isolation_at_home_is_closed_by_recovery():
    found = window(ILL, OWN_ROOM, recovery(day="2020-03-24"), **CDC)

    assert said(found.contact.end) == "2020-03-25T00:00"
    assert said(found.at_home.end) == "2020-03-12T14:00"


def test_cdc_a_hospital_after_the_room_at_home_closes_it():
    found = window(ILL, OWN_ROOM, isolation(start="2020-03-15T10:00"), **CDC)

    assert said(found.contact.end) == "2020-03-15T10:00"
    assert said(found.at_home.end) == "2020-03-12T14:00"


def test_cdc_a_hospital_closes_it_at_once():
    found = window(ILL, isolation(start="2020-03-12T14:00"), **CDC)

    assert said(found.contact.end) == said(found.at_home.end) == "2020-03-12T14:00"


def test_cdc_a_shared_home_leaves_both_open():
    found = window(ILL, isolation(start="2020-03-12T14:00", where="home_shared"), **CDC)

    assert (found.contact.end, found.at_home.end) == (None, None)
