//! What this station knows of a person from earlier cases: pages that may be used again (S-45), and the card it made.

use casework::case::{Case, Stage};
use casework::fact::Fact;
use casework::nouns::{CardNumber, CaseId, IdNumber, MaterialCode, PictureHash};
use jiff::{civil::Date, tz};
use ledger::LedgerError;

use crate::desk::Desk;
use crate::fault::Trouble;

/// Known of the applicant of the open case.
pub struct Earlier {
    case: CaseId,
    person: IdNumber,
    pages: Vec<EarlierPage>,
    card: Option<CardNumber>,
}

/// A page that was scanned for an earlier case.
pub struct EarlierPage {
    pub material: MaterialCode,
    pub picture: PictureHash,
    pub source: CaseId,
    pub taken_on: Date,
}

impl Earlier {
    /// Pages of accepted cases, of the newest case first, each in its order.
    pub fn pages(&self) -> &[EarlierPage] {
        &self.pages
    }

    /// The number of the last card that this station made for the person.
    pub fn card(&self) -> Option<&CardNumber> {
        self.card.as_ref()
    }
}

impl Desk {
    /// Looks up the applicant of the open case, once for each person read.
    pub(crate) fn look_back(&mut self) {
        let wanted = self.open.as_ref().and_then(|case| Some((case.id().clone(), case.identity()?.number.clone())));
        let Some((case, person)) = wanted else {
            self.earlier = None;
            return;
        };
        if self.earlier.as_ref().is_some_and(|known| known.case == case && known.person == person) {
            return;
        }
        match self.earlier_cases(&case, &person) {
            Ok((pages, card)) => self.earlier = Some(Earlier { case, person, pages, card }),
            Err(trouble) => self.report(trouble),
        }
    }

    fn earlier_cases(
        &self,
        open: &CaseId,
        person: &IdNumber,
    ) -> Result<(Vec<EarlierPage>, Option<CardNumber>), Trouble> {
        let (mut pages, mut card) = (Vec::new(), None);
        for line in self.ledger.holder_cases(person)?.into_iter().rev().filter(|line| line.case != *open) {
            let facts = match self.ledger.case_facts(&line.case) {
                Ok(facts) => facts,
                // Nothing of it can be used again; the number of its card stands in its line.
                Err(LedgerError::Erased { .. }) => {
                    card = card.or(line.card);
                    continue;
                }
                Err(other) => return Err(other.into()),
            };
            let case =
                Case::replay(&facts).map_err(|broken| Trouble::of("ledger.damaged").because(broken.to_string()))?;
            if let Some(made) = case.card().filter(|_| card.is_none()) {
                card = Some(made.number.clone());
            }
            if counts(&case) {
                pages.extend(scanned(&case, &facts));
            }
        }
        Ok((pages, card))
    }
}

/// Pages of a case that was refused or taken back were not good enough then.
fn counts(case: &Case) -> bool {
    match case.stage() {
        Stage::Accepted(_)
        | Stage::Numbered { .. }
        | Stage::Printing { .. }
        | Stage::Made { .. }
        | Stage::Delivered { .. }
        | Stage::Sealed { .. } => true,
        Stage::Draft(_) | Stage::Refused { .. } | Stage::Withdrawn { .. } => false,
    }
}

/// The pages that the case was accepted with, each with the day of its scan. A page that was itself taken over is not
/// handed on: its day would be forgotten.
fn scanned(case: &Case, facts: &[casework::fact::Recorded]) -> Vec<EarlierPage> {
    let mut pages = Vec::new();
    for (material, state) in case.materials() {
        for (page, picture) in state.pages.iter().filter(|(page, _)| !state.history.contains_key(page)) {
            let scan = facts.iter().rev().find(|one| matches!(&one.fact, Fact::MaterialScanned { material: of, picture: shows, .. } if of == material && shows == picture));
            debug_assert!(scan.is_some(), "page {page} of {material} was scanned");
            pages.extend(scan.map(|scan| EarlierPage {
                material: material.clone(),
                picture: picture.clone(),
                source: case.id().clone(),
                taken_on: tz::offset(8).to_datetime(scan.at).date(),
            }));
        }
    }
    pages
}
