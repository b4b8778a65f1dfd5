-- The first schema of the ledger (台账). This file never changes once a ledger has been made with it.
-- Instants are RFC 3339 text in UTC, civil days are YYYY-MM-DD of China Standard Time.

CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One line a case, worked out from its facts, for the lobby and for look-ups.
CREATE TABLE case_line (
    case_id      TEXT NOT NULL PRIMARY KEY,
    day          TEXT NOT NULL,
    ordinal      INTEGER NOT NULL CHECK (ordinal >= 1),
    kind         TEXT NOT NULL CHECK (kind IN ('first', 'reissue_lost', 'reissue_damaged')),
    training     INTEGER NOT NULL CHECK (training IN (0, 1)),
    stage        TEXT NOT NULL CHECK (stage IN ('draft', 'accepted', 'numbered', 'printing', 'made', 'delivered',
                                                'sealed', 'refused', 'withdrawn')),
    parked       INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)),
    name         TEXT,
    holder       TEXT CHECK (holder IS NULL OR length(holder) = 64),
    last_seq     INTEGER NOT NULL CHECK (last_seq >= 0),
    opened_at    TEXT NOT NULL,
    moved_at     TEXT NOT NULL,
    delivered_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX case_line_of_day ON case_line (day, ordinal);
CREATE INDEX case_line_of_holder ON case_line (holder) WHERE holder IS NOT NULL;
CREATE INDEX case_line_delivered ON case_line (delivered_on) WHERE delivered_on IS NOT NULL;

-- What happened. Inserted, never overwritten.
CREATE TABLE fact (
    case_id   TEXT NOT NULL REFERENCES case_line (case_id),
    seq       INTEGER NOT NULL CHECK (seq >= 1),
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    body      TEXT NOT NULL,
    body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
    PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fact_is_not_changed BEFORE UPDATE ON fact BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;
CREATE TRIGGER fact_is_not_removed BEFORE DELETE ON fact BEGIN
    SELECT RAISE(ABORT, 'a fact is never removed');
END;

-- The chain over all facts of all cases, in the order they were committed.
CREATE TABLE journal (
    n         INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    seq       INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    body_hash TEXT NOT NULL CHECK (length(body_hash) = 64),
    prev      TEXT NOT NULL CHECK (length(prev) = 64),
    hash      TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES fact (case_id, seq)
) STRICT;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'a journal row is never changed');
END;
CREATE TRIGGER journal_is_not_removed BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'a journal row is never removed');
END;

-- Numbers granted to this counter. Both ends belong to the block.
CREATE TABLE number_block (
    lo INTEGER NOT NULL PRIMARY KEY CHECK (lo >= 1),
    hi INTEGER NOT NULL UNIQUE CHECK (hi >= lo)
) STRICT;

-- Every number ever reserved, in whatever state. A number never returns to the pool, so no row is ever removed.
CREATE TABLE card_number (
    number  TEXT NOT NULL PRIMARY KEY,
    n       INTEGER UNIQUE CHECK (n IS NULL OR n >= 1),
    case_id TEXT NOT NULL REFERENCES case_line (case_id),
    state   TEXT NOT NULL CHECK (state IN ('reserved', 'printed', 'confirmed', 'delivered', 'spoiled')),
    cause   TEXT,
    CHECK ((state = 'spoiled') = (cause IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX card_number_of_case ON card_number (case_id);
CREATE TRIGGER card_number_is_not_removed BEFORE DELETE ON card_number BEGIN
    SELECT RAISE(ABORT, 'a number never returns to the pool');
END;
CREATE TRIGGER card_number_only_goes_forward BEFORE UPDATE ON card_number
WHEN new.number IS NOT old.number OR new.n IS NOT old.n OR new.case_id IS NOT old.case_id OR NOT (
    (old.state = 'reserved'  AND new.state IN ('printed', 'confirmed', 'spoiled')) OR
    (old.state = 'printed'   AND new.state IN ('printed', 'confirmed', 'spoiled')) OR
    (old.state = 'confirmed' AND new.state IN ('delivered', 'spoiled'))
) BEGIN
    SELECT RAISE(ABORT, 'a number only goes forward');
END;

-- One row a block: how many numbers were drawn, and how many rows account for them. They are equal, always.
CREATE VIEW number_balance AS
SELECT b.lo, b.hi,
       coalesce(max(c.n) - b.lo + 1, 0)               AS drawn,
       count(c.n)                                     AS accounted,
       count(c.n) FILTER (WHERE c.state = 'reserved')  AS reserved,
       count(c.n) FILTER (WHERE c.state = 'printed')   AS printed,
       count(c.n) FILTER (WHERE c.state = 'confirmed') AS confirmed,
       count(c.n) FILTER (WHERE c.state = 'delivered') AS delivered,
       count(c.n) FILTER (WHERE c.state = 'spoiled')   AS spoiled
FROM number_block b LEFT JOIN card_number c ON c.n BETWEEN b.lo AND b.hi
GROUP BY b.lo, b.hi;

-- A print that was decided. The row is there before the job is sent.
CREATE TABLE print_attempt (
    attempt TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_line (case_id),
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    number  TEXT NOT NULL REFERENCES card_number (number),
    reprint TEXT,
    at      TEXT NOT NULL,
    queue   TEXT NOT NULL,
    job     TEXT,
    outcome TEXT CHECK (outcome IN ('device_confirmed', 'spooler_confirmed', 'failed', 'unknown')),
    verdict TEXT CHECK (verdict IN ('confirmed', 'spoiled')),
    UNIQUE (case_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_first_print_a_number ON print_attempt (number) WHERE reprint IS NULL;
CREATE UNIQUE INDEX one_good_card_a_number ON print_attempt (number) WHERE verdict = 'confirmed';

-- What has to reach a platform. The body is frozen here and never rebuilt. due_at counts milliseconds since 1970.
CREATE TABLE outbox (
    id          INTEGER NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES case_line (case_id),
    seq_in_case INTEGER NOT NULL CHECK (seq_in_case >= 1),
    kind        TEXT NOT NULL,
    platform    TEXT NOT NULL,
    key         TEXT NOT NULL UNIQUE,
    body        TEXT NOT NULL,
    body_sm3    TEXT NOT NULL CHECK (length(body_sm3) = 64),
    state       TEXT NOT NULL CHECK (state IN ('due', 'in_flight', 'done', 'rejected', 'unknown')),
    attempt     INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    unreadable  INTEGER NOT NULL DEFAULT 0 CHECK (unreadable >= 0),
    due_at      INTEGER NOT NULL,
    last_code   TEXT,
    last_text   TEXT,
    receipt     TEXT,
    UNIQUE (case_id, seq_in_case),
    CHECK ((state = 'done') = (receipt IS NOT NULL))
) STRICT;
CREATE INDEX outbox_undone ON outbox (state, due_at) WHERE state <> 'done';
CREATE TRIGGER outbox_body_is_frozen BEFORE UPDATE ON outbox
WHEN new.body IS NOT old.body OR new.body_sm3 IS NOT old.body_sm3 OR new.key IS NOT old.key OR old.state = 'done' BEGIN
    SELECT RAISE(ABORT, 'a message is frozen');
END;
CREATE TRIGGER outbox_is_not_removed BEFORE DELETE ON outbox BEGIN
    SELECT RAISE(ABORT, 'a message is never removed');
END;

-- The key of each stored picture. Without its row the file beside the ledger is noise.
CREATE TABLE picture (
    hash       TEXT NOT NULL PRIMARY KEY CHECK (length(hash) = 64),
    suite      TEXT NOT NULL CHECK (suite = 'aes-256-gcm'),
    secret     BLOB NOT NULL CHECK (length(secret) = 32),
    byte_count INTEGER NOT NULL CHECK (byte_count >= 0)
) STRICT, WITHOUT ROWID;
