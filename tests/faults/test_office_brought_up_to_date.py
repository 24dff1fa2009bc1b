"""The office of an earlier version is brought up to date with what it holds."""

import json
from datetime import timedelta

from graphdb.moments import micros
from graphdb.sqlite import SQLiteOffice
from graphdb.sqlite.file import SQLiteFile
from graphdb.sqlite.office import APPLICATION, FIRST_VERSION, MIGRATIONS
from tests.contract.trails import NOON
from tracing.office import Lease, Reply


def test_replies_of_an_office_without_leases_are_given_again(tmp_path):
    before = SQLiteFile(tmp_path / "office", APPLICATION, MIGRATIONS[:1], FIRST_VERSION)
    before.create()
    with before.transaction("BEGIN IMMEDIATE") as connection:
        kept = ("li", "key", "a digest", 201, json.dumps({"new": 1}), micros(NOON))
        connection.execute("INSERT INTO reply VALUES (?, ?, ?, ?, ?, ?)", kept)
    before.close()

    office = SQLiteOffice(tmp_path / "office")
    office.create()

    later = NOON + timedelta(hours=1)
    found = office.claim_reply(Lease("li", "key", "a digest", later), at=NOON, since=NOON)
    office.close()
    assert found == Reply("a digest", 201, '{"new": 1}')
