//! Starts the driver under test as a process and waits for its end, but not for ever.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How much longer than its own time-out a driver may take: process start, closing of ports, a busy machine.
const GRACE: Duration = Duration::from_millis(2_500);

/// The command of a driver, without the arguments a case adds.
#[derive(Debug, Clone)]
pub struct Driver {
    words: Vec<String>,
}

/// How a driver ended.
#[derive(Debug)]
pub struct Ended {
    /// `None`: it was killed, by us or otherwise.
    pub code: Option<i32>,
    pub printed: String,
    pub complained: String,
    pub took: Duration,
}

impl Driver {
    /// Splits a command at spaces; `None` if there is nothing in it.
    pub fn parse(command: &str) -> Option<Driver> {
        let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        (!words.is_empty()).then_some(Driver { words })
    }

    /// Runs the driver on `port` with its own time-out, and ends it by force some time behind that.
    pub fn run(&self, port: &str, timeout: Duration) -> std::io::Result<Ended> {
        let started = Instant::now();
        let mut child = Command::new(&self.words[0])
            .args(&self.words[1..])
            .args(["--port", port, "--timeout-ms", &timeout.as_millis().to_string(), "--json"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let printed = collect(child.stdout.take());
        let complained = collect(child.stderr.take());
        let code = wait(&mut child, timeout + GRACE)?;
        let took = started.elapsed();
        Ok(Ended {
            code,
            printed: printed.join().unwrap_or_default(),
            complained: complained.join().unwrap_or_default(),
            took,
        })
    }
}

impl Ended {
    /// The last line of what the driver said about itself.
    pub fn complaint(&self) -> String {
        let all = format!("{}\n{}", self.printed, self.complained);
        all.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("and said nothing").to_owned()
    }
}

fn wait(child: &mut Child, patience: Duration) -> std::io::Result<Option<i32>> {
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(status.code());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn collect(stream: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(mut stream) = stream {
            // What was read before a failure is still worth showing.
            drop(stream.read_to_end(&mut text));
        }
        String::from_utf8_lossy(&text).into_owned()
    })
}
