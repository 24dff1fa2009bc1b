"""What the program is made of: which store, with which rules."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api.keys import master_keys
from api.rulebooks import book_texts, rulings
from api.settings import database_url, neo4j_settings
from graphdb.sqlite import SQLiteOffice, SQLiteStore
from tracing.faults import Fault, Refused
from tracing.in_force import RESTORING, InForce
from tracing.office import Office
from tracing.ports import Charter, Store, Unreachable
from tracing.register import Register

_SQLITE = "sqlite:///"
_NEO4J = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


_opened: list[Store | Office] = []


def close_stores() -> None:
    """Close every store that was named since the last time."""
    while _opened:
        _opened.pop().close()


def store_at(url: str | None) -> Store:
    """Return the store that a URL names, by default the configured one; nothing is opened yet.

    Raises:
        Refused: if the URL is of a kind that is not known, or no password is set for its server.
    """
    store = _made_for(url or database_url())
    _opened.append(store)
    return store


def _made_for(chosen: str) -> Store:
    scheme, _, rest = chosen.partition("://")
    if rest and scheme in _NEO4J:
        return _on_a_server(chosen)
    if rest and not chosen.startswith(_SQLITE):
        schemes = ", ".join(f"{each}://…" for each in _NEO4J)
        right = f"sqlite:///path, the path of a file, or {schemes} would be right"
        raise Refused([Fault("--database", "", "an address of another kind", right)])
    return SQLiteStore(Path(chosen.removeprefix(_SQLITE)), master_keys())


def _on_a_server(url: str) -> Store:
    # The driver loads slower than most answers are given, and a file needs none of it.
    from graphdb.neo4j import Connection, Neo4jStore

    settings = neo4j_settings()
    if "@" in url:
        right = "an address without user and password would be right; they belong into the environment"
        raise Refused([Fault("--database", "", "a user or a password in the address", right)])
    if not settings.password:
        right = "the password of the server would be right; scripts/neo4j start prints the line that sets it"
        raise Refused([Fault("SHOUWANG_NEO4J_PASSWORD", "", "nothing", right)])
    return Neo4jStore(Connection(url, *settings), master_keys())


def register_at(url: str | None, *, unfinished: bool = False) -> Register:
    """Return the register in a database, with the rules that this program has for it.

    Args:
        url: The database, by default the configured one.
        unfinished: Also one into which facts are still being restored or copied.

    Raises:
        Unreachable: if there is no database, or it holds only half of what is being restored.
        NoSuchProtocol: if this program has no rule book for it.
    """
    store = store_at(url)
    charter = charter_there(store)
    if charter is None:
        raise Unreachable(f"{store.name}: this database is for nothing yet; `shouwang init` says what for")
    if charter.rules == RESTORING and not unfinished:
        right = "the same `restore` or `copy` goes on where it broke off"
        raise Unreachable(f"{store.name}: facts are being restored, not all are there; {right}")
    return Register(store, rules_for(charter))


def register_and_office_at(url: str | None) -> tuple[Register, Office]:
    """Return the register in a database and the office that belongs to it, made if there is none yet.

    Raises:
        Unreachable: if there is no database, or no office can be made.
    """
    register, office = register_at(url), _office_at(url)
    office.create()
    return register, office


def _office_at(url: str | None) -> Office:
    """Return the office that belongs to the register in a database: on its server, or in a file beside it.

    Raises:
        Refused: as of the database.
    """
    store = _made_for(url or database_url())
    if isinstance(store, SQLiteStore):
        office: Office = SQLiteOffice(store.file.with_name(f"{store.file.name}.office"))
    else:
        from graphdb.neo4j import Neo4jOffice, Neo4jStore

        office = Neo4jOffice(cast(Neo4jStore, store).connection)
    _opened.append(office)
    return office


def charter_there(store: Store) -> Charter | None:
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
