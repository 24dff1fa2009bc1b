"""Requests that are sent again: under one idempotency key the first answer is given again."""

from collections.abc import Callable
from datetime import timedelta

from flask import Response, request

from api.service.desk import desk, moment, officer
from api.service.fact_schemas import Schema
from tracing.digests import private_digest
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
    """Return a digest of what is asked, and of as whom: what was answered may not be seen as somebody else.

    It has the key of the register, so that nobody can try names until one fits.
    """
    who, body = officer(), request.get_data().decode("latin-1")
    said = [request.method, request.full_path, who.role, who.area, *sorted(who.scope or ()), body]
    return private_digest(desk().register.store)("\n".join(said))
