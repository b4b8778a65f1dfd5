//! A heart that stops: a program kills itself with SIGKILL right after one of its durable commits.

use ledger::CommitWatcher;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Stops at the commit `last`, counted from the opening of the ledger, before anything else can be done about it.
pub fn stops_at(last: u64) -> CommitWatcher {
    let mut beats = 0;
    Box::new(move |_| {
        beats += 1;
        if beats == last {
            // Nothing returns from this: no destructor runs, no buffer is written.
            let _ = kill(Pid::this(), Signal::SIGKILL);
        }
    })
}
