//! Verifying the slips given at the door against the station's facts that they are.

use rusqlite::Connection;

use crate::error::{Doing, LedgerError};

const DOING: &str = "verify the slips given at the door";

/// Each selects the names of rows that should not be there, and what is said of one.
const CHECKS: [(&str, &str); 3] = [
    (
        "SELECT coalesce(d.number, f.body ->> 'slip') FROM (SELECT * FROM door_slip WHERE station_seq IS NOT NULL) d
         FULL JOIN (SELECT * FROM station_fact WHERE kind = 'door_slip_given') f
           ON f.seq = d.station_seq AND f.at = d.at AND f.actor = d.actor
          AND f.body ->> 'slip' = d.number AND f.body ->> 'window' = d.window AND f.body ->> 'day' = d.day
          AND f.body ->> 'ordinal' = d.ordinal AND (d.pdf IS NULL OR f.body ->> 'pdf' = d.pdf)
          AND (SELECT group_concat(value, ' ') FROM json_each(f.body, '$.reasons')) = d.reasons
         WHERE d.number IS NULL OR f.seq IS NULL",
        "slip: fact and book differ",
    ),
    (
        "SELECT d.number FROM door_slip d WHERE d.pdf IS NULL AND NOT EXISTS (
           SELECT 1 FROM station_fact s WHERE s.kind = 'door_slips_erased' AND s.body ->> 'before' > d.day)",
        "slip: its sheet was taken away, and nothing on record says so",
    ),
    (
        // Slips from before they were facts; their number was noted when that began.
        "SELECT number FROM door_slip WHERE station_seq IS NULL
           AND (SELECT count(*) FROM door_slip WHERE station_seq IS NULL)
               <> (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'door_slip.unchained')",
        "slip: it is no fact",
    ),
];

/// Checks them; what is wrong goes to `problems`.
pub(crate) fn check(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    for (sql, what) in CHECKS {
        let mut select = connection.prepare(sql).doing(DOING)?;
        let names: Vec<String> = select.query_map([], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)?;
        problems.extend(names.into_iter().map(|name| format!("{what}: {name}")));
    }
    Ok(())
}
