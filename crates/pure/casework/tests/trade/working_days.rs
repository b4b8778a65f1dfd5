//! Working days are counted by the pack's table, and not beyond it.

use casework::pack::PolicyPack;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use crate::bench::*;

fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[test]
fn the_state_councils_days_of_2021_and_2022_are_off_and_made_up_for() {
    let pack = pack();
    let table = pack.working_days().unwrap();
    for off in [date(2021, 10, 1), date(2021, 10, 7), date(2022, 1, 3), date(2022, 2, 4), date(2022, 4, 5)] {
        assert_eq!(table.is_working(off), Some(false), "{off}");
    }
    for made_up in [date(2021, 9, 18), date(2021, 9, 26), date(2021, 10, 9), date(2022, 1, 30), date(2022, 10, 9)] {
        assert!(weekend(made_up));
        assert_eq!(table.is_working(made_up), Some(true), "{made_up}");
    }
    // Per year: days of the year, less weekends and days off, plus the made-up ones: 250 and 249 working days.
    let worked = |year: i16| {
        let days = date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        days.filter(|day| table.is_working(*day) == Some(true)).count()
    };
    assert_eq!((worked(2021), worked(2022)), (250, 249));
}

#[test]
fn fifteen_working_days_from_a_monday_in_november_end_on_a_monday() {
    let pack = pack();
    let table = pack.working_days().unwrap();
    assert_eq!(table.after(date(2021, 11, 8), 15), Some(date(2021, 11, 29)));
    // Over the national days: seven days off, one Saturday made up for.
    assert_eq!(table.after(date(2021, 9, 30), 2), Some(date(2021, 10, 9)));
    assert_eq!(table.after(date(2021, 9, 30), 0), Some(date(2021, 9, 30)));
}

#[test]
fn where_the_table_ends_nobody_guesses() {
    let pack = pack();
    let table = pack.working_days().unwrap();
    assert_eq!(table.reach(), (date(2021, 1, 1), date(2022, 12, 31)));
    assert_eq!(table.after(date(2022, 12, 30), 1), None, "the last day is a Saturday, and what follows is not known");
    assert_eq!(table.after(date(2022, 12, 29), 1), Some(date(2022, 12, 30)));
    assert_eq!(table.is_working(date(2023, 1, 3)), None);
    assert_eq!(table.is_working(date(2020, 12, 31)), None);
}

#[test]
fn a_pack_without_the_table_opens_follow_ups_without_a_day() {
    let start = YIYANG.find("[working_days]").unwrap();
    let end = start + YIYANG[start..].find("[reminding]").unwrap();
    let without = format!("{}{}", &YIYANG[..start], &YIYANG[end..]);
    assert!(PolicyPack::parse("without.toml", &without).unwrap().working_days().is_none());
}

proptest! {
    /// Between the two days lie exactly as many working days as were counted, and the last of them is one.
    #[test]
    fn counting_forward_and_counting_what_was_passed_agree(from in 0_i64..690, count in 0_u8..30) {
        let pack = PACK.get_or_init(pack);
        let table = pack.working_days().unwrap();
        let from = date(2021, 1, 1).saturating_add(jiff::Span::new().days(from));
        if let Some(to) = table.after(from, count) {
            let passed = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= to);
            let worked = passed.filter(|day| table.is_working(*day) == Some(true)).count();
            prop_assert_eq!(worked, usize::from(count));
            prop_assert!(count == 0 || table.is_working(to) == Some(true));
            prop_assert_eq!(table.after(to, 0), Some(to));
        } else {
            prop_assert!(table.reach().1.since(from).unwrap().get_days() < i32::from(count) * 3 + 14);
        }
    }

    /// Going in two stretches ends where going in one does.
    #[test]
    fn two_stretches_make_one(from in 0_i64..600, first in 0_u8..15, second in 0_u8..15) {
        let pack = PACK.get_or_init(pack);
        let table = pack.working_days().unwrap();
        let from = date(2021, 1, 1).saturating_add(jiff::Span::new().days(from));
        let stop = table.after(from, first).and_then(|day| table.after(day, second));
        prop_assert_eq!(stop, table.after(from, first + second));
    }
}

static PACK: std::sync::OnceLock<PolicyPack> = std::sync::OnceLock::new();
