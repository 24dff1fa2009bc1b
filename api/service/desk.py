"""What every request finds at hand: the register, who works here, the trail, and who is asking."""

import re
import secrets
from datetime import datetime
from typing import Any, NamedTuple, cast

from flask import Response, current_app, g, json, request
from limits.strategies import FixedWindowRateLimiter

from api.clock import instant, now
from api.trail import Trail
from tracing.office import Office, Officer
from tracing.phrases import Language
from tracing.register import Register
from tracing.scoped import Scoped
from tracing.wording import Audience

EXTENSION = "shouwang"
_REQUEST_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)


class Desk(NamedTuple):
    """What a program that serves holds: all requests share it."""

    register: Register
    office: Office
    trail: Trail
    rates: FixedWindowRateLimiter


def desk() -> Desk:
    """Return what this program holds."""
    return cast(Desk, current_app.extensions[EXTENSION])


def moment() -> datetime:
    """Return the present moment, as facts are stamped with it."""
    return instant(desk().register.rules.zone)


def this_second() -> datetime:
    """Return the present moment, as answers name it."""
    return now(desk().register.rules.zone)


def officer() -> Officer:
    """Return who is asking; nobody gets as far as a view without being somebody."""
    return cast(Officer, g.officer)


def scoped() -> Scoped:
    """Return the register as the one who is asking sees it."""
    return Scoped(desk().register, officer())


def audience() -> Audience:
    """Return how much the one who is asking hears of others."""
    return officer().hears_as


def language() -> Language:
    """Return the language that the one who is asking prefers."""
    best = request.accept_languages.best_match([each.value for each in Language])
    return Language(best) if best else Language.ZH


def request_id() -> str:
    """Return by what name this request is found again: the one it came with, or one made for it."""
    if "request_id" not in g:
        told = request.headers.get("X-Request-Id", "")
        g.request_id = told if _REQUEST_ID.fullmatch(told) else secrets.token_hex(8)
    return cast(str, g.request_id)


def is_about(*ids: str) -> None:
    """Note for the trail which people, facts or areas a request is about."""
    g.setdefault("about", []).extend(ids)


def about() -> tuple[str, ...]:
    """Return which people, facts or areas a request is about, each once."""
    return tuple(dict.fromkeys(g.get("about", ())))


def answered(answer: Any, status: int = 200) -> Response:
    """Return an answer as a response."""
    return Response(json.dumps(answer), status, content_type="application/json")
