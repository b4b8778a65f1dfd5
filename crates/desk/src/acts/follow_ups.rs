//! What a supervisor does about bad ratings. Each of these is a fact of the station and a row of the journal.

use casework::follow_up::{self, Exclusion, NotSettled, Settlement};
use casework::nouns::CaseId;
use casework::station_fact::StationFact;

use super::Page;
use crate::contract::ExclusionChoice;
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;

/// Characters of the reason for which a name is shown.
const LONGEST_REASON: usize = 200;

impl Desk {
    pub(super) fn settle_follow_up(
        &mut self,
        case: &str,
        seq: u32,
        found: String,
        done: String,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        self.end_follow_up(case, seq, Settlement::Done { found, done }, now)
    }

    pub(super) fn exclude_follow_up(
        &mut self,
        case: &str,
        seq: u32,
        why: ExclusionChoice,
        reason: String,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let why = match why {
            ExclusionChoice::Mistaken => Exclusion::Mistaken,
            ExclusionChoice::Malicious => Exclusion::Malicious,
        };
        self.end_follow_up(case, seq, Settlement::Excluded { why, reason }, now)
    }

    /// Shows the name of one case's person until the page is left. The row is there before the name is shown.
    pub(super) fn unmask_rater(&mut self, case: &str, reason: &str, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.on_the_page()?;
        let actor = self.actor()?;
        let case = self.followed_up(case)?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            return Err(Trouble::of("desk.correct").at("reason", "请写为什么要看，不超过 200 字"));
        }
        let facts = [StationFact::Unmasked { case: case.clone(), reason: reason.to_owned() }];
        self.note(&facts, &actor, None, None, now)?;
        self.at_hand.unmasked_raters.insert(case);
        Ok(Vec::new())
    }

    fn end_follow_up(&mut self, case: &str, seq: u32, how: Settlement, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.on_the_page()?;
        let actor = self.actor()?;
        let id = Self::case_id(case)?;
        let open = self.ledger.follow_up(&id, seq)?.ok_or_else(|| Trouble::of("desk.unknown_case"))?;
        if open.end.is_some() {
            return Err(Trouble::of("desk.not_now").because("这条整改已经有结论了"));
        }
        let record = self.ledger.case_facts(&id)?;
        let settled = follow_up::settle(&record, &actor, seq, how).map_err(|why| match why {
            NotSettled::OwnCase => Trouble::of("desk.not_now").because("这件事您经手过，请由别的监督员来处理"),
            NotSettled::Words(field) => Trouble::of("desk.correct").at(field, "请写清楚，不超过 500 字"),
        })?;
        self.note(&[StationFact::FollowUpSettled { settled }], &actor, None, None, now)?;
        Ok(Vec::new())
    }

    fn followed_up(&self, case: &str) -> Result<CaseId, Trouble> {
        let id = Self::case_id(case)?;
        let known = self.ledger.follow_ups(crate::show::follow_ups::MOST)?.iter().any(|one| one.case == id);
        if known { Ok(id) } else { Err(Trouble::of("desk.unknown_case")) }
    }

    /// The page has to lie open: what is decided there was seen there.
    fn on_the_page(&self) -> Result<(), Trouble> {
        match self.page {
            Some(Page::FollowUps) => Ok(()),
            Some(
                Page::Pack
                | Page::Outbox
                | Page::Statistics
                | Page::Stock
                | Page::Day(_)
                | Page::Results
                | Page::Batch
                | Page::HandOver
                | Page::Retention
                | Page::CardCode
                | Page::Calibration,
            )
            | None => Err(Trouble::of("desk.not_now").because("请先打开“差评整改”")),
        }
    }
}
