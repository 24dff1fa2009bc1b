"""Stratum 3: contacts of close contacts."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from tracing.contacts import occasion_of, outside
from tracing.days import MOMENT, Span, end_of
from tracing.facts import Exposure
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, Occasion, counted, found_wanting
from tracing.households import Sharing
from tracing.inquiry import Inquiry
from tracing.meetings import is_protected, meeting_rule, missed_criterion
from tracing.reasons import Reason, RuleRef, Says
from tracing.rules import Edition, SecondaryRule
from tracing.windows import Stretch


class Meeting(NamedTuple):
    """An occasion with a close contact, and the rule that judges it."""

    exposure: Exposure
    occasion: Occasion
    stretch: Stretch
    edition: Edition
    rule: SecondaryRule


class Secondary:
    """Finds who met a close contact between that contact's first exposure and control."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.question = inquiry.question
        self.is_asked = any(edition.secondary for edition in inquiry.editions)
        self.stretch = cache(self._stretch)

    def findings(self, person: str) -> list[Finding]:
        """Return what somebody had in common with close contacts; nothing for a case."""
        own = self.inquiry.statuses.get(person)
        if not self.is_asked or (own and own.is_case):
            return []
        direct = {
            finding.exposure
            for finding in self.inquiry.contact(person).findings
            if finding.counted and finding.category == Category.CLOSE_CONTACT
        }
        found = [*self._meetings(person), *self._co_residence(person)]
        return [finding for finding in found if finding.exposure not in direct]

    def _stretch(self, person: str) -> Stretch | None:
        """Return when meeting somebody makes a secondary contact; None if they are no close contact.

        It ends when they are put under control, and for who was never placed on their own last day.
        """
        contact = self.inquiry.contact(person)
        close = [claim for claim in contact.claims if claim.category == Category.CLOSE_CONTACT]
        firsts = [claim.finding.first for claim in close if claim.finding and claim.finding.first]
        if not firsts:
            return None
        first = min(firsts)
        ends = [
            max(each.span.first, first)
            for each in self.inquiry.households.controls(person)
            if each.span.last >= first
        ]
        last_days = [claim.period.last_day for claim in close if claim.period]
        if last_days and not any(claim.ongoing for claim in close):
            ends.append(end_of(max(last_days), self.question.known.zone) + MOMENT)
        return Stretch(first, min(ends, default=None))

    def _rule_on(self, day: date) -> tuple[Edition, SecondaryRule] | None:
        """Return the rule for secondary contacts that an observation counted from a day meets first."""
        for edition in self.question.rulings.editions_since(day, self.question.today):
            if edition.secondary:
                return edition, edition.secondary
        return None

    def _meetings(self, person: str) -> Iterator[Finding]:
        for exposure in self.question.known.of(Exposure, person):
            if exposure.start.first > self.question.as_of:
                continue
            occasion = occasion_of(self.question, exposure)
            ruled = self._rule_on(occasion.span.last_day)
            if ruled is None or exposure.kind not in ruled[1].kinds:
                continue
            for other in sorted(
                {self.question.known.answers_for(each) for each in exposure.participants} - {person}
            ):
                stretch = self.stretch(other)
                if stretch:
                    meeting = Meeting(exposure, occasion._replace(source=other), stretch, *ruled)
                    yield self._meeting(person, other, meeting)

    def _meeting(self, person: str, other: str, meeting: Meeting) -> Finding:
        exposure, occasion, stretch, edition, rule = meeting
        parts = stretch.within(occasion.span)
        why_not = (
            self._why_not(person, exposure, edition) if parts else outside(occasion.span, stretch, other)
        )
        if why_not:
            return found_wanting(occasion, Category.NONE, why_not)
        ref = self.question.rulings.ref(edition, rule.basis)
        values = {"kind": exposure.kind, **self._values(other, parts)}
        reason = Reason(Says.MET, values, occasion.facts, ref, self._why_close(other))
        return counted(occasion, Category.SECONDARY_CONTACT, parts, reason)

    def _why_not(self, person: str, exposure: Exposure, edition: Edition) -> Reason | None:
        if is_protected(self.question, exposure, person):
            return Reason(Says.PROTECTED, {}, (exposure.fact_id,))
        rule = meeting_rule(edition, exposure.kind)
        missed = missed_criterion(exposure, rule) if rule else None
        if rule and missed:
            return Reason(*missed, (exposure.fact_id,), self.question.rulings.ref(edition, rule.basis))
        return None

    def _co_residence(self, person: str) -> Iterator[Finding]:
        edition, rule = self._latest_rule()
        if not rule.co_residence or not edition.household:
            return
        ref = self.question.rulings.ref(edition, rule.basis)
        largest = edition.household.largest
        for household in self.inquiry.households.of(person):
            for other in self.inquiry.households.others(person, household):
                stretch = self.stretch(other)
                if not stretch:
                    continue
                sharing = Sharing(household, other, stretch, Category.SECONDARY_CONTACT, largest)
                finding = self._shared(person, sharing, ref)
                if finding:
                    yield finding

    def _shared(self, person: str, sharing: Sharing, ref: RuleRef) -> Finding | None:
        values = {"source_category": Category.CLOSE_CONTACT}
        reason = Reason(Says.LIVED_TOGETHER, values, (), ref, self._why_close(sharing.source))
        return self.inquiry.households.shared(person, sharing, reason)

    def _latest_rule(self) -> tuple[Edition, SecondaryRule]:
        """Return the latest rule there is; whether it is still in force, the period decides."""
        return next((each, each.secondary) for each in reversed(self.inquiry.editions) if each.secondary)

    def _why_close(self, person: str) -> tuple[Reason, ...]:
        claims = self.inquiry.contact(person).claims
        return tuple(claim.reason for claim in claims if claim.category == Category.CLOSE_CONTACT)

    def _values(self, other: str, parts: list[Span]) -> dict[str, object]:
        return {
            "source": other,
            "source_category": Category.CLOSE_CONTACT,
            "first": parts[0].first,
            "last": parts[-1].last,
        }
