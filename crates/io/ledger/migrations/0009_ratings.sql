-- Ratings and the follow-ups of bad ones, worked out from facts in the transaction of those facts. No level stands in either
-- table: it is in the fact alone. This file never changes once a ledger has been made with it.

-- One row a case and point: when the rating was offered, who was present, and whether it was answered.
CREATE TABLE rating (
    case_id     TEXT NOT NULL REFERENCES case_line (case_id),
    point       TEXT NOT NULL CHECK (point IN ('acceptance', 'delivery')),
    offered_at  TEXT NOT NULL,
    present     TEXT NOT NULL,
    outcome     TEXT CHECK (outcome IN ('given', 'declined')),
    answered_at TEXT,
    rater       TEXT CHECK (rater IN ('applicant', 'agent')),
    answers     INTEGER NOT NULL DEFAULT 0 CHECK (answers >= 0),
    PRIMARY KEY (case_id, point),
    CHECK ((outcome IS NULL) = (answered_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_by_offer ON rating (offered_at);
CREATE TRIGGER rating_is_not_removed BEFORE DELETE ON rating BEGIN
    SELECT RAISE(ABORT, 'a rating is never removed');
END;

-- One row a counted bad rating: by when it is to be answered, and what came of it.
CREATE TABLE follow_up (
    case_id    TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    opened_at  TEXT NOT NULL,
    days       INTEGER NOT NULL CHECK (days >= 0),
    due        TEXT,
    -- The fact of the station that says what came of it.
    settlement INTEGER UNIQUE REFERENCES station_fact (seq),
    PRIMARY KEY (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES fact (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_open ON follow_up (due) WHERE settlement IS NULL;
CREATE INDEX follow_up_by_opening ON follow_up (opened_at);
CREATE TRIGGER follow_up_is_settled_once BEFORE UPDATE ON follow_up WHEN OLD.settlement IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'a follow-up is settled once');
END;
CREATE TRIGGER follow_up_is_not_removed BEFORE DELETE ON follow_up BEGIN
    SELECT RAISE(ABORT, 'a follow-up is never removed');
END;

-- What was offered and answered before there was this table. No follow-up was promised then, so none is opened.
INSERT INTO rating (case_id, point, offered_at, present, outcome, answered_at, answers)
SELECT o.case_id, o.body ->> 'point', o.at, o.actor,
       CASE a.kind WHEN 'rating_given' THEN 'given' WHEN 'rating_declined' THEN 'declined' END, a.at, a.seq IS NOT NULL
FROM fact o
LEFT JOIN fact a ON a.case_id = o.case_id AND a.kind IN ('rating_given', 'rating_declined')
                AND a.body ->> 'point' = o.body ->> 'point'
WHERE o.kind = 'rating_offered' AND o.body ->> 'point' IS NOT NULL;
