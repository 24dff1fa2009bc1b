"""Decisions by people: a determination of somebody's category wins over the rule."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tracing.claims import Claim
from tracing.facts import Determination
from tracing.facts.vocabulary import Category
from tracing.faults import Fault, Refused
from tracing.findings import Finding
from tracing.periods import Period
from tracing.question import Question
from tracing.reasons import Reason, Says


class EndsTooEarly(Refused):
    """A decision ends an observation earlier than the rule, without supervisor and reason."""

    def __init__(self, fact: str, last_day: date, by_rule: date) -> None:
        self.fact = fact
        self.last_day = last_day
        self.by_rule = by_rule
        right = f"{by_rule} or later would be right, or a supervisor and a reason for ending earlier"
        super().__init__([Fault(f"fact {fact}", "last_day", last_day.isoformat(), right)])


UNOBSERVED = frozenset({Category.GENERAL_CONTACT, Category.NONE})


def determinations(question: Question, person: str) -> tuple[Determination, ...]:
    """Return the determinations that hold, oldest first.

    A later one takes the place of an earlier one about the same exposure; one that names no
    exposure takes the place of all before it.
    """
    known = question.known
    made = [
        replace(each, source_person=known.answers_for(each.source_person)) if each.source_person else each
        for each in known.of(Determination, person)
        if question.happened(each.day)
    ]
    made.sort(key=lambda each: (each.day, each.fact_id))
    return tuple(each for number, each in enumerate(made) if not _is_replaced(each, made[number + 1 :]))


def _is_replaced(earlier: Determination, later: list[Determination]) -> bool:
    return any(each.exposure is None or each.exposure == earlier.exposure for each in later)


def decided(determination: Determination) -> Reason:
    """Return the reason that a determination gives."""
    values = {
        "category": determination.category,
        "day": determination.day,
        "by": determination.by,
        "last_day": determination.last_day,
        "why": determination.reason,
    }
    return Reason(Says.DECIDED, values, (determination.fact_id,))


def is_about(determination: Determination, finding: Finding) -> bool:
    """Return whether a determination speaks of a finding.

    Naming an exposure it speaks of that one; otherwise of what had happened by its day, with
    the source it names if it names one.
    """
    if determination.source_person and finding.source != determination.source_person:
        return False
    if determination.exposure:
        return finding.exposure == determination.exposure
    return finding.last is None or finding.last.date() <= determination.day


def redecided(determination: Determination, findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as a determination has them.

    A determination of an observed category counts what it speaks of: the exposure it names, or
    every contact within the window. One of an unobserved category counts none of it.
    """
    return [_redecided(determination, each) if is_about(determination, each) else each for each in findings]


def _redecided(determination: Determination, finding: Finding) -> Finding:
    why = decided(determination)
    if determination.category in UNOBSERVED:
        why_not = replace(why, says=Says.DECIDED_OTHERWISE)
        return replace(finding, category=determination.category, why_not=why_not, reason=why_not)
    if finding.category == Category.NONE and not determination.exposure:
        return finding
    reason = replace(why, because=(finding.reason,))
    return replace(finding, category=determination.category, why_not=None, reason=reason)


def with_own_last_day(determination: Determination, claims: Iterable[Claim]) -> list[Claim]:
    """Return claims with the last day that a determination sets for what it speaks of.

    Raises:
        Refused: if it ends earlier than the rule without supervisor and reason.
    """
    return [_ended(determination, claim) if _speaks_of(determination, claim) else claim for claim in claims]


def _speaks_of(determination: Determination, claim: Claim) -> bool:
    if claim.decision is not None:
        return True
    if claim.finding is not None:
        return is_about(determination, claim.finding)
    counted = claim.period.counted_from if claim.period else None
    return not determination.exposure and counted is not None and counted <= determination.day


def _ended(determination: Determination, claim: Claim) -> Claim:
    if claim.period is None or determination.last_day is None:
        return claim
    _check_not_earlier(determination, claim.period)
    is_told = claim.reason.says == Says.DECIDED
    reason = claim.reason if is_told else replace(decided(determination), because=(claim.reason,))
    period = claim.period.ending(determination.last_day)
    return claim._replace(period=period, reason=reason, decision=determination)


def _check_not_earlier(determination: Determination, period: Period) -> None:
    last_day = determination.last_day
    if last_day and last_day < period.last_day and not (determination.supervisor and determination.reason):
        raise EndsTooEarly(determination.fact_id, last_day, period.last_day)
