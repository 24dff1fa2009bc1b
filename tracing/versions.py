"""What somebody had seen of a thing when they change it: the number of the last fact about it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from tracing.admission import Sight
from tracing.ports import Facts
from tracing.storing import recalled


class ChangedMeanwhile(Exception):
    """Something was recorded about a thing since whoever changes it looked at it."""

    def __init__(self, thing: str) -> None:
        super().__init__(f"facts were recorded about {thing!r} since; looking at it again would be right")


def last_about(facts: Facts, thing: str, zone: ZoneInfo, sight: Sight | None = None) -> int:
    """Return the number of the last fact under an id or naming it; 0 if there is none.

    ``sight``: of whoever asks; facts that they may not name are not counted, so that nobody is told that
    somebody elsewhere boarded, moved in or was somewhere.
    """
    told = (*facts.under([thing]), *facts.naming([thing]), *facts.about([thing]))
    found = {each.seq: each for each in told}
    if sight is None:
        return max(found, default=0)
    in_sight = sight(facts, [recalled(found[number], zone) for number in sorted(found)])
    return max((entry.recording.line for entry in in_sight), default=0)


def check_unchanged(
    facts: Facts, seen: Mapping[str, int], zone: ZoneInfo, sight: Sight | None = None
) -> None:
    """Check that what was seen of things is still the last about them, of what ``sight`` leaves.

    Raises:
        ChangedMeanwhile: if not.
    """
    for thing, number in seen.items():
        if last_about(facts, thing, zone, sight) != number:
            raise ChangedMeanwhile(thing)
