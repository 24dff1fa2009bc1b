"""Requests that are sent again: under one idempotency key one is recorded, and answered again.

A worker records under a lease, which holds until it has answered or refused; that of a worker that was
killed runs out by itself.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import Response, current_app, request
from werkzeug.exceptions import Conflict

from api.service.desk import about, desk, is_about, moment, officer, request_id
from api.service.fact_schemas import Schema
from tracing.digests import private_digest
from tracing.faults import Fault, Refused
from tracing.office import Lease, Reply
from tracing.ports import StoreTrouble

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
_LEASED_FOR = timedelta(seconds=30)


def once(record: Callable[[], Response]) -> Response:
    """Return what recording answers, or under a key that was answered within a day that answer again.

    Raises:
        Conflict: if the same is being recorded under this key.
        Refused: if something else was asked under this key.
    """
    key = request.headers.get(KEY)
    if key is None:
        return record()
    if not 0 < len(key) <= _LONGEST_KEY:
        right = f"up to {_LONGEST_KEY} characters would be right"
        raise Refused([Fault(KEY, "", "nothing, or a long one", right)])
    now = moment()
    lease = Lease(officer().name, key, _asked(), now + _LEASED_FOR)
    found = desk().office.claim_reply(lease, at=now, since=now - _KEPT_FOR)
    if found is None:
        return _recorded(lease, record)
    if found.asked != lease.asked:
        raise Refused([Fault(KEY, "", "one used for something else", "another key would be right")])
    if isinstance(found, Lease):
        raise Conflict("this is being recorded now; asking again in a moment would be right")
    is_about(*found.about)
    return Response(found.body, found.status, {AGAIN: "true"}, content_type="application/json")


def _recorded(lease: Lease, record: Callable[[], Response]) -> Response:
    """Return what recording answers, and keep it; what was refused or failed may be asked anew."""
    try:
        response = record()
    except BaseException:
        desk().office.give_up(lease)
        raise
    reply = Reply(lease.asked, response.status_code, response.get_data(as_text=True), about())
    try:
        desk().office.keep_reply(lease, reply)
    except StoreTrouble as trouble:
        # It is recorded; asked again once the lease has run out, it adds nothing.
        current_app.logger.error("request %s: its answer is not kept; %s", request_id(), trouble)
    return response


def _asked() -> str:
    """Return a digest of what is asked, and of as whom: what was answered may not be seen as somebody else.

    It has the key of the register, so that nobody can try names until one fits.
    """
    who, body = officer(), request.get_data().decode("latin-1")
    said = [request.method, request.full_path, who.role, who.area, *sorted(who.scope or ()), body]
    return private_digest(desk().register.store)("\n".join(said))
