//! The numbered migrations, walked in one transaction. `user_version` says how far a file has walked.

use rusqlite::Connection;

use crate::error::{Doing, LedgerError};

/// In order. A file that was released never changes; a change of the schema is a new file at the end.
const MIGRATIONS: [&str; 15] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_search.sql"),
    include_str!("../migrations/0003_intake.sql"),
    include_str!("../migrations/0004_people.sql"),
    include_str!("../migrations/0005_outbox.sql"),
    include_str!("../migrations/0006_stick.sql"),
    include_str!("../migrations/0007_statistics.sql"),
    include_str!("../migrations/0008_erasure.sql"),
    include_str!("../migrations/0009_ratings.sql"),
    include_str!("../migrations/0010_stock.sql"),
    include_str!("../migrations/0011_results.sql"),
    include_str!("../migrations/0012_handover.sql"),
    include_str!("../migrations/0013_returned_numbers.sql"),
    include_str!("../migrations/0014_batches.sql"),
    include_str!("../migrations/0015_kept.sql"),
];

/// The newest schema this program knows, counted from 1.
pub(crate) const KNOWN_SCHEMA: u32 = MIGRATIONS.len() as u32;

/// Brings the file to [`KNOWN_SCHEMA`]: all missing migrations or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    let found = schema_of(connection)?;
    if found > KNOWN_SCHEMA {
        return Err(LedgerError::NewerSchema { found, known: KNOWN_SCHEMA });
    }
    if found == KNOWN_SCHEMA {
        return Ok(());
    }
    const DOING: &str = "bring the ledger to the newest schema";
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).doing(DOING)?;
    for migration in &MIGRATIONS[found as usize..] {
        tx.execute_batch(migration).doing(DOING)?;
    }
    tx.pragma_update(None, "user_version", KNOWN_SCHEMA).doing(DOING)?;
    tx.commit().doing(DOING)
}

pub(crate) fn schema_of(connection: &Connection) -> Result<u32, LedgerError> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).doing("read the ledger's schema number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walking_all_migrations_gives_the_committed_schema() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let mut statement = connection
            .prepare(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
            )
            .unwrap();
        let schema: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        insta::assert_snapshot!("schema", schema.join(";\n\n"));
        assert_eq!(schema_of(&connection).unwrap(), KNOWN_SCHEMA);
    }

    #[test]
    fn every_table_is_strict() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let lax: Vec<String> = connection
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(lax, Vec::<String>::new());
    }
}
