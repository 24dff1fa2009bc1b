"""What somebody saw of a thing before they change it: its ETag is the number of the last fact about it."""

from collections.abc import Mapping

from flask import Response, request
from werkzeug.exceptions import PreconditionRequired

from api.service.fact_schemas import Schema
from tracing.faults import Fault, Refused

NEED_A_VERSION: Mapping[str, str] = {"void": "of", "merge": "person", "release": "order"}
"""Types of facts that change what is there, and the field that names what they change."""

_MOST_DIGITS = 18

SEEN_HEADER: Schema = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
    "description": "the ETag of what is changed: of the person, the order, the fact",
}


def with_version(response: Response, last: int) -> Response:
    """Return a response with the version of the thing that it tells of."""
    response.set_etag(str(last))
    return response


def seen_by(kind: str, facts: list[object]) -> Mapping[str, int]:
    """Return what whoever records a fact had seen of what it changes.

    Raises:
        PreconditionRequired: if they do not say.
        Refused: if there are several facts.
    """
    if kind not in NEED_A_VERSION:
        return {}
    if len(facts) != 1:
        right = "one fact, or a file of them at /facts, would be right"
        raise Refused([Fault("the body", "", f"{len(facts)} facts", right)])
    if not request.if_match:
        raise PreconditionRequired("the ETag of what is changed would be right in If-Match")
    return {_changed(kind, facts[0]): _number(request.if_match.as_set(include_weak=False))}


def _changed(kind: str, fact: object) -> str:
    return str(fact.get(NEED_A_VERSION[kind])) if isinstance(fact, dict) else ""


def _number(tags: set[str]) -> int:
    """Return the version that a tag names; of anything else, one that nothing has."""
    tag = next(iter(tags)) if len(tags) == 1 else ""
    return int(tag) if tag.isdecimal() and len(tag) <= _MOST_DIGITS else -1
