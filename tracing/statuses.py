"""What everybody ever diagnosed is; whoever looks at one whom the rules refuse hears of that."""

from collections.abc import Iterator, Mapping
from functools import partial

from tracing.earlier import Earlier, remembering
from tracing.facts import Diagnosis
from tracing.question import Question
from tracing.unanswered import Unanswered, or_unanswered
from tracing.windows import Status, status


def _status(question: Question, person: str) -> Status | None | Unanswered:
    return or_unanswered(partial(status, question), person, question.known)


class Statuses(Mapping[str, Status]):
    """The statuses by person.

    Also of whom the rules refuse to say what they are: looking at one of these raises the refusal, so that
    nobody who met them is answered as if they were nobody.
    """

    def __init__(self, question: Question, earlier: "Earlier[Statuses] | None" = None) -> None:
        self.of = remembering(partial(_status, question), earlier, lambda worker: worker.of)
        found: dict[str, Status | Unanswered | None] = {
            each: self.of(each) for each in question.known.everyone_with(Diagnosis)
        }
        self._found = {person: each for person, each in found.items() if each is not None}

    def check(self) -> None:
        """Check that the rules say of everybody what they are.

        Raises:
            Refused: if a day in their facts is too late to count from.
            RuleNotInForce: if no edition was in force when they fell ill.
        """
        for person in self._found:
            self[person]

    def __getitem__(self, person: str) -> Status:
        found = self._found[person]
        if isinstance(found, Unanswered):
            raise found.again
        return found

    def __contains__(self, person: object) -> bool:
        return person in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
