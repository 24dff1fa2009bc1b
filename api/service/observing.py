"""What may be told of a request that has ended: nothing in it names anybody."""

import time
from collections.abc import Callable
from http import HTTPMethod
from typing import NamedTuple

from flask import Flask, Response, g, request

from api.service.desk import request_id

_UNKNOWN = "?"
_METHODS = frozenset(HTTPMethod)


class Ended(NamedTuple):
    """A request by its rule, such as ``/api/v1/persons/<path:person>/assessment``; its path names people."""

    request: str
    method: str
    rule: str
    status: int
    seconds: float


def when_ended(app: Flask, tell: Callable[[Ended], None]) -> None:
    """Let somebody be told of every request of an app that has ended, as it leaves.

    Of all that is done after a request this is the last, if it is named before the others.
    """

    def ended(response: Response) -> Response:
        tell(Ended(request_id(), _method(), _rule(), response.status_code, time.perf_counter() - g.began))
        return response

    app.before_request(_began)
    app.after_request(ended)


def _began() -> None:
    g.setdefault("began", time.perf_counter())


def _method() -> str:
    # A client may call a method whatever it likes, a name too.
    return request.method if request.method in _METHODS else _UNKNOWN


def _rule() -> str:
    return request.url_rule.rule if request.url_rule else _UNKNOWN
