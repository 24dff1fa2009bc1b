"""The criteria of a meeting: which recorded distance, time and protection make it count."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tracing.days import minutes
from tracing.facts import Exposure
from tracing.facts.vocabulary import ExposureKind
from tracing.question import Question
from tracing.reasons import Says
from tracing.rules import Edition, MeetingRule


def meeting_rule(edition: Edition, kind: ExposureKind) -> MeetingRule | None:
    """Return the rule for an occasion of this kind, if the edition has one."""
    return next((rule for rule in edition.meeting.values() if kind in rule.kinds), None)


def missed_criterion(
    exposure: Exposure, rule: MeetingRule, *, long_enough: bool = False
) -> tuple[Says, dict[str, float]] | None:
    """Return which recorded distance or time misses the rule; what is not recorded counts as met."""
    distance = exposure.distance_m
    near_enough = rule.enclosed_suffices and exposure.enclosed is True
    if (
        rule.distance_m is not None
        and distance is not None
        and distance > rule.distance_m
        and not near_enough
    ):
        return Says.TOO_FAR, {"distance_m": distance, "limit_m": rule.distance_m}
    lasted = time_met(exposure)
    if rule.minutes is not None and lasted is not None and lasted < rule.minutes and not long_enough:
        return Says.TOO_SHORT, {"minutes": lasted, "limit_minutes": rule.minutes}
    return None


def time_met(exposure: Exposure) -> float | None:
    """Return the minutes given, else those from start to end of instants, else None."""
    if exposure.minutes is not None:
        return exposure.minutes
    if exposure.end and exposure.start.is_instant and exposure.end.is_instant:
        return minutes(exposure.span)
    return None


def not_recorded(exposure: Exposure, rule: MeetingRule) -> Iterator[str]:
    """Yield what the rule asks for and nobody recorded."""
    if rule.distance_m is not None and exposure.distance_m is None and exposure.enclosed is not True:
        yield "distance"
    if rule.minutes is not None and time_met(exposure) is None:
        yield "minutes"


def is_protected(question: Question, exposure: Exposure, person: str) -> bool:
    """Return whether somebody was under effective protection, under every record of theirs."""
    own = [each for each in exposure.participants if question.known.answers_for(each) == person]
    return bool(own) and all(exposure.protects(each) for each in own)


def add_up(exposures: Sequence[Exposure], rule: MeetingRule) -> set[str]:
    """Return the exposures that are long enough together with others of the same two people.

    Every stretch of ``adds_up_within_hours`` that begins with one of them is looked at; what
    begins in it is added up.
    """
    if rule.adds_up_within_hours is None or rule.minutes is None:
        return set()
    within = timedelta(hours=rule.adds_up_within_hours)
    found: set[str] = set()
    for first in exposures:
        begins = first.span.first
        together = [each for each in exposures if begins <= each.span.first < begins + within]
        if sum(time_met(each) or 0 for each in together) >= rule.minutes:
            found |= {each.fact_id for each in together}
    return found
