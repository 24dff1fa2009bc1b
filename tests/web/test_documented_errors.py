"""Every problem that the document names under a path is one that is answered there."""

from functools import partial

import pytest

from tests.spec.builders import order, person

MATCHES = {"If-Match": '"999"'}
CHANGES = {
    "voids": {"of": "p3"},
    "merges": {"person": "p1", "into": "p2"},
    "releases": {"order": "o1", "day": "2020-03-20"},
}
NAMES = {"{area}": "99", "{person}": "nobody", "{household}": "nowhere", "{fact}": "nothing", "{name}": "x"}


class Asker:
    """Asks one operation in the ways in which something goes wrong."""

    def __init__(self, service, method, path):
        self._service, self._method, self._path = service, method, path.removeprefix("/api/v1")
        for placeholder, name in NAMES.items():
            self._path = self._path.replace(placeholder, name)

    def status(self, who="admin", body=None, headers=None, **query):
        token = {"Authorization": f"Bearer {who}"} if who else {}
        ask = getattr(self._service.app.test_client(), self._method)
        return ask(
            f"/api/v1{self._path}",
            json=body,
            query_string=query,
            headers=token | (headers or {}),
        ).status_code

    def whoever_may(self):
        """A token of somebody whom the role allows this."""
        return next(who for who in ("sun", "qian", "admin") if self.status(who) != 403)

    # ---- what goes wrong

    def unauthorized(self):
        return self.status(None, {"name": "nobody", "password": "x"} if "sessions" in self._path else None)

    def forbidden(self):
        return min((self.status(who) for who in ("qian", "partner")), key=lambda status: status != 403)

    def not_found(self):
        needs_a_day = {"day": "2020-03-20"} if "-list" in self._path or "worklist" in self._path else {}
        needs_a_day |= {"at": "2020-03-20"} if "report" in self._path else {}
        reason = {"reason": "to call"} if "reveal" in self._path else None
        return self.status(self.whoever_may(), reason, **needs_a_day)

    def being_recorded(self):
        statuses, headers = [], MATCHES | {"Idempotency-Key": "a-key"}
        ask = partial(self.status, "sun", [{"unheard": "of"}], headers)
        self._service.meanwhile(lambda: statuses.append(ask()))
        ask()
        return statuses[0]

    def changed(self):
        return self.status("sun", CHANGES[self._path.strip("/")], MATCHES)

    def too_large(self):
        limit = self._service.app.config["MAX_CONTENT_LENGTH"]
        self._service.app.config["MAX_CONTENT_LENGTH"] = 5
        try:
            return self.status("sun", [{"id": "long enough"}], MATCHES)
        finally:
            self._service.app.config["MAX_CONTENT_LENGTH"] = limit

    def unprocessable(self):
        if self._method == "get":
            return self.status(self.whoever_may(), unheard="of")
        return self.status(self.whoever_may(), [{"unheard": "of"}], MATCHES)

    def without_a_version(self):
        return self.status("sun", CHANGES[self._path.strip("/")])

    def too_often(self):
        who = self.whoever_may()
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SHOUWANG_POINTS", "1")
            # The minute may end between two of them.
            return [self.status(who) for _ in range(3)][-1]


WAYS = {
    "401": Asker.unauthorized,
    "403": Asker.forbidden,
    "404": Asker.not_found,
    "409": Asker.being_recorded,
    "412": Asker.changed,
    "413": Asker.too_large,
    "422": Asker.unprocessable,
    "428": Asker.without_a_version,
    "429": Asker.too_often,
    "503": Asker.status,
}


@pytest.fixture
def staffed(service):
    for name, role in (("sun", "supervisor"), ("qian", "auditor"), ("partner", "partner")):
        service.appoint(name, role)
    service.appoint("admin", "administrator")
    service.appoint("wang", "investigator").record(
        person(id="p1"),
        person(id="p2"),
        person(id="p3"),
        order(id="o1", person="p1", first_day="2020-03-10"),
    )
    return service


def documented(service):
    """Yield every operation with the problems that the document names for it."""
    paths = service.app.test_client().get("/api/v1/openapi.json").json["paths"]
    for path, operations in paths.items():
        for method in operations.keys() & {"get", "post", "put", "delete"}:
            problems = [each for each in operations[method]["responses"] if each[0] in "45"]
            yield Asker(service, method, path), f"{method} {path}", problems


def test_every_problem_that_is_documented_is_answered(staffed, tmp_path):
    operations = list(documented(staffed))
    named = [(asker, what, status) for asker, what, problems in operations for status in problems]
    assert len(named) > 4 * len(operations)

    now = [each for each in named if each[2] != "503"]
    others = [(what, status) for asker, what, status in now if str(WAYS[status](asker)) != status]
    assert others == []

    staffed.register.store.close()
    staffed.office.close()
    for file in tmp_path.glob("register.db*"):
        file.write_bytes(b"no database" * 1000)
    unavailable = [(what, asker.status()) for asker, what, status in named if status == "503"]
    assert [each for each in unavailable if each[1] != 503] == []
