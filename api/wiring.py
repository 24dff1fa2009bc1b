"""What the program is made of: which store, with which rules."""

import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api.rulebooks import book_texts, rulings
from api.settings import database_url
from graphdb.sqlite import SQLiteStore
from tracing.faults import Fault, Refused
from tracing.in_force import InForce
from tracing.ports import Charter, Unreachable
from tracing.register import Register

_SQLITE = "sqlite:///"


def store_at(url: str | None) -> SQLiteStore:
    """Return the store that a URL names, by default the configured one; nothing is opened yet.

    Raises:
        Refused: if the URL is of a kind that is not known.
    """
    chosen = url or database_url()
    if "://" in chosen and not chosen.startswith(_SQLITE):
        right = "sqlite:///path or the path of a file would be right"
        raise Refused([Fault("--database", "", repr(chosen.partition("://")[0] + "://…"), right)])
    return SQLiteStore(Path(chosen.removeprefix(_SQLITE)))


def register_at(url: str | None) -> Register:
    """Return the register in a database, with the rules that this program has for it.

    Raises:
        Unreachable: if there is no database.
        NoSuchProtocol: if this program has no rule book for it.
    """
    store = store_at(url)
    charter = charter_there(store)
    if charter is None:
        raise Unreachable(f"{store.name}: this database is for nothing yet; `shouwang init` says what for")
    return Register(store, rules_for(charter))


def charter_there(store: SQLiteStore) -> Charter | None:
    """Return what a database is for; None if nobody has said."""
    return store.read(lambda records: records.charter())


def rules_for(charter: Charter) -> InForce:
    """Return the rules that this program has for what a database is for, whichever are in force in it."""
    digest = rules_digest(book_texts(charter.protocol, charter.overlay))
    return InForce(rulings(charter.protocol, None, charter.overlay), digest, zone_named(charter.zone))


def charter_of(protocol: str, overlay: str | None, zone: ZoneInfo, at: datetime) -> Charter:
    """Return the charter of a new database made at a moment.

    Raises:
        NoSuchProtocol: if there is no such rule book or overlay.
    """
    digest = rules_digest(book_texts(protocol, overlay))
    rules = InForce(rulings(protocol, None, overlay), digest, zone)
    return Charter(protocol, overlay, zone.key, rules.at(at))


def rules_digest(texts: tuple[str, ...]) -> str:
    """Return the digest by which a database knows a rule book with its overlay."""
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=16).hexdigest()


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone.

    Raises:
        Refused: if there is none of this name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        right = "a zone such as Asia/Shanghai would be right"
        raise Refused([Fault("--zone", "", repr(name), right)]) from None
