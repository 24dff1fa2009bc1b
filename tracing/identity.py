"""What somebody is called and reached under: the record, and what further sources say."""

from typing import Literal

from tracing.facts import Person, Statement
from tracing.known import Known


def in_use(known: Known, person: str, field: Literal["name", "phone"]) -> str | None:
    """Return the name or phone in use: a preferred statement's, else the record's, else any other's."""
    statements = known.of(Statement, person)
    record = known.thing(Person, person)
    stated = [getattr(each, field) for each in statements]
    preferred = [getattr(each, field) for each in statements if each.preferred]
    found = [*reversed(preferred), getattr(record, field, None), *reversed(stated)]
    return next((value for value in found if value), None)
