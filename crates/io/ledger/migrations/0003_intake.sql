-- Slips given to people for whom no case was made: out of scope, ended, too young. One row a slip, numbered by window
-- and day; a number is never given twice. This file never changes once a ledger has been made with it.
CREATE TABLE door_slip (
    number  TEXT NOT NULL PRIMARY KEY,
    window  TEXT NOT NULL,
    day     TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    reasons TEXT NOT NULL CHECK (length(reasons) > 0),
    pdf     TEXT NOT NULL REFERENCES picture (hash),
    UNIQUE (window, day, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER door_slip_is_not_changed BEFORE UPDATE ON door_slip BEGIN
    SELECT RAISE(ABORT, 'a slip that was given out is never changed');
END;
CREATE TRIGGER door_slip_is_not_removed BEFORE DELETE ON door_slip BEGIN
    SELECT RAISE(ABORT, 'a slip that was given out is never removed');
END;

-- What stands in a form that was not sent yet. It is no fact: it is replaced, and removed once its act is committed or
-- the case is closed. The lobby's own forms have an empty case.
CREATE TABLE draft_entry (
    case_id TEXT NOT NULL,
    field   TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 80),
    value   TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    PRIMARY KEY (case_id, field)
) STRICT, WITHOUT ROWID;
