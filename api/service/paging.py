"""Long answers page by page: each says after which number the next one begins."""

from collections.abc import Callable
from typing import Any

from marshmallow import fields, validate

from api.answers import local_text
from api.service.desk import desk
from api.service.questions import Question
from tracing.audit import AuditEntry
from tracing.office import Office


class OfTrail(Question):
    """A page: up to how many, from the one after a number."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, 2**62))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1_000))


def entries_answer(
    question: dict[str, Any], read: Callable[[Office, int, int], list[tuple[int, AuditEntry]]]
) -> dict[str, Any]:
    """Return a page of entries of the trail."""
    found, zone = read(desk().office, question["after"], question["limit"]), desk().register.rules.zone
    entries = [each._asdict() | {"seq": seq, "at": local_text(each.at, zone)} for seq, each in found]
    return {"entries": entries, "next": found[-1][0] if found else question["after"]}
