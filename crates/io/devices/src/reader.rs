//! The identity card reader.

mod endpoint;
mod fault;
mod options;

use std::time::{Duration, Instant};

use idcard::{
    card::{CardRecord, ChipText},
    command::{Answer, Command, Hidden},
    conversation::{ChipRead, Conversation, LineQuality, Presence, PresenceWatch, Step},
    exchange::{Badness, Exchange, Turn},
    frame::Decoder,
    sam_id::SamId,
    status::Status,
    wlt::ChipPhoto,
};

pub use endpoint::{Endpoint, NotAnEndpoint};
pub use fault::ReaderFault;
pub use options::{Cancel, ReadOptions};

use crate::link::{Link, LinkFault};

/// Longest single wait for bytes, so that a cancelled read ends within 100 ms.
const SLICE: Duration = Duration::from_millis(50);
/// How long a vanished port is waited for before that is a fault.
const HEALING: Duration = Duration::from_secs(3);
/// Between two attempts to open a vanished port.
const REOPEN: Duration = Duration::from_millis(200);

/// A reader that is open. Nothing else can open it meanwhile.
pub struct Reader {
    endpoint: Endpoint,
    link: Option<Box<dyn Link>>,
    began: Instant,
    sam_id: Option<SamId>,
    quality: LineQuality,
    presence: PresenceWatch,
}

/// What a reader says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Where it was found; never `auto`.
    pub endpoint: Endpoint,
    pub sam_id: SamId,
    /// `Success` when ready.
    pub status: Status,
}

/// A card, read and taken apart. Its `Debug` hides the person.
#[derive(Debug, Clone)]
pub struct CardRead {
    pub record: CardRecord,
    /// The portrait, undecoded; see [`ChipPhoto::check`].
    pub photo: ChipPhoto,
    /// Empty unless asked for and stored.
    pub fingerprint: Hidden,
    /// Addresses written after issue, oldest first; `None` when not asked for or not answered.
    pub appended: Option<Vec<ChipText>>,
    pub management: Option<Hidden>,
    /// Two reads agreed byte for byte; asked for only when the line or the record was in doubt.
    pub heard_twice: bool,
    pub sam_id: SamId,
    /// From the call to its end, waiting for the card included.
    pub duration: Duration,
}

impl Reader {
    /// Opens the port. A reader that is there and silent is opened too: [`Reader::probe`] tells.
    pub fn open(endpoint: &Endpoint) -> Result<Self, ReaderFault> {
        let link = endpoint.open().map_err(ReaderFault::opening)?.ok_or(ReaderFault::NothingFound)?;
        Ok(Self {
            endpoint: endpoint.clone(),
            link: Some(link),
            began: Instant::now(),
            sam_id: None,
            quality: LineQuality::default(),
            presence: PresenceWatch::default(),
        })
    }

    /// Where this reader is; never `auto`.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Asks for status and identity. A dead reader is reported when the status is overdue.
    pub fn probe(&mut self) -> Result<Probe, ReaderFault> {
        let status = match self.ask(Command::Status) {
            Ok(_) => Status::Success,
            Err(ReaderFault::SelfTestFailed) => return Err(ReaderFault::SelfTestFailed),
            Err(fault) => return Err(fault),
        };
        let sam_id = self.identify()?;
        Ok(Probe { endpoint: self.endpoint.clone(), sam_id, status })
    }

    /// Waits for a card and reads it. A port that goes away is opened again; a read called off ends within 100 ms.
    pub fn read(&mut self, options: &ReadOptions) -> Result<CardRead, ReaderFault> {
        let began = self.now();
        self.ensure_open(&options.cancel)?;
        let sam_id = match self.sam_id {
            Some(id) => id,
            None => self.identify_patiently(&options.cancel)?,
        };
        let give_up_at = began + options.timeout;
        let mut read = self.converse(options, give_up_at)?;
        // The module may have been another one since the port was opened anew.
        let sam_id = self.sam_id.unwrap_or(sam_id);
        self.presence.note_good_read();
        Ok(CardRead {
            record: CardRecord::parse(&read.base.text),
            photo: read.base.photo,
            fingerprint: read.base.fingerprint,
            appended: read.appended.take().map(|list| list.iter().map(|raw| ChipText::from_bytes(&raw.0)).collect()),
            management: read.management.take(),
            heard_twice: read.heard_twice,
            sam_id,
            duration: self.now() - began,
        })
    }

    /// Asks once whether a card lies on the reader. After a good read "not found" is [`Presence::Unknown`].
    pub fn presence(&mut self) -> Result<Presence, ReaderFault> {
        match self.exchange(Command::Find, &Cancel::new())? {
            Turn::Answer(_) => Ok(self.presence.note_find(true)),
            Turn::Refused(Status::NoCard) => Ok(self.presence.note_find(false)),
            turn @ (Turn::Refused(_) | Turn::Bad(_) | Turn::Wait { .. }) => Err(ended(&turn)),
        }
    }

    fn converse(&mut self, options: &ReadOptions, give_up_at: Duration) -> Result<ChipRead, ReaderFault> {
        let line = self.link.as_ref().map_or(idcard::command::Line::network(), |link| link.line());
        let mut conversation = Conversation::new(options.wanted, line, self.quality, self.now(), give_up_at);
        let mut buffer = [0; 4096];
        loop {
            if options.cancel.is_cancelled() {
                return Err(ReaderFault::Cancelled);
            }
            let step = conversation.step(self.now());
            self.quality = conversation.quality();
            let carried = match step {
                Step::Send(bytes) => self.send(&bytes),
                Step::Wait { until } => {
                    let wait = until.saturating_sub(self.now()).min(SLICE);
                    match self.receive(&mut buffer, wait) {
                        Ok(count) => {
                            conversation.hear(&buffer[..count], self.now());
                            Ok(())
                        }
                        Err(fault) => Err(fault),
                    }
                }
                Step::Reopen => {
                    self.close();
                    Err(LinkFault::Gone { source: std::io::ErrorKind::TimedOut.into() })
                }
                Step::Done(read) => return Ok(*read),
                Step::Fault(trouble) => return Err(trouble.into()),
            };
            if let Err(fault) = carried {
                self.heal(fault, &options.cancel)?;
                conversation.reopened(self.now());
            }
        }
    }

    /// The module's identity, asked for once per opening.
    fn identify(&mut self) -> Result<SamId, ReaderFault> {
        match self.ask(Command::SamId)? {
            Answer::SamId(id) => {
                self.sam_id = Some(id);
                Ok(id)
            }
            Answer::Done
            | Answer::Found
            | Answer::Selected
            | Answer::Base(_)
            | Answer::Appended(_)
            | Answer::Management(_) => Err(ReaderFault::BadData),
        }
    }

    /// Noise and a module that is just starting are given three tries.
    fn identify_patiently(&mut self, cancel: &Cancel) -> Result<SamId, ReaderFault> {
        let mut last = ReaderFault::NoAnswer;
        for _ in 0..3 {
            if cancel.is_cancelled() {
                return Err(ReaderFault::Cancelled);
            }
            match self.identify() {
                Ok(id) => return Ok(id),
                Err(fault @ (ReaderFault::NoAnswer | ReaderFault::BadData)) => last = fault,
                Err(ReaderFault::PortGone { source }) => self.heal(source, cancel)?,
                Err(fault) => return Err(fault),
            }
        }
        Err(last)
    }

    /// One command and its answer, without retries.
    pub fn ask(&mut self, command: Command) -> Result<Answer, ReaderFault> {
        match self.exchange(command, &Cancel::new())? {
            Turn::Answer(answer) => Ok(answer),
            turn @ (Turn::Refused(_) | Turn::Bad(_) | Turn::Wait { .. }) => Err(ended(&turn)),
        }
    }

    fn exchange(&mut self, command: Command, cancel: &Cancel) -> Result<Turn, ReaderFault> {
        self.ensure_open(cancel)?;
        let line = self.link.as_ref().map_or(idcard::command::Line::network(), |link| link.line());
        let mut buffer = [0; 4096];
        let lost = |source| ReaderFault::PortGone { source };
        // What an earlier command left in the buffer answers nothing.
        while self.receive(&mut buffer, Duration::ZERO).map_err(lost)? > 0 {}
        let mut decoder = Decoder::new();
        let mut exchange = Exchange::begin(command, line, self.now());
        self.send(exchange.request()).map_err(lost)?;
        loop {
            let turn = exchange.turn(&mut decoder, self.now());
            let Turn::Wait { until } = turn else { return Ok(turn) };
            let wait = until.saturating_sub(self.now()).min(SLICE);
            let count = self.receive(&mut buffer, wait).map_err(lost)?;
            exchange.hear(&buffer[..count], &mut decoder, self.now());
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkFault> {
        let sent = self.link.as_mut().map_or_else(|| Err(closed()), |link| link.send(bytes));
        if sent.is_err() {
            self.close();
        }
        sent
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkFault> {
        let received = self.link.as_mut().map_or_else(|| Err(closed()), |link| link.receive(buffer, wait));
        if received.is_err() {
            self.close();
        }
        received
    }

    fn close(&mut self) {
        self.link = None;
        self.sam_id = None;
    }

    fn ensure_open(&mut self, cancel: &Cancel) -> Result<(), ReaderFault> {
        if self.link.is_some() { Ok(()) } else { self.heal(closed(), cancel) }
    }

    /// Opens the port again, waiting for it to come back.
    fn heal(&mut self, lost: LinkFault, cancel: &Cancel) -> Result<(), ReaderFault> {
        let until = self.now() + HEALING;
        tracing::info!(%lost, "opening the reader's port again");
        loop {
            if cancel.is_cancelled() {
                return Err(ReaderFault::Cancelled);
            }
            match self.endpoint.open() {
                Ok(link) => {
                    self.link = link;
                    return Ok(());
                }
                Err(source) if self.now() >= until => return Err(ReaderFault::PortGone { source }),
                Err(fault) => tracing::debug!(%fault, "not yet"),
            }
            std::thread::sleep(REOPEN.min(SLICE));
        }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }
}

fn closed() -> LinkFault {
    LinkFault::Gone { source: std::io::ErrorKind::NotConnected.into() }
}

fn ended(turn: &Turn) -> ReaderFault {
    match turn {
        Turn::Refused(Status::SelfTestFailed) => ReaderFault::SelfTestFailed,
        Turn::Refused(Status::Unauthorised) => ReaderFault::Unauthorised,
        Turn::Refused(status) => ReaderFault::Refused { status: *status },
        Turn::Bad(Badness::Silent) => ReaderFault::NoAnswer,
        Turn::Bad(Badness::Garbled | Badness::Malformed) | Turn::Answer(_) | Turn::Wait { .. } => ReaderFault::BadData,
    }
}
