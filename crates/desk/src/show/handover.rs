//! The page of the hand-over: whose papers wait for the issuing staff, and whose for the archive.

use archive::PackageNumber;
use casework::case::Case;
use casework::nouns::{ListKind, WindowLevel};
use casework::steps::materials;
use ledger::{Search, Sought, Stage, StageAsked};

use super::acts::{no, yes};
use crate::at_hand::PackagesLeft;
use crate::contract::{HandOverRow, HandOverView, PackageLine, PackagesLeftLine};
use crate::desk::Desk;
use crate::fault::Trouble;
use crate::packages_out::seal_of;
use crate::people;

/// Cases that are looked through for one list; the next ones come up when these have gone.
const MOST: usize = 60;

impl PackagesLeft {
    pub(crate) fn line(&self) -> PackagesLeftLine {
        PackagesLeftLine { count: self.count, folder: self.folder.clone() }
    }
}

impl Desk {
    /// The archive package of the open case, if it is sealed.
    pub(crate) fn package_line(&mut self) -> Option<PackageLine> {
        let case = self.open.as_ref().filter(|case| case.is_sealed())?.id().clone();
        if self.at_hand.comparison.as_ref().is_none_or(|(known, _)| *known != case) {
            let bytes = seal_of(&self.ledger, &case).ok().flatten().map(|hash| self.ledger.picture(&hash));
            let comparison = bytes.and_then(|read| archive::comparison(&read.ok()??)).unwrap_or_default();
            self.at_hand.comparison = Some((case.clone(), comparison));
        }
        Some(PackageLine {
            comparison: self.at_hand.comparison.as_ref().map(|(_, text)| text.clone()).unwrap_or_default(),
            has_left: self.ledger.package_has_left(&case).unwrap_or_default(),
            left: self.at_hand.packages_left.as_ref().map(PackagesLeft::line),
        })
    }

    /// What waits, newest first.
    pub(crate) fn hand_over_page(&self) -> Result<HandOverView, Trouble> {
        let village = self.station.window.level == WindowLevel::Village;
        let issuer = match village {
            true => None,
            false => Some(self.waiting(ListKind::ToIssuer, Stage::Accepted)?),
        };
        let packages = self.ledger.count_packages_waiting()?;
        let out = match packages {
            0 => no("export_packages", "没有待导出的档案包。"),
            _ => yes("export_packages"),
        };
        Ok(HandOverView {
            issuer,
            archivist: self.waiting(ListKind::ToArchive, Stage::Delivered)?,
            last: self.at_hand.last_list.as_ref().map(ToString::to_string),
            packages,
            left: self.at_hand.packages_left.as_ref().map(PackagesLeft::line),
            acts: people::forbid(vec![yes("sign_hand_over"), out], self.session.as_ref(), &self.station),
        })
    }

    fn waiting(&self, kind: ListKind, stage: Stage) -> Result<Vec<HandOverRow>, Trouble> {
        let search = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Only(stage) };
        let mut rows = Vec::new();
        for line in self.ledger.search(&search, None, MOST)?.lines {
            let case = self.load(&line.case)?;
            let signed = match kind {
                ListKind::ToIssuer => case.working_papers(),
                ListKind::ToArchive => case.handover(),
            };
            if signed.is_none() {
                rows.push(self.row(&case));
            }
        }
        Ok(rows)
    }

    fn row(&self, case: &Case) -> HandOverRow {
        let why_not = if case.opened().pack != self.pack.stamp() {
            Some("按另一版政策开办，请按那一版办完".to_owned())
        } else if !materials::unreturned(case, &self.pack).is_empty() {
            Some("原件还没有还给申请人".to_owned())
        } else {
            None
        };
        HandOverRow {
            case: case.id().to_string(),
            package: PackageNumber::of(case.id()).to_string(),
            name: case.identity().map(|identity| identity.name.masked()).unwrap_or_default(),
            papers: self.papers_on_list(case),
            old_card: self.old_card(case),
            why_not,
        }
    }
}
