//! What goes out now: the queue, and what is known of the way to each platform.
//!
//! Each message has a pause of its own after a failure ([`super::plan`]). Beside it stands the way to its platform: when an
//! answer says that nobody is there, the way is shut, and one message at a time goes out to see whether it is open again.
//!
//! **Clocks.** A pause is kept as the moment at which it was decided and the moment at which it ends, both of the wall
//! clock, because only that survives a restart. A clock that is put forward ends pauses early, which costs one sending that
//! is not answered. A clock that is put back would make pauses longer, for years if it comes from a flat battery; so a pause
//! that was decided in the future counts as over, and so does one that is longer than any that is ever decided. However the
//! clock jumps, nothing waits longer than twice its pause.

mod way;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use self::way::{Pause, Way};
use super::plan::{Answer, Cause, Next, State};
use crate::nouns::{CaseId, PlatformId};

/// So many messages are under way to one platform at most.
pub const MOST_IN_FLIGHT: usize = 8;

/// A message that has not arrived, as far as its turn is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The ledger's own number; a later message has a higher one.
    pub id: i64,
    pub case: CaseId,
    pub seq_in_case: u32,
    pub place: u8,
    pub platform: PlatformId,
    pub state: State,
    /// How often it was sent.
    pub attempt: u32,
    /// Since when it is in its state: for a message that waits, the moment at which its pause was decided.
    pub since: Timestamp,
    pub due_at: Timestamp,
    /// Why it waits; `None` for one that was never sent, or that a person sends again.
    pub cause: Option<Cause>,
}

/// The ways to the platforms, as the answers since the start of the program have shown them. Nothing of it is stored: after
/// a restart every way counts as open until an answer says otherwise.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    ways: BTreeMap<PlatformId, Way>,
}

impl Reach {
    /// The messages to send now, by id, oldest first. `queue` holds every message that is due, in flight, rejected or
    /// unknown, in any order; done ones are left out, and closed ones change nothing.
    ///
    /// * A message goes when every earlier one of its case is done. A closed one is passed over.
    /// * While a way is shut, one message at a time goes that way, when the way's own pause is over; of those that could,
    ///   the one that was sent least often, so that a message at which a platform stumbles does not bar the way for others.
    /// * When a way has opened again, what had to wait because of it goes at once, spread over two seconds.
    pub fn go_out(&mut self, queue: &[Queued], now: Timestamp) -> Vec<i64> {
        let mut under_way: BTreeMap<&PlatformId, BTreeSet<i64>> = BTreeMap::new();
        for one in queue.iter().filter(|one| one.state == State::InFlight) {
            under_way.entry(&one.platform).or_default().insert(one.id);
        }
        let mut ready: BTreeMap<&PlatformId, Vec<&Queued>> = BTreeMap::new();
        for one in heads(queue).into_iter().filter(|one| self.is_ready(one, now)) {
            ready.entry(&one.platform).or_default().push(one);
        }
        let mut out = Vec::new();
        for (platform, mut ready) in ready {
            let sent = under_way.get(platform).map_or(0, BTreeSet::len);
            match self.ways.get_mut(platform) {
                Some(Way::Shut(shut)) => {
                    ready.sort_by_key(|one| (one.attempt, one.id));
                    let probe = ready.first().filter(|_| sent == 0 && shut.pause.is_over(now));
                    shut.probe = probe.map(|one| one.id).or(shut.probe);
                    out.extend(probe.map(|one| one.id));
                }
                Some(Way::Open { .. }) | None => {
                    ready.sort_by_key(|one| one.id);
                    out.extend(ready.iter().take(MOST_IN_FLIGHT.saturating_sub(sent)).map(|one| one.id));
                }
            }
        }
        out.sort_unstable();
        out
    }

    /// Notes what an answer says of the way to its platform; `next` is what [`super::plan`] made of it.
    pub fn heard(&mut self, id: i64, platform: &PlatformId, answer: &Answer, next: &Next, now: Timestamp, jitter: f64) {
        match next {
            Next::Later { cause, .. } if cause.is_of_the_way() => {
                self.shut(id, platform, *cause, answer, now, jitter);
            }
            // Nobody knows what became of it: as if it had not been answered.
            Next::Unknown => self.shut(id, platform, Cause::TimedOut, answer, now, jitter),
            Next::Done { .. } | Next::Rejected { .. } | Next::Closed { .. } => {
                if let Some(way) = self.ways.get_mut(platform) {
                    way.opened(now);
                }
            }
            // It answers, and cannot be relied on yet.
            Next::Later { .. } | Next::Settled => {}
        }
    }

    /// A person wants to know at once: the way's pause is over, also one that the platform has asked for.
    pub fn try_now(&mut self, platform: &PlatformId) {
        if let Some(Way::Shut(shut)) = self.ways.get_mut(platform) {
            shut.pause = Pause::over();
        }
    }

    /// When something may go out next, if nothing else happens; `None` while nothing waits for a moment.
    pub fn wakes_at(&self, queue: &[Queued], now: Timestamp) -> Option<Timestamp> {
        heads(queue).into_iter().map(|one| self.next_try(one, now)).min()
    }

    /// When a message that is due, and the first of its case, goes out at the earliest; not before `now`.
    pub fn next_try(&self, one: &Queued, now: Timestamp) -> Timestamp {
        let way = self.ways.get(&one.platform);
        let own = Pause { set: one.since, until: one.due_at };
        let own = own.ends(now);
        match way {
            Some(Way::Shut(shut)) => own.max(shut.pause.ends(now)),
            Some(Way::Open { lifted }) => match lifted.filter(|lifted| lifted.covers(one)) {
                Some(lifted) => own.min(lifted.turn_of(one.id).max(now)),
                None => own,
            },
            None => own,
        }
    }

    /// Why messages wait, in one word: the way that is shut, first of all the one whose platform does not accept who we
    /// are, because that one mends itself for nobody.
    pub fn trouble(&self) -> Option<Cause> {
        let causes = || self.ways.values().filter_map(Way::cause);
        causes().find(|cause| *cause == Cause::Credentials).or_else(|| causes().next())
    }

    /// Why nothing goes to this platform; `None` while it may be reached.
    pub fn trouble_of(&self, platform: &PlatformId) -> Option<Cause> {
        self.ways.get(platform).and_then(Way::cause)
    }

    fn is_ready(&self, one: &Queued, now: Timestamp) -> bool {
        let own = Pause { set: one.since, until: one.due_at };
        let lifted = match self.ways.get(&one.platform) {
            Some(Way::Open { lifted }) => *lifted,
            Some(Way::Shut(_)) | None => None,
        };
        own.is_over(now) || lifted.is_some_and(|lifted| lifted.covers(one) && lifted.turn_of(one.id) <= now)
    }

    fn shut(&mut self, id: i64, platform: &PlatformId, cause: Cause, answer: &Answer, now: Timestamp, jitter: f64) {
        let way = self.ways.entry(platform.clone()).or_default();
        way.shut(id, cause, answer.wish(), now, jitter);
    }
}

/// The message of each case whose turn it is, where that one is due.
fn heads(queue: &[Queued]) -> Vec<&Queued> {
    let mut first: BTreeMap<&CaseId, &Queued> = BTreeMap::new();
    for one in queue {
        match one.state {
            State::Due | State::InFlight | State::Rejected | State::Unknown => {
                let earlier = first.entry(&one.case).or_insert(one);
                if (one.seq_in_case, one.place) < (earlier.seq_in_case, earlier.place) {
                    *earlier = one;
                }
            }
            State::Done | State::Closed => {}
        }
    }
    first.into_values().filter(|one| one.state == State::Due).collect()
}
