"""When contact with a case counts: what opens the window."""

import pytest

from tests.spec.builders import days, diagnosis, isolation, question, said, when, window
from tracing.facts.vocabulary import Category
from tracing.terms import RuleNotInForce
from tracing.windows import status


def opens(*facts, **asked):
    """From when contact with the case counts."""
    return said(window(*facts, **asked).contact.start)


def is_estimated(*facts):
    return window(*facts).estimated


def what_is(*facts, **asked):
    """What the case is, and the edition that says so."""
    found = status(question(*facts, **asked), "case")
    return found and (found.category, found.edition.name)


# ---- onset, else sampling, else diagnosis

DAY_12 = {"day": "2020-03-12"}
SAMPLED_11 = DAY_12 | {"sampled": "2020-03-11T15:00"}
ONSET_10 = SAMPLED_11 | {"onset": "2020-03-10"}


@pytest.mark.parametrize("classification", ["confirmed", "suspected"])
@pytest.mark.parametrize(
    ("stated", "from_edition_5", "before"),
    [
        pytest.param(ONSET_10, "2020-03-08T00:00", "2020-03-10T00:00", id="onset"),
        pytest.param(SAMPLED_11, "2020-03-09T00:00", "2020-03-11T00:00", id="no onset but sampled"),
        pytest.param(DAY_12, "2020-03-10T00:00", "2020-03-12T00:00", id="neither onset nor sampled"),
    ],
)
def test_the_onset_counts_else_the_sampling_else_the_diagnosis(
    classification, stated, from_edition_5, before
):
    ill = diagnosis(classification=classification, **stated)

    assert opens(ill, edition="4") == before
    assert opens(ill, edition="5") == from_edition_5
    assert opens(ill, edition="9") == from_edition_5


@pytest.mark.parametrize(
    ("stated", "from_edition_5", "before"),
    [
        pytest.param(ONSET_10, "2020-03-09T00:00", "2020-03-12T00:00", id="onset"),
        pytest.param(SAMPLED_11, "2020-03-09T00:00", "2020-03-12T00:00", id="sampled"),
        pytest.param(DAY_12, "2020-03-10T00:00", "2020-03-12T00:00", id="not sampled"),
    ],
)
def test_an_asymptomatic_case_counts_from_the_result_then_from_before_the_sampling(
    stated, from_edition_5, before
):
    ill = diagnosis(classification="asymptomatic", **stated)

    assert [opens(ill, edition=each) for each in "1234"] == [before] * 4
    assert [opens(ill, edition=each) for each in "56789"] == [from_edition_5] * 5


def test_two_days_before_may_lie_in_february():
    assert opens(diagnosis(onset="2020-03-01")) == "2020-02-28T00:00"


# ---- an onset in doubt


def test_of_a_doubtful_onset_the_earliest_day_counts():
    ill = diagnosis(onset="2020-03-10", onset_earliest="2020-03-07")

    assert opens(ill) == "2020-03-05T00:00"
    assert is_estimated(ill)


def test_an_earliest_day_alone_is_an_onset_in_doubt():
    ill = diagnosis(onset_earliest="2020-03-07")

    assert opens(ill) == "2020-03-05T00:00"
    assert is_estimated(ill)


def test_a_certain_onset_is_not_estimated():
    assert not is_estimated(diagnosis(onset="2020-03-10"))


# ---- repeated testing


SERIAL = {"serially_tested": True, "onset": "2022-07-10", "day": "2022-07-11"}


@pytest.mark.parametrize("classification", ["confirmed", "suspected", "asymptomatic"])
@pytest.mark.parametrize("edition", ["9", "20-measures"])
def test_repeated_testing_counts_from_the_last_negative_sample_to_the_minute(edition, classification):
    ill = diagnosis(classification=classification, last_negative="2022-07-09T09:30", **SERIAL)

    assert opens(ill, edition=edition, as_of="2022-07-20") == "2022-07-09T09:30"


def test_a_last_negative_sample_of_a_day_counts_from_its_beginning():
    ill = diagnosis(last_negative="2022-07-09", **SERIAL)

    assert opens(ill, edition="9", as_of="2022-07-20") == "2022-07-09T00:00"


@pytest.mark.parametrize(
    ("ill", "edition"),
    [
        pytest.param(diagnosis(**SERIAL), "9", id="no negative sample recorded"),
        pytest.param(
            diagnosis(last_negative="2022-07-09T09:30", **SERIAL | {"serially_tested": False}),
            "9",
            id="tested only once",
        ),
        pytest.param(diagnosis(last_negative="2022-07-09T09:30", **SERIAL), "8", id="before edition 9"),
    ],
)
def test_otherwise_two_days_before_the_onset_count(ill, edition):
    assert opens(ill, edition=edition, as_of="2022-07-20") == "2022-07-08T00:00"


# ---- two diagnoses of one illness

SUSPECTED = diagnosis(classification="suspected", day="2020-03-11", onset="2020-03-10")


def test_the_class_is_that_of_the_latest_diagnosis():
    confirmed = diagnosis(day="2020-03-13", onset="2020-03-10")

    assert what_is(SUSPECTED, confirmed, edition="6") == (Category.CONFIRMED_CASE, "6")
    assert what_is(confirmed, SUSPECTED, edition="6") == (Category.CONFIRMED_CASE, "6")


def test_the_onset_is_that_of_the_latest_diagnosis_that_states_one():
    assert opens(SUSPECTED, diagnosis(day="2020-03-13", onset="2020-03-09")) == "2020-03-07T00:00"
    assert opens(SUSPECTED, diagnosis(day="2020-03-13")) == "2020-03-08T00:00"


def test_a_certain_onset_in_place_of_a_doubtful_one_is_not_estimated():
    doubtful = diagnosis(classification="suspected", day="2020-03-11", onset_earliest="2020-03-05")
    certain = diagnosis(day="2020-03-13", onset="2020-03-10")

    assert not is_estimated(doubtful, certain)
    assert is_estimated(doubtful, diagnosis(day="2020-03-13"))


@pytest.mark.parametrize("one", ["suspected", "asymptomatic"])
def test_of_two_diagnoses_of_one_day_the_firmer_holds(one):
    facts = [diagnosis(classification="confirmed"), diagnosis(classification=one)]

    assert what_is(*facts, edition="6") == (Category.CONFIRMED_CASE, "6")
    assert what_is(*reversed(facts), edition="6") == (Category.CONFIRMED_CASE, "6")


def test_the_edition_is_that_of_the_day_that_made_the_case():
    later = diagnosis(day="2020-02-21", onset="2020-02-18")
    first = diagnosis(classification="suspected", day="2020-02-20", onset="2020-02-18")

    assert what_is(later) == (Category.CONFIRMED_CASE, "5")
    assert what_is(first, later) == (Category.CONFIRMED_CASE, "4")
    assert opens(later, edition=None) == "2020-02-16T00:00"
    assert opens(first, later, edition=None) == "2020-02-18T00:00"


# ---- ruled out


def test_who_is_ruled_out_is_no_case():
    assert what_is(SUSPECTED, diagnosis(classification="ruled_out", day="2020-03-13"), edition="6") == (
        None,
        "6",
    )


def test_who_is_confirmed_on_the_day_of_being_ruled_out_is_a_case():
    facts = [diagnosis(classification="ruled_out"), diagnosis(classification="confirmed")]

    assert what_is(*facts, edition="6") == (Category.CONFIRMED_CASE, "6")


def test_after_being_ruled_out_a_new_illness_has_its_own_onset():
    ruled_out = diagnosis(classification="ruled_out", day="2020-03-13")

    assert opens(SUSPECTED, ruled_out, diagnosis(day="2020-03-25")) == "2020-03-23T00:00"


# ---- what is known at the moment judged


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2020-03-11T23:59", None),
        ("2020-03-12T00:00", (Category.CONFIRMED_CASE, "6")),
        ("2020-03-12", (Category.CONFIRMED_CASE, "6")),
    ],
)
def test_a_diagnosis_holds_from_the_beginning_of_its_day(as_of, found):
    assert what_is(diagnosis(day="2020-03-12"), edition="6", as_of=as_of) == found


def test_who_has_no_diagnosis_is_no_case():
    assert status(question(diagnosis(), edition="6"), "somebody else") is None


def test_a_diagnosis_before_the_first_edition_is_refused_not_defaulted():
    with pytest.raises(RuleNotInForce, match="2020-01-14"):
        status(question(diagnosis(day="2020-01-14")), "case")


def test_edition_10_has_no_window():
    found = status(question(diagnosis(day="2023-01-08"), as_of="2023-01-10"), "case")

    assert found is not None
    assert (found.category, found.window) == (Category.CONFIRMED_CASE, None)


# ---- contact that falls partly into it


def test_contact_counts_for_the_part_within_the_window(overlapping):
    ill = diagnosis(onset="2020-03-12")
    held = isolation(start="2020-03-14")

    parts = window(ill, held).contact.within(march(overlapping.first, overlapping.last))

    assert parts == ([march(*overlapping.shared)] if overlapping.shared else [])


def march(first, last):
    return days(f"2020-03-{first:02}", f"2020-03-{last:02}")


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2020-03-07T23:59", False),
        ("2020-03-08T00:00", True),
        ("2020-03-08T00:01", True),
        ("2099-12-31T00:00", True),
    ],
)
def test_the_window_begins_at_midnight_and_stays_open(moment, counts):
    open_ended = window(diagnosis(onset="2020-03-10")).contact

    assert bool(open_ended.within(when(moment))) is counts
