"""Who is let in, and for what."""

import pytest

from api.service.gate import _NEEDS

PATHS = [
    "/persons/p1/assessment",
    "/persons/p1/chains",
    "/persons/p1/history",
    "/areas/420106/worklist?day=2020-03-20",
    "/areas/420106/release-list?day=2020-03-20",
    "/me",
    "/trail",
]


@pytest.mark.parametrize("path", PATHS)
def test_whoever_has_no_token_is_asked_for_one(service, path):
    answer = service.nobody().get(path)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.content_type == "application/problem+json"


def test_nothing_is_recorded_without_a_token(service, investigator):
    assert service.nobody().post("/facts", [{"fact": "person", "id": "p1"}]).status_code == 401

    assert investigator.get("/persons/p1/assessment").status_code == 404


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer nobody's", "Basic d2FuZzo=", "Bearer wang extra"])
def test_a_token_that_nobody_holds_is_none(service, investigator, token):
    client = service.app.test_client()

    assert client.get("/api/v1/me", headers={"Authorization": token}).status_code == 401


def test_a_token_is_good_until_its_end(service):
    early = service.appoint("early", "investigator", until="2020-03-20T08:00")
    late = service.appoint("late", "investigator", until="2020-03-20T08:01")

    assert early.get("/me").status_code == 401
    assert late.get("/me").status_code == 200


def test_whoever_is_dismissed_is_let_in_no_more(service, investigator):
    assert investigator.get("/me").status_code == 200

    service.office.dismiss("wang")

    assert investigator.get("/me").status_code == 401


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("auditor", "/persons/p1/assessment"),
        ("auditor", "/areas/420106/worklist?day=2020-03-20"),
        ("township_officer", "/persons/p1/chains"),
        ("township_officer", "/persons/p1/history"),
        ("grid_leader", "/trail"),
        ("investigator", "/trail"),
    ],
)
def test_what_a_role_may_not_do_is_forbidden(service, role, path):
    answer = service.appoint("somebody", role, "420106").get(path)

    assert answer.status_code == 403
    assert role in answer.json["detail"]


def test_an_investigator_of_an_area_follows_no_chains_out_of_it(service):
    assert service.appoint("zhou", "investigator", "420106").get("/persons/p1/chains").status_code == 403


def test_every_view_says_whom_it_is_for(service):
    views = {
        rule.endpoint: service.app.view_functions[rule.endpoint] for rule in service.app.url_map.iter_rules()
    }

    assert len(views) > 8
    assert [endpoint for endpoint, view in views.items() if not hasattr(view, _NEEDS)] == []


def test_a_view_that_does_not_say_it_is_for_nobody(service):
    service.app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "everything")

    assert service.nobody().get("/forgotten").status_code == 401
    assert service.appoint("wang", "supervisor").get("/forgotten").status_code == 403


def test_me_says_who_is_asking(service):
    answer = service.appoint("li", "township_officer", "420106").get("/me")

    assert answer.json == {
        "name": "li",
        "role": "township_officer",
        "area": "420106",
        "may": ["look_up", "record_care", "see_identity", "see_lists", "see_status"],
    }
