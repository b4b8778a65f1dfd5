-- Erasing what is known of a person when its time is over (保存期限): the one change of a fact that there is. A fact keeps its
-- place, day, actor, kind and hash, so that the chain still verifies; its body goes, and nothing else may be put there.
-- This file never changes once a ledger has been made with it.

-- Cases whose people were forgotten, each with the station's fact that says so.
CREATE TABLE erasure (
    case_id     TEXT NOT NULL PRIMARY KEY REFERENCES case_line (case_id),
    station_seq INTEGER NOT NULL REFERENCES station_fact (seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erasure_takes_closed_and_sent_cases_only BEFORE INSERT ON erasure
WHEN NOT EXISTS (SELECT 1 FROM case_line l WHERE l.case_id = new.case_id AND l.stage IN ('sealed', 'refused', 'withdrawn'))
  OR EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = new.case_id AND o.state <> 'done')
  OR NOT EXISTS (SELECT 1 FROM station_fact s
                 WHERE s.seq = new.station_seq AND s.kind = 'erased' AND s.body ->> 'case' = new.case_id) BEGIN
    SELECT RAISE(ABORT, 'what is open, unsent or not on record is not erased');
END;
CREATE TRIGGER erasure_is_not_changed BEFORE UPDATE ON erasure BEGIN
    SELECT RAISE(ABORT, 'an erasure is never changed');
END;
CREATE TRIGGER erasure_is_not_removed BEFORE DELETE ON erasure BEGIN
    SELECT RAISE(ABORT, 'an erasure is never removed');
END;

DROP TRIGGER fact_is_not_changed;
CREATE TRIGGER fact_is_not_changed BEFORE UPDATE ON fact
WHEN new.case_id IS NOT old.case_id OR new.seq IS NOT old.seq OR new.at IS NOT old.at OR new.actor IS NOT old.actor
  OR new.kind IS NOT old.kind OR new.body_hash IS NOT old.body_hash OR new.body <> '{"erased":true}'
  OR NOT EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = old.case_id) BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;
CREATE TRIGGER fact_comes_to_no_erased_case BEFORE INSERT ON fact
WHEN EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = new.case_id) BEGIN
    SELECT RAISE(ABORT, 'the case was erased');
END;

DROP TRIGGER outbox_body_is_frozen;
CREATE TRIGGER outbox_body_is_frozen BEFORE UPDATE ON outbox
WHEN (new.body IS NOT old.body OR new.body_sm3 IS NOT old.body_sm3 OR new.key IS NOT old.key OR old.state = 'done')
 AND NOT (old.state = 'done' AND new.state IS old.state AND new.body = '' AND new.body_sm3 IS old.body_sm3
          AND new.key IS old.key AND new.receipt IS old.receipt AND new.case_id IS old.case_id
          AND EXISTS (SELECT 1 FROM erasure e WHERE e.case_id = old.case_id)) BEGIN
    SELECT RAISE(ABORT, 'a message is frozen');
END;

-- How many facts name a picture. With the last of them the picture's key goes, and its file is noise. A text of 64
-- characters in a body is a picture's name when a picture has it, whatever kind of fact it stands in.
ALTER TABLE picture ADD COLUMN uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0);
UPDATE picture SET uses =
    (SELECT count(*) FROM (SELECT DISTINCT f.case_id, f.seq, t.value FROM fact f, json_tree(f.body) t
                           WHERE t.type = 'text' AND length(t.value) = 64) named WHERE named.value = picture.hash)
  + (SELECT count(*) FROM (SELECT DISTINCT s.seq, t.value FROM station_fact s, json_tree(s.body) t
                           WHERE t.type = 'text' AND length(t.value) = 64) named WHERE named.value = picture.hash)
  + (SELECT count(*) FROM door_slip d WHERE d.pdf = picture.hash);
CREATE TRIGGER fact_uses_pictures AFTER INSERT ON fact BEGIN
    UPDATE picture SET uses = uses + 1
    WHERE hash IN (SELECT t.value FROM json_tree(new.body) t WHERE t.type = 'text' AND length(t.value) = 64);
END;
CREATE TRIGGER station_fact_uses_pictures AFTER INSERT ON station_fact BEGIN
    UPDATE picture SET uses = uses + 1
    WHERE hash IN (SELECT t.value FROM json_tree(new.body) t WHERE t.type = 'text' AND length(t.value) = 64);
END;
CREATE TRIGGER door_slip_uses_its_sheet AFTER INSERT ON door_slip BEGIN
    UPDATE picture SET uses = uses + 1 WHERE hash = new.pdf;
END;

-- Closed cases whose people are still known, by when they moved last; and drafts.
ALTER TABLE case_line ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1));
CREATE INDEX case_line_remembered ON case_line (moved_at)
    WHERE erased = 0 AND stage IN ('sealed', 'refused', 'withdrawn', 'draft');
-- Which packages have left the station.
CREATE INDEX station_fact_of_exported_case ON station_fact (body ->> 'case') WHERE kind = 'archive_exported';
