"""What goes wrong, as RFC 9457 has it: a status, a title, a sentence, the faults of what was handed in."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, json, request
from flask_smorest import Api
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException, InternalServerError

from api.service.desk import language, request_id
from api.service.fault_phrases import in_chinese
from api.service.problem_phrases import DETAILS, TITLES
from tracing.areas import NoSuchArea
from tracing.faults import Fault, Refused, quoted
from tracing.known import NoSuchPerson
from tracing.phrases import Language
from tracing.ports import StoreTrouble
from tracing.scoped import NotAllowed
from tracing.terms import NoSuchEdition, RuleNotInForce
from tracing.versions import ChangedMeanwhile

PROBLEM = "application/problem+json"
_RETRY_S = "1"
_PASSES = frozenset({HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE})
"""What is otherwise in a moment."""
_STATUS: Mapping[type[Exception], HTTPStatus] = {
    NoSuchPerson: HTTPStatus.NOT_FOUND,
    NoSuchArea: HTTPStatus.NOT_FOUND,
    NoSuchEdition: HTTPStatus.NOT_FOUND,
    RuleNotInForce: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    ChangedMeanwhile: HTTPStatus.PRECONDITION_FAILED,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    StoreTrouble: HTTPStatus.SERVICE_UNAVAILABLE,
}


class FaultSchema(Schema):
    """One thing wrong with what was handed in."""

    where = fields.String()
    field = fields.String()
    found = fields.String()
    right = fields.String()


class ProblemSchema(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    request = fields.String(required=True)
    faults = fields.List(fields.Nested(FaultSchema))


class ProblemApi(Api):  # type: ignore[misc]  # it comes without types
    """The API, which documents and answers what goes wrong as problems."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_RESPONSE_CONTENT_TYPE: str = "application/json"

    def _register_responses(self) -> None:
        content_type, self.DEFAULT_RESPONSE_CONTENT_TYPE = self.DEFAULT_RESPONSE_CONTENT_TYPE, PROBLEM
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = content_type

    def handle_http_exception(self, error: HTTPException) -> Response:
        """Return what Flask or a library found wrong, with the headers that belong to it."""
        headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
        status, detail = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR), error.description
        faults = list(_faults(getattr(error, "data", None) or {}))
        if isinstance(error, InternalServerError):
            detail = f"this is our fault; it is found again as request {request_id()}"
        if faults:
            detail = str(Refused(faults))
        return problem(status, detail, headers=headers, faults=faults)


def _faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a library found wrong with what was asked: field by field, by where it stands."""
    for where, messages in (data.get("messages") or {}).items():
        for field, rights in messages.items() if isinstance(messages, dict) else ():
            found = quoted(request.args[field]) if field in request.args else "nothing"
            yield Fault(where, str(field), found, "; ".join(map(str, rights)))


def problem(
    status: HTTPStatus,
    detail: str | None,
    *,
    headers: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
) -> Response:
    """Return what went wrong in the language of whoever asked."""
    title = status.phrase
    if language() == Language.ZH:
        title, own = TITLES.get(status, title), DETAILS.get(status)
        detail = own.format(faults=len(faults)) if own else detail
        faults = [in_chinese(each) for each in faults]
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or title,
        "request": request_id(),
    }
    if faults:
        told["faults"] = [each._asdict() for each in faults]
    response = Response(json.dumps(told), status, headers, content_type=PROBLEM)
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in _PASSES:
        response.headers["Retry-After"] = _RETRY_S
    return response


def answer_problems(app: Flask) -> None:
    """Let an app answer what the register refuses or cannot do."""
    for kind in _STATUS:
        app.register_error_handler(kind, _refused)


def _refused(error: Exception) -> Response:
    status = next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        current_app.logger.error("request %s: %s", request_id(), error)
        return problem(status, "nothing was recorded; asking again a little later would be right")
    return problem(status, str(error), faults=error.faults if isinstance(error, Refused) else ())
