//! `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.

use jiff::{SignedDuration, fmt::rfc2822::DateTimeParser};
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};

/// How long the platform asks to wait. A date is taken relative to the answer's own `Date`, so that neither clock has
/// to be right; without one, and for a date that has passed, there is no wish.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<SignedDuration> {
    let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let wish = text(RETRY_AFTER)?;
    if !wish.is_empty() && wish.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than a number holds is as good as for ever; who asks is bounded by the planning.
        return Some(SignedDuration::from_secs(wish.parse().unwrap_or(i64::MAX)));
    }
    let parser = DateTimeParser::new();
    let until = parser.parse_timestamp(wish).ok()?;
    let now = parser.parse_timestamp(text(DATE)?).ok()?;
    Some(until.duration_since(now)).filter(SignedDuration::is_positive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(headers: &[(HeaderName, &str)]) -> Option<SignedDuration> {
        retry_after(&headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect())
    }

    #[test]
    fn seconds_are_seconds() {
        assert_eq!(wish(&[(RETRY_AFTER, "120")]), Some(SignedDuration::from_secs(120)));
        assert_eq!(wish(&[(RETRY_AFTER, "0")]), Some(SignedDuration::ZERO));
        assert_eq!(wish(&[(RETRY_AFTER, "99999999999999999999")]), Some(SignedDuration::from_secs(i64::MAX)));
    }

    #[test]
    fn a_date_counts_from_the_answer_s_own_date() {
        let (now, until) = ("Mon, 08 Nov 2021 01:00:00 GMT", "Mon, 08 Nov 2021 01:02:30 GMT");
        assert_eq!(wish(&[(DATE, now), (RETRY_AFTER, until)]), Some(SignedDuration::from_secs(150)));
        assert_eq!(wish(&[(DATE, until), (RETRY_AFTER, now)]), None);
        assert_eq!(wish(&[(RETRY_AFTER, until)]), None);
    }

    #[test]
    fn anything_else_is_no_wish() {
        assert_eq!(wish(&[]), None);
        for odd in ["", "-5", "soon", "1.5", "12 s"] {
            assert_eq!(wish(&[(RETRY_AFTER, odd)]), None, "{odd:?}");
        }
    }
}
