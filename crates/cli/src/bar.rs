//! Progress of long work on standard error: a bar with rate and time left where a person looks on, else nothing.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Width of the bar, characters.
const WIDTH: u64 = 30;
/// How often it is drawn anew.
const PAUSE: Duration = Duration::from_millis(200);

/// A bar on standard error.
pub struct Bar {
    began: Instant,
    drawn: Option<Instant>,
    on: bool,
}

impl Bar {
    /// Is drawn only on a terminal, or when `always`; a file gets no bar.
    pub fn new(always: bool) -> Bar {
        Bar { began: Instant::now(), drawn: None, on: always || std::io::stderr().is_terminal() }
    }

    /// Draws `what` at `done` of `of`. Not more often than a person can follow.
    pub fn at(&mut self, what: &str, done: u64, of: u64) {
        let due = self.drawn.is_none_or(|drawn| drawn.elapsed() >= PAUSE);
        if !self.on || !(due || done >= of) {
            return;
        }
        self.drawn = Some(Instant::now());
        let line = drawn(what, done, of, self.began.elapsed());
        // A terminal that has gone away is no reason to stop working.
        let _ = write!(std::io::stderr(), "\r{line}\x1b[K");
        let _ = std::io::stderr().flush();
    }

    /// Ends the line.
    pub fn end(self) -> Duration {
        if self.on && self.drawn.is_some() {
            eprintln!();
        }
        self.began.elapsed()
    }
}

/// `写入 [######----] 120000/200000 60% 1800/秒 还要 44 秒`.
fn drawn(what: &str, done: u64, of: u64, taken: Duration) -> String {
    let of = of.max(1);
    let full = (done.min(of) * WIDTH / of) as usize;
    let bar = format!("{}{}", "#".repeat(full), "-".repeat(WIDTH as usize - full));
    let rate = done as f64 / taken.as_secs_f64().max(0.001);
    let left = (of.saturating_sub(done)) as f64 / rate.max(0.001);
    format!("{what} [{bar}] {done}/{of} {}% {rate:.0}/秒 还要 {left:.0} 秒", done.min(of) * 100 / of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_tells_the_rate_and_the_time_left() {
        let line = drawn("写入", 50, 200, Duration::from_secs(10));
        assert_eq!(line, "写入 [#######-----------------------] 50/200 25% 5/秒 还要 30 秒");
        assert!(drawn("写入", 0, 0, Duration::ZERO).contains("0/1"));
    }
}
