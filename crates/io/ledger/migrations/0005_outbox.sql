-- Two messages of one fact, platforms without idempotency keys, systems that were closed, and pauses that a jump of the
-- clock does not lengthen. A CHECK and a UNIQUE cannot be changed in place, so the table is written anew.
CREATE TABLE outbox_next (
    id          INTEGER NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES case_line (case_id),
    seq_in_case INTEGER NOT NULL CHECK (seq_in_case >= 1),
    -- Among the messages of that fact.
    place       INTEGER NOT NULL CHECK (place >= 1),
    kind        TEXT NOT NULL,
    platform    TEXT NOT NULL,
    key         TEXT NOT NULL UNIQUE,
    keyed       INTEGER NOT NULL CHECK (keyed IN (0, 1)),
    body        TEXT NOT NULL,
    body_sm3    TEXT NOT NULL CHECK (length(body_sm3) = 64),
    state       TEXT NOT NULL CHECK (state IN ('due', 'in_flight', 'done', 'rejected', 'unknown', 'closed')),
    attempt     INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    unreadable  INTEGER NOT NULL DEFAULT 0 CHECK (unreadable >= 0),
    -- When it came into its state; for one that waits, when its pause was decided.
    since       INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    last_code   TEXT,
    last_text   TEXT,
    receipt     TEXT,
    UNIQUE (case_id, seq_in_case, place),
    CHECK ((state = 'done') = (receipt IS NOT NULL))
) STRICT;
INSERT INTO outbox_next (id, case_id, seq_in_case, place, kind, platform, key, keyed, body, body_sm3, state, attempt,
                         unreadable, since, due_at, last_code, last_text, receipt)
SELECT id, case_id, seq_in_case, 1, kind, platform, key, 1, body, body_sm3, state, attempt,
       unreadable, due_at, due_at, last_code, last_text, receipt
FROM outbox ORDER BY id;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;

CREATE TABLE outbox_tally_next (
    state TEXT NOT NULL PRIMARY KEY CHECK (state IN ('due', 'in_flight', 'done', 'rejected', 'unknown', 'closed')),
    n     INTEGER NOT NULL CHECK (n >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_tally_next (state, n) SELECT state, n FROM outbox_tally UNION ALL SELECT 'closed', 0;
DROP TABLE outbox_tally;
ALTER TABLE outbox_tally_next RENAME TO outbox_tally;

CREATE INDEX outbox_undone ON outbox (state, due_at) WHERE state <> 'done';
CREATE TRIGGER outbox_body_is_frozen BEFORE UPDATE ON outbox
WHEN new.body IS NOT old.body OR new.body_sm3 IS NOT old.body_sm3 OR new.key IS NOT old.key OR old.state = 'done' BEGIN
    SELECT RAISE(ABORT, 'a message is frozen');
END;
CREATE TRIGGER outbox_is_not_removed BEFORE DELETE ON outbox BEGIN
    SELECT RAISE(ABORT, 'a message is never removed');
END;
CREATE TRIGGER outbox_is_counted AFTER INSERT ON outbox BEGIN
    UPDATE outbox_tally SET n = n + 1 WHERE state = new.state;
END;
CREATE TRIGGER outbox_is_counted_again AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
    UPDATE outbox_tally SET n = n - 1 WHERE state = old.state;
    UPDATE outbox_tally SET n = n + 1 WHERE state = new.state;
END;
