//! The bench: readers on their wires, platforms and print queues, under the real clock.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::card::{Library, LibraryError};
use crate::http;
use crate::platform::{self, Earned, Manner, Platforms};
use crate::reader::{Output, Reader};
use crate::scenario::{PrinterSetup, ReaderSetup, Scenario, ScenarioError};
use crate::script::Verb;
use crate::wire::pty::Pty;
use crate::wire::tcp::{self, TcpPort};

/// Everything that is simulated, running.
#[derive(Debug)]
pub struct Bench {
    pub title: String,
    pub seed: u64,
    started: Instant,
    stands: Vec<Arc<Stand>>,
    platforms: Mutex<Platforms>,
    pub cards: Arc<Library>,
    pub printers: Vec<PrinterSetup>,
    temporary: Option<PathBuf>,
    stopped: AtomicBool,
}

/// Where to find what runs: the line printed on standard output.
#[derive(Debug, Clone, Serialize)]
pub struct Addresses {
    /// Of the first reader.
    pub reader_tcp: String,
    pub reader_pty: PathBuf,
    pub platform: String,
    pub control: String,
    pub readers: Vec<ReaderAddress>,
    pub seed: u64,
}

/// Where one reader is.
#[derive(Debug, Clone, Serialize)]
pub struct ReaderAddress {
    pub name: String,
    pub tcp: String,
    pub pty: PathBuf,
}

/// Why the bench could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    #[error("the scenario cannot be played")]
    Scenario(#[from] ScenarioError),
    #[error("cannot open {what}")]
    Open { what: String, source: std::io::Error },
}

/// One reader with its wires.
#[derive(Debug)]
struct Stand {
    name: String,
    pty_link: PathBuf,
    reader: Mutex<Reader>,
    changed: Condvar,
    wires: Mutex<Wires>,
}

#[derive(Debug, Default)]
struct Wires {
    pty: Option<Arc<Pty>>,
    tcp: Option<Arc<TcpPort>>,
    tcp_address: Option<SocketAddr>,
    /// Replies go where the last request came from.
    last: Option<Wire>,
}

#[derive(Debug, Clone)]
enum Wire {
    Pty,
    Tcp(Arc<TcpStream>),
}

impl Bench {
    /// Sets everything up and lets it run. `folder` is where the scenario file stands.
    pub fn start(scenario: &Scenario, folder: &Path) -> Result<Arc<Bench>, BenchError> {
        let seed = scenario.seed.unwrap_or_else(|| fastrand::u64(0..1 << 53));
        let cards = Arc::new(scenario.library(folder).map_err(ScenarioError::Cards)?);
        let readers = scenario.readers(folder, &cards, seed)?;
        let temporary = temporary_folder(&readers)?;
        let mut platforms = Platforms::default();
        scenario.platforms.iter().for_each(|order| platforms.order(order));
        scenario.answers.iter().cloned().for_each(|order| platforms.order_answers(order));
        let stands = readers.into_iter().map(|(setup, reader)| {
            let link = setup.pty.clone().or_else(|| Some(temporary.as_ref()?.join(&setup.name)));
            let tcp_address = SocketAddr::from((Ipv4Addr::LOCALHOST, setup.tcp_port.unwrap_or(0)));
            Arc::new(Stand {
                name: setup.name,
                pty_link: link.unwrap_or_default(),
                reader: Mutex::new(reader),
                changed: Condvar::new(),
                wires: Mutex::new(Wires { tcp_address: Some(tcp_address), ..Wires::default() }),
            })
        });
        let bench = Arc::new(Bench {
            title: scenario.title.clone(),
            seed,
            started: Instant::now(),
            stands: stands.collect(),
            platforms: Mutex::new(platforms),
            cards,
            printers: scenario.printers.clone(),
            temporary,
            stopped: AtomicBool::new(false),
        });
        for stand in &bench.stands {
            bench
                .plug(stand)
                .map_err(|source| BenchError::Open { what: format!("the reader {}", stand.name), source })?;
            let (bench, stand) = (Arc::clone(&bench), Arc::clone(stand));
            std::thread::spawn(move || bench.run(&stand));
        }
        Ok(bench)
    }

    /// Time since the start.
    pub fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// Opens the platforms' port and returns its URL.
    pub fn serve_platforms(self: &Arc<Bench>) -> Result<String, BenchError> {
        let bench = Arc::clone(self);
        let address = http::serve(move |request, connection| {
            if request.path.starts_with("/control/") {
                return crate::control::answer(&bench, &request, connection);
            }
            let earned = bench.platforms().receive(&request, bench.now());
            let (answer, manner) = match earned {
                Earned::Said(answer, manner) => (answer, manner),
                Earned::Later(pause) => {
                    std::thread::sleep(pause);
                    (bench.platforms().act(&request, bench.now()), Manner::AtOnce)
                }
            };
            platform::send(connection, &answer, manner);
        });
        let address = address.map_err(|source| BenchError::Open { what: "the platforms' port".to_owned(), source })?;
        Ok(format!("http://{address}"))
    }

    /// Where each reader is.
    pub fn reader_addresses(&self) -> Vec<ReaderAddress> {
        let address = |stand: &Arc<Stand>| ReaderAddress {
            name: stand.name.clone(),
            tcp: held(&stand.wires).tcp_address.map(|address| address.to_string()).unwrap_or_default(),
            pty: stand.pty_link.clone(),
        };
        self.stands.iter().map(address).collect()
    }

    pub fn platforms(&self) -> MutexGuard<'_, Platforms> {
        held(&self.platforms)
    }

    /// Looks at each reader in turn.
    pub fn each_reader<T>(&self, look: impl Fn(&Reader) -> T) -> Vec<T> {
        self.stands.iter().map(|stand| look(&held(&stand.reader))).collect()
    }

    /// Does something to a reader; `None` means the first.
    pub fn act(&self, reader: Option<&str>, verb: &Verb) -> Result<(), ActError> {
        let stand = match reader {
            None => self.stands.first(),
            Some(name) => self.stands.iter().find(|stand| stand.name == name),
        };
        let stand = stand.ok_or_else(|| ActError::NoReader(reader.unwrap_or_default().to_owned()))?;
        held(&stand.reader).act(verb, self.now())?;
        stand.changed.notify_all();
        Ok(())
    }

    /// What scripts found wrong, in words, with the reader's name.
    pub fn failures(&self) -> Vec<String> {
        let named = |reader: &Reader| -> Vec<String> {
            reader.failures().into_iter().map(|failure| format!("{}: {failure}", reader.name)).collect()
        };
        self.each_reader(named).concat()
    }

    /// Closes the wires and removes what was left in the file system.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        for stand in &self.stands {
            stand.changed.notify_all();
            stand.pull();
        }
        if let Some(folder) = &self.temporary {
            drop(std::fs::remove_dir_all(folder));
        }
    }

    /// Lets a reader's time pass: carries out what is due, then sleeps until more is.
    fn run(self: &Arc<Bench>, stand: &Arc<Stand>) {
        let mut reader = held(&stand.reader);
        while !self.stopped.load(Ordering::Acquire) {
            let outputs = reader.advance(self.now());
            if !outputs.is_empty() {
                drop(reader);
                for output in outputs {
                    self.carry_out(stand, output);
                }
                reader = held(&stand.reader);
                continue;
            }
            let pause = reader.next_due().map_or(Duration::from_secs(1), |due| due.saturating_sub(self.now()));
            let waited = stand.changed.wait_timeout(reader, pause.min(Duration::from_secs(1)));
            reader = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn carry_out(self: &Arc<Bench>, stand: &Arc<Stand>, output: Output) {
        match output {
            Output::Bytes(bytes) => stand.send(&bytes),
            Output::Unplugged => stand.pull(),
            Output::Plugged => {
                if let Err(error) = self.plug(stand) {
                    eprintln!("hardware-sim: cannot plug in the reader {}: {error}", stand.name);
                }
            }
            Output::Platform(order) => self.platforms().order(&order),
            Output::Printer(order) => {
                if let Err(error) = order.carry_out() {
                    eprintln!("hardware-sim: {error}");
                }
            }
        }
    }

    fn plug(self: &Arc<Bench>, stand: &Arc<Stand>) -> std::io::Result<()> {
        let mut wires = held(&stand.wires);
        if self.stopped.load(Ordering::Acquire) {
            return Ok(());
        }
        let pty = Pty::open(&stand.pty_link)?;
        let (bench, listening, its_stand) = (Arc::clone(self), Arc::clone(&pty), Arc::clone(stand));
        std::thread::spawn(move || {
            listening.listen(|bytes, speed| its_stand.hear(bytes, Some(speed), Wire::Pty, bench.now()));
        });
        let address = wires.tcp_address.unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let (bench, its_stand) = (Arc::clone(self), Arc::clone(stand));
        let tcp = TcpPort::open(address, move |bytes, connection| {
            its_stand.hear(bytes, None, Wire::Tcp(Arc::clone(connection)), bench.now());
        })?;
        wires.tcp_address = Some(tcp.address);
        wires.tcp = Some(tcp);
        wires.pty = Some(pty);
        Ok(())
    }
}

/// Why something could not be done to a reader.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    #[error("there is no reader `{0}`")]
    NoReader(String),
    #[error(transparent)]
    Card(#[from] LibraryError),
}

impl Stand {
    fn hear(&self, bytes: &[u8], speed: Option<u32>, wire: Wire, now: Duration) {
        held(&self.wires).last = Some(wire);
        held(&self.reader).hear(bytes, speed, now);
        self.changed.notify_all();
    }

    fn send(&self, bytes: &[u8]) {
        let (wire, pty) = {
            let wires = held(&self.wires);
            (wires.last.clone(), wires.pty.clone())
        };
        match (wire, pty) {
            (Some(Wire::Tcp(connection)), _) => tcp::write(&connection, bytes),
            (Some(Wire::Pty) | None, Some(pty)) => pty.write(bytes),
            (Some(Wire::Pty) | None, None) => {}
        }
    }

    fn pull(&self) {
        let mut wires = held(&self.wires);
        wires.last = None;
        if let Some(pty) = wires.pty.take() {
            pty.close();
        }
        if let Some(tcp) = wires.tcp.take() {
            tcp.close();
        }
    }
}

/// A folder for symlinks of readers that name no place for theirs.
fn temporary_folder(readers: &[(ReaderSetup, Reader)]) -> Result<Option<PathBuf>, BenchError> {
    if readers.iter().all(|(setup, _)| setup.pty.is_some()) {
        return Ok(None);
    }
    let folder = std::env::temp_dir().join(format!("hardware-sim-{}-{:08x}", std::process::id(), fastrand::u32(..)));
    std::fs::create_dir(&folder)
        .map_err(|source| BenchError::Open { what: format!("the folder {}", folder.display()), source })?;
    Ok(Some(folder))
}

/// A panic in one thread must not stop the bench: what it guarded is still whole between two calls.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
