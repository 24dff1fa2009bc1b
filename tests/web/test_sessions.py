"""Browsers: a session after a name and a password, which ends; what it changes cannot be forged."""

import pytest

from api import create_app
from api.cli import main
from api.passwords import password_digest
from tests.spec.builders import fact, person
from tracing.faults import Refused
from tracing.office import Deed, Pass, PassKind, secret_digest

PASSWORD = "a long password"  # noqa: S105
OTHER = "another long password"
JSON = {"Content-Type": "application/json", "Accept-Language": "en"}


@pytest.fixture
def browser(service):
    service.appoint("li", "township_officer", "420106")
    service.office.set_password("li", password_digest(PASSWORD))
    return service.app.test_client()


def sign_in(browser, name="li", password=PASSWORD):
    return browser.post("/api/v1/sessions", json={"name": name, "password": password}, headers=JSON)


def test_a_session_lets_a_browser_in(browser):
    answer = sign_in(browser)

    assert answer.status_code == 201
    assert browser.get("/api/v1/me").json["name"] == "li"
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_a_cookie_for_elsewhere_than_this_machine_is_sent_over_tls_only(service, browser):
    answer = browser.post(
        "/api/v1/sessions", json={"name": "li", "password": PASSWORD}, base_url="https://county.example"
    )

    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_token_against_forged_requests_of_other_letters_is_refused(browser):
    sign_in(browser)

    answer = browser.delete("/api/v1/sessions/current", headers={"X-CSRF-Token": "Ω"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("name", "password"), [("li", "another password"), ("nobody", PASSWORD), ("wang", PASSWORD)]
)
def test_a_wrong_name_or_password_lets_nobody_in_in_the_same_words(service, browser, name, password):
    service.appoint("wang", "investigator")

    answer = sign_in(browser, name, password)

    assert answer.status_code == 401
    assert answer.json["detail"] == "another name or another password would be right"
    assert browser.get("/api/v1/me").status_code == 401


def test_after_five_wrong_passwords_the_right_one_waits_too(browser, monkeypatch):
    for _ in range(5):
        assert sign_in(browser, password=OTHER).status_code == 401

    throttled = sign_in(browser)
    assert throttled.status_code == 429
    assert throttled.headers["Retry-After"] == "900"

    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T08:16")
    assert sign_in(browser).status_code == 201


def test_what_a_session_changes_needs_its_token(browser):
    token = sign_in(browser).json["csrf"]
    check = {"person": "nobody", "day": "2020-03-20", "slot": "am"}

    assert browser.post("/api/v1/checks", json=check).status_code == 403
    assert browser.post("/api/v1/checks", json=check, headers={"X-CSRF-Token": "x"}).status_code == 403
    assert browser.post("/api/v1/checks", json=check, headers={"X-CSRF-Token": token}).status_code == 422
    assert browser.get("/api/v1/me").json["csrf"] == token


def test_a_session_ends_when_it_is_not_used(browser, monkeypatch):
    sign_in(browser)
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T08:29")
    assert browser.get("/api/v1/me").status_code == 200
    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T08:58")
    assert browser.get("/api/v1/me").status_code == 200

    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T09:28")

    assert browser.get("/api/v1/me").status_code == 401


def test_a_session_ends_in_the_end_however_much_it_is_used(browser, monkeypatch):
    sign_in(browser)
    for hour in range(8, 20):
        for minute in ("10", "35", "59"):
            monkeypatch.setenv("SHOUWANG_NOW", f"2020-03-20T{hour:02}:{minute}")
            assert browser.get("/api/v1/me").status_code == 200

    monkeypatch.setenv("SHOUWANG_NOW", "2020-03-20T20:00")

    assert browser.get("/api/v1/me").status_code == 401


def test_whoever_signs_out_is_out(browser):
    answer = sign_in(browser)
    cookie = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]

    assert (
        browser.delete("/api/v1/sessions/current", headers={"X-CSRF-Token": answer.json["csrf"]}).status_code
        == 204
    )

    browser.set_cookie("shouwang_session", cookie)
    assert browser.get("/api/v1/me").status_code == 401


def test_a_sessions_secret_is_no_token(browser):
    cookie = sign_in(browser).headers["Set-Cookie"].split(";")[0].partition("=")[2]
    browser.delete_cookie("shouwang_session")

    assert browser.get("/api/v1/me", headers={"Authorization": f"Bearer {cookie}"}).status_code == 401


def test_another_password_ends_the_sessions_of_the_one_before(service, browser, monkeypatch):
    sign_in(browser)
    monkeypatch.setattr("sys.stdin", StandardInput(f"{OTHER}\n"))

    assert main(["user", "password", "li", "--database", service.register.store.name]) == 0

    assert browser.get("/api/v1/me").status_code == 401
    assert sign_in(browser, password=OTHER).status_code == 201


class StandardInput:
    """What somebody pipes into a command."""

    def __init__(self, text):
        self._text = text

    def isatty(self):
        return False

    def readline(self):
        return self._text


# ---- who works here


@pytest.fixture
def administrator(service):
    return service.appoint("admin", "administrator")


def test_an_administrator_lets_somebody_work_here(service, administrator):
    told = {"name": "zhou", "role": "grid_leader", "area": "420106100", "password": PASSWORD}

    answer = administrator.post("/officers", told, **JSON)

    assert answer.status_code == 201
    client = service.app.test_client()
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {answer.json['token']}"}).json[
        "area"
    ] == ("420106100")
    assert sign_in(service.app.test_client(), "zhou").status_code == 201


def test_a_token_may_be_good_for_less_than_its_officer(service, administrator):
    told = {"name": "reader", "role": "investigator", "scope": ["see_lists"]}
    token = administrator.post("/officers", told, **JSON).json["token"]
    client, bearer = service.app.test_client(), {"Authorization": f"Bearer {token}"}

    assert client.get("/api/v1/me", headers=bearer).json["may"] == ["see_lists"]
    assert client.get("/api/v1/persons/p1", headers=bearer).status_code == 403


def test_an_administrator_sees_who_works_here_and_nobody_else_does(service, administrator, investigator):
    assert [each["name"] for each in administrator.get("/officers").json["officers"]] == ["admin", "wang"]
    assert investigator.get("/officers").status_code == 403
    assert administrator.get("/persons/p1/assessment").status_code == 403


def test_whoever_is_dismissed_comes_in_no_more(service, administrator, investigator):
    client, bearer = service.app.test_client(), {"Authorization": "Bearer admin"}

    assert client.delete("/api/v1/officers/wang", headers=bearer).status_code == 204
    assert client.delete("/api/v1/officers/wang", headers=bearer).status_code == 404
    assert investigator.get("/me").status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [{"name": "two words"}, {"role": "king"}, {"area": "north"}, {"password": "short"}, {"scope": ["rule"]}],
)
def test_an_appointment_that_is_none_is_refused(administrator, wrong):
    told = {"name": "zhou", "role": "grid_leader", "area": "420106100"} | wrong

    assert administrator.post("/officers", told, **JSON).status_code == 422
    assert [each["name"] for each in administrator.get("/officers").json["officers"]] == ["admin"]


# ---- how much


def test_whoever_asks_too_much_is_told_to_wait(service, monkeypatch):
    monkeypatch.setenv("SHOUWANG_POINTS", "3")
    busy, other = service.appoint("busy", "investigator"), service.appoint("other", "investigator")

    statuses = [busy.get("/me").status_code for _ in range(4)]

    assert statuses == [200, 200, 200, 429]
    assert busy.get("/me").headers["Retry-After"] == "60"
    assert other.get("/me").status_code == 200


@pytest.mark.parametrize(
    "name", ["SHOUWANG_POINTS", "SHOUWANG_PROXIES", "SHOUWANG_SESSION_IDLE", "SHOUWANG_SESSION_LONGEST"]
)
def test_a_service_with_a_setting_that_is_none_does_not_start(service, monkeypatch, name):
    monkeypatch.setenv(name, "many")

    with pytest.raises(Refused, match=name):
        create_app(service.register.store.name)


def test_what_reads_all_facts_costs_more(service, monkeypatch):
    monkeypatch.setenv("SHOUWANG_POINTS", "30")
    busy = service.appoint("busy", "investigator")

    statuses = [busy.get("/facts").status_code for _ in range(2)]

    assert statuses == [200, 429]


@pytest.mark.parametrize(("scope", "statuses"), [("record", [201, 201, 403]), ("erase", [403, 403, 201])])
def test_a_token_for_recording_alone_or_erasing_alone_is_good_for_that(service, scope, statuses):
    service.appoint("wang", "investigator").record(person(id="p1", name="试例"))
    sun = service.appoint("sun", "supervisor")
    service.office.revoke_all("sun", PassKind.TOKEN)
    granted = Pass(PassKind.TOKEN, scope=frozenset({Deed(scope)}))
    service.office.grant("sun", secret_digest("sun"), granted)

    facts = [
        person(id="p2"),
        fact("check", person="p1", day="2020-03-19", slot="am"),
        fact("erasure", person="p1", reason="asked for"),
    ]
    assert [sun.post("/facts", [each]).status_code for each in facts] == statuses
