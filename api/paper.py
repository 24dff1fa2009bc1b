"""A list as somebody reads it: a title, what it is about, and its tables; and how a terminal shows it."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from api.list_phrases import COLUMNS, PHRASES, Column
from api.tables import table
from tracing.phrases import Language

T = TypeVar("T")


class Sheet(NamedTuple):
    """One table; ``columns`` are its titles, ``kinds`` what stands in them."""

    title: str
    kinds: tuple[Column, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Paper(NamedTuple):
    """A titled list of tables; ``lines`` say what it is about, ``notes`` what to mind.

    ``warning``: what must not be missed, before everything else; ``None`` if there is nothing.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    language: Language
    notes: tuple[str, ...] = ()
    warning: str | None = None


def sheet(
    title: str, entries: Sequence[T], cells: Iterable[tuple[Column, Callable[[T], str]]], language: Language
) -> Sheet:
    """Return a table of entries; a column in which nobody has anything is left out."""
    filled = [(column, [printable(cell(entry)) for entry in entries]) for column, cell in cells]
    kept = [(column, texts) for column, texts in filled if any(texts)]
    kinds = tuple(column for column, _ in kept)
    columns = tuple(COLUMNS[column][language] for column in kinds)
    return Sheet(title, kinds, columns, tuple(zip(*(texts for _, texts in kept), strict=True)))


def printable(text: str) -> str:
    """Return a text as a document can hold it: what is no character of XML becomes a space."""
    return "".join(
        " " if unicodedata.category(each) in _NO_TEXT or each in "\ufffe\uffff" else each for each in text
    )


_NO_TEXT = frozenset({"Cc", "Cs"})


def paper_text(paper: Paper) -> str:
    """Return a paper for a terminal; empty tables are left out, but for whole papers without any."""
    head = [paper.title, *(f"{name}  {value}" for name, value in paper.lines)]
    head += [f"\n{paper.warning}"] if paper.warning else []
    full = [each for each in paper.sheets if each.rows]
    bodies = [f"{each.title}\n{table(each.columns, each.rows)}" for each in full]
    none = [] if bodies else [PHRASES["none"][paper.language] + "\n"]
    notes = [f"{note}\n" for note in paper.notes]
    return "\n".join(["\n".join(head) + "\n", *(bodies or none), "".join(notes)])
