//! The one file that makes threads and reads the clock: it joins a [`Desk`] to its devices and platforms.
//!
//! One thread owns the desk and takes one input after the other. The reader, the printers and the platforms each have a
//! thread; an effect goes to it, and what came of it returns as an input.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use devices::reader::{Cancel, Endpoint, Reader};
use jiff::{SignedDuration, Timestamp, tz};
use tokio::sync::mpsc::UnboundedSender;

use crate::contract::{Fault, Request, View};
use crate::desk::{Desk, Effect, Input, Now};
use crate::fault::Trouble;
use crate::hands::{Printers, at_disk_or_stick, chip_photo, photo_decoder, read_card};
use crate::station::{Mode, StationFile};

/// How often the desk looks at its outbox and its clock when nothing else happens.
const BEAT: Duration = Duration::from_millis(250);

/// A running station: the desk, its threads, and the two doors the page uses.
pub struct Station {
    jobs: Sender<Job>,
    desk: Option<JoinHandle<()>>,
}

/// Hooks that only tests and tools set.
#[derive(Default)]
pub struct Hooks {
    /// Called after each committed transaction with their count since start.
    pub on_commit: Option<ledger::CommitWatcher>,
}

enum Job {
    Take(Input),
    Ask(Request, SyncSender<Result<(), Fault>>),
    Picture(String, SyncSender<Option<Picture>>),
    View(SyncSender<View>),
    Stop,
}

/// A picture's bytes and media type.
pub type Picture = (Vec<u8>, &'static str);

impl Station {
    /// Starts the station that `path` describes; `on_view` hears every new view.
    pub fn start(path: &Path, on_view: impl Fn(View) + Send + 'static) -> Result<Station, Fault> {
        Self::start_with(path, on_view, Hooks::default())
    }

    /// The same, with hooks.
    pub fn start_with(path: &Path, on_view: impl Fn(View) + Send + 'static, hooks: Hooks) -> Result<Station, Fault> {
        let file = StationFile::load(path).map_err(|error| crate::fault::at_start(&error.into()))?;
        let clock = Clock::of(&file);
        let (jobs, inbox) = mpsc::channel();
        let mut hands = Hands::start(&file, &jobs).map_err(|trouble| crate::fault::at_start(&trouble))?;
        let mut desk = Desk::open(file, hooks.on_commit)?;
        let desk = thread::spawn(move || {
            let opening = desk.opening();
            hands.carry_out(opening);
            on_view(desk.view(clock.now()));
            run(&mut desk, &inbox, &clock, &mut hands, &on_view);
        });
        Ok(Station { jobs, desk: Some(desk) })
    }

    /// Asks for something and waits until it is decided, durable and shown. Device work goes on after the answer; its outcome
    /// arrives in a view.
    pub fn ask(&self, request: Request) -> Result<(), Fault> {
        self.call(|reply| Job::Ask(request, reply))
            .unwrap_or_else(|| Err(crate::fault::at_start(&Trouble::of("desk.stopped"))))
    }

    /// The bytes behind a name in the view, with their media type.
    pub fn picture(&self, name: &str) -> Option<Picture> {
        self.call(|reply| Job::Picture(name.to_owned(), reply)).flatten()
    }

    /// The view as it is now.
    pub fn view(&self) -> Option<View> {
        self.call(Job::View)
    }

    fn call<T>(&self, job: impl FnOnce(SyncSender<T>) -> Job) -> Option<T> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.jobs.send(job(reply)).ok()?;
        answer.recv().ok()
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        // The desk may already be gone; then there is nobody left to stop.
        let _ = self.jobs.send(Job::Stop);
        if let Some(desk) = self.desk.take() {
            let _ = desk.join();
        }
    }
}

fn run(desk: &mut Desk, inbox: &Receiver<Job>, clock: &Clock, hands: &mut Hands, on_view: &impl Fn(View)) {
    let mut shown = desk.version();
    let mut next_beat = Instant::now();
    let show = |desk: &mut Desk, shown: &mut u32| {
        if desk.version() != *shown {
            *shown = desk.version();
            on_view(desk.view(clock.now()));
        }
    };
    loop {
        // A busy page must not starve the outbox, so the beat is due by the clock and not by silence.
        let pause = next_beat.saturating_duration_since(Instant::now());
        match inbox.recv_timeout(pause) {
            Ok(Job::Take(input)) => hands.carry_out(desk.handle(input, clock.now())),
            Ok(Job::Ask(request, reply)) => {
                let (answer, effects) = desk.ask(request, clock.now());
                hands.carry_out(effects);
                // Shown first and answered second: a page that has its answer but not yet its view would offer the same
                // act again.
                show(desk, &mut shown);
                // A page that went away does not want its answer.
                let _ = reply.send(answer);
            }
            Ok(Job::Picture(name, reply)) => {
                let _ = reply.send(desk.picture(&name));
            }
            Ok(Job::View(reply)) => {
                let _ = reply.send(desk.view(clock.now()));
            }
            Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if Instant::now() >= next_beat {
            next_beat = Instant::now() + BEAT;
            hands.carry_out(desk.handle(Input::Beat, clock.now()));
        }
        show(desk, &mut shown);
    }
}

/// The threads that act. Each ends when its channel closes, which is when the desk's thread ends.
struct Hands {
    reader: Sender<ReaderWork>,
    printers: Sender<Effect>,
    /// Disk and stick: neither may hold up a card that is being printed.
    stick: Sender<Effect>,
    uplink: UnboundedSender<ledger::Message>,
    results: UnboundedSender<Effect>,
    cancel: Cancel,
}

enum ReaderWork {
    Probe,
    Read(Cancel),
}

impl Hands {
    fn start(file: &StationFile, jobs: &Sender<Job>) -> Result<Hands, Trouble> {
        Ok(Hands {
            reader: reader_thread(file, jobs.clone()),
            printers: printer_thread(file, jobs.clone()),
            stick: stick_thread(jobs.clone()),
            uplink: uplink_thread(file, jobs.clone())?,
            results: results_thread(file, jobs.clone())?,
            cancel: Cancel::new(),
        })
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            // A hand that is gone has reported why; the desk shows its last state.
            match effect {
                Effect::ProbeReader => drop(self.reader.send(ReaderWork::Probe)),
                Effect::ReadCard => {
                    self.cancel = Cancel::new();
                    drop(self.reader.send(ReaderWork::Read(self.cancel.clone())));
                }
                Effect::CancelRead => self.cancel.cancel(),
                Effect::Send(message) => drop(self.uplink.send(message)),
                Effect::LookAtDisk { .. } | Effect::Stick(_) => drop(self.stick.send(effect)),
                Effect::FetchResults { .. } | Effect::TellResult { .. } => drop(self.results.send(effect)),
                Effect::PrintCard { .. }
                | Effect::SendCard { .. }
                | Effect::AskJob { .. }
                | Effect::StopJob { .. }
                | Effect::LookAtPrinter { .. }
                | Effect::PrintSheet { .. }
                | Effect::PrintPaper { .. }
                | Effect::FindJob { .. } => {
                    drop(self.printers.send(effect));
                }
            }
        }
    }
}

fn reader_thread(file: &StationFile, jobs: Sender<Job>) -> Sender<ReaderWork> {
    let (work, inbox) = mpsc::channel();
    let endpoint = Endpoint::parse(&file.reader.endpoint).expect("StationFile::load checked the endpoint");
    let wait = Duration::from_millis(u64::from(file.reader.wait_ms));
    let decoder = photo_decoder(file);
    thread::spawn(move || {
        let mut reader: Option<Reader> = None;
        // The desk has stopped when nobody takes an input any more; then this channel ends too.
        let tell = |input| drop(jobs.send(Job::Take(input)));
        for task in inbox {
            match task {
                ReaderWork::Probe => tell(Input::ReaderProbed(crate::hands::probe(&mut reader, &endpoint))),
                ReaderWork::Read(cancel) => {
                    let read = read_card(&mut reader, &endpoint, wait, cancel);
                    let photo = read.as_ref().ok().map(|read| (read.record.number().to_string(), read.photo.clone()));
                    // The clerk goes on while the portrait is decoded.
                    tell(Input::CardRead(Box::new(read)));
                    let seen = photo.zip(decoder.as_ref());
                    seen.and_then(|((number, photo), decoder)| chip_photo(decoder, number, &photo)).map(tell);
                }
            }
        }
    });
    work
}

fn printer_thread(file: &StationFile, jobs: Sender<Job>) -> Sender<Effect> {
    let (work, inbox) = mpsc::channel();
    let mut printers = Printers::new(&file.printers.card, &file.printers.paper);
    thread::spawn(move || {
        for effect in inbox {
            for outcome in printers.carry_out(effect) {
                if jobs.send(Job::Take(outcome)).is_err() {
                    return;
                }
            }
        }
    });
    work
}

fn stick_thread(jobs: Sender<Job>) -> Sender<Effect> {
    let (work, inbox) = mpsc::channel::<Effect>();
    thread::spawn(move || {
        for told in inbox.into_iter().filter_map(at_disk_or_stick) {
            if jobs.send(Job::Take(told)).is_err() {
                return;
            }
        }
    });
    work
}

fn uplink_thread(file: &StationFile, jobs: Sender<Job>) -> Result<UnboundedSender<ledger::Message>, Trouble> {
    let (work, mut inbox) = tokio::sync::mpsc::unbounded_channel::<ledger::Message>();
    let uplink = crate::hands::uplink(file)?;
    thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be built");
        runtime.block_on(async move {
            let uplink = std::sync::Arc::new(uplink);
            while let Some(message) = inbox.recv().await {
                let (uplink, jobs) = (uplink.clone(), jobs.clone());
                tokio::spawn(async move {
                    let answer = uplink.send(crate::hands::letter(&message)).await;
                    // The desk may have stopped; the row is then due again at the next start.
                    let _ = jobs.send(Job::Take(Input::Answered { message: message.id, answer }));
                });
            }
        });
    });
    Ok(work)
}

/// Asks platforms for results and tells what became of them. It is beside the letters, so that neither waits for the other.
fn results_thread(file: &StationFile, jobs: Sender<Job>) -> Result<UnboundedSender<Effect>, Trouble> {
    let (work, mut inbox) = tokio::sync::mpsc::unbounded_channel::<Effect>();
    let uplink = crate::hands::uplink(file)?;
    let window = file.window.code.to_string();
    thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be built");
        runtime.block_on(async move {
            // One after the other: a result is told before the next list is asked for.
            while let Some(effect) = inbox.recv().await {
                if let Some(input) = crate::hands::about_results(&uplink, &window, effect).await {
                    // The desk may have stopped; what was not told is told after the next start.
                    let _ = jobs.send(Job::Take(input));
                }
            }
        });
    });
    Ok(work)
}

/// The station's clock: the machine's, moved to the training day if there is one. China has one zone, +08:00.
struct Clock {
    shift: SignedDuration,
}

impl Clock {
    fn of(file: &StationFile) -> Clock {
        let shift = match (&file.training, file.mode) {
            (Some(training), Mode::Training) => {
                let today = china(Timestamp::now()).date();
                let days = training.today.since(today).map_or(0, |span| span.get_days());
                SignedDuration::from_hours(i64::from(days) * 24)
            }
            _ => SignedDuration::ZERO,
        };
        Clock { shift }
    }

    fn now(&self) -> Now {
        let at = Timestamp::now().checked_add(self.shift).unwrap_or(Timestamp::now());
        Now { at, today: china(at).date(), jitter: jitter(at) }
    }
}

/// The clock of a station that is not running, for a tool that writes into its ledger.
pub fn now_at(file: &StationFile) -> Now {
    Clock::of(file).now()
}

fn china(at: Timestamp) -> jiff::civil::DateTime {
    tz::offset(8).to_datetime(at)
}

/// A number in 0..1 that spreads retries; the clock's own nanoseconds are random enough for that.
fn jitter(at: Timestamp) -> f64 {
    f64::from(at.subsec_nanosecond().unsigned_abs() % 1_000_000) / 1_000_000.0
}
