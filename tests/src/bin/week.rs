//! A simulated week: `week [--seed N]... [--visits N] [--kills N]` runs it and says whether it balances;
//! `week shift PLACE PLAN STATION [COMMIT]` is one place of it, which may die at a commit.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program says how far it is and how it ended")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

use cli::bar::Bar;
use journeys::outputs;
use journeys::week::balance::Balance;
use journeys::week::shift::Shift;
use journeys::week::{Place, Told, Week};

const USAGE: &str = "week [--seed N]... [--visits N] [--kills N]";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ended = match words.as_slice() {
        ["shift", place, plan, station] => shift(place, plan, station, None),
        ["shift", place, plan, station, commit] => shift(place, plan, station, Some(commit)),
        asked => weeks(asked),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn shift(place: &str, plan: &str, station: &str, commit: Option<&str>) -> Result<(), String> {
    let station = Path::new(station);
    Shift {
        station,
        folder: station.parent().ok_or("a station file lies in a folder")?,
        place: Place::named(place).ok_or("the places are village and hall")?,
        plan: plan.parse()?,
        dies_at: commit.map(str::parse).transpose().map_err(|_| "a commit is a number")?,
    }
    .work(|done| println!("{done}"))
}

fn weeks(asked: &[&str]) -> Result<(), String> {
    let (mut seeds, mut visits, mut kills) = (Vec::new(), 300, 12);
    for pair in asked.chunks(2) {
        let number = |text: &str| text.parse::<u32>().map_err(|_| format!("{USAGE}: {text} is no number"));
        match pair {
            ["--seed", seed] => seeds.push(u64::from(number(seed)?)),
            ["--visits", count] => visits = number(count)?,
            ["--kills", count] => kills = number(count)?,
            _ => return Err(USAGE.to_owned()),
        }
    }
    if seeds.is_empty() {
        seeds.push(1);
    }
    let mut balances = true;
    for seed in seeds {
        balances &= week(seed, visits, kills)?;
    }
    if balances { Ok(()) } else { Err("a week does not balance".to_owned()) }
}

/// Runs one week, shows how far it is, and says how it ended.
fn week(seed: u64, visits: u32, kills: u32) -> Result<bool, String> {
    let began = Instant::now();
    let folder = outputs::folder();
    let week = Week { seed, visits, kills, folder: folder.path().to_path_buf() };
    println!("== week of seed {seed}: {visits} visits at a village and a hall, days 3 and 4 without network");
    let seen = Mutex::new((Bar::new(false), BTreeMap::<Place, u32>::new(), 0));
    let accounts = week.run(|told| {
        let Ok(mut seen) = seen.lock() else { return };
        let (bar, done, killed) = &mut *seen;
        match told {
            Told::Done(place, count) => drop(done.insert(place, count)),
            Told::Killed(_) => *killed += 1,
        }
        bar.at(&format!("visits, {killed} kills"), u64::from(done.values().sum::<u32>()), u64::from(visits));
    })?;
    let (bar, _, killed) = seen.into_inner().map_err(|_| "a listener panicked")?;
    bar.end();
    let mut good = true;
    for (place, balance) in &accounts {
        good &= balance.wrong.is_empty();
        tell(*place, balance);
    }
    let word = if good { "balances" } else { "DOES NOT BALANCE" };
    println!("-- week of seed {seed}: {word}, {killed} kills, {:.0} s", began.elapsed().as_secs_f64());
    Ok(good)
}

fn tell(place: Place, balance: &Balance) {
    let b = balance;
    println!(
        "   {:<8}{} visits: {} accepted, {} delivered, {} refused, {} withdrawn, {} slips at the door",
        place.name(),
        b.visits,
        b.accepted,
        b.delivered,
        b.refused,
        b.withdrawn,
        b.slips_at_the_door
    );
    println!(
        "           {} numbers, {} of them spoiled and {} void; {} messages arrived once and in order; {} packages verified",
        b.numbers, b.spoiled, b.void, b.messages, b.packages
    );
    println!(
        "           {} blanks came and {} are left; {} days were closed and balanced",
        b.blanks, b.on_hand, b.days
    );
    for one in &b.wrong {
        println!("   NOT GOOD: {one}");
    }
}
