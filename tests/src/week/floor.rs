//! One counter under a clock that is turned by hand: the real desk and ledger, the real queues and the real way to the
//! platforms, one effect after the other.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use casework::outbox;
use cli::visit::text_of;
use desk::contract::{Fault, Request, View};
use desk::desk::{Desk, Effect, Input, Now};
use desk::hands::{self, Printers};
use desk::station::StationFile;
use devices::reader::{CardRead, ReaderFault};
use jiff::{SignedDuration, Timestamp, tz};
use ledger::CommitWatcher;

/// What one request takes of the hand-turned clock.
const AN_ACT: SignedDuration = SignedDuration::from_secs(4);

/// A desk, its surroundings, and the time of day.
pub struct Floor {
    desk: Desk,
    printers: Printers,
    uplink: uplink::Uplink,
    runtime: tokio::runtime::Runtime,
    /// Its code at the platforms.
    window: String,
    now: Timestamp,
    /// What lies on the reader; nothing is a card that cannot be read.
    pub on_reader: Option<CardRead>,
    /// The window is cut off from the first moment to before the second.
    pub outage: Option<(Timestamp, Timestamp)>,
    /// Where the time of day is kept, so that a station that was killed goes on at the time of its death.
    clock_file: PathBuf,
    under_way: VecDeque<Effect>,
    /// The folder of the card printer.
    tray: PathBuf,
}

impl Floor {
    /// Switches the station on, at the time that stands in `clock_file` or else at `first`.
    ///
    /// # Errors
    /// The desk's own words when it does not start.
    pub fn open(
        station: &Path,
        clock_file: &Path,
        first: Timestamp,
        watcher: Option<CommitWatcher>,
    ) -> Result<Floor, String> {
        let kept = std::fs::read_to_string(clock_file).ok().and_then(|text| text.parse().ok());
        let file = StationFile::load(station).map_err(|error| desk::fault::chain(&error))?;
        let printers = Printers::new(&file.printers.card, &file.printers.paper);
        let uplink = hands::uplink(&file).map_err(|_| "the platforms cannot be reached by these addresses")?;
        let tray = cli::visit::tray(station, &file);
        let window = file.window.code.to_string();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
        let mut desk = Desk::open(file, watcher).map_err(|fault| format!("{}: {}", fault.code, fault.what))?;
        let under_way = desk.opening().into();
        let mut floor = Floor {
            desk,
            printers,
            uplink,
            runtime,
            window,
            now: kept.unwrap_or(first),
            on_reader: None,
            outage: None,
            clock_file: clock_file.to_path_buf(),
            under_way,
            tray,
        };
        floor.carry_out();
        Ok(floor)
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn view(&mut self) -> View {
        let now = self.clock();
        self.desk.view(now)
    }

    /// Somebody asks for something; what it causes is done before this returns.
    ///
    /// # Errors
    /// The fault that the page would show.
    pub fn ask(&mut self, request: Request) -> Result<(), Fault> {
        self.turn_to(self.now + AN_ACT);
        let now = self.clock();
        let (answer, effects) = self.desk.ask(request, now);
        self.under_way.extend(effects);
        self.carry_out();
        answer
    }

    /// Nothing happens until `then`, but for what the desk does by itself every `beat`.
    pub fn wait_until(&mut self, then: Timestamp, beat: SignedDuration) {
        while self.now < then {
            self.turn_to((self.now + beat).min(then));
            self.happens(Input::Beat);
        }
    }

    /// Whether a card that bears `number` lies in the tray. The newest is looked at.
    pub fn tray_holds(&self, number: &str) -> bool {
        let newest = cli::visit::cards_in_tray(&self.tray)
            .into_iter()
            .max_by_key(|card| card.metadata().and_then(|about| about.modified()).ok());
        newest.is_some_and(|card| text_of(&card).is_ok_and(|text| text.contains(number)))
    }

    /// How many blanks have gone through the card printer.
    pub fn cards_made(&self) -> u32 {
        u32::try_from(cli::visit::cards_in_tray(&self.tray).len()).expect("a tray holds few cards")
    }

    /// Puts a condition on the card printer, `None` for good.
    ///
    /// # Errors
    /// When the queue's folder cannot be written.
    pub fn printer(&self, condition: Option<&str>) -> std::io::Result<()> {
        let state = self.tray.join(".state");
        match condition {
            Some(word) => std::fs::write(state, word),
            None if state.exists() => std::fs::remove_file(state),
            None => Ok(()),
        }
    }

    fn happens(&mut self, input: Input) {
        let now = self.clock();
        let effects = self.desk.handle(input, now);
        self.under_way.extend(effects);
        self.carry_out();
    }

    fn turn_to(&mut self, now: Timestamp) {
        self.now = now;
        // Without it a run that was killed would only begin its day again.
        let _ = std::fs::write(&self.clock_file, now.to_string());
    }

    fn clock(&self) -> Now {
        let today = tz::offset(8).to_datetime(self.now).date();
        // Full jitter that repeats: the middle of it.
        Now { at: self.now, today, jitter: 0.5 }
    }

    fn is_cut_off(&self) -> bool {
        self.outage.is_some_and(|(from, until)| (from..until).contains(&self.now))
    }

    fn carry_out(&mut self) {
        while let Some(effect) = self.under_way.pop_front() {
            for input in self.outcome(effect) {
                let now = self.clock();
                self.under_way.extend(self.desk.handle(input, now));
            }
        }
    }

    fn outcome(&mut self, effect: Effect) -> Vec<Input> {
        match effect {
            // The disk of a simulated week is the machine's own, and says nothing about a counter's.
            // Nor does anybody look at the card printer between prints here: the week's clerks learn of it when they print.
            Effect::ProbeReader
            | Effect::CancelRead
            | Effect::LookAtDisk { .. }
            | Effect::LookAtPrinter { .. }
            | Effect::PrintSheet { .. } => Vec::new(),
            Effect::Stick(work) => vec![Input::Stick(stick::carry_out(work))],
            Effect::ReadCard => vec![Input::CardRead(Box::new(self.on_reader.clone().ok_or(ReaderFault::CardMoved)))],
            Effect::PrintCard { .. }
            | Effect::SendCard { .. }
            | Effect::AskJob { .. }
            | Effect::StopJob { .. }
            | Effect::PrintPaper { .. }
            | Effect::FindJob { .. } => self.printers.carry_out(effect),
            Effect::FetchResults { ref platform, .. } if self.is_cut_off() => {
                vec![Input::ResultsCame { platform: platform.clone(), answer: outbox::Answer::NetworkDown }]
            }
            Effect::TellResult { ref platform, ref result, .. } if self.is_cut_off() => {
                let (platform, result) = (platform.clone(), result.clone());
                vec![Input::ResultTold { platform, result, answer: outbox::Answer::NetworkDown }]
            }
            Effect::FetchResults { .. } | Effect::TellResult { .. } => {
                let told = hands::about_results(&self.uplink, &self.window, effect);
                self.runtime.block_on(told).into_iter().collect()
            }
            Effect::Send(message) => {
                let answer = match self.is_cut_off() {
                    true => outbox::Answer::NetworkDown,
                    false => self.runtime.block_on(self.uplink.send(hands::letter(&message))),
                };
                vec![Input::Answered { message: message.id, answer }]
            }
        }
    }
}
