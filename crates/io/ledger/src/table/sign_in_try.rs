//! Table `sign_in_try`: wrong tries to sign in, by a keyed hash of the name as it was typed. What was typed is kept
//! nowhere, because it may have been a password.

use casework::people::{Lock, Tries};
use rusqlite::{OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    hash::hmac_sm3_hex,
    ledger::Ledger,
    table::{parsed, setting},
};

const READING: &str = "read the tries to sign in";
const WRITING: &str = "count the tries to sign in";

impl Ledger {
    /// The wrong tries at a name, whether anybody is called so or not.
    pub fn tries(&self, name: &str) -> Result<Tries, LedgerError> {
        let hash = hash_of(self, name)?;
        let row: Option<(u32, Option<String>, Option<String>)> = self
            .connection()
            .query_row(
                "SELECT wrong, locked_from, locked_until FROM sign_in_try WHERE name_hash = ?1",
                [&hash],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .doing(READING)?;
        let Some((wrong, from, until)) = row else { return Ok(Tries::default()) };
        let at = |text: String| parsed("sign_in_try", &hash, &text);
        let locked = match (from.map(at).transpose()?, until.map(at).transpose()?) {
            (Some(from), Some(until)) => Some(Lock { from, until }),
            (None, _) | (_, None) => None,
        };
        Ok(Tries { wrong, locked })
    }
}

/// The keyed hash under which a typed name is counted.
pub(crate) fn hash_of(ledger: &Ledger, name: &str) -> Result<String, LedgerError> {
    let pepper = setting::pepper(ledger.connection())?;
    Ok(hmac_sm3_hex(pepper.as_bytes(), format!("sign-in {name}").as_bytes()))
}

/// Keeps the tries of a name; none are kept when there are none.
pub(crate) fn keep(tx: &Transaction<'_>, name_hash: &str, tries: &Tries) -> Result<(), LedgerError> {
    if *tries == Tries::default() {
        tx.execute("DELETE FROM sign_in_try WHERE name_hash = ?1", [name_hash]).doing(WRITING)?;
        return Ok(());
    }
    let (from, until) =
        (tries.locked.map(|lock| lock.from.to_string()), tries.locked.map(|lock| lock.until.to_string()));
    tx.execute(
        "INSERT INTO sign_in_try (name_hash, wrong, locked_from, locked_until) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name_hash) DO UPDATE SET wrong = ?2, locked_from = ?3, locked_until = ?4",
        (name_hash, tries.wrong, from, until),
    )
    .doing(WRITING)?;
    Ok(())
}
