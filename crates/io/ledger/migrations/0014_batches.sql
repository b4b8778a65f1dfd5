-- Batches (集中办理), and which agent each case has. Worked out from facts in their transaction, but for the identity of the
-- agent of the batch that is open: it lies here until the batch is closed, so that a power cut costs nobody a second read of
-- the card, and stands in no fact of the station, for those are kept for ever. This file never changes once a ledger has been
-- made with it.
CREATE TABLE batch (
    number   TEXT NOT NULL PRIMARY KEY,
    day      TEXT NOT NULL,
    -- The facts of the station that opened and closed it.
    opened   INTEGER NOT NULL UNIQUE REFERENCES station_fact (seq),
    closed   INTEGER UNIQUE REFERENCES station_fact (seq),
    -- The keyed hash of the agent.
    agent    TEXT NOT NULL,
    identity TEXT,
    CHECK (closed IS NULL OR identity IS NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX batch_open ON batch (closed IS NULL) WHERE closed IS NULL;
CREATE INDEX batch_by_day ON batch (day, agent);

-- One row a case for which an agent came, or that was opened out of a batch. The hash is that of who the agent is now;
-- nobody's where the applicant has come after all. Cases from before there was this table have none.
CREATE TABLE case_agent (
    case_id TEXT NOT NULL PRIMARY KEY REFERENCES case_line (case_id),
    day     TEXT NOT NULL,
    agent   TEXT,
    batch   TEXT REFERENCES batch (number)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_agent_by_day ON case_agent (day, agent) WHERE agent IS NOT NULL;
CREATE INDEX case_agent_by_batch ON case_agent (batch) WHERE batch IS NOT NULL;
