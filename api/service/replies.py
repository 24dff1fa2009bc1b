"""Requests that are sent again: under one idempotency key the first answer is given again."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from flask import Response, request

from api.service.desk import desk, moment, officer
from api.service.fact_schemas import Schema
from tracing.faults import Fault, Refused
from tracing.office import Reply

KEY = "Idempotency-Key"
AGAIN = "Idempotent-Replayed"
_LONGEST_KEY = 200
KEY_HEADER: Schema = {
    "in": "header",
    "name": KEY,
    "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY},
    "description": "asked again under the same one within a day, the first answer is given again",
}
_KEPT_FOR = timedelta(days=1)


def once(record: Callable[[], Response]) -> Response:
    """Return what recording answers, or under a key that was answered within a day that answer again.

    Raises:
        Refused: if something else was asked under this key.
    """
    key = request.headers.get(KEY)
    if key is None:
        return record()
    if not 0 < len(key) <= _LONGEST_KEY:
        right = f"up to {_LONGEST_KEY} characters would be right"
        raise Refused([Fault(KEY, "", "nothing, or a long one", right)])
    asked, kept = _asked(), desk().office.reply(officer().name, key, moment() - _KEPT_FOR)
    if kept is None:
        return _kept(key, asked, record())
    if kept.asked != asked:
        raise Refused([Fault(KEY, "", "one used for something else", "another key would be right")])
    return Response(kept.body, kept.status, {AGAIN: "true"}, content_type="application/json")


def _kept(key: str, asked: str, response: Response) -> Response:
    reply, now = Reply(asked, response.status_code, response.get_data(as_text=True)), moment()
    desk().office.keep_reply(officer().name, key, reply, at=now, since=now - _KEPT_FOR)
    return response


def _asked() -> str:
    said = f"{request.method} {request.path}\n".encode() + request.get_data()
    return hashlib.blake2b(said, digest_size=16).hexdigest()
