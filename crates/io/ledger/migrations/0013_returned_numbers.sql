-- Numbers that a department's system has given, so that one that it gives twice is seen before it is on a card.
CREATE TABLE returned_number (
    number  TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES case_line (case_id),
    at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO returned_number (number, case_id, at)
SELECT body ->> 'card_number', case_id, at FROM fact
WHERE kind = 'department_answered' AND body ->> 'card_number' IS NOT NULL
ON CONFLICT DO NOTHING;
CREATE TRIGGER returned_number_is_not_changed BEFORE UPDATE ON returned_number BEGIN
    SELECT RAISE(ABORT, 'a number that was given stays given');
END;
CREATE TRIGGER returned_number_is_not_removed BEFORE DELETE ON returned_number BEGIN
    SELECT RAISE(ABORT, 'a number that was given stays given');
END;
