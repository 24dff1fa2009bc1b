"""What an answer depends on: the facts known, the rules, and the moment judged."""

from datetime import date, datetime
from typing import NamedTuple

from tracing.known import Known
from tracing.rulings import Rulings


class Question(NamedTuple):
    """The facts known, the rules, and the moment judged; facts that happened later are not used."""

    known: Known
    rulings: Rulings
    as_of: datetime

    @property
    def today(self) -> date:
        return self.as_of.date()

    def happened(self, day: date) -> bool:
        """Return whether a fact of this day counts; a day holds from its 00:00."""
        return day <= self.as_of.date()
