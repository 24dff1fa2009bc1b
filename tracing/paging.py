"""Very many things, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def pages(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield items in their order, so many at a time; the last page may be shorter, none is empty."""
    coming = iter(items)
    while page := list(islice(coming, size)):
        yield page
