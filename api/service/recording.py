"""Facts in: a file of them, or those of one type under a path of their own; all or none."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response, request
from flask_smorest import Api

from api.consequence_answers import recorded_answer
from api.files import lines_in
from api.service.desk import answered, audience, is_about, language, moment, scoped
from api.service.fact_schemas import ANY_FACTS, COLLECTIONS, Schema, fact_schema, name_of, one_or_many
from api.service.gate import needs
from api.service.questions import Asking
from tracing.facts import FACT_TYPES
from tracing.faults import Fault, quoted
from tracing.intake import FIRST_FILE, NumberedLine
from tracing.office import Deed

_RECORDED: Schema = {"type": "object", "description": "what became of the facts, and what changes for whom"}
_REFUSED = {403: "FORBIDDEN", 413: "REQUEST_ENTITY_TOO_LARGE", 422: "UNPROCESSABLE_ENTITY"}

facts = Asking("facts", "facts", url_prefix="/api/v1", description="Facts in: recorded, never edited.")


def document_facts(api: Api) -> None:
    """Say in an API's document what every type of fact looks like."""
    for kind in FACT_TYPES:
        api.spec.components.schema(name_of(kind), fact_schema(kind))


def _named(kind: str) -> str:
    return f"#/components/schemas/{name_of(kind)}"


def _route(path: str, schema: Schema, view: Callable[[], Response]) -> None:
    """Let a view take what a schema describes under a path."""
    view = needs(Deed.RECORD_CARE)(view)
    for status, name in _REFUSED.items():
        view = facts.alt_response(status, name)(view)
    view = facts.alt_response(200, schema=_RECORDED, description="all were recorded already")(view)
    view = facts.response(201, _RECORDED)(view)
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    facts.post(path)(facts.doc(requestBody=body)(view))


def record_facts() -> Response:
    """Record facts, an array or one on each line; all or none; returns what changes for whom."""
    return _record(*lines_in(request.get_data(cache=False)))


def _recorder(kind: str) -> Callable[[], Response]:
    def record() -> Response:
        lines, faults = lines_in(request.get_data(cache=False))
        return _record([(line, _of_kind(kind, line, raw, faults)) for line, raw in lines], faults)

    record.__name__ = f"record_{kind}"
    record.__doc__ = f"Record facts of the type `{kind}`, one or an array; all or none."
    return record


def _of_kind(kind: str, line: int, raw: Any, faults: list[Fault]) -> Any:
    """Return what stands on a line as a fact of a type; that of another type is a fault."""
    if not isinstance(raw, dict):
        return raw
    stated = raw.get("fact")
    if stated not in (None, kind):
        faults.append(Fault(FIRST_FILE.place(line), "fact", quoted(stated), f"{kind!r} would be right"))
    return raw | {"fact": kind}


def _record(lines: Iterable[NumberedLine], faults: Iterable[Fault]) -> Response:
    done = scoped().record(lines, moment, faults=faults)
    is_about(*(each.person for each in done.changes))
    return answered(recorded_answer(done, language(), audience()), 201 if done.new else 200)


for _kind in FACT_TYPES:
    _route(f"/{COLLECTIONS[_kind]}", one_or_many({"$ref": _named(_kind)}), _recorder(_kind))
_route("/facts", ANY_FACTS, record_facts)
