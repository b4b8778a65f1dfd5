//! What devices and platforms said: it is recorded, shown, and sometimes followed by more work.

use casework::nouns::{ApplicantMode, Role};
use casework::outbox;
use casework::steps::{identify, printing};
use devices::reader::{CardRead, ReaderFault};

use crate::desk::{Desk, Effect, Input, Now};
use crate::fault::{self, Trouble};
use crate::identity;

/// Name of the setting that keeps the reader this station was installed with.
const PINNED_SAM: &str = "reader.sam_id";

impl Desk {
    pub(crate) fn take(&mut self, input: Input, now: Now) -> Result<Vec<Effect>, Trouble> {
        match input {
            Input::Beat => self.send_what_is_due(now),
            Input::ReaderProbed(Ok(probe)) => {
                self.lamps.reader_is_good();
                self.changed();
                let sam_id = probe.sam_id.to_string();
                if self.ledger.setting(PINNED_SAM)?.is_none() {
                    self.ledger.set_setting(PINNED_SAM, &sam_id)?;
                }
                Ok(Vec::new())
            }
            Input::ReaderProbed(Err(fault)) => {
                self.lamps.reader_has(&fault);
                self.changed();
                Ok(Vec::new())
            }
            Input::CardRead(outcome) => self.card_was_read(*outcome, now),
            Input::JobTaken { case, attempt, job } => {
                self.lamps.printer_is_good();
                self.commit_to(&case, now, |case, _| printing::submitted(case, &attempt, &job))?;
                Ok(Vec::new())
            }
            Input::JobEnded { case, attempt, outcome } => {
                if let casework::nouns::PrintOutcome::Failed { reason } = &outcome {
                    self.lamps.printer_has("需要处理");
                    self.report(Trouble::of("printing.printer").because(reason.clone()));
                }
                self.commit_to(&case, now, |case, _| printing::ended(case, &attempt, outcome))?;
                Ok(Vec::new())
            }
            Input::PaperPrinted { outcome: Ok(()), .. } => Ok(Vec::new()),
            Input::PaperPrinted { outcome: Err(why), .. } => {
                Err(Trouble::of("acceptance.receipt_not_printed").because(why))
            }
            Input::Answered { message, answer } => self.platform_answered(message, answer, now),
        }
    }

    fn card_was_read(&mut self, outcome: Result<CardRead, ReaderFault>, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.reading = false;
        self.changed();
        let read = match outcome {
            Ok(read) => read,
            Err(ReaderFault::Cancelled) => return Ok(Vec::new()),
            Err(fault) => {
                self.lamps.reader_has(&fault);
                return Err(fault.into());
            }
        };
        self.lamps.reader_is_good();
        let Some(case) = &self.open else { return Ok(Vec::new()) };
        let identity = identity::of_card(&read.record, &read.sam_id.to_string())?;
        let role = match case.applicant().map(|entry| entry.mode) {
            Some(ApplicantMode::Agent) if case.identity().is_some() => Role::Agent,
            Some(ApplicantMode::Agent | ApplicantMode::InPerson) | None => Role::Applicant,
        };
        let undrawable = self.press.undrawable(identity.name.as_str());
        let facts = identify::identify(case, &self.pack, role, identity, now.today)
            .map_err(|refusal| fault::refusal("identify", &refusal, &self.pack))?;
        self.commit(facts, now)?;
        if let Some(missing) = undrawable.first() {
            return Err(Trouble::of("identify.glyph_missing")
                .because(format!("姓名里的字 U+{:04X} 没有字形", u32::from(*missing))));
        }
        Ok(Vec::new())
    }

    fn send_what_is_due(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let mut effects = Vec::new();
        for message in self.ledger.due_messages(now.at)? {
            self.ledger.mark_in_flight(message.id)?;
            effects.push(Effect::Send(message));
        }
        Ok(effects)
    }

    fn platform_answered(&mut self, message: i64, answer: outbox::Answer, now: Now) -> Result<Vec<Effect>, Trouble> {
        let Some(sent) = self.ledger.message(message)? else {
            return Ok(Vec::new());
        };
        // The platforms of this station honour idempotency keys, so that sending again is harmless.
        let next = outbox::plan(&sent.entry(true), &answer, now.at, now.jitter);
        self.lamps.platform_answered(&next);
        self.ledger.settle(message, &next)?;
        self.changed();
        self.send_what_is_due(now)
    }
}
