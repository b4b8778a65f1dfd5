//! What one case has sent of one kind, and how it stands: for the lines beside a case.

use casework::{nouns::CaseId, outbox::MessageKind};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::outbox::{MessageState, state_of},
};

/// A message of a case as far as a person at the counter wants to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentOfCase {
    pub state: MessageState,
    /// The platform's receipt, once it is done.
    pub receipt: Option<String>,
}

impl Ledger {
    /// The messages of this kind that the case has caused, in order.
    pub fn sent_of_case(&self, case: &CaseId, kind: MessageKind) -> Result<Vec<SentOfCase>, LedgerError> {
        const DOING: &str = "read the messages of a case";
        let sql = "SELECT state, receipt FROM outbox WHERE case_id = ?1 AND kind = ?2 ORDER BY seq_in_case, id";
        let mut select = self.connection().prepare_cached(sql).doing(DOING)?;
        let rows: Vec<(String, Option<String>)> = select
            .query_map((case.as_str(), kind.name()), |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect)
            .doing(DOING)?;
        rows.into_iter()
            .map(|(state, receipt)| Ok(SentOfCase { state: state_of(&state, case.as_str())?, receipt }))
            .collect()
    }
}
