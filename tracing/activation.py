"""Other rules put in force in a register: who changes by them, and everybody worked out anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tracing.comparing import Compared, between
from tracing.in_force import InForce
from tracing.ports import Records
from tracing.question import Question
from tracing.register import Register, answered_from
from tracing.rulings import Rulings


def who_changes(register: Register, before: Rulings, as_of: datetime) -> Compared:
    """Return for whom category, last day, state or place changes from other rules to those of a register."""
    book = register.book()
    known = book.known()
    sides = [
        answered_from(book, Question(known, rulings, as_of)) for rulings in (before, register.rules.rulings)
    ]
    return between(sides[0], sides[1], ())


def activate(records: Records, rules: InForce, texts: Sequence[str], at: datetime) -> None:
    """Put rules in force; everybody is left to be worked out, and is worked out on reading until then.

    ``texts``: of the rule book and of the overlay if there is one; those in force before stay in the
    database, so that answers given then can be explained.
    """
    charter = records.charter()
    if charter:
        records.activate(replace(charter, rules=rules.at(at)), texts, at)
        records.mark_stale(records.people())
