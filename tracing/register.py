"""Answers from a register: those kept where they hold, all others worked out from the facts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple, Protocol

from tracing.areas import significant
from tracing.assessment import Assessment, answers
from tracing.digests import private_digest
from tracing.factbook import FactBook
from tracing.faults import Refused
from tracing.in_force import InForce
from tracing.keeping import answer_from, holds_at, may_be_in
from tracing.memory import without_collection
from tracing.neighbourhood import Neighbourhood, reach_of
from tracing.ports import Facts, Records, Row, Store, Stored
from tracing.question import Question
from tracing.rulings import Rulings
from tracing.storing import recalled
from tracing.unanswered import Unanswered

_PAGE = 5_000
ONE_BY_ONE = 2_000
"""Up to how many people are worked out from their neighbourhoods; for more the whole book is read."""


class Asked(NamedTuple):
    """What a register is asked: under which rules, at which moment, by what was known when.

    ``known_at`` None: by all that is recorded.
    """

    rulings: Rulings
    as_of: datetime
    known_at: datetime | None = None


class Answered(NamedTuple):
    """A question with what of the facts was needed for it, the answers, and for whom the rules refuse any."""

    question: Question
    assessments: list[Assessment]
    unanswered: tuple[Unanswered, ...] = ()


class _NotOneByOne(Exception):
    """Too much is to be worked out anew to do it person by person."""


class Assessed(Protocol):
    """Assesses people, by default everybody, by what a question knows of a book."""

    def __call__(
        self, book: FactBook, question: Question, people: Sequence[str] | None = None, /
    ) -> Answered: ...


def answered_from(_: FactBook, question: Question, people: Sequence[str] | None = None) -> Answered:
    """Return the answers about people, by default about everybody known.

    Raises:
        RuleNotInForce: if no edition is pinned and none is in force at the moment judged.
    """
    return parted(question, answers(question, people))


def parted(question: Question, found: Iterable[Assessment | Unanswered]) -> Answered:
    """Return what was answered, and apart from it for whom the rules refuse to answer."""
    assessments, unanswered = list[Assessment](), list[Unanswered]()
    for each in found:
        if isinstance(each, Unanswered):
            unanswered.append(each)
        else:
            assessments.append(each)
    return Answered(question, assessments, tuple(unanswered))


class Register:
    """A store with its rules in force."""

    def __init__(self, store: Store, rules: InForce) -> None:
        self.store = store
        self.rules = rules

    def book(self, *, identity: bool = False) -> FactBook:
        """Return the book of all facts; it is read page by page, so that nobody waits to write."""
        last = self.store.read(lambda facts: facts.last()[0])
        entries = (recalled(each, self.rules.zone) for each in self.stored(last, identity=identity))
        with without_collection():
            return FactBook((), self.rules.zone, recorded=entries, digest=private_digest(self.store))

    def stored(self, last: int, *, identity: bool) -> Iterator[Stored]:
        """Yield the facts up to a number as the store keeps them, page by page."""
        after = 0
        while after < last:
            page = self.store.read(lambda facts, after=after: facts.page(after, _PAGE, identity=identity))  # type: ignore[misc]
            yield from (each for each in page if each.seq <= last)
            after = page[-1].seq

    def names_area(self, code: str) -> bool:
        """Return whether any fact names an area whose code begins so."""
        return self.store.read(lambda facts: facts.names_area(code))

    def of_everybody(self, asked: Asked, *, identity: bool = False) -> Answered:
        """Return the answers about everybody, worked out from all facts."""
        book = self.book(identity=identity)
        question = Question(book.known(asked.known_at), asked.rulings, asked.as_of)
        return answered_from(book, question)

    # ---- some people

    def of_people(self, asked: Asked, people: Collection[str], *, identity: bool = False) -> Answered:
        """Return the answers about people, each under the id that they are answered by.

        Raises:
            Refused: if the rules refuse to answer for one of them, naming where the fact stands.
            RuleNotInForce: if no edition is in force, or none was when somebody fell ill.
        """
        found, hood = self.store.read(lambda facts: self._worked_out(facts, asked, people, identity=identity))
        for each in found.unanswered:
            raise hood.book().placed(each.refusal) if isinstance(each.refusal, Refused) else each.again
        return found

    def answered_or_not(self, asked: Asked, people: Collection[str]) -> Answered:
        """Return the same, but those for whom the rules refuse to answer apart."""
        return self.store.read(lambda facts: self._worked_out(facts, asked, people, identity=False))[0]

    def _worked_out(
        self, facts: Facts, asked: Asked, people: Collection[str], *, identity: bool
    ) -> tuple[Answered, Neighbourhood]:
        hood = self._hood(facts, asked)
        hood.load(people)
        if identity:
            hood.load_identities()
        question = Question(hood.known(asked.known_at), asked.rulings, asked.as_of)
        known = question.known
        answering = dict.fromkeys(known.answers_for(person) for person in people if known.is_person(person))
        return parted(question, answers(question, answering)), hood

    # ---- an area

    def of_area(self, asked: Asked, area: str, *, identity: bool = False) -> Answered:
        """Return the answers about everybody who may be looked for in an area, or nowhere known, and
        of whom more is to be said than that they are general contacts; perhaps about others too.

        Unanswered are those only who may be looked for there, or nowhere known.
        """
        try:
            found = self.store.read(lambda records: self._listed(records, asked, area, identity=identity))
        except _NotOneByOne:
            found = self.of_everybody(asked, identity=identity)
        known = found.question.known
        there = (each for each in found.unanswered if may_be_in(known, each.person, area))
        return found._replace(unanswered=tuple(there))

    def _listed(self, records: Records, asked: Asked, area: str, *, identity: bool) -> Answered:
        if asked.known_at is not None or not self._are_in_force(records, asked):
            raise _NotOneByOne
        rows = records.kept_in(significant(area))
        stale = records.stale()
        anew = stale | {person for person, row in rows.items() if not self._holds(row, asked.as_of)}
        if len(anew) > ONE_BY_ONE:
            raise _NotOneByOne
        held = {person: row for person, row in rows.items() if person not in anew}
        hood = self._hood(records, asked)
        hood.load(anew)
        hood.load_own(held)
        hood.load_of({other for row in held.values() for other in row.linked}, "test", "merge")
        if identity:
            hood.load_identities()
        question = Question(hood.known(), asked.rulings, asked.as_of)
        known = question.known
        answering = {known.answers_for(person) for person in anew if known.is_person(person)}
        kept = (answer_from(question, row.text) for row in held.values())
        return parted(question, chain(kept, answers(question, sorted(answering - held.keys()))))

    def _holds(self, row: Row, as_of: datetime) -> bool:
        return row.rules == self.rules.at(as_of) and holds_at(row, as_of)

    def _are_in_force(self, records: Records, asked: Asked) -> bool:
        charter, rules = records.charter(), self.rules
        in_force = charter is not None and charter.rules == rules.at(asked.as_of)
        return in_force and asked.rulings is rules.rulings

    def _hood(self, facts: Facts, asked: Asked) -> Neighbourhood:
        reach = reach_of(asked.rulings.editions_until(asked.as_of.date()))
        return Neighbourhood(facts, reach, self.rules.zone)
