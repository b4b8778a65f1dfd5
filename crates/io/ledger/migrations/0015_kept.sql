-- What erasing a case did not reach: free words in the books of numbers and blanks, in facts of the station that speak of the
-- case, and the slips given at the door, which are from now on facts of the station and stand in the chain. This file never
-- changes once a ledger has been made with it.

-- A cause that a person typed goes with its case, and nothing else of a number or a blank does.
DROP TRIGGER card_number_only_goes_forward;
CREATE TRIGGER card_number_only_goes_forward BEFORE UPDATE ON card_number
WHEN (new.number IS NOT old.number OR new.n IS NOT old.n OR new.case_id IS NOT old.case_id OR NOT (
    (old.state = 'reserved'  AND new.state IN ('printed', 'confirmed', 'spoiled')) OR
    (old.state = 'printed'   AND new.state IN ('printed', 'confirmed', 'spoiled')) OR
    (old.state = 'confirmed' AND new.state IN ('delivered', 'spoiled'))
)) AND NOT (new.number IS old.number AND new.n IS old.n AND new.case_id IS old.case_id AND new.state IS old.state
            AND new.cause = '（已删除）' AND EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = old.case_id)) BEGIN
    SELECT RAISE(ABORT, 'a number only goes forward');
END;
DROP TRIGGER blank_only_goes_forward;
CREATE TRIGGER blank_only_goes_forward BEFORE UPDATE ON blank
WHEN (new.id IS NOT old.id OR new.batch IS NOT old.batch OR new.serial IS NOT old.serial
  OR (old.number IS NOT NULL AND new.number IS NOT old.number) OR NOT (
    (old.state = 'on_hand' AND new.state IN ('used', 'spoiled', 'lost')) OR
    (old.state = 'used'    AND new.state = 'spoiled')
)) AND NOT (new.id IS old.id AND new.batch IS old.batch AND new.serial IS old.serial AND new.number IS old.number
            AND new.state IS old.state AND new.at IS old.at AND new.actor IS old.actor AND new.cause = '（已删除）'
            AND EXISTS (SELECT 1 FROM card_number c JOIN erasure e ON e.case_id = c.case_id
                        WHERE c.number = old.number)) BEGIN
    SELECT RAISE(ABORT, 'a blank only goes forward');
END;

-- Facts of the station whose words about a case went with it. The fact of the erasure names each of them, and is chained.
CREATE TABLE words_erased (
    station_seq INTEGER NOT NULL REFERENCES station_fact (seq),
    case_id     TEXT NOT NULL REFERENCES erasure (case_id),
    PRIMARY KEY (station_seq, case_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER words_go_with_their_erasure BEFORE INSERT ON words_erased
WHEN NOT EXISTS (SELECT 1 FROM erasure e JOIN station_fact s ON s.seq = e.station_seq, json_each(s.body, '$.words') w
                 WHERE e.case_id = new.case_id AND w.value = new.station_seq) BEGIN
    SELECT RAISE(ABORT, 'the erasure does not name this fact');
END;
CREATE TRIGGER words_erased_are_not_changed BEFORE UPDATE ON words_erased BEGIN
    SELECT RAISE(ABORT, 'an erasure is never changed');
END;
CREATE TRIGGER words_erased_are_not_removed BEFORE DELETE ON words_erased BEGIN
    SELECT RAISE(ABORT, 'an erasure is never removed');
END;
DROP TRIGGER station_fact_is_not_changed;
CREATE TRIGGER station_fact_is_not_changed BEFORE UPDATE ON station_fact
WHEN new.seq IS NOT old.seq OR new.at IS NOT old.at OR new.actor IS NOT old.actor OR new.kind IS NOT old.kind
  OR new.body_hash IS NOT old.body_hash
  OR NOT EXISTS (SELECT 1 FROM words_erased w WHERE w.station_seq = old.seq) BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;
CREATE INDEX station_fact_of_unmasked ON station_fact (body ->> 'case') WHERE kind = 'unmasked';
CREATE INDEX station_fact_of_import ON station_fact (seq) WHERE kind = 'receipts_imported';

-- Slips at the door. Each is a fact of the station; those from before stand without one and are counted here. The sheet goes
-- when its time is over, and the fact of that names the day.
CREATE TABLE door_slip_chained (
    number      TEXT NOT NULL PRIMARY KEY,
    window      TEXT NOT NULL,
    day         TEXT NOT NULL,
    ordinal     INTEGER NOT NULL CHECK (ordinal >= 1),
    at          TEXT NOT NULL,
    actor       TEXT NOT NULL,
    reasons     TEXT NOT NULL CHECK (length(reasons) > 0),
    pdf         TEXT REFERENCES picture (hash),
    station_seq INTEGER UNIQUE REFERENCES station_fact (seq),
    UNIQUE (window, day, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO door_slip_chained (number, window, day, ordinal, at, actor, reasons, pdf)
SELECT number, window, day, ordinal, at, actor, reasons, pdf FROM door_slip;
DROP TABLE door_slip;
ALTER TABLE door_slip_chained RENAME TO door_slip;
INSERT OR REPLACE INTO setting (name, value) SELECT 'door_slip.unchained', count(*) FROM door_slip;
CREATE INDEX door_slip_with_sheet ON door_slip (day) WHERE pdf IS NOT NULL;
CREATE TRIGGER door_slip_is_not_changed BEFORE UPDATE ON door_slip
WHEN new.number IS NOT old.number OR new.window IS NOT old.window OR new.day IS NOT old.day
  OR new.ordinal IS NOT old.ordinal OR new.at IS NOT old.at OR new.actor IS NOT old.actor
  OR new.reasons IS NOT old.reasons OR new.station_seq IS NOT old.station_seq OR new.pdf IS NOT NULL
  OR NOT EXISTS (SELECT 1 FROM station_fact s WHERE s.kind = 'door_slips_erased' AND s.body ->> 'before' > old.day) BEGIN
    SELECT RAISE(ABORT, 'a slip that was given out is never changed');
END;
CREATE TRIGGER door_slip_is_not_removed BEFORE DELETE ON door_slip BEGIN
    SELECT RAISE(ABORT, 'a slip that was given out is never removed');
END;
CREATE TRIGGER door_slip_is_counted AFTER INSERT ON door_slip BEGIN
    INSERT INTO tally (day, window, what, part, n)
    SELECT new.day, new.window, 'at_door', reason.value, 1
    FROM json_each('["' || replace(new.reasons, ' ', '","') || '"]') reason WHERE true
    ON CONFLICT (day, window, what, part) DO UPDATE SET n = n + 1;
END;
CREATE INDEX station_fact_of_slips_erased ON station_fact (body ->> 'before') WHERE kind = 'door_slips_erased';
