"""What every person is and must do, with the reason: the answer to one question."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracing.claims import Claim, governing, in_order, strongest_first
from tracing.determinations import decided, redecided
from tracing.earlier import Earlier, part_of
from tracing.episodes import episode
from tracing.facts.vocabulary import Category
from tracing.findings import Finding, in_time
from tracing.inquiry import Contact, Inquiry
from tracing.observation import NOT_REQUIRED, Observation, observation, observation_reason
from tracing.question import Question
from tracing.reasons import Reason, Says
from tracing.release import Kept, Linked, Standing, standing
from tracing.secondary import Secondary
from tracing.terms import RuleNotInForce
from tracing.unanswered import Unanswered, or_unanswered
from tracing.windows import Status, Window


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one person is and must do at a moment, and why."""

    person: str
    categories: tuple[Category, ...]
    window: Window | None
    findings: tuple[Finding, ...]
    observation: Observation
    standing: Standing
    reason: Reason
    kept: Kept

    @property
    def category(self) -> Category:
        """The strongest category."""
        return self.categories[0]


class Assessor:
    """Assesses people one by one; what they share is worked out once, also with an earlier question."""

    def __init__(self, question: Question, earlier: "Earlier[Assessor] | None" = None) -> None:
        self.question = question
        self.inquiry = Inquiry(question, part_of(earlier, lambda worker: worker.inquiry))
        self.secondary = Secondary(self.inquiry)
        if not self.inquiry.editions:
            raise RuleNotInForce(question.rulings.book.protocol, question.today)

    def answer(self, person: str) -> Assessment | Unanswered:
        """Return the assessment of one person, or that the rules refuse to answer for them."""
        return or_unanswered(self._assessed, person, self.question.known)

    def assess(self, person: str) -> Assessment:
        """Return the assessment of one person.

        Raises:
            Refused: if a determination ends earlier than the rule without authority, or a day is too late.
            RuleNotInForce: if no edition was in force when they, or somebody they met, fell ill.
        """
        found = self.answer(person)
        if isinstance(found, Unanswered):
            raise found.again
        return found

    def _assessed(self, person: str) -> Assessment:
        own = self.inquiry.statuses.get(person)
        contact = self.inquiry.contact(person)
        findings, claims = self._all_strata(person, contact)
        categories = self._categories(own, contact, findings, claims)
        is_case = own is not None and own.is_case
        observed, kept = self._observed(person, claims, findings, is_case=is_case)
        reason = self._reason(own, contact, claims, findings)
        window = own.window if own else None
        return Assessment(
            person, categories, window, findings, observed, standing(self.question, kept), reason, kept
        )

    def _all_strata(self, person: str, contact: Contact) -> tuple[tuple[Finding, ...], tuple[Claim, ...]]:
        claims = list(contact.claims)
        findings = list(contact.findings)
        secondary = self.secondary.findings(person)
        for decision in contact.decisions:
            secondary = redecided(decision, secondary)
        for finding in secondary:
            claim = self.inquiry.claim_of(person, finding) if finding.counted else None
            claims += [claim] if claim else []
            wanting = finding.counted and not claim
            findings.append(self.inquiry.unobserved(person, finding) if wanting else finding)
        findings.sort(key=in_time)
        return tuple(findings), tuple(sorted(claims, key=in_order))

    def _categories(
        self, own: Status | None, contact: Contact, findings: Iterable[Finding], claims: Iterable[Claim]
    ) -> tuple[Category, ...]:
        if own and own.category:
            return (own.category,)
        found = {claim.category for claim in claims}
        if self.question.rulings.book.general_contacts:
            found |= {each.category for each in findings if each.category == Category.GENERAL_CONTACT}
        found |= {each.category for each in findings if each.why_not and each.why_not.says == Says.EXEMPT}
        if contact.decisions and not found:
            found.add(contact.decisions[-1].category)
        return strongest_first(found)

    def _observed(
        self, person: str, claims: tuple[Claim, ...], findings: Iterable[Finding], *, is_case: bool
    ) -> tuple[Observation, Kept]:
        claim = governing(claims)
        last_day = claim.period.last_day if claim and claim.period else None
        present = episode(self.question, person, claims, last_day)
        observed = NOT_REQUIRED if is_case else observation(self.question, person, claims, present)
        firsts = [each.finding.first.date() for each in claims if each.finding and each.finding.first]
        edition = claim.period.edition if claim and claim.period else self.inquiry.editions[-1]
        kept = Kept(
            person,
            is_case,
            observed,
            present,
            edition.check,
            exposed_since=min(firsts, default=observed.counted_from),
            undated=claim is not None and claim.is_unknown,
            linked=self._linked(claims),
            negatives_wanted=claim.period.plan.negative_tests if claim and claim.period else 0,
            source_ruled_out=any(each.reason.says == Says.SOURCE_RULED_OUT for each in findings),
        )
        return observed, kept

    def _linked(self, claims: Iterable[Claim]) -> tuple[Linked, ...]:
        """Return the close contacts whose tests a secondary contact's release waits for."""
        linked: dict[str, Linked] = {}
        for claim in claims:
            if claim.category != Category.SECONDARY_CONTACT or not claim.period or not claim.finding:
                continue
            rule = claim.period.edition.secondary
            if rule and rule.linked_negative_tests and claim.finding.source:
                source = claim.finding.source
                stretch = self.secondary.stretch(source)
                since = stretch.start.date() if stretch else date.min
                linked[source] = Linked(source, rule.linked_negative_tests, since)
        return tuple(sorted(linked.values()))

    def _reason(
        self, own: Status | None, contact: Contact, claims: tuple[Claim, ...], findings: Iterable[Finding]
    ) -> Reason:
        if own and own.is_case:
            return own.reason
        observed = observation_reason(self.question, claims)
        if observed:
            return observed
        decision = tuple(map(decided, contact.decisions))
        because = (*decision, *((own.reason,) if own else ()), *(each.reason for each in findings))
        general = any(each.category == Category.GENERAL_CONTACT for each in findings)
        says = Says.CONTACT_WITHOUT_MEASURE if general else Says.NOT_OBSERVED if because else Says.NO_REASON
        return Reason(says, {}, (), None, because)


def answers(question: Question, people: Iterable[str] | None = None) -> Iterator[Assessment | Unanswered]:
    """Yield the answers about people, by default about everybody known.

    Args:
        question: The facts known, the rules and the moment judged.
        people: Ids of known people that are not merged into others.

    Raises:
        RuleNotInForce: if no edition is pinned and none is in force at the moment judged.
    """
    assessor = Assessor(question)
    yield from map(assessor.answer, question.known.people if people is None else people)


def assess(question: Question, people: Iterable[str] | None = None) -> Iterator[Assessment]:
    """Yield the assessment of people, by default of everybody known.

    Args:
        question: The facts known, the rules and the moment judged.
        people: Ids of known people that are not merged into others.

    Raises:
        RuleNotInForce: if no edition is pinned and none was in force when it was needed.
        Refused: if a determination ends earlier than the rule without supervisor and reason, or a day is
            so late that rules cannot count on from it.
    """
    assessor = Assessor(question)
    assessor.inquiry.statuses.check()
    yield from map(assessor.assess, question.known.people if people is None else people)
