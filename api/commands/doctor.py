"""``shouwang doctor``: what is wrong with a configuration or a database, in sentences."""

import argparse
import shutil
from collections.abc import Callable, Iterator

from api.clock import instant, told_now
from api.commands.verify import NotInOrder
from api.options import Commands, add_database, add_plain_command
from api.rulebooks import NoSuchProtocol
from api.wiring import register_at, store_at
from tracing.register import Register

_LITTLE_ROOM = 200 * 1024 * 1024


def add(commands: Commands) -> None:
    """Add the command."""
    text = "say what is wrong with the configuration or the database, and what would be right"
    add_database(add_plain_command(commands, "doctor", text, _run))


def _run(options: argparse.Namespace) -> str:
    name = store_at(options.database).name
    try:
        register = register_at(options.database)
    except NoSuchProtocol as trouble:
        raise NotInOrder(f"{name}: this program has no rules for the database; {trouble}") from None
    wrong = [sentence for look in _LOOKS for sentence in look(register)]
    if wrong:
        raise NotInOrder("\n".join(f"{name}: {each}" for each in wrong))
    facts = register.store.read(lambda records: records.last()[0])
    return f"{name}: {facts} facts, nothing is wrong\n"


def _other_rules(register: Register) -> Iterator[str]:
    charter = register.store.read(lambda records: records.charter())
    if charter and charter.digest != register.rules.digest:
        right = (
            "`shouwang rules activate` puts these in force, or another version of the program would be right"
        )
        yield f"its rules are not those of this program; it can be read but not written; {right}"


def _clock(register: Register) -> Iterator[str]:
    latest = register.store.read(lambda records: records.last()[1])
    now = instant(register.rules.zone)
    if latest and latest > now:
        yield f"the clock is wrong: it is {now:%Y-%m-%d %H:%M}, but facts were recorded later than that"
    if told_now():
        yield f"SHOUWANG_NOW is set, so that it is always {told_now()}; unset it for real use"


def _disk(register: Register) -> Iterator[str]:
    file = getattr(register.store, "file", None)
    free = shutil.disk_usage(file.absolute().parent).free if file else _LITTLE_ROOM
    if free < _LITTLE_ROOM:
        yield f"the disk has {free // 2**20} MiB left; at least {_LITTLE_ROOM // 2**20} MiB would be right"


def _work(register: Register) -> Iterator[str]:
    stale = register.store.read(lambda records: len(records.stale()))
    if stale:
        yield f"{stale} people wait to be worked out; `shouwang work` does it"


def _store(register: Register) -> Iterator[str]:
    yield from register.store.faults()


_LOOKS: tuple[Callable[[Register], Iterator[str]], ...] = (_other_rules, _clock, _disk, _work, _store)
