//! Table `tally`: what the statistics count, by day and window. Triggers keep it in the transaction of each fact.

use casework::{
    nouns::{ApplicantMode, CaseKind, Hukou},
    statistics::{Counted, Days, Tally},
};

use crate::{
    error::{Doing, LedgerError},
    ledger::Ledger,
    table::{
        case_line::{self, Stage},
        parsed,
    },
};

const READING: &str = "read the statistics";
const OF_DAYS: &str = "SELECT day, window, what, part, n FROM tally WHERE day BETWEEN ?1 AND ?2 ORDER BY day, window";
const STANDING: &str = "SELECT count(*) FROM case_line INDEXED BY case_line_by_stage
     WHERE stage = ?1 AND place >= ?2 AND place < ?3";
/// A test holds them to their indexes.
#[cfg(test)]
pub(crate) const ASKED: [&str; 2] = [OF_DAYS, STANDING];

impl Ledger {
    /// Everything counted on these days.
    ///
    /// # Errors
    /// [`LedgerError::Storage`], [`LedgerError::Unreadable`].
    pub fn tallies(&self, days: Days) -> Result<Vec<Tally>, LedgerError> {
        let mut select = self.connection().prepare_cached(OF_DAYS).doing(READING)?;
        let mut rows = select.query((days.from().to_string(), days.to().to_string())).doing(READING)?;
        let mut tallies = Vec::new();
        while let Some(row) = rows.next().doing(READING)? {
            let text = |column: usize| row.get::<_, String>(column).doing(READING);
            let (day, what, part) = (text(0)?, text(2)?, text(3)?);
            let name = format!("{day} {what} {part}");
            tallies.push(Tally {
                day: parsed("tally", &name, &day)?,
                window: parsed("tally", &name, &text(1)?)?,
                what: counted(&name, &what, &part)?,
                n: row.get::<_, i64>(4).doing(READING)?.unsigned_abs(),
            });
        }
        Ok(tallies)
    }

    /// Where the cases that were opened on these days stand now: every stage with its number of cases, in their order.
    ///
    /// # Errors
    /// [`LedgerError::Storage`].
    pub fn standing(&self, days: Days) -> Result<Vec<(Stage, u64)>, LedgerError> {
        let from = case_line::place_of(days.from(), 0);
        // A day's cases end where the next day's begin; there is no day after the last one that a calendar has.
        let to = days.to().tomorrow().map_or(i64::MAX, |next| case_line::place_of(next, 0));
        let mut select = self.connection().prepare_cached(STANDING).doing(READING)?;
        Stage::ALL
            .into_iter()
            .map(|stage| {
                let n: i64 = select.query_row((stage.text(), from, to), |row| row.get(0)).doing(READING)?;
                Ok((stage, n.unsigned_abs()))
            })
            .collect()
    }
}

fn counted(row: &str, what: &str, part: &str) -> Result<Counted, LedgerError> {
    let unknown = || LedgerError::Unreadable {
        table: "tally",
        row: row.to_owned(),
        source: "nothing is counted under this name".into(),
    };
    let kind = || case_line::kind_named(part).ok_or_else(unknown);
    let one_of = |known: &[(&str, Counted)]| {
        known.iter().find(|(name, _)| *name == part).map(|(_, counted)| counted.clone()).ok_or_else(unknown)
    };
    let by_kind = |of: fn(CaseKind) -> Counted| kind().map(of);
    match what {
        "opened" => by_kind(Counted::Opened),
        "accepted" => by_kind(Counted::Accepted),
        "refused" => by_kind(Counted::Refused),
        "withdrawn" => by_kind(Counted::Withdrawn),
        "made" => by_kind(Counted::Made),
        "reprint" => by_kind(Counted::Reprint),
        "delivered" => by_kind(Counted::Delivered),
        "sealed" => by_kind(Counted::Sealed),
        "mode" => one_of(&[
            ("in_person", Counted::Mode(ApplicantMode::InPerson)),
            ("agent", Counted::Mode(ApplicantMode::Agent)),
        ]),
        "hukou" => one_of(&[("local", Counted::Hukou(Hukou::Local)), ("outside", Counted::Hukou(Hukou::Outside))]),
        "spoiled" => one_of(&[("card_spoiled", Counted::SpoiledCard), ("number_spoiled", Counted::SpoiledNumber)]),
        "corrected" => one_of(&[("corrected", Counted::Corrected), ("field_overridden", Counted::Corrected)]),
        "rating" => one_of(&[
            ("rating_offered", Counted::RatingOffered),
            ("rating_given", Counted::RatingGiven),
            ("rating_declined", Counted::RatingDeclined),
        ]),
        "reason" => Ok(Counted::Reason(parsed("tally", row, part)?)),
        "at_door" => Ok(Counted::AtDoor(parsed("tally", row, part)?)),
        "minutes" => Ok(Counted::Minutes(parsed("tally", row, part)?)),
        _ => Err(unknown()),
    }
}
