"""One question asked of many people, in three strata, each computed once a person.

(1) somebody's own status and window, from their own facts; (2) contacts of cases, returnees and
those they live with, from their own facts and stratum 1 of those they met; (3) secondary
contacts, from stratum 2 of those they met. No stratum looks at one above it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from tracing.claims import Claim
from tracing.contacts import decided_finding
from tracing.determinations import (
    UNOBSERVED,
    decided,
    latest_determination,
    redecided,
    with_own_last_day,
)
from tracing.encounters import Encounters, environment_category
from tracing.facts import Determination, Diagnosis, Exposure
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, not_counted
from tracing.households import Households
from tracing.periods import Makes, Period, period
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.returnees import Return, came_back
from tracing.rules import Edition
from tracing.together import Days
from tracing.windows import status


class Contact(NamedTuple):
    """Stratum 2 of somebody: what was considered, what asks for observation, who decided."""

    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    decision: Determination | None = None


class Inquiry:
    """A question, with what has been worked out so far."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.households = Households(question)
        self.editions = question.rulings.editions_until(question.today)
        found = (status(question, person) for person in question.known.everyone_with(Diagnosis))
        self.statuses = {each.person: each for each in found if each}
        self.encounters = Encounters(question, self.statuses, self.households)
        self.contact = cache(self._contact)
        self.came_back = cache(self._came_back)
        self.period_of = cache(self._period_of)

    def _contact(self, person: str) -> Contact:
        findings = list(self.encounters.findings(person))
        own = self.statuses.get(person)
        if own and own.is_case:
            is_a_case = Reason(Says.IS_A_CASE, {"person": person}, (), None, (own.reason,))
            return Contact(tuple(not_counted(each, is_a_case) if each.counted else each for each in findings))
        decision = latest_determination(self.question, person)
        if decision:
            findings = self._decided_findings(decision, findings)
        claims, findings = self._claims_of(findings)
        claims += self._claims_of_returning(person)
        if decision:
            claims = self._decided_claims(decision, claims)
        return Contact(tuple(findings), tuple(claims), decision)

    # ---- what asks for observation

    def _claims_of(self, findings: Iterable[Finding]) -> tuple[list[Claim], list[Finding]]:
        """Return the claims of what counts; what no edition asks to observe does not count."""
        claims: list[Claim] = []
        kept: list[Finding] = []
        for finding in findings:
            claim = self.claim_of(finding) if finding.counted else None
            if claim:
                claims.append(claim)
            kept.append(finding if claim or not finding.counted else self.unobserved(finding))
        return claims, kept

    def unobserved(self, finding: Finding) -> Finding:
        """Return a finding that would count, but that no edition asks to observe."""
        why_not = Reason(Says.NO_EDITION, {"day": finding.last}, (), None, (finding.reason,))
        return not_counted(finding, why_not)

    def claim_of(self, finding: Finding) -> Claim | None:
        """Return the claim of a finding that counts; None if no edition asks to observe it."""
        day = self.question.today if finding.ongoing else finding.day
        asked = day and self._asked(finding, day)
        if not asked:
            return None
        if finding.ongoing:
            return Claim(asked.category, finding.reason, None, finding, ongoing=True)
        return Claim(asked.category, finding.reason, asked, finding)

    def _asked(self, finding: Finding, day: date) -> Period | None:
        if finding.source is None and finding.reason.says == Says.SUSPECTED_EXPOSURE:
            return period(self.question, environment_category(finding.reason.values["kind"]), day)
        return self.period_of(finding.category, day)

    def _period_of(self, category: Category, day: date) -> Period | None:
        return period(self.question, always(category), day)

    # ---- returnees and those they live with

    def _came_back(self, person: str) -> Return | None:
        own = self.statuses.get(person)
        if own and own.is_case:
            return None
        for edition in reversed(self.editions):
            if edition.returnee:
                return came_back(self.question, person, edition.returnee)
        return None

    def _claims_of_returning(self, person: str) -> list[Claim]:
        own = self._returnee_claim(person)
        return [*([own] if own else []), *self._co_resident_claims(person)]

    def _returnee_claim(self, person: str) -> Claim | None:
        back = self.came_back(person)
        asked = back and self._returning_period(Category.RETURNEE, back.day)
        if not back or not asked:
            return None
        says = Says.CAME_BACK if back.left_known else Says.DAY_OF_LEAVING_NOT_KNOWN
        rule = asked.edition.returnee
        ref = self.question.rulings.ref(asked.edition, rule.basis) if rule else None
        return Claim(Category.RETURNEE, Reason(says, {"day": back.day}, back.facts, ref), asked)

    def _co_resident_claims(self, person: str) -> Iterator[Claim]:
        for household in self.households.of(person):
            for other in self.households.others(person, household):
                claim = self._co_resident_claim(person, other, household)
                if claim:
                    yield claim

    def _co_resident_claim(self, person: str, other: str, household: str) -> Claim | None:
        returned = self._returnee_claim(other)
        if not returned or not returned.period or not returned.period.counted_from:
            return None
        asked = self._returning_period(Category.CO_RESIDENT_OF_RETURNEE, returned.period.counted_from)
        if not asked:
            return None
        observed = Days(returned.period.counted_from.toordinal(), returned.period.last_day.toordinal())
        rule = asked.edition.household
        shared = self.households.together(person, other, household, observed)
        if not shared or (rule and self.households.is_dormitory(household, rule.largest, observed)):
            return None
        values = {"returnee": other, "household": household, "last_day": returned.period.last_day}
        ref = self.question.rulings.ref(asked.edition, asked.plan.basis)
        reason = Reason(Says.LIVES_WITH_RETURNEE, values, shared.facts, ref, (returned.reason,))
        return Claim(Category.CO_RESIDENT_OF_RETURNEE, reason, asked.ending(returned.period.last_day))

    def _returning_period(self, category: Category, day: date) -> Period | None:
        def makes(edition: Edition) -> Category | None:
            rule = edition.returnee
            wanted = rule and (category == Category.RETURNEE or rule.co_residents)
            return category if wanted else None

        return period(self.question, makes, day)

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
        asked = self.period_of(decision.category, decision.day)
        if asked:
            unknown = Reason(Says.LAST_EXPOSURE_UNKNOWN, {}, (), None, (decided(decision),))
            dated = asked.undated(decision.last_day) if decision.last_day else None
            yield Claim(decision.category, unknown, dated, decision=decision)


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
