"""A progress bar for what takes longer than a second, on a terminal only; notes beside an answer."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def progress(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Yield the items; a bar appears on stderr after a second if it is a terminal."""
    yield from tqdm(items, desc=what, total=total, delay=1, disable=None, leave=False)


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """Give a function that is told how many more are done; the bar appears as with :func:`progress`."""
    with tqdm(desc=what, total=total, delay=1, disable=None, leave=False) as shown:
        yield shown.update


def note(sentence: str) -> None:
    """Tell whoever runs a command something beside its answer, on stderr."""
    sys.stderr.write(f"{sentence}\n")
