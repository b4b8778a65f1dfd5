//! A card printer of a test's own: `hardware-sim card-printer` as a process, which runs Debian's `ippeveprinter`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;

use crate::programs::command;

/// A real IPP printer in software. It ends when this is dropped.
pub struct CardPrinter {
    process: Child,
    says: BufReader<ChildStdout>,
    /// `ipp://…`, as a station file has it.
    pub uri: String,
    /// Where its cards come out.
    pub tray: PathBuf,
}

impl CardPrinter {
    /// Starts one that works in `folder`; `lacks` names what it is built without: `exact-scale`, `duplex` or `cards`.
    ///
    /// # Panics
    /// When there is none: a test of printing that does not print is no test. Its words name the package that is missing.
    pub fn start(folder: &Path, lacks: Option<&str>) -> CardPrinter {
        let mut process = command("hardware-sim")
            .arg("card-printer")
            .arg(folder)
            .args(lacks.into_iter().flat_map(|lacks| ["--lacks", lacks]))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("hardware-sim does not start: {error}"));
        let mut says = BufReader::new(process.stdout.take().expect("its standard output is piped"));
        let ready = line(&mut says);
        let text = |key: &str| ready.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        CardPrinter { process, says, uri: text("printer"), tray: text("tray").into() }
    }

    /// One of: good slow fails media_empty media_jam cover_open paused torn power_off power_on.
    ///
    /// # Panics
    /// When the order cannot be carried out.
    pub fn order(&mut self, word: &str) {
        let to_it = self.process.stdin.as_mut().expect("its standard input is piped");
        writeln!(to_it, "{word}").unwrap_or_else(|error| panic!("the printer takes no orders: {error}"));
        let answer = line(&mut self.says);
        assert_eq!(answer.get("ok"), Some(&Value::Bool(true)), "{word}: {answer}");
    }

    /// Waits until the whole document of the job of this name lies in the printer.
    ///
    /// # Panics
    /// After a minute.
    pub fn await_document(&self, job: &str) {
        let spool = self.tray.with_file_name("spool");
        let part = format!("-{}.", job.to_ascii_lowercase());
        for _ in 0..3000 {
            let mut files = std::fs::read_dir(&spool).into_iter().flatten().flatten();
            if files.any(|file| file.file_name().to_string_lossy().to_ascii_lowercase().contains(&part)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("no document of {job} came to {}", spool.display());
    }

    /// The names of the cards in the tray, in order: each is the name of its job.
    ///
    /// # Panics
    /// When the tray cannot be read.
    pub fn cards(&self) -> Vec<String> {
        let mut cards: Vec<String> = std::fs::read_dir(&self.tray)
            .unwrap_or_else(|error| panic!("{}: {error}", self.tray.display()))
            .filter_map(|entry| entry.ok()?.path().file_name()?.to_str().map(str::to_owned))
            .collect();
        cards.sort();
        cards
    }
}

impl Drop for CardPrinter {
    fn drop(&mut self) {
        // It ends by itself when nobody can order it any more.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn line(says: &mut impl BufRead) -> Value {
    let mut line = String::new();
    says.read_line(&mut line).unwrap_or_else(|error| panic!("the printer says nothing: {error}"));
    serde_json::from_str(&line)
        .unwrap_or_else(|_| panic!("no card printer: its reason stands above (is cups-ipp-utils installed?): {line:?}"))
}
