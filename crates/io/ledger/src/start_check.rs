//! What a start looks at before it trusts a ledger, so that the first person of the morning does not wait for years of
//! cases to be read.
//!
//! A small ledger is checked whole: every page of the file and every row of the chain. A large one is walked from the row
//! that the last start noted to the newest, and one stretch further through the old part, which comes round to its
//! beginning again after as many starts as it has stretches. Every page that is read is checked by its HMAC in any case;
//! what no start reads is checked by [`Ledger::verify`](crate::Ledger::verify).

use casework::journal::{Hash, Head};
use rusqlite::{Connection, Transaction};

use crate::{
    connection::check_file,
    error::LedgerError,
    table::{journal, setting},
};

/// Up to so many journal rows a ledger is checked whole, and so many of the old part are walked at each start. About the
/// cases of one busy day.
pub(crate) const STRETCH: u64 = 10_000;

/// The newest row of the last start: `n hash`.
pub(crate) const NOTED: &str = "start_check_noted";
/// Where the walk through the old part stands: a row's number.
pub(crate) const WALKED: &str = "start_check_walked";

/// What a start has walked, to be noted for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Walked {
    head: Head,
    /// The last row of the old part that was walked, 0 when the next start begins at the first.
    old: u64,
}

/// Checks as much as a start has time for.
///
/// # Errors
/// [`LedgerError::Damaged`], [`LedgerError::BrokenChain`], [`LedgerError::Unreadable`], [`LedgerError::Storage`].
pub(crate) fn check(connection: &Connection) -> Result<Walked, LedgerError> {
    let head = journal::head(connection)?;
    let noted = noted(connection)?;
    if noted.n > head.n {
        let why = format!("the journal ends at row {}, and row {} was there at the last start", head.n, noted.n);
        return Err(LedgerError::BrokenChain { at: head.n + 1, why });
    }
    if journal::hash_at(connection, noted.n)? != Some(noted.hash) {
        let why = "it is not the row that was there at the last start".to_owned();
        return Err(LedgerError::BrokenChain { at: noted.n, why });
    }
    if head.n <= STRETCH {
        check_file(connection)?;
        return Ok(Walked { head: journal::check_chain(connection, &mut || {})?, old: 0 });
    }
    let head = journal::check_chain_between(connection, noted, head.n, &mut || {})?;
    let from = setting::read(connection, WALKED)?.and_then(|n| n.parse().ok()).unwrap_or(0);
    let hash = journal::hash_at(connection, from)?.unwrap_or(Hash::GENESIS);
    let old = journal::check_chain_between(connection, Head { n: from, hash }, from + STRETCH, &mut || {})?;
    let last = old.n.min(head.n);
    tracing::info!(noted = noted.n, head = head.n, from, to = last, "the journal was walked in parts");
    Ok(Walked { head, old: if last == head.n { 0 } else { last } })
}

/// Keeps what was walked for the next start.
pub(crate) fn note(tx: &Transaction<'_>, walked: Walked) -> Result<(), LedgerError> {
    setting::write(tx, NOTED, &format!("{} {}", walked.head.n, walked.head.hash))?;
    setting::write(tx, WALKED, &walked.old.to_string())
}

/// Notes the newest row as one that this program has just written.
pub(crate) fn note_written(tx: &Transaction<'_>) -> Result<(), LedgerError> {
    let head = journal::head(tx)?;
    setting::write(tx, NOTED, &format!("{} {}", head.n, head.hash))
}

fn noted(connection: &Connection) -> Result<Head, LedgerError> {
    let Some(text) = setting::read(connection, NOTED)? else { return Ok(Head { n: 0, hash: Hash::GENESIS }) };
    let head =
        text.split_once(' ').and_then(|(n, hash)| Some(Head { n: n.parse().ok()?, hash: Hash::from_hex(hash)? }));
    head.ok_or_else(|| LedgerError::Unreadable {
        table: "setting",
        row: NOTED.to_owned(),
        source: "it is not a row's number and hash".into(),
    })
}
