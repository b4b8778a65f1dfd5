//! `hardware-sim`: plays a scenario until standard input closes, and a few tools for testers beside it.

mod card_printer_tool;
mod tools;

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use hardware_sim::bench::{Addresses, Bench};
use hardware_sim::control;
use hardware_sim::scenario::Scenario;
use nix::sys::signal::{SigSet, Signal};

const USAGE: &str = "\
hardware-sim SCENARIO.toml                  play a scenario; one JSON line says where; ends when standard input closes
hardware-sim ctl URL VERB …                 do something to a running simulator; `ctl URL help` lists the verbs
hardware-sim conformance --driver \"COMMAND\" [--only TEXT] [--chaos N] [--seed N]
                                            run the pack against COMMAND --port P --timeout-ms N --json
hardware-sim pace --driver \"COMMAND\" [--runs N]  how much of a card read is the driver's own time
hardware-sim person [--seed N] [--layout resident|hmt|foreigner_2017|foreigner_2023] [--born YEAR]
                                            print the card file of an invented person
hardware-sim read --port tcp:HOST:PORT [--timeout-ms N]
                                            read a card without the product
hardware-sim card-printer FOLDER [--lacks exact-scale|duplex|cards]
                                            a real IPP printer in software; one JSON line says where; each line of standard
                                            input orders it: good slow fails media_empty media_jam cover_open paused torn,
                                            power_off, power_on; ends when standard input closes
hardware-sim stick-key [--seed N]           print the key pair of an invented county
hardware-sim stick-county FILE --platform URL --key FILE --counter PUBLIC_KEY --out FILE
                                            open a counter's export, post it to the platforms, write the signed answers
hardware-sim wlt-helper                     draw a placeholder photo: 1024 bytes in, a BMP of 38,862 bytes out
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["--help" | "-h"] => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        ["wlt-helper"] => tools::wlt_helper(),
        ["person", options @ ..] => tools::invent(options),
        ["ctl", url, words @ ..] => tools::control(url, words),
        ["read", options @ ..] => tools::read_plainly(options),
        ["card-printer", folder, options @ ..] => card_printer_tool::serve(Path::new(folder), options),
        ["card-engine", folder, document] => card_printer_tool::engine(Path::new(folder), Path::new(document)),
        ["stick-key", options @ ..] => tools::stick_key(options),
        ["stick-county", file, options @ ..] => tools::stick_county(Path::new(file), options),
        ["pace", options @ ..] => tools::pace(options),
        ["conformance", options @ ..] => tools::conform(options),
        [scenario] if !scenario.starts_with('-') => play(Path::new(scenario)),
        _ => {
            eprint!("{USAGE}");
            Ok(ExitCode::from(2))
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("hardware-sim: {}", chain(&*error));
        ExitCode::from(2)
    })
}

/// Serves until standard input closes. Ends with 1 if a script of the scenario found something wrong.
fn play(path: &Path) -> Result<ExitCode, tools::Failed> {
    let scenario = Scenario::read(path)?;
    let ending = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP]);
    // Before any other thread exists, so that all of them leave these signals to the one that waits for them.
    ending.thread_block()?;
    let bench = Bench::start(&scenario, path.parent().unwrap_or(Path::new(".")))?;
    let stopping = Arc::clone(&bench);
    std::thread::spawn(move || {
        let caught = ending.wait();
        stopping.stop();
        std::process::exit(caught.map_or(1, |signal| 128 + signal as i32));
    });
    let platform = bench.serve_platforms()?;
    let control = control::serve(&bench)?;
    let readers = bench.reader_addresses();
    let first = readers.first().ok_or("a bench has at least one reader")?;
    let addresses = Addresses {
        reader_tcp: first.tcp.clone(),
        reader_pty: first.pty.clone(),
        platform,
        control,
        seed: bench.seed,
        readers: readers.clone(),
    };
    println!("{}", serde_json::to_string(&addresses)?);
    std::io::stdout().flush()?;
    wait_for_the_end_of_input()?;
    let failures = bench.failures();
    if let Some(path) = &scenario.record {
        std::fs::write(path, control::transcript(&bench, usize::MAX))?;
    }
    bench.stop();
    for failure in &failures {
        eprintln!("hardware-sim: {failure} (seed {})", bench.seed);
    }
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}

fn wait_for_the_end_of_input() -> std::io::Result<()> {
    let mut ignored = [0; 256];
    while std::io::stdin().read(&mut ignored)? > 0 {}
    Ok(())
}

/// An error and its sources in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        words.push_str(": ");
        words.push_str(error.to_string().trim_end());
        source = error.source();
    }
    words
}
