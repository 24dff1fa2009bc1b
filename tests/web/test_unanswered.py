"""A list over HTTP whose rules refuse to answer for somebody: all others, and who is missing and why."""

import pytest

from tests.spec.builders import diagnosis, exposure, fact, household, person, residence
from tests.web.conftest import NOW, served
from tracing.days import DEFAULT_ZONE, read_when
from tracing.restoring import restore

EARLY = fact(
    "determination",
    id="early",
    person="lost",
    category="close_contact",
    day="2020-03-16",
    last_day="2020-03-18",
)
FACTS = [
    *(person(id=each) for each in ("case", "contact", "lost", "far", "ancient")),
    *(household(id="home", area="420106100"), household(id="hf", area="420107100")),
    *(residence(person=each, household="home") for each in ("contact", "lost")),
    *(residence(person=each, household="hf") for each in ("far", "ancient")),
    *(
        exposure(id=f"with {each}", start="2020-03-10", participants=["case", each])
        for each in ("contact", "lost")
    ),
    exposure(id="long ago", start="2019-12-20", participants=["ancient", "far"]),
    diagnosis(id="d1", day="2020-03-13", onset="2020-03-09"),
    diagnosis(id="d0", person="ancient", day="2019-12-22", onset="2019-12-20"),
    EARLY,
]
WHY = {
    "lost": "fact early: last_day: found 2020-03-18; 2020-03-24 or later would be right, "
    "or a supervisor and a reason for ending earlier",
    "far": "fact d0: day: found 2019-12-22; "
    "a day on which an edition of nhc-covid19 is in force would be right",
}
LISTS = ["worklist?day=2020-03-20", "release-list?day=2020-03-25", "report?at=2020-03-20"]


def holding(service, *facts):
    rules = service.register.rules
    restore(service.register.store, rules, enumerate(facts, 1), lambda: read_when(NOW, DEFAULT_ZONE).first)
    return service


@pytest.fixture
def refused(service):
    return holding(service, *FACTS)


@pytest.fixture
def everybody(refused):
    return refused.appoint("wang", "investigator")


def missing(answer):
    assert answer.status_code == 200
    return {each["person"]: each["why"] for each in answer.json.get("unanswered", [])}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_answered_and_says_who_is_missing_and_why(everybody, name):
    answer = everybody.get(f"/areas/4201/{name}")

    assert missing(answer) == WHY | {"ancient": WHY["far"]}


def test_everybody_else_stands_where_they_stood(everybody):
    answer = everybody.get("/areas/4201/worklist", day="2020-03-20")

    assert [each["person"] for each in answer.json["to_be_placed"]] == ["contact"]


def test_why_is_said_in_chinese_to_who_reads_chinese(everybody):
    answer = everybody.in_chinese().get("/areas/4201/worklist", day="2020-03-20")

    assert missing(answer)["lost"] == (
        "事实early：判定的最后观察日2020-03-18早于规则要求的2020-03-24，应不早于该日，或注明提前解除的主管与理由"
    )
    assert missing(answer)["far"] == "事实d0：2019-12-22尚无生效的nhc-covid19版本，应核对该日期"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("office", "seen"), [("420106", {"lost"}), ("420107", {"far", "ancient"})])
def test_an_officer_is_told_of_those_only_whom_they_see(refused, name, office, seen):
    officer = refused.appoint("li", "township_officer", office)

    assert missing(officer.get(f"/areas/{office}/{name}")).keys() == seen


@pytest.mark.parametrize("store", ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_what_stands_against_somebody_elsewhere_is_not_named(store, tmp_path):
    with served(store, tmp_path) as service:
        visitor = residence(id="away", person="far", household="home", last_day="2020-01-02")
        holding(
            service, *(each for each in FACTS if each != residence(person="far", household="hf")), visitor
        )
        officer = service.appoint("li", "township_officer", "420106")

        answers = [officer.get(f"/areas/420106/{name}") for name in LISTS[:2]]

        for answer in answers:
            assert missing(answer).keys() == {"lost", "far"}
            assert missing(answer)["lost"] == WHY["lost"]
            assert missing(answer)["far"] == (
                "the register: found something recorded that stands against it; "
                "asking somebody who sees everybody would be right"
            )
            assert "d0" not in answer.get_data(as_text=True)
            assert "2019" not in answer.get_data(as_text=True)
            assert "ancient" not in answer.get_data(as_text=True)
        alone = officer.get("/persons/far/assessment")
        assert alone.status_code == 422
        assert [each["where"] for each in alone.json["faults"]] == ["the register"]
        assert "2019" not in alone.get_data(as_text=True)
        assert officer.get("/persons/lost/assessment").json["faults"][0]["field"] == "last_day"


@pytest.mark.parametrize("name", LISTS)
def test_the_trail_names_whom_the_list_could_not_answer_for(refused, everybody, name):
    everybody.get(f"/areas/4201/{name}")

    assert {"lost", "far", "ancient"} <= set(refused.trail()[-1].about)


def test_somebody_asked_for_alone_is_still_refused_with_the_fault(everybody):
    answer = everybody.get("/persons/lost/assessment")

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["faults"]] == ["last_day"]
    assert everybody.get("/persons/far/assessment").status_code == 404
    assert everybody.get("/persons/contact/assessment").status_code == 200


def test_a_comparison_names_of_whom_it_cannot_say_what_changes(everybody):
    more = [exposure(id="tea", start="2020-03-12", participants=["case", "contact"])]

    answer = everybody.post("/what-if", more)

    assert answer.status_code == 200
    assert [each["person"] for each in answer.json if "unanswered" not in each] == ["contact"]
    assert {each["person"]: each["unanswered"] for each in answer.json if "unanswered" in each} == (
        WHY | {"ancient": WHY["far"]}
    )


def test_a_check_of_somebody_unanswered_is_recorded_and_says_so(refused):
    officer = refused.appoint("li", "township_officer", "420106")

    answer = officer.post("/checks", [fact("check", person="lost", day="2020-03-20", slot="am")])

    assert answer.status_code == 201
    assert [each["person"] for each in answer.json["unanswered"]] == ["lost"]


def test_what_is_recorded_beside_somebody_elsewhere_tells_nothing_of_them(refused):
    officer = refused.appoint("zhou", "investigator", "420106")

    answer = officer.post(
        "/exposures", [exposure(id="tea", start="2020-03-12", participants=["contact", "lost"])]
    )

    assert answer.status_code == 201
    assert [each["person"] for each in answer.json["unanswered"]] == ["lost"]


@pytest.mark.parametrize("name", LISTS)
def test_with_nobody_unanswered_nothing_is_said_of_it(service, name):
    client = holding(service, *(each for each in FACTS if each.get("id") not in ("early", "d0"))).appoint(
        "wang", "investigator"
    )

    assert "unanswered" not in client.get(f"/areas/4201/{name}").json
