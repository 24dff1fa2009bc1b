"""A disk that is full: it is said, nothing acknowledged is lost, and with room made all goes on."""

import os
import subprocess
from contextlib import contextmanager

import pytest

from api.cli import NOT_REACHABLE
from tests.faults.crowd import held, new_database, opened, recorded, table, tables, times_held, wrong
from tests.faults.processes import ended
from tests.spec.builders import Raw
from tracing.ports import Unreachable

FULL = "the disk is full; nothing was recorded"
SIZE = 3 * 2**20
PAGE = 4096


@pytest.fixture
def disk(tmp_path):
    """A disk of three megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs")
    mounted = subprocess.run(["mount", *options, folder], capture_output=True, text=True, check=False)
    if mounted.returncode:
        why = f"a small disk cannot be mounted here: {mounted.stderr.strip()}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(why)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def room(disk):
    there = os.statvfs(disk)
    return there.f_bavail * there.f_frsize


@contextmanager
def ballast(disk, *, leaving):
    """Something that leaves so much room, or less if there is less."""
    file = disk / "ballast"
    with file.open("wb") as out:
        if room(disk) > leaving:
            os.posix_fallocate(out.fileno(), 0, room(disk) - leaving)
    yield
    file.unlink()


def refusal(register, facts):
    """Record facts; return what is said if they are not recorded."""
    try:
        recorded(register, facts)
    except Unreachable as trouble:
        return str(trouble)
    return None


def record_until_full(register, size):
    """Record tables until it fails; return what was acknowledged, what was not, and what is said."""
    acknowledged: list[Raw] = []
    for number in range(SIZE):
        facts = tables(f"size-{size}-{number}", size)
        said = refusal(register, facts)
        if said:
            return acknowledged, facts, said
        acknowledged += facts
    raise AssertionError("the disk does not become full")


@pytest.mark.parametrize(("size", "cache_kib"), [(1, 65536), (20, 65536), (20, 16)])
def test_what_was_acknowledged_is_there_on_a_full_disk_and_recording_goes_on_once_there_is_room(
    disk, size, cache_kib, monkeypatch
):
    monkeypatch.setattr("graphdb.sqlite.file._CACHE_KIB", cache_kib)
    with opened(new_database(disk / "register.db")) as register:
        with ballast(disk, leaving=2**18):
            acknowledged, refused, said = record_until_full(register, size)

            assert FULL in said
            assert times_held(register, acknowledged) == {1}
            assert times_held(register, refused) == {0}
            assert wrong(register) == []

        assert recorded(register, refused).new == len(refused)
        assert times_held(register, acknowledged + refused) == {1}
        assert wrong(register) == []


@pytest.mark.parametrize("cache_kib", [65536, 16])
@pytest.mark.parametrize("steps", [range(0, 64, 8), pytest.param(range(0, 130, 5), marks=pytest.mark.long)])
def test_wherever_in_a_transaction_the_room_ends_all_or_nothing_is_recorded(
    disk, steps, cache_kib, monkeypatch
):
    monkeypatch.setattr("graphdb.sqlite.file._CACHE_KIB", cache_kib)
    with opened(new_database(disk / "register.db")) as register:
        recorded(register, tables("first", 20))
        for pages in steps:
            before, facts = held(register), table(f"with-{pages}-pages")

            with ballast(disk, leaving=pages * PAGE):
                said = refusal(register, facts)

                assert said is None or FULL in said
                assert times_held(register, facts) == ({0} if said else {1})
                assert before <= held(register)
                assert wrong(register) == []
            recorded(register, facts)
            assert times_held(register, facts) == {1}


# ---- the commands


def test_add_on_a_full_disk_says_so_and_adds_nothing(disk, tmp_path):
    database = new_database(disk / "register.db")
    file = tmp_path / "more.facts.jsonl"
    file.write_text('{"fact": "person", "id": "somebody"}\n', encoding="utf-8")

    with ballast(disk, leaving=0):
        adding = ended("add", file, "--database", database)

    assert adding.status == NOT_REACHABLE
    assert FULL in adding.trouble
    with opened(database) as register:
        assert not held(register)


def test_init_on_a_full_disk_says_so_and_can_be_repeated(disk):
    with ballast(disk, leaving=0):
        first = ended("init", "--database", disk / "register.db")
    second = ended("init", "--database", disk / "register.db")

    assert first.status == NOT_REACHABLE
    assert "the disk is full" in first.trouble
    assert second.status == 0


def test_backup_onto_a_full_disk_says_so_and_leaves_the_last_one_as_it_was(disk, tmp_path):
    database, backup = new_database(tmp_path / "register.db"), disk / "backup.facts.jsonl"
    with opened(database) as register:
        recorded(register, table("early"))
        assert ended("backup", backup, "--database", database).status == 0
        last = backup.read_bytes()
        recorded(register, tables("late", 40))

    with ballast(disk, leaving=PAGE):
        second = ended("backup", backup, "--database", database)

        assert second.status != 0
        assert "No space left" in second.trouble
        assert backup.read_bytes() == last
        assert {file.name for file in disk.iterdir()} == {"ballast", backup.name}
