"""Every protocol besides nhc-covid19, as tables.

One illness for all: onset on 10 March 2020, sampled on the 12th, diagnosed on the 13th. Editions
are pinned, so that the year does not matter.
"""

from datetime import date

import pytest

from tests.spec.builders import (
    death,
    diagnosis,
    exposure,
    fact,
    isolation,
    order,
    question,
    recovery,
    residence,
    said,
    symptoms,
)
from tracing.assessment import assess

ILL = diagnosis(day="2020-03-13", onset="2020-03-10", sampled="2020-03-12")
SILENT = diagnosis(day="2020-03-13", classification="asymptomatic", sampled="2020-03-12")


def met(day, begins="12:00", ends="13:00", /, **fields):
    """Somebody cared for the case on a day of March, at arm's length and for an hour."""
    start, end = f"2020-03-{day:02}T{begins}", f"2020-03-{day:02}T{ends}"
    return exposure(start=start, end=end, **{"kind": "care", "distance_m": 0.5} | fields)


def alone(day, kind="contaminated_environment"):
    """Somebody was exposed on a day of March without a source person."""
    return exposure(start=f"2020-03-{day:02}", kind=kind, participants=["contact"])


def sample(day, result="negative"):
    return fact("test", person="contact", sampled=f"2020-03-{day:02}", result=result)


def immune(basis):
    return fact("immunity", person="contact", basis=basis, day="2019-01-01")


def sign(day):
    return symptoms(person="contact", day=f"2020-{day}")


def answer(rules, *facts, person="contact", as_of="2020-04-30"):
    """What an edition, "protocol edition", says of one person; without an edition the one in force."""
    protocol, _, edition = rules.partition(" ")
    asked = question(*facts, protocol=protocol, edition=edition or None, as_of=as_of)
    (assessed,) = assess(asked, [person])
    return assessed


def phases(assessed):
    """The phases in order, days as month and day; nothing for whoever is not observed."""
    days = assessed.observation.phases
    return ", ".join(f"{each.first_day:%m-%d} to {each.last_day:%m-%d} {each.kind}" for each in days)


# ---- when contact counts

WINDOWS = [
    # rules, the case, first and last day that count (None: until control or recovery)
    ("cdc-covid19 2020-03", ILL, 8, None),
    ("cdc-covid19 2020-12", SILENT, 10, None),
    ("cdc-covid19 2021-12", ILL, 8, None),
    ("cdc-covid19 2022-08", ILL, 8, None),
    ("who-covid19 2021-02", ILL, 8, 23),
    ("who-covid19 2021-02", SILENT, 10, 22),
    ("uk-covid19 2020-07", ILL, 8, 23),
    ("nz-covid19 2022-04", ILL, 8, 23),
    ("hk-covid19 2022-08", ILL, 8, 23),
    ("sars 2003", ILL, 7, None),
    ("h1n1 2009", ILL, 9, 17),
    ("h7n9 1", ILL, 10, None),
    ("h7n9 3", ILL, 9, None),
    ("mers", ILL, 10, None),
    ("ebola", ILL, 10, None),
    ("mpox us-2022", ILL, 10, None),
    ("mpox china-2023", ILL, 10, None),
    ("measles", ILL, 6, 14),
    ("plague china", ILL, 10, None),
    ("cholera", ILL, 10, None),
]


@pytest.mark.parametrize(("rules", "case", "first", "last"), WINDOWS)
def test_days_on_which_contact_counts(rules, case, first, last):
    asked = [first - 1, first, *([last, last + 1] if last else [31])]

    counting = [day for day in asked if answer(rules, case, met(day)).category == "close_contact"]

    assert counting == [first, last or 31]


@pytest.mark.parametrize(("rules", "case", "first", "last"), WINDOWS)
def test_window_from_midnight_to_midnight(rules, case, first, last):
    window = answer(rules, case, person="case").window

    assert said(window.contact.start) == f"2020-03-{first:02}T00:00"
    assert said(window.contact.end) == (f"2020-03-{last + 1:02}T00:00" if last else None)


@pytest.mark.parametrize(
    ("rules", "changed", "end"),
    [
        ("who-covid19 2021-02", recovery(day="2020-03-25"), "2020-03-26T00:00"),
        ("h1n1 2009", recovery(day="2020-03-17"), "2020-03-18T00:00"),
        ("h1n1 2009", recovery(day="2020-03-18"), "2020-03-19T00:00"),
        ("measles", recovery(day="2020-03-18"), "2020-03-15T00:00"),
        ("who-covid19 2021-02", isolation(start="2020-03-13", where="home_separate"), "2020-03-24T00:00"),
        ("cdc-covid19 2020-03", isolation(start="2020-03-13", where="home_separate"), None),
        ("sars 2003", isolation(start="2020-03-13", where="home_separate"), "2020-03-14T00:00"),
        ("cdc-covid19 2020-03", isolation(start="2020-03-13T20:00"), "2020-03-13T20:00"),
        ("measles", isolation(start="2020-03-13T20:00"), "2020-03-13T20:00"),
        ("h7n9 3", death(day="2020-03-15"), "2020-03-16T00:00"),
        ("ebola", death(day="2020-03-15"), None),
    ],
)
def test_recovery_isolation_and_death(rules, changed, end):
    window = answer(rules, ILL, changed, person="case").window

    assert said(window.contact.end) == end


# ---- which occasions make a contact

PIECES = [met(11, "09:00", "09:05"), met(11, "13:00", "13:05")]


@pytest.mark.parametrize(
    ("rules", "occasions", "category"),
    [
        ("cdc-covid19 2020-03", [*PIECES, met(11, "17:00", "17:05")], "none"),
        ("cdc-covid19 2020-12", [*PIECES, met(11, "17:00", "17:05")], "close_contact"),
        ("cdc-covid19 2020-12", [*PIECES, met(11, "17:00", "17:04")], "none"),
        ("cdc-covid19 2020-12", [*PIECES, met(12, "08:59", "09:04")], "close_contact"),
        ("cdc-covid19 2020-12", [*PIECES, met(12, "13:10", "13:15")], "none"),
        ("cdc-covid19 2020-12", [*PIECES, met(11, "17:00", "17:05", distance_m=2)], "none"),
        ("who-covid19 2021-02", [met(11, kind="meal", distance_m=1, minutes=15)], "close_contact"),
        ("who-covid19 2021-02", [met(11, kind="meal", distance_m=1.1, minutes=15)], "none"),
        ("who-covid19 2021-02", [met(11, kind="meal", distance_m=1, minutes=14)], "none"),
        ("who-covid19 2021-02", [met(11, kind="care", minutes=1)], "close_contact"),
        ("uk-covid19 2020-07", [met(11, kind="work", distance_m=2, minutes=15)], "close_contact"),
        ("uk-covid19 2020-07", [met(11, kind="work", distance_m=2.1, minutes=15)], "none"),
        ("sars 2003", [met(11, kind="work", distance_m=5, minutes=1)], "close_contact"),
        ("h1n1 2009", [met(11, kind="work", distance_m=2)], "close_contact"),
        ("h1n1 2009", [met(11, kind="work", distance_m=2.1)], "none"),
        ("h1n1 2009", [met(11, kind="conveyance", distance_m=9)], "close_contact"),
        ("h7n9 1", [alone(11, "animal")], "none"),
        ("h7n9 3", [alone(11, "animal")], "suspected_exposed"),
        ("mers", [met(11, kind="meeting", distance_m=2.1)], "none"),
        ("mers", [met(11, kind="meeting", distance_m=2.1, enclosed=True)], "close_contact"),
        ("ebola", [alone(11)], "close_contact"),
        ("mpox china-2023", [met(11, kind="brief")], "none"),
        ("measles", [met(11, kind="brief", distance_m=20, minutes=1)], "close_contact"),
        ("measles", [met(11, protected=True)], "none"),
        ("cholera", [alone(11)], "close_contact"),
        ("yellow-fever", [met(11)], "none"),
        ("yellow-fever", [alone(11)], "suspected_exposed"),
    ],
)
def test_occasions_that_make_a_contact(rules, occasions, category):
    assert answer(rules, ILL, *occasions).category == category


@pytest.mark.parametrize(
    ("rules", "hepa", "row", "category"),
    [
        ("sars 2003", True, "13", "close_contact"),
        ("sars 2003", True, "14", "general_contact"),
        ("sars 2003", None, "14", "general_contact"),
        ("sars 2003", False, "40", "close_contact"),
        ("who-covid19 2021-02", False, "12", "close_contact"),
        ("who-covid19 2021-02", False, "13", "none"),
        ("h1n1 2009", True, "40", "close_contact"),
        ("measles", True, "40", "close_contact"),
    ],
)
def test_rows_aboard_an_aircraft_with_a_case_in_row_10(rules, hepa, row, category):
    day = "2020-03-11"
    flight = fact("journey", id="flight", mode="aircraft", departs=day, arrives=day, hepa=hepa)
    case = fact("ride", person="case", journey="flight", row="10")
    contact = fact("ride", person="contact", journey="flight", row=row)

    assert answer(rules, ILL, flight, case, contact).category == category


# ---- how long, where, and in which phases

TO_THE_25TH = "03-12 to 03-25 home_observation"
TEN_AND_FOUR = "03-12 to 03-21 home_observation, 03-22 to 03-25 home_monitoring"
SEVEN_AND_SEVEN = "03-12 to 03-18 home_observation, 03-19 to 03-25 home_monitoring"
FIVE_AND_FIVE = "03-12 to 03-16 home_observation, 03-17 to 03-21 home_monitoring"
TO_THE_21ST = "03-12 to 03-21 home_monitoring"
MONITORED_21 = "03-12 to 04-01 home_monitoring"


@pytest.mark.parametrize(
    ("rules", "facts", "expected"),
    [
        ("cdc-covid19 2020-03", [met(11), sample(16)], TO_THE_25TH),
        ("cdc-covid19 2020-12", [met(11)], TEN_AND_FOUR),
        ("cdc-covid19 2020-12", [met(11), sample(15)], TEN_AND_FOUR),
        ("cdc-covid19 2020-12", [met(11), sample(16)], SEVEN_AND_SEVEN),
        ("cdc-covid19 2020-12", [met(11), sample(16, "positive")], TEN_AND_FOUR),
        ("cdc-covid19 2021-12", [met(11)], FIVE_AND_FIVE),
        ("cdc-covid19 2021-12", [met(11), immune("vaccinated")], FIVE_AND_FIVE),
        ("cdc-covid19 2021-12", [met(11), immune("boosted")], TO_THE_21ST),
        ("cdc-covid19 2022-08", [met(11)], TO_THE_21ST),
        ("who-covid19 2021-02", [met(11)], TO_THE_25TH),
        ("uk-covid19 2020-07", [met(11)], TO_THE_25TH),
        ("nz-covid19 2022-04", [met(11)], "03-12 to 03-18 home_observation"),
        ("hk-covid19 2022-08", [met(11)], "03-12 to 03-25 centralised_observation"),
        ("sars 2003", [met(9)], "03-10 to 03-23 home_observation"),
        ("sars 2003", [met(10)], "03-11 to 03-24 centralised_observation"),
        ("sars 2003", [met(9), met(11)], "03-12 to 03-25 centralised_observation"),
        ("h1n1 2009", [met(11)], "03-12 to 03-18 home_observation"),
        ("h7n9 1", [met(11)], "03-12 to 03-18 home_monitoring"),
        ("h7n9 3", [met(11)], "03-12 to 03-18 home_monitoring"),
        ("h7n9 3", [alone(11, "animal")], "03-12 to 03-18 home_monitoring"),
        ("mers", [met(11)], TO_THE_25TH),
        ("ebola", [met(11)], "03-12 to 04-01 home_observation"),
        ("ebola", [death(day="2020-03-10"), met(11)], "03-12 to 04-01 home_observation"),
        ("mpox us-2022", [met(11)], MONITORED_21),
        ("mpox us-2022", [met(11), sign("03-27")], MONITORED_21),
        ("mpox us-2022", [met(11), sign("03-28")], "03-12 to 04-02 home_monitoring"),
        ("mpox us-2022", [met(11), sign("03-28"), sign("04-02")], "03-12 to 04-07 home_monitoring"),
        ("mpox us-2022", [met(11), sign("04-02")], MONITORED_21),
        ("mpox china-2023", [met(11), sign("03-28")], MONITORED_21),
        ("measles", [met(11)], "03-16 to 04-01 home_observation"),
        ("measles", [met(8), met(11)], "03-13 to 04-01 home_observation"),
        ("measles", [met(11), immune("immune_globulin")], "03-16 to 04-08 home_observation"),
        ("measles", [met(11), immune("vaccinated")], ""),
        ("measles", [met(11), immune("past_infection")], ""),
        ("plague china", [met(11)], "03-12 to 03-20 centralised_observation"),
        ("plague china", [met(11), immune("past_infection")], "03-12 to 03-20 centralised_observation"),
        ("plague china", [met(11), immune("vaccinated")], "03-12 to 03-23 centralised_observation"),
        ("cholera", [met(11)], "03-12 to 03-16 home_observation"),
        ("cholera", [alone(11)], "03-12 to 03-16 home_observation"),
        ("yellow-fever", [alone(11)], "03-12 to 03-17 centralised_observation"),
    ],
)
def test_phases_after_the_last_exposure(rules, facts, expected):
    assert phases(answer(rules, ILL, *facts)) == expected


def test_2009_is_counted_by_the_hour():
    observed = answer("h1n1 2009", ILL, met(11, "12:00", "13:30")).observation

    assert (observed.counted_from, observed.last_day) == (date(2020, 3, 11), date(2020, 3, 18))
    assert said(observed.free_from) == "2020-03-18T13:30"


@pytest.mark.parametrize(("samples", "codes"), [(2, ["test_missing"]), (3, [])])
def test_cholera_ends_with_three_negative_cultures(samples, codes):
    placed = order(person="contact", place_kind="home", first_day="2020-03-12")
    seen = fact("check", person="contact", day="2020-03-16", slot="pm", outcome="seen")
    cultures = [sample(14 + number) for number in range(samples)]

    standing = answer("cholera", ILL, met(11), placed, seen, *cultures).standing

    assert [blocker.code for blocker in standing.blockers] == codes


# ---- living with the case

AT_HOME = [residence(), residence(person="contact"), residence(person="second")]
WELL = recovery(day="2020-03-20")
ILL_TOO = diagnosis(person="second", day="2020-03-16", onset="2020-03-15", sampled="2020-03-16")
WELL_TOO = recovery(person="second", day="2020-03-25")


@pytest.mark.parametrize(
    ("rules", "counted_from", "after_one", "after_two"),
    [
        ("uk-covid19 2020-07", "2020-03-10", "2020-03-24", "2020-03-24"),
        ("nz-covid19 2022-04", "2020-03-12", "2020-03-22", "2020-03-22"),
        ("cdc-covid19 2020-03", "2020-03-20", "2020-04-03", "2020-04-08"),
    ],
)
def test_a_second_case_in_the_household(rules, counted_from, after_one, after_two):
    one = answer(rules, ILL, *AT_HOME, WELL).observation
    two = answer(rules, ILL, *AT_HOME, WELL, ILL_TOO, WELL_TOO).observation

    assert f"{one.counted_from}" == counted_from
    assert (f"{one.last_day}", f"{two.last_day}") == (after_one, after_two)


@pytest.mark.parametrize("rules", ["uk-covid19 2020-07", "nz-covid19 2022-04"])
def test_a_first_case_without_onset_counts_from_the_sample(rules):
    assert answer(rules, SILENT, *AT_HOME).observation.counted_from == date(2020, 3, 12)
