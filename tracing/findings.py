"""What one occasion makes of one person: counted towards observation or not, and why."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from tracing.days import Span
from tracing.facts.vocabulary import Category
from tracing.reasons import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """An exposure that was considered.

    ``exposure`` is the id of the exposure, household, journey or place; ``source`` the person it
    came from, None for animals and environments. ``first`` and ``last`` are the first and last
    moment that count, or of the whole occasion where it does not count. ``why_not`` is set
    where it does not count. ``ongoing``: it goes on as far as is known. ``before_onset``: all of
    it was before the source fell ill.
    """

    exposure: str
    source: str | None
    category: Category
    first: datetime | None
    last: datetime | None
    reason: Reason
    why_not: Reason | None = None
    estimated: bool = False
    ongoing: bool = False
    before_onset: bool = False

    @property
    def counted(self) -> bool:
        return self.why_not is None

    @property
    def day(self) -> date | None:
        """The day of the last contact that counts; None if nothing is known or it goes on."""
        return None if self.ongoing or self.last is None else self.last.date()


class Occasion(NamedTuple):
    """Something two people had in common: named as in the answer, with the facts that say so."""

    exposure: str
    span: Span
    facts: tuple[str, ...]
    source: str | None = None
    estimated: bool = False
    onset: date | None = None


def counted(occasion: Occasion, category: Category, parts: list[Span], reason: Reason) -> Finding:
    """Return the finding of an occasion of which some parts count."""
    first, last = parts[0].first, parts[-1].last
    return Finding(
        occasion.exposure,
        occasion.source,
        category,
        first,
        last,
        reason,
        estimated=occasion.estimated,
        before_onset=occasion.onset is not None and last.date() < occasion.onset,
    )


def found_wanting(occasion: Occasion, category: Category, why_not: Reason) -> Finding:
    """Return the finding of an occasion that does not count, and why."""
    first, last = occasion.span
    return Finding(
        occasion.exposure, occasion.source, category, first, last, why_not, why_not, occasion.estimated
    )


def timeless(exposure: str, source: str, why_not: Reason) -> Finding:
    """Return the finding of something that does not count and has no time of its own."""
    return Finding(exposure, source, Category.NONE, None, None, why_not, why_not)


def not_counted(finding: Finding, why_not: Reason) -> Finding:
    """Return a finding as one that does not count, and why."""
    return replace(finding, category=Category.NONE, why_not=why_not, reason=why_not)


def in_time(finding: Finding) -> tuple[Any, ...]:
    """Return what findings are listed by: their time, those without one last, then what they name and say.

    Two that say different things are never listed by the order in which facts came.
    """
    when = finding.first or finding.exposure
    named = finding.exposure, finding.source or "", finding.reason.facts
    return finding.first is None, when, *named, str(finding.last), finding.reason.says
