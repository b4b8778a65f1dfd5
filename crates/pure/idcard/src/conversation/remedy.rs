//! What a conversation does about answers that are missing, damaged or a refusal.

use std::time::Duration;

use super::{Conversation, State, Step, Trouble};
use crate::{command::Command, exchange::Badness, status::Status};

/// Bad answers before the next stronger remedy.
const BAD_ANSWERS: u8 = 3;
/// Attempts at a card that was found and then could not be read.
const CARD_TRIES: u8 = 5;
/// Resets made only to find a card again that the module has already read.
const REFIND_RESETS: u8 = 4;
/// The module is left alone this long after a reset.
pub(super) const REBOOT: Duration = Duration::from_millis(200);
/// Within this time after a reset a silent module is taken to be starting.
const STARTING: Duration = Duration::from_millis(3000);
/// Clean answers after which earlier bad ones are forgotten, so that a long wait is not ended by rare noise.
const FORGIVING: u8 = 10;

#[derive(Debug, Default)]
pub(super) struct Remedy {
    stage: Stage,
    bad_in_stage: u8,
    clean_run: u8,
    answered: bool,
    garbled: bool,
    starting_until: Option<Duration>,
    card_failures: u8,
    card_was_lost: bool,
    /// A read was made whose answer was lost or doubted: the module may now refuse to find the card.
    refind: bool,
    refind_resets: u8,
    finds_in_vain: u8,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Asking,
    Reset,
    Reopened,
}

impl Remedy {
    pub(super) fn note_answer(&mut self) {
        self.answered = true;
        self.starting_until = None;
        self.clean_run = self.clean_run.saturating_add(1);
        if self.clean_run >= FORGIVING {
            self.bad_in_stage = 0;
            self.stage = Stage::Asking;
        }
    }

    pub(super) fn note_reset(&mut self, now: Duration) {
        self.starting_until = Some(now + STARTING);
    }

    pub(super) fn expect_refind(&mut self) {
        self.refind = true;
        self.finds_in_vain = 0;
    }
}

impl Conversation {
    pub(super) fn bad(&mut self, badness: Badness, command: Command, now: Duration) {
        if command == Command::Status && self.remedy.starting_until.is_some_and(|until| now < until) {
            return self.settle(Command::Status, now);
        }
        self.remedy.clean_run = 0;
        self.remedy.bad_in_stage += 1;
        let retry = match badness {
            Badness::Silent => {
                // From a module that has been answering, silence means that a request was lost or damaged.
                if self.remedy.answered {
                    self.quality.note_damage();
                }
                Command::Status
            }
            Badness::Garbled | Badness::Malformed => {
                self.remedy.garbled = true;
                self.quality.note_damage();
                if self.sam_id().is_some() { Command::Find } else { Command::SamId }
            }
        };
        match command {
            Command::ReadBase | Command::ReadWithFingerprint => self.remedy.expect_refind(),
            Command::ReadAppended | Command::ReadManagement => {
                return self.after_base(command, now);
            }
            Command::Reset
            | Command::Status
            | Command::SamId
            | Command::Find
            | Command::Select
            | Command::SetBaud(_)
            | Command::SetRadioFrame(_) => {}
        }
        self.escalate(retry, now);
    }

    /// Mild remedies first. A reader from which nothing at all comes is not asked three times at every stage.
    fn escalate(&mut self, retry: Command, now: Duration) {
        if now >= self.give_up_at {
            return self.time_is_up();
        }
        let dead = !self.remedy.answered && !self.remedy.garbled;
        let patience = match self.remedy.stage {
            Stage::Asking => BAD_ANSWERS,
            Stage::Reset | Stage::Reopened if dead => 1,
            Stage::Reset | Stage::Reopened => BAD_ANSWERS,
        };
        if self.remedy.bad_in_stage < patience {
            return self.settle(retry, now);
        }
        self.remedy.bad_in_stage = 0;
        match self.remedy.stage {
            Stage::Asking => {
                self.remedy.stage = Stage::Reset;
                self.settle(Command::Reset, now);
            }
            Stage::Reset => {
                self.remedy.stage = Stage::Reopened;
                self.state = State::Reopening;
            }
            Stage::Reopened => self.end(Step::Fault(self.line_trouble())),
        }
    }

    /// Waits for silence before the next command, half a second at most.
    fn settle(&mut self, then: Command, now: Duration) {
        let at = match then {
            Command::Find => self.last_find.map_or(now, |last| now.max(last + super::POLL)),
            Command::Reset
            | Command::Status
            | Command::SamId
            | Command::Select
            | Command::ReadBase
            | Command::ReadWithFingerprint
            | Command::ReadAppended
            | Command::ReadManagement
            | Command::SetBaud(_)
            | Command::SetRadioFrame(_) => now,
        };
        let end = now + Duration::from_millis(500);
        self.state = State::Settling { quiet_at: (now + self.line.gap).min(end), end, then, at };
    }

    pub(super) fn refused(&mut self, status: Status, command: Command, now: Duration) {
        if matches!(command, Command::ReadAppended | Command::ReadManagement) {
            return self.after_base(command, now);
        }
        if command == Command::SamId && !matches!(status, Status::SelfTestFailed | Status::Unauthorised) {
            return self.bad(Badness::Malformed, command, now);
        }
        match status {
            // The request was damaged on its way; the module has done nothing.
            Status::RequestChecksum | Status::RequestLength => {
                self.quality.note_damage();
                self.remedy.clean_run = 0;
                self.remedy.garbled = true;
                self.remedy.bad_in_stage += 1;
                self.escalate(command, now);
            }
            Status::NoCard if command == Command::Find => {
                self.remedy.note_answer();
                self.quality.note_clean_answer();
                self.not_found(now);
            }
            Status::WrongCard => self.end(Step::Fault(Trouble::WrongCard)),
            Status::Unauthorised => self.end(Step::Fault(Trouble::Unauthorised)),
            Status::SelfTestFailed if self.remedy.stage == Stage::Asking => {
                self.remedy.stage = Stage::Reset;
                self.settle(Command::Reset, now);
            }
            Status::SelfTestFailed => self.end(Step::Fault(Trouble::SelfTestFailed)),
            // A module without a fingerprint function refuses the longer read.
            Status::CommandRefused | Status::NotPermitted | Status::UnknownSubcommand
                if command == Command::ReadWithFingerprint =>
            {
                self.wanted.fingerprint = false;
                self.card_failed(status, now);
            }
            Status::Success
            | Status::CardFound
            | Status::NothingStored
            | Status::CommandRefused
            | Status::NotPermitted
            | Status::Unrecognised
            | Status::CardRefusedModule
            | Status::ModuleRefusedCard
            | Status::VerificationFailed
            | Status::FingerprintFailed
            | Status::LengthError
            | Status::ReadFailed
            | Status::RandomFailed
            | Status::UnknownSubcommand
            | Status::NoCard
            | Status::SelectFailed
            | Status::Other(_) => self.card_failed(status, now),
        }
    }

    /// Not finding a card is the usual state of a reader. Only when a read was lost or doubted does it stand in the way,
    /// and then a reset, which is a power cycle, lets the card be found where it lies.
    fn not_found(&mut self, now: Duration) {
        self.remedy.card_failures = 0;
        if !self.remedy.refind {
            return self.find_again(now);
        }
        self.remedy.finds_in_vain += 1;
        if self.remedy.refind_resets < REFIND_RESETS && self.remedy.finds_in_vain == 1 {
            self.remedy.refind_resets += 1;
            return self.send(Command::Reset, now);
        }
        // On a line without damage an odd record is an odd card, and it cannot be read twice here.
        if self.remedy.finds_in_vain > 2
            && !self.quality.is_doubtful()
            && let Some(odd) = self.unconfirmed.take_if(|unconfirmed| !unconfirmed.line_in_doubt)
        {
            return self.believe(odd.read, false, now);
        }
        self.find_again(now);
    }

    fn card_failed(&mut self, status: Status, now: Duration) {
        self.remedy.card_failures += 1;
        self.remedy.card_was_lost = true;
        if self.remedy.card_failures < CARD_TRIES {
            return self.find_again(now);
        }
        let trouble = match status {
            Status::CardRefusedModule | Status::ModuleRefusedCard | Status::VerificationFailed => {
                Trouble::NotAuthenticated(status)
            }
            Status::Success
            | Status::CardFound
            | Status::NothingStored
            | Status::RequestChecksum
            | Status::RequestLength
            | Status::CommandRefused
            | Status::NotPermitted
            | Status::Unrecognised
            | Status::FingerprintFailed
            | Status::LengthError
            | Status::WrongCard
            | Status::ReadFailed
            | Status::RandomFailed
            | Status::UnknownSubcommand
            | Status::SelfTestFailed
            | Status::Unauthorised
            | Status::NoCard
            | Status::SelectFailed
            | Status::Other(_) => Trouble::CardMoved,
        };
        self.end(Step::Fault(trouble));
    }

    pub(super) fn time_is_up(&mut self) {
        let trouble = if self.unconfirmed.is_some() {
            Trouble::Garbled
        } else if !self.remedy.answered {
            self.line_trouble()
        } else if self.remedy.card_was_lost {
            Trouble::CardMoved
        } else if self.remedy.refind {
            Trouble::Garbled
        } else {
            Trouble::NoCard
        };
        self.end(Step::Fault(trouble));
    }

    fn line_trouble(&self) -> Trouble {
        if self.remedy.garbled { Trouble::Garbled } else { Trouble::Silent }
    }
}
