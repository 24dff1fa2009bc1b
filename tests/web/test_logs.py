"""The log of the service: one line of JSON a request, and nothing that anybody said in it."""

import json
from datetime import datetime

import pytest

from api import create_app
from tests.spec.builders import person
from tracing.faults import Refused

PRIVATE = ("赵试例", "13800138000", "110105194912310021")


@pytest.fixture
def log(capsys):
    """Everything that was logged since the last time."""
    capsys.readouterr()
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_every_request_leaves_one_line(service, investigator, log):
    answer = investigator.get("/persons/nobody/assessment", as_of="2020-03-20")

    (line,) = log()
    assert datetime.fromisoformat(line.pop("time")).tzinfo
    assert line.pop("ms") > 0
    assert line == {
        "level": "info",
        "message": "answered",
        "request": answer.headers["X-Request-Id"],
        "method": "GET",
        "rule": "/api/v1/persons/<path:person>/assessment",
        "status": 404,
    }


@pytest.mark.parametrize("private", PRIVATE)
def test_nothing_that_was_said_stands_in_the_log(service, investigator, log, private):
    investigator.post("/facts", [person(id="p1", name=private, phone=private)])
    investigator.post("/facts", [person(id="p2", name=[private], of=private)])
    investigator.post("/facts", private)
    investigator.get(f"/persons/{private}/assessment", as_of=private)
    investigator.get(f"/areas/{private}/worklist", **{private: private})
    service.app.test_client().open(f"/{private}?of={private}", method=private.encode().hex())
    service.app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {private}"})

    lines = log()

    assert len(lines) == 7
    assert private not in json.dumps(lines, ensure_ascii=False)
    assert private.encode().hex().upper() not in str(lines)


def test_our_own_fault_is_a_line_that_says_where(investigator, log, monkeypatch):
    def broken(*_):
        raise ValueError("赵试例")

    monkeypatch.setattr("api.service.views.assess_answer", broken)
    investigator.record(person(id="p1"))
    log()

    answer = investigator.get("/persons/p1/assessment")

    error, answered = log()
    assert (error["level"], answered["status"]) == ("error", 500)
    assert error["request"] == answered["request"] == answer.json["request"]
    assert "ValueError at tests.web.test_logs" in error["message"]
    assert "赵试例" not in str(error)


def test_an_error_with_its_traceback_says_where_and_not_what(service, log):
    try:
        int("赵试例")
    except ValueError:
        service.app.logger.exception("while reading")

    (line,) = log()
    assert line["message"] == "while reading"
    assert line["error"] == "ValueError"
    assert line["at"][0].startswith("tests.web.test_logs:")
    assert "赵试例" not in str(line)


def test_from_warning_on_requests_leave_no_line(service, log, monkeypatch):
    monkeypatch.setenv("SHOUWANG_LOG", "warning")
    app = create_app(service.register.store.name)
    log()

    app.test_client().get("/health")
    app.logger.warning("the disk is nearly full")

    assert [line["message"] for line in log()] == ["the disk is nearly full"]


@pytest.mark.parametrize("level", ["debug", "loud", "INFO"])
def test_another_level_is_refused(service, monkeypatch, level):
    monkeypatch.setenv("SHOUWANG_LOG", level)

    with pytest.raises(Refused, match="info, warning or error would be right"):
        create_app(service.register.store.name)
