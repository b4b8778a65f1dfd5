//! What a command says and how it ends: words for a person, or one JSON object, and the exit code.

use serde::Serialize;

/// How a command ends (issue A): the number is the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Done = 0,
    /// The words of the call are off.
    Usage = 2,
    /// A rule refuses.
    Refused = 3,
    /// A device needs attention.
    Device = 4,
    /// Our fault.
    Ours = 5,
}

/// Prints `value` as one JSON object, or `words` for a person.
pub fn say(json: bool, value: &impl Serialize, words: &str) {
    if json {
        println!("{}", serde_json::to_string(value).expect("an answer is plain data"));
    } else {
        println!("{words}");
    }
}

/// A command that did not do its work.
#[derive(Debug, Serialize)]
pub struct Failure {
    pub error: String,
    pub what: String,
    pub do_now: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
}

impl Failure {
    pub fn new(error: &str, what: impl Into<String>, do_now: impl Into<String>) -> Failure {
        Failure { error: error.to_owned(), what: what.into(), do_now: do_now.into(), reasons: Vec::new() }
    }
}

/// Says a failure: JSON on standard output, words on standard error.
pub fn fail(json: bool, failure: &Failure, end: End) -> End {
    if json {
        println!("{}", serde_json::to_string(failure).expect("a failure is plain data"));
    } else {
        eprintln!("{}\n{}", failure.what, failure.do_now);
        for reason in &failure.reasons {
            eprintln!("  · {reason}");
        }
    }
    end
}
