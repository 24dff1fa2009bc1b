"""What may be asked beside the path, with the names and meanings of the contract."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Request, Response
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

from api.options import Told
from api.rulebooks import rulings
from api.service.desk import desk, this_second
from api.service.gate import problems_of
from tracing.chains import Direction
from tracing.days import DEFAULT_ZONE, read_day, read_when
from tracing.facts.vocabulary import Slot
from tracing.register import Asked

View = Callable[..., Response]
ANSWER: dict[str, Any] = {"type": "object", "description": "as the command of the same name gives it"}


class _Parser(FlaskParser):
    # A name that nobody knows may be one mistyped: to leave it out would answer another question.
    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}

    def load_json(self, req: Request, schema: Schema) -> Any:
        """Return the body, which is no JSON of ours if it cannot be read, or written again."""
        try:
            told = super().load_json(req, schema)
            json.dumps(told, ensure_ascii=False, default=str).encode()
        except RecursionError:
            raise BadRequest("a body of a few levels would be right") from None
        except ValueError:
            right = "a body of whole characters and of numbers with few digits would be right"
            raise BadRequest(right) from None
        return told


class Asking(Blueprint):  # type: ignore[misc]  # it comes without types
    """Views whose questions are read whole or not at all."""

    ARGUMENTS_PARSER = _Parser()

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Let a view answer under a path; what anybody may be answered there is documented too."""
        register = super().route(rule, **options)

        def mark(view: View) -> View:
            for status, name in problems_of(view).items():
                view = self.alt_response(status, name)(view)
            made: View = register(view)
            return made

        return mark


class Question(Schema):
    """What is asked beside the path."""

    error_messages = {"unknown": "one of the names in openapi.json would be right"}


class When(fields.Field[Told]):
    """A day or a time."""

    right = "a day (2020-02-01) or a time (2020-02-01T08:00) would be right"

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Told:
        try:
            self.read(value)
        except (ValueError, TypeError, OverflowError):
            raise ValidationError(self.right) from None
        return Told(value)

    def read(self, text: str) -> object:
        """Return what a text names, if it is one that is allowed here."""
        return read_when(text, DEFAULT_ZONE)


class Day(When):
    """A calendar day."""

    right = "a calendar day such as 2020-02-01 would be right"

    def read(self, text: str) -> object:
        return read_day(text)


class ByRules(Question):
    """Which rules judge, and by what was known when."""

    edition = fields.String(metadata={"description": "pin one edition; without it those in force decide"})
    known_at = When(metadata={"description": "leave out what was recorded later"})


class AtMoment(ByRules):
    """The same, judged at a moment."""

    as_of = When(metadata={"description": "the moment judged (default: now)"})


class OfDay(ByRules):
    """The same, judged at the end of a day."""

    day = Day(required=True, metadata={"description": "the day judged, at its end"})


class AtCutOff(ByRules):
    """The same, of the figures of a cut-off."""

    as_of = When(required=True, data_key="at", metadata={"description": "the cut-off"})


class WorklistOfDay(OfDay):
    """The same, of one half of the day or of all."""

    slot = fields.Enum(
        Slot, by_value=True, metadata={"description": "only the checks of one half of the day"}
    )


class Following(Question):
    """How far chains are followed."""

    direction = fields.Enum(Direction, by_value=True, load_default=Direction.FORWARD)
    since = When(metadata={"description": "nothing before"})
    until = When(metadata={"description": "nothing later"})
    generations = fields.Integer(validate=validate.Range(1, 1_000))


def asked_of(question: dict[str, Any]) -> Asked:
    """Return what is asked of the register.

    Raises:
        NoSuchEdition: if the protocol has no such edition.
    """
    rules = desk().register.rules
    book, edition = rules.rulings.book, question.get("edition")
    chosen = rulings(book.protocol, edition, book.overlay) if edition else rules.rulings
    judged = question.get("as_of") or question.get("day")
    as_of = judged.in_zone(rules.zone).last if judged else this_second()
    return Asked(chosen, as_of, _known_at(question))


def _known_at(question: dict[str, Any]) -> datetime | None:
    told: Told | None = question.get("known_at")
    return told.in_zone(desk().register.rules.zone).last if told else None
