"""Returnees, those they live with and those they meet: what their return asks of whom."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from tracing.claims import Claim
from tracing.contacts import occasion_of
from tracing.days import MOMENT, ONE_DAY, midnight
from tracing.determinations import UNOBSERVED, determinations
from tracing.facts import Exposure
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, counted
from tracing.households import Households
from tracing.meetings import is_protected
from tracing.periods import Grounds, Period, Traits, period
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.returnees import Return, came_back
from tracing.rules import Edition, ReturneeRule
from tracing.together import Days
from tracing.windows import Status, Stretch


class Returning:
    """Works out each person's return once, from their own stays and arrivals."""

    def __init__(
        self,
        question: Question,
        statuses: Mapping[str, Status],
        households: Households,
        traits: Callable[[str], Traits],
    ) -> None:
        self.question = question
        self.statuses = statuses
        self.households = households
        self.traits = traits
        self.own_claim = cache(self._own_claim)
        editions = question.rulings.editions_until(question.today)
        rules = [(edition, edition.returnee) for edition in reversed(editions) if edition.returnee]
        self.edition: Edition | None = rules[0][0] if rules else None
        self.rule: ReturneeRule | None = rules[0][1] if rules else None
        self._asks_co_residents = any(rule.co_residents for _, rule in rules)

    def claims(self, person: str) -> list[Claim]:
        """Return what somebody's own return asks for, and that of those they live with."""
        if self.rule is None:
            return []
        own = self.own_claim(person)
        return [*([own] if own else []), *self._co_resident_claims(person)]

    def findings(self, person: str) -> Iterator[Finding]:
        """Yield the occasions with a returnee, where the protocol observes who met one."""
        if self.edition is None or self.rule is None or not self.rule.contact_kinds:
            return
        for exposure in self.question.known.of(Exposure, person):
            if exposure.kind not in self.rule.contact_kinds or exposure.start.first > self.question.as_of:
                continue
            people = {self.question.known.answers_for(each) for each in exposure.participants}
            for other in sorted(people - {person}):
                finding = self._met(person, other, exposure)
                if finding:
                    yield finding

    def _came_back(self, person: str) -> Return | None:
        own = self.statuses.get(person)
        if self.rule is None or (own is not None and own.is_case):
            return None
        back = came_back(self.question, person, self.rule)
        return None if back and self._is_decided_otherwise(person, back) else back

    def _is_decided_otherwise(self, person: str, back: Return) -> bool:
        """Return whether somebody decided that a return needs no observation."""
        decisions = determinations(self.question, person)
        return any(
            each.category in UNOBSERVED and each.exposure is None and back.day <= each.day
            for each in decisions
        )

    def _own_claim(self, person: str) -> Claim | None:
        back = self._came_back(person)
        asked = back and self._period(person, Category.RETURNEE, back.day)
        if not back or not asked:
            return None
        says = Says.CAME_BACK if back.left_known else Says.DAY_OF_LEAVING_NOT_KNOWN
        rule = asked.edition.returnee
        ref = self.question.rulings.ref(asked.edition, rule.basis) if rule else None
        return Claim(Category.RETURNEE, Reason(says, {"day": back.day}, back.facts, ref), asked)

    def _co_resident_claims(self, person: str) -> Iterator[Claim]:
        for household in self.households.of(person) if self._asks_co_residents else ():
            for other in self.households.others(person, household):
                claim = self._co_resident_claim(person, other, household)
                if claim:
                    yield claim

    def _co_resident_claim(self, person: str, other: str, household: str) -> Claim | None:
        returned = self.own_claim(other)
        if not returned or not returned.period or not returned.period.counted_from:
            return None
        asked = self._period(person, Category.CO_RESIDENT_OF_RETURNEE, returned.period.counted_from)
        if not asked:
            return None
        observed = Days(returned.period.counted_from.toordinal(), returned.period.last_day.toordinal())
        rule = asked.edition.household
        shared = self.households.together(person, other, household, observed)
        if not shared or (rule and self.households.is_dormitory(household, rule.largest, observed)):
            return None
        values = {
            "source": other,
            "source_category": Category.RETURNEE,
            "household": household,
            "last_day": returned.period.last_day,
        }
        ref = self.question.rulings.ref(asked.edition, asked.plan.basis)
        reason = Reason(Says.LIVES_WITH_RETURNEE, values, shared.facts, ref, (returned.reason,))
        return Claim(Category.CO_RESIDENT_OF_RETURNEE, reason, asked.ending(returned.period.last_day))

    def _period(self, person: str, category: Category, day: date) -> Period | None:
        def makes(edition: Edition) -> Category | None:
            rule = edition.returnee
            wanted = rule and (category == Category.RETURNEE or rule.co_residents)
            return category if wanted else None

        return period(self.question, makes, Grounds(day, traits=self.traits(person)))

    def _met(self, person: str, other: str, exposure: Exposure) -> Finding | None:
        """Return what meeting a returnee between the return and their last day makes."""
        returned = self.own_claim(other)
        if not returned or not returned.period or not returned.period.counted_from:
            return None
        zone = self.question.known.zone
        start = midnight(returned.period.counted_from, zone)
        stretch = Stretch(start, midnight(returned.period.last_day + ONE_DAY, zone) - MOMENT)
        occasion = occasion_of(self.question, exposure)._replace(source=other)
        parts = stretch.within(occasion.span)
        if not parts or is_protected(self.question, exposure, person) or not self.edition or not self.rule:
            return None
        values = {
            "kind": exposure.kind,
            "source": other,
            "source_category": Category.RETURNEE,
            "first": parts[0].first,
            "last": parts[-1].last,
        }
        ref = self.question.rulings.ref(self.edition, self.rule.basis)
        reason = Reason(Says.MET_RETURNEE, values, occasion.facts, ref, (returned.reason,))
        return counted(occasion, Category.CONTACT_OF_RETURNEE, parts, reason)
