//! The identity card reader.

mod detect;
mod endpoint;
mod fault;
mod options;
#[cfg(unix)]
pub mod photo_decoder;
mod trace;
mod watch;

use std::time::{Duration, Instant};

use idcard::{
    card::{CardRecord, ChipText},
    command::{Answer, Baud, Command, Hidden},
    conversation::{ChipRead, Conversation, LineQuality, Presence, PresenceWatch, Step},
    exchange::{Badness, Exchange, Turn},
    frame::Decoder,
    sam_id::SamId,
    status::Status,
    wlt::ChipPhoto,
};

pub use detect::{Port, detect_among, ports};
pub use endpoint::{Endpoint, NotAnEndpoint};
pub use fault::ReaderFault;
pub use options::{Cancel, ReadOptions};
pub use trace::{Privacy, Trace};
pub use watch::WatchEvent;

use crate::link::{Link, LinkFault};

/// Longest single wait, so that a cancelled read ends within 100 ms.
const SLICE: Duration = Duration::from_millis(50);
/// How long a network may take when a reader is opened for the first time.
const CONNECT: Duration = Duration::from_secs(2);
/// How long a vanished port is waited for before that is a fault.
const HEALING: Duration = Duration::from_secs(3);

/// A reader that is open. Nothing else can open it meanwhile.
pub struct Reader {
    /// What was asked for; `auto` is looked up again when the port that was found is gone.
    wished: Endpoint,
    endpoint: Endpoint,
    link: Option<Box<dyn Link>>,
    began: Instant,
    sam_id: Option<SamId>,
    quality: LineQuality,
    presence: PresenceWatch,
    trace: Option<Trace>,
}

/// What a reader says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Where it was found; never `auto`.
    pub endpoint: Endpoint,
    pub sam_id: SamId,
    /// Always `Success`: a module that says otherwise is a fault.
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
        let (found, link) = endpoint.open(CONNECT, &Cancel::new())?;
        Ok(Self { wished: endpoint.clone(), ..Self::over(found, link) })
    }

    /// A reader on a link that is already open; `endpoint` is where it is opened again if it goes away.
    pub fn over(endpoint: Endpoint, link: Box<dyn Link>) -> Self {
        Self {
            wished: endpoint.clone(),
            endpoint,
            link: Some(link),
            began: Instant::now(),
            sam_id: None,
            quality: LineQuality::default(),
            presence: PresenceWatch::default(),
            trace: None,
        }
    }

    /// Writes what passes on the line from now on; `None` ends that.
    pub fn set_trace(&mut self, trace: Option<Trace>) {
        self.trace = trace;
        let opened = format!("{} opened", self.endpoint);
        self.note(&opened);
    }

    /// Where this reader is; never `auto`.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Asks for status and identity. A dead reader is reported when the status is overdue.
    pub fn probe(&mut self) -> Result<Probe, ReaderFault> {
        self.ask(Command::Status)?;
        let sam_id = self.identify()?;
        Ok(Probe { endpoint: self.endpoint.clone(), sam_id, status: Status::Success })
    }

    /// Waits for a card and reads it. A port that goes away is opened again; a read called off ends within 100 ms.
    pub fn read(&mut self, options: &ReadOptions) -> Result<CardRead, ReaderFault> {
        let began = self.now();
        let give_up_at = began + options.timeout;
        self.ensure_open(give_up_at, &options.cancel)?;
        let mut read = self.converse(options, give_up_at)?;
        let sam_id = self.sam_id.ok_or(ReaderFault::BadData)?;
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
        let mut conversation =
            Conversation::new(options.wanted, line, (self.sam_id, self.quality), self.now(), give_up_at);
        let mut buffer = [0; 4096];
        loop {
            if options.cancel.is_cancelled() {
                return Err(ReaderFault::Cancelled);
            }
            let step = conversation.step(self.now());
            self.quality = conversation.quality();
            self.sam_id = conversation.sam_id();
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
                self.heal(fault, give_up_at, &options.cancel)?;
                conversation.reopened(self.now());
            }
        }
    }

    fn identify(&mut self) -> Result<SamId, ReaderFault> {
        match self.ask(Command::SamId)? {
            Answer::SamId(id) => Ok(id),
            Answer::Done
            | Answer::Found
            | Answer::Selected
            | Answer::Base(_)
            | Answer::Appended(_)
            | Answer::Management(_) => Err(ReaderFault::BadData),
        }
    }

    /// One command and its answer, without retries.
    pub fn ask(&mut self, command: Command) -> Result<Answer, ReaderFault> {
        match self.exchange(command, &Cancel::new())? {
            Turn::Answer(answer) => {
                if let Command::SetBaud(baud) = command {
                    self.follow(baud)?;
                }
                Ok(answer)
            }
            turn @ (Turn::Refused(_) | Turn::Bad(_) | Turn::Wait { .. }) => Err(ended(&turn)),
        }
    }

    /// The module answered at the old speed and speaks at the new one from now on.
    fn follow(&mut self, baud: Baud) -> Result<(), ReaderFault> {
        if let Some(link) = &mut self.link {
            link.set_baud(baud).map_err(|source| ReaderFault::PortGone { source })?;
        }
        if let Endpoint::Serial { baud: speed, .. } = &mut self.endpoint {
            *speed = baud;
        }
        Ok(())
    }

    fn exchange(&mut self, command: Command, cancel: &Cancel) -> Result<Turn, ReaderFault> {
        self.ensure_open(self.now() + HEALING, cancel)?;
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
        if let Some(trace) = &mut self.trace {
            trace.sent(bytes);
        }
        let sent = self.link.as_mut().map_or_else(|| Err(closed()), |link| link.send(bytes));
        if sent.is_err() {
            self.close();
        }
        sent
    }

    fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> Result<usize, LinkFault> {
        let received = self.link.as_mut().map_or_else(|| Err(closed()), |link| link.receive(buffer, wait));
        match (&received, &mut self.trace) {
            (Ok(count), Some(trace)) => trace.received(&buffer[..*count]),
            (Err(_), _) => self.close(),
            (Ok(_), None) => {}
        }
        received
    }

    fn close(&mut self) {
        if self.link.is_some() {
            self.note("port closed");
        }
        self.link = None;
        self.sam_id = None;
    }

    fn ensure_open(&mut self, give_up_at: Duration, cancel: &Cancel) -> Result<(), ReaderFault> {
        if self.link.is_some() { Ok(()) } else { self.heal(closed(), give_up_at, cancel) }
    }

    /// Opens the port again, waiting for it to come back: three seconds, and not beyond the caller's own time.
    fn heal(&mut self, lost: LinkFault, give_up_at: Duration, cancel: &Cancel) -> Result<(), ReaderFault> {
        let until = give_up_at.min(self.now() + HEALING);
        tracing::info!(%lost, "opening the reader's port again");
        loop {
            if cancel.is_cancelled() {
                return Err(ReaderFault::Cancelled);
            }
            let opened = self.endpoint.open(SLICE, cancel);
            match opened.or_else(|fault| self.look_again(fault, cancel)) {
                Ok((endpoint, link)) => {
                    self.note(&format!("{endpoint} opened"));
                    (self.endpoint, self.link) = (endpoint, Some(link));
                    return Ok(());
                }
                Err(_) if self.now() >= until => return Err(ReaderFault::PortGone { source: lost }),
                Err(fault) => tracing::debug!(%fault, "not yet"),
            }
            std::thread::sleep(SLICE);
        }
    }

    /// A reader that was looked for may have come back under another name.
    fn look_again(&self, fault: ReaderFault, cancel: &Cancel) -> Result<(Endpoint, Box<dyn Link>), ReaderFault> {
        if self.wished == Endpoint::Auto { self.wished.open(SLICE, cancel) } else { Err(fault) }
    }

    fn note(&mut self, event: &str) {
        if let Some(trace) = &mut self.trace {
            trace.note(event);
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
