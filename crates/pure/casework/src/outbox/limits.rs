//! How much may wait before somebody is told, and before no new case is taken in (reliability 5, back-pressure).
//!
//! A counter without a network goes on for days. It warns at the soft limits and takes no new case at the hard ones; what
//! was begun is always finished, because a person stands there.

use jiff::{SignedDuration, Timestamp};

/// The limits of one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Messages that wait: from so many on somebody is told.
    pub soft_pending: u32,
    /// Days that the oldest of them waits: from so many on somebody is told.
    pub soft_days: u32,
    /// From so many waiting messages on no new case is opened.
    pub hard_pending: u32,
    /// From so many days on no new case is opened.
    pub hard_days: u32,
    /// Below so many free bytes on the ledger's disk no new case is opened.
    pub least_free: u64,
}

/// What waits at a station.
///
/// A message that a platform refused, whose platform is closed for good, or that stands behind a refused one of its own
/// case, is no part of it: no network brings it on its way, and it must stop no other person's case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    pub pending: u32,
    /// When the oldest of them was written.
    pub oldest: Option<Timestamp>,
    /// Free bytes on the ledger's disk; `None` before anybody has looked.
    pub free: Option<u64>,
}

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressure {
    Easy,
    /// Told, and nothing is stopped.
    Warn(Vec<Why>),
    /// No new case; open ones may be finished.
    Stop(Vec<Why>),
}

/// A limit that was reached, with the number that reached it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Pending {
        pending: u32,
        limit: u32,
    },
    /// Whole days.
    Oldest {
        days: u32,
        limit: u32,
    },
    /// Bytes.
    Disk {
        free: u64,
        least: u64,
    },
}

/// Judges a backlog. A clock that was set back makes nothing older: what seems to come from the future is new.
pub fn pressure(limits: &Limits, backlog: &Backlog, now: Timestamp) -> Pressure {
    let days = backlog.oldest.map_or(0, |oldest| days_between(oldest, now));
    let reached = |pending: u32, most_days: u32| {
        let pending = (backlog.pending >= pending).then_some(Why::Pending { pending: backlog.pending, limit: pending });
        let oldest = (days >= most_days).then_some(Why::Oldest { days, limit: most_days });
        pending.into_iter().chain(oldest)
    };
    let disk = backlog.free.filter(|free| *free < limits.least_free);
    let disk = disk.map(|free| Why::Disk { free, least: limits.least_free });
    let hard: Vec<Why> = reached(limits.hard_pending, limits.hard_days).chain(disk).collect();
    if !hard.is_empty() {
        return Pressure::Stop(hard);
    }
    let soft: Vec<Why> = reached(limits.soft_pending, limits.soft_days).collect();
    if soft.is_empty() { Pressure::Easy } else { Pressure::Warn(soft) }
}

fn days_between(from: Timestamp, to: Timestamp) -> u32 {
    let whole = to.duration_since(from).max(SignedDuration::ZERO).as_hours() / 24;
    u32::try_from(whole).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { soft_pending: 300, soft_days: 5, hard_pending: 1_000, hard_days: 15, least_free: 1 << 30 };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn judged(pending: u32, oldest: Option<&str>, free: Option<u64>) -> Pressure {
        pressure(&LIMITS, &Backlog { pending, oldest: oldest.map(at), free }, at("2021-11-20T01:00:00Z"))
    }

    #[test]
    fn three_hundred_waiting_warn_and_a_thousand_stop() {
        assert_eq!(judged(299, None, None), Pressure::Easy);
        assert_eq!(judged(300, None, None), Pressure::Warn(vec![Why::Pending { pending: 300, limit: 300 }]));
        assert_eq!(judged(999, None, None), Pressure::Warn(vec![Why::Pending { pending: 999, limit: 300 }]));
        assert_eq!(judged(1_000, None, None), Pressure::Stop(vec![Why::Pending { pending: 1_000, limit: 1_000 }]));
    }

    #[test]
    fn five_days_warn_and_fifteen_stop() {
        assert_eq!(judged(1, Some("2021-11-15T01:00:01Z"), None), Pressure::Easy);
        let warned = Pressure::Warn(vec![Why::Oldest { days: 5, limit: 5 }]);
        assert_eq!(judged(1, Some("2021-11-15T01:00:00Z"), None), warned);
        let stopped = Pressure::Stop(vec![Why::Oldest { days: 15, limit: 15 }]);
        assert_eq!(judged(1, Some("2021-11-05T01:00:00Z"), None), stopped);
    }

    #[test]
    fn a_disk_with_little_room_stops_and_one_that_nobody_has_looked_at_does_not() {
        let least = LIMITS.least_free;
        assert_eq!(judged(0, None, Some(least)), Pressure::Easy);
        assert_eq!(judged(0, None, Some(least - 1)), Pressure::Stop(vec![Why::Disk { free: least - 1, least }]));
        assert_eq!(judged(0, None, None), Pressure::Easy);
    }

    #[test]
    fn a_clock_that_was_set_back_or_has_leapt_ends_in_an_answer() {
        let far = [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH];
        for oldest in far {
            for now in far {
                let backlog = Backlog { pending: 1, oldest: Some(oldest), free: None };
                let judged = pressure(&LIMITS, &backlog, now);
                assert_eq!(judged == Pressure::Easy, oldest >= now, "{oldest} {now}: {judged:?}");
            }
        }
    }
}
