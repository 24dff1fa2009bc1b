"""A service over a register, asked without a network, and officers who ask it."""

import json
from contextlib import contextmanager

import pytest

from api import create_app
from api.cli import main
from api.service.desk import EXTENSION
from tests.contract.stores import STORES
from tests.spec.builders import fact, household, person, residence
from tracing.days import DEFAULT_ZONE, read_when
from tracing.office import Officer, Pass, PassKind, Role, secret_digest
from tracing.register import Register

NOW = "2020-03-20T08:00"


class Client:
    """An officer, or nobody, asking in English; every answer is one of the service."""

    def __init__(self, service, token):
        self._service, self._client = service, service.app.test_client()
        told = {"Accept-Language": "en", "Content-Type": "application/json"}
        self._headers = told | ({"Authorization": f"Bearer {token}"} if token else {})

    def in_chinese(self):
        self._headers["Accept-Language"] = "zh"
        return self

    def get(self, path, **query):
        self._service.asked += 1
        return self._client.get(f"/api/v1{path}", query_string=query or None, headers=self._headers)

    def post(self, path, body, **headers):
        self._service.asked += 1
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return self._client.post(f"/api/v1{path}", data=data, headers=self._headers | headers)

    def put(self, path):
        self._service.asked += 1
        return self._client.put(f"/api/v1{path}", headers=self._headers)

    def record(self, *facts):
        answer = self.post("/facts", list(facts))
        assert answer.status_code in (200, 201), answer.get_data(as_text=True)
        return answer.json


class Meanwhile:
    """A store at which something happens before the next transaction that writes."""

    def __init__(self, store, happens):
        self._store, self._happens = store, [happens]

    def __getattr__(self, name):
        return getattr(self._store, name)

    def write(self, work, people=()):
        if self._happens:
            self._happens.pop()()
        return self._store.write(work, people)


class Service:
    """The service, and whoever works here."""

    def __init__(self, app):
        self.app, self.asked = app, 0
        self.office = app.extensions[EXTENSION].office
        self.register = app.extensions[EXTENSION].register

    def appoint(self, name, role, area="", until=None):
        end = read_when(until, DEFAULT_ZONE).first if until else None
        self.office.appoint(Officer(name, Role(role), area))
        self.office.revoke_all(name, PassKind.TOKEN)
        self.office.grant(name, secret_digest(name), Pass(PassKind.TOKEN, end))
        return Client(self, name)

    def nobody(self):
        return Client(self, None)

    def meanwhile(self, happens):
        """Let something happen while the next request is about to be recorded."""
        register = Register(Meanwhile(self.register.store, happens), self.register.rules)
        self.app.extensions[EXTENSION] = self.app.extensions[EXTENSION]._replace(register=register)

    def trail(self):
        return [entry for _, entry in self.office.trail(0, 10_000)]


@contextmanager
def served(store_name, folder):
    """The service over an empty register in one of the stores."""
    with STORES[store_name](folder) as store:
        database = store.name
        assert main(["init", "--database", database]) == 0
        service = Service(create_app(database))
        yield service
        service.office.close()
        service.register.store.close()


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setenv("SHOUWANG_NOW", NOW)
    monkeypatch.setenv("SHOUWANG_POINTS", "10000")


@pytest.fixture
def service(tmp_path):
    with served("sqlite", tmp_path) as made:
        yield made


@pytest.fixture
def investigator(service):
    return service.appoint("wang", "investigator")


def placed_in(client):
    """Record somebody at home under an order, and return who recorded it."""
    order = fact("order", id="o1", person="p1", place_kind="home", first_day="2020-03-01")
    client.record(person(id="p1"), household(id="home", area="420106"), residence(person="p1"), order)
    return client


@pytest.fixture
def placed(investigator):
    return placed_in(investigator)
