//! What the eighteen characters of a number say and whether they agree with the rest (reader-protocol 6).

use jiff::civil::Date;

use super::{SexCode, finding::Finding};

/// First two digits ever assigned: provinces, and 81 to 83 for Hong Kong, Macao and Taiwan. County codes stay as first
/// assigned through every reform, so a shorter list of today's would wrong people born under an older one.
const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 81, 82, 83,
];

/// A number of 17 digits and a check character.
pub(super) struct Number<'a> {
    text: &'a str,
}

impl<'a> Number<'a> {
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let (digits, last) = text.as_bytes().split_at_checked(17)?;
        let formed = digits.iter().all(u8::is_ascii_digit) && matches!(last, [b'0'..=b'9' | b'X']);
        formed.then_some(Self { text })
    }

    /// GB 11643: weights 2^(17-i) mod 11, the sum indexes `10X98765432`.
    fn check_digit_agrees(&self) -> bool {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let bytes = self.text.as_bytes();
        let sum: u32 = bytes.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        b"10X98765432"[(sum % 11) as usize] == bytes[17]
    }

    pub(super) fn birth(&self) -> Option<Date> {
        date(&self.text[6..14])
    }

    fn province(&self) -> u32 {
        let bytes = self.text.as_bytes();
        u32::from(bytes[0] - b'0') * 10 + u32::from(bytes[1] - b'0')
    }

    /// Odd for men, even for women.
    fn sequence_is_odd(&self) -> bool {
        self.text.as_bytes()[16] % 2 == 1
    }
}

/// How the number of a citizen or a permit holder agrees with the other fields.
pub(super) fn judge_citizen(text: &str, sex: SexCode, birth: Option<Date>, findings: &mut Vec<Finding>) {
    let Some(number) = Number::new(text) else { return findings.push(Finding::NumberMalformed) };
    judge_check_and_birth(&number, birth, findings);
    if !PROVINCES.contains(&number.province()) {
        findings.push(Finding::RegionUnknown);
    }
    let disagrees = match sex {
        SexCode::Male => !number.sequence_is_odd(),
        SexCode::Female => number.sequence_is_odd(),
        SexCode::Unknown | SexCode::NotStated | SexCode::Other(_) => false,
    };
    if disagrees {
        findings.push(Finding::SexAgainstNumber);
    }
}

/// A foreigner's number of 2023 begins with 9 and is checked like a citizen's. Whether its sequence tells the sex is not
/// known, so that is not asked.
pub(super) fn judge_foreigner(text: &str, birth: Option<Date>, findings: &mut Vec<Finding>) {
    match Number::new(text).filter(|_| text.starts_with('9')) {
        Some(number) => judge_check_and_birth(&number, birth, findings),
        None => findings.push(Finding::NumberMalformed),
    }
}

fn judge_check_and_birth(number: &Number<'_>, birth: Option<Date>, findings: &mut Vec<Finding>) {
    if !number.check_digit_agrees() {
        findings.push(Finding::CheckDigitWrong);
    }
    if birth.is_some() && number.birth() != birth {
        findings.push(Finding::BirthAgainstNumber);
    }
}

/// Eight digits, YYYYMMDD.
pub(super) fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str, sex: SexCode) -> Vec<Finding> {
        let mut findings = Vec::new();
        judge_citizen(text, sex, date("19491231"), &mut findings);
        findings
    }

    #[test]
    fn the_standard_s_own_sample_is_without_findings() {
        assert_eq!(findings("11010519491231002X", SexCode::Female), []);
    }

    #[test]
    fn each_disagreement_is_named() {
        assert_eq!(findings("110105194912310021", SexCode::Female), [Finding::CheckDigitWrong]);
        assert_eq!(findings("11010519491231002X", SexCode::Male), [Finding::SexAgainstNumber]);
        assert_eq!(findings("440524188001010014", SexCode::Male), [Finding::BirthAgainstNumber]);
        assert_eq!(findings("11010519491231002x", SexCode::Female), [Finding::NumberMalformed]);
        assert_eq!(findings("", SexCode::Female), [Finding::NumberMalformed]);
        assert_eq!(findings("十一010519491231002X", SexCode::Female), [Finding::NumberMalformed]);
    }

    #[test]
    fn a_foreigner_s_number_begins_with_nine() {
        let mut found = Vec::new();
        judge_foreigner("911000198001010019", date("19800101"), &mut found);
        assert_eq!(found, []);
        judge_foreigner("11010519491231002X", date("19491231"), &mut found);
        assert_eq!(found, [Finding::NumberMalformed]);
    }
}
