//! Full years (周岁). A person reaches an age on the birthday (domain 2.2); what a birthday of 29 February means in
//! a common year is policy.

use jiff::civil::Date;

/// When someone born on 29 February has the birthday of a common year.
///
/// Civil Code art. 202 ends a period of years at the end of the month when the day does not exist, which gives
/// 28 February; other offices count from 1 March. The pack chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeapBirthday {
    LastOfFebruary,
    FirstOfMarch,
}

/// The day on which a person born on `birth` has lived `years` full years; `None` past the year 9999.
pub fn reaches(birth: Date, years: u8, leap: LeapBirthday) -> Option<Date> {
    let year = birth.year().checked_add(i16::from(years))?;
    if let Ok(day) = Date::new(year, birth.month(), birth.day()) {
        return Some(day);
    }
    match leap {
        LeapBirthday::LastOfFebruary => Date::new(year, 2, 28).ok(),
        LeapBirthday::FirstOfMarch => Date::new(year, 3, 1).ok(),
    }
}

/// Full years lived on `on`; 0 for a day before birth.
pub fn full_years(birth: Date, on: Date, leap: LeapBirthday) -> u8 {
    let span = on.year().saturating_sub(birth.year()).clamp(0, 255);
    let span = u8::try_from(span).expect("clamped to a byte");
    match reaches(birth, span, leap) {
        Some(day) if day <= on => span,
        Some(_) | None => span.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const FEB: LeapBirthday = LeapBirthday::LastOfFebruary;
    const MARCH: LeapBirthday = LeapBirthday::FirstOfMarch;

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        let birth = date(1956, 11, 8);
        assert_eq!(full_years(birth, date(2021, 11, 7), FEB), 64);
        assert_eq!(full_years(birth, date(2021, 11, 8), FEB), 65);
    }

    #[test]
    fn a_leap_day_birthday_falls_where_the_pack_puts_it() {
        let birth = date(1956, 2, 29);
        assert_eq!(full_years(birth, date(2021, 2, 27), FEB), 64);
        assert_eq!(full_years(birth, date(2021, 2, 28), FEB), 65);
        assert_eq!(full_years(birth, date(2021, 2, 28), MARCH), 64);
        assert_eq!(full_years(birth, date(2021, 3, 1), MARCH), 65);
        assert_eq!(reaches(birth, 64, MARCH), Some(date(2020, 2, 29)));
    }

    #[test]
    fn before_birth_nobody_has_an_age() {
        assert_eq!(full_years(date(2021, 5, 1), date(2021, 4, 30), FEB), 0);
        assert_eq!(full_years(date(2021, 5, 1), date(2020, 5, 1), FEB), 0);
    }

    proptest! {
        #[test]
        fn the_age_changes_exactly_on_the_day_it_is_reached(
            year in 1880i16..2030, day in 1i16..=365, years in 0u8..120, march: bool
        ) {
            let leap = if march { MARCH } else { FEB };
            let birth = date(year, 1, 1).checked_add(jiff::Span::new().days(i64::from(day))).unwrap();
            let reached = reaches(birth, years, leap).unwrap();
            prop_assert_eq!(full_years(birth, reached, leap), years);
            if years > 0 {
                prop_assert_eq!(full_years(birth, reached.yesterday().unwrap(), leap), years - 1);
            }
        }
    }
}
