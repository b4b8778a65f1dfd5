//! `hardware-sim card-printer`: a card printer of one's own, ordered line by line; and the engine that the printer calls.

use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use hardware_sim::card_printer::{CardPrinter, Lacks, Order, engine};
use serde_json::json;

use crate::tools::Failed;

/// Runs until standard input closes. Each line is an order and is answered with one line.
pub fn serve(folder: &Path, options: &[&str]) -> Result<ExitCode, Failed> {
    let lacks = match options {
        [] => Lacks::Nothing,
        ["--lacks", "exact-scale"] => Lacks::ExactScale,
        ["--lacks", "duplex"] => Lacks::Duplex,
        ["--lacks", "cards"] => Lacks::Cards,
        _ => return Err(format!("`{}` is not an option of `card-printer`", options.join(" ")).into()),
    };
    std::fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    let mut printer = CardPrinter::start(&folder, &std::env::current_exe()?, lacks)?;
    say(&json!({"printer": printer.uri(), "tray": printer.tray()}))?;
    for line in std::io::stdin().lock().lines() {
        let done = match line?.trim() {
            "power_off" => {
                printer.cut_power();
                Ok(())
            }
            "power_on" => printer.switch_on().map_err(Failed::from),
            word => match Order::parse(word) {
                Some(order) => printer.order(order).map_err(Failed::from),
                None => Err(format!("`{word}` is no order").into()),
            },
        };
        match done {
            Ok(()) => say(&json!({"ok": true}))?,
            Err(error) => say(&json!({"ok": false, "error": error.to_string()}))?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints one job for the printer that calls it; its exit code is what the printer goes by.
pub fn engine(folder: &Path, document: &Path) -> Result<ExitCode, Failed> {
    let job = std::env::var("IPP_JOB_NAME")?;
    let sound = !job.is_empty() && job.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !sound {
        return Err(format!("`{job}` cannot name a card").into());
    }
    Ok(ExitCode::from(u8::from(!engine::print(folder, &job, document)?)))
}

fn say(line: &serde_json::Value) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
