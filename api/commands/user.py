"""``shouwang user``: who works here, as what, for which area; their tokens and passwords."""

import argparse
import getpass
import sys

from api.clock import instant
from api.officers import AREA, NAME, given_token
from api.options import Commands, add_database, add_plain_command, when
from api.passwords import password_digest
from api.tables import table
from api.trail import note_command
from api.wiring import register_and_office_at
from tracing.faults import Fault, Refused
from tracing.office import EVERYWHERE, MAY, Deed, Office, Officer, Pass, PassKind, Role
from tracing.register import Register


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_plain_command(commands, "user", "who works here: add, password, list, remove", _list)
    deeds = command.add_subparsers(title="what to do", metavar="DEED")
    adding = add_plain_command(deeds, "add", "give somebody a token; what they had is good no more", _add)
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", type=Role, choices=list(Role), required=True)
    adding.add_argument(
        "--area", metavar="CODE", default=EVERYWHERE, help="whom they see (default: everybody)"
    )
    adding.add_argument("--until", type=when, metavar="WHEN", help="the token is good until then")
    adding.add_argument(
        "--scope", type=Deed, choices=list(Deed), nargs="+", help="the token is good for these deeds only"
    )
    setting = add_plain_command(deeds, "password", "let somebody sign in with a browser, or not", _password)
    setting.add_argument("name", metavar="NAME")
    removing = add_plain_command(deeds, "remove", "let somebody work here no longer", _remove)
    removing.add_argument("name", metavar="NAME")
    listing = add_plain_command(deeds, "list", "list who works here", _list)
    for each in (adding, setting, removing, listing):
        add_database(each)
    command.set_defaults(database=None)


def _add(options: argparse.Namespace) -> str:
    officer = Officer(options.name, options.role, options.area)
    if not NAME.match(officer.name):
        right = "up to 64 letters, digits, dots, dashes or @ would be right"
        raise Refused([Fault("NAME", "", repr(officer.name), right)])
    if not AREA.match(officer.area):
        raise Refused([Fault("--area", "", repr(officer.area), "the code of an area would be right")])
    register, office = register_and_office_at(options.database)
    until = options.until.in_zone(register.rules.zone).last if options.until else None
    scope = frozenset(options.scope) if options.scope else None
    _note(register, office, "user add", officer.name)
    return f"{given_token(office, officer, Pass(PassKind.TOKEN, until, scope))}\n"


def _password(options: argparse.Namespace) -> str:
    register, office = register_and_office_at(options.database)
    _check_works_here(office, options.name)
    is_typed = sys.stdin.isatty()
    password = getpass.getpass() if is_typed else sys.stdin.readline().rstrip("\n")
    digest = password_digest(password)
    _note(register, office, "user password", options.name)
    office.set_password(options.name, digest)
    office.revoke_all(options.name, PassKind.SESSION)
    return ""


def _remove(options: argparse.Namespace) -> str:
    register, office = register_and_office_at(options.database)
    _check_works_here(office, options.name)
    _note(register, office, "user remove", options.name)
    office.dismiss(options.name)
    return ""


def _note(register: Register, office: Office, command: str, name: str) -> None:
    note_command(office, instant(register.rules.zone), command, about=(name,))


def _check_works_here(office: Office, name: str) -> None:
    if name not in {who.name for who, _ in office.appointed()}:
        right = "the name of somebody who works here would be right"
        raise Refused([Fault("NAME", "", repr(name), right)])


def _list(options: argparse.Namespace) -> str:
    _, office = register_and_office_at(options.database)
    rows = [
        (who.name, who.role.value, who.area or "*", _until(passes), ", ".join(sorted(MAY[who.role])))
        for who, passes in office.appointed()
    ]
    return table(["name", "role", "area", "until", "may"], rows)


def _until(passes: list[Pass]) -> str:
    ends = [each.until.isoformat() if each.until else "–" for each in passes if each.kind == PassKind.TOKEN]
    return ", ".join(ends) or "no token"
