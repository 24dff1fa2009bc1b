"""What changes, as JSON and as text for a terminal."""

from collections.abc import Iterable, Sequence

from api.answers import Json, person_answer
from api.report_phrases import PHRASES
from api.tables import table, titles
from api.unanswered_answers import unanswered_text, why
from tracing.assessment import Assessment
from tracing.comparing import Compared
from tracing.consequences import Consequence
from tracing.phrases import STATES, WORDS, Language
from tracing.wording import Audience, in_words


def diff_answer(
    changes: Iterable[Consequence], language: Language, audience: Audience = Audience.INVESTIGATOR
) -> list[Json]:
    """Return the answer of ``diff``: before and after as ``assess`` gives them."""
    return [
        {
            "person": each.person,
            "before": person_answer(each.before, language, audience) if each.before else None,
            "after": person_answer(each.after, language, audience) if each.after else None,
            "because_of": list(each.because_of),
        }
        for each in changes
    ]


def diff_text(changes: Sequence[Consequence], language: Language) -> str:
    """Return one line a person, old and new side by side, and under it why."""
    if not changes:
        return PHRASES["no_changes"][language] + "\n"
    rows = [
        (each.person, *map(_arrow, _shown(each.before, language), _shown(each.after, language)))
        for each in changes
    ]
    head, *body = table(titles(("person", "category", "state", "last_day"), language), rows).splitlines()
    whys = [_why(each, language) for each in changes]
    return "\n".join([head, *(line for pair in zip(body, whys, strict=True) for line in pair)]) + "\n"


def compared_answer(found: Compared, language: Language) -> list[Json]:
    """Return the answer of ``diff``, and of whom it cannot be said what changes, with ``unanswered``: why."""
    nothing: Json = {"before": None, "after": None, "because_of": []}
    unsaid = [
        {"person": each.person, **nothing, "unanswered": why(each, language)} for each in found.unanswered
    ]
    return diff_answer(found.changes, language) + unsaid


def compared_text(found: Compared, language: Language) -> str:
    """Return the same as text."""
    return unanswered_text(found.unanswered, language) + diff_text(found.changes, language)


def _shown(assessment: Assessment | None, language: Language) -> tuple[str, str, str]:
    if assessment is None:
        return "–", "–", "–"
    last_day = assessment.observation.last_day
    return (
        WORDS[assessment.category][language],
        STATES[assessment.standing.state][language],
        last_day.isoformat() if last_day else "–",
    )


def _arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _why(change: Consequence, language: Language) -> str:
    why = in_words(change.after.reason, language) if change.after else PHRASES["is_gone"][language]
    return f"    {why}" + (f" [{', '.join(change.because_of)}]" if change.because_of else "")
