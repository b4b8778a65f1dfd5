//! Verifying blanks, void numbers and the counts of days: rows against their accounts, and both against the facts.

use rusqlite::Connection;

use crate::{
    error::{Doing, LedgerError},
    table::blank,
};

const DOING: &str = "verify the blanks";

/// Checks them and gives the number of blanks; what is wrong goes to `problems`.
pub(crate) fn check(connection: &Connection, problems: &mut Vec<String>) -> Result<u64, LedgerError> {
    let counted = blank::counted_balance(connection)?;
    if !counted.is_sound() {
        problems.push("blanks: a blank is in no state".to_owned());
    }
    let kept = blank::balance(connection)?.unwrap_or_default();
    if kept != counted {
        problems.push("blanks: the account that is kept is not that of its rows".to_owned());
    }
    for (sql, what) in CHECKS {
        named(connection, sql, problems, what)?;
    }
    Ok(u64::from(counted.received + counted.unbooked))
}

/// Each selects the names of rows that should not be there, and what is said of one.
const CHECKS: [(&str, &str); 9] = [
    (
        "SELECT b.station_seq FROM blank_batch b
         WHERE b.n <> (SELECT count(*) FROM blank WHERE batch = b.station_seq)",
        "batch of blanks: not as many blanks as came in",
    ),
    (
        "SELECT coalesce(b.station_seq, f.seq) FROM blank_batch b
         FULL JOIN (SELECT seq, body ->> 'count' AS n FROM station_fact WHERE kind = 'blanks_received') f
           ON f.seq = b.station_seq AND f.n = b.n
         WHERE b.station_seq IS NULL OR f.seq IS NULL",
        "batch of blanks: fact and book differ",
    ),
    (
        "SELECT kind FROM (
           SELECT 'spoiled' AS kind,
                  (SELECT coalesce(sum(body ->> 'count'), 0) FROM station_fact WHERE kind = 'blanks_spoiled') AS told,
                  (SELECT count(*) FROM blank WHERE state = 'spoiled' AND number IS NULL) AS found
           UNION ALL
           SELECT 'lost',
                  (SELECT coalesce(sum(body ->> 'count'), 0) FROM station_fact WHERE kind = 'blanks_lost'),
                  (SELECT count(*) FROM blank WHERE state = 'lost'))
         WHERE told <> found",
        "blanks written off: facts and book differ",
    ),
    (
        "SELECT b.number FROM blank b JOIN card_number c ON c.number = b.number
         WHERE (b.state = 'used' AND c.state NOT IN ('confirmed', 'delivered'))
            OR (b.state = 'spoiled' AND c.state <> 'spoiled')",
        "number: its blank says otherwise",
    ),
    (
        "SELECT f.body ->> 'number' FROM fact f
         WHERE f.kind = 'number_reserved' AND f.body ->> 'from' = 'blank'
           AND NOT EXISTS (SELECT 1 FROM blank b WHERE b.serial = f.body ->> 'number')",
        "number: no blank bears it",
    ),
    (
        // Of a case that was erased the void number stays, and the fact that named it says nothing.
        "SELECT coalesce(v.number, f.number)
         FROM (SELECT number FROM void_number WHERE case_id NOT IN (SELECT case_id FROM erasure)) v
         FULL JOIN (SELECT DISTINCT body ->> 'number' AS number FROM fact
                    WHERE kind = 'old_card_voided' AND case_id NOT IN (SELECT case_id FROM erasure)) f
           ON f.number = v.number
         WHERE (v.number IS NULL AND NOT EXISTS (SELECT 1 FROM void_number e WHERE e.number = f.number))
            OR f.number IS NULL",
        "void number: fact and book differ",
    ),
    (
        "SELECT coalesce(t.kind || ' of ' || t.day, c.kind || ' of ' || c.day)
         FROM (SELECT * FROM day_tally WHERE kind NOT LIKE 'blank%') t
         FULL JOIN day_count c ON c.kind = t.kind AND c.day = t.day AND c.n = t.n
         WHERE t.kind IS NULL OR c.kind IS NULL",
        "count of a day: not that of its facts",
    ),
    (
        "SELECT kind FROM (
           SELECT 'used' AS kind, (SELECT count(*) FROM blank WHERE state = 'used') AS n,
                  (SELECT coalesce(sum(n), 0) FROM day_tally WHERE kind = 'blank_used')
                  - (SELECT coalesce(sum(n), 0) FROM day_tally WHERE kind = 'blank_unused') AS told
           UNION ALL
           SELECT 'spoiled', (SELECT count(*) FROM blank WHERE state = 'spoiled'),
                  (SELECT coalesce(sum(n), 0) FROM day_tally WHERE kind = 'blank_spoiled')
           UNION ALL
           SELECT 'lost', (SELECT count(*) FROM blank WHERE state = 'lost'),
                  (SELECT coalesce(sum(n), 0) FROM day_tally WHERE kind = 'blank_lost'))
         WHERE n <> told",
        "counts of days: not those of the blanks",
    ),
    (
        "SELECT coalesce(d.day, f.day) FROM day_close d
         FULL JOIN (SELECT seq, body ->> '$.close.day' AS day, body ->> '$.close.row' AS row
                    FROM station_fact WHERE kind = 'day_closed') f
           ON f.seq = d.station_seq AND f.day = d.day AND f.row = d.row
         WHERE d.day IS NULL OR f.seq IS NULL",
        "close of a day: fact and book differ",
    ),
];

fn named(
    connection: &Connection,
    sql: &'static str,
    problems: &mut Vec<String>,
    what: &str,
) -> Result<(), LedgerError> {
    let mut select = connection.prepare(sql).doing(DOING)?;
    let mut rows = select.query([]).doing(DOING)?;
    while let Some(row) = rows.next().doing(DOING)? {
        let name: rusqlite::types::Value = row.get(0).doing(DOING)?;
        let name = match name {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(n) => n.to_string(),
            rusqlite::types::Value::Null | rusqlite::types::Value::Real(_) | rusqlite::types::Value::Blob(_) => {
                "?".to_owned()
            }
        };
        problems.push(format!("{what}: {name}"));
    }
    Ok(())
}
