"""The tables of the embedded store, by numbered migrations."""

APPLICATION = 0x5357_0001
"""What marks a SQLite file as ours."""

FIRST_VERSION = 3
"""The version that the first migration makes; older ones kept who people are unsealed."""

MIGRATIONS = (
    """
    CREATE TABLE fact (
        seq INTEGER PRIMARY KEY,
        fact_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        content TEXT NOT NULL,
        body TEXT NOT NULL,
        recorded_at INTEGER,
        recorded_by TEXT,
        voided_at INTEGER,
        contested INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX fact_by_id ON fact (fact_id);
    CREATE INDEX fact_contested ON fact (fact_id) WHERE contested;

    -- Who somebody is, kept apart from what happened and sealed with the key of its owner, a person or
    -- a household. All keys are wrapped by a master key that is not here. The one without owner makes
    -- the digests by which owners are found.
    CREATE TABLE identity (seq INTEGER PRIMARY KEY REFERENCES fact, owner TEXT NOT NULL, text BLOB NOT NULL);
    CREATE INDEX identity_of ON identity (owner);
    CREATE TABLE key (owner TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE destroyed (owner TEXT, fingerprint TEXT, PRIMARY KEY (owner, fingerprint)) WITHOUT ROWID;
    CREATE TABLE clue (token BLOB, seq INTEGER REFERENCES fact, PRIMARY KEY (token, seq)) WITHOUT ROWID;

    CREATE TABLE named (
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES fact,
        PRIMARY KEY (name, kind, seq)
    ) WITHOUT ROWID;

    -- Who was at which occasion. "exposes" is 1 if the person was ever diagnosed, 2 if the occasion
    -- exposes by itself, 3 for both.
    CREATE TABLE tie (
        person TEXT NOT NULL,
        occasion TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES fact,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        is_visit INTEGER NOT NULL,
        exposes INTEGER NOT NULL,
        PRIMARY KEY (person, occasion, seq)
    ) WITHOUT ROWID;
    CREATE INDEX tie_at ON tie (occasion, last_day, first_day, person);
    CREATE INDEX tie_of_a_source ON tie (occasion, person) WHERE exposes > 0;
    CREATE TABLE source (person TEXT PRIMARY KEY) WITHOUT ROWID;

    CREATE TABLE answer (
        person TEXT NOT NULL,
        known_from INTEGER NOT NULL,
        known_to INTEGER,
        category TEXT NOT NULL,
        last_day TEXT,
        text TEXT NOT NULL,
        rules TEXT NOT NULL,
        valid_from INTEGER NOT NULL,
        valid_until INTEGER,
        PRIMARY KEY (person, known_from)
    );
    CREATE UNIQUE INDEX answer_now ON answer (person) WHERE known_to IS NULL;
    CREATE INDEX answer_ends ON answer (valid_until) WHERE known_to IS NULL AND valid_until IS NOT NULL;

    -- Where somebody of whom an answer is kept may be looked for, or empty where nobody knows.
    CREATE TABLE looked_for (
        area TEXT NOT NULL,
        person TEXT NOT NULL,
        PRIMARY KEY (area, person)
    ) WITHOUT ROWID;
    CREATE INDEX looked_for_person ON looked_for (person);
    CREATE TABLE link (
        linked TEXT NOT NULL,
        person TEXT NOT NULL,
        PRIMARY KEY (linked, person)
    ) WITHOUT ROWID;
    CREATE INDEX link_person ON link (person);

    CREATE TABLE stale (
        mark INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL UNIQUE,
        leased_until INTEGER NOT NULL DEFAULT 0
    );

    CREATE TABLE charter (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        protocol TEXT NOT NULL,
        overlay TEXT,
        zone TEXT NOT NULL,
        rules TEXT NOT NULL
    );
    CREATE TABLE rule_book (digest TEXT PRIMARY KEY, texts TEXT NOT NULL, activated_at INTEGER NOT NULL);
    """,
)
