"""The version of a thing, for an officer with an area, is that of the facts that they see."""

import pytest

from tests.spec.builders import exposure, fact, household, person, residence

BOARDED = fact("ride", person="far", journey="train")
MOVED_IN = residence(person="far", household="home")
DECIDED = fact(
    "determination", person="far", category="close_contact", day="2020-03-16", source_person="near"
)
CAME = fact("visit", person="far", place="market", start="2020-03-11T08:00", end="2020-03-11T09:00")


@pytest.fixture
def local(service, investigator):
    """An officer of a district, where somebody lives and took a train; somebody else is elsewhere."""
    investigator.record(
        *(person(id="near"), person(id="double"), person(id="far"), person(id="other")),
        *(household(id="home", area="420106100"), residence(person="near"), residence(person="double")),
        *(household(id="away", area="420107100"), residence(person="far", household="away")),
        residence(person="other", household="away"),
        fact("place", id="market", name="market", area="420106100", kind="market"),
        *(fact("journey", id="train", mode="train_enclosed"), fact("ride", person="near", journey="train")),
    )
    return service.appoint("zhou", "investigator", "420106")


def etag(client, path):
    return client.get(path).headers["ETag"]


@pytest.mark.parametrize(
    ("path", "hidden"),
    [
        ("/facts/train", BOARDED),
        ("/facts/market", CAME),
        ("/persons/near", DECIDED),
        ("/facts/near", DECIDED),
    ],
)
def test_what_is_recorded_of_somebody_elsewhere_changes_no_version(investigator, local, path, hidden):
    of_all, before = etag(investigator, path), etag(local, path)

    investigator.record(hidden)

    assert etag(local, path) == before
    assert etag(investigator, path) != of_all


def test_who_boards_in_sight_changes_the_version(investigator, local):
    before = etag(local, "/facts/train")
    investigator.record(BOARDED)

    local.record(fact("ride", person="double", journey="train"))

    assert etag(local, "/facts/train") != before


def test_who_comes_into_sight_changes_the_version(investigator, local):
    investigator.record(BOARDED)
    before = etag(local, "/facts/train")

    investigator.record(MOVED_IN)

    assert etag(local, "/facts/train") != before


def merged(client, seen):
    return client.post("/merges", {"id": "m", "person": "double", "into": "near"}, **{"If-Match": seen})


def test_what_is_recorded_of_somebody_elsewhere_stands_against_no_change(investigator, local):
    seen = etag(local, "/persons/double")
    investigator.record(DECIDED | {"source_person": "double"})

    assert merged(local, seen).status_code == 201


def test_what_is_recorded_in_sight_stands_against_a_change(investigator, local):
    seen = etag(local, "/persons/double")
    investigator.record(exposure(id="dinner", start="2020-03-10", participants=["double", "far"]))

    answer = merged(local, seen)

    assert answer.status_code == 412
    assert "far" not in answer.get_data(as_text=True)


def test_the_version_of_somebody_who_sees_more_is_not_that_of_somebody_who_sees_less(investigator, local):
    investigator.record(DECIDED | {"source_person": "double"})

    assert merged(local, etag(investigator, "/persons/double")).status_code == 412
    assert merged(local, etag(local, "/persons/double")).status_code == 201
