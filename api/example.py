"""What an investigator wants to know of the real example, from a database: Tianjin on 10 February 2020.

The example is put into the configured database when there is none yet.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from api.cli import NOT_REACHABLE
from api.clock import instant, now
from api.commands.init import chartered
from api.files import lines_of
from api.options import DEFAULT_PROTOCOL, language_of_terminal
from api.picture import transmission_svg
from api.progress import note, progress
from api.settings import data_folder
from api.tables import path_text, table, titles
from api.unanswered_answers import unanswered_text
from api.upkeep import work_through
from api.wiring import charter_of, register_at, store_at
from tracing.assessment import Assessment
from tracing.chains import Bounds, Direction, Reached, chains
from tracing.days import DEFAULT_ZONE, Span, read_when
from tracing.facts import Diagnosis
from tracing.known import Known
from tracing.network import contact_network
from tracing.phrases import STATES, WORDS, Language
from tracing.ports import StoreTrouble
from tracing.question import Question
from tracing.register import Asked, Register
from tracing.restoring import restore
from tracing.transmission import forest
from tracing.wording import day_in_words, in_words

FACTS = Path(__file__).resolve().parent.parent / "examples" / "tianjin" / "tianjin.facts.jsonl"
AS_OF = "2020-02-10"
FIRST_OF_THE_EXAMPLE = "TJ1"

_TEXT = {
    "head": {
        Language.EN: "Tianjin, {day}: {people} people of a real outbreak, as the facts stood that evening.\n"
        "The source names only people who became cases; whoever was not yet one is shown as what they were.",
        Language.ZH: "天津，{day}：已公布疫情中的{people}人，按当晚已发生的事实判断。\n"
        "公开资料只包含后来确诊的人；当时尚未确诊者按其当时的身份列出。",
    },
    "own": {
        Language.EN: "{database} holds {people} people of your own; this is how they stand now.",
        Language.ZH: "{database} 已有您登记的{people}人，以下为其目前状况。",
    },
    "ends": {Language.EN: "Three end dates, explained", Language.ZH: "三个截止日期及其理由"},
    "chain": {
        Language.EN: "The longest chain in time order: {steps} steps from {root}",
        Language.ZH: "按时间顺序最长的链：自{root}起{steps}步",
    },
    "picture": {Language.EN: "The transmission picture is in {file}", Language.ZH: "传播关系图：{file}"},
    "count": {Language.EN: "people", Language.ZH: "人数"},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report and write the picture; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", type=Language, choices=list(Language), default=language_of_terminal())
    language = parser.parse_args(arguments).language
    try:
        sys.stdout.write("\n\n".join(_told(_register_with_facts(), language)) + "\n")
    except StoreTrouble as trouble:
        note(str(trouble))
        return NOT_REACHABLE
    return 0


def _register_with_facts() -> Register:
    """Return the configured register; the example is restored into it if there is no database yet."""
    store = store_at(None)
    zone = DEFAULT_ZONE
    _, is_new = chartered(store, charter_of(DEFAULT_PROTOCOL, None, zone, instant(zone)))
    register = register_at(None)
    if is_new:
        note(f"{store.name}: a new database, with the example in it")
        lines, faults = lines_of(FACTS)
        restore(store, register.rules, lines, lambda: instant(zone), faults=faults)
        work_through(register)
    return register


def _told(register: Register, language: Language) -> Iterable[str]:
    """Yield the report on the example, or how the register stands now if it holds something else."""
    people = register.store.read(lambda records: records.people())
    if not people or people[0] != FIRST_OF_THE_EXAMPLE:
        asked = Asked(register.rules.rulings, now(register.rules.zone))
        yield _TEXT["own"][language].format(database=register.store.name, people=len(people))
        found = register.of_everybody(asked)
        yield unanswered_text(found.unanswered, language) + _counts(found.assessments, language)
        return
    asked = Asked(register.rules.rulings, read_when(AS_OF, DEFAULT_ZONE).last)
    found = register.of_everybody(asked)
    yield from _report(found.question, found.assessments, language)


def _report(question: Question, assessments: list[Assessment], language: Language) -> Iterable[str]:
    day = day_in_words(question.today, language)
    yield _TEXT["head"][language].format(day=day, people=len(assessments))
    yield _counts(assessments, language)
    yield "\n".join([_TEXT["ends"][language], *_end_dates(assessments, language)])
    longest = longest_chain(question.known, [each.person for each in assessments if each.window])
    head = _TEXT["chain"][language].format(root=longest.path[0].giver, steps=longest.generation)
    yield f"{head}\n  {path_text(longest)}"
    file = data_folder() / "tianjin-transmission.svg"
    picture = transmission_svg(forest(assessments, fell_ill(question)), question.today, language)
    file.write_text(picture, encoding="utf-8")
    yield _TEXT["picture"][language].format(file=file)


def _counts(assessments: Iterable[Assessment], language: Language) -> str:
    counted = Counter((each.category, each.standing.state) for each in assessments)
    rows = [
        (WORDS[category][language], STATES[state][language], str(number))
        for (category, state), number in counted.most_common()
    ]
    return table([*titles(("category", "state"), language), _TEXT["count"][language]], rows).rstrip()


def _end_dates(assessments: Iterable[Assessment], language: Language) -> Iterable[str]:
    """Yield three people under observation, one for each last day, the soonest first."""
    observed: dict[date, Assessment] = {}
    for each in assessments:
        if each.observation.last_day and each.observation.last_day not in observed:
            observed[each.observation.last_day] = each
    for last_day in sorted(observed)[-3:]:
        yield f"  {observed[last_day].person}: {in_words(observed[last_day].reason, language)}"


def longest_chain(known: Known, roots: Sequence[str]) -> Reached:
    """Return the chain of most steps from anybody named; of several, the one that arrives first."""
    network = contact_network(known)
    since = {person: _first_day_ill(known, person) for person in roots}
    found = [
        reached
        for person in progress(roots, "following chains", len(roots))
        for reached in chains(network, person, Direction.FORWARD, Bounds(since=since[person]))
    ]
    return max(
        found, key=lambda each: (each.generation, -(each.at.timestamp() if each.at else 0), each.person)
    )


def _first_day_ill(known: Known, person: str) -> Span:
    days = [each.onset or each.day for each in known.of(Diagnosis, person)]
    return read_when(min(days).isoformat(), known.zone)


def fell_ill(question: Question) -> dict[str, date]:
    """Return the day of onset of everybody diagnosed by the moment judged, else the day of diagnosis."""
    known = question.known
    return {
        person: min(each.onset or each.day for each in known.of(Diagnosis, person))
        for person in known.everyone_with(Diagnosis)
        if any(question.happened(each.day) for each in known.of(Diagnosis, person))
    }


if __name__ == "__main__":
    sys.exit(main())
