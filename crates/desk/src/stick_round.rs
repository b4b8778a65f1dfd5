//! What a station knows of its stick between two acts: whether it is there, what lies on it, what is under way.

use casework::nouns::Actor;
use jiff::{SignedDuration, Timestamp};
use stick::{Seen, StickFault};

/// While the page lies open, the stick is looked at this often.
const PAUSE: SignedDuration = SignedDuration::from_secs(2);

/// The state of the stick, as far as it is known. It is kept in memory only.
#[derive(Debug, Default)]
pub struct StickRound {
    /// As it was last seen; `None` before anybody has looked.
    pub seen: Option<Result<Seen, StickFault>>,
    asked_at: Option<Timestamp>,
    /// A look is under way.
    looking: bool,
    /// What a person has asked for, until the stick has answered.
    pub under_way: Option<UnderWay>,
    /// What came of the last act, in words.
    pub note: Option<String>,
    /// The counter's public key, once it was used.
    pub counter_key: Option<String>,
}

/// Who asked for something of the stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderWay {
    pub actor: Actor,
}

impl StickRound {
    /// Whether the stick should be looked at now. A clock that was set back starts the wait anew.
    pub fn is_due(&mut self, now: Timestamp) -> bool {
        let waited = self.asked_at.is_none_or(|asked| now < asked || now.duration_since(asked) >= PAUSE);
        if self.looking || !waited {
            return false;
        }
        self.asked_at = Some(now);
        self.looking = true;
        true
    }

    /// Keeps what was seen; whether it is news.
    pub fn looked(&mut self, seen: Result<Seen, StickFault>) -> bool {
        self.looking = false;
        let news = self.seen.as_ref() != Some(&seen);
        self.seen = Some(seen);
        news
    }

    /// The page is left: what was said of the last act was read.
    pub fn left(&mut self) {
        self.note = None;
        self.asked_at = None;
    }
}
