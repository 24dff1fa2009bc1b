"""What an assessment promises: more exposure ends no observation earlier, and the future is not used."""

from hypothesis import strategies as st

from tests.generative.asking import always, answers, known_from
from tests.generative.cast import when
from tests.generative.histories import with_ids
from tests.generative.strategies import exposures_before, worlds

ALWAYS = "2000-01-01"


@always(world=worlds(determinations=False), data=st.data())
def test_one_more_exposure_never_ends_an_observation_earlier(world, data):
    more = {"id": "more"} | data.draw(exposures_before(world))

    before = answers(world)
    after = answers(world, known_from([*world.facts, more]))

    # While exposure goes on there is no last day: such a person is only compared where both have one.
    for person, answer in before.items():
        earlier, later = answer["observation"], after[person]["observation"]
        assert later["required"] or not earlier["required"]
        assert not (earlier["last_day"] and later["last_day"]) or earlier["last_day"] <= later["last_day"]


@always(world=worlds())
def test_what_happens_later_is_not_used(world):
    journey = next(fact for fact in world.facts if fact["fact"] == "journey")
    happened = [fact for fact in world.facts if begins(fact, journey) <= world.moment]

    assert answers(world, known_from(happened)) == answers(world)


@always(world=worlds())
def test_what_ends_later_is_still_so(world):
    facts = with_ids(world.facts)

    running = answers(world, known_from(still_running(fact, world) for fact in facts))

    assert running == answers(world, known_from(facts))


def begins(fact, journey):
    """Return when a fact happened; what has no time of its own always was."""
    if fact["fact"] == "ride":
        fact = {"start": journey.get("departs")} | fact
    stated = (fact.get(field) for field in ("start", "day", "first_day", "at", "sampled"))
    return when(next(filter(None, stated), ALWAYS)).first


def still_running(fact, world):
    """Return a fact without an end that nobody can know yet; an exposure goes on up to the moment judged."""
    start, end = when(fact.get("start", ALWAYS)), fact.get(_ENDS.get(fact["fact"]))
    if end is None or start.first > world.moment or when(end).first <= world.moment:
        return fact
    return fact | {_ENDS[fact["fact"]]: world.as_of if fact["fact"] == "exposure" else None}


_ENDS = {"stay": "last_day", "residence": "last_day", "isolation": "end", "visit": "end", "exposure": "end"}
