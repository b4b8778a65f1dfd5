//! What devices and platforms said: it is recorded, shown, and sometimes followed by more work.

use casework::nouns::{Actor, ApplicantMode, IdentitySource, Role};
use casework::outbox;
use casework::station_fact::StationFact;
use casework::steps::{identify, printing};
use devices::DeviceState;
use devices::reader::{CardRead, Probe, ReaderFault};
use idcard::sam_id::SamId;
use ledger::PINNED_SAM;

use crate::desk::{Desk, Effect, Input, Now};
use crate::fault::{self, Trouble};
use crate::identity;

impl Desk {
    pub(crate) fn take(&mut self, input: Input, now: Now) -> Result<Vec<Effect>, Trouble> {
        match input {
            Input::Beat => {
                let mut effects = self.catch_up(now);
                effects.extend(self.end_idle_session(now));
                self.look_for_pages(now);
                match self.send_what_is_due(now) {
                    Ok(sent) => effects.extend(sent),
                    Err(trouble) => self.report(trouble),
                }
                if !self.reading && self.round.is_due(now.at) {
                    effects.push(Effect::ProbeReader);
                }
                Ok(effects)
            }
            Input::ReaderProbed(outcome) => self.reader_was_probed(outcome, now),
            Input::CardRead(outcome) => self.card_was_read(*outcome, now),
            Input::ChipPhoto { number, png } => {
                self.chip_photo = Some((number, png));
                self.changed();
                Ok(Vec::new())
            }
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
            Input::PaperPrinted { job, outcome: Err(why) } => {
                // The letter before a paper's number says what it is: N refuses, T tells of gaps, S is the list.
                let code = match job.chars().next() {
                    Some('N' | 'T') => "desk.slip_not_printed",
                    Some(_) | None => "acceptance.receipt_not_printed",
                };
                Err(Trouble::of(code).because(why))
            }
            Input::Answered { message, answer } => self.platform_answered(message, answer, now),
        }
    }

    /// What a probe says changes the lamp, and the view only if the lamp changed: the reader is asked all day long.
    fn reader_was_probed(&mut self, outcome: Result<Probe, ReaderFault>, now: Now) -> Result<Vec<Effect>, Trouble> {
        self.round.answered(outcome.is_ok());
        let before = self.lamps.reader();
        match outcome {
            Ok(probe) => {
                self.reader_spoke(probe.sam_id, now)?;
                if self.trouble.as_ref().is_some_and(|fault| fault.code.starts_with("identify.reader_")) {
                    self.trouble = None;
                    self.changed();
                }
            }
            Err(fault) => self.lamps.reader_has(&fault),
        }
        if self.lamps.reader() != before {
            self.changed();
        }
        Ok(Vec::new())
    }

    /// Sets the lamp by whose word this is. The first reader that ever spoke here is pinned as the station's own.
    fn reader_spoke(&mut self, sam_id: SamId, now: Now) -> Result<IdentitySource, Trouble> {
        let sam_id = sam_id.to_string();
        let pinned = self.ledger.setting(PINNED_SAM)?;
        if pinned.is_none() {
            let facts = [StationFact::ReaderPinned { sam_id: sam_id.clone(), before: None }];
            self.note(&facts, &Actor::system(), None, None, now)?;
        }
        if pinned.is_none_or(|pinned| pinned == sam_id) {
            self.lamps.reader_is_good();
            Ok(IdentitySource::Chip)
        } else {
            self.lamps.reader_is_strange();
            Ok(IdentitySource::OtherReader)
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
                let there = matches!(fault.state(), DeviceState::Online | DeviceState::UserError);
                self.round.answered(there);
                return Err(fault.into());
            }
        };
        self.round.answered(true);
        let source = self.reader_spoke(read.sam_id, now)?;
        let Some(case) = &self.open else { return Ok(Vec::new()) };
        let identity = identity::of_card(&read.record, &read.sam_id.to_string(), source)?;
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
            match self.ledger.mark_in_flight(message.id) {
                Ok(()) => effects.push(Effect::Send(message)),
                // What was marked before it goes out all the same.
                Err(error) => {
                    self.report(error.into());
                    break;
                }
            }
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
