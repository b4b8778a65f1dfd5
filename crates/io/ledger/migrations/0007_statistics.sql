-- What the statistics (统计) count: how often something happened, by civil day of China Standard Time and by window, kept by
-- the same transaction as the facts. A range of years is then a sum over days. No row names a person or somebody at work,
-- and erasing a case later takes nothing away from it. This file never changes once a ledger has been made with it.
CREATE TABLE tally (
    day    TEXT NOT NULL,
    window TEXT NOT NULL,
    what   TEXT NOT NULL,
    part   TEXT NOT NULL,
    n      INTEGER NOT NULL CHECK (n >= 1),
    PRIMARY KEY (day, window, what, part)
) STRICT, WITHOUT ROWID;

-- A door for facts that are to be counted: nothing is stored in it. New facts come through it one at a time, and those
-- that were there before all at once, so that both are counted by the same words. The window of a case is what stands
-- before the day in its number. A rating counts as offered, given or declined, and never by its level.
CREATE VIEW fact_to_count AS SELECT case_id, seq, at, kind, body FROM fact WHERE false;
CREATE TRIGGER fact_to_count_is_counted INSTEAD OF INSERT ON fact_to_count BEGIN
    INSERT INTO tally (day, window, what, part, n)
    SELECT date(new.at, '+8 hours'),
           substr(l.case_id, 1, instr(l.case_id, '-' || replace(l.day, '-', '') || '-') - 1),
           c.what, coalesce(c.part, l.kind), count(*)
    FROM case_line l, (
        SELECT new.kind AS what, NULL AS part
        WHERE new.kind IN ('opened', 'accepted', 'refused', 'withdrawn', 'delivered', 'sealed')
        UNION ALL SELECT 'mode', (SELECT a.body ->> 'mode' FROM fact a
            WHERE a.case_id = new.case_id AND a.seq < new.seq AND a.kind = 'applicant_filled' ORDER BY a.seq DESC LIMIT 1)
        WHERE new.kind = 'accepted'
        UNION ALL SELECT 'hukou', (SELECT a.body ->> 'hukou' FROM fact a
            WHERE a.case_id = new.case_id AND a.seq < new.seq AND a.kind = 'applicant_filled' ORDER BY a.seq DESC LIMIT 1)
        WHERE new.kind = 'accepted'
        UNION ALL SELECT 'reason', reason.value FROM json_each(new.body, '$.reasons') reason WHERE new.kind = 'refused'
        UNION ALL SELECT 'made', NULL WHERE new.kind = 'card_confirmed'
        UNION ALL SELECT 'spoiled', new.kind WHERE new.kind IN ('card_spoiled', 'number_spoiled')
        UNION ALL SELECT 'reprint', NULL WHERE new.kind = 'print_attempted' AND new.body ->> 'reprint' IS NOT NULL
        -- Whole minutes from acceptance to delivery, begun ones counted: 30 minutes and not a second more are 30.
        UNION ALL SELECT 'minutes', CAST(max(0, (CAST(round(unixepoch(new.at, 'subsec') * 1000) AS INTEGER)
            - CAST(round(unixepoch(a.at, 'subsec') * 1000) AS INTEGER) + 59999) / 60000) AS TEXT)
        FROM fact a WHERE new.kind = 'delivered' AND a.case_id = new.case_id AND a.kind = 'accepted'
        UNION ALL SELECT 'corrected', new.kind WHERE new.kind IN ('corrected', 'field_overridden')
        UNION ALL SELECT 'rating', new.kind WHERE new.kind IN ('rating_offered', 'rating_given', 'rating_declined')
    ) c
    -- A case that was accepted without an entry, which no desk does, has no mode.
    WHERE l.case_id = new.case_id AND (c.part IS NOT NULL OR c.what NOT IN ('mode', 'hukou'))
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (day, window, what, part) DO UPDATE SET n = n + excluded.n;
END;
INSERT INTO fact_to_count (case_id, seq, at, kind, body) SELECT case_id, seq, at, kind, body FROM fact;
CREATE TRIGGER fact_is_counted AFTER INSERT ON fact
WHEN new.kind IN ('opened', 'accepted', 'refused', 'withdrawn', 'card_confirmed', 'card_spoiled', 'number_spoiled',
                  'print_attempted', 'delivered', 'sealed', 'corrected', 'field_overridden', 'rating_offered', 'rating_given',
                  'rating_declined') BEGIN
    INSERT INTO fact_to_count (case_id, seq, at, kind, body)
    VALUES (new.case_id, new.seq, new.at, new.kind, new.body);
END;

-- Slips given out at the door are of no case, and are counted by their reasons.
INSERT INTO tally (day, window, what, part, n)
SELECT day, window, 'at_door', reason.value, count(*)
FROM door_slip, json_each('["' || replace(reasons, ' ', '","') || '"]') reason GROUP BY day, window, reason.value;
CREATE TRIGGER door_slip_is_counted AFTER INSERT ON door_slip BEGIN
    INSERT INTO tally (day, window, what, part, n)
    SELECT new.day, new.window, 'at_door', reason.value, 1
    FROM json_each('["' || replace(new.reasons, ' ', '","') || '"]') reason WHERE true
    ON CONFLICT (day, window, what, part) DO UPDATE SET n = n + 1;
END;
