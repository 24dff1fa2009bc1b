"""The reason re-derives the date: from the facts that it names and the days of the rule."""

from datetime import date, datetime, timedelta

from tests.generative.asking import always, answers, known_from
from tests.generative.cast import when
from tests.generative.histories import with_ids
from tests.generative.strategies import worlds

MOMENT = timedelta(microseconds=1)


def nodes(reason):
    yield reason
    for inner in reason["from"]:
        yield from nodes(inner)


def day_of(text):
    """Return the day of a moment; 24:00 is the end of the day before."""
    moment = datetime.fromisoformat(text)
    return (moment - MOMENT).date() if moment.time() == moment.min.time() else moment.date()


def last_contact(ground, raw, world):
    """Return the last day of a ground, worked out from the facts and the window that it names."""
    if ground["says"] in ("came_back", "day_of_leaving_not_known"):
        facts = [raw[name] for name in ground["facts"]]
        return max(date.fromisoformat(fact.get("last_day") or fact["day"]) for fact in facts)
    if ground["says"] not in ("met", "suspected_exposure"):
        return day_of(ground["values"]["last"])
    (exposure,) = (raw[name] for name in ground["facts"])
    ends = [when(exposure.get("end") or exposure["start"]).last, world.moment]
    windows = [each["values"]["end"] for each in nodes(ground) if each["says"] == "window"]
    ends += [datetime.fromisoformat(end) - MOMENT for end in windows[:1] if end]
    latest = min(ends).date()
    # Contact during an isolation before a later gap does not count: then the day is an earlier one.
    named = day_of(ground["values"]["last"])
    return (
        named
        if any(raw[name]["fact"] == "isolation" for each in nodes(ground) for name in each["facts"])
        else latest
    )


@always(world=worlds())
def test_the_last_day_follows_from_what_the_reason_names(world):
    raw = {fact["id"]: fact for fact in with_ids(world.facts)}

    for answer in answers(world, known_from(raw.values())).values():
        reason = answer["because"]
        said = {each["says"] for each in nodes(reason)}
        if reason["says"] == "observed_until" and not said & {
            "decided",
            "newer_edition",
            "lives_with_returnee",
        }:
            counted_from = last_contact(reason["from"][0], raw, world)
            assert counted_from.isoformat() == answer["observation"]["counted_from"]
            last_day = counted_from + timedelta(days=reason["values"]["days"])
            assert last_day.isoformat() == answer["observation"]["last_day"]


@always(world=worlds())
def test_every_leaf_of_a_reason_is_a_fact_of_the_book(world):
    raw = {fact["id"]: fact for fact in with_ids(world.facts)}

    for answer in answers(world, known_from(raw.values())).values():
        assert {name for each in nodes(answer["because"]) for name in each["facts"]} <= raw.keys()


@always(world=worlds())
def test_every_counted_exposure_is_a_ground_of_the_reason(world):
    raw = {fact["id"]: fact for fact in with_ids(world.facts)}

    for answer in answers(world, known_from(raw.values())).values():
        leaves = {name for each in nodes(answer["because"]) for name in each["facts"]}
        recorded = {each["exposure"] for each in answer["exposures"] if each["counted"]} & raw.keys()
        exposures = {name for name in recorded if raw[name]["fact"] == "exposure"}
        assert exposures <= leaves
