"""``shouwang serve``: the service over the database, by gunicorn."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api import create_app
from api.options import Commands, add_database, add_plain_command
from api.progress import note
from api.settings import SHARED_COUNTS, log_level
from api.wiring import close_stores, register_and_office_at


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_plain_command(commands, "serve", "serve the JSON API of the database", _run)
    add_database(command)
    command.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    command.add_argument("--threads", type=int, default=4, help="of each process (default: 4)")


def _run(options: argparse.Namespace) -> str:
    # It loads slower than most commands answer.
    from gunicorn.app.base import BaseApplication

    settings = _settings(options)
    _, office = register_and_office_at(options.database)
    if not office.appointed():
        note("nobody works here yet; `shouwang user add NAME --role ROLE` gives somebody a token")

    class Served(BaseApplication):  # type: ignore[misc]  # it comes without types
        def load_config(self) -> None:
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return create_app(options.database)

    # Every worker opens its own.
    close_stores()
    address = f"http://{options.host}:{options.port}"
    note(f"{address}/docs shows what can be asked, {address}/api/v1/openapi.json says it to programs")
    with _counting_together():
        Served().run()
    return ""


@contextmanager
def _counting_together() -> Iterator[None]:
    """Let all workers count into one folder, which is gone afterwards, or into that which is set."""
    if os.environ.get(SHARED_COUNTS):
        yield
        return
    folder, master = tempfile.mkdtemp(prefix="shouwang-counts-"), os.getpid()
    os.environ[SHARED_COUNTS] = folder
    try:
        yield
    finally:
        # Every worker that ends passes here too, and the others go on counting.
        if os.getpid() == master:
            shutil.rmtree(folder, ignore_errors=True)


def _ended(_: Any, worker: Any) -> None:
    """Take what a worker that has ended was at out of the counts; what it has done stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # it comes without types


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "bind": f"{options.host}:{options.port}",
        "workers": options.workers,
        "threads": options.threads,
        "worker_class": "gthread",
        "timeout": 120,
        "graceful_timeout": 30,
        "control_socket_disable": True,
        "proc_name": "shouwang",
        "logger_class": "api.service.server_log.ServerLog",
        "loglevel": log_level(),
        "child_exit": _ended,
    }
