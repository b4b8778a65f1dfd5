-- Results of the handling departments: every arrival and what became of it; and the promises that are still open.

-- Inserted, never overwritten; only whether the platform was told is noted later. A line that comes again is the same one.
CREATE TABLE result_inbox (
    n          INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
    platform   TEXT NOT NULL,
    result_id  TEXT,
    line_sm3   TEXT NOT NULL CHECK (length(line_sm3) = 64),
    at         TEXT NOT NULL,
    case_named TEXT NOT NULL,
    approved   INTEGER CHECK (approved IN (0, 1)),
    reference  TEXT,
    verdict    TEXT NOT NULL CHECK (verdict IN ('fits', 'known', 'refused')),
    reason     TEXT,
    case_id    TEXT,
    seq        INTEGER,
    told       INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    UNIQUE (platform, line_sm3),
    FOREIGN KEY (case_id, seq) REFERENCES fact (case_id, seq),
    CHECK ((verdict = 'refused') = (reason IS NOT NULL)),
    CHECK ((verdict = 'fits') = (seq IS NOT NULL) AND (seq IS NULL) = (case_id IS NULL))
) STRICT;
CREATE INDEX result_inbox_untold ON result_inbox (n) WHERE told = 0;
CREATE TRIGGER result_is_not_changed BEFORE UPDATE ON result_inbox
WHEN NOT (old.told = 0 AND new.told = 1
          AND new.n IS old.n AND new.platform IS old.platform AND new.result_id IS old.result_id
          AND new.line_sm3 IS old.line_sm3 AND new.at IS old.at AND new.case_named IS old.case_named
          AND new.approved IS old.approved AND new.reference IS old.reference AND new.verdict IS old.verdict
          AND new.reason IS old.reason AND new.case_id IS old.case_id AND new.seq IS old.seq) BEGIN
    SELECT RAISE(ABORT, 'a result that came is never changed');
END;
CREATE TRIGGER result_is_not_removed BEFORE DELETE ON result_inbox BEGIN
    SELECT RAISE(ABORT, 'a result that came is never removed');
END;

-- One row a case that was accepted and whose card is in nobody's hand yet. due_at counts milliseconds since 1970 and is
-- NULL where no clock runs; `waits` says that the department has not answered and no number is bound.
CREATE TABLE open_promise (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES case_line (case_id),
    due_at  INTEGER,
    waits   INTEGER NOT NULL CHECK (waits IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO open_promise (case_id, due_at, waits)
SELECT l.case_id,
       CAST(round(unixepoch(a.body ->> 'due', 'subsec') * 1000) AS INTEGER),
       l.stage = 'accepted' AND NOT EXISTS (
           SELECT 1 FROM fact d WHERE d.case_id = l.case_id AND d.kind = 'department_answered')
FROM case_line l JOIN fact a ON a.case_id = l.case_id AND a.kind = 'accepted'
WHERE l.stage IN ('accepted', 'numbered', 'printing', 'made');
CREATE INDEX open_promise_due ON open_promise (due_at, case_id) WHERE due_at IS NOT NULL;
CREATE INDEX open_promise_waits ON open_promise (waits, due_at, case_id);
