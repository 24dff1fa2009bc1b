"""What a rule book says against itself: twice, not at all, or of a source that it does not name."""

from collections.abc import Iterator
from itertools import pairwise

from tracing.books import RuleBook
from tracing.facts.vocabulary import Category, Classification
from tracing.faults import Fault
from tracing.rules import Basis, Edition
from tracing.terms import Anchor, Evidence


def contradictions(name: str, book: RuleBook) -> Iterator[Fault]:
    """Yield every contradiction, with the key where it stands."""
    for older, newer in pairwise(book.editions):
        if older.in_force_from == newer.in_force_from:
            right = f"another day than that of edition {older.name} would be right"
            yield Fault(name, f"edition.{newer.name}.in_force_from", str(newer.in_force_from), right)
    for basis in _bases(book):
        if basis.source not in book.source:
            yield Fault(
                name,
                "basis.source",
                repr(basis.source),
                "the name of one of the [source] entries would be right",
            )
        if basis.evidence == Evidence.DESIGN and not basis.choice:
            yield Fault(
                name,
                "basis.choice",
                f"nothing for {basis.clause!r}",
                "a design rule names its decision in `choice`",
            )
    for edition in book.editions:
        yield from _within(name, edition)


def _within(name: str, edition: Edition) -> Iterator[Fault]:
    """Yield what one edition says twice, or asks for without saying how."""
    where = f"edition.{edition.name}"
    kinds = [kind for rule in edition.meeting.values() for kind in rule.kinds]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        yield Fault(
            name, f"{where}.meeting", f"'{kind.value}' in two rules", "every kind in one rule would be right"
        )
    for category in sorted(_makes(edition) - edition.plan.keys() - {Category.GENERAL_CONTACT, Category.NONE}):
        yield Fault(
            name, f"{where}.plan.{category}", "nothing", f"a plan is required: this edition makes {category}"
        )
    if edition.window:
        covered = {
            each
            for opening in edition.window.opens
            if not opening.serially_tested
            for each in opening.classes
        }
        for missing in sorted(set(Classification) - {Classification.RULED_OUT} - covered):
            yield Fault(
                name,
                f"{where}.window.opens",
                f"nothing for {missing}",
                "an opening for every class is required",
            )
    for number, opening in enumerate(edition.window.opens if edition.window else (), 1):
        if not opening.serially_tested and Anchor.DIAGNOSED not in opening.anchors:
            found = f"nothing known of every case in opens[{number}]"
            right = "anchors with diagnosed, which is always known, would be right"
            yield Fault(name, f"{where}.window.opens", found, right)
    for mode, rules in edition.seats.items():
        for earlier in rules[:-1]:
            if not earlier.berths and earlier.hepa is None:
                right = "the rule that fits everybody must stand last"
                yield Fault(name, f"{where}.seats.{mode}", "a rule that hides those after it", right)


def _makes(edition: Edition) -> set[Category]:
    made = {rule.makes for rule in edition.meeting.values()}
    made |= {rule.makes for rules in edition.seats.values() for rule in rules}
    made |= {Category.SECONDARY_CONTACT} if edition.secondary else set()
    made |= {edition.household.makes} if edition.household else set()
    if edition.returnee:
        made.add(Category.RETURNEE)
        made |= {Category.CO_RESIDENT_OF_RETURNEE} if edition.returnee.co_residents else set()
        made |= {Category.CONTACT_OF_RETURNEE} if edition.returnee.contact_kinds else set()
    return made


def _bases(book: RuleBook) -> Iterator[Basis]:
    yield book.transition.basis
    for edition in book.editions:
        yield edition.basis
        yield from edition_bases(edition)


def edition_bases(edition: Edition) -> Iterator[Basis]:
    """Yield where each rule of an edition comes from."""
    single = (
        edition.facility,
        edition.window,
        edition.visit,
        edition.household,
        edition.secondary,
        edition.returnee,
        edition.check,
    )
    yield from (rule.basis for rule in single if rule)
    yield from (opening.basis for opening in (edition.window.opens if edition.window else ()))
    yield from (rule.basis for rule in edition.meeting.values())
    yield from (rule.basis for rules in edition.seats.values() for rule in rules)
    yield from (plan.basis for plans in edition.plan.values() for plan in plans)
