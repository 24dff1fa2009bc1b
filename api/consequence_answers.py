"""What became of facts handed in, as JSON and as text for a terminal."""

from api.answers import Json, instant_text
from api.diff_answers import diff_answer, diff_text
from api.report_phrases import PHRASES
from api.unanswered_answers import unanswered_answer, unanswered_text
from tracing.casework import Recorded
from tracing.phrases import Language
from tracing.wording import Audience


def recorded_answer(done: Recorded, language: Language, audience: Audience = Audience.INVESTIGATOR) -> Json:
    """Return what became of facts handed in, as JSON; ``consequences`` as ``diff`` gives them."""
    answer = {
        "new": done.new,
        "recorded_at": instant_text(done.at),
        "waiting": done.waiting,
        "consequences": diff_answer(done.changes, language, audience),
    }
    return answer | unanswered_answer(done.unanswered, language)


def recorded_text(done: Recorded, language: Language) -> str:
    """Return what became of facts handed in, as text."""
    if not done.new:
        return PHRASES["nothing_new"][language] + "\n"
    head = PHRASES["recorded"][language].format(new=done.new)
    unsaid = unanswered_text(done.unanswered, language)
    if done.waiting:
        return f"{head} {PHRASES['many_touched'][language].format(people=done.waiting)}\n{unsaid}"
    return f"{head}\n{unsaid}{diff_text(done.changes, language)}"
