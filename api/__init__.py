"""Everything that people and programs touch: the command line, the service, files."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app(database: str | None = None) -> "Flask":
    """Return the service over a database, by default the configured one: ``gunicorn 'api:create_app()'``."""
    # Its libraries load slower than most commands answer.
    from api.service.app import create_app as made

    return made(database)
