"""Who may be released on a day, who may not and why, and who was: judged at the end of the day."""

import pytest

from tests.spec.builders import death, diagnosis, exposure, fact, order, release, residence, symptoms
from tests.spec.observing import (
    COUNTY,
    MEAL_OF_THE_11TH,
    MET,
    OBSERVED,
    ONE,
    TWO,
    check,
    checked,
    placed,
    release_list_on,
    sample,
)
from tracing.release_list import Verdict

WELL = (*OBSERVED, *checked("2020-03-12", "2020-03-24"))


def verdicts(found):
    """The parts of a release list on which people stand, by id."""
    return {each.person: each.verdict.value for each in found.of_area}


def blockers(found):
    return [blocker.code.value for each in found.of(Verdict.BLOCKED) for blocker in each.blockers]


def pending(found):
    """What is still open of those who may go."""
    still = [each for candidate in found.of(Verdict.ELIGIBLE) for each in candidate.pending]
    return [(each.kind.value, each.slot or each.day_number) for each in still]


# ---- whose last day has come


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        ("2020-03-23", {}),
        ("2020-03-24", {"contact": "eligible"}),
        ("2020-03-25", {"contact": "eligible"}),
        ("2020-04-25", {"contact": "eligible"}),
    ],
)
def test_somebody_is_listed_from_the_last_day_until_released(day, listed):
    assert verdicts(release_list_on(day, *WELL)) == listed


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        ("2020-03-24", {"contact": "eligible"}),
        ("2020-03-25", {"contact": "released"}),
        ("2020-03-26", {}),
    ],
)
def test_who_was_released_stands_apart_on_that_day(day, listed):
    assert verdicts(release_list_on(day, *WELL, release(day="2020-03-25"))) == listed


def test_whose_exposure_goes_on_is_not_listed():
    ill_at_home = [
        diagnosis(day="2020-03-12", onset="2020-03-11"),
        residence(person="case", household="home"),
        residence(person="contact", household="home"),
    ]

    assert verdicts(release_list_on("2020-06-30", *ill_at_home, placed(), area="42")) == {}


@pytest.mark.parametrize(
    "ended",
    [
        diagnosis(person="contact", day="2020-03-20"),
        death(person="contact", day="2020-03-20"),
        fact("moved", person="contact", day="2020-03-20", to_area="110101"),
    ],
    ids=["became a case", "died", "moved away"],
)
def test_whose_observation_ended_otherwise_is_not_listed(ended):
    assert verdicts(release_list_on("2020-03-24", *WELL, ended)) == {}


# ---- still open on the last day itself


def test_the_checks_of_the_last_day_are_pending_on_it():
    until_yesterday = [*OBSERVED, *checked("2020-03-12", "2020-03-23")]

    assert pending(release_list_on("2020-03-24", *until_yesterday)) == [("check", "am"), ("check", "pm")]


@pytest.mark.parametrize("outcome", ["absent", "refused", "went_out"])
def test_a_check_that_saw_nobody_stays_pending(outcome):
    facts = [*OBSERVED, *checked("2020-03-12", "2020-03-23")]
    facts += [check("2020-03-24", "am", outcome), check("2020-03-24", "pm")]

    assert pending(release_list_on("2020-03-24", *facts)) == [("check", "am")]


def test_nothing_is_pending_when_the_last_day_is_done():
    (candidate,) = release_list_on("2020-03-24", *WELL).of(Verdict.ELIGIBLE)

    assert candidate.pending == ()


def test_what_was_pending_blocks_the_day_after():
    found = release_list_on("2020-03-25", *OBSERVED, *checked("2020-03-12", "2020-03-23"))

    assert verdicts(found) == {"contact": "blocked"}
    assert blockers(found) == ["health_check_missing"]


# Edition 8: tests on days 1, 4, 7 and (two samples) 14, then 7 days of monitoring with tests on days 2
# and 7. An order of 11 March ends on the 31st, with the last test.
SAMPLED = [sample(f"2020-03-{day}", double=day == "24") for day in ("11", "14", "17", "24", "26")]
LONG = (*MET, placed("2020-03-11"), *checked("2020-03-11", "2020-03-31"), *SAMPLED)


@pytest.mark.parametrize(
    ("last", "open_tests"),
    [
        ([], [("test", 7)]),
        ([sample("2020-03-31", "pending")], [("test", 7)]),
        ([sample("2020-03-31")], []),
    ],
    ids=["not sampled", "no result yet", "negative"],
)
def test_the_test_of_the_last_day_is_pending_on_it(last, open_tests):
    found = release_list_on("2020-03-31", *LONG, *last, edition="8")

    assert verdicts(found) == {"contact": "eligible"}
    assert pending(found) == open_tests


@pytest.mark.parametrize(
    ("last", "code"), [([], "test_missing"), ([sample("2020-03-31", "pending")], "test_pending")]
)
def test_an_open_test_blocks_the_day_after(last, code):
    found = release_list_on("2020-04-01", *LONG, *last, edition="8")

    assert blockers(found) == [code]


def test_an_earlier_test_that_is_missing_blocks_on_the_last_day():
    without = [each for each in LONG if each.get("sampled") != "2020-03-24"]

    found = release_list_on("2020-03-31", *without, sample("2020-03-31"), edition="8")

    assert blockers(found) == ["test_missing"]


# Cholera: 5 days from the 11th to 16 March, three negative tests by then.
@pytest.mark.parametrize(
    ("negative", "verdict", "still"),
    [("14", "blocked", []), ("14 15", "eligible", [("test", 3)]), ("14 15 16", "eligible", [])],
)
def test_one_test_may_still_be_taken_on_the_last_day(negative, verdict, still):
    samples = [sample(f"2020-03-{day}") for day in negative.split()]
    facts = [*OBSERVED, MEAL_OF_THE_11TH, *checked("2020-03-12", "2020-03-16"), *samples]

    found = release_list_on("2020-03-16", *facts, protocol="cholera", edition="china")

    assert verdicts(found) == {"contact": verdict}
    assert pending(found) == still


# ---- who is blocked


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([symptoms(person="contact", day="2020-03-20")], "symptom_unresolved"),
        ([sample("2020-03-20", "positive")], "test_positive"),
        ([fact("lost", person="contact", day="2020-03-24")], "lost_to_follow_up"),
    ],
)
@pytest.mark.parametrize("day", ["2020-03-24", "2020-03-25"])
def test_what_blocks_is_said_on_the_last_day_and_after(facts, code, day):
    found = release_list_on(day, *WELL, *facts)

    assert verdicts(found) == {"contact": "blocked"}
    assert blockers(found) == [code]


@pytest.mark.parametrize(
    ("day", "codes"), [("2020-03-23", []), ("2020-03-24", ["no_order"]), ("2020-03-25", ["no_order"])]
)
def test_who_was_never_placed_is_blocked_alone_by_that(day, codes):
    assert blockers(release_list_on(day, *MET)) == codes


def test_the_reopened_are_blocked_until_they_are_placed_again():
    late = exposure(id="late", start="2020-03-11T12:00", end="2020-03-11T13:00")
    found = release_list_on("2020-03-26", *WELL, late, release(day="2020-03-24"))

    assert verdicts(found) == {"contact": "blocked"}
    assert "period_not_complete" not in blockers(found)


def test_the_period_is_never_what_is_missing():
    for day in ("2020-03-24", "2020-03-25", "2020-03-26"):
        assert "period_not_complete" not in blockers(release_list_on(day, *OBSERVED))


# ---- orders that nothing requires any longer


@pytest.mark.parametrize(
    ("day", "listed"),
    [("2020-03-13", {}), ("2020-03-14", {"contact": "eligible"}), ("2020-03-15", {"contact": "eligible"})],
)
def test_an_order_that_nothing_requires_may_be_ended_at_once(day, listed):
    ruled_out = diagnosis(day="2020-03-14", classification="ruled_out")

    assert verdicts(release_list_on(day, *OBSERVED, ruled_out)) == listed


def test_an_order_that_nothing_requires_has_no_last_day_but_a_reason():
    ruled_out = diagnosis(day="2020-03-14", classification="ruled_out")

    (candidate,) = release_list_on("2020-03-14", *OBSERVED, ruled_out).of(Verdict.ELIGIBLE)

    assert candidate.assessment.observation.last_day is None
    assert candidate.reason == "source_ruled_out"


# ---- of which area


@pytest.mark.parametrize(("area", "listed"), [(COUNTY, True), (ONE, True), (TWO, False)])
def test_the_list_is_of_an_area_and_all_in_it(area, listed):
    assert ("contact" in verdicts(release_list_on("2020-03-24", *WELL, area=area))) is listed


@pytest.mark.parametrize("day", ["2020-03-24", "2020-03-25"])
def test_those_at_a_site_are_on_its_areas_list_also_when_released(day):
    site = fact("place", id="site", name="hotel", area=TWO)
    inside = placed(place_kind="centralised", site="site")
    facts = [*MET, site, inside, *checked("2020-03-12", "2020-03-24"), release(day="2020-03-25")]

    assert set(verdicts(release_list_on(day, *facts, area=TWO))) == {"contact"}
    assert verdicts(release_list_on(day, *facts, area=ONE)) == {}


def test_who_is_nowhere_stands_unassigned():
    nowhere = [each for each in WELL if each["fact"] != "residence"]

    found = release_list_on("2020-03-24", *nowhere, area=TWO)

    assert [(each.person, each.verdict) for each in found.unassigned] == [("contact", "eligible")]
    assert found.of_area == ()


def test_the_list_is_in_order_of_ids():
    others = exposure(
        id="their meal", start="2020-03-10T12:00", end="2020-03-10T13:00", participants=["case", "b", "a"]
    )
    facts = [*WELL, others, *(residence(person=person, household="home") for person in ("b", "a"))]
    facts += [order(id=f"of {person}", person=person, first_day="2020-03-12") for person in ("b", "a")]

    found = release_list_on("2020-03-25", *facts)

    assert [each.person for each in found.of(Verdict.BLOCKED)] == ["a", "b"]
