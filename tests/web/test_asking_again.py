"""Whoever asks again under one key changes nothing twice, and one alone records what many ask at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.spec.builders import fact, person
from tests.web.conftest import placed_in, served

CHECK = fact("check", person="p1", day="2020-03-20", slot="am", temperature_c=36.5)
KEY = {"Idempotency-Key": "a-key"}
AT_ONCE = 8


def test_a_request_asked_again_under_one_key_is_answered_as_before(placed):
    key = {"Idempotency-Key": "a-key"}

    first = placed.post("/checks", CHECK, **key)
    again = placed.post("/checks", CHECK, **key)

    assert (again.status_code, again.json) == (first.status_code, first.json) == (201, first.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers


def test_a_key_is_good_for_one_request_only(placed):
    placed.post("/checks", CHECK, **{"Idempotency-Key": "a-key"})

    answer = placed.post("/checks", CHECK | {"slot": "pm"}, **{"Idempotency-Key": "a-key"})

    assert answer.status_code == 422
    assert "another key" in answer.json["detail"]


def test_a_key_is_that_of_one_officer(service, placed):
    placed.post("/checks", CHECK, **{"Idempotency-Key": "a-key"})
    other = service.appoint("zhou", "investigator")

    answer = other.post("/checks", CHECK | {"slot": "pm"}, **{"Idempotency-Key": "a-key"})

    assert (answer.status_code, answer.json["new"]) == (201, 1)


def test_what_was_refused_may_be_asked_again_under_the_same_key(placed):
    key = {"Idempotency-Key": "a-key"}
    assert placed.post("/checks", CHECK | {"person": "p2"}, **key).status_code == 422
    placed.record(person(id="p2"))

    assert placed.post("/checks", CHECK | {"person": "p2"}, **key).status_code == 201


@pytest.mark.parametrize(("role", "area"), [("township_officer", ""), ("investigator", "420107")])
def test_what_was_answered_to_somebody_is_not_shown_to_them_in_another_office(service, placed, role, area):
    placed.post("/checks", CHECK, **{"Idempotency-Key": "a-key"})
    moved = service.appoint("wang", role, area)

    answer = moved.post("/checks", CHECK, **{"Idempotency-Key": "a-key"})

    assert answer.status_code == 422
    assert "another key" in answer.json["detail"]


def test_a_key_is_forgotten_after_a_day(placed, monkeypatch):
    placed.post("/checks", CHECK, **{"Idempotency-Key": "a-key"})
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-21T08:01")

    answer = placed.post("/checks", CHECK | {"slot": "pm"}, **{"Idempotency-Key": "a-key"})

    assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_key_that_is_none_is_refused(placed, key):
    assert placed.post("/checks", CHECK, **{"Idempotency-Key": key}).status_code == 422


# ---- while the first is being recorded


def meanwhile(service, ask):
    """Ask something while the next request is being recorded; return what is answered to it."""
    answers = []
    service.meanwhile(lambda: answers.append(ask()))
    return answers


def test_what_is_being_recorded_is_not_recorded_beside(service, placed):
    answers = meanwhile(service, lambda: placed.post("/checks", CHECK, **KEY))

    first = placed.post("/checks", CHECK, **KEY)

    (second,) = answers
    assert (first.status_code, second.status_code) == (201, 409)
    assert (second.content_type, second.headers["Retry-After"]) == ("application/problem+json", "1")
    assert second.json["detail"] == "this is being recorded now; asking again in a moment would be right"
    assert placed.post("/checks", CHECK, **KEY).json == first.json


def test_something_else_is_refused_also_while_the_first_is_being_recorded(service, placed):
    answers = meanwhile(service, lambda: placed.post("/checks", CHECK | {"slot": "pm"}, **KEY))

    first = placed.post("/checks", CHECK, **KEY)

    assert (first.status_code, answers[0].status_code) == (201, 422)
    assert "another key" in answers[0].json["detail"]


def test_what_was_refused_leaves_the_key_to_any_request(placed):
    assert placed.post("/checks", CHECK | {"person": "p9"}, **KEY).status_code == 422

    assert placed.post("/checks", CHECK, **KEY).status_code == 201


def test_what_failed_leaves_the_key_to_any_request(service, placed):
    def fail():
        raise ZeroDivisionError

    service.meanwhile(fail)
    assert placed.post("/checks", CHECK, **KEY).status_code == 500

    assert placed.post("/checks", CHECK | {"slot": "pm"}, **KEY).status_code == 201


def test_what_is_recorded_is_answered_though_its_answer_cannot_be_kept(service, placed):
    def nowhere_to_keep_it():
        with sqlite3.connect(service.office.name) as office:
            office.execute("ALTER TABLE reply RENAME TO gone")

    service.meanwhile(nowhere_to_keep_it)

    assert placed.post("/checks", CHECK, **KEY).status_code == 201


# ---- at once


@pytest.fixture(params=[pytest.param("neo4j", marks=pytest.mark.neo4j), "sqlite"])
def anywhere(request, tmp_path):
    """An investigator of a service over either store."""
    with served(request.param, tmp_path) as service:
        yield placed_in(service.appoint("wang", "investigator"))


def asked_at_once(client, bodies):
    begin = Barrier(len(bodies))

    def ask(body):
        begin.wait(60)
        return client.post("/checks", body, **KEY)

    with ThreadPoolExecutor(len(bodies)) as threads:
        return list(threads.map(ask, bodies))


def checks_of(client):
    facts = client.get("/persons/p1/history").json["facts"]
    return [each["temperature_c"] for each in facts if each["fact"] == "check"]


def test_of_many_who_send_one_request_at_once_one_is_carried_out(anywhere):
    answers = asked_at_once(anywhere, [CHECK] * AT_ONCE)

    carried_out = [each for each in answers if each.status_code == 201 and not is_again(each)]
    others = [each for each in answers if each not in carried_out]
    assert len(carried_out) == 1
    assert {each.status_code for each in others} <= {201, 409}
    assert all(each.json == carried_out[0].json for each in others if each.status_code == 201)
    assert checks_of(anywhere) == [36.5]


def test_of_many_requests_under_one_key_at_once_one_is_recorded(anywhere):
    answers = asked_at_once(anywhere, [CHECK | {"temperature_c": 36 + one} for one in range(AT_ONCE)])

    assert sorted(each.status_code for each in answers) == [201] + [422] * (AT_ONCE - 1)
    assert checks_of(anywhere) == [36 + [each.status_code for each in answers].index(201)]


def is_again(answer):
    return "Idempotent-Replayed" in answer.headers
