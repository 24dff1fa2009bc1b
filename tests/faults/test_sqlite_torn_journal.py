"""A database caught in the middle of a transaction, with a journal that is whole, torn or lost; damage."""

import shutil
import sqlite3
from collections import Counter
from contextlib import ExitStack, closing
from typing import NamedTuple

import pytest

from tests.faults.crowd import dice, held, new_database, opened, recorded, tables, wrong
from tests.faults.processes import Child, write_without_committing, write_without_committing_with_little_cache
from tests.spec.builders import fact
from tracing.ports import Unreachable

ACKNOWLEDGED = [tables(f"acknowledged-{number}", 6) for number in range(6)]
BLOCK = 4096
DAMAGED = "the database is damaged"
UNDER_WAY = tables("under-way", 12)


class Caught(NamedTuple):
    """What the files held at one moment of a transaction, and before it."""

    before: bytes
    database: bytes
    journal: bytes
    acknowledged: Counter[str]

    def put_into(self, folder, journal):
        """Lay the files out anew, with another journal; return the database."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "caught.db").write_bytes(self.database)
        if journal is not None:
            (folder / "caught.db-journal").write_bytes(journal)
        return folder / "caught.db"


def caught(folder, write_on):
    """A database and its journal when all is written and nothing committed."""
    database = new_database(folder / "register.db")
    with opened(database) as register:
        for facts in ACKNOWLEDGED:
            recorded(register, facts)
        acknowledged = held(register)
    before = database.read_bytes()
    with Child(write_on, database, UNDER_WAY) as child:
        assert child.hear() == "written"
        return Caught(
            before, database.read_bytes(), (folder / "register.db-journal").read_bytes(), acknowledged
        )


def keep_a_journal(patch):
    """Keep a rollback journal whichever SQLite is there; newer ones are trusted with a log instead."""
    patch.setattr("graphdb.sqlite.file.wal_is_safe", lambda: False)


@pytest.fixture(scope="module", autouse=True)
def journal():
    with pytest.MonkeyPatch.context() as patch:
        keep_a_journal(patch)
        yield


def write(said, database, facts):
    keep_a_journal(pytest.MonkeyPatch())
    write_without_committing(said, database, facts)


def write_with_little_cache(said, database, facts):
    keep_a_journal(pytest.MonkeyPatch())
    write_without_committing_with_little_cache(said, database, facts)


@pytest.fixture(scope="module")
def caught_early(tmp_path_factory):
    """Caught while the journal is written and the database is as it was: it may be torn by losing power."""
    found = caught(tmp_path_factory.mktemp("early"), write)
    assert found.database == found.before
    return found


@pytest.fixture(scope="module")
def caught_late(tmp_path_factory):
    """Caught when pages of the transaction are in the database already: all rests on the journal."""
    found = caught(tmp_path_factory.mktemp("late"), write_with_little_cache)
    assert found.database != found.before
    return found


def assert_nothing_is_lost(database, acknowledged):
    with opened(database) as register:
        assert held(register) == acknowledged
        assert recorded(register, UNDER_WAY).new == len(UNDER_WAY)
        assert wrong(register) == []


# ---- ways to be torn


def cut(journal, where):
    return journal[:where]


def garbled(journal, where):
    return journal[:where] + dice(where).randbytes(len(journal) - where)


def with_a_hole(journal, where):
    """What was under way to the disk in several pieces, one of which did not arrive."""
    return journal[:where] + bytes(min(BLOCK, len(journal) - where)) + journal[where + BLOCK :]


def places(journal, number):
    return dice(len(journal)).sample(range(len(journal)), number)


TORN = pytest.mark.parametrize("torn", [cut, garbled, with_a_hole])
HEADERLESS = pytest.mark.parametrize(
    "headerless",
    [lambda journal: bytes(512) + journal[512:], lambda journal: b"", lambda journal: None],
    ids=["header zeroed", "emptied", "removed"],
)


# ---- what is found


@pytest.mark.parametrize("moment", ["caught_early", "caught_late"])
def test_what_a_killed_writer_left_is_rolled_back_by_whoever_opens_next(tmp_path, request, moment):
    found = request.getfixturevalue(moment)

    database = found.put_into(tmp_path / "files", found.journal)

    assert_nothing_is_lost(database, found.acknowledged)


def test_all_who_open_at_once_after_a_kill_find_the_same(tmp_path, caught_late):
    database = caught_late.put_into(tmp_path / "files", caught_late.journal)

    with ExitStack() as ended:
        readers = [ended.enter_context(Child(say_what_is_held, database)) for _ in range(3)]
        answers = [reader.hear() for reader in readers]

    assert answers == [caught_late.acknowledged] * 3


def say_what_is_held(said, database):
    keep_a_journal(pytest.MonkeyPatch())
    with opened(database) as register:
        said.send(held(register))


@TORN
def test_a_journal_torn_while_it_was_written_loses_nothing(tmp_path, caught_early, torn):
    for place in places(caught_early.journal, 3):
        database = caught_early.put_into(tmp_path / "files", torn(caught_early.journal, place))

        assert_nothing_is_lost(database, caught_early.acknowledged)


@HEADERLESS
def test_a_journal_without_its_header_that_nothing_rests_on_loses_nothing(tmp_path, caught_early, headerless):
    database = caught_early.put_into(tmp_path / "files", headerless(caught_early.journal))

    assert_nothing_is_lost(database, caught_early.acknowledged)


@TORN
def test_a_journal_torn_by_a_disk_that_forgot_is_told_or_loses_nothing(tmp_path, caught_late, torn):
    for place in places(caught_late.journal, 5):
        database = caught_late.put_into(tmp_path / "files", torn(caught_late.journal, place))

        there, said = what_is_there_and_said(database)

        assert there == caught_late.acknowledged or said
        assert there or DAMAGED in said[0]


@HEADERLESS
def test_a_lost_journal_that_all_rests_on_is_told(tmp_path, caught_late, headerless):
    database = caught_late.put_into(tmp_path / "files", headerless(caught_late.journal))

    there, said = what_is_there_and_said(database)

    assert said
    assert there or DAMAGED in said[0]


def what_is_there_and_said(database):
    """The facts as far as they can be read, and what is wrong by the database's own words."""
    try:
        with opened(database) as register:
            return held(register), wrong(register)
    except Unreachable as trouble:
        return None, [str(trouble)]


def test_the_journal_is_emptied_since_removing_it_is_on_the_disk_only_once_its_folder_is(tmp_path):
    database = new_database(tmp_path / "register.db")

    with opened(database) as register:
        recorded(register, UNDER_WAY)

    assert (tmp_path / "register.db-journal").read_bytes() == b""


# ---- damage


def test_a_database_cut_short_says_that_it_is_damaged(tmp_path, caught_early):
    for place in places(caught_early.database, 4):
        whole_blocks = max(1, place // BLOCK) * BLOCK
        cut_short = caught_early._replace(database=caught_early.database[:whole_blocks])

        _, said = what_is_there_and_said(cut_short.put_into(tmp_path / "files", None))

        assert DAMAGED in said[0]


def test_a_database_put_in_the_place_of_one_in_use_is_told_and_nothing_is_recorded_in_the_old(tmp_path):
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, ACKNOWLEDGED[0])
        database.unlink()
        new_database(database)

        with pytest.raises(Unreachable):
            recorded(register, ACKNOWLEDGED[1])

        assert held(register).keys() == {each["id"] for each in ACKNOWLEDGED[0]}


def test_damage_in_what_is_sealed_of_somebody_is_told_without_repeating_it(tmp_path):
    database = new_database(tmp_path / "register.db")
    with opened(database) as register:
        recorded(register, [fact("person", id="somebody", name="Invented Name")])
    with closing(sqlite3.connect(database)) as connection:
        ((sealed,),) = connection.execute("SELECT text FROM identity")
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    database.write_bytes(database.read_bytes().replace(sealed, changed))

    with opened(database) as register, pytest.raises(Unreachable, match="was changed since") as raised:
        register.book(identity=True)

    assert "Invented Name" not in str(raised.value)
