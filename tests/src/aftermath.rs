//! What a station left behind, read back from its folder after everything has stopped.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use casework::fact::{Fact, Recorded};
use casework::nouns::CaseId;
use ledger::{CaseLine, Ledger, LedgerError, LedgerKey, Message, Report};

/// How long a station that was killed may keep its ledger.
const PATIENCE: Duration = Duration::from_secs(10);

/// The training ledger of a station's folder, opened after the station has gone.
pub struct Aftermath {
    folder: PathBuf,
    pub ledger: Ledger,
}

impl Aftermath {
    /// Opens the ledger of the station in `folder`.
    ///
    /// # Panics
    /// When it does not open: whatever happened before, the next start has to.
    pub fn of(folder: &Path) -> Aftermath {
        let ledger = folder.join("ledger/training");
        let key = LedgerKey::load_or_create(&ledger.join("ledger.key")).expect("the key is where the station left it");
        let since = Instant::now();
        let ledger = loop {
            match Ledger::open(&ledger, &key) {
                // A helper program that was just being started when its station was killed still holds the lock.
                Err(LedgerError::OpenElsewhere { .. }) if since.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                opened => break opened.expect("a ledger opens after its station has gone"),
            }
        };
        Aftermath { folder: folder.to_path_buf(), ledger }
    }

    /// Everything checked against everything.
    pub fn report(&self) -> Report {
        self.ledger.report().expect("an open ledger can be verified")
    }

    /// Every case of the training day, in the order of their numbers.
    pub fn cases(&self) -> Vec<CaseLine> {
        self.ledger.cases_on(jiff::civil::date(2021, 11, 8)).expect("the cases can be listed")
    }

    /// The one case there is.
    ///
    /// # Panics
    /// When there are none or several.
    pub fn only_case(&self) -> CaseId {
        match self.cases().as_slice() {
            [line] => line.case.clone(),
            lines => panic!("one case, not {lines:#?}"),
        }
    }

    /// The record of a case.
    pub fn facts(&self, case: &CaseId) -> Vec<Recorded> {
        self.ledger.case_facts(case).expect("the record of a case can be read")
    }

    /// The names of the facts of a case, in order.
    pub fn tags(&self, case: &CaseId) -> Vec<&'static str> {
        self.facts(case).iter().map(|recorded| recorded.fact.tag()).collect()
    }

    /// The attempts of a case with the reasons of its reprints, in order.
    pub fn attempts(&self, case: &CaseId) -> Vec<(String, Option<String>)> {
        self.facts(case)
            .into_iter()
            .filter_map(|recorded| {
                let Fact::PrintAttempted { attempt, reprint, .. } = recorded.fact else { return None };
                Some((attempt.to_string(), reprint))
            })
            .collect()
    }

    pub fn messages(&self) -> Vec<Message> {
        self.ledger.all_messages().expect("the outbox can be read")
    }

    /// The finished jobs of a queue, `card` or `paper`.
    pub fn prints(&self, queue: &str) -> Vec<PathBuf> {
        cli::visit::cards_in_tray(&self.folder.join("queue").join(queue))
    }
}

/// The text of a print as a program that is not ours reads it, without its spaces and line ends: what stands slanted or
/// in columns comes out a character a line.
///
/// # Panics
/// When pdftotext is missing or refuses the file.
pub fn text(print: &Path) -> String {
    let text = cli::visit::text_of(print).expect("poppler-utils is installed");
    let text: String = text.split_whitespace().collect();
    assert!(!text.is_empty(), "{} has no text", print.display());
    text
}
