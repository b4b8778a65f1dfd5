//! A visit that may die: `mortal-visit STATION [N]` walks a whole visit, and kills itself with SIGKILL right after the
//! N-th durable commit. Without N it lives. A visit whose case is sealed already only sends what is still to be sent.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for a test says how it ended")]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use desk::compose::{Hooks, Station};
use desk::contract::{LightState, Screen};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (station, last) = match words.as_slice() {
        [station] => (station, None),
        [station, last] => (station, last.parse().ok()),
        _ => {
            eprintln!("mortal-visit STATION [N]");
            return ExitCode::from(2);
        }
    };
    let outcome = if words.len() == 2 || unfinished(Path::new(station)) { walk(station, last) } else { send(station) };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn walk(station: &str, last: Option<u64>) -> Result<(), String> {
    let hooks = Hooks { on_commit: last.map(journeys::heart::stops_at) };
    let case = cli::visit::walk(Path::new(station), hooks, |_, _| {})
        .map_err(|halted| format!("{}: {} {}", halted.step, halted.why, halted.do_now))?;
    println!("{case}");
    Ok(())
}

/// Whether there is anything to walk: no case yet, or one that is still open.
fn unfinished(station: &Path) -> bool {
    let Ok(station) = Station::start(station, |_| {}) else { return true };
    if cli::people::come_to_work(&station).is_err() {
        return true;
    }
    let open = station.view().is_some_and(|view| {
        let Screen::Lobby { cases, delivered_today, .. } = view.screen else { return true };
        !cases.is_empty() || delivered_today == 0
    });
    drop(station);
    open
}

/// Starts the station and waits until nothing is left to be sent.
fn send(station: &str) -> Result<(), String> {
    let station = Station::start(Path::new(station), |_| {}).map_err(|fault| fault.what)?;
    let since = Instant::now();
    while since.elapsed() < Duration::from_secs(60) {
        let sent = station.view().is_some_and(|view| {
            view.lights.iter().any(|light| light.device == "platform" && light.state == LightState::Good)
        });
        if sent {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err("the platform has not taken everything within a minute".to_owned())
}
