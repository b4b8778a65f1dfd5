-- People of the station, their tries to sign in, and the station's own facts in the one journal.

-- Nobody is ever removed: a name stays in the rows it stands in.
CREATE TABLE person (
    name      TEXT NOT NULL PRIMARY KEY,
    roles     TEXT NOT NULL,
    password  TEXT NOT NULL CHECK (password LIKE '$argon2id$%'),
    dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER person_is_not_removed BEFORE DELETE ON person BEGIN
    SELECT RAISE(ABORT, 'a person is dismissed and not removed');
END;

-- Wrong tries by the keyed hash of the name as it was typed: a name that is not there locks like any other.
CREATE TABLE sign_in_try (
    name_hash    TEXT NOT NULL PRIMARY KEY CHECK (length(name_hash) = 64),
    wrong        INTEGER NOT NULL CHECK (wrong >= 0),
    locked_from  TEXT,
    locked_until TEXT,
    CHECK ((locked_from IS NULL) = (locked_until IS NULL))
) STRICT, WITHOUT ROWID;

-- What happened at the station and belongs to no case. Inserted, never overwritten.
CREATE TABLE station_fact (
    seq       INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    body      TEXT NOT NULL,
    body_hash TEXT NOT NULL CHECK (length(body_hash) = 64)
) STRICT;
CREATE TRIGGER station_fact_is_not_changed BEFORE UPDATE ON station_fact BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;
CREATE TRIGGER station_fact_is_not_removed BEFORE DELETE ON station_fact BEGIN
    SELECT RAISE(ABORT, 'a fact is never removed');
END;

-- The chain over both kinds of facts. A row without a case speaks of the station's fact of that place. Rows that were
-- there before are copied as they stand, with their hashes.
CREATE TABLE journal_of_both (
    n           INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
    at          TEXT NOT NULL,
    actor       TEXT NOT NULL,
    case_id     TEXT,
    seq         INTEGER,
    station_seq INTEGER UNIQUE REFERENCES station_fact (seq),
    kind        TEXT NOT NULL,
    body_hash   TEXT NOT NULL CHECK (length(body_hash) = 64),
    prev        TEXT NOT NULL CHECK (length(prev) = 64),
    hash        TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES fact (case_id, seq),
    CHECK ((case_id IS NULL) = (seq IS NULL) AND (case_id IS NULL) = (station_seq IS NOT NULL))
) STRICT;
INSERT INTO journal_of_both (n, at, actor, case_id, seq, kind, body_hash, prev, hash)
SELECT n, at, actor, case_id, seq, kind, body_hash, prev, hash FROM journal ORDER BY n;
DROP TABLE journal;
ALTER TABLE journal_of_both RENAME TO journal;
CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal BEGIN
    SELECT RAISE(ABORT, 'a journal row is never changed');
END;
CREATE TRIGGER journal_is_not_removed BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'a journal row is never removed');
END;
