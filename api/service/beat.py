"""Answers that leave on a beat, so that how long they took does not tell nobody from somebody hidden."""

import time
from http import HTTPStatus

from flask import Response, g

from tracing.office import EVERYWHERE

BEAT_S = 0.05
"""Of whom the officer may not see, a store reads some milliseconds more than of nobody."""

_MAY_TELL = frozenset(
    {
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.PRECONDITION_FAILED,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)


def leave_on_the_beat() -> None:
    """Let the answer to this request leave on the beat, whatever it says."""
    g.on_the_beat = True


def on_the_beat(response: Response) -> Response:
    """Hold back until the next beat what might tell an officer with an area of somebody elsewhere."""
    who = g.get("officer")
    may_tell = response.status_code in _MAY_TELL or g.get("on_the_beat")
    if who and who.area != EVERYWHERE and may_tell:
        time.sleep(BEAT_S - (time.perf_counter() - g.began) % BEAT_S)
    return response
