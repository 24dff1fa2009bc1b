"""What somebody is called and reached under: the record, and what further sources say."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tracing.facts import Household, Person, Residence, Statement
from tracing.known import Known

FIELDS = ("name", "sex", "birth_date", "age", "id_type", "id_number", "phone", "workplace")
"""What the record or a statement may say of who somebody is."""

_SHOWN_AT_THE_START, _SHOWN_AT_THE_END = 6, 4


class Stated(NamedTuple):
    """Something said of somebody, and the id of the fact that says so."""

    value: Any
    fact: str


class Home(NamedTuple):
    """A household that somebody lives or lived in."""

    residence: Residence
    household: Household


class Identity(NamedTuple):
    """Who somebody is: of each field what is in use, of those with different answers all others too."""

    person: str
    in_use: dict[str, Stated]
    others: list[tuple[str, Stated]]
    homes: list[Home]


def who_is(known: Known, person: str) -> Identity:
    """Return who somebody is, under the id that they are answered by."""
    answering = known.answers_for(person)
    said = {field: list(_said(known, answering, field)) for field in FIELDS}
    in_use = {field: each[0] for field, each in said.items() if each}
    others = [(field, other) for field, each in said.items() for other in _different(each)]
    homes = [
        Home(each, household)
        for each in known.of(Residence, answering)
        if (household := known.thing(Household, each.household))
    ]
    return Identity(answering, in_use, others, homes)


def in_use(known: Known, person: str, field: str) -> Any:
    """Return what is in use of a field: what a preferred statement says, else the record, else any other."""
    return next((each.value for each in _said(known, person, field)), None)


def masked(number: str) -> str:
    """Return an id number of which the middle is hidden; of a short one, all but its end."""
    shown = _SHOWN_AT_THE_START + _SHOWN_AT_THE_END
    if len(number) <= shown:
        return "*" * max(0, len(number) - 2) + number[-2:]
    hidden = "*" * (len(number) - shown)
    return f"{number[:_SHOWN_AT_THE_START]}{hidden}{number[-_SHOWN_AT_THE_END:]}"


def _said(known: Known, person: str, field: str) -> Iterator[Stated]:
    """Yield what is said of a field, what is in use first."""
    statements = known.of(Statement, person)
    preferred = [each for each in statements if each.preferred]
    rest = [each for each in statements if not each.preferred]
    said: tuple[Person | Statement, ...] = (*reversed(preferred), *_records(known, person), *reversed(rest))
    for fact in said:
        value = getattr(fact, field, None)
        if value:
            yield Stated(value, fact.fact_id)


def _records(known: Known, person: str) -> list[Person]:
    """Return the record of somebody, then those that were merged into it."""
    records = (known.thing(Person, each) for each in (person, *known.merged_into(person)))
    return [each for each in records if each]


def _different(said: list[Stated]) -> list[Stated]:
    """Return what is said otherwise than first, each once."""
    once = {each.value: each for each in reversed(said)}
    return [each for each in said[1:] if once[each.value] is each]
