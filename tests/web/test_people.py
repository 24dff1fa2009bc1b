"""Who somebody is: found by those who know something of them, shown masked, revealed with a reason."""

import time

import pytest

from api.service.beat import BEAT_S
from tests.spec.builders import fact, household, merge, person, residence

NUMBER = "11010519491231002X"
PEOPLE = [
    person(id="p1", name="赵试例", phone="13800138000", id_number=NUMBER, sex="female"),
    *(household(id="near", area="420106100", address="珞狮路1号"), residence(person="p1", household="near")),
    person(id="p2", name="赵试例", phone="13900139000"),
    *(household(id="far", area="420107100", address="冶金大道2号"), residence(person="p2", household="far")),
]


@pytest.fixture
def known(service, investigator):
    investigator.record(*PEOPLE)
    return service


def found(client, **clues):
    answer = client.post("/persons/search", clues)
    assert answer.status_code == 200
    return [each["person"] for each in answer.json]


@pytest.mark.parametrize(
    ("clues", "people"),
    [
        ({"name": "赵试例"}, ["p1", "p2"]),
        ({"initials": "zsl"}, ["p1", "p2"]),
        ({"name": "趙試例", "phone": "+86 139 0013 9000"}, ["p2"]),
        ({"id_number": NUMBER.lower()}, ["p1"]),
        ({"address": "冶金大道 2 号"}, ["p2"]),
        ({"name": "赵试例", "address": "珞狮路1号"}, ["p1"]),
        ({"name": "赵试例", "phone": "13700137000"}, []),
    ],
)
def test_people_are_found_whom_all_that_is_known_fits(known, investigator, clues, people):
    assert found(investigator, **clues) == people


@pytest.mark.parametrize("clues", [{}, {"nickname": "x"}, {"name": ""}, {"name": 1}])
def test_a_search_that_says_nothing_is_refused(known, investigator, clues):
    answer = investigator.post("/persons/search", clues)

    assert answer.status_code == 422


def test_an_officer_finds_nobody_elsewhere(known):
    officer = known.appoint("li", "township_officer", "420106")

    assert found(officer, name="赵试例") == ["p1"]
    assert found(officer, address="冶金大道2号") == []
    assert officer.get("/persons/p2").status_code == 404
    assert (
        officer.get("/persons/p2").json["detail"].replace("p2", "p9")
        == (officer.get("/persons/p9").json["detail"])
    )


@pytest.mark.parametrize("who", ["p2", "p9"])
def test_somebody_elsewhere_is_denied_no_sooner_and_no_later_than_nobody(known, who):
    officer = known.appoint("li", "township_officer", "420106")

    for ask in (
        lambda: officer.get(f"/persons/{who}"),
        lambda: officer.get(f"/persons/{who}/assessment"),
        lambda: officer.post("/persons/search", {"phone": "13900139000" if who == "p2" else "13700137000"}),
        lambda: officer.post("/facts", [fact("check", person=who, day="2020-02-09", slot="am")]),
    ):
        began = time.perf_counter()
        ask()
        assert time.perf_counter() - began >= BEAT_S


def test_a_name_that_was_withdrawn_finds_nobody(known, investigator):
    investigator.record(fact("statement", id="s", person="p1", name="钱误记"))
    assert found(investigator, name="钱误记") == ["p1"]

    investigator.record(fact("void", of="s"))

    assert found(investigator, name="钱误记") == []


def test_two_records_of_one_are_found_as_one(known, investigator):
    investigator.record(merge(person="p2", into="p1"))

    assert found(investigator, phone="13900139000") == ["p1"]
    others = investigator.get("/persons/p1").json["others"]
    assert {"field": "phone", "value": "13900139000", "fact": "p2"} in others


def test_what_two_records_of_one_say_is_looked_up_together(known, investigator):
    investigator.record(merge(person="p2", into="p1"))

    assert found(investigator, phone="13900139000", id_number=NUMBER) == ["p1"]


def test_who_somebody_is_says_what_is_in_use_and_what_else_was_said(known, investigator):
    investigator.record(fact("statement", id="s", person="p1", phone="13100131000", preferred=True))

    answer = investigator.get("/persons/p1").json

    assert answer["name"] == {"value": "赵试例", "fact": "p1"}
    assert answer["phone"] == {"value": "13100131000", "fact": "s"}
    assert answer["others"] == [{"field": "phone", "value": "13800138000", "fact": "p1"}]
    assert answer["homes"] == [
        {
            "household": "near",
            "area": "420106100",
            "address": "珞狮路1号",
            "first_day": None,
            "last_day": None,
        }
    ]


def test_an_id_number_is_masked_until_it_is_revealed_with_a_reason(known, investigator):
    assert investigator.get("/persons/p1").json["id_number"]["value"] == "110105********002X"
    assert NUMBER not in investigator.post("/persons/search", {"name": "赵试例"}).get_data(as_text=True)

    answer = reveal(investigator, "p1", reason="to compare with a passport")

    assert answer.json["id_number"] == NUMBER
    entry = known.trail()[-1]
    assert (entry.why, entry.about) == ("to compare with a passport", ("p1",))


@pytest.mark.parametrize("told", [{}, {"reason": ""}, {"reason": "  "}])
def test_nobody_is_revealed_without_a_reason(known, investigator, told):
    assert reveal(investigator, "p1", **told).status_code == 422


def reveal(client, who, **told):
    return client.post(f"/persons/{who}/reveal", told)


def test_an_officer_on_the_spot_sees_who_somebody_is_and_reveals_nobody(known):
    officer = known.appoint("li", "grid_leader", "420106100")

    assert officer.get("/persons/p1").json["phone"]["value"] == "13800138000"
    assert reveal(officer, "p1", reason="curious").status_code == 403


def test_another_department_learns_a_status_and_never_who(known):
    partner = known.appoint("school", "partner", "420106")

    assert partner.post("/persons/search", {"phone": "13800138000"}).json == [{"person": "p1"}]
    assert partner.get("/persons/p1/assessment").status_code == 200
    assert partner.get("/persons/p1").status_code == 403
    assert partner.get("/areas/420106/worklist", day="2020-03-20").status_code == 403
    assert partner.post("/checks", fact("check", person="p1", day="2020-03-20", slot="am")).status_code == 403


def test_an_auditor_learns_who_looked_at_somebody(known, investigator):
    investigator.get("/persons/p1")
    reveal(investigator, "p1", reason="to call them")
    investigator.get("/persons/p2")
    auditor = known.appoint("qian", "auditor")

    entries = auditor.get("/persons/p1/trail").json["entries"]

    assert [(each["officer"], each["asked"], each["why"]) for each in entries[-2:]] == [
        ("wang", "GET /api/v1/persons/<path:person>", None),
        ("wang", "POST /api/v1/persons/<path:person>/reveal", "to call them"),
    ]
    assert investigator.get("/persons/p1/trail").status_code == 403


# ---- erasing


def test_only_a_supervisor_erases_who_somebody_is(known, investigator):
    erasure = {"person": "p1", "reason": "asked for"}
    assert investigator.post("/erasures", erasure).status_code == 403

    assert known.appoint("sun", "supervisor").post("/erasures", erasure).status_code == 201

    assert found(investigator, phone="13800138000") == []
    answer = investigator.get("/persons/p1").json
    assert ("name" in answer, answer["sex"]["value"]) == (False, "female")
    assert answer["homes"][0]["address"] is None


@pytest.mark.parametrize("path", ["/facts", "/persons", "/what-if"])
@pytest.mark.parametrize("guess", [{}, {"name": "钱试例"}, {"phone": "13900139000"}])
def test_nobody_finds_out_by_guessing_who_was_erased(known, investigator, path, guess):
    known.appoint("sun", "supervisor").post("/erasures", {"person": "p1", "reason": "asked for"})

    answer = investigator.post(path, [PEOPLE[0] | guess])

    assert answer.status_code == 422
    assert [(each["field"], each["found"]) for each in answer.json["faults"]] == [
        ("", "who 'p1' is, which was erased")
    ]


def test_that_somebody_elsewhere_was_erased_is_told_to_nobody(known, investigator):
    known.appoint("sun", "supervisor").post("/erasures", {"person": "p2", "reason": "asked for"})
    local = known.appoint("zhou", "investigator", "420106")

    hidden = local.post("/statements", {"person": "p2", "name": "x"}).json["faults"]
    nobody = local.post("/statements", {"person": "p9", "name": "x"}).json["faults"]

    assert str(hidden).replace("p2", "p9") == str(nobody)
