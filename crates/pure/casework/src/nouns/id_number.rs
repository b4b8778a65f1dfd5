//! The citizen number, its check character and what is written in it.

use jiff::civil::Date;

use super::{NotA, RegionCode, Sex, mask};

/// A citizen number (GB 11643): 17 digits and a check character, with a birth date that exists.
/// The region is not checked: historical codes stay valid in numbers (domain 3.8). Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

impl IdNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Digits 7 to 14.
    pub fn birth(&self) -> Date {
        birth_in(&self.0).expect("the parser has read this date once")
    }

    /// Digit 17: odd is male, even is female. The chip's own field is the authority; this only compares.
    pub fn sex(&self) -> Sex {
        if self.0.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// Digits 1 to 6: where the number was given out, which need not be where its holder is registered now.
    pub fn region(&self) -> RegionCode {
        self.0[..6].parse().expect("the parser has seen six digits")
    }

    /// `430903********0025` for (6, 4). Never shows more than `first` and `last` characters.
    pub fn masked(&self, first: usize, last: usize) -> String {
        mask::middle(&self.0, first, last)
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdNumber(hidden)")
    }
}

impl TryFrom<String> for IdNumber {
    type Error = NotA;
    fn try_from(text: String) -> Result<Self, NotA> {
        if !check_character_fits(&text) || birth_in(&text).is_none() {
            return Err(NotA { noun: "IdNumber" });
        }
        Ok(Self(text))
    }
}

impl std::str::FromStr for IdNumber {
    type Err = NotA;
    fn from_str(text: &str) -> Result<Self, NotA> {
        Self::try_from(text.to_owned())
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> String {
        number.0
    }
}

/// Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2; the sum modulo 11 indexes `10X98765432` (reader-protocol 6).
fn check_character_fits(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = bytes[..17].iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize] == bytes[17]
}

fn birth_in(text: &str) -> Option<Date> {
    let year = text.get(6..10)?.parse().ok()?;
    let month = text.get(10..12)?.parse().ok()?;
    let day = text.get(12..14)?.parse().ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// A number of an invented person: any 17 digits with the check character that belongs to them.
    pub(crate) fn invented(region: &str, birth: &str, order: u16) -> IdNumber {
        let body = format!("{region}{birth}{order:03}");
        "0123456789X"
            .chars()
            .find_map(|check| format!("{body}{check}").parse().ok())
            .expect("one of eleven check characters fits")
    }

    #[test]
    fn the_standards_own_example_is_read() {
        let number: IdNumber = "11010519491231002X".parse().unwrap();
        assert_eq!(number.birth(), date(1949, 12, 31));
        assert_eq!(number.sex(), Sex::Female);
        assert_eq!(number.region().as_str(), "110105");
        assert_eq!(number.masked(6, 4), "110105********002X");
        assert_eq!(number.masked(3, 4), "110***********002X");
    }

    #[test]
    fn a_wrong_check_a_small_x_a_short_or_an_impossible_number_is_refused() {
        for text in
            ["110105194912310021", "11010519491231002x", "11010549123100", "", "一一〇一〇五一九四九一二三一〇〇二"]
        {
            assert!(text.parse::<IdNumber>().is_err(), "{text}");
        }
        // The check character fits, the month does not exist.
        let body = "11010519491331002";
        assert!("0123456789X".chars().all(|check| format!("{body}{check}").parse::<IdNumber>().is_err()));
    }

    #[test]
    fn debug_hides_the_number() {
        assert_eq!(format!("{:?}", invented("430903", "19510308", 2)), "IdNumber(hidden)");
    }

    proptest! {
        #[test]
        fn one_changed_digit_is_always_found(order in 0u16..1000, at in 0usize..17, by in 1u8..10) {
            let good = invented("430903", "19510308", order);
            let mut bytes = good.as_str().as_bytes().to_vec();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            prop_assert!(String::from_utf8(bytes).unwrap().parse::<IdNumber>().is_err());
        }

        #[test]
        fn masking_never_shows_more_than_it_was_told(order in 0u16..1000, first in 0usize..30, last in 0usize..30) {
            let number = invented("430903", "19510308", order);
            let masked = number.masked(first, last);
            prop_assert_eq!(masked.chars().count(), 18);
            if first + last < 18 {
                prop_assert_eq!(masked.matches('*').count(), 18 - first - last);
            } else {
                prop_assert_eq!(masked.matches('*').count(), 18);
            }
        }
    }
}
