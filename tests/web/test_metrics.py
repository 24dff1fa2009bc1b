"""What is counted of requests, and to whom the counts are shown."""

import pytest

from api.service.metrics import is_from_here
from tests.spec.builders import person


def counts(app, **headers):
    answer = app.test_client().get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    lines = answer.get_data(as_text=True).splitlines()
    return {name: float(told) for name, _, told in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_requests_are_counted_by_method_rule_and_status(service, investigator):
    investigator.record(person(id="p1"))
    for one in ("p1", "p1", "nobody"):
        investigator.get(f"/persons/{one}/assessment")

    counted = counts(service.app)

    rule = 'rule="/api/v1/persons/<path:person>/assessment"'
    assert counted[f'shouwang_requests_total{{method="GET",{rule},status="200"}}'] == 2
    assert counted[f'shouwang_requests_total{{method="GET",{rule},status="404"}}'] == 1
    assert counted[f"shouwang_request_seconds_count{{{rule}}}"] == 3
    assert counted[f"shouwang_request_seconds_sum{{{rule}}}"] > 0


def test_what_has_no_rule_is_counted_together(service):
    client = service.app.test_client()
    client.get("/赵试例")
    client.open("/13800138000", method="13800138000")

    text = str(counts(service.app))

    assert 'method="GET",rule="?",status="404"' in text
    assert 'method="?",rule="?",status="404"' in text
    assert "赵试例" not in text
    assert "13800138000" not in text


def test_only_requests_being_answered_are_open(service, investigator):
    investigator.get("/me")
    investigator.get("/nowhere")

    assert counts(service.app)["shouwang_requests_open"] == 1


def test_counts_leave_no_entry_in_the_trail(service):
    counts(service.app)

    assert service.trail() == []


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"])
def test_counts_are_not_shown_to_whom_a_proxy_hands_on(service, name):
    answer = service.app.test_client().get("/metrics", headers={name: "127.0.0.1"})

    assert answer.status_code == 404


def test_counts_are_not_shown_to_another_machine(service):
    answer = service.app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.0.2.7", False),
        ("10.0.0.1", False),
        ("", False),
        (None, False),
        ("unix:", False),
    ],
)
def test_this_machine_is_known_by_its_address(address, is_here):
    assert is_from_here(address, ()) is is_here
