"""How much one officer may ask: points a minute in each process, of which costly answers take many."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import request
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import TooManyRequests

from api.service.desk import desk
from api.settings import points_a_minute

V = TypeVar("V", bound=Callable[..., Any])
_COST = "costs_points"
_COSTLY = 20
_READ_ALL_FACTS = ("known_at", "edition")
_MINUTE_S = 60


def costly(view: V) -> V:
    """Mark a view as one that takes as much as many others: it reads all facts, or tries a password."""
    setattr(view, _COST, _COSTLY)
    return view


def check_rate(view: Callable[..., Any], who: str) -> None:
    """Count a request of somebody.

    Raises:
        TooManyRequests: if they have asked for more than their points.
    """
    points = points_a_minute()
    cost = _COSTLY if any(name in request.args for name in _READ_ALL_FACTS) else getattr(view, _COST, 1)
    if not desk().rates.hit(RateLimitItemPerMinute(points), who, cost=min(cost, points)):
        raise TooManyRequests("asking again in a minute would be right", retry_after=_MINUTE_S)
