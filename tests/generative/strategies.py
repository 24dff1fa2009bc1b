"""Small worlds of facts, as somebody might have recorded them.

A world has two to eight people, two homes, a market and one journey. Facts are dictionaries, as in a
fact file; what they name is always there. Their times crowd on a few weeks, so that they meet.
"""

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from tests.generative.cast import CALENDARS, DAYS, HOUR, Cast, World, days, stretch, when

# ---- facts, one kind after the other


def _record(kind, optional=None, **fields):
    return st.fixed_dictionaries({"fact": st.just(kind), **fields}, optional=optional)


def _with(record, times):
    return st.builds(lambda fact, when: fact | when, record, times)


@cache
def _residences(cast):
    home = _record("residence", person=cast.person, household=st.sampled_from(("h1", "h2")))
    return _with(home, st.just({}) | days(cast))


@cache
def _stays(cast):
    area = st.sampled_from(("420100", "310000", "120101"))
    return _with(_record("stay", {"transit": st.just(True)}, person=cast.person, area=area), days(cast))


@cache
def _arrivals(cast):
    return _record(
        "arrival",
        {"from_area": st.sampled_from(("420100", "310000"))},
        person=cast.person,
        area=st.just("120101"),
        day=cast.day,
    )


@cache
def _visits(cast):
    return _with(_record("visit", person=cast.person, place=st.just("m1")), stretch(cast, ends=False))


@cache
def _rides(cast):
    seat = {"row": st.sampled_from("1258"), "carriage": st.sampled_from("12"), "cabin": st.just("A")}
    role = {"role": st.sampled_from(("passenger", "driver", "crew")), "serves": st.just(["1", "2"])}
    ride = _record("ride", seat | role, person=cast.person, journey=st.just("t1"))
    return _with(ride, st.just({}) | stretch(cast, ends=False))


_KINDS = (
    *("meal", "household", "work", "class", "entertainment", "care", "meeting", "brief", "other", "lift"),
    *("ward", "conveyance", "aerosol_procedure", "animal", "contaminated_environment"),
)


@cache
@st.composite
def exposures(draw, cast):
    """A recorded meeting; one person alone meets an animal, or somebody not yet named."""
    likely = st.lists(st.sampled_from(cast.people[:3]), min_size=1, max_size=1)
    there = list(dict.fromkeys(draw(likely) + draw(st.lists(cast.person, max_size=3))))
    fact = {"fact": "exposure", "participants": there, "kind": draw(st.sampled_from(_KINDS))}
    if len(there) == 1 and fact["kind"] not in ("animal", "contaminated_environment"):
        fact["unnamed"] = 1
    optional = {
        "protected": st.sampled_from((True, there[:1])),
        "distance_m": st.sampled_from((0.5, 1.0, 3.0)),
        "enclosed": st.booleans(),
        "estimated": st.just(True),
    }
    return fact | draw(stretch(cast, ends=False)) | draw(st.fixed_dictionaries({}, optional=optional))


_CLASSES = ("confirmed", "confirmed", "asymptomatic", "suspected", "ruled_out")


@cache
@st.composite
def _diagnoses(draw, cast):
    day = draw(st.integers(0, DAYS))
    ago = st.integers(0, 5)
    stated = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "onset": ago,
                "onset_earliest": st.integers(5, 8),
                "sampled": ago,
                "last_negative": ago,
            },
        )
    )
    fact = {
        "fact": "diagnosis",
        "person": draw(st.sampled_from(cast.people[:3])),
        "day": cast.calendar.day(day),
    }
    fact["classification"] = draw(st.sampled_from(_CLASSES))
    fact["serially_tested"] = draw(st.booleans())
    return fact | {name: cast.calendar.day(day - before) for name, before in stated.items()}


@cache
def _isolations(cast):
    where = st.sampled_from(("hospital", "centralised", "home_separate", "home_shared"))
    record = _record("isolation", {"where": where}, person=cast.person)
    return _with(record, stretch(cast, ends=False))


@cache
@st.composite
def _orders(draw, cast):
    """An order, perhaps moved, perhaps ended."""
    day, place = draw(st.integers(0, DAYS)), st.sampled_from(("centralised", "home"))
    found = [{"fact": "order", "person": draw(cast.person), "first_day": cast.calendar.day(day)}]
    if draw(st.booleans()):
        found.append({"fact": "transfer", "day": cast.calendar.day(day + draw(st.integers(0, 15)))})
    for fact in found:
        fact["place_kind"] = draw(place)
    if draw(st.booleans()):
        reason = draw(st.sampled_from(("completed", "converted", "no_longer_required")))
        release = {"fact": "release", "reason": reason}
        found.append(release | {"day": cast.calendar.day(day + draw(st.integers(0, 21)))})
    return found


@cache
def _notes(cast):
    """What else is recorded of a person on a day."""
    person, day = cast.person, cast.day
    signs = st.sampled_from((["cough"], ["fever", "fatigue"]))
    result = st.sampled_from(("negative", "positive", "pending", "invalid"))
    outcome = st.sampled_from(("phoned", "absent"))
    temperature = st.sampled_from((36.5, 38.2))
    return st.one_of(
        _record("test", {"result": result, "double": st.just(True)}, person=person, sampled=cast.when),
        _record(
            "check",
            {"temperature_c": temperature, "outcome": outcome, "signs": signs},
            person=person,
            day=day,
            slot=st.sampled_from(("am", "pm")),
        ),
        _record("symptoms", person=person, day=day, signs=signs),
        _record("call", person=person, at=cast.when, outcome=st.sampled_from(("reached", "not_reached"))),
        _record("moved", person=person, day=day, to_area=st.sampled_from(("120102", "310000"))),
        *(_record(kind, person=person, day=day) for kind in ("recovery", "death", "lost")),
    )


@st.composite
def _determinations(draw, cast, met):
    """A decision about somebody, of no or of one exposure of theirs that lies before it."""
    fact = {"fact": "determination", "person": draw(cast.person), "day": draw(cast.day)}
    category = st.sampled_from(("close_contact", "none", "general_contact", "secondary_contact"))
    own = [exposure for exposure in met if fact["person"] in exposure["participants"]]
    if own and draw(st.booleans()):
        exposure = draw(st.sampled_from(own))
        decided = date.fromisoformat(exposure["start"][:10]) + timedelta(days=draw(st.integers(2, 9)))
        fact |= {"exposure": exposure["id"], "day": decided.isoformat()}
    others = [person for person in cast.people if person != fact["person"]]
    last_day = {"last_day": cast.day, "supervisor": st.just("s1"), "reason": st.just("so decided")}
    optional = {"source_person": st.sampled_from(others)}
    return (
        fact
        | draw(st.fixed_dictionaries({"category": category}, optional=optional))
        | draw(st.just({}) | st.fixed_dictionaries(last_day))
    )


@cache
@st.composite
def _merges(draw, cast):
    """Somebody's second record, under a later number than the one they are answered under."""
    second = draw(st.integers(1, len(cast.people) - 1))
    into = cast.people[draw(st.integers(0, second - 1))]
    return {"fact": "merge", "person": cast.people[second], "into": into}


# ---- worlds

_PARTS = (
    (_residences, 0, 6),
    (_diagnoses, 1, 4),
    (_isolations, 0, 4),
    (_notes, 0, 6),
    (_rides, 0, 4),
    (_visits, 0, 4),
    (_stays, 0, 3),
    (_arrivals, 0, 2),
)


@cache
@st.composite
def _things(draw, cast):
    """Everybody, the area, the homes, the market and the journey."""
    ids = [{"fact": "person", "id": person} for person in cast.people]
    homes = [{"fact": "household", "id": home, "area": "120101"} for home in ("h1", "h2")]
    area = {"fact": "area", "code": "12", "name": "Somewhere", "level": "province"}
    market = {"fact": "place", "id": "m1", "name": "Market", "area": "120101"}
    journey = {"fact": "journey", "id": "t1", "mode": draw(st.sampled_from(_MODES))}
    if draw(st.booleans()):
        there = draw(stretch(cast))
        journey |= {"departs": there["start"], "arrives": there["end"]}
    return [*ids, *homes, area, market, journey]


_MODES = ("coach_ventilated", "aircraft", "train_enclosed", "train_open", "coach_sealed", "ship", "car")


@st.composite
def worlds(draw, calendars=CALENDARS, *, determinations=True, merges=True):
    """A world with at least one diagnosis and one exposure."""
    calendar = draw(st.sampled_from(calendars))
    cast = Cast(calendar, tuple(f"p{number}" for number in range(1, draw(st.integers(2, 8)) + 1)))
    facts = draw(_things(cast))
    met = [
        {"id": f"e{number}"} | exposure
        for number, exposure in enumerate(draw(st.lists(exposures(cast), min_size=2, max_size=7)), 1)
    ]
    facts += met
    for number, order in enumerate(draw(st.lists(_orders(cast), max_size=3)), 1):
        facts += [{"id": f"o{number}"} | order[0], *({"order": f"o{number}"} | each for each in order[1:])]
    for part, fewest, most in _PARTS:
        facts += draw(st.lists(part(cast), min_size=fewest, max_size=most))
    if determinations:
        facts += draw(st.lists(_determinations(cast, met), max_size=2))
    if merges:
        facts += draw(st.lists(_merges(cast), max_size=2, unique_by=lambda fact: fact["person"]))
    return World(facts, calendar, cast.written(draw(st.integers(8, DAYS + 12)), draw(HOUR), "%Y-%m-%dT%H:%M"))


def exposures_before(world):
    """An exposure of people of a world that began before the moment judged."""
    return exposures(Cast(world.calendar, tuple(world.people))).filter(
        lambda fact: when(fact["start"]).first <= world.moment
    )
