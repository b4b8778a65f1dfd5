//! What the card printer and its queue said: recorded as far as they can know it, and asked again where they do not.

use casework::case::Stage;
use casework::nouns::{AttemptId, CaseId, PrintOutcome};
use casework::steps::printing;
use devices::printer::{Confidence, JobSeen, PrinterFault, PrinterState};
use jiff::SignedDuration;

use super::Page;
use crate::desk::{Desk, Effect, Now};
use crate::fault::Trouble;

impl Desk {
    /// The queue has opened a job: its id is on record before a byte of the card is sent.
    pub(super) fn job_was_taken(
        &mut self,
        case: &CaseId,
        attempt: &AttemptId,
        job: &str,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        self.commit_to(case, now, |case, _| printing::submitted(case, attempt, job))?;
        let hash = match &self.open {
            Some(open) if open.id() == case => open.attempt(attempt).map(|attempt| attempt.pdf.clone()),
            Some(_) | None => self.load(case)?.attempt(attempt).map(|attempt| attempt.pdf.clone()),
        };
        let hash = hash.ok_or_else(|| Trouble::of("desk.not_now"))?;
        let pdf = self.ledger.picture(&hash)?.ok_or_else(|| Trouble::of("ledger.damaged"))?;
        self.prints.watch(case, attempt, job);
        Ok(vec![Effect::SendCard { case: case.clone(), attempt: attempt.clone(), job: job.to_owned(), pdf }])
    }

    /// The queue has said how a job stands.
    pub(super) fn job_was_seen(
        &mut self,
        case: &CaseId,
        attempt: &AttemptId,
        job: &str,
        seen: JobSeen,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        if let Some(outcome) = outcome(&seen) {
            return self.job_has_ended(case, attempt, outcome, now);
        }
        if self.prints.heard(case, attempt, job, seen) {
            self.changed();
        }
        Ok(Vec::new())
    }

    /// The desk has waited long enough and asked the printer to stop. Whatever it says now, nobody prints again before a
    /// person has looked.
    pub(super) fn job_was_stopped(
        &mut self,
        case: &CaseId,
        attempt: &AttemptId,
        seen: &JobSeen,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let effects = self.job_has_ended(case, attempt, outcome(seen).unwrap_or(PrintOutcome::Unknown), now)?;
        if !seen.is_over() {
            self.lamps.printer_has("需要处理");
            self.report(Trouble::of("printing.may_still_print"));
        }
        Ok(effects)
    }

    pub(super) fn job_has_ended(
        &mut self,
        case: &CaseId,
        attempt: &AttemptId,
        outcome: PrintOutcome,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        let failed = match &outcome {
            PrintOutcome::Failed { reason } => Some(reason.clone()),
            PrintOutcome::DeviceConfirmed | PrintOutcome::SpoolerConfirmed => {
                self.lamps.printer_is_good();
                None
            }
            PrintOutcome::Unknown => None,
        };
        if let Some(reason) = failed {
            self.lamps.printer_has("需要处理");
            self.report(Trouble::of("printing.printer").because(reason));
        }
        self.job_was_found(case, attempt, outcome, now)
    }

    /// What became of a job goes on record; the step of its case tells it.
    pub(super) fn job_was_found(
        &mut self,
        case: &CaseId,
        attempt: &AttemptId,
        outcome: PrintOutcome,
        now: Now,
    ) -> Result<Vec<Effect>, Trouble> {
        self.commit_to(case, now, |case, _| printing::ended(case, attempt, outcome))?;
        self.prints.forget(attempt);
        Ok(Vec::new())
    }

    /// Jobs that are to be asked about or stopped; and a look at the printer while the next thing is a number or a print.
    pub(super) fn look_at_prints(&mut self, now: Now) -> Vec<Effect> {
        let patience = SignedDuration::from_secs(i64::from(self.station.printers.card_wait_s));
        let mut effects = self.prints.due(now.at, patience);
        let soon = self.open.as_ref().is_some_and(|case| match case.stage() {
            Stage::Accepted(_) | Stage::Numbered { .. } => true,
            Stage::Printing { .. } => case.open_attempt().is_none(),
            Stage::Draft(_)
            | Stage::Made { .. }
            | Stage::Delivered { .. }
            | Stage::Sealed { .. }
            | Stage::Refused { .. }
            | Stage::Withdrawn { .. } => false,
        });
        if soon || self.page == Some(Page::Calibration) {
            effects.extend(self.prints.look(now.at, self.press.card_sheet()));
        }
        effects
    }

    /// The printer has said how it is. The lamp and the view change only with it.
    pub(super) fn printer_was_seen(&mut self, seen: Result<PrinterState, PrinterFault>) {
        let state = seen.unwrap_or_else(|fault| {
            tracing::warn!(cause = crate::fault::chain(&fault), "the card printer's state cannot be read");
            PrinterState::Offline
        });
        let trouble = (state != PrinterState::Ready).then_some(state);
        if self.prints.looked(trouble) {
            self.changed();
        }
        match trouble {
            Some(state) => self.lamps.printer_has(state.words().happened.trim_end_matches('。')),
            None => self.lamps.printer_is_good(),
        }
    }

    /// A number is for a card; without a printer to make it, none is spent.
    ///
    /// # Errors
    /// `numbering.printer` with what the printer said at the last look.
    pub(super) fn a_printer_to_print_on(&self) -> Result<(), Trouble> {
        match self.prints.trouble() {
            None => Ok(()),
            Some(state) => {
                let words = state.words();
                Err(Trouble::of("numbering.printer").because(format!("{}{}", words.happened, words.remedy)))
            }
        }
    }
}

/// What is on record of a job that is over; `None` while more may come of it.
fn outcome(seen: &JobSeen) -> Option<PrintOutcome> {
    match seen {
        JobSeen::Done { by: Confidence::Device } => Some(PrintOutcome::DeviceConfirmed),
        JobSeen::Done { by: Confidence::Spooler } => Some(PrintOutcome::SpoolerConfirmed),
        JobSeen::Aborted { reason } => Some(PrintOutcome::Failed {
            reason: format!("打印机中途放弃了，没有印卡。打印机说：{reason}"),
        }),
        JobSeen::Broken | JobSeen::Gone => Some(PrintOutcome::Unknown),
        JobSeen::Waiting | JobSeen::UnderWay { .. } | JobSeen::NoAnswer => None,
    }
}
