"""Which rules decide a question: a protocol's book, one edition pinned or those in force."""

from collections.abc import Iterator
from datetime import date

from tracing.books import RuleBook
from tracing.reasons import RuleRef
from tracing.rules import Basis, Edition
from tracing.terms import RuleNotInForce, TransitionPolicy


class Rulings:
    """A rule book as used for one question; ``pinned`` is one edition for everything."""

    def __init__(self, book: RuleBook, pinned: Edition | None = None) -> None:
        self.book = book
        self.pinned = pinned
        self._refs: dict[tuple[str, Basis], RuleRef] = {}

    def edition_on(self, day: date, fact: str | None = None) -> Edition:
        """Return the edition that decides what happened on a day; ``fact``: by which fact it did.

        Raises:
            RuleNotInForce: if none is pinned and the first edition came later.
        """
        return self.pinned or self.book.in_force(day, fact)

    def editions_since(self, day: date, until: date) -> Iterator[Edition]:
        """Yield the editions that an observation counted from ``day`` runs through up to ``until``.

        First the edition in force on the day, then each newer one as it comes into force, if the
        protocol's transition judges running observations anew. Before the first edition nothing
        was in force; then the first one is the first newer one.
        """
        if self.pinned:
            yield self.pinned
            return
        try:
            first = self.book.in_force(day)
        except RuleNotInForce:
            first = None
        if first:
            yield first
        if self.book.transition.policy == TransitionPolicy.REASSESS_OPEN:
            yield from (edition for edition in self.book.editions if day < edition.in_force_from <= until)

    def editions_until(self, day: date) -> tuple[Edition, ...]:
        """Return every edition that may decide something judged on ``day``."""
        if self.pinned:
            return (self.pinned,)
        return tuple(edition for edition in self.book.editions if edition.in_force_from <= day)

    def ref(self, edition: Edition, basis: Basis) -> RuleRef:
        """Return how a reason names a rule."""
        found = self._refs.get((edition.name, basis))
        if found is None:
            found = RuleRef(
                self.book.protocol,
                edition.name,
                basis.clause,
                basis.source,
                basis.evidence,
                self.book.is_unconfirmed(basis),
                basis.choice,
                f"{self.book.label}, {edition.label}",
                f"{self.book.label_zh}（{edition.label_zh or edition.label}）",
            )
            self._refs[edition.name, basis] = found
        return found
