"""A progress bar for what takes longer than a second, on a terminal only."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def progress(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """Yield the items; a bar appears on stderr after a second if it is a terminal."""
    yield from tqdm(items, desc=what, total=total, delay=1, disable=None, leave=False)
