//! Looking for what should be gone: every value of every table, whatever the schema, searched for some words.

use rusqlite::types::ValueRef;

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
};

impl Ledger {
    /// Where these words stand in texts or bytes of the ledger, as `table.column`, each place once. What is looked for is
    /// not repeated in the answer.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn traces(&self, words: &[&str]) -> Result<Vec<String>, LedgerError> {
        const DOING: &str = "look for traces";
        let tables: Vec<String> = self
            .connection()
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")
            .and_then(|mut select| select.query_map([], |row| row.get(0))?.collect())
            .doing(DOING)?;
        let mut places = Vec::new();
        for table in tables {
            let mut select = self.connection().prepare(&format!("SELECT * FROM \"{table}\"")).doing(DOING)?;
            let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
            let mut rows = select.query([]).doing(DOING)?;
            while let Some(row) = rows.next().doing(DOING)? {
                for (at, column) in columns.iter().enumerate() {
                    let bytes = match row.get_ref(at).doing(DOING)? {
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
                        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => continue,
                    };
                    let holds = |word: &&str| bytes.windows(word.len().max(1)).any(|part| part == word.as_bytes());
                    let place = format!("{table}.{column}");
                    if words.iter().any(holds) && !places.contains(&place) {
                        places.push(place);
                    }
                }
            }
        }
        Ok(places)
    }
}
