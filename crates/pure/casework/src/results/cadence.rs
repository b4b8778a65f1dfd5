//! How often a platform is asked for results: only while a case waits, and less often while the platform is away.

use jiff::SignedDuration;

/// Between two questions to a platform that answers.
const REST: SignedDuration = SignedDuration::from_secs(15);
/// The first pause after a question that had no answer, doubled with each further one.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(2);
/// The longest of them.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// The pause after a good answer; half of it is spread, so that a city's counters do not ask in step. `jitter` is a
/// number from 0 to 1.
pub fn pause_of_rest(jitter: f64) -> SignedDuration {
    REST.mul_f64(0.5 + share(jitter) / 2.0)
}

/// The pause after so many questions in a row without an answer (from 1), with full jitter but at least a second.
pub fn pause_after(failures: u32, jitter: f64) -> SignedDuration {
    let doublings = failures.saturating_sub(1).min(20);
    let longest = (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
    longest.mul_f64(share(jitter)).max(SignedDuration::from_secs(1))
}

fn share(jitter: f64) -> f64 {
    if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_that_is_away_is_asked_less_and_less_often_and_never_less_than_every_ten_minutes() {
        let pauses: Vec<i64> = (1..=12).map(|failures| pause_after(failures, 1.0).as_secs()).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
        assert_eq!(pause_after(u32::MAX, 1.0).as_secs(), 600);
        assert_eq!(pause_after(9, 0.0).as_secs(), 1);
        assert_eq!(pause_after(9, f64::NAN).as_secs(), 512);
    }

    #[test]
    fn counters_that_wait_do_not_ask_in_step() {
        assert_eq!(pause_of_rest(0.0).as_millis(), 7_500);
        assert_eq!(pause_of_rest(1.0).as_millis(), 15_000);
    }
}
