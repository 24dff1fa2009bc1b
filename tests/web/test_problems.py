"""What goes wrong is said in a sentence, with its status, and changes nothing."""

import pytest

from api.service.problem_phrases import DETAILS, TITLES
from tests.spec.builders import exposure, fact, person
from tracing.audit import breaks


def test_facts_that_break_a_rule_are_refused_whole(investigator):
    answer = investigator.post("/facts", [person(id="p1"), exposure(id="e1", start="2020-03-10")])

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert [(each["where"], each["field"]) for each in answer.json["faults"]] == [
        ("line 1", "participants"),
        ("line 1", "participants"),
    ]
    assert investigator.get("/persons/p1/assessment").status_code == 404


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", None),
        ("[", "not JSON"),
        ('{"fact": "person"', "not JSON"),
        (b"\xff", "not UTF-8"),
        ("1", "a number"),
    ],
)
def test_a_body_that_is_no_facts_says_so(investigator, body, said):
    answer = investigator.post("/facts", body)

    if said is None:
        assert (answer.status_code, answer.json["new"]) == (200, 0)
    else:
        assert answer.status_code == 422
        assert said in answer.json["detail"]


@pytest.mark.parametrize("path", ["/persons/search", "/persons/p1/reveal", "/facts", "/checks"])
def test_a_body_that_goes_too_deep_is_refused(investigator, path):
    answer = investigator.post(path, "[" * 5_000)

    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


HALF = '"\\ud800"'


@pytest.mark.parametrize(
    ("path", "body", "seen"),
    [
        ("/persons/p1/reveal", f'{{"reason": {HALF}}}', '"1"'),
        ("/persons/search", f'{{"name": {HALF}}}', '"1"'),
        ("/persons/search", f'{{"name": {"9" * 5_000}}}', '"1"'),
        ("/sessions", f'{{"name": {HALF}, "password": "x"}}', '"1"'),
        ("/voids", '{"of": "p1"}', f'"{"9" * 5_000}"'),
        ("/households/home/checks", '{"day": "2020-03-19", "slot": "am", "people": [{"person": []}]}', '"1"'),
    ],
)
def test_what_cannot_be_read_is_the_askers_fault_and_breaks_no_trail(service, path, body, seen):
    investigator = service.appoint("wang", "investigator")
    investigator.record(person(id="p1"))

    answer = investigator.post(path, body, **{"If-Match": seen})

    assert 400 <= answer.status_code < 500
    investigator.get("/me")
    assert list(breaks(service.trail())) == []
    assert len(service.trail()) == service.asked


def test_private_texts_are_not_repeated(investigator):
    answer = investigator.post("/facts", [person(id="p1", name=["赵试例"], phone=13800138000)])

    assert answer.status_code == 422
    assert "赵试例" not in answer.get_data(as_text=True)
    assert "13800138000" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "field", "right"),
    [
        ("/persons/p1/assessment?as_of=2020-02-30", "as_of", "a day"),
        ("/persons/p1/assessment?known_at=yesterday", "known_at", "a day"),
        ("/areas/42/worklist", "day", "required"),
        ("/areas/42/worklist?day=2020-02-01T08:00", "day", "a calendar day"),
        ("/areas/42/worklist?day=2020-02-01&slot=noon", "slot", "am, pm"),
        ("/persons/p1/chains?generations=0", "generations", "1"),
        ("/persons/p1/chains?direction=up", "direction", "forward"),
        ("/persons/p1/assessment?of=now", "of", "openapi.json"),
    ],
)
def test_a_question_that_cannot_be_read_says_what_would_be_right(investigator, path, field, right):
    answer = investigator.get(path)

    assert answer.status_code == 422
    (fault,) = answer.json["faults"]
    assert fault["field"] == field
    assert right in fault["right"]


@pytest.mark.parametrize(
    "path",
    [
        "/persons/nobody/assessment",
        "/persons/nobody/chains",
        "/areas/99/worklist?day=2020-02-01",
        "/areas/99/release-list?day=2020-02-01",
        "/persons/nobody/assessment?edition=99",
        "/nowhere",
    ],
)
def test_what_does_not_exist_is_not_found(investigator, path):
    assert investigator.get(path).status_code == 404


def test_another_method_is_told_which_are_allowed(investigator):
    answer = investigator.put("/me")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_too_much_at_once_is_refused(service, investigator):
    service.app.config["MAX_CONTENT_LENGTH"] = 100

    answer = investigator.post("/facts", [person(id=f"p{number}") for number in range(20)])

    assert answer.status_code == 413


def test_a_problem_is_said_in_the_language_asked_for(service):
    client = service.app.test_client()

    zh = client.get("/api/v1/me", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    en = client.get("/api/v1/me", headers={"Accept-Language": "en-GB"})

    assert zh.json["title"] == "未登录或令牌无效"
    assert en.json["title"] == "Unauthorized"
    assert (zh.headers["Content-Language"], en.headers["Content-Language"]) == ("zh", "en")


def test_every_problem_that_is_documented_has_its_words_in_chinese(service):
    paths = service.app.test_client().get("/api/v1/openapi.json").json["paths"].values()
    operations = [each for path in paths for name, each in path.items() if name in ("get", "post", "delete")]
    documented = {status for each in operations for status in each["responses"] if status.isdecimal()}

    problems = {int(each) for each in documented if each >= "400"}
    assert problems | {401, 404, 405, 500, 503} <= TITLES.keys() & DETAILS.keys()


def test_how_many_faults_there_are_is_said_in_the_language_asked_for(service, investigator):
    client, headers = service.app.test_client(), {"Authorization": "Bearer wang", "Accept-Language": "zh"}

    answer = client.post("/api/v1/facts", json=[{"fact": "person"}, {"fact": "x"}], headers=headers)

    assert answer.json["detail"] == "共有 2 处错误，逐条见 faults"


def test_a_request_is_found_again_by_its_own_id(service):
    client = service.app.test_client()

    told = client.get("/api/v1/me", headers={"X-Request-Id": "abc-1"})
    wrong = client.get("/api/v1/me", headers={"X-Request-Id": "<script>"})

    assert told.json["request"] == told.headers["X-Request-Id"] == "abc-1"
    assert wrong.headers["X-Request-Id"] != "<script>"


def test_our_own_fault_shows_nothing_of_what_was_said(service, investigator, monkeypatch, caplog):
    def broken(*_):
        raise ValueError("赵试例")

    monkeypatch.setattr("api.service.views.assess_answer", broken)
    investigator.record(person(id="p1"))

    answer = investigator.get("/persons/p1/assessment")

    assert answer.status_code == 500
    assert answer.json["request"] in answer.json["detail"]
    assert "赵试例" not in answer.get_data(as_text=True) + caplog.text
    assert "ValueError" in caplog.text


def test_a_database_that_cannot_be_used_is_unavailable(service, investigator, tmp_path):
    service.register.store.close()
    (tmp_path / "register.db").write_bytes(b"no database" * 1000)

    answer = investigator.get("/persons/p1/assessment")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert str(tmp_path) not in answer.get_data(as_text=True)


def test_answers_are_kept_nowhere_and_run_nothing(investigator):
    headers = investigator.get("/me").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_health_and_readiness_say_nothing_of_anybody(service):
    client = service.app.test_client()

    assert client.get("/health").get_data() == b"alive\n"
    assert client.get("/ready").get_data() == b"ready\n"


@pytest.mark.parametrize(
    "wrong",
    [
        fact("diagnosis", id="bad", person="p1", classification="confirmed", day="2019-03-13"),
        fact("determination", person="p1", category="close_contact", day="2020-03-16", last_day="2020-03-18"),
        fact("diagnosis", person="p1", classification="confirmed", day="2020-03-13", onset="0001-01-01"),
    ],
)
def test_what_rules_refuse_is_refused_in_a_large_file_too(investigator, wrong):
    many = [person(id=f"p{number}") for number in range(600)]
    ill = fact("diagnosis", person="p2", classification="confirmed", day="2020-03-13", onset="2020-03-12")
    met = exposure(start="2020-03-12T18:00", participants=["p1", "p2"])

    answer = investigator.post("/facts", [*many, ill, met, wrong])

    assert answer.status_code in (404, 422)
    assert investigator.get("/persons/p1/assessment").status_code == 404
