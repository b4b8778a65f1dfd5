-- Hand-over lists by their numbers. Who signed, and for which cases, stands in the station's fact of the same transaction.
CREATE TABLE handover_list (
    number  TEXT NOT NULL PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('to_issuer', 'to_archive')),
    window  TEXT NOT NULL,
    day     TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
    pdf     TEXT NOT NULL REFERENCES picture (hash),
    UNIQUE (kind, window, day, ordinal)
) STRICT, WITHOUT ROWID;
