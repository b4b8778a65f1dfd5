//! One file a table: its row, what is written to it and what is read from it.

pub(crate) mod batch;
pub(crate) mod blank;
pub(crate) mod card_number;
pub(crate) mod case_line;
pub(crate) mod day_close;
pub(crate) mod door_slip;
pub(crate) mod draft_entry;
pub(crate) mod fact;
pub(crate) mod follow_up;
pub(crate) mod handover_list;
pub(crate) mod journal;
pub(crate) mod name_part;
pub(crate) mod open_promise;
pub(crate) mod outbox;
pub(crate) mod outbox_acts;
pub(crate) mod outbox_of_case;
pub(crate) mod person;
pub(crate) mod picture;
pub(crate) mod print_attempt;
pub(crate) mod rating;
pub(crate) mod result_inbox;
pub(crate) mod returned_number;
pub(crate) mod setting;
pub(crate) mod sign_in_try;
pub(crate) mod station_fact;
pub(crate) mod stick_export;
pub(crate) mod tally;
pub(crate) mod void_number;

use crate::error::LedgerError;

/// Reads a column back as the noun it was written from.
pub(crate) fn parsed<T>(table: &'static str, row: &str, text: &str) -> Result<T, LedgerError>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error: T::Err| LedgerError::Unreadable { table, row: row.to_owned(), source: error.into() })
}
