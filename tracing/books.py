"""Rule books: a protocol with its editions, what is in force on a day, what is unconfirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracing.rules import Basis, Edition, Source, Transition
from tracing.terms import Evidence, Grade, NoSuchEdition, RuleNotInForce


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A protocol with its editions, oldest first."""

    protocol: str
    disease: str
    label: str
    label_zh: str
    transition: Transition
    source: Mapping[str, Source]
    general_contacts: bool = False
    overlay: str | None = None
    editions: tuple[Edition, ...] = ()

    def edition(self, name: str) -> Edition:
        """Return an edition by its name.

        Raises:
            NoSuchEdition: naming the editions there are.
        """
        for edition in self.editions:
            if edition.name == name:
                return edition
        known = ", ".join(edition.name for edition in self.editions)
        raise NoSuchEdition(f"{self.protocol} has no edition {name!r}; it has {known}")

    def in_force(self, day: date, fact: str | None = None) -> Edition:
        """Return the edition in force on a day; ``fact``: the id of the fact whose day it is.

        Raises:
            RuleNotInForce: if the first edition came later.
        """
        begun = [edition for edition in self.editions if edition.in_force_from <= day]
        if not begun:
            raise RuleNotInForce(self.protocol, day, fact)
        return begun[-1]

    def is_unconfirmed(self, basis: Basis) -> bool:
        """Return whether nobody has read the rule itself in a source that counts."""
        return basis.evidence != Evidence.FOUND or self.source[basis.source].grade == Grade.D
