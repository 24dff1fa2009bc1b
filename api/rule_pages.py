"""The rules in words for people: tables for a terminal, pages for ``docs/rules``."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from api.tables import table
from tracing.books import RuleBook
from tracing.rules import Basis, Edition
from tracing.stated import Changed, Stated, rules_of

_HOW_KNOWN = {
    "found": "read in the source",
    "memory-high": "from general knowledge, likely",
    "memory-med": "from general knowledge, fairly likely",
    "memory-low": "from general knowledge, doubtful",
    "inference": "drawn from other rules",
    "design": "decided by this project",
}


def from_day(edition: Edition) -> str:
    """Return from when an edition is in force; a book without dates holds always."""
    return "always" if edition.in_force_from == date.min else edition.in_force_from.isoformat()


def editions_text(books: Iterable[RuleBook], on: date | None) -> str:
    """Return one line an edition: from when, and on a day whether it is in force then."""
    rows = []
    for book in books:
        in_force = [each for each in book.editions if on and each.in_force_from <= on][-1:]
        for edition in book.editions:
            unconfirmed = sum(book.is_unconfirmed(rule.basis) for rule in rules_of(edition))
            mark = "in force" if edition in in_force else ""
            rows.append(
                (book.protocol, edition.name, from_day(edition), mark, str(unconfirmed), edition.label)
            )
    return table(("protocol", "edition", "from", "on that day", "unconfirmed rules", "label"), rows)


def edition_text(book: RuleBook, edition: Edition) -> str:
    """Return every rule of an edition with its values, source and evidence."""
    head = f"{book.label} · {edition.label} (from {from_day(edition)})\n"
    blocks = (_block(book, rule) for rule in rules_of(edition))
    return head + "\n" + "\n".join(blocks)


def _block(book: RuleBook, rule: Stated) -> str:
    said = "; ".join(f"{name} = {value}" for name, value in rule.values.items())
    return f"{rule.name}\n  {rule.basis.clause}\n  {said}\n  {origin(book, rule.basis)}\n"


def origin(book: RuleBook, basis: Basis) -> str:
    """Return where a rule comes from in one sentence, and on its face whether it is unconfirmed."""
    source = book.source[basis.source]
    text = f"{source.title} [{basis.source}, grade {source.grade}], {_HOW_KNOWN[basis.evidence]}"
    text += f"; choice: {basis.choice}" if basis.choice else ""
    return f"UNCONFIRMED: {text}" if book.is_unconfirmed(basis) else text


def changes_text(book: RuleBook, changed: Sequence[Changed]) -> str:
    """Return what changes from one edition to another, rule by rule."""
    if not changed:
        return "nothing changes\n"
    return "\n".join(_change(book, each) for each in changed)


def _change(book: RuleBook, changed: Changed) -> str:
    lines = [changed.name]
    for mark, rule in (("-", changed.before), ("+", changed.after)):
        said = (
            "; ".join(f"{name} = {value}" for name, value in rule.values.items()) if rule else "no such rule"
        )
        lines.append(f"  {mark} {said}")
    if changed.after:
        lines.append(f"    {changed.after.basis.clause}")
        lines.append(f"    {origin(book, changed.after.basis)}")
    return "\n".join(lines) + "\n"


def book_page(book: RuleBook) -> str:
    """Return the page of a protocol in Markdown: every rule, value, source, grade, doubt."""
    return "\n".join(_page(book)) + "\n"


def _page(book: RuleBook) -> Iterator[str]:
    yield f"# {book.label}"
    yield f"\n{book.label_zh} · `{book.protocol}` · {book.disease}\n"
    yield "Made from the rule book; do not edit. **UNCONFIRMED** marks a rule that nobody has read in a"
    yield "source that counts (grade A to C): have it checked before use.\n"
    policy = book.transition
    yield f"When a newer edition comes into force: `{policy.policy}`. {policy.basis.clause}."
    yield f"{_mark(book, policy.basis)}\n"
    for edition in book.editions:
        yield from _section(book, edition)
    yield "## Sources\n"
    yield "| source | title | grade |"
    yield "| --- | --- | --- |"
    for name, source in book.source.items():
        yield f"| {name} | {source.title} | {source.grade} |"


def _section(book: RuleBook, edition: Edition) -> Iterator[str]:
    yield f"## {edition.label} ({edition.label_zh or edition.name})\n"
    yield f"`--edition {edition.name}`, in force from {from_day(edition)}. {edition.basis.clause}."
    yield f"{_mark(book, edition.basis)}\n"
    yield "| rule | what it says | values | source |"
    yield "| --- | --- | --- | --- |"
    for rule in rules_of(edition):
        said = "<br>".join(f"{name}: {value}" for name, value in rule.values.items())
        yield f"| `{rule.name}` | {rule.basis.clause} | {said} | {_mark(book, rule.basis)} |"
    yield ""


def _mark(book: RuleBook, basis: Basis) -> str:
    text = origin(book, basis)
    return text.replace("UNCONFIRMED:", "**UNCONFIRMED:**", 1)
