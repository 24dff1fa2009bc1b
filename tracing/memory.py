"""What is done about memory while very many facts are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep Python from searching for garbage in circles meanwhile: facts are in none, however many there are.

    The search looks through all of them again and again, the more of them the longer.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
