//! Table `name_part`: every run of one, two and three characters of a name, so that any part of it is found from an index.
//!
//! Chinese names are short and have no words, so that neither a prefix index nor an index of words finds their middle.

use std::collections::BTreeSet;

use casework::nouns::CaseId;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{
    error::{Doing, LedgerError},
    table::case_line,
};

const WRITING: &str = "write the parts of a name";

/// The longest run that is kept, characters. Longer questions are narrowed down by it and then compared whole.
const LONGEST: usize = 3;

/// A name, or a part of one, as it is compared: the dots that are met between the parts of a name count as one.
pub(crate) fn folded(name: &str) -> String {
    // The same four as in migration `search`.
    name.chars()
        .map(|shown| if matches!(shown, '\u{2022}' | '\u{30fb}' | '\u{2027}' | '\u{ff0e}') { '\u{b7}' } else { shown })
        .collect()
}

/// The run by which a folded question is looked up.
pub(crate) fn leading(question: &str) -> &str {
    question.char_indices().nth(LONGEST).map_or(question, |(end, _)| &question[..end])
}

/// Every run of a name.
pub(crate) fn parts(name: &str) -> BTreeSet<String> {
    let characters: Vec<char> = folded(name).chars().collect();
    (1..=LONGEST).flat_map(|length| characters.windows(length)).map(|run| run.iter().collect()).collect()
}

/// Replaces the parts of a case's name, which is `before` so far.
pub(crate) fn replace(
    tx: &Transaction<'_>,
    case: &CaseId,
    before: Option<&str>,
    after: &str,
) -> Result<(), LedgerError> {
    let place = case_line::place(case).ok_or_else(|| LedgerError::CaseNumber { case: case.clone() })?;
    let (before, after) = (before.map(parts).unwrap_or_default(), parts(after));
    for gone in before.difference(&after) {
        tx.prepare_cached("DELETE FROM name_part WHERE part = ?1 AND place = ?2 AND case_id = ?3")
            .and_then(|mut delete| delete.execute((gone, place, case.as_str())))
            .doing(WRITING)?;
    }
    for new in after.difference(&before) {
        tx.prepare_cached("INSERT INTO name_part (part, place, case_id) VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.execute((new, place, case.as_str())))
            .doing(WRITING)?;
    }
    Ok(())
}

/// Whether the index holds this part of a case's name.
pub(crate) fn holds(connection: &Connection, part: &str, place: i64, case: &str) -> Result<bool, LedgerError> {
    connection
        .prepare_cached("SELECT 1 FROM name_part WHERE part = ?1 AND place = ?2 AND case_id = ?3")
        .and_then(|mut select| select.query_row((part, place, case), |_| Ok(())).optional())
        .map(|found| found.is_some())
        .doing("read the parts of a name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_parted_by_character_and_not_by_byte() {
        let parts = parts("欧阳𬭚");
        assert_eq!(parts.iter().map(String::as_str).collect::<Vec<_>>(), ["欧", "欧阳", "欧阳𬭚", "阳", "阳𬭚", "𬭚"]);
    }

    #[test]
    fn the_dots_of_a_name_count_as_one() {
        assert_eq!(parts("古丽\u{2022}买"), parts("古丽\u{b7}买"));
        assert_eq!(folded("古丽\u{30fb}买"), "古丽·买");
    }

    #[test]
    fn a_question_is_looked_up_by_its_first_three_characters() {
        for (question, run) in [("", ""), ("欧", "欧"), ("欧阳𬭚", "欧阳𬭚"), ("阿依古丽", "阿依古")] {
            assert_eq!(leading(question), run);
        }
    }
}
