"""Facts in: a file of them, or those of one type under a path of their own; all or none."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Api

from api.consequence_answers import recorded_answer
from api.files import lines_in
from api.keys import note_destroyed
from api.report_phrases import PHRASES
from api.service.desk import answered, audience, desk, is_about, language, moment, officer, request_id, scoped
from api.service.fact_schemas import ANY_FACTS, COLLECTIONS, Schema, fact_schema, name_of, one_or_many
from api.service.gate import needs
from api.service.questions import Asking
from api.service.replies import KEY_HEADER, once
from api.service.together import journey_schema, round_of, round_schema, with_rides
from api.service.versions import NEED_A_VERSION, SEEN_HEADER, seen_by
from tracing.facts import FACT_TYPES
from tracing.faults import Fault, Refused, quoted
from tracing.intake import FIRST_FILE, NumberedLine
from tracing.office import Deed
from tracing.ports import StoreTrouble

_RECORDED: Schema = {"type": "object", "description": "what became of the facts, and what changes for whom"}
_REFUSED = {409: "CONFLICT", 413: "REQUEST_ENTITY_TOO_LARGE", 422: "UNPROCESSABLE_ENTITY"}
_NAMES_SOMEBODY = ("person", "into", "source_person")
_CHANGED = {412: "PRECONDITION_FAILED", 428: "PRECONDITION_REQUIRED"}

facts = Asking("facts", "facts", url_prefix="/api/v1", description="Facts in: recorded, never edited.")


def document_facts(api: Api) -> None:
    """Say in an API's document what every type of fact looks like."""
    for kind in FACT_TYPES:
        api.spec.components.schema(name_of(kind), fact_schema(kind))


def _named(kind: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name_of(kind)}"}


def _route(path: str, schema: Schema, view: Callable[..., Response], *, changes: bool = False) -> None:
    """Let a view take what a schema describes under a path; ``changes``: what is there already."""
    view = needs(Deed.RECORD_CARE, Deed.RECORD, Deed.ERASE)(view)
    for status, name in (_REFUSED | (_CHANGED if changes else {})).items():
        view = facts.alt_response(status, name)(view)
    view = facts.alt_response(200, schema=_RECORDED, description="all were recorded already")(view)
    view = facts.response(201, _RECORDED)(view)
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    headers = [KEY_HEADER, SEEN_HEADER] if changes else [KEY_HEADER]
    facts.post(path)(facts.doc(requestBody=body, parameters=headers)(view))


def record_facts() -> Response:
    """Record facts, an array or one on each line; all or none; returns what changes for whom."""
    return once(lambda: _record(*_handed_in()))


def record_journeys() -> Response:
    """Record journeys, one or an array, each with its rides; all or none."""

    def record() -> Response:
        lines, faults = _handed_in()
        unfolded = [each for line, raw in lines for each in with_rides(line, raw, faults)]
        own = [(line, _of_kind("journey", line, raw, faults, "ride")) for line, raw in unfolded]
        return _record(own, faults)

    return once(record)


def record_round(household: str) -> Response:
    """Record a household's round of one half of a day: a check of each who is named; all or none."""

    def record() -> Response:
        is_about(household)
        lines, faults = _handed_in()
        residents = scoped().residents(household)
        return _record([each for _, raw in lines for each in round_of(raw, residents, faults)], faults)

    return once(record)


def _recorder(kind: str) -> Callable[[], Response]:
    def record_now() -> Response:
        lines, faults = _handed_in()
        seen = seen_by(kind, [raw for _, raw in lines])
        return _record([(line, _of_kind(kind, line, raw, faults)) for line, raw in lines], faults, seen)

    def record() -> Response:
        return once(record_now)

    many = "one fact" if kind in NEED_A_VERSION else "facts"
    alone = "" if kind in NEED_A_VERSION else ", one or an array; all or none"
    record.__name__ = f"record_{kind}"
    record.__doc__ = f"Record {many} of the type {kind}{alone}."
    return record


def _handed_in() -> tuple[list[NumberedLine], list[Fault]]:
    if request.args:
        name = next(iter(request.args))
        raise Refused(
            [Fault("query", name, quoted(request.args[name]), "nothing beside the path would be right")]
        )
    return lines_in(request.get_data(cache=False))


def _of_kind(kind: str, line: int, raw: Any, faults: list[Fault], *others: str) -> Any:
    """Return what stands on a line as a fact of a type; that of another type, but for some, is a fault."""
    if not isinstance(raw, dict):
        return raw
    stated = raw.get("fact")
    if stated in others:
        return raw
    if stated not in (None, kind):
        faults.append(Fault(FIRST_FILE.place(line), "fact", quoted(stated), f"{kind!r} would be right"))
    return raw | {"fact": kind}


def _by_whoever_asks(line: int, raw: Any, faults: list[Fault]) -> Any:
    """Return what stands on a line as recorded by the officer who asks; by somebody else is a fault."""
    if not isinstance(raw, dict):
        return raw
    name, stated = officer().name, raw.get("recorded_by")
    if stated not in (None, name):
        right = f"{name!r}, or nothing, would be right; `by` and `source` name others"
        faults.append(Fault(FIRST_FILE.place(line), "recorded_by", quoted(stated), right))
    return raw | {"recorded_by": name}


def _named_on(raw: dict[str, Any]) -> Iterable[str]:
    """Return the people whom a line names, as far as it can be read."""
    several = raw.get("participants")
    named = [*(raw.get(field) for field in _NAMES_SOMEBODY), *(several if isinstance(several, list) else ())]
    if raw.get("fact") == "person":
        named.append(raw.get("id"))
    return (each for each in named if isinstance(each, str))


def _record(
    lines: Iterable[NumberedLine], faults: list[Fault], seen: Mapping[str, int] = MappingProxyType({})
) -> Response:
    own = [(line, _by_whoever_asks(line, raw, faults)) for line, raw in lines]
    is_about(*(person for _, raw in own if isinstance(raw, dict) for person in _named_on(raw)))
    done = scoped().record(own, moment, faults=faults, seen=seen)
    is_about(*(each.person for each in done.changes), *(each.person for each in done.unanswered))
    answer = recorded_answer(done, language(), audience())
    if any(isinstance(raw, dict) and raw.get("fact") == "erasure" for _, raw in own):
        answer |= _marks_left()
    return answered(answer, 201 if done.new else 200)


def _marks_left() -> dict[str, str]:
    """Write down the marks of destroyed keys; return what is to be said if it cannot be done.

    The erasure is recorded by then, and stays.
    """
    try:
        note_destroyed(desk().register.store)
    except StoreTrouble as trouble:
        current_app.logger.error("request %s: %s", request_id(), trouble)
        return {"unfinished": PHRASES["marks_left"][language()]}
    return {}


for _kind in sorted(FACT_TYPES.keys() - NEED_A_VERSION.keys() - {"journey"}):
    _route(f"/{COLLECTIONS[_kind]}", one_or_many(_named(_kind)), _recorder(_kind))
for _kind in NEED_A_VERSION:
    _route(f"/{COLLECTIONS[_kind]}", _named(_kind), _recorder(_kind), changes=True)
_route("/journeys", one_or_many(journey_schema()), record_journeys)
_route("/households/<path:household>/checks", round_schema(), record_round)
_route("/facts", ANY_FACTS, record_facts)
