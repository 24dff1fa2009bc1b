"""What can be asked of the service and told to it: facts in, answers out."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from werkzeug.exceptions import NotFound

from api.answers import assess_answer, chains_answer, fact_answer, history_answer
from api.diff_answers import compared_answer
from api.files import lines_in
from api.lists import Reader, release_list_answer, worklist_answer
from api.report_answers import report_answer
from api.service.beat import leave_on_the_beat
from api.service.desk import answered, audience, desk, is_about, language, scoped
from api.service.fact_schemas import ANY_FACTS
from api.service.gate import needs
from api.service.paging import OfTrail, entries_answer
from api.service.questions import (
    ANSWER,
    Asking,
    AtCutOff,
    AtMoment,
    Following,
    OfDay,
    Question,
    View,
    WorklistOfDay,
    asked_of,
)
from api.service.rates import costly
from api.service.versions import with_version
from tracing.chains import Bounds
from tracing.comparing import MORE, compared
from tracing.erasing import without_the_erased
from tracing.following import chains_of
from tracing.history import history
from tracing.intake import handed_in
from tracing.known import NoSuchPerson
from tracing.office import Deed
from tracing.release_list import release_list
from tracing.worklist import worklist

answers = Asking("answers", "answers", url_prefix="/api/v1", description="Answers out, with their reasons.")
office = Asking("office", "office", url_prefix="/api/v1", description="What was done here.")


def _answering(path: str, deed: Deed, question: type[Question]) -> Callable[[View], View]:
    """Let a view answer a question about what its path names, if there is that."""

    def mark(view: View) -> View:
        found = answers.alt_response(404, "NOT_FOUND")(needs(deed)(view))
        asking = answers.arguments(question, location="query")
        made: View = answers.get(path)(asking(answers.response(200, ANSWER)(found)))
        return made

    return mark


@_answering("/persons/<path:person>/assessment", Deed.SEE_STATUS, AtMoment)
def assessment(question: dict[str, Any], person: str) -> Response:
    """Return what somebody is, until when, and why."""
    is_about(person)
    found = scoped().of_person(asked_of(question), person)
    return answered(assess_answer(found.question, found.assessments, language(), audience()))


@_answering("/persons/<path:person>/chains", Deed.FOLLOW_CHAINS, Following)
def chains(question: dict[str, Any], person: str) -> Response:
    """Return the exposure chains from (or to) somebody, in time order."""
    is_about(person)
    register = desk().register
    since, until = (
        question[end].in_zone(register.rules.zone) if end in question else None for end in ("since", "until")
    )
    bounds = Bounds(since, until, question.get("generations"))
    known, reached = chains_of(register, person, question["direction"], bounds)
    if not known.is_person(person):
        raise NoSuchPerson(person)
    is_about(*(each.person for each in reached))
    return answered(chains_answer(known.answers_for(person), question["direction"], reached))


@_answering("/persons/<path:person>/history", Deed.READ_HISTORY, AtMoment)
def history_of(question: dict[str, Any], person: str) -> Response:
    """Return every fact about somebody, withdrawn ones too, and every version of the answer."""
    is_about(person)
    found = history(desk().register, asked_of(question), person)
    return answered(history_answer(found, desk().register.rules.zone, language()))


@_answering("/areas/<area>/worklist", Deed.SEE_LISTS, WorklistOfDay)
def worklist_of(question: dict[str, Any], area: str) -> Response:
    """Return whom an officer of an area sees on a day."""
    asked, listed, unanswered = scoped().of_area(asked_of(question), area)
    found = worklist(asked, listed, area, question.get("slot"), unanswered=unanswered)
    is_about(area, *(each.person for each in (*found.of_area, *found.coming, *found.unassigned)))
    is_about(*(each.person for each in unanswered))
    return answered(worklist_answer(asked, found, Reader(language(), audience())))


@_answering("/areas/<area>/release-list", Deed.SEE_LISTS, OfDay)
def release_list_of(question: dict[str, Any], area: str) -> Response:
    """Return who of an area may be released on a day, who may not and why."""
    asked, listed, unanswered = scoped().of_area(asked_of(question), area)
    found = release_list(asked, listed, area, unanswered=unanswered)
    is_about(area, *(each.assessment.person for each in (*found.of_area, *found.unassigned)))
    is_about(*(each.person for each in unanswered))
    return answered(release_list_answer(asked, found, Reader(language(), audience())))


@_answering("/areas/<area>/report", Deed.SEE_LISTS, AtCutOff)
def report_of(question: dict[str, Any], area: str) -> Response:
    """Return the daily figures of an area, as known at the cut-off."""
    is_about(area)
    asked, found = scoped().report(asked_of(question), area)
    is_about(*(each.person for each in found.unanswered))
    return answered(report_answer(asked, found, language()))


@answers.post("/what-if")
@costly
@needs(Deed.COMPARE)
@answers.arguments(AtMoment, location="query")
@answers.doc(requestBody={"required": True, "content": {"application/json": {"schema": ANY_FACTS}}})
@answers.response(200, {"type": "array", "items": {"type": "object"}})
@answers.alt_response(413, "REQUEST_ENTITY_TOO_LARGE")
def what_if(question: dict[str, Any]) -> Response:
    """Return what would change, for whom, if these facts were known too; nothing is recorded."""
    lines, faults = lines_in(request.get_data(cache=False), MORE)
    register = desk().register
    book = register.book()
    told = handed_in(lines, book.zone, MORE, faults=faults, digest=book.digest)
    more = book.with_more(register.store.read(lambda facts: without_the_erased(facts, told)))
    found = compared(book, more, asked_of(question))
    is_about(*(each.person for each in found.changes), *(each.person for each in found.unanswered))
    return answered(compared_answer(found, language()))


@office.get("/trail")
@needs(Deed.READ_TRAIL)
@office.arguments(OfTrail, location="query")
@office.response(200, ANSWER)
def trail(question: dict[str, Any]) -> Response:
    """Return a page of the trail: who asked for what, about whom, with what outcome, and why."""
    return answered(entries_answer(question, lambda office, *page: office.trail(*page)))


@answers.get("/facts/<path:fact>")
@needs(Deed.RECORD)
@answers.response(200, ANSWER)
@answers.alt_response(404, "NOT_FOUND")
def version_of(fact: str) -> Response:
    """Return the number of the last fact about a thing or a fact, which is its ETag: a void, a merge and a
    release need it."""
    leave_on_the_beat()
    is_about(fact)
    last = scoped().last_about(fact)
    if not last:
        raise NotFound("the id of a recorded fact would be right")
    return with_version(answered({"id": fact, "last": last}), last)


@answers.get("/facts")
@costly
@needs(Deed.READ_FACTS)
@answers.arguments(OfTrail, location="query")
@answers.response(200, ANSWER)
def facts_page(question: dict[str, Any]) -> Response:
    """Return a page of all facts in the order of recording, without who people are."""
    register = desk().register
    page = register.store.read(lambda facts: facts.page(question["after"], question["limit"]))
    told = [fact_answer(each, register.rules.zone) for each in page]
    return answered({"facts": told, "next": page[-1].seq if page else question["after"]})
