"""Who works here: signing in and out in a browser, and appointing officers."""

from datetime import timedelta
from typing import Any

from flask import Response, request
from marshmallow import Schema, fields, validate
from werkzeug.exceptions import NotFound, Unauthorized

from api.officers import AREA, NAME, given_pass, given_token
from api.passwords import password_digest
from api.service.desk import answered, desk, is_about, moment, officer
from api.service.gate import COOKIE, forgery_token, needs, open_to_all, open_to_officers, session_secret
from api.service.passwords import is_right
from api.service.questions import ANSWER, Asking, When
from api.service.rates import costly
from api.settings import session_settings
from tracing.office import Deed, Officer, Pass, PassKind, Role, secret_digest

staff = Asking("staff", "staff", url_prefix="/api/v1", description="Who works here.")
_REMEMBERED_FOR = timedelta(days=1)
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class SigningIn(Schema):
    """A name and a password."""

    name = fields.String(required=True, validate=validate.Length(1, 64))
    password = fields.String(required=True, validate=validate.Length(1, 1024))


class Appointing(Schema):
    """Who is to work here, as what, for which area; with a password for browsers if one is given."""

    name = fields.String(required=True, validate=validate.Regexp(NAME))
    role = fields.Enum(Role, by_value=True, required=True)
    area = fields.String(load_default="", validate=validate.Regexp(AREA))
    password = fields.String(validate=validate.Length(1, 1024))
    until = When(metadata={"description": "the token is good until then"})
    scope = fields.List(fields.Enum(Deed, by_value=True), metadata={"description": "only for these deeds"})


@staff.post("/sessions")
@costly
@open_to_all
@staff.arguments(SigningIn)
@staff.response(201, ANSWER)
def sign_in(told: dict[str, Any]) -> Response:
    """Open a session in a browser; what it changes needs the `csrf` answered here in `X-CSRF-Token`."""
    if not is_right(told["name"], told["password"]):
        raise Unauthorized("another name or another password would be right")
    is_about(told["name"])
    now = moment()
    until = now + session_settings().longest
    secret = given_pass(desk().office, told["name"], Pass(PassKind.SESSION, until, seen=now))
    desk().office.forget(now - _REMEMBERED_FOR)
    response = answered({"csrf": forgery_token(secret), "until": until.isoformat()}, 201)
    is_plain = request.host.rsplit(":", 1)[0] in _LOOPBACK
    response.set_cookie(COOKIE, secret, httponly=True, samesite="Strict", secure=not is_plain, path="/")
    return response


@staff.delete("/sessions/current")
@open_to_officers
@staff.response(204)
def sign_out() -> Response:
    """End the session that the request belongs to."""
    secret = session_secret()
    if secret:
        desk().office.revoke(secret_digest(secret))
    response = Response(status=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@staff.get("/me")
@open_to_officers
@staff.response(200, ANSWER)
def me() -> Response:
    """Return who is asking, and what they may do."""
    who, secret = officer(), session_secret()
    may = sorted(deed.value for deed in Deed if who.may(deed))
    told = {"name": who.name, "role": who.role.value, "area": who.area, "may": may}
    return answered(told | ({"csrf": forgery_token(secret)} if secret else {}))


@staff.get("/officers")
@needs(Deed.APPOINT)
@staff.response(200, ANSWER)
def officers() -> Response:
    """Return who works here, and until when their tokens and sessions are good."""
    return answered({"officers": [_told(who, passes) for who, passes in desk().office.appointed()]})


@staff.post("/officers")
@needs(Deed.APPOINT)
@staff.arguments(Appointing)
@staff.response(201, ANSWER)
def appoint(told: dict[str, Any]) -> Response:
    """Let somebody work here, or change what they work as; all their passes are good no more.

    The token answered is kept nowhere.
    """
    is_about(told["name"])
    digest = password_digest(told["password"]) if "password" in told else None
    who, zone = Officer(told["name"], told["role"], told["area"]), desk().register.rules.zone
    until = told["until"].in_zone(zone).last if "until" in told else None
    scope = frozenset(told["scope"]) if "scope" in told else None
    token = given_token(desk().office, who, Pass(PassKind.TOKEN, until, scope))
    if digest:
        desk().office.set_password(who.name, digest)
    return answered({"name": who.name, "token": token}, 201)


@staff.delete("/officers/<name>")
@needs(Deed.APPOINT)
@staff.response(204)
@staff.alt_response(404, "NOT_FOUND")
def dismiss(name: str) -> Response:
    """Let somebody work here no longer."""
    is_about(name)
    if not desk().office.dismiss(name):
        raise NotFound("the name of somebody who works here would be right")
    return Response(status=204)


def _told(who: Officer, passes: list[Pass]) -> dict[str, Any]:
    good = [{"kind": each.kind.value, "until": each.until and each.until.isoformat()} for each in passes]
    return {"name": who.name, "role": who.role.value, "area": who.area, "passes": good}
