"""What gunicorn says of itself, as lines of JSON too, and nothing of what was asked."""

import logging
from typing import Any

from gunicorn.glogging import Logger

from api.service.logs import Lines

_UNREADABLE = "Invalid request"


class ServerLog(Logger):  # type: ignore[misc]  # it comes without types
    """The log of gunicorn: errors as lines; it has no line for every request, the app has."""

    def setup(self, cfg: Any) -> None:
        """Set up as configured, then write lines; what libraries warn of goes the same way."""
        super().setup(cfg)
        for handler in (*self.error_log.handlers, logging.lastResort):
            if handler:
                handler.setFormatter(Lines())

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Note a warning; of a request that cannot be read not its words and not from where."""
        unreadable = str(msg).startswith(_UNREADABLE)
        super().warning(_UNREADABLE if unreadable else msg, *args, **kwargs)

    def exception(self, msg: Any, *_: Any, **kwargs: Any) -> None:
        """Note an error by what was being done, without the address that was asked for."""
        super().exception(str(msg).partition(" %s")[0], **kwargs)
