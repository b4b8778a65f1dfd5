-- What was sealed for the county on a stick, what came back, and how many messages arrived on each day. A message is
-- named by its key, which never changes.

-- One row an export. Its row is there before a byte of it is on the stick; `written_at` says that all of it is.
CREATE TABLE stick_export (
    serial     INTEGER NOT NULL PRIMARY KEY CHECK (serial >= 1),
    at         TEXT NOT NULL,
    sm3        TEXT NOT NULL UNIQUE CHECK (length(sm3) = 64),
    written_at TEXT
) STRICT;
CREATE TABLE stick_export_message (
    key    TEXT NOT NULL,
    serial INTEGER NOT NULL REFERENCES stick_export (serial),
    PRIMARY KEY (key, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX stick_export_message_by_export ON stick_export_message (serial, key);
CREATE TRIGGER stick_export_is_not_removed BEFORE DELETE ON stick_export BEGIN
    SELECT RAISE(ABORT, 'an export is never removed');
END;

-- Files of answers that were taken in, by their own SM3: none is taken in twice.
CREATE TABLE stick_import (
    sm3    TEXT NOT NULL PRIMARY KEY CHECK (length(sm3) = 64),
    serial INTEGER NOT NULL REFERENCES stick_export (serial),
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages that arrived, by civil day of China Standard Time.
CREATE TABLE outbox_day (
    day  TEXT NOT NULL PRIMARY KEY,
    done INTEGER NOT NULL CHECK (done >= 0)
) STRICT, WITHOUT ROWID;
