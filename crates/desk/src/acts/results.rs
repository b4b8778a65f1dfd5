//! Results of the handling departments: when they are asked for, what becomes of each, and what its platform is told (S-53).

use casework::case::Case;
use casework::nouns::{Actor, NumberFrom, PlatformId, ResultId};
use casework::outbox::{self, Answer};
use casework::results::{self, CaseResult, Fetched, Mismatch, Offer, Verdict};
use casework::steps::numbering;
use ledger::{Arrival, Arrived, Became, Entry};
use uplink::Told;

use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;
use crate::words;

/// Results that a platform is told about in one round.
const TOLD_AT_ONCE: usize = 20;

impl Desk {
    /// Asks the platforms of cases that wait, and tells what was not told yet. Nobody is asked while nobody waits.
    pub(super) fn ask_for_results(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        if !self.results.looks(now.at) {
            return Ok(Vec::new());
        }
        let untold = self.ledger.untold_results(TOLD_AT_ONCE)?;
        let mut platforms = self.ledger.platforms_awaited(self.a_clocked_case_waits())?;
        for arrived in &untold {
            if !platforms.contains(&arrived.platform) {
                platforms.push(arrived.platform.clone());
            }
        }
        let mut effects = Vec::new();
        for platform in platforms {
            if self.results.is_due(&platform, now.at) {
                effects.extend(untold.iter().filter(|arrived| arrived.platform == platform).filter_map(tell));
                let after = self.ledger.results_read_to(&platform)?;
                effects.push(Effect::FetchResults { platform, after });
            }
        }
        Ok(effects)
    }

    /// Whether a window that makes cards itself waits for the department as well.
    pub(crate) fn a_clocked_case_waits(&self) -> bool {
        results::a_village_waits(&self.pack)
    }

    /// A platform's list, or none. Each result is in the ledger before the next is looked at, and the place in the list is
    /// noted when all of them are.
    pub(super) fn results_came(
        &mut self,
        platform: &PlatformId,
        answer: &Answer,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let before = self.results.trouble();
        let came = results::read(answer);
        let (offers, next, more) = match came {
            Fetched::Away(cause) => {
                self.results.failed(platform, cause, now);
                if before != Some(cause) {
                    self.changed();
                }
                return Ok(Vec::new());
            }
            Fetched::Page { offers, next, more } => (offers, next, more),
        };
        self.results.answered(platform, more, now);
        if before.is_some() {
            self.changed();
        }
        let mut effects = Vec::new();
        for offer in &offers {
            effects.extend(self.take_offer(platform, offer, now)?);
        }
        if let Some(next) = next.filter(|_| !offers.is_empty()) {
            self.ledger.note_results_read(platform, &next)?;
        }
        Ok(effects)
    }

    /// The platform has heard what became of its result.
    pub(super) fn result_was_told(
        &mut self,
        platform: &PlatformId,
        result: &ResultId,
        answer: &Answer,
    ) -> Result<Vec<Effect>, Trouble> {
        // Whatever else comes back, it is told again with the next round: telling twice is harmless.
        if let Answer::Status { code: 200 | 201 | 204 | 404 | 410, .. } = answer {
            self.ledger.result_told(platform, result)?;
            self.changed();
        }
        Ok(Vec::new())
    }

    fn take_offer(&mut self, platform: &PlatformId, offer: &Offer, now: Now) -> Result<Option<Effect>, Trouble> {
        if let Some(arrived) = self.ledger.arrived(platform, &offer.sm3)? {
            // It is offered again because the platform did not hear us.
            return Ok(tell(&arrived));
        }
        let case = match &offer.result {
            Some(result) => self.case_named(&result.case)?,
            None => None,
        };
        let verdict = match &offer.result {
            Some(result) => self.number_is_free(result, results::judge(result, case.as_ref(), &self.pack))?,
            None => Verdict::Refused(Mismatch::Unreadable),
        };
        let mut arrival = Arrival {
            platform,
            id: offer.id.as_ref(),
            sm3: &offer.sm3,
            at: now.at,
            case_named: &offer.case_named,
            approved: offer.result.as_ref().map(|result| result.approved),
            reference: offer.result.as_ref().map(|result| result.reference.as_str()),
            became: Became::Known,
        };
        match (verdict, case) {
            (Verdict::Fits(facts), Some(case)) => {
                arrival.became = Became::Fits;
                let system = Actor::system();
                let (next, recorded) = case
                    .after(&facts, now.at, &system)
                    .map_err(|broken| Trouble::of("desk.not_now").because(broken.to_string()))?;
                let messages = outbox::messages_for(&next, &recorded, &self.pack, &self.sender());
                let entry = Entry {
                    case: next.id(),
                    expected_seq: case.seq(),
                    at: now.at,
                    actor: &system,
                    facts: &facts,
                    messages: &messages,
                };
                self.ledger.record_result(arrival, Some(entry))?;
                if self.open.as_ref().is_some_and(|open| open.id() == next.id()) {
                    self.open = Some(next);
                }
            }
            // A result that fits has its case.
            (Verdict::Known | Verdict::Fits(_), _) => self.ledger.record_result(arrival, None)?,
            (Verdict::Refused(mismatch), _) => {
                arrival.became = Became::Refused(mismatch);
                self.ledger.record_result(arrival, None)?;
            }
        }
        self.changed();
        Ok(offer.id.as_ref().map(|id| Effect::TellResult {
            platform: platform.clone(),
            result: id.clone(),
            told: told(arrival.became),
        }))
    }

    /// A number that comes with a result that fits may still be another card's. Where the system gives no numbers, what it
    /// says of one is not looked at.
    fn number_is_free(&self, result: &CaseResult, verdict: Verdict) -> Result<Verdict, Trouble> {
        let (Verdict::Fits(_), Ok(Some(number)), NumberFrom::System) =
            (&verdict, &result.card_number, numbering::gives(&self.pack))
        else {
            return Ok(verdict);
        };
        let other = self.ledger.returned_to(number)?.is_some_and(|case| case != result.case);
        let used = self.ledger.number_state(number)?.is_some() || self.ledger.void_number(number)?.is_some();
        Ok(match (used, other) {
            (true, _) => Verdict::Refused(Mismatch::NumberUsed),
            (false, true) => Verdict::Refused(Mismatch::NumberTwice),
            (false, false) => verdict,
        })
    }

    fn case_named(&self, id: &casework::nouns::CaseId) -> Result<Option<Case>, Trouble> {
        match &self.open {
            Some(open) if open.id() == id => Ok(Some(open.clone())),
            Some(_) | None => match self.ledger.case_facts(id)?.is_empty() {
                true => Ok(None),
                false => self.load(id).map(Some),
            },
        }
    }
}

fn tell(arrived: &Arrived) -> Option<Effect> {
    let result = arrived.id.clone()?;
    Some(Effect::TellResult { platform: arrived.platform.clone(), result, told: told(arrived.became) })
}

fn told(became: Became) -> Told {
    match became {
        Became::Fits | Became::Known => Told::Taken,
        Became::Refused(mismatch) => {
            Told::Refused { code: mismatch.name().to_owned(), words: words::mismatch(mismatch).to_owned() }
        }
    }
}
