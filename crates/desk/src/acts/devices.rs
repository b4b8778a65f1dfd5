//! What devices and platforms said: it is recorded, shown, and sometimes followed by more work.

use casework::nouns::{Actor, IdentitySource};
use casework::outbox;
use casework::station_fact::StationFact;
use devices::DeviceState;
use devices::reader::{CardRead, Probe, ReaderFault};
use idcard::sam_id::SamId;
use ledger::PINNED_SAM;

use crate::desk::{Desk, Effect, Input, Now};
use crate::fault::Trouble;

impl Desk {
    pub(crate) fn take(&mut self, input: Input, now: Now) -> Result<Vec<Effect>, Trouble> {
        match input {
            Input::Beat => {
                let mut effects = self.catch_up(now);
                effects.extend(self.end_idle_session(now));
                if let Err(trouble) = self.end_stale_batch(now) {
                    self.report(trouble);
                }
                effects.extend(self.look_at_disk(now));
                effects.extend(self.look_at_prints(now));
                effects.extend(self.look_at_stick(now));
                self.look_for_pages(now);
                match self.send_what_is_due(now) {
                    Ok(sent) => effects.extend(sent),
                    Err(trouble) => self.report(trouble),
                }
                match self.ask_for_results(now) {
                    Ok(asked) => effects.extend(asked),
                    Err(trouble) => self.report(trouble),
                }
                self.look_at_the_clocks(now);
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
            Input::JobTaken { case, attempt, job } => self.job_was_taken(&case, &attempt, &job, now),
            Input::JobSeen { case, attempt, job, seen } => self.job_was_seen(&case, &attempt, &job, seen, now),
            Input::JobStopped { case, attempt, seen } => self.job_was_stopped(&case, &attempt, &seen, now),
            Input::JobEnded { case, attempt, outcome } => self.job_has_ended(&case, &attempt, outcome, now),
            Input::JobFound { case, attempt, outcome } => self.job_was_found(&case, &attempt, outcome, now),
            Input::SheetSent { job, outcome } => self.sheet_was_sent(&job, outcome),
            Input::PrinterSeen(seen) => {
                self.printer_was_seen(seen);
                Ok(Vec::new())
            }
            Input::PaperPrinted { outcome: Ok(()), .. } => Ok(Vec::new()),
            Input::PaperPrinted { job, outcome: Err(why) } => {
                // The letter before a paper's number says what it is: N refuses, T tells of gaps, J closes a day, Y is a list
                // that was signed, S is the list of what was received.
                let code = match job.chars().next() {
                    Some('N' | 'T') => "desk.slip_not_printed",
                    Some('J') => "stock.sheet_not_printed",
                    Some('Y') => "archive.list_not_printed",
                    Some(_) | None => "acceptance.receipt_not_printed",
                };
                Err(Trouble::of(code).because(why))
            }
            Input::DiskSeen { free } => {
                self.disk_was_seen(free, now);
                Ok(Vec::new())
            }
            Input::Stick(news) => self.stick_said(news, now),
            Input::Answered { message, answer } => self.platform_answered(message, answer, now),
            Input::ResultsCame { platform, answer } => self.results_came(&platform, &answer, now),
            Input::ResultTold { platform, result, answer } => self.result_was_told(&platform, &result, &answer),
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
    pub(super) fn reader_spoke(&mut self, sam_id: SamId, now: Now) -> Result<IdentitySource, Trouble> {
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
            Err(ReaderFault::Cancelled) => {
                self.at_hand.batching = None;
                self.at_hand.taking_over = false;
                self.at_hand.collecting = false;
                return Ok(Vec::new());
            }
            Err(fault) => {
                self.at_hand.batching = None;
                self.at_hand.taking_over = false;
                self.at_hand.collecting = false;
                self.lamps.reader_has(&fault);
                let there = matches!(fault.state(), DeviceState::Online | DeviceState::UserError);
                self.round.answered(there);
                return Err(fault.into());
            }
        };
        self.round.answered(true);
        let identity = self.identity_of(&read, now)?;
        if self.open.is_none() {
            return self.card_came_to_the_lobby(&identity, now);
        }
        if std::mem::take(&mut self.at_hand.collecting) {
            return self.card_was_shown(&identity);
        }
        let role = self.role_of_card();
        self.take_identity(role, identity, now)
    }

    /// Whatever the rules of the outbox let out at this moment.
    pub(super) fn send_what_is_due(&mut self, now: Now) -> Result<Vec<Effect>, Trouble> {
        let ids = self.reach.go_out(&self.ledger.queue()?, now.at);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.ledger.begin_sending(&ids, now.at)?.into_iter().map(Effect::Send).collect())
    }

    fn platform_answered(&mut self, message: i64, answer: outbox::Answer, now: Now) -> Result<Vec<Effect>, Trouble> {
        let Some(sent) = self.ledger.message(message)? else {
            return Ok(Vec::new());
        };
        let next = outbox::plan(&sent.entry(), &answer, now.at, now.jitter);
        self.ledger.settle(message, &next, now.at)?;
        self.reach.heard(message, &sent.platform, &answer, &next, now.at, now.jitter);
        self.changed();
        self.send_what_is_due(now)
    }
}
