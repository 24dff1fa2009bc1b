"""The app: what it is made of, and what is done before and after every request."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from flask.json.provider import DefaultJSONProvider
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.middleware.proxy_fix import ProxyFix

from api.garbage import look_for_garbage_seldom
from api.service import views
from api.service.beat import on_the_beat
from api.service.compressing import compressed
from api.service.desk import EXTENSION, Desk, about, answered, desk, language, moment, request_id
from api.service.document_page import PAGE, show_document
from api.service.gate import API, let_in, open_to_all
from api.service.logs import log_requests
from api.service.metrics import measure
from api.service.people import people
from api.service.problems import ProblemApi, answer_problems, problem
from api.service.questions import Day, When
from api.service.recording import document_facts, facts
from api.service.staff import staff
from api.settings import check_settings, trusted_proxies
from api.trail import Trail
from api.wiring import register_and_office_at
from tracing.audit import Done
from tracing.ports import StoreTrouble

LARGEST_BODY = 32 * 1024 * 1024
_SETTINGS: dict[str, Any] = {
    "API_TITLE": "守望 shouwang",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "MAX_CONTENT_LENGTH": LARGEST_BODY,
    "PROPAGATE_EXCEPTIONS": False,
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_INFO = {"description": f"`{PAGE}` shows this document to people."}
_BEARER = {"type": "http", "scheme": "bearer"}


class _Service(Flask):
    def log_exception(self, exc_info: Any) -> None:
        """Note what went wrong and where, but not what was said: that may name people."""
        kind, _, trace = exc_info
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
        self.logger.error("request %s: %s at %s", request_id(), kind.__name__, place)


class _Json(DefaultJSONProvider):
    ensure_ascii = False
    sort_keys = False


def create_app(database: str | None = None) -> Flask:
    """Return the service over a database, by default the configured one.

    Raises:
        Refused: if a setting is none.
        Unreachable: if there is no database, or no office can be made beside it.
    """
    check_settings()
    look_for_garbage_seldom()
    app = _Service("shouwang", static_folder=None)
    app.json = _Json(app)
    app.config.update(_SETTINGS)
    register, office = register_and_office_at(database)
    app.extensions[EXTENSION] = Desk(register, office, Trail(office), FixedWindowRateLimiter(MemoryStorage()))
    api = ProblemApi(app, spec_kwargs={"security": [{"token": []}], "info": _INFO})
    api.spec.components.security_scheme("token", _BEARER)
    for field in (When, Day):
        api.register_field(field, "string", None)
    document_facts(api)
    for blueprint in (facts, people, views.answers, views.office, staff):
        api.register_blueprint(blueprint)
    app.add_url_rule("/health", view_func=_health)
    app.add_url_rule("/ready", view_func=_ready)
    document = api.spec.to_dict()
    app.add_url_rule("/api/v1/openapi.json", "document", open_to_all(lambda: answered(document)))
    answer_problems(app)
    for feature in (measure, log_requests, show_document):
        feature(app)
    if proxies := trusted_proxies():
        # Of what they say only who asked is taken, and that only from the last of so many.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0)  # type: ignore[method-assign]
    app.before_request(let_in)
    # The last one named is done first: what is said when the trail fails has its headers too.
    app.after_request(on_the_beat)
    app.after_request(compressed)
    app.after_request(_with_headers)
    app.after_request(_noted)
    return app


@open_to_all
def _health() -> Response:
    """Say that this program is alive."""
    return Response("alive\n", content_type="text/plain")


@open_to_all
def _ready() -> Response:
    """Say whether the database answers."""
    desk().register.store.read(lambda records: records.charter())
    return Response("ready\n", content_type="text/plain")


def _noted(response: Response) -> Response:
    """Let a response leave only once it stands in the trail what was asked and what came of it."""
    if not request.path.startswith(API):
        return response
    asked = f"{request.method} {request.url_rule.rule if request.url_rule else '?'}"
    who = g.officer.name if g.get("officer") else None
    done = Done(who, request_id(), asked, about(), response.status_code, g.get("why"))
    try:
        desk().trail.note(moment(), done)
    except StoreTrouble:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "the trail cannot be kept, so nothing is answered")
    return response


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = request_id()
    response.headers["Content-Language"] = language().value
    response.vary.add("Accept-Language")
    return response
