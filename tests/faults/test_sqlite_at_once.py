"""Processes and threads that record at once about the same people, and readers meanwhile."""

import pytest

from tests.faults.crowd import new_database, opened
from tests.faults.dinners import looked_at
from tests.faults.tablemates import assert_all_is_right, recorded_by_two


@pytest.mark.parametrize("seconds", [3, pytest.param(60, marks=pytest.mark.long)])
def test_two_who_record_at_once_lose_nothing_and_always_make_the_contact(tmp_path, seconds):
    database = new_database(tmp_path / "register.db")

    met, ill = recorded_by_two(database, seconds)

    with opened(database) as register:
        assert_all_is_right(register, met, ill)


@pytest.mark.parametrize("looks", [12, pytest.param(60, marks=pytest.mark.long)])
def test_whoever_reads_while_others_write_sees_one_state_with_all_that_was_acknowledged(tmp_path, looks):
    database = new_database(tmp_path / "register.db")

    assert looked_at(database, looks) == []
