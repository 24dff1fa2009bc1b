"""The log: lines of JSON on stderr, one for every request and one for everything that went wrong.

They say by which rule something was asked, never by which path, and where something broke, never with which
words: both may name people.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO, cast

from flask import Flask, has_request_context
from flask.logging import wsgi_errors_stream

from api.service.desk import request_id
from api.service.observing import Ended, when_ended
from api.settings import log_level

_TOLD = "told"


class Lines(logging.Formatter):
    """Every record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as a line: when, how bad, what, and of which request."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname.lower(), "message": record.getMessage()}
        if has_request_context():
            line["request"] = request_id()
        if record.exc_info and record.exc_info[0]:
            line |= _broken(record.exc_info[0], record.exc_info[2])
        return json.dumps(line | getattr(record, _TOLD, {}), ensure_ascii=False)


def _broken(kind: type[BaseException], trace: TracebackType | None) -> dict[str, Any]:
    places = [f"{frame.f_globals.get('__name__')}:{line}" for frame, line in traceback.walk_tb(trace)]
    return {"error": kind.__name__, "at": places}


def log_requests(app: Flask) -> None:
    """Let an app write its log, with a line for every request that has ended.

    Raises:
        Refused: if ``SHOUWANG_LOG`` is no level.
    """
    handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
    handler.setFormatter(Lines())
    # All apps of a program share one log.
    app.logger.handlers = [handler]
    app.logger.setLevel(log_level().upper())

    def tell(ended: Ended) -> None:
        app.logger.info("answered", extra={_TOLD: _told(ended)})

    when_ended(app, tell)


def _told(ended: Ended) -> dict[str, Any]:
    told = ended._asdict()
    return told | {"ms": round(told.pop("seconds") * 1000, 1)}
