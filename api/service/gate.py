"""Who may come in: every view says what it needs, and what says nothing is open to nobody.

A program comes in with a token, a browser with the cookie of a session; what a browser changes needs the
token against forged requests beside it.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import Forbidden, Unauthorized

from api.service.desk import desk, moment
from api.service.rates import check_rate
from api.settings import session_settings
from tracing.office import Deed, Holder, Pass, PassKind, secret_digest

V = TypeVar("V", bound=Callable[..., Any])
API = "/api/"
COOKIE = "shouwang_session"
FORGERY_HEADER = "X-CSRF-Token"
_NEEDS = "needed_deed"
_TO_OFFICERS, _TO_ALL = "open to officers", "open to all"
_CHANGES_NOTHING = frozenset({"GET", "HEAD", "OPTIONS"})
_SEEN_EVERY = timedelta(minutes=1)


def needs(*deeds: Deed) -> Callable[[V], V]:
    """Mark a view as one for those who may do one of these."""

    def mark(view: V) -> V:
        setattr(view, _NEEDS, deeds)
        return view

    return mark


def open_to_officers(view: V) -> V:
    """Mark a view as one for everybody who works here."""
    setattr(view, _NEEDS, _TO_OFFICERS)
    return view


def open_to_all(view: V) -> V:
    """Mark a view as one that shows nothing of anybody."""
    setattr(view, _NEEDS, _TO_ALL)
    return view


def problems_of(view: Callable[..., Any]) -> dict[int, str]:
    """Return what anybody may be answered instead of what a view answers: statuses with their names."""
    problems = {401: "UNAUTHORIZED", 429: "TOO_MANY_REQUESTS", 503: "SERVICE_UNAVAILABLE"}
    return problems | ({403: "FORBIDDEN"} if isinstance(getattr(view, _NEEDS, None), tuple) else {})


def let_in() -> None:
    """Find out who is asking, before anything else is done.

    Raises:
        Unauthorized: if the request has no token, and belongs to no session, that is good now.
        Forbidden: if their role does not allow it, or a browser changes something unasked.
        TooManyRequests: if they ask too much.
    """
    g.officer = None
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    needed = getattr(view, _NEEDS, None)
    if needed == _TO_ALL:
        # Whether it is alive, and how it does, may be asked as often as anybody likes.
        if request.path.startswith(API):
            # Of each path apart: whoever reads the document keeps nobody from signing in.
            check_rate(view, f"{request.remote_addr} {request.path}")
        return
    g.officer = _shown().officer
    if needed != _TO_OFFICERS and not any(map(g.officer.may, needed or ())):
        raise Forbidden(f"as {g.officer.role} you may not do this")
    check_rate(view, g.officer.name)


def session_secret() -> str | None:
    """Return the secret of the session that a request belongs to."""
    return None if _token() else request.cookies.get(COOKIE)


def forgery_token(secret: str) -> str:
    """Return what a browser adds to what it changes in a session: no other site can know it."""
    return hashlib.sha256(f"forged requests {secret}".encode()).hexdigest()


def _shown() -> Holder:
    session = session_secret()
    secret = secret_digest(session or _token())
    holder = desk().office.holder(secret)
    if holder is None or not _is_good(holder.shown) or holder.shown.kind != _kind(session):
        raise Unauthorized("a token that is good now would be right: Authorization: Bearer …")
    if session:
        _check_not_forged(session)
        _keep_open(secret, holder.shown)
    return holder


def _kind(session: str | None) -> PassKind:
    return PassKind.SESSION if session else PassKind.TOKEN


def _is_good(shown: Pass) -> bool:
    idle = shown.seen and shown.seen + session_settings().idle
    return not any(end and end <= moment() for end in (shown.until, idle))


def _check_not_forged(session: str) -> None:
    if request.method in _CHANGES_NOTHING:
        return
    told = request.headers.get(FORGERY_HEADER, "").encode(errors="replace")
    if not hmac.compare_digest(told, forgery_token(session).encode()):
        raise Forbidden(f"the token that came with the session would be right in {FORGERY_HEADER}")


def _keep_open(secret: str, shown: Pass) -> None:
    now = moment()
    if shown.seen is None or now - shown.seen >= _SEEN_EVERY:
        desk().office.note_seen(secret, now)


def _token() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
