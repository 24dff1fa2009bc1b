"""What was ever recorded of somebody, and what was ever answered about them."""

from typing import NamedTuple

from tracing.keeping import Conclusion, concluded
from tracing.known import NoSuchPerson
from tracing.neighbourhood import Neighbourhood, reach_of
from tracing.ports import Records, Stored, Version
from tracing.question import Question
from tracing.register import Asked, Register


class Past(NamedTuple):
    """A version of the kept answer: from when until when it was the answer, and what it concluded."""

    version: Version
    conclusion: Conclusion


class History(NamedTuple):
    """Of somebody, under the id that they are answered by: all facts, withdrawn ones too, and all versions.

    Facts stand in the order of recording and leave out who people are; versions are oldest first.
    """

    person: str
    facts: list[Stored]
    versions: list[Past]


def history(register: Register, asked: Asked, person: str) -> History:
    """Return the history of somebody, with that of every record that is one with theirs.

    Raises:
        NoSuchPerson: if there is no such person.
    """
    reach = reach_of(asked.rulings.editions_until(asked.as_of.date()))

    def read(records: Records) -> History:
        hood = Neighbourhood(records, reach, register.rules.zone)
        hood.load([person])
        question = Question(hood.known(), asked.rulings, asked.as_of)
        if not question.known.is_person(person):
            raise NoSuchPerson(person)
        answering = question.known.answers_for(person)
        versions = [Past(each, concluded(question, each.text)) for each in records.versions(answering)]
        return History(answering, records.about(hood.records_of([person])), versions)

    return register.store.read(read)
