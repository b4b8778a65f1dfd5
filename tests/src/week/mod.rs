//! A simulated week at a village and at a hall: some hundred visits of mixed kinds under a clock that is turned by hand, two
//! days without network, kills at random commits, printer faults. What has to be true at its end is in [`balance`].

pub mod balance;
mod clerk;
mod drawer;
pub mod floor;
mod notes;
pub mod plan;
pub mod shift;

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{self, Sender};

use cli::fill::dice::Dice;
use serde_json::json;

use crate::bench::Simulator;
use crate::programs;
use balance::Balance;
use plan::Plan;

/// Where people come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Village,
    Hall,
}

/// A run survives between 1 and so many commits before it is killed.
const LONGEST_LIFE: usize = 500;

/// A week to be run.
#[derive(Debug, Clone)]
pub struct Week {
    pub seed: u64,
    /// At both places together.
    pub visits: u32,
    /// How often each place's program is killed.
    pub kills: u32,
    /// Both stations work in folders of this one. It must be empty.
    pub folder: PathBuf,
}

/// What the places of a running week tell.
#[derive(Debug, Clone, Copy)]
pub enum Told {
    /// So many visits are done there.
    Done(Place, u32),
    Killed(Place),
}

impl Place {
    pub const ALL: [Self; 2] = [Self::Village, Self::Hall];

    pub fn name(self) -> &'static str {
        match self {
            Self::Village => "village",
            Self::Hall => "hall",
        }
    }

    pub fn named(name: &str) -> Option<Place> {
        Self::ALL.into_iter().find(|place| place.name() == name)
    }

    /// Its station in fixtures.
    fn station(self) -> &'static str {
        match self {
            Self::Village => "fixtures/stations/demo.toml",
            Self::Hall => "fixtures/stations/hall.toml",
        }
    }
}

impl Week {
    /// Half of the people come to each place.
    fn plan(&self, place: Place) -> Plan {
        let half = self.visits / 2;
        let visits = match place {
            Place::Village => self.visits - half,
            Place::Hall => half,
        };
        Plan::Week { seed: self.seed, visits }
    }

    /// Runs both places side by side, each as a program of its own, and draws up the account.
    ///
    /// # Errors
    /// What kept a week from coming to its end, in words.
    pub fn run(&self, tell: impl Fn(Told)) -> Result<Vec<(Place, Balance)>, String> {
        let simulator = Simulator::start("tests/scenarios/quick.toml").map_err(|error| error.to_string())?;
        approve_at_once(&simulator)?;
        bad_habits(&simulator, self.seed)?;
        let (told, hears) = mpsc::channel();
        let ended: Vec<Result<(), String>> = std::thread::scope(|scope| {
            let places: Vec<_> = Place::ALL
                .into_iter()
                .map(|place| {
                    let (simulator, told) = (&simulator, told.clone());
                    scope.spawn(move || self.live(place, simulator, &told))
                })
                .collect();
            drop(told);
            hears.iter().for_each(tell);
            places
                .into_iter()
                .map(|place| place.join().unwrap_or_else(|_| Err("a place panicked".to_owned())))
                .collect()
        });
        ended.into_iter().collect::<Result<(), String>>()?;
        let received = simulator.received().map_err(|error| error.to_string())?;
        let received = received.as_array().cloned().unwrap_or_default();
        let account = |place: Place| {
            let folder = self.folder.join(place.name());
            (place, balance::draw_up(&folder, place, self.plan(place), &received))
        };
        Ok(Place::ALL.map(account).into())
    }

    /// One place, through all its lives.
    fn live(&self, place: Place, simulator: &Simulator, told: &Sender<Told>) -> Result<(), String> {
        let station = station(place, simulator, &self.folder.join(place.name()))?;
        let mut dice = Dice::of(self.seed, 77 + place as u64);
        for life in 0..=self.kills {
            let dies_at = (life < self.kills).then(|| 1 + dice.below(LONGEST_LIFE));
            // Whoever listened may have gone.
            let tell = |what| {
                let _ = told.send(what);
            };
            let done = |visits| tell(Told::Done(place, visits));
            match one_life(place, self.plan(place), &station, dies_at, done)? {
                Ended::Over => return Ok(()),
                Ended::Killed => tell(Told::Killed(place)),
            }
        }
        Err(format!("{}: the last life was killed by somebody else", place.name()))
    }
}

/// The department answers as soon as it has heard, and says yes.
///
/// # Errors
/// When the simulator does not take the order.
pub fn approve_at_once(simulator: &Simulator) -> Result<(), String> {
    for platform in ["city", "taojiang"] {
        let order = json!({"platform": platform, "answers": {"approve": {"after_ms": 0}}});
        simulator.order("answers", &order).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Every platform answers as it likes.
fn bad_habits(simulator: &Simulator, seed: u64) -> Result<(), String> {
    for platform in ["city", "taojiang", "filing", "rating", "ageing"] {
        let order = json!({"platform": platform, "behaviour": {"sloppy": {"seed": seed, "late_ms": 20}}});
        simulator.order("platform", &order).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// How one run of a place ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Everybody was served and everything has arrived.
    Over,
    Killed,
}

/// Writes the station of `place` into `folder`.
///
/// # Errors
/// When the folder cannot be written.
pub fn station(place: Place, simulator: &Simulator, folder: &Path) -> Result<PathBuf, String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let station = simulator.station(place.station(), folder).map_err(|error| error.to_string())?;
    with_a_week_s_values(&station).map_err(|error| error.to_string())?;
    Ok(station)
}

/// Runs a place as a program of its own until its week is over or the commit `dies_at` kills it. `done` hears how many
/// visits are done.
///
/// # Errors
/// When it ends in any other way.
pub fn one_life(
    place: Place,
    plan: Plan,
    station: &Path,
    dies_at: Option<usize>,
    done: impl Fn(u32),
) -> Result<Ended, String> {
    let mut shift = programs::command("week")
        .args(["shift", place.name(), &plan.to_string()])
        .arg(station)
        .args(dies_at.map(|commit| commit.to_string()))
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let said = shift.stdout.take().expect("its standard output is piped");
    BufReader::new(said).lines().map_while(Result::ok).filter_map(|line| line.parse().ok()).for_each(done);
    let status = shift.wait().map_err(|error| error.to_string())?;
    match (status.signal(), status.success()) {
        (_, true) => Ok(Ended::Over),
        (Some(9), _) => Ok(Ended::Killed),
        _ => Err(format!("{}: a run ended with {status}", place.name())),
    }
}

/// The clerk of a week is not signed out between two visitors, and a platform that does not answer is not waited for.
fn with_a_week_s_values(station: &Path) -> std::io::Result<()> {
    let text = std::fs::read_to_string(station)?;
    let text = text
        .replace("sign_out_after_min = 10", "sign_out_after_min = 240")
        .replace("timeout_ms = 5000", "timeout_ms = 1000");
    std::fs::write(station, text)
}
