//! The part of the verifier that looks at what was forgotten.

use rusqlite::Connection;

use crate::error::{Doing, LedgerError};

/// Every erasure against the fact of the station that says so, and that nothing of its case is unsent or known by name.
pub(crate) fn check(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    const DOING: &str = "verify the erasures";
    let mut select = connection
        .prepare(
            "SELECT e.case_id FROM erasure e JOIN case_line l ON l.case_id = e.case_id
             LEFT JOIN station_fact s ON s.seq = e.station_seq AND s.kind = 'erased' AND s.body ->> 'case' = e.case_id
             WHERE s.seq IS NULL OR l.name IS NOT NULL OR l.erased = 0
                OR EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = e.case_id AND o.state <> 'done')
             ORDER BY e.case_id",
        )
        .doing(DOING)?;
    let odd: Vec<String> = select.query_map([], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)?;
    for case in odd {
        problems.push(format!("case {case}: its erasure is not the one that is on record"));
    }
    Ok(())
}
