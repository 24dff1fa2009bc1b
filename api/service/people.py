"""Who somebody is: looked up, shown, revealed, and who looked at them."""

from typing import Any

from flask import Response, g
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.identity_answers import found_answer, identity_answer, revealed_answer
from api.service.beat import leave_on_the_beat
from api.service.desk import answered, is_about, officer, scoped
from api.service.gate import needs
from api.service.paging import OfTrail, entries_answer
from api.service.questions import ANSWER, Asking, Question
from api.service.versions import with_version
from tracing.office import Deed
from tracing.secrecy import Clue

people = Asking("people", "people", url_prefix="/api/v1", description="Who somebody is.")
_MOST_FOUND = 50


class LookingUp(Schema):
    """What is known of somebody: all of it must fit. It stands in the body, as addresses end up in logs."""

    name = fields.String(validate=validate.Length(1, 200))
    initials = fields.String(metadata={"description": "of the name in pinyin"})
    phone = fields.String(validate=validate.Length(1, 200))
    id_number = fields.String(validate=validate.Length(1, 200))
    address = fields.String(validate=validate.Length(1, 500))

    @validates_schema
    def check_something_is_known(self, told: dict[str, Any], **_: Any) -> None:
        if not told:
            raise ValidationError("one of them, or several, would be right", "name")


class Revealing(Schema):
    """Why somebody must be known whole."""

    reason = fields.String(required=True, validate=validate.Regexp(r".*\S", error="why would be right"))


@people.post("/persons/search")
@needs(Deed.LOOK_UP)
@people.arguments(LookingUp)
@people.response(200, {"type": "array", "items": {"type": "object"}})
def look_up(told: dict[str, str]) -> Response:
    """Return up to 50 people whom this fits; for other departments without who they are."""
    leave_on_the_beat()
    clues = {Clue(name): text for name, text in told.items()}
    found = scoped().look_up(clues, _MOST_FOUND, identity=officer().may(Deed.SEE_IDENTITY))
    is_about(*found)
    return answered(found_answer(found))


@people.get("/persons/<path:person>")
@needs(Deed.SEE_IDENTITY)
@people.arguments(Question, location="query")
@people.response(200, ANSWER)
@people.alt_response(404, "NOT_FOUND")
def identity(_: dict[str, Any], person: str) -> Response:
    """Return who somebody is, with the id number masked; the ETag is what a merge needs."""
    is_about(person)
    found, last = scoped().identity(person)
    is_about(found.person)
    return with_version(answered(identity_answer(found)), last)


@people.post("/persons/<path:person>/reveal")
@needs(Deed.REVEAL)
@people.arguments(Revealing)
@people.response(200, ANSWER)
@people.alt_response(404, "NOT_FOUND")
def reveal(told: dict[str, str], person: str) -> Response:
    """Return whole what is masked of somebody; the reason stands in the trail."""
    is_about(person)
    g.why = told["reason"]
    found, _ = scoped().identity(person)
    is_about(found.person)
    return answered(revealed_answer(found))


@people.get("/persons/<path:person>/trail")
@needs(Deed.READ_TRAIL)
@people.arguments(OfTrail, location="query")
@people.response(200, ANSWER)
def looked_at(question: dict[str, Any], person: str) -> Response:
    """Return who looked at somebody, or changed something about them, a page of it."""
    is_about(person)
    return answered(entries_answer(question, lambda office, *page: office.about(person, *page)))
