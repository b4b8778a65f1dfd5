//! One answer, one judgement: done, later, rejected, or nobody knows.

use jiff::{SignedDuration, Timestamp};

/// First pause, doubled with every attempt.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// Longest pause of our own; a platform's `Retry-After` may be longer.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// A platform that asks for more than this is heard as this: a wrong header must not silence a message for a year.
const LONGEST_RETRY_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// So often an answer may be unreadable before a clerk looks at it.
const UNREADABLE_LIMIT: u32 = 5;

/// A queued message as far as planning needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// How often it was sent, the sending that was just answered included: from 1.
    pub attempt: u32,
    /// How many answers in a row were unreadable.
    pub unreadable: u32,
    /// The platform honours idempotency keys, so that sending again is harmless.
    pub keyed: bool,
}

/// How a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Due,
    InFlight,
    /// The platform's receipt number is stored.
    Done,
    /// The platform refused it with a code. It stops the later messages of its own case and no others.
    Rejected,
    /// Sent to a platform without keys, and nobody knows what became of it. A clerk decides.
    Unknown,
}

/// What came back over the wire.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// No connection, or it broke before a whole answer.
    NetworkDown,
    /// No answer in time; the platform may have acted.
    TimedOut,
    Status {
        code: u16,
        /// From `Retry-After`, as a duration.
        retry_after: Option<SignedDuration>,
        /// At most 64 KB of the answer.
        body: String,
    },
}

/// What becomes of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    Done {
        receipt: String,
    },
    /// Due again at `at`. Store `unreadable` with the entry.
    Later {
        at: Timestamp,
        unreadable: u32,
        cause: Cause,
    },
    /// Shown to a clerk with the code's meaning.
    Rejected {
        code: String,
        /// The platform's words, shortened, long numbers starred.
        text: String,
    },
    Unknown,
    /// The message was settled before: a second answer changes nothing.
    Settled,
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    NetworkDown,
    TimedOut,
    /// 408, 425, 429 and 5xx, or a code that asks to come again.
    Busy,
    /// 401 or 403: refresh the credentials once, and light the lamp.
    Credentials,
    /// 202: taken, but not done.
    NotDoneYet,
    /// A page of some gateway instead of an answer.
    GatewayPage,
    Unreadable,
}

/// Judges an answer.
///
/// `jitter` is a random number from 0 to 1: the pause is that share of 1 s × 2ⁿ, at most 10 minutes (full jitter),
/// and never shorter than the platform's `Retry-After`.
pub fn plan(entry: &Entry, answer: &Answer, now: Timestamp, jitter: f64) -> Next {
    match entry.state {
        State::Due | State::InFlight => {}
        State::Done | State::Rejected | State::Unknown => return Next::Settled,
    }
    let later = |cause, retry_after: Option<SignedDuration>, unreadable| {
        let pause = pause(entry.attempt, jitter).max(retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER));
        Next::Later { at: now.saturating_add(pause).unwrap_or(Timestamp::MAX), unreadable, cause }
    };
    match class(answer) {
        Class::Receipt(receipt) => Next::Done { receipt },
        Class::Rejected { code, text } => Next::Rejected { code, text },
        Class::Later(Cause::TimedOut, _) if !entry.keyed => Next::Unknown,
        Class::Later(cause, retry_after) => later(cause, retry_after, 0),
        Class::Unreadable(_) if entry.unreadable + 1 >= UNREADABLE_LIMIT => {
            Next::Rejected { code: "unreadable".to_owned(), text: String::new() }
        }
        Class::Unreadable(retry_after) => later(Cause::Unreadable, retry_after, entry.unreadable + 1),
    }
}

enum Class {
    Receipt(String),
    Rejected { code: String, text: String },
    Later(Cause, Option<SignedDuration>),
    Unreadable(Option<SignedDuration>),
}

/// What a platform writes: `{"ok":true,"receipt":"…"}` or `{"ok":false,"code":"…","message":"…"}`.
#[derive(serde::Deserialize)]
struct Said {
    ok: bool,
    receipt: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

fn class(answer: &Answer) -> Class {
    let (code, retry_after, body) = match answer {
        Answer::NetworkDown => return Class::Later(Cause::NetworkDown, None),
        Answer::TimedOut => return Class::Later(Cause::TimedOut, None),
        Answer::Status { code, retry_after, body } => (*code, *retry_after, body),
    };
    match code {
        408 | 425 | 429 | 500..=599 => Class::Later(Cause::Busy, retry_after),
        401 | 403 => Class::Later(Cause::Credentials, retry_after),
        202 => Class::Later(Cause::NotDoneYet, retry_after),
        200 | 201 | 400 | 404 | 409 | 410 | 422 => said(code, body, retry_after),
        _ if is_page(body) => Class::Later(Cause::GatewayPage, retry_after),
        _ => Class::Unreadable(retry_after),
    }
}

fn said(status: u16, body: &str, retry_after: Option<SignedDuration>) -> Class {
    if is_page(body) {
        return Class::Later(Cause::GatewayPage, retry_after);
    }
    let Ok(said) = serde_json::from_str::<Said>(body) else { return Class::Unreadable(retry_after) };
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    if said.ok {
        // Done means a receipt number, and a status that agrees with it.
        return match filled(said.receipt) {
            Some(receipt) if status < 400 => Class::Receipt(receipt),
            Some(_) | None => Class::Unreadable(retry_after),
        };
    }
    match filled(said.code) {
        Some(code) if asks_to_come_again(&code) => Class::Later(Cause::Busy, retry_after),
        Some(code) => Class::Rejected { code, text: masked(&said.message.unwrap_or_default()) },
        None => Class::Unreadable(retry_after),
    }
}

/// Codes of a refusal that is none: the same message will be taken later.
fn asks_to_come_again(code: &str) -> bool {
    matches!(code, "BUSY" | "RETRY" | "TRY_LATER" | "MAINTENANCE" | "RATE_LIMITED")
}

/// A captive portal or a gateway's error page: markup where JSON was due.
fn is_page(body: &str) -> bool {
    body.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// 200 characters at most; runs of seven or more digits are starred, because they may be somebody's number.
fn masked(text: &str) -> String {
    let mut out = String::new();
    let mut run = String::new();
    for one in text.chars().take(200).chain(std::iter::once('\0')) {
        if one.is_ascii_digit() {
            run.push(one);
            continue;
        }
        if run.len() >= 7 {
            out.push_str(&"*".repeat(run.len()))
        } else {
            out.push_str(&run)
        }
        run.clear();
        out.push(one);
    }
    out.pop();
    out
}

fn pause(attempt: u32, jitter: f64) -> SignedDuration {
    let doublings = attempt.saturating_sub(1).min(20);
    let longest = (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
    let share = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 1.0 };
    longest.mul_f64(share)
}

impl Cause {
    /// The word for the ledger's `last_code` column.
    pub fn name(self) -> &'static str {
        match self {
            Self::NetworkDown => "network_down",
            Self::TimedOut => "timed_out",
            Self::Busy => "busy",
            Self::Credentials => "credentials",
            Self::NotDoneYet => "not_done_yet",
            Self::GatewayPage => "gateway_page",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Hides the body, which may repeat what was sent.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NetworkDown => f.write_str("NetworkDown"),
            Self::TimedOut => f.write_str("TimedOut"),
            Self::Status { code, retry_after, .. } => {
                f.debug_struct("Status").field("code", code).field("retry_after", retry_after).finish_non_exhaustive()
            }
        }
    }
}
