//! Reading one card: find, select, read, and what to do when any of it fails.
//!
//! The machine does no input or output and knows no clock. It is asked for its next [`Step`], told what was heard and
//! when, and ends in exactly one of a read or a [`Trouble`]. Remedies go from mild to strong: ask again, reset the
//! module after three bad answers, open the port anew after three more, then give up and say who can act.

mod presence;
mod quality;
mod remedy;
mod trial;

use std::time::Duration;

pub use presence::{Presence, PresenceWatch};
pub use quality::LineQuality;
pub use trial::LINE_TRIALS;

use crate::{
    card::CardRecord,
    command::{Answer, BaseRead, Command, Hidden, Line},
    exchange::{Exchange, Turn},
    frame::Decoder,
    sam_id::SamId,
    status::Status,
};

/// Finding is never asked for sooner than this after the last time.
pub const POLL: Duration = Duration::from_millis(300);

/// How long after its time a conversation may still wait for an answer, or longer if the answer's own bytes take longer.
const OVERTIME: Duration = Duration::from_millis(1500);

/// What to read besides text and photo.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    pub fingerprint: bool,
    pub appended_addresses: bool,
    pub management_number: bool,
}

/// What the caller is to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Put these bytes on the line.
    Send(Vec<u8>),
    /// Wait until bytes arrive or this time comes.
    Wait {
        until: Duration,
    },
    /// Close the port and open it again, then call [`Conversation::reopened`].
    Reopen,
    Done(Box<ChipRead>),
    Fault(Trouble),
}

/// A card, read. Optional parts are `None` when not asked for or not given by the card or module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChipRead {
    pub base: BaseRead,
    pub appended: Option<Vec<Hidden>>,
    pub management: Option<Hidden>,
    /// Two reads agreed byte for byte. Asked for only on a line in doubt or for a record that looks damaged.
    pub heard_twice: bool,
}

/// Why no card was read. Who can act is decided where devices are named (`devices::reader`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("no card was laid on the reader in time")]
    NoCard,
    #[error("the card was found and then lost")]
    CardMoved,
    #[error("what lies on the reader is not a second-generation identity card")]
    WrongCard,
    #[error("card and module do not accept one another (status {0})")]
    NotAuthenticated(Status),
    #[error("the reader sends damaged answers")]
    Garbled,
    #[error("the reader does not answer")]
    Silent,
    #[error("the reader's module failed its self-test")]
    SelfTestFailed,
    #[error("the reader's module is not authorised")]
    Unauthorised,
}

#[derive(Debug)]
enum State {
    /// Send this when the time comes.
    Next {
        command: Command,
        at: Duration,
    },
    Waiting(Exchange),
    /// After a bad answer: let the line run dry, so that a late answer is not taken for the next one.
    Settling {
        quiet_at: Duration,
        end: Duration,
        then: Command,
        at: Duration,
    },
    Reopening,
    Ended(Box<Step>),
}

#[derive(Debug)]
struct Unconfirmed {
    read: BaseRead,
    /// The line had damaged frames when it was heard; else only the record itself is odd.
    line_in_doubt: bool,
}

/// One read, from the first find to the end.
pub struct Conversation {
    wanted: Wanted,
    line: Line,
    give_up_at: Duration,
    decoder: Decoder,
    state: State,
    quality: LineQuality,
    trial: trial::Trial,
    remedy: remedy::Remedy,
    last_find: Option<Duration>,
    /// A base read that must be heard a second time before it is believed.
    unconfirmed: Option<Unconfirmed>,
    base: Option<(BaseRead, bool)>,
    appended: Option<Vec<Hidden>>,
    management: Option<Hidden>,
}

impl Conversation {
    /// Begins at `now`; no new find is sent after `give_up_at`. `known` and `quality` are what earlier conversations
    /// learnt since the port was opened; without them the line is tried first.
    pub fn new(
        wanted: Wanted,
        line: Line,
        (known, quality): (Option<SamId>, LineQuality),
        now: Duration,
        give_up_at: Duration,
    ) -> Self {
        let trial = trial::Trial::new(known);
        Self {
            wanted,
            line,
            give_up_at,
            decoder: Decoder::new(),
            state: State::Next { command: trial.first_command(), at: now },
            quality,
            trial,
            remedy: remedy::Remedy::default(),
            last_find: None,
            unconfirmed: None,
            base: None,
            appended: None,
            management: None,
        }
    }

    /// What was learnt about the line, for the next conversation.
    pub fn quality(&self) -> LineQuality {
        self.quality
    }

    /// The module that answers. Known before any card is found.
    pub fn sam_id(&self) -> Option<SamId> {
        self.trial.sam_id(self.quality)
    }

    /// Takes bytes that arrived at `now`.
    pub fn hear(&mut self, bytes: &[u8], now: Duration) {
        match &mut self.state {
            State::Waiting(exchange) => exchange.hear(bytes, &mut self.decoder, now),
            State::Settling { quiet_at, end, .. } => *quiet_at = (now + self.line.gap).min(*end),
            State::Next { .. } | State::Reopening | State::Ended(_) => {}
        }
    }

    /// The port is open again.
    pub fn reopened(&mut self, now: Duration) {
        self.decoder.clear();
        self.trial = trial::Trial::new(None);
        self.state = State::Next { command: Command::Status, at: now };
    }

    /// What to do at `now`. After the end it repeats the end.
    pub fn step(&mut self, now: Duration) -> Step {
        loop {
            match &mut self.state {
                State::Next { at, .. } if now < *at => return Step::Wait { until: *at },
                State::Next { command, .. } => {
                    let command = *command;
                    let begins = matches!(command, Command::Find | Command::Status | Command::SamId | Command::Reset);
                    if begins && now >= self.give_up_at {
                        self.time_is_up();
                        continue;
                    }
                    self.decoder.clear();
                    if command == Command::Find {
                        self.last_find = Some(now);
                    }
                    let allowed = command.deadline(self.line).min(self.latest_end(command).saturating_sub(now));
                    let exchange = Exchange::begin_within(command, self.line, now, allowed);
                    let request = exchange.request().to_vec();
                    self.state = State::Waiting(exchange);
                    return Step::Send(request);
                }
                State::Settling { quiet_at, .. } if now < *quiet_at => return Step::Wait { until: *quiet_at },
                State::Settling { then, at, .. } => self.state = State::Next { command: *then, at: *at },
                State::Waiting(exchange) => {
                    let command = exchange.command();
                    let turn = exchange.turn(&mut self.decoder, now);
                    if exchange.heard_damage() {
                        self.quality.note_damage();
                    }
                    match turn {
                        Turn::Wait { until } => return Step::Wait { until },
                        Turn::Answer(answer) => {
                            self.quality.note_clean_answer();
                            self.answered(answer, command, now);
                        }
                        Turn::Refused(status) => self.refused(status, command, now),
                        Turn::Bad(badness) => self.bad(badness, command, now),
                    }
                }
                State::Reopening if now >= self.give_up_at => self.time_is_up(),
                State::Reopening => return Step::Reopen,
                State::Ended(end) => return (**end).clone(),
            }
        }
    }

    /// A card found at the last moment is still read, but nobody is kept waiting for an answer that does not come.
    fn latest_end(&self, command: Command) -> Duration {
        let wire = self.line.baud.wire_time(command.longest_reply());
        self.give_up_at + OVERTIME.max(wire + wire / 4 + OVERTIME / 5)
    }

    fn answered(&mut self, answer: Answer, command: Command, now: Duration) {
        self.remedy.note_answer();
        match answer {
            Answer::Found => self.send(Command::Select, now),
            Answer::Selected if self.wanted.fingerprint => self.send(Command::ReadWithFingerprint, now),
            Answer::Selected => self.send(Command::ReadBase, now),
            Answer::Base(read) => self.weigh(*read, now),
            Answer::Appended(addresses) => {
                self.appended = Some(addresses);
                self.after_base(Command::ReadAppended, now);
            }
            Answer::Management(number) => {
                self.management = Some(number);
                self.after_base(Command::ReadManagement, now);
            }
            // The module needs a moment after a reset; a status that answers proves that it is back.
            Answer::Done if command == Command::Reset => {
                self.remedy.note_reset(now);
                self.state = State::Next { command: Command::Status, at: now + remedy::REBOOT };
            }
            Answer::Done => self.find_again(now),
            Answer::SamId(id) => {
                if self.trial.note(id) == trial::Agreement::Differs {
                    self.quality.note_damage();
                }
                self.find_again(now);
            }
        }
    }

    /// Decides whether a read may be believed at once.
    fn weigh(&mut self, read: BaseRead, now: Duration) {
        let looks_damaged = CardRecord::parse(&read.text).is_suspect() || read.photo.check().is_err();
        let line_in_doubt = self.quality.is_doubtful();
        match self.unconfirmed.take() {
            Some(before) if before.read == read => self.believe(read, true, now),
            None if !looks_damaged && !line_in_doubt => self.believe(read, false, now),
            Some(_) => {
                // Two reads with right checksums that differ: the line lies.
                self.quality.note_damage();
                self.unconfirmed = Some(Unconfirmed { read, line_in_doubt: true });
                self.bad(crate::exchange::Badness::Garbled, Command::ReadBase, now);
            }
            None => {
                self.unconfirmed = Some(Unconfirmed { read, line_in_doubt });
                self.remedy.expect_refind();
                self.find_again(now);
            }
        }
    }

    fn believe(&mut self, read: BaseRead, heard_twice: bool, now: Duration) {
        self.base = Some((read, heard_twice));
        self.after_base(Command::ReadBase, now);
    }

    /// The optional parts follow a good read without selecting again. None of them can spoil it.
    fn after_base(&mut self, done: Command, now: Duration) {
        let appended = self.wanted.appended_addresses && done == Command::ReadBase;
        let management = self.wanted.management_number && done != Command::ReadManagement;
        if appended {
            self.send(Command::ReadAppended, now);
        } else if management {
            self.send(Command::ReadManagement, now);
        } else if let Some((base, heard_twice)) = self.base.take() {
            let (appended, management) = (self.appended.take(), self.management.take());
            self.end(Step::Done(Box::new(ChipRead { base, appended, management, heard_twice })));
        }
    }

    fn send(&mut self, command: Command, now: Duration) {
        self.state = State::Next { command, at: now };
    }

    /// Back to finding, or to the module's identity as long as that is not settled.
    fn find_again(&mut self, now: Duration) {
        if self.trial.sam_id(self.quality).is_none() {
            return self.send(Command::SamId, now);
        }
        let at = self.last_find.map_or(now, |last| now.max(last + POLL));
        self.state = State::Next { command: Command::Find, at };
    }

    fn end(&mut self, end: Step) {
        self.state = State::Ended(Box::new(end));
    }
}
