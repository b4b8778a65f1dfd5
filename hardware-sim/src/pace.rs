//! How much of a card read is the driver's own time: runs a driver on paced readers and compares with what line and module need.
//!
//! The time counts from the arrival of the find that found the card to the end of the driver's process, so that printing and
//! ending are the driver's cost too. What is needed is the time of the three replies on the line and the module's latencies.

use std::path::Path;
use std::time::Duration;

use crate::bench::{Bench, BenchError};
use crate::conformance::Driver;
use crate::frame::frame;
use crate::module::Baud;
use crate::scenario::{ReaderSetup, Scenario};
use crate::transcript::Said;

/// Bytes of the replies to find, select and base read.
const REPLIES: usize = 15 + 19 + 1295;

/// One speed, measured.
#[derive(Debug)]
pub struct Pace {
    pub baud: Baud,
    /// What line and module need.
    pub needed: Duration,
    /// What each run took, in rising order.
    pub took: Vec<Duration>,
}

/// Why a pace could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum PaceError {
    #[error("cannot set up the reader")]
    Bench(#[from] BenchError),
    #[error("cannot start the driver")]
    Driver(#[source] std::io::Error),
    #[error("the driver did not read the card at {baud} bit/s: {complaint}")]
    NoRead { baud: u32, complaint: String },
}

impl Pace {
    /// The middle run over what is needed.
    pub fn ratio(&self) -> f64 {
        self.took[self.took.len() / 2].as_secs_f64() / self.needed.as_secs_f64()
    }
}

/// Reads a card `runs` times over a pseudo-terminal at `baud`.
pub fn take(driver: &Driver, baud: Baud, runs: usize) -> Result<Pace, PaceError> {
    let mut reader = ReaderSetup { paced: true, card: Some("somebody".to_owned()), ..ReaderSetup::default() };
    reader.habits.baud = baud;
    reader.habits.repeat_read = true;
    let latency = reader.habits.latency_ms;
    let person = crate::person::invent(1, crate::person::Layout::Resident, Some(1950));
    let card = toml::from_str(&person).expect("an invented person is a card file");
    let scenario = Scenario {
        seed: Some(1),
        cards: [("somebody".to_owned(), card)].into(),
        readers: vec![reader],
        ..Scenario::default()
    };
    let bench = Bench::start(&scenario, Path::new("."))?;
    let took = (0..runs.max(1)).map(|_| one_run(&bench, driver, baud)).collect::<Result<Vec<_>, _>>();
    bench.stop();
    let mut took = took?;
    took.sort();
    let needed = baud.time_of(REPLIES) + Duration::from_millis(latency.find + latency.select + latency.read);
    Ok(Pace { baud, needed, took })
}

fn one_run(bench: &Bench, driver: &Driver, baud: Baud) -> Result<Duration, PaceError> {
    let port = format!("serial:{}@{}", bench.reader_addresses()[0].pty.display(), baud.bits_per_second());
    let ended = driver.run(&port, Duration::from_secs(10)).map_err(PaceError::Driver)?;
    let now = bench.now();
    if ended.code != Some(0) {
        return Err(PaceError::NoRead { baud: baud.bits_per_second(), complaint: ended.complaint() });
    }
    let find = frame(&[0x20, 0x01]);
    let found = bench.each_reader(|reader| {
        let finds = reader.transcript.entries().rev().find(|entry| entry.said == Said::Host(find.clone()));
        finds.map(|entry| entry.at)
    });
    let found = found.into_iter().flatten().next();
    let found =
        found.ok_or(PaceError::NoRead { baud: baud.bits_per_second(), complaint: "it never asked".to_owned() })?;
    Ok(now - found)
}
