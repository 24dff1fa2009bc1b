"""The rule books that come with the program."""

from functools import cache
from importlib.resources import files

from tracing.book_texts import read_rule_book
from tracing.books import RuleBook
from tracing.rulings import Rulings

_BOOKS = files("tracing") / "rulebook"


class NoSuchProtocol(LookupError):
    """There is no rule book of this name."""


def protocols() -> list[str]:
    """Return the names of all protocols."""
    return sorted(book.name.removesuffix(".toml") for book in _BOOKS.iterdir() if book.name.endswith(".toml"))


def overlays() -> list[str]:
    """Return the names of all overlays."""
    return sorted(file.name.removesuffix(".toml") for file in (_BOOKS / "overlays").iterdir())


@cache
def rule_book(protocol: str, overlay: str | None = None) -> RuleBook:
    """Return the rule book of a protocol, with a jurisdiction's variant if one is named.

    Raises:
        NoSuchProtocol: naming those there are, of the protocol or the overlay.
        Refused: if the book contradicts itself.
    """
    return read_rule_book(f"{protocol}.toml", *book_texts(protocol, overlay))


def book_texts(protocol: str, overlay: str | None = None) -> tuple[str, ...]:
    """Return the text of a rule book and, if one is named, that of the variant laid over it.

    Raises:
        NoSuchProtocol: naming those there are, of the protocol or the overlay.
    """
    if protocol not in protocols():
        raise NoSuchProtocol(f"no protocol {protocol!r}; there are {', '.join(protocols())}")
    if overlay is not None and overlay not in overlays():
        raise NoSuchProtocol(f"no overlay {overlay!r}; there are {', '.join(overlays())}")
    text = (_BOOKS / f"{protocol}.toml").read_text(encoding="utf-8")
    if overlay is None:
        return (text,)
    return text, (_BOOKS / "overlays" / f"{overlay}.toml").read_text(encoding="utf-8")


def rulings(protocol: str, edition: str | None, overlay: str | None = None) -> Rulings:
    """Return the rules that decide: one edition pinned, or those in force.

    Raises:
        NoSuchProtocol: if there is no such rule book or overlay.
        NoSuchEdition: if it has no such edition.
    """
    book = rule_book(protocol, overlay)
    return Rulings(book, book.edition(edition) if edition else None)
