"""``shouwang audit verify``: whether the trail of requests is whole and unchanged."""

import argparse
from collections.abc import Iterator

from api.commands.verify import NotInOrder
from api.options import Commands, add_database, add_plain_command
from api.wiring import register_and_office_at
from tracing.audit import AuditEntry, breaks
from tracing.office import Office

_PAGE = 1_000


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_plain_command(commands, "audit", "the trail of requests", _verify)
    deeds = command.add_subparsers(title="what to do", metavar="DEED", required=True)
    verify = add_plain_command(deeds, "verify", "say whether the trail is whole and unchanged", _verify)
    add_database(verify)


def _verify(options: argparse.Namespace) -> str:
    _, office = register_and_office_at(options.database)
    found = list(breaks(_entries(office)))
    if found:
        raise NotInOrder("\n".join(found))
    return "the trail is whole and unchanged\n"


def _entries(office: Office) -> Iterator[AuditEntry]:
    after = 0
    while page := office.trail(after, _PAGE):
        yield from (entry for _, entry in page)
        after = page[-1][0]
