//! Verifying batches and the agents of cases: each row against the facts that it was worked out from. A verifier that has
//! walked a large ledger asks the indexes of these small tables.

use rusqlite::Connection;

use crate::error::{Doing, LedgerError};

const DOING: &str = "verify the batches";

/// Each selects the names of rows that should not be there, and what is said of one.
const CHECKS: [(&str, &str); 3] = [
    (
        "SELECT b.number FROM batch b
         LEFT JOIN station_fact o ON o.seq = b.opened AND o.kind = 'batch_opened' AND o.body ->> 'batch' = b.number
              AND o.body ->> 'agent' = b.agent
         LEFT JOIN station_fact c ON c.seq = b.closed AND c.kind = 'batch_closed' AND c.body ->> 'batch' = b.number
         WHERE o.seq IS NULL OR (b.closed IS NOT NULL AND c.seq IS NULL)",
        "its row is not what the facts of the station say",
    ),
    (
        "SELECT s.body ->> 'batch' FROM station_fact s
         WHERE (s.kind = 'batch_opened' AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.opened = s.seq))
            OR (s.kind = 'batch_closed' AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.closed = s.seq))",
        "a fact of the station speaks of it, and its row does not know",
    ),
    (
        "SELECT a.case_id FROM case_agent a WHERE NOT EXISTS (
             SELECT 1 FROM fact f WHERE f.case_id = a.case_id AND f.kind = 'identified' AND f.body ->> 'role' = 'agent'
                AND (a.batch IS NULL OR f.body -> 'reused' ->> 'batch' = a.batch))",
        "no card of an agent, or none of this batch, stands in its record",
    ),
];

/// What is wrong goes to `problems`.
pub(crate) fn check(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    for (sql, what) in CHECKS {
        let mut select = connection.prepare(sql).doing(DOING)?;
        let odd: Vec<String> = select.query_map([], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)?;
        problems.extend(odd.iter().map(|name| format!("agents: {name}: {what}")));
    }
    Ok(())
}
