"""The rule books that come with the program."""

from functools import cache
from importlib.resources import files

from tracing.books import RuleBook, read_rule_book
from tracing.rulings import Rulings


class NoSuchProtocol(LookupError):
    """There is no rule book of this name."""


def protocols() -> list[str]:
    """Return the names of all protocols."""
    books = files("tracing") / "rulebook"
    return sorted(book.name.removesuffix(".toml") for book in books.iterdir() if book.name.endswith(".toml"))


@cache
def rule_book(protocol: str) -> RuleBook:
    """Return the rule book of a protocol.

    Raises:
        NoSuchProtocol: naming those there are.
        Refused: if the book contradicts itself.
    """
    if protocol not in protocols():
        raise NoSuchProtocol(f"no protocol {protocol!r}; there are {', '.join(protocols())}")
    text = (files("tracing") / "rulebook" / f"{protocol}.toml").read_text(encoding="utf-8")
    return read_rule_book(f"{protocol}.toml", text)


def rulings(protocol: str, edition: str | None) -> Rulings:
    """Return the rules that decide: one edition pinned, or those in force.

    Raises:
        NoSuchProtocol: if there is no such rule book.
        NoSuchEdition: if it has no such edition.
    """
    book = rule_book(protocol)
    return Rulings(book, book.edition(edition) if edition else None)
