//! Hand-over and seal, and the doors that end a case early.

use casework::doors;
use casework::nouns::Actor;
use casework::steps::archive;

use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;

impl Desk {
    pub(super) fn hand_over(&mut self, to: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        let from = self.actor()?;
        let to: Actor = to.parse().map_err(|_| Trouble::of("archive.correct").at("to", "请写接收人的姓名"))?;
        self.judged("archive", now, |case, pack| archive::hand_over(case, pack, from, to))
    }

    /// Closes the case: its record so far is stored as one file, and the seal carries that file's hash.
    pub(super) fn seal(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let id = self.case()?.id().clone();
        let mut record = String::new();
        for one in self.ledger.case_facts(&id)? {
            record.push_str(&serde_json::to_string(&one).expect("a record is plain data"));
            record.push('\n');
        }
        let package = self.ledger.store_picture(record.as_bytes())?;
        self.judged("archive", now, |case, pack| archive::seal(case, pack, package))
    }

    pub(super) fn withdraw_case(&mut self, reason: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.judged("archive", now, |case, pack| doors::withdraw(case, pack, reason))
    }
}
