//! What came back from the handling departments as its page shows it, and the promises that end while nobody looks.

use casework::case::Case;

use super::{Desk, Now};
use crate::contract::{ResultsView, Screen};
use crate::{show, words};

/// Results that the page lists.
const RESULTS: usize = 50;

impl Desk {
    /// The names are masked, as in the lobby.
    pub(super) fn results_page(&mut self, now: Now) -> Screen {
        let arrived = self.ledger.results(RESULTS).unwrap_or_default();
        let case = |named: &str| {
            let facts = self.ledger.case_facts(&named.parse().ok()?).ok()?;
            Case::replay(&facts).ok()
        };
        let lines =
            arrived.iter().map(|one| show::results::line(one, case(&one.case_named).as_ref(), now.today)).collect();
        let waiting = self.ledger.count_awaiting(self.a_clocked_case_waits()).unwrap_or(0);
        let away = self.results.trouble().map(|cause| words::cause(cause).to_owned());
        Screen::Results(Box::new(ResultsView { lines, waiting, away }))
    }

    /// The lobby tells of a promise that turns short or breaks while nobody touches anything.
    pub(crate) fn look_at_the_clocks(&mut self, now: Now) {
        let count = |before| self.ledger.count_promises_ending(before).unwrap_or(0);
        let clocks = (count(now.at), count(now.at + self.pack.rules().amber_before()));
        if self.clocks != clocks {
            self.clocks = clocks;
            self.changed();
        }
    }
}
