"""Finding people by what they are called, reached under or known by elsewhere."""

from collections.abc import Mapping

from tracing.merges import ENDS, merges_around
from tracing.ports import Facts
from tracing.secrecy import Clue
from tracing.storing import owner_of


def found_by(facts: Facts, clues: Mapping[Clue, str]) -> set[str]:
    """Return the ids of people of whom all of these are said by facts that are not withdrawn.

    An address is said of everybody who lives or lived there.
    """
    found = [_people(facts, clue, text) for clue, text in clues.items()]
    if len(found) > 1:
        # One record may say the name, and another of the same human being the phone.
        found = [_with_other_records(facts, each) for each in found]
    return set.intersection(*found) if found else set()


def _with_other_records(facts: Facts, people: set[str]) -> set[str]:
    merges = merges_around(facts, people, lambda merge: merge.voided_at is None)
    return {*people, *(str(each.body[end]) for each in merges for end in ENDS)}


def _people(facts: Facts, clue: Clue, text: str) -> set[str]:
    owners = {owner_of(each) for each in facts.matching(clue, text) if each.voided_at is None}
    return residents_of(facts, owners) if clue == Clue.ADDRESS else owners


def residents_of(facts: Facts, households: set[str]) -> set[str]:
    """Return the ids of everybody who lives or lived in one of these households."""
    residences = facts.naming(households, ("residence",)) if households else []
    return {str(each.body["person"]) for each in residences if each.voided_at is None}
