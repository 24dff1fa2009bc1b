"""Who may come in: every view says what it needs, and what says nothing is open to nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import Forbidden, Unauthorized

from api.service.desk import desk, moment
from tracing.office import Deed, token_digest

V = TypeVar("V", bound=Callable[..., Any])
_NEEDS = "needed_deed"
_TO_OFFICERS, _TO_ALL = "open to officers", "open to all"


def needs(deed: Deed) -> Callable[[V], V]:
    """Mark a view as one for those who may do something."""

    def mark(view: V) -> V:
        setattr(view, _NEEDS, deed)
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


def let_in() -> None:
    """Find out who is asking, before anything else is done.

    Raises:
        Unauthorized: if the request has no token that is good now.
        Forbidden: if their role does not allow it.
    """
    g.officer = None
    if request.endpoint is None:
        return
    needed = getattr(current_app.view_functions[request.endpoint], _NEEDS, None)
    if needed == _TO_ALL:
        return
    holder = desk().office.holder(token_digest(_token()))
    if holder is None or (holder.until and holder.until <= moment()):
        raise Unauthorized("a token that is good now would be right: Authorization: Bearer …")
    g.officer = holder.officer
    if needed != _TO_OFFICERS and (needed is None or not holder.officer.may(needed)):
        raise Forbidden(f"as {holder.officer.role} you may not do this")


def _token() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
