"""What was worked out for one question is taken over for another that differs in facts about few people."""

from collections.abc import Callable
from functools import cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
U = TypeVar("U")
R = TypeVar("R")


class Earlier(NamedTuple, Generic[T]):
    """A worker on a question that differs in nothing but facts about the people ``changed``."""

    worker: T
    changed: frozenset[str]


def part_of(earlier: Earlier[T] | None, part: Callable[[T], U]) -> Earlier[U] | None:
    """Return a part of an earlier worker, if there is one."""
    return earlier and Earlier(part(earlier.worker), earlier.changed)


def remembering(
    work: Callable[..., R],
    earlier: Earlier[T] | None,
    known: Callable[[T], Callable[..., R]],
    people: int = 1,
) -> Callable[..., R]:
    """Return a way of asking for work that does each piece once, and none that was done for an earlier
    question about people who are as they were.

    Args:
        work: What works out an answer about people from nothing but facts about them.
        earlier: Who worked for the earlier question, if anybody did.
        known: How they are asked.
        people: How many of the first things asked about are people.
    """
    once = cache(work)
    if earlier is None:
        return once
    before, changed = known(earlier.worker), earlier.changed

    def ask(*about: str) -> R:
        return before(*about) if changed.isdisjoint(about[:people]) else once(*about)

    return ask
