"""Working through all that waits to be worked out anew, with a progress bar."""

from collections.abc import Callable
from datetime import datetime

from api.clock import instant
from api.keys import NotWrittenDown, note_destroyed
from api.progress import bar, note
from tracing.ports import Store
from tracing.register import Register
from tracing.upkeep import work, work_from_the_book


def note_destroyed_or_say(store: Store) -> None:
    """Write down the marks of destroyed keys; that it could not be done is said, and ends nothing."""
    try:
        note_destroyed(store)
    except NotWrittenDown as trouble:
        note(str(trouble))


def work_through(register: Register, is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Work until nothing waits or it is stopped; return how many people were worked on."""
    done, failed = 0, dict[str, str]()
    note_destroyed_or_say(register.store)

    def clock() -> datetime:
        return instant(register.rules.zone)

    with bar("assessing", len(register.store.read(lambda records: records.stale()))) as seen:
        while not is_stopped():
            worked = work_from_the_book(register, clock) or work(register.store, register.rules, clock)
            if not worked.people:
                break
            done += worked.people
            failed |= worked.failed
            seen(worked.people)
    for person, why in failed.items():
        note(f"{person}: no answer can be given; {why}")
    return done
