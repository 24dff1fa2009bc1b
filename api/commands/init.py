"""``shouwang init``: a new database, for one disease."""

import argparse

from api.clock import instant
from api.keys import make_master_key
from api.options import DEFAULT_PROTOCOL, Commands, add_database, add_plain_command
from api.progress import note
from api.rulebooks import book_texts
from api.settings import keys_file
from api.wiring import charter_of, charter_there, rules_for, store_at, zone_named
from tracing.days import DEFAULT_ZONE
from tracing.faults import Fault, Refused
from tracing.ports import Charter, Store, StoreTrouble


def add(commands: Commands) -> None:
    """Add the command."""
    text = "make a new database for one disease, or bring the tables of an older one up to date"
    command = add_plain_command(commands, "init", text, _run)
    add_charter(command)
    add_database(command)


def add_charter(command: argparse.ArgumentParser) -> None:
    """Add the options that say what a new database is for."""
    command.add_argument("--protocol", metavar="P", help=f"the rule book (default: {DEFAULT_PROTOCOL})")
    command.add_argument("--overlay", metavar="NAME", help="a jurisdiction's variant of the rule book")
    command.add_argument("--zone", metavar="Z", help=f"the zone of local days (default: {DEFAULT_ZONE.key})")


def _run(options: argparse.Namespace) -> str:
    store, there, is_new = chartered_as_asked(options)
    what = "a new database" if is_new else "the database is there already, its tables are up to date:"
    return f"{store.name}: {what} for {there.protocol}, zone {there.zone}\n"


def chartered_as_asked(options: argparse.Namespace) -> tuple[Store, Charter, bool]:
    """Return the database named and what it is for, and whether it was made just now.

    Raises:
        Refused: if there is one for something else than what is asked.
    """
    zone = zone_named(options.zone or DEFAULT_ZONE.key)
    wanted = charter_of(options.protocol or DEFAULT_PROTOCOL, options.overlay, zone, instant(zone))
    store = store_at(options.database)
    there, is_new = chartered(store, wanted)
    for name in ("protocol", "overlay", "zone"):
        asked, has = getattr(options, name), getattr(there, name)
        if asked and asked != has:
            right = f"{has}, which the database has, or another database would be right"
            raise Refused([Fault(f"--{name}", "", repr(asked), right)])
    rules_for(there)
    return store, there, is_new


def chartered(store: Store, wanted: Charter) -> tuple[Charter, bool]:
    """Return what a database is for, made for what is wanted if it was for nothing; and whether it was."""
    if not _is_there(store) and make_master_key():
        note(f"{keys_file()}: a new master key; without it nobody can tell who people are: keep a copy of it")
    store.create()
    there = charter_there(store)
    if there is not None:
        return there, False
    texts = book_texts(wanted.protocol, wanted.overlay)
    store.write(lambda records: records.activate(wanted, texts, instant(zone_named(wanted.zone))))
    return wanted, True


def _is_there(store: Store) -> bool:
    """Return whether a database has been made: then its own keys are right, and new ones are not."""
    try:
        return charter_there(store) is not None
    except StoreTrouble:
        return False
