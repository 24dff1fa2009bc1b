"""Every request leaves one entry, before its answer leaves; without the trail there is no answer."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.cli import NOT_IN_ORDER, NOT_REACHABLE, main
from tests.spec.builders import fact, household, person, residence
from tracing.audit import breaks
from tracing.ports import Unreachable


def last(service):
    entry = service.trail()[-1]
    return entry.officer, entry.asked, entry.about, entry.status


def test_every_request_leaves_one_entry(service, investigator):
    investigator.record(person(id="p1"), household(id="home", area="420106"), residence(person="p1"))
    asked = [
        lambda: investigator.get("/persons/p1/assessment"),
        lambda: investigator.get("/persons/nobody/assessment"),
        lambda: investigator.get("/persons/p1/assessment", as_of="never"),
        lambda: investigator.post("/facts", [{"fact": "nothing"}]),
        lambda: investigator.put("/me"),
        lambda: investigator.get("/nowhere"),
        lambda: investigator.get("/trail"),
        lambda: service.nobody().get("/me"),
        lambda: service.nobody().get("/openapi.json"),
    ]

    for number, ask in enumerate(asked, 2):
        answer = ask()
        assert len(service.trail()) == number
        assert service.trail()[-1].status == answer.status_code
        assert service.trail()[-1].request == answer.headers["X-Request-Id"]


def test_the_trail_says_who_asked_for_what_about_whom(service, investigator):
    investigator.record(person(id="p1"))
    investigator.get("/persons/p1/assessment")

    assert last(service) == ("wang", "GET /api/v1/persons/<path:person>/assessment", ("p1",), 200)


def test_the_trail_names_everybody_whom_a_list_showed(service, investigator):
    investigator.record(
        *(person(id="p1"), household(id="home", area="420106"), residence(person="p1")),
        fact("stay", person="p1", area="420100", last_day="2020-03-10"),
        fact("order", id="o1", person="p1", place_kind="home", first_day="2020-03-11"),
    )
    investigator.get("/areas/420106/worklist", day="2020-03-20")

    assert last(service) == ("wang", "GET /api/v1/areas/<area>/worklist", ("420106", "p1"), 200)


def test_the_trail_of_many_at_once_is_whole(service, investigator):
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: investigator.get("/me").status_code, range(80)))

    assert answers == [200] * 80
    assert len(service.trail()) == 80
    assert list(breaks(service.trail())) == []


def test_without_the_trail_nothing_is_answered(service, investigator, monkeypatch):
    def full(_):
        raise Unreachable("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(service.office, "note", full)
        refused = investigator.get("/me")
    answered = investigator.get("/me")

    assert (refused.status_code, answered.status_code) == (503, 200)
    assert "wang" not in refused.get_data(as_text=True)
    assert refused.headers["Cache-Control"] == "no-store"
    assert refused.headers["X-Request-Id"] == refused.json["request"]
    assert [entry.number for entry in service.trail()] == [1, 2]


def test_only_an_auditor_reads_the_trail_page_by_page(service, investigator):
    for _ in range(3):
        investigator.get("/me")
    auditor = service.appoint("qian", "auditor")

    first = auditor.get("/trail", limit=2).json
    second = auditor.get("/trail", limit=2, after=first["next"]).json

    assert [each["number"] for each in first["entries"] + second["entries"]] == [1, 2, 3, 4]
    assert first["entries"][0]["officer"] == "wang"


def test_a_trail_that_somebody_changed_is_found_out(service, investigator, capsys):
    investigator.get("/me")
    investigator.get("/me")
    database = service.register.store.name
    assert main(["audit", "verify", "--database", database]) == 0

    office = service.office
    with office._file.transaction("BEGIN IMMEDIATE") as connection:  # noqa: SLF001  # as somebody with the file would
        connection.execute("UPDATE trail SET officer = 'li' WHERE number = 1")

    assert main(["audit", "verify", "--database", database]) == NOT_IN_ORDER
    assert "entry 1 of chain" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["赵试例", "13800138000"])
def test_the_trail_holds_no_private_text(service, investigator, word):
    investigator.post("/facts", [person(id="p1", name="赵试例", phone="13800138000")])
    investigator.post("/facts", [person(id="p2", name=["赵试例"], phone="13800138000", of="x")])

    assert word not in str(service.trail())


def test_the_trail_names_whom_facts_are_about_and_who_was_appointed(service, investigator):
    investigator.record(person(id="p1"), person(id="p2"), fact("merge", person="p2", into="p1"))

    investigator.post("/statements", {"person": "p1", "name": "试例"})
    assert last(service)[2] == ("p1",)
    investigator.post("/checks", {"person": "p9", "day": "2020-03-19", "slot": "am"})
    assert last(service)[2:] == (("p9",), 422)
    investigator.get("/persons/p2")
    assert last(service)[2] == ("p2", "p1")
    service.appoint("admin", "administrator").post("/officers", {"name": "li", "role": "auditor"})
    assert last(service)[2] == ("li",)


def test_the_trail_names_whom_commands_appoint_and_dismiss_but_no_secret(service, monkeypatch, capsys):
    database = ["--database", service.register.store.name]
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password\n"))
    capsys.readouterr()

    assert main(["user", "add", "li", "--role", "grid_leader", *database]) == 0
    token = capsys.readouterr().out.strip()
    assert main(["user", "password", "li", *database]) == 0
    assert main(["user", "remove", "li", *database]) == 0

    told = [(each.officer, each.request, each.asked, each.about) for each in service.trail()]
    assert told == [
        (None, "command line", asked, ("li",)) for asked in ("user add", "user password", "user remove")
    ]
    assert not any(secret in str(service.trail()) for secret in (token, "a long password"))
    assert list(breaks(service.trail())) == []


@pytest.mark.parametrize(
    "words",
    [
        ("add", "a name", "--role", "auditor"),
        ("add", "li", "--role", "auditor", "--area", "x"),
        ("password", "li"),
        ("remove", "li"),
        ("list",),
    ],
)
def test_a_command_that_changes_nothing_of_who_works_here_leaves_no_entry(service, words):
    main(["user", *words, "--database", service.register.store.name])

    assert service.trail() == []


def test_nobody_is_appointed_by_a_command_without_the_trail(service):
    with service.office._file.transaction("BEGIN IMMEDIATE") as connection:  # noqa: SLF001  # as who has the file could
        connection.execute("DROP TABLE about")

    status = main(["user", "add", "li", "--role", "auditor", "--database", service.register.store.name])

    assert status == NOT_REACHABLE
    assert service.office.appointed() == []


def test_the_trail_names_whom_an_answer_given_again_is_about(service, placed):
    check = {"person": "p1", "day": "2020-03-20", "slot": "am"}
    for _ in range(2):
        placed.post("/checks", check, **{"Idempotency-Key": "a-key"})

    first, again = service.trail()[-2:]
    assert (again.asked, again.about, again.status) == (first.asked, ("p1",), 201)
    assert first.about == again.about
