"""``shouwang keys``: the master keys, by which alone can be told who people are."""

import argparse

from api.keys import add_master_key, note_destroyed
from api.options import Commands, add_database, add_plain_command
from api.settings import keys_file
from api.wiring import register_at


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_plain_command(commands, "keys", "the master keys: rotate, rewrap", _rewrap)
    deeds = command.add_subparsers(title="what to do", metavar="DEED", required=True)
    rotating = add_plain_command(deeds, "rotate", "make a new master key and wrap all keys by it", _rotate)
    text = "wrap by the newest master key what an older one wrapped, in another database too"
    rewrapping = add_plain_command(deeds, "rewrap", text, _rewrap)
    for each in (rotating, rewrapping):
        add_database(each)


def _rotate(options: argparse.Namespace) -> str:
    # Whoever cannot open what is there must not make a key that could.
    register_at(options.database).store.read(lambda records: records.index_key())
    add_master_key()
    return f"{keys_file()}: a new master key stands first; keep a copy of the file\n{_rewrap(options)}"


def _rewrap(options: argparse.Namespace) -> str:
    store = register_at(options.database).store
    note_destroyed(store)
    number = store.write(lambda records: records.rewrap())
    right = "an older one is needed as long as another database or a backup was made with it"
    return f"{store.name}: {number} keys wrapped by the newest master key; {right}\n"
