//! One answer, one judgement: done, later, rejected, or nobody knows.

use jiff::{SignedDuration, Timestamp};

use super::codes::{Meaning, known_code};
use crate::nouns::NotA;

/// First pause, doubled with every attempt.
pub(super) const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(1);
/// Longest pause of our own; a platform's `Retry-After` may be longer.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// A platform that asks for more than this is heard as this: a wrong header must not silence a message for a year.
pub(super) const LONGEST_RETRY_AFTER: SignedDuration = SignedDuration::from_hours(24);
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Due,
    InFlight,
    /// The platform's receipt number is stored.
    Done,
    /// The platform refused it with a code. It stops the later messages of its own case and no others.
    Rejected,
    /// Sent to a platform without keys, and nobody knows what became of it. A clerk decides.
    Unknown,
    /// The system it is for was closed (S-37). It is kept with its cause, holds back no other message, and is sent again
    /// only when a person says so.
    Closed,
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
    /// The system was closed: the message is kept and waits for nobody.
    Closed {
        code: String,
        /// The platform's words, as with a rejection.
        text: String,
    },
    /// The message was settled before, or is not waiting for this answer: it changes nothing.
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

impl Answer {
    /// How long the platform asks to be left alone, if it does; at most a day.
    pub fn wish(&self) -> Option<SignedDuration> {
        match self {
            Self::NetworkDown | Self::TimedOut => None,
            Self::Status { retry_after, .. } => retry_after.map(|wish| wish.min(LONGEST_RETRY_AFTER)),
        }
    }
}

/// Judges an answer.
///
/// `jitter` is a random number from 0 to 1: the pause is that share of 1 s × 2ⁿ, at most 10 minutes (full jitter),
/// and never shorter than the platform's `Retry-After`.
///
/// A message that waits may still be told that it arrived: the answer to an earlier sending came late. Whatever else such
/// an answer says is old, and does not put the message off.
pub fn plan(entry: &Entry, answer: &Answer, now: Timestamp, jitter: f64) -> Next {
    let awaited = match entry.state {
        State::InFlight => true,
        State::Due if entry.attempt > 0 => false,
        // Never sent, or settled before.
        State::Due | State::Done | State::Rejected | State::Unknown | State::Closed => return Next::Settled,
    };
    let later = |cause, unreadable| {
        if !awaited {
            return Next::Settled;
        }
        let pause = pause(entry.attempt, jitter).max(answer.wish().unwrap_or_default());
        Next::Later { at: now.saturating_add(pause).unwrap_or(Timestamp::MAX), unreadable, cause }
    };
    match class(answer) {
        Class::Receipt(receipt) => Next::Done { receipt },
        Class::Rejected { code, text } => Next::Rejected { code, text },
        Class::Closed { code, text } => Next::Closed { code, text },
        Class::Later { may_have_acted: true, .. } | Class::Unreadable if awaited && !entry.keyed => Next::Unknown,
        Class::Later { cause, .. } => later(cause, 0),
        Class::Unreadable if awaited && entry.unreadable + 1 >= UNREADABLE_LIMIT => {
            Next::Rejected { code: "unreadable".to_owned(), text: String::new() }
        }
        Class::Unreadable => later(Cause::Unreadable, entry.unreadable + 1),
    }
}

enum Class {
    Receipt(String),
    Rejected {
        code: String,
        text: String,
    },
    Closed {
        code: String,
        text: String,
    },
    Later {
        cause: Cause,
        /// The platform may have taken the message in all the same. Without keys that is for a person to find out.
        may_have_acted: bool,
    },
    Unreadable,
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
    let (code, body) = match answer {
        Answer::NetworkDown => return Class::Later { cause: Cause::NetworkDown, may_have_acted: false },
        Answer::TimedOut => return Class::Later { cause: Cause::TimedOut, may_have_acted: true },
        Answer::Status { code, body, .. } => (*code, body),
    };
    let said = serde_json::from_str::<Said>(body).ok();
    // A closed system is told by its code alone, whatever status some gateway puts around it.
    if let Some(closed) = said.as_ref().and_then(closed) {
        return closed;
    }
    match code {
        425 | 429 | 503 => Class::Later { cause: Cause::Busy, may_have_acted: false },
        408 | 500..=599 => Class::Later { cause: Cause::Busy, may_have_acted: true },
        401 | 403 => Class::Later { cause: Cause::Credentials, may_have_acted: false },
        202 => Class::Later { cause: Cause::NotDoneYet, may_have_acted: true },
        _ if is_page(body) => Class::Later { cause: Cause::GatewayPage, may_have_acted: true },
        200 | 201 | 400 | 404 | 409 | 410 | 422 => said.map_or(Class::Unreadable, |said| told(code, said)),
        _ => Class::Unreadable,
    }
}

/// An answer in the platform's own form. One that says failure is a failure, also under status 200.
fn told(status: u16, said: Said) -> Class {
    if said.ok {
        // Done means a receipt number, and a status that agrees with it.
        return match filled(said.receipt) {
            Some(receipt) if status < 400 => Class::Receipt(receipt),
            Some(_) | None => Class::Unreadable,
        };
    }
    let Some(code) = filled(said.code) else { return Class::Unreadable };
    let text = masked(&said.message.unwrap_or_default());
    match known_code(&code).map(|known| known.meaning) {
        Some(Meaning::ComeAgain) => Class::Later { cause: Cause::Busy, may_have_acted: false },
        Some(Meaning::Closed) => Class::Closed { code, text },
        Some(Meaning::Refused) | None => Class::Rejected { code, text },
    }
}

fn closed(said: &Said) -> Option<Class> {
    let code = said.code.as_deref().filter(|_| !said.ok)?;
    let closed = known_code(code).is_some_and(|known| known.meaning == Meaning::Closed);
    let text = || masked(said.message.as_deref().unwrap_or_default());
    closed.then(|| Class::Closed { code: code.to_owned(), text: text() })
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// A captive portal or a gateway's error page: markup where JSON was due.
fn is_page(body: &str) -> bool {
    body.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// 200 characters at most; runs of seven or more digits are starred, because they may be somebody's number.
pub fn masked(text: &str) -> String {
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

/// The pause after the `attempt`th failure in a row, from 1.
pub(super) fn pause(attempt: u32, jitter: f64) -> SignedDuration {
    let doublings = attempt.saturating_sub(1).min(20);
    let longest = (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
    let share = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 1.0 };
    longest.mul_f64(share)
}

impl Cause {
    const ALL: [Self; 7] = [
        Self::NetworkDown,
        Self::TimedOut,
        Self::Busy,
        Self::Credentials,
        Self::NotDoneYet,
        Self::GatewayPage,
        Self::Unreadable,
    ];

    /// Whether it speaks of the way to the platform rather than of this one message.
    pub fn is_of_the_way(self) -> bool {
        match self {
            Self::NetworkDown | Self::TimedOut | Self::Busy | Self::Credentials | Self::GatewayPage => true,
            Self::NotDoneYet | Self::Unreadable => false,
        }
    }

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

impl std::str::FromStr for Cause {
    type Err = NotA;
    fn from_str(text: &str) -> Result<Self, NotA> {
        Self::ALL.into_iter().find(|cause| cause.name() == text).ok_or(NotA { noun: "Cause" })
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
