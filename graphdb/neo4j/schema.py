"""Constraints and indexes of the graph, by numbered migrations that two starting workers may run at once."""

from typing import LiteralString

from neo4j import Driver, Session
from neo4j.exceptions import ClientError, TransientError

from tracing.ports import Unreachable

CONSTRAINTS: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT register_only IF NOT EXISTS FOR (n:Register) REQUIRE n.only IS UNIQUE",
    "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT household_id IF NOT EXISTS FOR (n:Household) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT place_id IF NOT EXISTS FOR (n:Place) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT journey_id IF NOT EXISTS FOR (n:Journey) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT area_code IF NOT EXISTS FOR (n:Area) REQUIRE n.code IS UNIQUE",
    "CREATE CONSTRAINT fact_seq IF NOT EXISTS FOR (n:Fact) REQUIRE n.seq IS UNIQUE",
    "CREATE CONSTRAINT identity_seq IF NOT EXISTS FOR (n:Identity) REQUIRE n.seq IS UNIQUE",
    "CREATE CONSTRAINT key_owner IF NOT EXISTS FOR (n:Key) REQUIRE n.owner IS UNIQUE",
    "CREATE CONSTRAINT answer_now IF NOT EXISTS FOR (n:Current) REQUIRE n.person IS UNIQUE",
    "CREATE CONSTRAINT stale_person IF NOT EXISTS FOR (n:Stale) REQUIRE n.person IS UNIQUE",
    "CREATE CONSTRAINT rule_book_digest IF NOT EXISTS FOR (n:RuleBook) REQUIRE n.digest IS UNIQUE",
    "CREATE CONSTRAINT office_only IF NOT EXISTS FOR (n:Office) REQUIRE n.only IS UNIQUE",
    "CREATE CONSTRAINT officer_name IF NOT EXISTS FOR (n:Officer) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT reply_key IF NOT EXISTS FOR (n:Reply) REQUIRE (n.officer, n.key) IS UNIQUE",
    "CREATE CONSTRAINT pass_secret IF NOT EXISTS FOR (n:Pass) REQUIRE n.secret IS UNIQUE",
    "CREATE CONSTRAINT audit_entry_seq IF NOT EXISTS FOR (n:AuditEntry) REQUIRE n.seq IS UNIQUE",
)
INDEXES: tuple[LiteralString, ...] = (
    "CREATE INDEX fact_id IF NOT EXISTS FOR (n:Fact) ON (n.fact_id)",
    "CREATE INDEX fact_voided_at IF NOT EXISTS FOR (n:Fact) ON (n.voided_at)",
    "CREATE INDEX occasion IF NOT EXISTS FOR (n:Occasion) ON (n.occasion)",
    "CREATE INDEX void_of IF NOT EXISTS FOR (n:Void) ON (n.of)",
    "CREATE INDEX exposure_place IF NOT EXISTS FOR (n:Exposure) ON (n.place)",
    "CREATE INDEX exposure_household IF NOT EXISTS FOR (n:Exposure) ON (n.household)",
    "CREATE INDEX arrival_journey IF NOT EXISTS FOR (n:Arrival) ON (n.journey)",
    "CREATE INDEX isolation_place IF NOT EXISTS FOR (n:Isolation) ON (n.place)",
    "CREATE INDEX determination_exposure IF NOT EXISTS FOR (n:Determination) ON (n.exposure)",
    "CREATE INDEX order_site IF NOT EXISTS FOR (n:Order) ON (n.site)",
    "CREATE INDEX transfer_order IF NOT EXISTS FOR (n:Transfer) ON (n.order)",
    "CREATE INDEX transfer_site IF NOT EXISTS FOR (n:Transfer) ON (n.site)",
    "CREATE INDEX release_order IF NOT EXISTS FOR (n:Release) ON (n.order)",
    "CREATE INDEX notice_order IF NOT EXISTS FOR (n:Notice) ON (n.order)",
    "CREATE INDEX unit_report_place IF NOT EXISTS FOR (n:UnitReport) ON (n.place)",
    "CREATE INDEX tally_place IF NOT EXISTS FOR (n:Tally) ON (n.place)",
    "CREATE INDEX identity_owner IF NOT EXISTS FOR (n:Identity) ON (n.owner)",
    "CREATE INDEX pass_officer IF NOT EXISTS FOR (n:Pass) ON (n.officer)",
    "CREATE INDEX login_failure IF NOT EXISTS FOR (n:LoginFailure) ON (n.name)",
    "CREATE INDEX reply_at IF NOT EXISTS FOR (n:Reply) ON (n.at)",
    "CREATE INDEX about_id IF NOT EXISTS FOR (n:About) ON (n.id)",
    "CREATE INDEX destroyed_owner IF NOT EXISTS FOR (n:Destroyed) ON (n.owner)",
    "CREATE INDEX clue_token IF NOT EXISTS FOR (n:Clue) ON (n.token)",
    "CREATE INDEX answer_person IF NOT EXISTS FOR (n:Answer) ON (n.person)",
    "CREATE INDEX answer_ends IF NOT EXISTS FOR (n:Current) ON (n.valid_until)",
    "CREATE INDEX lives_in_seq IF NOT EXISTS FOR ()-[r:LIVES_IN]-() ON (r.seq)",
    "CREATE INDEX rode_seq IF NOT EXISTS FOR ()-[r:RODE]-() ON (r.seq)",
    "CREATE INDEX visited_seq IF NOT EXISTS FOR ()-[r:VISITED]-() ON (r.seq)",
    "CREATE INDEX stayed_in_seq IF NOT EXISTS FOR ()-[r:STAYED_IN]-() ON (r.seq)",
    "CREATE INDEX lives_in_id IF NOT EXISTS FOR ()-[r:LIVES_IN]-() ON (r.fact_id)",
    "CREATE INDEX rode_id IF NOT EXISTS FOR ()-[r:RODE]-() ON (r.fact_id)",
    "CREATE INDEX visited_id IF NOT EXISTS FOR ()-[r:VISITED]-() ON (r.fact_id)",
    "CREATE INDEX stayed_in_id IF NOT EXISTS FOR ()-[r:STAYED_IN]-() ON (r.fact_id)",
)
FIRST_VERSION = 3
"""The version that the first migration makes; older ones kept who people are unsealed."""

MIGRATIONS: tuple[tuple[LiteralString, ...], ...] = ((*CONSTRAINTS, *INDEXES),)
LATEST = FIRST_VERSION + len(MIGRATIONS) - 1

_TAKE_TURN: LiteralString = """
    MERGE (r:Register {only: 1})
    ON CREATE SET r.schema = 0, r.version = 0, r.seq = 0
    SET r.migrating = true
    RETURN r.schema AS version
"""
_REACHED: LiteralString = "MATCH (r:Register {only: 1}) SET r.schema = $version REMOVE r.migrating"
_ATTEMPTS = 5


def migrate(driver: Driver, database: str) -> None:
    """Apply the migrations that are missing; whoever comes second waits for the first.

    Raises:
        Unreachable: if the register there is too old to be brought up to date.
    """
    with driver.session(database=database) as session:
        _repeated(session, CONSTRAINTS[0])
    with driver.session(database=database) as turn, turn.begin_transaction() as transaction:
        record = transaction.run(_TAKE_TURN).single(strict=True)
        if 0 < record["version"] < FIRST_VERSION:
            right = "`backup` of the program that made it and `restore` into a new one would be right"
            raise Unreachable(f"the register in this database is too old to be brought up to date; {right}")
        with driver.session(database=database) as session:
            for statements in MIGRATIONS[max(0, record["version"] - FIRST_VERSION + 1) :]:
                for statement in statements:
                    _repeated(session, statement)
            session.run("CALL db.awaitIndexes(120)").consume()
        transaction.run(_REACHED, version=LATEST).consume()
        transaction.commit()


def _repeated(session: Session, statement: LiteralString) -> None:
    """Run a statement that another worker may be running too."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            session.execute_write(lambda transaction: transaction.run(statement).consume())
        except (TransientError, ClientError) as trouble:
            if attempt == _ATTEMPTS or "EquivalentSchemaRule" not in str(trouble.code):
                raise
        else:
            return
