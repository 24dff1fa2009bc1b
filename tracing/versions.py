"""What somebody had seen of a thing when they change it: the number of the last fact about it."""

from collections.abc import Mapping

from tracing.ports import Facts


class ChangedMeanwhile(Exception):
    """Something was recorded about a thing since whoever changes it looked at it."""

    def __init__(self, thing: str) -> None:
        super().__init__(f"facts were recorded about {thing!r} since; looking at it again would be right")


def last_about(facts: Facts, thing: str) -> int:
    """Return the number of the last fact under an id or naming it; 0 if there is none."""
    found = (*facts.under([thing]), *facts.naming([thing]), *facts.about([thing]))
    return max((each.seq for each in found), default=0)


def check_unchanged(facts: Facts, seen: Mapping[str, int]) -> None:
    """Check that what was seen of things is still the last about them.

    Raises:
        ChangedMeanwhile: if not.
    """
    for thing, number in seen.items():
        if last_about(facts, thing) != number:
            raise ChangedMeanwhile(thing)
