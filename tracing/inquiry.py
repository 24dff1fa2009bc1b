"""One question asked of many people, in three strata, each computed once a person.

(1) somebody's own status and window, from their own facts; (2) contacts of cases, returnees and
those they live with, from their own facts and stratum 1 of those they met; (3) secondary
contacts, from stratum 2 of those they met. No stratum looks at one above it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from tracing.claims import Claim, in_order
from tracing.contacts import decided_finding
from tracing.days import ONE_DAY
from tracing.determinations import (
    UNOBSERVED,
    decided,
    determinations,
    redecided,
    with_own_last_day,
)
from tracing.earlier import Earlier, part_of
from tracing.encounters import Encounters, environment_category
from tracing.facilities import Facilities
from tracing.facts import Determination, Exposure
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, not_counted
from tracing.households import Households
from tracing.periods import Grounds, Makes, Period, Traits, period, plan_for
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.returning import Returning
from tracing.statuses import Statuses
from tracing.terms import Counting
from tracing.traits import signs, traits


class Contact(NamedTuple):
    """Stratum 2 of somebody: what was considered, what asks for observation, who decided."""

    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    decisions: tuple[Determination, ...] = ()


class Inquiry:
    """A question, with what has been worked out so far, or for an earlier one."""

    def __init__(self, question: Question, earlier: "Earlier[Inquiry] | None" = None) -> None:
        self.question = question
        self.households = Households(question, part_of(earlier, lambda worker: worker.households))
        self.editions = question.rulings.editions_until(question.today)
        self.statuses = Statuses(question, part_of(earlier, lambda worker: worker.statuses))
        met = part_of(earlier, lambda worker: worker.encounters)
        self.encounters = Encounters(question, self.statuses, self.households, met)
        self.traits = cache(self._traits)
        self.returning = Returning(question, self.statuses, self.households, self.traits)
        self.facilities = Facilities(question, self.statuses)
        self.contact = cache(self._contact)
        self.period_of = cache(self._period_of)
        plans = [plan for each in self.editions for every in each.plan.values() for plan in every]
        self._asks_traits = any(plan.when for plan in plans)
        self._counts_hours = any(plan.counting == Counting.EXACT_HOURS for plan in plans)
        begin_otherwise = any(plan.begins_on_day is not None for plan in plans)
        self._asks_more = self._asks_traits or self._counts_hours or begin_otherwise

    def _contact(self, person: str) -> Contact:
        findings = list(self._considered(person))
        own = self.statuses.get(person)
        if own and own.is_case:
            is_a_case = Reason(Says.IS_A_CASE, {"person": person}, (), None, (own.reason,))
            return Contact(tuple(not_counted(each, is_a_case) if each.counted else each for each in findings))
        decisions = determinations(self.question, person)
        for decision in decisions:
            findings = self._decided_findings(decision, findings)
        claims, findings = self._claims_of(person, findings)
        claims += self.returning.claims(person)
        for decision in decisions:
            claims = self._decided_claims(decision, claims)
        return Contact(tuple(findings), tuple(sorted(claims, key=in_order)), decisions)

    def _considered(self, person: str) -> Iterator[Finding]:
        yield from self.encounters.findings(person)
        yield from self.returning.findings(person)
        yield from self.facilities.findings(person)

    def _traits(self, person: str) -> Traits:
        return traits(self.question, person) if self._asks_traits else Traits()

    # ---- what asks for observation

    def _claims_of(self, person: str, findings: Iterable[Finding]) -> tuple[list[Claim], list[Finding]]:
        """Return the claims of what counts; what no edition asks to observe does not count."""
        claims: list[Claim] = []
        kept: list[Finding] = []
        since = first_day(findings)
        for finding in findings:
            claim = self.claim_of(person, finding, since) if finding.counted else None
            if claim:
                claims.append(claim)
            kept.append(finding if claim or not finding.counted else self.unobserved(person, finding))
        return claims, kept

    def unobserved(self, person: str, finding: Finding) -> Finding:
        """Return a finding that would count, but that no edition asks to observe of this person."""
        grounds = self._grounds(person, finding, None)
        edition = self.editions[-1]
        plan = plan_for(edition, finding.category, grounds)
        if plan and plan.exempt:
            ref = self.question.rulings.ref(edition, plan.basis)
            exempt = Reason(Says.EXEMPT, {}, (), ref, (finding.reason,))
            return replace(not_counted(finding, exempt), category=finding.category)
        why_not = Reason(Says.NO_EDITION, {"day": finding.last}, (), None, (finding.reason,))
        return not_counted(finding, why_not)

    def claim_of(self, person: str, finding: Finding, since: date | None = None) -> Claim | None:
        """Return the claim of a finding that counts; None if no edition asks to observe it.

        ``since`` is the first day of exposure, for protocols that count from it.
        """
        asked = self._asked(finding, self._grounds(person, finding, since))
        if asked is None:
            return None
        if finding.ongoing:
            return Claim(asked.category, finding.reason, None, finding, ongoing=True)
        return Claim(asked.category, finding.reason, self._extended(person, asked), finding)

    def _grounds(self, person: str, finding: Finding, since: date | None) -> Grounds:
        day = finding.day or self.question.today
        if not self._asks_more:
            return Grounds(day)
        last = finding.last if self._counts_hours else None
        household = finding.reason.says == Says.LIVED_TOGETHER
        return Grounds(day, last, since, household, finding.before_onset, self.traits(person))

    def _extended(self, person: str, asked: Period) -> Period:
        """Return a period as long as signs during it keep somebody."""
        days = asked.plan.sign_extends_days
        if not days:
            return asked
        longer = asked
        for ill in sorted(signs(self.question, person, asked.edition.check)):
            until = ill.day + days * ONE_DAY
            if asked.counted_from and asked.counted_from < ill.day <= longer.last_day < until:
                values = {"day": ill.day, "days": days, "last_day": until}
                kept = Reason(Says.SIGN_EXTENDS, values, (ill.fact_id,))
                longer = replace(longer.ending(until), newer=(*longer.newer, kept))
        return longer

    def _asked(self, finding: Finding, grounds: Grounds) -> Period | None:
        if finding.source is None and finding.reason.says == Says.SUSPECTED_EXPOSURE:
            return period(self.question, environment_category(finding.reason.values["kind"]), grounds)
        return self.period_of(finding.category, grounds)

    def _period_of(self, category: Category, grounds: Grounds) -> Period | None:
        return period(self.question, always(category), grounds)

    # ---- decisions by people

    def _decided_findings(self, decision: Determination, findings: list[Finding]) -> list[Finding]:
        changed = redecided(decision, findings)
        named = decision.exposure and any(each.exposure == decision.exposure for each in changed)
        exposure = self.question.known.thing(Exposure, decision.exposure) if decision.exposure else None
        if exposure and not named and decision.category not in UNOBSERVED:
            changed.append(decided_finding(self.question, decision, exposure))
        return changed

    def _decided_claims(self, decision: Determination, claims: list[Claim]) -> list[Claim]:
        if decision.category in UNOBSERVED and not decision.exposure:
            return [claim for claim in claims if _is_later(claim, decision)]
        if decision.category not in UNOBSERVED and not any(
            claim.category == decision.category for claim in claims
        ):
            claims = [*claims, *self._undated(decision)]
        return with_own_last_day(decision, claims) if decision.last_day else claims

    def _undated(self, decision: Determination) -> Iterator[Claim]:
        """Yield the claim of a decision for which no exposure is known."""
        asked = self.period_of(decision.category, Grounds(decision.day))
        if asked:
            unknown = Reason(Says.LAST_EXPOSURE_UNKNOWN, {}, (), None, (decided(decision),))
            dated = asked.undated(decision.last_day) if decision.last_day else None
            yield Claim(decision.category, unknown, dated, decision=decision)


def first_day(findings: Iterable[Finding]) -> date | None:
    """Return the first day of the exposures that count."""
    return min((each.first.date() for each in findings if each.counted and each.first), default=None)


def always(category: Category) -> Makes:
    """Return that every edition gives this category."""
    return lambda _edition: category


def _is_later(claim: Claim, decision: Determination) -> bool:
    """Return whether a claim rests on something after a decision, so that the decision cannot cover it."""
    if claim.finding and claim.finding.last:
        return claim.finding.last.date() > decision.day
    return (
        claim.period is not None
        and claim.period.counted_from is not None
        and claim.period.counted_from > decision.day
    )
