"""Stratum 1: what somebody is by their own facts, and when contact with them counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracing.control import Control, controls, forever, joined
from tracing.days import MOMENT, ONE_DAY, Span, end_of, midnight, overlap, whole, without
from tracing.facts import Death, Diagnosis, Recovery
from tracing.facts.vocabulary import Category, Classification
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.rules import Edition, WindowOpening, WindowRule
from tracing.terms import Anchor

CASE_CATEGORY = {
    Classification.CONFIRMED: Category.CONFIRMED_CASE,
    Classification.SUSPECTED: Category.SUSPECTED_CASE,
    Classification.ASYMPTOMATIC: Category.ASYMPTOMATIC_CASE,
}
_ON_ONE_DAY = (
    Classification.SUSPECTED,
    Classification.RULED_OUT,
    Classification.ASYMPTOMATIC,
    Classification.CONFIRMED,
)
"""Decided on the same day, the later in this order holds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` to before ``end`` (None: still open), but for the time ``held`` away."""

    start: datetime
    end: datetime | None
    held: tuple[Span, ...] = ()

    def within(self, span: Span) -> list[Span]:
        """Return the parts of a span in which contact counts."""
        last = self.end - MOMENT if self.end else forever(self.start.tzinfo)  # type: ignore[arg-type]
        if last < self.start:
            return []
        part = overlap(span, Span(self.start, last))
        return without(part, self.held) if part else []


@dataclass(frozen=True, slots=True)
class Window:
    """When contact with a case counts; ``at_home`` for those who live with them."""

    contact: Stretch
    at_home: Stretch
    estimated: bool
    reason: Reason
    anchor: Anchor
    anchored: Span

    @property
    def onset(self) -> date | None:
        """The day of onset, if the window is reckoned from it."""
        return self.anchored.first_day if self.anchor == Anchor.ONSET else None


@dataclass(frozen=True, slots=True)
class Status:
    """What somebody diagnosed is: a case with a window, or ruled out."""

    person: str
    category: Category | None
    decided_on: date
    edition: Edition
    window: Window | None
    reason: Reason
    anchors: Mapping[Anchor, date] = field(default_factory=dict)

    @property
    def is_case(self) -> bool:
        return self.category is not None


def status(question: Question, person: str) -> Status | None:
    """Return what somebody is by their diagnoses up to ``as_of``; None if there are none.

    Raises:
        RuleNotInForce: if no edition was in force on the day that made them a case.
    """
    illness = _illness(question, person)
    if not illness:
        return None
    latest = illness[-1]
    rulings = question.rulings
    edition = rulings.edition_on(illness[0].day, illness[0].fact_id)
    if latest.classification == Classification.RULED_OUT:
        reason = Reason(Says.RULED_OUT, {"person": person, "day": latest.day}, (latest.fact_id,))
        return Status(person, None, latest.day, edition, None, reason)
    category = CASE_CATEGORY[latest.classification]
    window = _window(question, edition, illness)
    values = {"person": person, "category": category, "day": latest.day}
    because = (window.reason,) if window else ()
    # Which edition was in force matters only where none is pinned.
    chosen = None if rulings.pinned else rulings.ref(edition, edition.basis)
    reason = Reason(Says.CASE, values, (latest.fact_id,), chosen, because)
    days = {
        anchor: found[0].first_day
        for anchor in Anchor
        if (found := _anchored(anchor, illness, question.known.zone))
    }
    return Status(person, category, illness[0].day, edition, window, reason, days)


def _illness(question: Question, person: str) -> list[Diagnosis]:
    """Return the diagnoses of the present illness, in the order they were decided.

    A ruling out ends an illness, and so does a recovery that a later diagnosis follows.
    """
    diagnoses = [each for each in question.known.of(Diagnosis, person) if question.happened(each.day)]
    diagnoses.sort(key=lambda each: (each.day, _ON_ONE_DAY.index(each.classification), each.fact_id))
    ended = [n for n, each in enumerate(diagnoses[:-1]) if each.classification == Classification.RULED_OUT]
    illness = diagnoses[ended[-1] + 1 :] if ended else diagnoses
    recovered = [each.day for each in question.known.of(Recovery, person) if question.happened(each.day)]
    for day in sorted(recovered):
        if illness and illness[0].day <= day < illness[-1].day:
            illness = [each for each in illness if each.day > day]
    return illness


def _window(question: Question, edition: Edition, illness: list[Diagnosis]) -> Window | None:
    if edition.window is None:
        return None
    known, rulings, as_of = question
    person = known.answers_for(illness[-1].person)
    opened = _opened(edition.window, illness, known.zone)
    values = {
        "start": opened.start,
        "anchor": opened.anchor,
        "day": opened.anchored.first_day,
        "days_before": opened.rule.days_before,
    }
    opens = Reason(Says.WINDOW_OPENS, values, opened.facts, rulings.ref(edition, opened.rule.basis))
    held = controls(known, person, as_of)
    closing = _Closing(question, person, opened, edition.window)
    at_home, facts = closing.stretch(joined(held))
    contact = at_home
    if not edition.window.home_isolation_closes:
        contact, facts = closing.stretch(joined(each for each in held if not each.at_home))
    says = Says.WINDOW_CLOSES if contact.end else Says.WINDOW_OPEN
    closes = Reason(says, {"end": contact.end}, facts, rulings.ref(edition, edition.window.basis))
    reason = Reason(
        Says.WINDOW,
        {"start": contact.start, "end": contact.end, "estimated": opened.estimated},
        because=(opens, closes),
    )
    return Window(contact, at_home, opened.estimated, reason, opened.anchor, opened.anchored)


class _Opened(NamedTuple):
    """Where a window opens, and what it is reckoned from."""

    start: datetime
    rule: WindowOpening
    anchor: Anchor
    anchored: Span
    facts: tuple[str, ...]
    estimated: bool


def _opened(rule: WindowRule, illness: list[Diagnosis], zone: ZoneInfo) -> _Opened:
    latest = illness[-1].classification
    for opening in rule.opens:
        if latest not in opening.classes or (opening.serially_tested and not illness[-1].serially_tested):
            continue
        for anchor in opening.anchors:
            found = _anchored(anchor, illness, zone)
            if found:
                day, fact_id, estimated = found
                start = day.first
                if anchor != Anchor.LAST_NEGATIVE:
                    start = midnight(day.first_day - opening.days_before * ONE_DAY, zone)
                return _Opened(start, opening, anchor, day, (fact_id,), estimated)
    raise LookupError(f"no opening of the window fits {latest}")


def _anchored(anchor: Anchor, illness: list[Diagnosis], zone: ZoneInfo) -> tuple[Span, str, bool] | None:
    """Return an anchor's day or instant by the latest diagnosis that states it: (when, fact, estimated)."""
    for diagnosis in reversed(illness):
        stated = _STATED[anchor](diagnosis)
        if stated is not None:
            when = stated if isinstance(stated, Span) else whole(stated, zone)
            doubtful = anchor == Anchor.ONSET and diagnosis.onset_earliest is not None
            return when, diagnosis.fact_id, doubtful
    return None


_STATED: dict[Anchor, Callable[[Diagnosis], Span | date | None]] = {
    Anchor.ONSET: lambda diagnosis: diagnosis.onset_earliest or diagnosis.onset,
    Anchor.SAMPLED: lambda diagnosis: diagnosis.sampled,
    Anchor.DIAGNOSED: lambda diagnosis: diagnosis.day,
    Anchor.LAST_NEGATIVE: lambda diagnosis: diagnosis.last_negative,
}


class _Closing:
    """Where a window closes: control, recovery, death, whichever comes first."""

    def __init__(self, question: Question, person: str, opened: _Opened, rule: WindowRule) -> None:
        known = question.known
        self.start = opened.start
        self.first_ill_day = end_of(opened.anchored.first_day, known.zone)
        recoveries = [each for each in known.of(Recovery, person) if question.happened(each.day)]
        self.recovery = min(
            (each for each in recoveries if each.day >= opened.anchored.first_day),
            key=lambda each: (each.day, each.fact_id),
            default=None,
        )
        deaths = [each for each in known.of(Death, person) if question.happened(each.day)]
        self.death = min(deaths, key=lambda each: (each.day, each.fact_id), default=None)
        self.zone = known.zone
        self.rule = rule
        self.opened = opened

    def stretch(self, held: list[Control]) -> tuple[Stretch, tuple[str, ...]]:
        """Return when contact counts, and the facts that close it."""
        relevant = [each for each in held if each.span.last >= self.start]
        ends = [self._by_control(relevant), self._by_nature()]
        if self.death and not self.rule.body_counts:
            ends.append((end_of(self.death.day, self.zone) + MOMENT, (self.death.fact_id,)))
        end, facts = min((each for each in ends if each), default=(None, ()))
        if end is not None:
            end = max(end, self.start)
        return Stretch(self.start, end, tuple(each.span for each in relevant)), facts

    def _by_control(self, held: list[Control]) -> tuple[datetime, tuple[str, ...]] | None:
        """Return the start of the last control; gaps between controls before recovery stay open."""
        if not self.recovery:
            return self._begins(held)
        recovered = end_of(self.recovery.day, self.zone) + MOMENT
        before = [each for each in held if each.span.first < recovered]
        later = len(before) < len(held)
        if not before or (later and before[-1].span.last < recovered):
            return recovered, (self.recovery.fact_id,)
        return self._begins(before) or (recovered, (self.recovery.fact_id,))

    def _by_nature(self) -> tuple[datetime, tuple[str, ...]] | None:
        """Return the protocol's own end, unless a later recovery wins over it."""
        if self.opened.rule.days_after is None:
            return None
        last_day = self.opened.anchored.first_day + self.opened.rule.days_after * ONE_DAY
        if self.rule.recovery_wins and self.recovery and self.recovery.day > last_day:
            return None
        return end_of(last_day, self.zone) + MOMENT, self.opened.facts

    def _begins(self, held: list[Control]) -> tuple[datetime, tuple[str, ...]] | None:
        if not held or held[-1].span.last < self.first_ill_day:
            # Control that ended on the first day of illness or before kept nobody away from the ill person.
            return None
        return held[-1].span.first, held[-1].facts
