"""Where the facts of a question come from: the file that is named, or for ``-`` the configured database.

A file that the rules refuse is refused whole: whoever hands it in corrects it. A database leaves out
whom they refuse to answer for, and says so.
"""

import argparse
import gc
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from api.clock import now
from api.files import read_facts
from api.options import DEFAULT_PROTOCOL, Told
from api.progress import progress
from api.rulebooks import rulings
from api.wiring import register_at
from tracing.areas import NoSuchArea, significant
from tracing.assessment import answers, assess
from tracing.chains import Bounds, Direction
from tracing.erasing import without_the_erased
from tracing.factbook import FactBook
from tracing.faults import Fault, Refused
from tracing.following import Followed, chains_in, chains_of
from tracing.intake import HandedIn
from tracing.known import Known, NoSuchPerson
from tracing.question import Question
from tracing.register import Answered, Asked, parted
from tracing.responsibility import is_known_area
from tracing.rulings import Rulings

DATABASE = Path("-")


class Source(Protocol):
    """Facts that questions are asked of."""

    zone: ZoneInfo

    def rulings(self, options: argparse.Namespace) -> Rulings:
        """Return the rules that the options choose."""

    def book(self) -> FactBook:
        """Return the book of all facts."""

    def told(self, more: HandedIn) -> HandedIn:
        """Return what is handed in to be known too, without what must not be held against the facts."""

    def assessed(
        self, book: FactBook, question: Question, people: Sequence[str] | None = None, /
    ) -> Answered:
        """Return the answers about people, by default about everybody, from a book of this source.

        Raises:
            Refused: if the facts are those of a file, and the rules do not allow them.
        """

    def chains_of(self, person: str, direction: Direction, bounds: Bounds) -> Followed:
        """Return whom chains from (backward: to) a person reach; nobody if there is no such person."""

    def of_people(self, asked: Asked, people: Sequence[str] | None) -> Answered:
        """Return the answers about those named, each under the id they are answered; by default everybody.

        Raises:
            NoSuchPerson: naming the first who is not known.
        """

    def of_area(self, asked: Asked, area: str, *, named: bool) -> Answered:
        """Return the answers about everybody whom a list of an area may show; ``named``: with their names.

        Raises:
            NoSuchArea: if nothing recorded lies in the area.
        """


def source_of(options: argparse.Namespace) -> Source:
    """Return where the facts that the options name come from."""
    return DatabaseSource(options.database) if options.facts == DATABASE else FileSource(options.facts)


def asked_at(options: argparse.Namespace, source: Source, moment: Told | None) -> Asked:
    """Return what the options ask, judged at a moment or now."""
    as_of = moment.in_zone(source.zone).last if moment else now(source.zone)
    return Asked(source.rulings(options), as_of, known_at(options, source))


def asked_of_day(options: argparse.Namespace, source: Source) -> Asked:
    """Return what the options ask of the day named, judged at its end."""
    return Asked(source.rulings(options), options.day.in_zone(source.zone).last, known_at(options, source))


def known_at(options: argparse.Namespace, source: Source) -> datetime | None:
    """Return the moment up to which what was recorded counts."""
    return options.known_at.in_zone(source.zone).last if options.known_at else None


class FileSource:
    """The facts of one file."""

    def __init__(self, file: Path) -> None:
        self._book = read_facts(file)
        self.zone = self._book.zone

    def rulings(self, options: argparse.Namespace) -> Rulings:
        if options.protocol is None and options.needs_protocol:
            right = "the name of a rule book would be right, or - for the database, which has its own"
            raise Refused([Fault("--protocol", "", "nothing", right)])
        return rulings(options.protocol or DEFAULT_PROTOCOL, options.edition, options.overlay)

    def book(self) -> FactBook:
        return self._book

    def told(self, more: HandedIn) -> HandedIn:
        return more

    def assessed(
        self, book: FactBook, question: Question, people: Sequence[str] | None = None, /
    ) -> Answered:
        return _whole(book, question, people)

    def chains_of(self, person: str, direction: Direction, bounds: Bounds) -> Followed:
        return chains_in(self._book.known(), person, direction, bounds)

    def of_people(self, asked: Asked, people: Sequence[str] | None) -> Answered:
        known = self._known(asked)
        question = Question(known, asked.rulings, asked.as_of)
        return self.assessed(self._book, question, answered_for(known, people))

    def of_area(self, asked: Asked, area: str, *, named: bool) -> Answered:
        known = self._known(asked)
        if not is_known_area(known, area):
            raise NoSuchArea(area)
        return self.assessed(self._book, Question(known, asked.rulings, asked.as_of))

    def _known(self, asked: Asked) -> Known:
        known = self._book.known(asked.known_at)
        # The facts stay until the command ends: the garbage collector need not go through them again.
        gc.freeze()
        return known


class DatabaseSource:
    """The facts of a database, with the answers kept there where they hold."""

    def __init__(self, url: str | None) -> None:
        self.register = register_at(url)
        self.zone = self.register.rules.zone

    def rulings(self, options: argparse.Namespace) -> Rulings:
        book = self.register.rules.rulings.book
        protocol, overlay = options.protocol or book.protocol, options.overlay
        if protocol == book.protocol:
            overlay = overlay or book.overlay
        if options.edition is None and (protocol, overlay) == (book.protocol, book.overlay):
            return self.register.rules.rulings
        return rulings(protocol, options.edition, overlay)

    def book(self) -> FactBook:
        return self.register.book()

    def told(self, more: HandedIn) -> HandedIn:
        return self.register.store.read(lambda facts: without_the_erased(facts, more))

    def assessed(
        self, book: FactBook, question: Question, people: Sequence[str] | None = None, /
    ) -> Answered:
        asked = question.known.people if people is None else people
        return parted(question, progress(answers(question, asked), "assessing", len(asked)))

    def chains_of(self, person: str, direction: Direction, bounds: Bounds) -> Followed:
        return chains_of(self.register, person, direction, bounds)

    def of_people(self, asked: Asked, people: Sequence[str] | None) -> Answered:
        if people is None:
            book = self.book()
            return _whole(book, Question(book.known(asked.known_at), asked.rulings, asked.as_of), None)
        answered = self.register.of_people(asked, people)
        answered_for(answered.question.known, people)
        return answered

    def of_area(self, asked: Asked, area: str, *, named: bool) -> Answered:
        if not self.register.names_area(significant(area)):
            raise NoSuchArea(area)
        return self.register.of_area(asked, area, identity=named)


def _whole(book: FactBook, question: Question, people: Sequence[str] | None) -> Answered:
    """Return the answers about people, by default about everybody; one whom the rules refuse refuses all."""
    asked = question.known.people if people is None else people
    try:
        return Answered(question, list(progress(assess(question, asked), "assessing", len(asked))))
    except Refused as refused:
        raise book.placed(refused) from None


def answered_for(known: Known, people: Sequence[str] | None) -> list[str]:
    """Return the ids under which those named are answered; by default everybody known.

    Raises:
        NoSuchPerson: naming the first who is not known.
    """
    for person in people or ():
        if not known.is_person(person):
            raise NoSuchPerson(person)
    return list(dict.fromkeys(map(known.answers_for, people))) if people else known.people
