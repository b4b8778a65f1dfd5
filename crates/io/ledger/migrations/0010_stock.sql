-- Blank cards (空白证), old numbers that are void, and the counts of a day. This file never changes once a ledger has been
-- made with it.

-- Batches of blanks as they came in. Serials are named where the blank bears the card's number.
CREATE TABLE blank_batch (
    station_seq INTEGER NOT NULL PRIMARY KEY REFERENCES station_fact (seq),
    at          TEXT NOT NULL,
    actor       TEXT NOT NULL,
    first       TEXT,
    last        TEXT,
    n           INTEGER NOT NULL CHECK (n BETWEEN 1 AND 10000),
    source      TEXT NOT NULL CHECK (length(source) > 0),
    CHECK ((first IS NULL) = (last IS NULL))
) STRICT;
CREATE TRIGGER blank_batch_is_not_changed BEFORE UPDATE ON blank_batch BEGIN
    SELECT RAISE(ABORT, 'a batch that came in is never changed');
END;
CREATE TRIGGER blank_batch_is_not_removed BEFORE DELETE ON blank_batch BEGIN
    SELECT RAISE(ABORT, 'a batch that came in is never removed');
END;

-- Every blank there ever was. A row without a batch is one that a print used although the book had none. at, actor and
-- cause are of the last move.
CREATE TABLE blank (
    id     INTEGER NOT NULL PRIMARY KEY,
    batch  INTEGER REFERENCES blank_batch (station_seq),
    serial TEXT UNIQUE,
    state  TEXT NOT NULL CHECK (state IN ('on_hand', 'used', 'spoiled', 'lost')),
    number TEXT UNIQUE REFERENCES card_number (number),
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    cause  TEXT,
    CHECK ((state IN ('spoiled', 'lost')) = (cause IS NOT NULL)),
    CHECK (state <> 'used' OR number IS NOT NULL),
    CHECK (state IN ('used', 'spoiled') OR (batch IS NOT NULL AND number IS NULL))
) STRICT;
CREATE INDEX blank_on_hand ON blank (serial, id) WHERE state = 'on_hand';
CREATE INDEX blank_of_batch ON blank (batch);
CREATE INDEX blank_moved ON blank (state, at, id) WHERE state <> 'on_hand';
CREATE TRIGGER blank_is_not_removed BEFORE DELETE ON blank BEGIN
    SELECT RAISE(ABORT, 'a blank is used, spoiled or lost, and never removed');
END;
CREATE TRIGGER blank_only_goes_forward BEFORE UPDATE ON blank
WHEN new.id IS NOT old.id OR new.batch IS NOT old.batch OR new.serial IS NOT old.serial
  OR (old.number IS NOT NULL AND new.number IS NOT old.number) OR NOT (
    (old.state = 'on_hand' AND new.state IN ('used', 'spoiled', 'lost')) OR
    (old.state = 'used'    AND new.state = 'spoiled')
) BEGIN
    SELECT RAISE(ABORT, 'a blank only goes forward');
END;

-- How many blanks are in each state, with and without a serial.
CREATE TABLE blank_tally (
    state      TEXT NOT NULL CHECK (state IN ('on_hand', 'used', 'spoiled', 'lost')),
    has_serial INTEGER NOT NULL CHECK (has_serial IN (0, 1)),
    n          INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (state, has_serial)
) STRICT, WITHOUT ROWID;
INSERT INTO blank_tally (state, has_serial, n)
WITH states (state) AS (VALUES ('on_hand'), ('used'), ('spoiled'), ('lost'))
SELECT state, has, 0 FROM states, (SELECT 0 AS has UNION ALL SELECT 1);

-- Numbers in work: few, however long the ledger.
CREATE INDEX card_number_in_work ON card_number (state) WHERE state IN ('reserved', 'printed', 'confirmed');

-- Old numbers, of this counter or another, that are void since the card in their place was delivered.
CREATE TABLE void_number (
    number  TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_line (case_id),
    at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER void_number_is_not_changed BEFORE UPDATE ON void_number BEGIN
    SELECT RAISE(ABORT, 'a number that is void stays void');
END;
CREATE TRIGGER void_number_is_not_removed BEFORE DELETE ON void_number BEGIN
    SELECT RAISE(ABORT, 'a number that is void stays void');
END;

-- What happened on a day of China Standard Time, by kind: facts, and moves of blanks.
CREATE TABLE day_tally (
    kind TEXT NOT NULL,
    day  TEXT NOT NULL CHECK (length(day) = 10),
    n    INTEGER NOT NULL CHECK (n >= 1),
    PRIMARY KEY (kind, day)
) STRICT, WITHOUT ROWID;

-- What the facts themselves say, which is what day_tally has to equal. It reads every fact.
CREATE VIEW day_count AS
SELECT kind, date(at, '+8 hours') AS day, count(*) AS n FROM fact
WHERE kind IN ('opened', 'accepted', 'refused', 'withdrawn', 'delivered', 'sealed', 'number_reserved', 'number_spoiled',
               'card_confirmed', 'card_spoiled', 'old_card_voided', 'receipt_reprinted')
GROUP BY 1, 2
UNION ALL
SELECT 'card_unmade', date(f.at, '+8 hours'), count(*) FROM fact f
WHERE f.kind = 'card_spoiled' AND EXISTS (
    SELECT 1 FROM fact e WHERE e.case_id = f.case_id AND e.seq < f.seq AND e.kind = 'card_confirmed'
      AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.case_id = f.case_id AND r.kind = 'number_reserved'
                                             AND r.seq > e.seq AND r.seq < f.seq))
GROUP BY 2
UNION ALL
SELECT 'old_card_in', date(f.at, '+8 hours'), count(*) FROM fact f JOIN case_line l ON l.case_id = f.case_id
WHERE f.kind = 'accepted' AND l.kind = 'reissue_damaged'
GROUP BY 2
UNION ALL
SELECT 'old_card_back', date(f.at, '+8 hours'), count(*) FROM fact f JOIN case_line l ON l.case_id = f.case_id
WHERE f.kind IN ('refused', 'withdrawn') AND l.kind = 'reissue_damaged'
  AND EXISTS (SELECT 1 FROM fact e WHERE e.case_id = f.case_id AND e.kind = 'accepted')
GROUP BY 2
UNION ALL
SELECT 'old_card_out', date(f.at, '+8 hours'), count(*) FROM fact f JOIN case_line l ON l.case_id = f.case_id
WHERE f.kind = 'handed_over' AND l.kind = 'reissue_damaged'
  AND NOT EXISTS (SELECT 1 FROM fact e WHERE e.case_id = f.case_id AND e.seq < f.seq AND e.kind = 'handed_over')
GROUP BY 2;
INSERT INTO day_tally (kind, day, n) SELECT kind, day, n FROM day_count;

CREATE TRIGGER fact_of_day_is_counted AFTER INSERT ON fact
WHEN new.kind IN ('opened', 'accepted', 'refused', 'withdrawn', 'delivered', 'sealed', 'number_reserved', 'number_spoiled',
                  'card_confirmed', 'card_spoiled', 'old_card_voided', 'receipt_reprinted') BEGIN
    INSERT INTO day_tally (kind, day, n) VALUES (new.kind, date(new.at, '+8 hours'), 1)
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER unmade_card_is_counted AFTER INSERT ON fact WHEN new.kind = 'card_spoiled' BEGIN
    INSERT INTO day_tally (kind, day, n) SELECT 'card_unmade', date(new.at, '+8 hours'), 1
    WHERE EXISTS (
        SELECT 1 FROM fact e WHERE e.case_id = new.case_id AND e.seq < new.seq AND e.kind = 'card_confirmed'
          AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.case_id = new.case_id AND r.kind = 'number_reserved'
                                                 AND r.seq > e.seq AND r.seq < new.seq))
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER old_card_is_counted AFTER INSERT ON fact
WHEN new.kind IN ('accepted', 'refused', 'withdrawn', 'handed_over') BEGIN
    INSERT INTO day_tally (kind, day, n)
    SELECT CASE new.kind WHEN 'accepted' THEN 'old_card_in' WHEN 'handed_over' THEN 'old_card_out' ELSE 'old_card_back' END,
           date(new.at, '+8 hours'), 1
    FROM case_line l WHERE l.case_id = new.case_id AND l.kind = 'reissue_damaged' AND CASE new.kind
        WHEN 'accepted' THEN 1
        WHEN 'handed_over' THEN NOT EXISTS (SELECT 1 FROM fact e WHERE e.case_id = new.case_id AND e.seq < new.seq
                                                                   AND e.kind = 'handed_over')
        ELSE EXISTS (SELECT 1 FROM fact e WHERE e.case_id = new.case_id AND e.kind = 'accepted')
    END
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER blank_is_counted AFTER INSERT ON blank BEGIN
    UPDATE blank_tally SET n = n + 1 WHERE state = new.state AND has_serial = (new.serial IS NOT NULL);
    INSERT INTO day_tally (kind, day, n)
    VALUES (CASE WHEN new.batch IS NULL THEN 'blank_unbooked' ELSE 'blank_received' END, date(new.at, '+8 hours'), 1)
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
    INSERT INTO day_tally (kind, day, n) SELECT 'blank_' || new.state, date(new.at, '+8 hours'), 1
    WHERE new.state <> 'on_hand'
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER blank_is_counted_again AFTER UPDATE OF state ON blank BEGIN
    UPDATE blank_tally SET n = n - 1 WHERE state = old.state AND has_serial = (old.serial IS NOT NULL);
    UPDATE blank_tally SET n = n + 1 WHERE state = new.state AND has_serial = (new.serial IS NOT NULL);
    INSERT INTO day_tally (kind, day, n) VALUES ('blank_' || new.state, date(new.at, '+8 hours'), 1)
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
    INSERT INTO day_tally (kind, day, n) SELECT 'blank_unused', date(new.at, '+8 hours'), 1
    WHERE old.state = 'used'
    ON CONFLICT (kind, day) DO UPDATE SET n = n + 1;
END;

-- The closes of days (日结). The body is that of the station's fact.
CREATE TABLE day_close (
    day         TEXT NOT NULL,
    row         INTEGER NOT NULL CHECK (row >= 1),
    station_seq INTEGER NOT NULL UNIQUE REFERENCES station_fact (seq),
    PRIMARY KEY (day, row)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER day_close_is_not_changed BEFORE UPDATE ON day_close BEGIN
    SELECT RAISE(ABORT, 'a close of a day is never changed');
END;
CREATE TRIGGER day_close_is_not_removed BEFORE DELETE ON day_close BEGIN
    SELECT RAISE(ABORT, 'a close of a day is never removed');
END;
