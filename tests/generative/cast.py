"""Who there is in a small world, when its facts lie, and how their times are written."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tracing.days import DEFAULT_ZONE, Span, read_when

RawFact = dict[str, Any]


class Calendar(NamedTuple):
    """The rules of a world, and the day on which its days begin to be counted."""

    protocol: str
    edition: str | None
    first: date

    def day(self, number: int) -> str:
        return (self.first + timedelta(days=number)).isoformat()


DAYS = 16
CALENDARS = (
    Calendar("nhc-covid19", "6", date(2020, 2, 25)),
    Calendar("nhc-covid19", None, date(2020, 1, 15)),
    Calendar("nhc-covid19", None, date(2020, 2, 12)),
    Calendar("nhc-covid19", "2", date(2020, 1, 20)),
    Calendar("nhc-covid19", "3", date(2020, 1, 28)),
    Calendar("nhc-covid19", "8", date(2021, 6, 1)),
    Calendar("nhc-covid19", "9", date(2021, 6, 1)),
    Calendar("nhc-covid19", None, date(2021, 6, 1)),
)


class Cast(NamedTuple):
    """Who there is in a world, and when."""

    calendar: Calendar
    people: tuple[str, ...]

    @property
    def person(self) -> st.SearchStrategy[str]:
        return st.sampled_from(self.people)

    @property
    def day(self) -> st.SearchStrategy[str]:
        return st.integers(0, DAYS).map(self.calendar.day)

    @property
    def when(self) -> st.SearchStrategy[str]:
        return st.builds(self.written, st.integers(0, DAYS), HOUR, _FORM)

    def written(self, day: int, minute: int, form: str) -> str:
        """Return a day, a local time, or the same in UTC."""
        moment = datetime.combine(self.calendar.first, time.min, DEFAULT_ZONE)
        moment += timedelta(days=day, minutes=minute)
        return f"{moment.astimezone(UTC):{form}}" if form.endswith("Z") else f"{moment:{form}}"


class World(NamedTuple):
    """Facts, and the question asked of them."""

    facts: list[RawFact]
    calendar: Calendar
    as_of: str

    @property
    def moment(self) -> datetime:
        return when(self.as_of).last

    @property
    def people(self) -> list[str]:
        return [fact["id"] for fact in self.facts if fact["fact"] == "person"]


def when(text: str) -> Span:
    """Return the time that a text says, in the zone of all worlds."""
    return read_when(text, DEFAULT_ZONE)


def aboard(ride: RawFact, journey: RawFact) -> Span | None:
    """Return when somebody rode, as far as ride or journey say; None if neither does."""
    start = ride.get("start") or journey.get("departs")
    end = ride.get("end") or journey.get("arrives") or start
    return Span(when(start).first, max(when(start).last, when(end).last)) if start and end else None


HOUR = st.sampled_from((720, 0, 480, 750, 1080, 1439))
_FORM = st.sampled_from(("%Y-%m-%dT%H:%M", "%Y-%m-%d", "%Y-%m-%dT%H:%MZ"))
_LENGTH = st.sampled_from((60, 0, 10, 1440, 3 * 1440, 9 * 1440))


@cache
@st.composite
def stretch(draw, cast, *, ends=True):
    """Start and end; ``ends`` False: perhaps still so."""
    day, minute = draw(st.integers(0, DAYS)), draw(HOUR)
    found = {"start": cast.written(day, minute, draw(_FORM))}
    if ends or draw(st.booleans()):
        found["end"] = cast.written(day, minute + draw(_LENGTH), draw(_FORM))
    return found


@cache
@st.composite
def days(draw, cast):
    """First and last day, either perhaps not known."""
    first, length = draw(st.integers(0, DAYS)), draw(st.integers(0, 9))
    found = {"first_day": cast.calendar.day(first), "last_day": cast.calendar.day(first + length)}
    return {name: day for name, day in found.items() if draw(st.booleans())}
