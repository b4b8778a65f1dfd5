-- Searching a ledger of many years: every question a counter asks is answered from an index or from a counter, so that
-- none grows with the ledger.

-- Where a case stands among all cases: its day, then its ordinal. Newest first is this, downwards.
ALTER TABLE case_line ADD COLUMN place INTEGER
    GENERATED ALWAYS AS (CAST(replace(day, '-', '') AS INTEGER) * 10000000000 + ordinal) VIRTUAL;
CREATE INDEX case_line_by_place ON case_line (place, case_id);
CREATE INDEX case_line_by_stage ON case_line (stage, place, case_id);
CREATE INDEX case_line_open ON case_line (place, case_id) WHERE stage NOT IN ('sealed', 'refused', 'withdrawn');

-- Every run of one, two and three characters of a name, so that any part of it is found without reading all names. A dot
-- between the parts of a name stands as U+00B7 here, whichever the chip had.
CREATE TABLE name_part (
    part    TEXT NOT NULL,
    place   INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (part, place, case_id)
) STRICT, WITHOUT ROWID;
INSERT INTO name_part (part, place, case_id)
WITH RECURSIVE
    begins (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM begins WHERE i < 100),
    runs (k) AS (VALUES (1), (2), (3)),
    folded (name, place, case_id) AS (
        SELECT replace(replace(replace(replace(name, char(0x2022), char(0xb7)), char(0x30fb), char(0xb7)),
                       char(0x2027), char(0xb7)), char(0xff0e), char(0xb7)), place, case_id
        FROM case_line WHERE name IS NOT NULL
    )
SELECT DISTINCT substr(name, i, k), place, case_id
FROM folded, begins, runs WHERE i + k - 1 <= length(name);

-- The account of a block is kept beside it. The view number_balance still counts the rows themselves: it is what the
-- verifier compares these with.
ALTER TABLE number_block ADD COLUMN drawn     INTEGER NOT NULL DEFAULT 0 CHECK (drawn >= 0);
ALTER TABLE number_block ADD COLUMN reserved  INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0);
ALTER TABLE number_block ADD COLUMN printed   INTEGER NOT NULL DEFAULT 0 CHECK (printed >= 0);
ALTER TABLE number_block ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed >= 0);
ALTER TABLE number_block ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0 CHECK (delivered >= 0);
ALTER TABLE number_block ADD COLUMN spoiled   INTEGER NOT NULL DEFAULT 0 CHECK (spoiled >= 0);
UPDATE number_block SET (drawn, reserved, printed, confirmed, delivered, spoiled) = (
    SELECT drawn, reserved, printed, confirmed, delivered, spoiled FROM number_balance b WHERE b.lo = number_block.lo
);
CREATE TRIGGER card_number_is_counted AFTER INSERT ON card_number WHEN new.n IS NOT NULL BEGIN
    UPDATE number_block SET
        drawn     = max(drawn, new.n - lo + 1),
        reserved  = reserved  + (new.state = 'reserved'),
        printed   = printed   + (new.state = 'printed'),
        confirmed = confirmed + (new.state = 'confirmed'),
        delivered = delivered + (new.state = 'delivered'),
        spoiled   = spoiled   + (new.state = 'spoiled')
    WHERE lo = (SELECT max(lo) FROM number_block WHERE lo <= new.n) AND hi >= new.n;
END;
CREATE TRIGGER card_number_is_counted_again AFTER UPDATE OF state ON card_number WHEN new.n IS NOT NULL BEGIN
    UPDATE number_block SET
        reserved  = reserved  + (new.state = 'reserved')  - (old.state = 'reserved'),
        printed   = printed   + (new.state = 'printed')   - (old.state = 'printed'),
        confirmed = confirmed + (new.state = 'confirmed') - (old.state = 'confirmed'),
        delivered = delivered + (new.state = 'delivered') - (old.state = 'delivered'),
        spoiled   = spoiled   + (new.state = 'spoiled')   - (old.state = 'spoiled')
    WHERE lo = (SELECT max(lo) FROM number_block WHERE lo <= new.n) AND hi >= new.n;
END;

-- How many messages are in each state.
CREATE TABLE outbox_tally (
    state TEXT NOT NULL PRIMARY KEY CHECK (state IN ('due', 'in_flight', 'done', 'rejected', 'unknown')),
    n     INTEGER NOT NULL CHECK (n >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_tally (state, n)
WITH states (state) AS (VALUES ('due'), ('in_flight'), ('done'), ('rejected'), ('unknown'))
SELECT state, (SELECT count(*) FROM outbox o WHERE o.state = states.state) FROM states;
CREATE TRIGGER outbox_is_counted AFTER INSERT ON outbox BEGIN
    UPDATE outbox_tally SET n = n + 1 WHERE state = new.state;
END;
CREATE TRIGGER outbox_is_counted_again AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
    UPDATE outbox_tally SET n = n - 1 WHERE state = old.state;
    UPDATE outbox_tally SET n = n + 1 WHERE state = new.state;
END;

-- Prints of which nobody has said whether a card came out: asked for at every start.
CREATE INDEX print_attempt_unsettled ON print_attempt (case_id) WHERE verdict IS NULL;
CREATE INDEX print_attempt_of_number ON print_attempt (number, ordinal);
