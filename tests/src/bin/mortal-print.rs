//! A print that may die: `mortal-print STATION CASE [N]` goes on with a case at its number or its print, takes the next act
//! of it, and kills itself with SIGKILL right after the N-th durable commit from then on. Without N it waits to be killed.
#![expect(clippy::print_stderr, reason = "a program for a test says how it ended")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use desk::compose::{Hooks, Station};
use desk::contract::{LightState, Request, Screen};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Nothing is counted before the act.
const NEVER: u64 = u64::MAX;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (station, case, last) = match words.as_slice() {
        [station, case] => (station, case, NEVER),
        [station, case, last] => (station, case, last.parse().unwrap_or(NEVER)),
        _ => {
            eprintln!("mortal-print STATION CASE [N]");
            return ExitCode::from(2);
        }
    };
    if let Err(why) = go_on(Path::new(station), case, last) {
        eprintln!("{why}");
    }
    // Whoever comes here was not killed.
    ExitCode::FAILURE
}

fn go_on(station: &Path, case: &str, last: u64) -> Result<(), String> {
    let left = Arc::new(AtomicU64::new(NEVER));
    let beats = Arc::clone(&left);
    let hooks = Hooks {
        on_commit: Some(Box::new(move |_| {
            let before = beats.load(Ordering::SeqCst);
            if before == 1 {
                // Nothing returns from this: no destructor runs, no buffer is written.
                let _ = kill(Pid::this(), Signal::SIGKILL);
            }
            if before != NEVER {
                beats.store(before - 1, Ordering::SeqCst);
            }
        })),
    };
    let station = Station::start_with(station, |_| {}, hooks).map_err(|fault| fault.what)?;
    cli::people::come_to_work(&station).map_err(|fault| fault.what)?;
    station.ask(Request::ResumeCase { case: case.to_owned() }).map_err(|fault| fault.what)?;
    // What is still sent to a platform would be counted among the commits of the print.
    let view = until(&station, |view| {
        view.lights.iter().any(|light| light.device == "platform" && light.state == LightState::Good)
    })?;
    let Screen::Case(open) = view.screen else { return Err("no case is open".to_owned()) };
    left.store(last, Ordering::SeqCst);
    let act = if open.at == "numbering" { Request::ReserveNumber } else { Request::PrintCard { reprint: None } };
    station.ask(act).map_err(|fault| format!("{} {}", fault.what, fault.reasons.concat()))?;
    until(&station, |_| false).map(drop)
}

/// The first view that is so.
fn until(station: &Station, is: impl Fn(&desk::contract::View) -> bool) -> Result<desk::contract::View, String> {
    for _ in 0..6000 {
        let view = station.view().ok_or("the desk is gone")?;
        if is(&view) {
            return Ok(view);
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err("a minute has passed".to_owned())
}
