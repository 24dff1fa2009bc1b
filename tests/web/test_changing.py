"""Whoever changes what is there says what they saw of it; what belongs together is recorded together."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.spec.builders import fact, person, residence

CHECK = fact("check", person="p1", day="2020-03-20", slot="am", temperature_c=36.5)


def etag(client, path):
    return client.get(path).headers["ETag"]


# ---- versions


def test_a_release_says_which_version_of_the_order_it_ends(placed):
    seen = etag(placed, "/facts/o1")

    answer = placed.post("/releases", {"order": "o1", "day": "2020-03-20"}, **{"If-Match": seen})

    assert answer.status_code == 201


def test_a_release_that_does_not_say_what_was_seen_is_refused(placed):
    answer = placed.post("/releases", {"order": "o1", "day": "2020-03-20"})

    assert (answer.status_code, answer.content_type) == (428, "application/problem+json")


@pytest.mark.parametrize("seen", ['"1"', '"o1"', 'W/"4"', "*", '"4", "5"'])
def test_a_version_that_is_not_the_last_is_refused(placed, seen):
    answer = placed.post("/releases", {"order": "o1", "day": "2020-03-20"}, **{"If-Match": seen})

    assert answer.status_code == 412
    assert "looking at it again" in answer.json["detail"]


def test_what_changed_since_it_was_seen_is_not_released(placed):
    seen = etag(placed, "/facts/o1")
    placed.record(fact("transfer", order="o1", day="2020-03-05", place_kind="centralised"))

    answer = placed.post("/releases", {"order": "o1", "day": "2020-03-20"}, **{"If-Match": seen})

    assert answer.status_code == 412


def test_a_merge_needs_the_version_of_the_person_and_its_undoing_that_of_the_merge(placed):
    placed.record(person(id="p2"))
    seen = etag(placed, "/persons/p2")

    merged = placed.post("/merges", {"id": "m", "person": "p2", "into": "p1"}, **{"If-Match": seen})
    undone = placed.post("/voids", {"of": "m"}, **{"If-Match": etag(placed, "/facts/m")})

    assert (merged.status_code, undone.status_code) == (201, 201)


def test_a_change_that_is_there_already_needs_no_new_look(placed):
    seen = {"If-Match": etag(placed, "/facts/o1")}
    placed.post("/releases", {"order": "o1", "day": "2020-03-20"}, **seen)

    again = placed.post("/releases", {"order": "o1", "day": "2020-03-20"}, **seen)

    assert (again.status_code, again.json["new"]) == (200, 0)


def test_of_two_who_release_at_once_one_is_told_to_look_again(placed):
    seen = {"If-Match": etag(placed, "/facts/o1")}

    def release(reason):
        body = {"order": "o1", "day": "2020-03-20", "reason": reason}
        return placed.post("/releases", body, **seen).status_code

    with ThreadPoolExecutor(2) as threads:
        statuses = sorted(threads.map(release, ["completed", "other"]))

    assert statuses == [201, 412]


def test_several_changes_at_once_are_handed_in_as_a_file(placed):
    voids = [{"of": "o1"}, {"of": "home"}]

    answer = placed.post("/voids", voids, **{"If-Match": '"1"'})

    assert answer.status_code == 422
    assert "/facts" in answer.json["detail"]


def test_there_is_no_version_of_what_is_not_recorded(placed):
    assert placed.get("/facts/o9").status_code == 404


def test_what_is_asked_beside_the_path_of_facts_is_refused(placed):
    answer = placed.post("/checks?dry_run=1", CHECK)

    assert answer.status_code == 422
    assert answer.json["faults"][0]["field"] == "dry_run"


# ---- together


def test_a_journey_is_recorded_with_all_its_rides(placed):
    journey = {"id": "j1", "mode": "train_enclosed", "rides": [{"person": "p1", "carriage": "3", "row": "7"}]}

    assert placed.post("/journeys", journey).json["new"] == 2
    facts = placed.get("/persons/p1/history").json["facts"]
    assert [each["journey"] for each in facts if each["fact"] == "ride"] == ["j1"]


@pytest.mark.parametrize("rides", ["all", [1], [{"person": "p9"}], [{"person": "p1", "journey": 5}]])
def test_a_journey_with_rides_that_are_none_is_refused_whole(placed, rides):
    answer = placed.post("/journeys", {"id": "j1", "mode": "car", "rides": rides})

    expected = 201 if rides == [{"person": "p1", "journey": 5}] else 422
    assert answer.status_code == expected


def test_a_households_round_is_recorded_at_once(placed):
    placed.record(person(id="p2"), residence(person="p2"))
    checks = {
        "day": "2020-03-20",
        "slot": "am",
        "people": [{"person": "p1"}, {"person": "p2", "signs": ["fever"]}],
    }

    assert placed.post("/households/home/checks", checks).json["new"] == 2


def test_whoever_does_not_live_there_is_not_checked_with_a_household(placed):
    placed.record(person(id="p2"))
    checks = {"day": "2020-03-20", "slot": "am", "people": [{"person": "p1"}, {"person": "p2"}]}

    answer = placed.post("/households/home/checks", checks)

    assert answer.status_code == 422
    assert "who lives in this household" in answer.json["detail"]


# ---- by whom


def test_facts_are_recorded_by_whoever_asks(placed):
    placed.record(CHECK)

    facts = placed.get("/persons/p1/history").json["facts"]
    assert {each["recorded_by"] for each in facts} == {"wang"}


def test_nobody_records_in_anothers_name(placed):
    answer = placed.post("/checks", CHECK | {"recorded_by": "somebody else"})

    assert answer.status_code == 422
    assert answer.json["faults"][0]["field"] == "recorded_by"


# ---- pages


def test_all_facts_are_read_page_by_page(placed):
    first = placed.get("/facts", limit=3).json
    second = placed.get("/facts", limit=3, after=first["next"]).json

    assert [each["seq"] for each in first["facts"] + second["facts"]] == [1, 2, 3, 4]


def test_only_who_sees_everything_reads_all_facts(service):
    assert service.appoint("zhou", "investigator", "420106").get("/facts").status_code == 403
