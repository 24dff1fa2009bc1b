"""Merges as a register holds them, followed over any number of records."""

from collections.abc import Callable, Collection

from tracing.ports import Facts, Stored

ENDS = ("person", "into")


def merges_around(
    facts: Facts, people: Collection[str], counts: Callable[[Stored], bool] = lambda _: True
) -> list[Stored]:
    """Return the merges that tie people to others, over any number of records, of those that count."""
    found: dict[int, Stored] = {}
    asked, new = set(people), set(people)
    while new:
        merges = [each for each in facts.about(new, ("merge",)) if counts(each)]
        found.update((each.seq, each) for each in merges)
        new = {str(each.body[end]) for each in merges for end in ENDS} - asked
        asked |= new
    return list(found.values())
