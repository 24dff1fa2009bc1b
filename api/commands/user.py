"""``shouwang user``: who works here, as what, for which area; their tokens."""

import argparse
import re
import secrets

from api.options import Commands, add_database, add_plain_command, when
from api.tables import table
from api.wiring import register_and_office_at
from tracing.faults import Fault, Refused
from tracing.office import EVERYWHERE, MAY, Appointment, Officer, Role, token_digest

_NAME = re.compile(r"[\w.@-]{1,64}")
_AREA = re.compile(r"[\w:]{2,32}|")


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_plain_command(commands, "user", "who works here: add, list, remove", _list)
    deeds = command.add_subparsers(title="what to do", metavar="DEED")
    adding = add_plain_command(deeds, "add", "give somebody a token; the one they had is good no more", _add)
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", type=Role, choices=list(Role), required=True)
    adding.add_argument(
        "--area", metavar="CODE", default=EVERYWHERE, help="whom they see (default: everybody)"
    )
    adding.add_argument("--until", type=when, metavar="WHEN", help="the token is good until then")
    removing = add_plain_command(deeds, "remove", "take somebody's token away", _remove)
    removing.add_argument("name", metavar="NAME")
    listing = add_plain_command(deeds, "list", "list who works here", _list)
    for each in (adding, removing, listing):
        add_database(each)
    command.set_defaults(database=None)


def _add(options: argparse.Namespace) -> str:
    officer = Officer(options.name, options.role, options.area)
    if not _NAME.fullmatch(officer.name):
        right = "up to 64 letters, digits, dots, dashes or @ would be right"
        raise Refused([Fault("NAME", "", repr(officer.name), right)])
    if not _AREA.fullmatch(officer.area):
        raise Refused([Fault("--area", "", repr(officer.area), "the code of an area would be right")])
    token = secrets.token_urlsafe(32)
    register, office = register_and_office_at(options.database)
    until = options.until.in_zone(register.rules.zone).last if options.until else None
    office.appoint(Appointment(officer, until), token_digest(token))
    return f"{token}\n"


def _remove(options: argparse.Namespace) -> str:
    _, office = register_and_office_at(options.database)
    if not office.dismiss(options.name):
        raise Refused(
            [Fault("NAME", "", repr(options.name), "the name of somebody who works here would be right")]
        )
    return ""


def _list(options: argparse.Namespace) -> str:
    _, office = register_and_office_at(options.database)
    rows = [
        (
            who.name,
            who.role.value,
            who.area or "*",
            until.isoformat() if until else "–",
            ", ".join(sorted(MAY[who.role])),
        )
        for who, until in office.appointed()
    ]
    return table(["name", "role", "area", "until", "may"], rows)
