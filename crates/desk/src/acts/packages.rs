//! Archive packages leave the station: the one of the finished case that lies open, or all that wait.

use casework::case::Stage;
use casework::nouns::CaseId;

use super::Page;
use crate::at_hand::PackagesLeft;
use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};
use crate::packages_out::{TakeOutError, take_out};

/// Packages that one touch takes out: some hundred megabytes, which a stick holds and a person waits for.
const MOST: u32 = 50;

impl Desk {
    /// The package of the open case.
    pub(super) fn export_package(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let case = self.case()?;
        match case.stage() {
            Stage::Sealed { .. } => self.take_out_all(&[case.id().clone()], now),
            Stage::Draft(_)
            | Stage::Accepted(_)
            | Stage::Numbered { .. }
            | Stage::Printing { .. }
            | Stage::Made { .. }
            | Stage::Delivered { .. }
            | Stage::Refused { .. }
            | Stage::Withdrawn { .. } => Err(Trouble::of("desk.not_now").because("这件事还没有归档")),
        }
    }

    /// Every package that has not left yet, oldest first, as many as one touch takes.
    pub(super) fn export_packages(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        if self.page != Some(Page::HandOver) {
            return Err(Trouble::of("desk.not_now"));
        }
        let cases = self.ledger.packages_waiting(MOST)?;
        if cases.is_empty() {
            return Err(Trouble::of("desk.not_now").because("没有等着导出的档案包"));
        }
        self.take_out_all(&cases, now)
    }

    fn take_out_all(&mut self, cases: &[CaseId], now: Now) -> Result<Vec<Effect>, Trouble> {
        let actor = self.actor()?;
        let folder = self.station.exports_folder().join("档案包");
        self.at_hand.packages_left = None;
        let mut left = PackagesLeft { count: 0, folder: folder.display().to_string() };
        for case in cases {
            match take_out(&mut self.ledger, case, &folder, now.at, &actor) {
                Ok(_) => left.count += 1,
                Err(TakeOutError::NotSealed { .. }) => return Err(Trouble::of("desk.not_now")),
                Err(TakeOutError::Ledger { source }) => return Err(source.into()),
                Err(error @ (TakeOutError::Write { .. } | TakeOutError::Other { .. })) => {
                    return Err(Trouble::of("ledger.export").because(fault::chain(&error)));
                }
            }
        }
        self.at_hand.packages_left = Some(left);
        self.changed();
        Ok(Vec::new())
    }
}
