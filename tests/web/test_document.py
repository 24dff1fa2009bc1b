"""The document of the API tells the truth: of every fact, of every question, of every problem."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api import create_app
from api.cli import main
from api.service.desk import EXTENSION
from api.service.fact_schemas import COLLECTIONS, fact_schema
from tests.spec.builders import person
from tracing.facts import FACT_TYPES
from tracing.office import Officer, Pass, PassKind, Role, secret_digest

CASES = [Path(__file__).parents[1] / folder for folder in ("acceptance", "cases")]
NOT_OWN = {"fact", "fact_id", "recorded_at"}


def facts_that_are_right():
    """The facts of every case but those of refused ones."""
    for file in sorted(each for folder in CASES for each in folder.glob("*.json")):
        case = json.loads(file.read_text(encoding="utf-8"))
        facts = case.get("facts")
        if "-bad-" not in file.name and isinstance(facts, list):
            yield from (each for each in facts if isinstance(each, dict))


def test_every_fact_that_is_right_fits_its_schema():
    validators = {kind: jsonschema_rs.Draft202012Validator(fact_schema(kind)) for kind in FACT_TYPES}
    seen = set()
    for each in facts_that_are_right():
        seen.add(each["fact"])
        own = {name: value for name, value in each.items() if name not in NOT_OWN}
        assert [str(error.message) for error in validators[each["fact"]].iter_errors(own)] == [], each

    assert len(seen) > 25


@pytest.mark.parametrize("kind", FACT_TYPES)
def test_every_type_of_fact_has_a_path_of_its_own(investigator, kind):
    answer = investigator.post(f"/{COLLECTIONS[kind]}", [{"of": 1, "unheard": 2}], **{"If-Match": '"1"'})

    assert answer.status_code == 422
    assert "unheard" in answer.get_data(as_text=True)


def test_a_fact_needs_no_type_under_the_path_of_its_own(investigator):
    one = investigator.post("/persons", {"id": "p1"})
    many = investigator.post("/persons", [{"id": "p2"}, {"fact": "person", "id": "p3"}])

    assert (one.json["new"], many.json["new"]) == (1, 2)


def test_a_fact_of_another_type_is_refused_there(investigator):
    investigator.record(person(id="p1"))

    answer = investigator.post("/checks", {"fact": "death", "person": "p1", "day": "2020-03-11"})

    assert answer.status_code == 422
    assert answer.json["faults"][0]["field"] == "fact"


# ---- everything that anybody might send


WHO = {"sun": Role.SUPERVISOR, "qian": Role.AUDITOR, "admin": Role.ADMINISTRATOR}


def who_may(operation):
    """Whoever may do what an operation is for."""
    last = operation.path.rsplit("/", 1)[-1]
    return {"trail": "qian", "officers": "admin", "{name}": "admin"}.get(last, "sun")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SHOUWANG_NOW", "2020-03-20T08:00")
        environment.setenv("SHOUWANG_POINTS", "10000")
        database = str(tmp_path_factory.mktemp("document") / "register.db")
        assert main(["init", "--database", database]) == 0
        made = create_app(database)
        office = made.extensions[EXTENSION].office
        for name, role in WHO.items():
            office.appoint(Officer(name, role))
            office.grant(name, secret_digest(name), Pass(PassKind.TOKEN))
        made.test_client().post("/api/v1/persons", json={"id": "p1"}, headers={"Authorization": "Bearer sun"})
        yield made


def test_whatever_is_sent_is_answered_as_documented(app):
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in document.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > len(FACT_TYPES)

    for operation in operations:
        ask_anything(operation, who_may(operation))


def ask_anything(operation, token):
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case):
        # Facts that fit their schema may still name somebody whom nobody recorded.
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    ask()
