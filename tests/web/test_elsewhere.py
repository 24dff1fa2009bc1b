"""What an officer cannot try out about people elsewhere, nor take from them."""

import pytest

from tests.spec.builders import diagnosis, exposure, fact, household, person, residence


@pytest.fixture
def far(service, investigator):
    """Somebody of another district, of whom much is recorded, and an officer who does not see them."""
    investigator.record(
        *(person(id="far", name="试例", phone="13800138000"), household(id="hf", area="420107100")),
        residence(person="far", household="hf"),
        fact("test", person="far", sampled="2020-03-18", result="positive"),
        fact("check", id="c1", person="far", day="2020-03-18", slot="am"),
        *(fact("journey", id="j1", mode="train_enclosed"), fact("ride", person="far", journey="j1")),
        fact("place", id="works", name="works", area="420107100", kind="enterprise"),
        fact("unit_report", id="count", place="works", day="2020-03-19", count=3),
    )
    return service


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (fact("test", person="far", sampled="2020-03-18", result="positive"), {"result": "negative"}),
        (residence(person="far", household="hf"), {"household": "hx"}),
        (person(id="far", name="试例", phone="13800138000"), {"phone": "13900139000"}),
        (fact("check", id="c1", person="far", day="2020-03-18", slot="am"), {"at": "2020-03-18T10:00"}),
    ],
)
def test_what_is_recorded_of_somebody_elsewhere_cannot_be_tried_out(far, true, wrong):
    officer = far.appoint("zhou", "investigator", "420106")

    right, other = officer.post("/facts", [true]), officer.post("/facts", [true | wrong])

    assert (right.status_code, other.status_code) == (422, 422)
    assert len(right.json["faults"]) <= len(other.json["faults"])
    assert "new" not in right.json


# ---- ids that are taken

HIDDEN = ["far", "hf", "c1", "gone", "works", "count", "lonely"]
"""A person, a household, facts, a withdrawn one too, and places: all of another district."""


@pytest.fixture
def local(far, investigator):
    """An officer of a district where somebody lives."""
    investigator.record(
        *(person(id="near"), household(id="home", area="420106100"), residence(person="near")),
        fact("check", id="gone", person="far", day="2020-03-17", slot="am"),
        fact("place", id="lonely", name="lonely", area="420107100"),
    )
    investigator.record(fact("void", of="gone"))
    return far.appoint("zhou", "investigator", "420106")


TAKEN = ("line 1", "id", "'…' a second time for something else", "another id would be right")


def seen(day="2020-03-19", **told):
    return fact("check", day=day, slot="pm", **{"person": "near"} | told)


TRIES = [
    lambda one: [person(id=one)],
    lambda one: [household(id=one, area="420106100", address="珞狮路1号")],
    lambda one: [fact("place", id=one, name="a place", area="420106100")],
    lambda one: [fact("journey", id=one, mode="car")],
    lambda one: [seen(id=one)],
    lambda one: [person(id=one), residence(person="near", household=one)],
    lambda one: [household(id=one, area="420106100"), seen(person=one)],
    lambda one: [fact("void", of=one)],
    lambda one: [fact("void", of=one), seen(id=one)],
    lambda one: [seen(id=one), fact("void", of=one)],
    lambda one: [seen(person=one)],
]


def faults(client, facts, one):
    told = client.post("/facts", facts).json.get("faults", [])
    return [tuple(text.replace(one, "…") for text in each.values()) for each in told]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_of_an_id_elsewhere_is_told_that_it_is_taken_and_nothing_else(local, hidden):
    for number, attempt in enumerate(TRIES):
        nobody = f"nobody-{number}"

        told = faults(local, attempt(hidden), hidden)

        taken = [TAKEN for each in attempt(hidden) if each.get("id") == hidden]
        assert sorted(told) == sorted(taken + faults(local, attempt(nobody), nobody))


def test_of_the_id_of_somebody_erased_elsewhere_is_told_that_it_is_taken(far, local):
    far.appoint("sun", "supervisor").record(fact("erasure", person="far", reason="asked for"))

    told = faults(local, [person(id="far", name="试例")], "far")

    assert told == faults(local, [person(id="lonely", name="试例")], "lonely")


@pytest.mark.parametrize("hidden", ["c1", "count", "lonely"])
def test_nothing_elsewhere_is_withdrawn_by_who_uses_its_id_again(local, investigator, hidden):
    before = len(investigator.get("/facts", limit=100).json["facts"])

    answer = local.post("/facts", [fact("void", of=hidden), seen(id=hidden)])

    assert answer.status_code == 422
    assert len(investigator.get("/facts", limit=100).json["facts"]) == before


def test_nobody_gives_the_id_that_a_fact_elsewhere_made_of_its_content_to_something_else(local, investigator):
    facts = investigator.get("/facts", limit=100).json["facts"]
    (made_up,) = [each["fact_id"] for each in facts if each["fact"] == "test"]
    never = "test:0123456789abcdef"

    for attempt in (
        lambda one: [household(id=one, area="420106100")],
        lambda one: [seen(id=one)],
        lambda one: [fact("void", of=one), seen(id=one)],
    ):
        told = faults(local, attempt(made_up), made_up)
        assert told == faults(local, attempt(never), never)
        assert "the form of those made of content" in told[0][3]


def test_an_id_that_something_withdrawn_had_is_used_again_by_who_sees_that(local):
    local.record(seen(id="mine"))
    local.record(fact("void", of="mine"))

    local.record(seen(id="mine", day="2020-03-18"))


def test_what_facts_elsewhere_name_is_not_withdrawn_by_who_does_not_see_them(far):
    officer = far.appoint("zhou", "investigator", "420106")

    answer = officer.post("/facts", [fact("void", of="j1")])

    assert answer.status_code == 422
    assert answer.json["faults"][0]["field"] == "of"
    assert "far" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "more",
    [
        fact("void", of="count"),
        fact("tally", area="420107100", day="2020-03-19", kind="fever", count=99),
        fact("tally", place="works", day="2020-03-19", kind="fever", count=99),
    ],
)
def test_figures_of_another_district_are_left_alone(far, more):
    officer = far.appoint("zhou", "investigator", "420106")

    assert officer.post("/facts", [more]).status_code == 422


def test_what_stands_against_a_fact_elsewhere_is_not_named(service, investigator):
    investigator.record(
        *(person(id="case"), person(id="far")),
        *(household(id="home", area="420106100"), residence(person="case")),
        *(household(id="hf", area="420107100"), residence(person="far", household="hf")),
        *(
            exposure(id=f"e{day}", start=f"2020-03-{day}", participants=["case", "far"])
            for day in ("09", "11")
        ),
        diagnosis(id="d1", day="2020-03-13", onset="2020-03-11"),
        fact("isolation", id="iso", person="case", start="2020-03-10T08:00", where="hospital"),
        fact(
            "determination", person="far", category="close_contact", day="2020-03-16", last_day="2020-03-23"
        ),
    )
    officer = service.appoint("zhou", "investigator", "420106")

    answer = officer.post("/facts", [fact("void", of="iso")])

    assert answer.status_code == 201
    assert "unanswered" not in answer.json
    assert "far" not in answer.get_data(as_text=True)


def test_a_list_handed_over_is_seen_by_who_recorded_it(service, investigator):
    officer = service.appoint("zhou", "investigator", "420106")
    batch = fact("batch", id="b1", body="education bureau", day="2020-03-19")

    first, again = officer.post("/facts", [batch]), officer.post("/facts", [batch])

    assert (first.status_code, again.status_code) == (201, 200)
    assert officer.get("/facts/b1").status_code == 200


def test_ones_own_figures_can_be_corrected(far):
    officer = far.appoint("zhou", "investigator", "420106")
    officer.record(fact("tally", id="own", area="420106100", day="2020-03-19", kind="fever", count=1))

    officer.record(fact("void", of="own"))


def test_whoever_was_nowhere_known_then_and_is_elsewhere_now_is_in_no_list(
    service, investigator, monkeypatch
):
    investigator.record(
        *(person(id="case"), person(id="contact"), household(id="home", area="420106100")),
        residence(person="case"),
        exposure(id="dinner", start="2020-03-18T18:00", end="2020-03-18T20:00"),
        diagnosis(id="d1", day="2020-03-19", onset="2020-03-18"),
    )
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T09:00")
    investigator.record(household(id="far", area="420107100"), residence(person="contact", household="far"))
    officer = service.appoint("li", "township_officer", "420106")

    for asked in ({}, {"known_at": "2020-03-20T08:30"}):
        for name in ("worklist", "release-list"):
            answer = officer.get(f"/areas/420106/{name}", day="2020-03-21", **asked)
            assert answer.status_code == 200
            assert "contact" not in [each["person"] for each in everybody_in(answer.json)]


def everybody_in(told):
    if isinstance(told, dict):
        yield from ([told] if "person" in told else ())
        for each in told.values():
            yield from everybody_in(each)
    elif isinstance(told, list):
        for each in told:
            yield from everybody_in(each)
