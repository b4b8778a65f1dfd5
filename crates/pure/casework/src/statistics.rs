//! The statistics of a range of days (统计): counts that the ledger keeps by day and window, summed up, with the times from
//! acceptance to delivery. Nobody at work and nobody rated stands in them: a window is counted, never a person.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

use crate::nouns::{ApplicantMode, CaseKind, Hukou, ReasonCode, WindowCode};

/// How often one thing happened on one civil day of China Standard Time at one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub day: Date,
    pub window: WindowCode,
    pub what: Counted,
    pub n: u64,
}

/// What is counted, and by what it is told apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    Opened(CaseKind),
    Accepted(CaseKind),
    /// Of an accepted case.
    Mode(ApplicantMode),
    /// Of an accepted case.
    Hukou(Hukou),
    Refused(CaseKind),
    /// A reason of a refused case; a case has one or more.
    Reason(ReasonCode),
    /// A reason of a slip given out at the door, where no case was made.
    AtDoor(ReasonCode),
    Withdrawn(CaseKind),
    /// A card that a person held in hand and found good.
    Made(CaseKind),
    SpoiledCard,
    /// A number that was spent without a card.
    SpoiledNumber,
    Reprint(CaseKind),
    Delivered(CaseKind),
    /// A delivery that came so many minutes after its acceptance, begun ones counted.
    Minutes(u32),
    Sealed(CaseKind),
    Corrected,
    RatingOffered,
    RatingGiven,
    RatingDeclined,
}

/// Days of a calendar, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    from: Date,
    to: Date,
}

/// The longest range that is asked for, days: ten years.
pub const LONGEST: i32 = 3_653;
/// What the 30-minute promise allows, minutes (S-55).
pub const PROMISED: u32 = 30;
/// Up to so many days are shown one by one; more are shown by month.
const BY_DAY: i32 = 62;

/// Everything that the page, the export and the command line tell of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    pub days: Days,
    pub sums: BTreeMap<Counted, u64>,
    /// By window, in the order of their codes.
    pub windows: BTreeMap<WindowCode, BTreeMap<Counted, u64>>,
    /// One a day, or one a month, without gaps and in order.
    pub course: Vec<Stretch>,
}

/// A day or a month of the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its first day that belongs to the range.
    pub from: Date,
    pub whole_month: bool,
    pub accepted: u64,
    pub delivered: u64,
}

/// How long it took from acceptance to delivery. Minutes, begun ones counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub deliveries: u64,
    /// Half of the deliveries took so long or less.
    pub median: u32,
    /// Nine of ten took so long or less.
    pub ninetieth: u32,
    /// So many came within [`PROMISED`] minutes.
    pub within: u64,
}

impl Days {
    /// `None` when the last day is before the first, or the range is longer than [`LONGEST`].
    pub fn new(from: Date, to: Date) -> Option<Days> {
        let days = Days { from, to };
        (from <= to && days.count() <= LONGEST).then_some(days)
    }

    pub fn one(day: Date) -> Days {
        Days { from: day, to: day }
    }

    /// Monday to Sunday.
    pub fn week_of(day: Date) -> Days {
        let monday = day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days());
        Days { from: monday, to: monday.saturating_add(6.days()) }
    }

    pub fn month_of(day: Date) -> Days {
        Days { from: day.first_of_month(), to: day.last_of_month() }
    }

    pub fn from(&self) -> Date {
        self.from
    }

    pub fn to(&self) -> Date {
        self.to
    }

    /// Number of days, at least 1.
    pub fn count(&self) -> i32 {
        self.to.since(self.from).map_or(i32::MAX, |span| span.get_days() + 1)
    }

    fn stretches(&self) -> Vec<Stretch> {
        let whole_month = self.count() > BY_DAY;
        let (mut stretches, mut from) = (Vec::new(), self.from);
        while from <= self.to {
            stretches.push(Stretch { from, whole_month, accepted: 0, delivered: 0 });
            let next = if whole_month { from.last_of_month().tomorrow() } else { from.tomorrow() };
            // The calendar ends, and no range reaches behind it.
            let Ok(next) = next else { break };
            from = next;
        }
        stretches
    }
}

impl Statistics {
    /// Sums up what was counted on these days; what was counted on others is left out.
    pub fn of(days: Days, tallies: impl IntoIterator<Item = Tally>) -> Statistics {
        let mut statistics =
            Statistics { days, sums: BTreeMap::new(), windows: BTreeMap::new(), course: days.stretches() };
        for Tally { day, window, what, n } in tallies {
            if day < days.from || days.to < day {
                continue;
            }
            let at = statistics.course.partition_point(|stretch| stretch.from <= day);
            if let Some(stretch) = at.checked_sub(1).and_then(|at| statistics.course.get_mut(at)) {
                match what {
                    Counted::Accepted(_) => stretch.accepted += n,
                    Counted::Delivered(_) => stretch.delivered += n,
                    Counted::Opened(_)
                    | Counted::Mode(_)
                    | Counted::Hukou(_)
                    | Counted::Refused(_)
                    | Counted::Reason(_)
                    | Counted::AtDoor(_)
                    | Counted::Withdrawn(_)
                    | Counted::Made(_)
                    | Counted::SpoiledCard
                    | Counted::SpoiledNumber
                    | Counted::Reprint(_)
                    | Counted::Minutes(_)
                    | Counted::Sealed(_)
                    | Counted::Corrected
                    | Counted::RatingOffered
                    | Counted::RatingGiven
                    | Counted::RatingDeclined => {}
                }
            }
            *statistics.windows.entry(window).or_default().entry(what.clone()).or_default() += n;
            *statistics.sums.entry(what).or_default() += n;
        }
        statistics
    }

    /// How often exactly this happened.
    pub fn n(&self, what: &Counted) -> u64 {
        self.sums.get(what).copied().unwrap_or(0)
    }

    /// How often it happened over all kinds of case.
    pub fn of_all_kinds(&self, what: impl Fn(CaseKind) -> Counted) -> u64 {
        CaseKind::ALL.into_iter().map(|kind| self.n(&what(kind))).sum()
    }

    /// Reasons of refusals, of cases and at the door together, the most frequent first.
    pub fn reasons(&self) -> Vec<(ReasonCode, u64)> {
        let mut reasons: BTreeMap<ReasonCode, u64> = BTreeMap::new();
        for (what, n) in &self.sums {
            if let Counted::Reason(reason) | Counted::AtDoor(reason) = what {
                *reasons.entry(reason.clone()).or_default() += n;
            }
        }
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        reasons
    }

    /// `None` while nothing was delivered.
    pub fn pace(&self) -> Option<Pace> {
        let times: Vec<(u32, u64)> = self
            .sums
            .iter()
            .filter_map(|(what, n)| if let Counted::Minutes(minutes) = what { Some((*minutes, *n)) } else { None })
            .collect();
        let deliveries: u64 = times.iter().map(|(_, n)| n).sum();
        if deliveries == 0 {
            return None;
        }
        let within = times.iter().filter(|(minutes, _)| *minutes <= PROMISED).map(|(_, n)| n).sum();
        Some(Pace {
            deliveries,
            median: at_tenth(&times, deliveries, 5),
            ninetieth: at_tenth(&times, deliveries, 9),
            within,
        })
    }
}

/// The smallest time that so many tenths of all deliveries did not exceed. `times` goes upwards.
fn at_tenth(times: &[(u32, u64)], deliveries: u64, tenths: u64) -> u32 {
    let rank = (deliveries * tenths).div_ceil(10);
    let mut seen = 0;
    for (minutes, n) in times {
        seen += n;
        if seen >= rank {
            return *minutes;
        }
    }
    times.last().map_or(0, |(minutes, _)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn tally(day: Date, what: Counted, n: u64) -> Tally {
        Tally { day, window: "HS0101".parse().unwrap(), what, n }
    }

    #[test]
    fn a_week_begins_on_monday_and_a_month_on_its_first_day() {
        let day = date(2021, 11, 10);
        assert_eq!(Days::new(date(2021, 11, 8), date(2021, 11, 14)), Some(Days::week_of(day)));
        assert_eq!(Days::new(date(2021, 11, 1), date(2021, 11, 30)), Some(Days::month_of(day)));
        assert_eq!(Days::new(day, date(2021, 11, 9)), None);
        assert_eq!(Days::new(date(2001, 1, 1), date(2021, 1, 1)), None);
    }

    #[test]
    fn thirty_minutes_are_within_the_promise_and_thirty_one_are_not() {
        let day = date(2021, 11, 8);
        let minutes = [(10, 5), (30, 3), (31, 1), (200, 1)];
        let statistics =
            Statistics::of(Days::one(day), minutes.map(|(minutes, n)| tally(day, Counted::Minutes(minutes), n)));
        assert_eq!(statistics.pace(), Some(Pace { deliveries: 10, median: 10, ninetieth: 31, within: 8 }));
        assert_eq!(Statistics::of(Days::one(day), []).pace(), None);
    }

    #[test]
    fn a_long_range_is_told_by_month_and_a_short_one_by_day() {
        let of = |from, to| Statistics::of(Days::new(from, to).unwrap(), []).course;
        assert_eq!(of(date(2021, 11, 8), date(2021, 11, 14)).len(), 7);
        let months = of(date(2021, 1, 15), date(2021, 12, 31));
        assert_eq!((months.len(), months[0].from, months[1].from), (12, date(2021, 1, 15), date(2021, 2, 1)));
    }

    #[test]
    fn reasons_of_cases_and_of_the_door_are_summed_and_the_most_frequent_comes_first() {
        let day = date(2021, 11, 8);
        let [young, ended]: [ReasonCode; 2] = ["TOO_YOUNG", "ITEM_ENDED"].map(|code| code.parse().unwrap());
        let statistics = Statistics::of(
            Days::one(day),
            [
                tally(day, Counted::Reason(ended.clone()), 2),
                tally(day, Counted::AtDoor(young.clone()), 2),
                tally(day, Counted::Reason(young.clone()), 1),
            ],
        );
        assert_eq!(statistics.reasons(), [(young, 3), (ended, 2)]);
    }

    proptest! {
        /// The three numbers of the pace against a plain list of all times.
        #[test]
        fn the_pace_is_that_of_all_times_in_order(mut times in proptest::collection::vec(0u32..90, 1..60)) {
            let day = date(2021, 11, 8);
            let statistics = Statistics::of(Days::one(day), times.iter().map(|one| tally(day, Counted::Minutes(*one), 1)));
            times.sort_unstable();
            let at = |tenths: usize| times[(times.len() * tenths).div_ceil(10) - 1];
            let pace = statistics.pace().unwrap();
            prop_assert_eq!((pace.median, pace.ninetieth), (at(5), at(9)));
            prop_assert_eq!(pace.within as usize, times.iter().filter(|one| **one <= 30).count());
        }

        #[test]
        fn no_count_is_lost_between_the_days_the_windows_and_the_course(
            counts in proptest::collection::vec((0i64..400, 1u64..9), 0..60),
        ) {
            let first = date(2021, 1, 1);
            let days = Days::new(first, date(2021, 12, 31)).unwrap();
            let on = |n: i64| first.saturating_add(n.days());
            let tallies = counts.iter().map(|(day, n)| tally(on(*day), Counted::Accepted(CaseKind::First), *n));
            let statistics = Statistics::of(days, tallies);
            let wanted: u64 = counts.iter().filter(|(day, _)| *day < 365).map(|(_, n)| n).sum();
            prop_assert_eq!(statistics.of_all_kinds(Counted::Accepted), wanted);
            prop_assert_eq!(statistics.course.iter().map(|stretch| stretch.accepted).sum::<u64>(), wanted);
        }
    }
}
