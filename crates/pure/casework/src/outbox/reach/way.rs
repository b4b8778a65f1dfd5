//! The way to one platform: open, or shut since an answer told that nobody is there.

use jiff::{SignedDuration, Timestamp};

use super::Queued;
use crate::outbox::plan::{Cause, LONGEST_RETRY_AFTER, pause};

/// Over so long the messages that waited for a way are spread when it has opened, milliseconds.
const SPREAD_MS: i64 = 2_000;

/// How it stands with the way to a platform.
#[derive(Debug, Clone)]
pub(super) enum Way {
    Open {
        /// The last time that it was shut.
        lifted: Option<Lifted>,
    },
    Shut(Shut),
}

#[derive(Debug, Clone)]
pub(super) struct Shut {
    since: Timestamp,
    /// Failures in a row, of the first message and of the probes after it.
    failures: u32,
    cause: Cause,
    pub(super) pause: Pause,
    /// The platform itself has asked to be left alone for this pause.
    asked: bool,
    /// The message that went out last to see whether the way is open.
    pub(super) probe: Option<i64>,
}

/// A time in which a way was shut, and which is over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifted {
    from: Timestamp,
    to: Timestamp,
}

/// From when to when something waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    pub(super) set: Timestamp,
    pub(super) until: Timestamp,
}

impl Way {
    /// An answer, or none, of the kind that says that nobody is there.
    pub(super) fn shut(&mut self, id: i64, cause: Cause, wish: Option<SignedDuration>, now: Timestamp, jitter: f64) {
        let (since, failures, before) = match self {
            Way::Open { .. } => (now, 1, None),
            Way::Shut(shut) if shut.probe == Some(id) => (shut.since, shut.failures.saturating_add(1), None),
            // Several were under way when it shut. They all fail, and that is one failure.
            Way::Shut(shut) => (shut.since, shut.failures, Some((shut.pause, shut.asked))),
        };
        let own = wish.unwrap_or_default().max(pause(failures, jitter));
        let mut next = Pause { set: now, until: now.saturating_add(own).unwrap_or(Timestamp::MAX) };
        let mut asked = wish.is_some_and(|wish| wish.is_positive());
        if let Some((pause, was_asked)) = before {
            // Its wish is heard from whichever answer, and never shortened by another one.
            if !asked || (was_asked && pause.until > next.until) {
                (next, asked) = (pause, was_asked);
            }
        }
        *self = Way::Shut(Shut { since, failures, cause, pause: next, asked, probe: None });
    }

    /// An answer of the platform itself. What it has asked for still holds: the answer may be to a message from before.
    pub(super) fn opened(&mut self, now: Timestamp) {
        if let Way::Shut(shut) = self
            && (!shut.asked || shut.pause.is_over(now))
        {
            *self = Way::Open { lifted: Some(Lifted { from: shut.since, to: now }) };
        }
    }

    pub(super) fn cause(&self) -> Option<Cause> {
        match self {
            Way::Open { .. } => None,
            Way::Shut(shut) => Some(shut.cause),
        }
    }
}

impl Default for Way {
    fn default() -> Self {
        Way::Open { lifted: None }
    }
}

impl Lifted {
    /// Whether a message waits because of it. The one that shut the way waits for itself: the fault may be its own, and it
    /// would shut the way again each time that another message opens it.
    pub(super) fn covers(self, one: &Queued) -> bool {
        one.cause.is_some_and(Cause::is_of_the_way) && self.from < one.since && one.since <= self.to
    }

    /// Every message has its own moment in the spread, the same one whenever it is asked for.
    pub(super) fn turn_of(self, id: i64) -> Timestamp {
        /// Steps of the golden ratio come never close together.
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let share = id.cast_unsigned().wrapping_mul(STEP) >> 32;
        let millis = SPREAD_MS * i64::try_from(share).unwrap_or(0) / (1 << 32);
        self.to.saturating_add(SignedDuration::from_millis(millis)).unwrap_or(Timestamp::MAX)
    }
}

impl Pause {
    /// One that has been over for ever.
    pub(super) fn over() -> Self {
        Self { set: Timestamp::MIN, until: Timestamp::MIN }
    }

    pub(super) fn is_over(self, now: Timestamp) -> bool {
        self.ends(now) <= now
    }

    /// When it ends by a clock that may have been put back since, or forward before; see the head of `reach`.
    pub(super) fn ends(self, now: Timestamp) -> Timestamp {
        let too_long = self.until.duration_since(self.set) > LONGEST_RETRY_AFTER;
        if self.set > now || too_long { now } else { self.until.max(now) }
    }
}
