//! The tools beside the simulator: each takes its words from the command line and writes to standard output.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use hardware_sim::conformance::{self, Driver};
use hardware_sim::module::Baud;
use hardware_sim::person::{self, Layout};
use hardware_sim::stick::{self, CountyKey};
use hardware_sim::{ctl, http, pace, photo, plain};

/// Any failure of a tool, for the person at the terminal.
pub type Failed = Box<dyn std::error::Error>;

/// Stands in for a vendor's photo decoder: the block on standard input, the bitmap on standard output.
pub fn wlt_helper() -> Result<ExitCode, Failed> {
    let mut block = Vec::new();
    std::io::stdin().lock().read_to_end(&mut block)?;
    match photo::decode(&block) {
        Ok(bitmap) => {
            std::io::stdout().lock().write_all(&bitmap)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            eprintln!("hardware-sim: {refused}");
            Ok(ExitCode::from(3))
        }
    }
}

/// Prints the card file of an invented person.
pub fn invent(options: &[&str]) -> Result<ExitCode, Failed> {
    let (mut seed, mut layout, mut year) = (None, Layout::Resident, None);
    for option in options.chunks(2) {
        match option {
            ["--seed", text] => seed = Some(text.parse()?),
            ["--layout", name] => layout = Layout::named(name).ok_or_else(|| format!("there is no layout `{name}`"))?,
            ["--born", text] => {
                year = Some(text.parse()?);
                year.filter(|year| (1900..=2008).contains(year)).ok_or("a holder is born in 1900 to 2008")?;
            }
            _ => return Err(format!("`{}` is not an option of `person`", option.join(" ")).into()),
        }
    }
    let seed = seed.unwrap_or_else(|| fastrand::u64(0..1 << 53));
    print!("{}", person::invent(seed, layout, year));
    Ok(ExitCode::SUCCESS)
}

/// Sends one verb to a running simulator.
pub fn control(url: &str, words: &[&str]) -> Result<ExitCode, Failed> {
    let Some((method, path, body)) = ctl::order(words) else {
        eprint!("hardware-sim ctl URL VERB, where VERB is one of\n{}", ctl::VERBS);
        return Ok(ExitCode::from(2));
    };
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let (status, answer) = http::ask(address, method, path, body.as_bytes())?;
    println!("{}", String::from_utf8_lossy(&answer).trim_end());
    Ok(ExitCode::from(u8::from(status != 200)))
}

/// Reads a card as simply as possible.
pub fn read_plainly(options: &[&str]) -> Result<ExitCode, Failed> {
    let (mut port, mut timeout) = (None, 5_000);
    let mut words = options.iter();
    while let Some(word) = words.next() {
        match *word {
            "--port" => port = words.next().and_then(|port| port.strip_prefix("tcp:")),
            "--timeout-ms" => timeout = words.next().ok_or("--timeout-ms wants a number")?.parse()?,
            "--json" => {}
            other => return Err(format!("`{other}` is not an option of `read`").into()),
        }
    }
    match plain::read(port.ok_or("`read` wants --port tcp:HOST:PORT")?, Duration::from_millis(timeout)) {
        Ok(card) => {
            println!("{card}");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            eprintln!("hardware-sim: {error}");
            Ok(ExitCode::from(4))
        }
    }
}

/// Prints the key pair of an invented county: the private half is for `stick-county`, the public one for a station file.
pub fn stick_key(options: &[&str]) -> Result<ExitCode, Failed> {
    let seed = match options {
        [] => fastrand::u64(0..1 << 53),
        ["--seed", text] => text.parse()?,
        other => return Err(format!("`{}` is not an option of `stick-key`", other.join(" ")).into()),
    };
    let key = CountyKey::invent(seed);
    println!("{}", serde_json::json!({"private": key.private(), "public": key.public()}));
    Ok(ExitCode::SUCCESS)
}

/// Plays the county: 3 if the export is refused, and then nothing is posted.
pub fn stick_county(file: &Path, options: &[&str]) -> Result<ExitCode, Failed> {
    let (mut platform, mut key, mut counter, mut out) = (None, None, None, None);
    for option in options.chunks(2) {
        match option {
            ["--platform", url] => platform = Some(url.trim_start_matches("http://").trim_end_matches('/')),
            ["--key", path] => key = Some(CountyKey::parse(&std::fs::read_to_string(path)?)?),
            ["--counter", text] => counter = Some(stick::counter_key(text)?),
            ["--out", path] => out = Some(*path),
            _ => return Err(format!("`{}` is not an option of `stick-county`", option.join(" ")).into()),
        }
    }
    let key = key.ok_or("`stick-county` wants --key FILE")?;
    let counter = counter.ok_or("`stick-county` wants --counter PUBLIC_KEY")?;
    let platform = platform.ok_or("`stick-county` wants --platform URL")?;
    let out = out.ok_or("`stick-county` wants --out FILE")?;
    let sealed = match stick::open(&std::fs::read(file)?, &counter, &key) {
        Ok(sealed) => sealed,
        Err(refused) => {
            eprintln!("hardware-sim: {refused}");
            return Ok(ExitCode::from(3));
        }
    };
    let (answers, posted) = stick::answer(&sealed, platform, &key);
    std::fs::write(out, answers)?;
    println!("{}", serde_json::to_string(&posted)?);
    Ok(ExitCode::SUCCESS)
}

/// Runs the conformance pack and prints a table; 1 if anything failed.
pub fn conform(options: &[&str]) -> Result<ExitCode, Failed> {
    let (mut driver, mut only, mut chaos, mut seed) = (None, "", 20, None);
    for option in options.chunks(2) {
        match option {
            ["--driver", command] => driver = Driver::parse(command),
            ["--only", text] => only = text,
            ["--chaos", count] => chaos = count.parse()?,
            ["--seed", text] => seed = Some(text.parse()?),
            _ => return Err(format!("`{}` is not an option of `conformance`", option.join(" ")).into()),
        }
    }
    let driver = driver.ok_or("`conformance` wants --driver \"COMMAND\"")?;
    let seed = seed.unwrap_or_else(|| fastrand::u64(0..1 << 53));
    let outcomes = conformance::run(&driver, only, chaos, seed)?;
    let mut failed = 0;
    let mut table = std::io::stdout().lock();
    for outcome in &outcomes {
        let ms = outcome.took.as_millis();
        match &outcome.wrong {
            None => writeln!(table, "ok    {ms:>6} ms  {}", outcome.name)?,
            Some(wrong) => {
                failed += 1;
                writeln!(table, "FAIL  {ms:>6} ms  {}\n                 {wrong}", outcome.name)?;
            }
        }
    }
    writeln!(table, "{} passed, {failed} failed (seed {seed})", outcomes.len() - failed)?;
    Ok(ExitCode::from(u8::from(failed > 0)))
}

/// A driver may take this many times what line and module need for a card.
const PACE_LIMIT: f64 = 1.10;

/// Measures a driver at the fastest and the slowest speed; 1 if it takes more than a tenth of its own.
pub fn pace(options: &[&str]) -> Result<ExitCode, Failed> {
    let (mut driver, mut runs) = (None, 5);
    for option in options.chunks(2) {
        match option {
            ["--driver", command] => driver = Driver::parse(command),
            ["--runs", count] => runs = count.parse()?,
            _ => return Err(format!("`{}` is not an option of `pace`", option.join(" ")).into()),
        }
    }
    let driver = driver.ok_or("`pace` wants --driver \"COMMAND\"")?;
    let mut slow = false;
    for parameter in [0, 4] {
        let baud = Baud::of_parameter(parameter).ok_or("there are five speeds")?;
        let pace = pace::take(&driver, baud, runs)?;
        let ratio = pace.ratio();
        slow |= ratio > PACE_LIMIT;
        println!(
            "{:>6} bit/s  needed {:>6.1} ms  middle of {} runs {:>6.1} ms  ratio {ratio:.3} (limit {PACE_LIMIT:.2})",
            baud.bits_per_second(),
            pace.needed.as_secs_f64() * 1000.0,
            pace.took.len(),
            pace.took[pace.took.len() / 2].as_secs_f64() * 1000.0,
        );
    }
    Ok(ExitCode::from(u8::from(slow)))
}
