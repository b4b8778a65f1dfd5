//! Which cases may be forgotten today (保存期限; PIPL 19 and 47): the judgement alone. What a case leaves behind is its number,
//! its days, the kinds of its facts, its card's number and its hashes.

mod words;

use jiff::{ToSpan, civil::Date};

use crate::fact::Fact;

pub use words::{GONE, without_words};

/// Days that a form is kept which nobody went on with (domain 2.6).
pub const DRAFT_DAYS: u16 = 7;

/// What is known of a case when it is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub end: End,
    /// Civil day of its newest fact, China Standard Time.
    pub moved_on: Date,
    /// Messages that no platform has acknowledged yet, rejected ones among them.
    pub unsent: u32,
    /// Its archive package has left the station and was recorded to have.
    pub exported: bool,
}

/// How far a case has come, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing was accepted and nothing was closed: a form that was put aside.
    Draft,
    /// Accepted, and not finished.
    Open,
    /// Refused or withdrawn: there is no package.
    WithoutCard,
    Sealed,
}

/// Why a case stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    Open,
    /// So many messages still have to be sent: nothing that is unsent is ever removed.
    Unsent {
        messages: u32,
    },
    /// A sealed case is the only copy of an archive that has to be kept for years, until its package has been exported.
    NotExported,
    /// The first day on which the period is over.
    Until {
        day: Date,
    },
}

/// What may be done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Erase,
    /// A form that nobody went on with: it is withdrawn first, and erased once there is nothing to send.
    Abandon,
    Keep(Keep),
}

/// The day by which periods were counted when somebody last erased, and the clock's day then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastRun {
    pub counted: Date,
    pub clock: Date,
}

/// The day by which periods are counted: the ledger's own. It goes on by one day at most for each new day of the clock,
/// unless a person gives their word that the clock is right: a dead clock battery must not erase a year, and what was
/// written under a clock that jumped proves nothing. A clock that went back waits.
pub fn counted_day(clock: Date, last: LastRun, word: bool) -> Date {
    if word {
        return clock;
    }
    let next = if last.clock < clock { last.counted.saturating_add(1.day()) } else { last.counted };
    clock.min(next)
}

/// Judges one case. `days` is the pack's period for closed ones.
pub fn judge(standing: Standing, days: u16, today: Date) -> Verdict {
    let over = |days: u16| standing.moved_on.saturating_add(i64::from(days).days());
    match standing.end {
        End::Open => Verdict::Keep(Keep::Open),
        End::Draft if today < over(DRAFT_DAYS) => Verdict::Keep(Keep::Until { day: over(DRAFT_DAYS) }),
        End::Draft if standing.unsent > 0 => Verdict::Keep(Keep::Unsent { messages: standing.unsent }),
        End::Draft => Verdict::Abandon,
        End::WithoutCard | End::Sealed if standing.unsent > 0 => {
            Verdict::Keep(Keep::Unsent { messages: standing.unsent })
        }
        End::Sealed if !standing.exported => Verdict::Keep(Keep::NotExported),
        End::WithoutCard | End::Sealed if today < over(days) => Verdict::Keep(Keep::Until { day: over(days) }),
        End::WithoutCard | End::Sealed => Verdict::Erase,
    }
}

/// The kinds of facts whose bodies stay when their case is erased: days, numbers, hashes and names of the pack are all that
/// can stand in them. A kind that is not listed here goes, whatever it may come to hold.
pub const SKELETON: [&str; 10] = [
    "opened",
    "accepted",
    "number_reserved",
    "job_submitted",
    "card_confirmed",
    "photo_glued",
    "rating_offered",
    "rating_declined",
    "sealed",
    "resumed",
];

/// Whether the body of this fact goes with its case.
pub fn is_erased(fact: &Fact) -> bool {
    !SKELETON.contains(&fact.tag())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn sealed() -> Standing {
        Standing { end: End::Sealed, moved_on: date(2021, 11, 8), unsent: 0, exported: true }
    }

    #[test]
    fn a_sealed_case_is_erased_on_the_thirtieth_day_and_not_before() {
        assert_eq!(judge(sealed(), 30, date(2021, 12, 8)), Verdict::Erase);
        let day = date(2021, 12, 8);
        assert_eq!(judge(sealed(), 30, date(2021, 12, 7)), Verdict::Keep(Keep::Until { day }));
    }

    #[test]
    fn a_package_that_was_not_exported_keeps_a_sealed_case_and_no_other() {
        let late = date(2030, 1, 1);
        assert_eq!(judge(Standing { exported: false, ..sealed() }, 30, late), Verdict::Keep(Keep::NotExported));
        let refused = Standing { end: End::WithoutCard, exported: false, ..sealed() };
        assert_eq!(judge(refused, 30, late), Verdict::Erase);
    }

    #[test]
    fn a_form_that_nobody_went_on_with_is_abandoned_after_a_week() {
        let draft = Standing { end: End::Draft, exported: false, ..sealed() };
        let day = date(2021, 11, 15);
        assert_eq!(judge(draft, 30, date(2021, 11, 14)), Verdict::Keep(Keep::Until { day }));
        assert_eq!(judge(draft, 30, day), Verdict::Abandon);
    }

    #[test]
    fn a_clock_that_jumped_is_not_believed_without_a_persons_word() {
        let (last, next, year) = (date(2021, 11, 8), date(2021, 11, 9), date(2022, 11, 8));
        let run = |counted, clock| LastRun { counted, clock };
        assert_eq!(counted_day(next, run(last, last), false), next);
        assert_eq!(counted_day(year, run(last, last), false), next);
        assert_eq!(counted_day(year, run(next, year), false), next, "the same day again goes no further");
        assert_eq!(counted_day(year, run(last, last), true), year);
        assert_eq!(counted_day(date(2020, 1, 1), run(last, last), false), date(2020, 1, 1));
    }

    proptest! {
        /// Whatever else is true of a case: what is unsent, unfinished or not exported is never erased.
        #[test]
        fn nothing_unsent_is_ever_erased(
            end in prop_oneof![Just(End::Draft), Just(End::Open), Just(End::WithoutCard), Just(End::Sealed)],
            moved in 0i64..400, unsent in 0u32..3, exported: bool, days in 0u16..400, today in 0i64..2_000,
        ) {
            let first = date(2021, 1, 1);
            let on = |n: i64| first.saturating_add(n.days());
            let standing = Standing { end, moved_on: on(moved), unsent, exported };
            match judge(standing, days, on(today)) {
                Verdict::Erase => {
                    prop_assert_eq!(unsent, 0);
                    prop_assert!(today >= moved + i64::from(days));
                    prop_assert!(end == End::WithoutCard || end == End::Sealed && exported);
                }
                Verdict::Abandon => prop_assert!(end == End::Draft && unsent == 0 && today >= moved + 7),
                Verdict::Keep(_) => {}
            }
        }
    }
}
