"""Stratum 2: which occasions make somebody a contact of a case."""

from collections.abc import Sequence
from typing import NamedTuple

from tracing.conveyance import nearness, seat_rule
from tracing.days import Span, overlap
from tracing.determinations import decided
from tracing.facts import Determination, Exposure, Journey, Ride, Visit
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, Occasion, counted, found_wanting, timeless
from tracing.meetings import is_protected, meeting_rule, missed_criterion, not_recorded
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.rules import Edition
from tracing.windows import Status, Stretch


def meeting_finding(
    question: Question, person: str, source: Status, exposure: Exposure, *, long_enough: bool = False
) -> Finding:
    """Return what an occasion with a case or former case makes of somebody who was there.

    ``long_enough``: it counts as long enough together with others, whatever its own length.
    """
    occasion = occasion_of(question, exposure, source)
    parts, why_not = _in_window(occasion, source)
    if why_not is None and is_protected(question, exposure, person):
        why_not = Reason(Says.PROTECTED, {}, occasion.facts)
    if why_not is not None:
        return found_wanting(occasion, Category.NONE, why_not)
    rule = meeting_rule(source.edition, exposure.kind)
    if rule is None or rule.without_source_person:
        return found_wanting(occasion, Category.NONE, Reason(Says.NO_RULE, {"kind": exposure.kind}))
    missed = missed_criterion(exposure, rule, long_enough=long_enough)
    ref = question.rulings.ref(source.edition, rule.basis)
    if missed:
        return found_wanting(occasion, rule.otherwise, Reason(missed[0], missed[1], occasion.facts, ref))
    if rule.makes == Category.GENERAL_CONTACT:
        general = Reason(Says.GENERAL_ONLY, {"kind": exposure.kind}, occasion.facts, ref)
        return found_wanting(occasion, rule.makes, general)
    unknown = tuple(Reason(Says.NOT_RECORDED, {"what": what}) for what in not_recorded(exposure, rule))
    values = {"kind": exposure.kind, **_who_and_when(source, parts)}
    reason = Reason(Says.MET, values, occasion.facts, ref, (source.reason, *unknown))
    return counted(occasion, rule.makes, parts, reason)


class Visiting(NamedTuple):
    """A visit with its time up to the moment judged."""

    span: Span
    place: str
    fact_id: str


class Aboard(NamedTuple):
    """Two people aboard one journey, one of them a case or former case."""

    own: Ride
    case: Ride
    journey: Journey


def ride_finding(question: Question, aboard: Aboard, source: Status) -> Finding | None:
    """Return what a journey with a case makes of somebody aboard; None if they were not aboard together."""
    own, case, journey = aboard
    facts = (case.fact_id, own.fact_id, journey.fact_id)
    one, other = time_aboard(own, journey), time_aboard(case, journey)
    if any(span and span.first > question.as_of for span in (one, other)):
        return None
    if one is None or other is None:
        why_not = Reason(Says.NO_TIME_RECORDED, {}, facts)
        return timeless(journey.fact_id, source.person, why_not)
    together = overlap(one, other)
    if together is None:
        return None
    occasion = _of_a_case(Occasion(journey.fact_id, cut(question, together), facts), source)
    parts, outside_window = _in_window(occasion, source)
    if outside_window is not None:
        return found_wanting(occasion, Category.NONE, outside_window)
    rule = seat_rule(source.edition.seats.get(journey.mode, ()), journey, case)
    if rule is None:
        return found_wanting(occasion, Category.NONE, Reason(Says.NO_RULE, {"kind": "conveyance"}))
    near = nearness(rule, journey, case, own)
    ref = question.rulings.ref(source.edition, rule.basis)
    if not near.near:
        return found_wanting(occasion, rule.otherwise, Reason(Says.SEAT_TOO_FAR, {}, facts, ref))
    unknown = () if near.recorded else (Reason(Says.NOT_RECORDED, {"what": "place_aboard"}, facts),)
    values = {"mode": journey.mode, **_who_and_when(source, parts)}
    reason = Reason(Says.RODE_TOGETHER, values, facts, ref, (source.reason, *unknown))
    return counted(occasion, rule.makes, parts, reason)


def visit_finding(
    question: Question, own: Sequence[Visiting], case: Sequence[Visiting], source: Status
) -> Finding | None:
    """Return what overlapping visits to one place make; None where they do not overlap."""
    rule = source.edition.visit
    shared = [
        (part, one, other)
        for one in own
        for other in case
        if one.span.first <= other.span.last and other.span.first <= one.span.last
        if (together := overlap(one.span, other.span))
        for part in (source.window.contact.within(together) if source.window else ())
    ]
    if rule is None or not shared:
        return None
    facts = tuple(sorted({fact for _, one, other in shared for fact in (one.fact_id, other.fact_id)}))
    span = Span(min(part.first for part, _, _ in shared), max(part.last for part, _, _ in shared))
    occasion = Occasion(own[0].place, span, facts, source.person)
    ref = question.rulings.ref(source.edition, rule.basis)
    why_not = Reason(Says.SAME_PLACE, _who_and_when(source, [span]), facts, ref, (source.reason,))
    return found_wanting(occasion, rule.makes, why_not)


def environment_finding(question: Question, exposure: Exposure, edition: Edition) -> Finding:
    """Return what an animal or an environment without a source person makes of somebody."""
    occasion = occasion_of(question, exposure)
    rule = meeting_rule(edition, exposure.kind)
    if rule is None:
        return found_wanting(occasion, Category.NONE, Reason(Says.NO_RULE, {"kind": exposure.kind}))
    values = {"kind": exposure.kind, "first": occasion.span.first, "last": occasion.span.last}
    ref = question.rulings.ref(edition, rule.basis)
    reason = Reason(Says.SUSPECTED_EXPOSURE, values, occasion.facts, ref)
    return counted(occasion, rule.makes, [occasion.span], reason)


def time_aboard(ride: Ride, journey: Journey) -> Span | None:
    """Return when somebody was aboard; None if neither ride nor journey says."""
    start = ride.start or journey.departs or ride.end or journey.arrives
    end = ride.end or journey.arrives or start
    return Span(start.first, max(start.last, end.last)) if start and end else None


def visiting(question: Question, visit: Visit) -> Visiting:
    """Return a visit up to the moment judged; without end it goes on."""
    last = visit.end.last if visit.end else question.as_of
    span = Span(visit.start.first, max(visit.start.first, min(last, question.as_of)))
    return Visiting(span, visit.place, visit.fact_id)


def occasion_of(question: Question, exposure: Exposure, source: Status | None = None) -> Occasion:
    """Return a recorded exposure as an occasion, up to the moment judged."""
    span = cut(question, exposure.span)
    occasion = Occasion(exposure.fact_id, span, (exposure.fact_id,), None, exposure.estimated)
    return _of_a_case(occasion, source) if source else occasion


def _of_a_case(occasion: Occasion, source: Status) -> Occasion:
    """Return an occasion with a case; it is as doubtful as the case's window."""
    window = source.window
    estimated = occasion.estimated or (window is not None and window.estimated)
    onset = window.onset if window else None
    return occasion._replace(source=source.person, estimated=estimated, onset=onset)


def cut(question: Question, span: Span) -> Span:
    """Return a span up to the moment judged."""
    return Span(span.first, max(span.first, min(span.last, question.as_of)))


def decided_finding(question: Question, decision: Determination, exposure: Exposure) -> Finding:
    """Return the finding of an exposure that counts because somebody decided so."""
    span = cut(question, exposure.span)
    return Finding(
        exposure.fact_id,
        decision.source_person,
        decision.category,
        span.first,
        span.last,
        Reason(
            Says.MET,
            {"kind": exposure.kind, "first": span.first, "last": span.last},
            (exposure.fact_id,),
            None,
            (decided(decision),),
        ),
        estimated=exposure.estimated,
    )


def _in_window(occasion: Occasion, source: Status) -> tuple[list[Span], Reason | None]:
    """Return the parts of an occasion in which the source counts, or why none does."""
    if not source.is_case:
        return [], Reason(Says.SOURCE_RULED_OUT, {"source": source.person}, (), None, (source.reason,))
    if source.window is None:
        return [], Reason(Says.NO_WINDOW, {"source": source.person}, (), None, (source.reason,))
    parts = source.window.contact.within(occasion.span)
    return parts, None if parts else outside(
        occasion.span, source.window.contact, source.person, (source.reason,)
    )


def outside(span: Span, stretch: Stretch, source: str, why: tuple[Reason, ...] = ()) -> Reason:
    """Return why an occasion lies outside the time in which contact counts."""
    if span.first < stretch.start:
        says = Says.BEFORE_WINDOW
    elif any(held.first <= span.first and span.last <= held.last for held in stretch.held):
        says = Says.WHILE_ISOLATED
    else:
        says = Says.AFTER_WINDOW
    return Reason(says, {"source": source, "start": stretch.start, "end": stretch.end}, (), None, why)


def _who_and_when(source: Status, parts: list[Span]) -> dict[str, object]:
    return {
        "source": source.person,
        "source_category": source.category,
        "first": parts[0].first,
        "last": parts[-1].last,
    }
