//! What happens to a reader in which order: acts a person or a script may do, and the steps that only a script has.

use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::bytes::Hex;
use crate::command::Command;
use crate::fault::Fault;
use crate::module::Health;
use crate::platform::PlatformOrder;
use crate::printer::PrinterOrder;

/// Something done to a reader by hand: from the control page, the control port or a script.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verb {
    /// Lays the named card, in place of the one that lies there.
    Lay {
        card: String,
    },
    Lift,
    /// Pulls the cable: the pty closes, TCP connections are reset and refused.
    Unplug,
    Replug,
    PowerCycle,
    /// From now on each byte, in either direction, is replaced by a random one with this probability; 0 ends it.
    Noise {
        rate: f64,
    },
    /// So many random bytes, now.
    Garbage {
        bytes: usize,
    },
    /// These bytes, now, without a request.
    Say {
        hex: Hex,
    },
    Fault(Fault),
    /// Disarms all faults and ends the noise.
    ClearFaults,
    RepeatRead {
        on: bool,
    },
    Health {
        state: Health,
    },
}

/// What only a script can do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Turn {
    Wait {
        ms: u64,
    },
    /// Waits until the host has sent the command so many times more; fails after `within_ms`.
    Expect {
        command: Command,
        #[serde(default = "once")]
        times: u32,
        within_ms: u64,
    },
    /// Fails unless the command was heard that often since the start.
    Assert {
        command: Command,
        at_least: Option<u32>,
        at_most: Option<u32>,
    },
    Platform(PlatformOrder),
    Printer(PrinterOrder),
}

/// One line of a script.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Verb(Verb),
    Turn(Turn),
}

fn once() -> u32 {
    1
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Step, D::Error> {
        let table = toml::Value::deserialize(source)?;
        match table.get("do").and_then(toml::Value::as_str) {
            Some("wait" | "expect" | "assert" | "platform" | "printer") => {
                table.try_into().map(Step::Turn).map_err(D::Error::custom)
            }
            _ => table.try_into().map(Step::Verb).map_err(D::Error::custom),
        }
    }
}

/// Where a script stands.
#[derive(Debug, Clone, Default)]
pub struct Script {
    steps: Vec<Step>,
    next: usize,
    /// When the present step began, and how often its command had been heard by then.
    since: Duration,
    heard_before: Option<u32>,
    pub failures: Vec<String>,
}

/// What the script wants done next.
#[derive(Debug, PartialEq)]
pub enum Wish {
    Do(Verb),
    Platform(PlatformOrder),
    Printer(PrinterOrder),
}

impl Script {
    pub fn new(steps: Vec<Step>) -> Script {
        Script { steps, ..Script::default() }
    }

    /// Walks on as far as `now` and what was heard allow, up to the next thing to be done.
    pub fn walk(&mut self, now: Duration, heard: impl Fn(Command) -> u32) -> Option<Wish> {
        while let Some(step) = self.steps.get(self.next).cloned() {
            let wish = match step {
                Step::Verb(verb) => Some(Wish::Do(verb)),
                Step::Turn(Turn::Platform(order)) => Some(Wish::Platform(order)),
                Step::Turn(Turn::Printer(order)) => Some(Wish::Printer(order)),
                Step::Turn(Turn::Wait { ms }) => {
                    let until = self.since.saturating_add(Duration::from_millis(ms));
                    if now < until {
                        return None;
                    }
                    self.step_on(until);
                    continue;
                }
                Step::Turn(Turn::Expect { command, times, within_ms }) => {
                    let before = *self.heard_before.get_or_insert_with(|| heard(command));
                    if heard(command).saturating_sub(before) < times {
                        if now >= self.since.saturating_add(Duration::from_millis(within_ms)) {
                            self.fail(format!("expected {command} {times} times within {within_ms} ms"));
                        }
                        return None;
                    }
                    None
                }
                Step::Turn(Turn::Assert { command, at_least, at_most }) => {
                    let count = heard(command);
                    if at_least.is_some_and(|least| count < least) || at_most.is_some_and(|most| count > most) {
                        self.fail(format!("heard {command} {count} times"));
                        return None;
                    }
                    None
                }
            };
            self.step_on(now);
            if wish.is_some() {
                return wish;
            }
        }
        None
    }

    /// When to walk again although nothing was heard.
    pub fn next_due(&self) -> Option<Duration> {
        match self.steps.get(self.next)? {
            Step::Turn(Turn::Wait { ms }) => Some(self.since.saturating_add(Duration::from_millis(*ms))),
            Step::Turn(Turn::Expect { within_ms, .. }) => {
                Some(self.since.saturating_add(Duration::from_millis(*within_ms)))
            }
            Step::Turn(Turn::Assert { .. } | Turn::Platform(_) | Turn::Printer(_)) | Step::Verb(_) => Some(self.since),
        }
    }

    /// A script that still waits has not passed.
    pub fn finished(&self) -> bool {
        self.next >= self.steps.len()
    }

    fn step_on(&mut self, at: Duration) {
        self.next += 1;
        self.since = at;
        self.heard_before = None;
    }

    /// A failed script goes no further.
    fn fail(&mut self, what: String) {
        self.failures.push(format!("step {}: {what}", self.next + 1));
        self.next = self.steps.len();
    }
}
