//! A platform of bad habits: each request meets another of them, and every message gets through in the end.

use super::Behaviour;

/// The way in which the next request is met.
pub(super) fn draw(chance: &mut fastrand::Rng, late_ms: u64) -> Behaviour {
    match chance.u32(..20) {
        0..8 => Behaviour::Accept,
        8..10 => Behaviour::LostAnswer,
        10..12 => Behaviour::HalfAnswer,
        12 | 13 => Behaviour::AnswerTwice,
        14 => Behaviour::ActsLate { ms: late_ms },
        15 => Behaviour::Trickle { ms: 1 },
        16 => Behaviour::CaptivePortal,
        17 => Behaviour::ServerError { retry_after_s: chance.u32(1..6) },
        18 => Behaviour::Accepted202,
        _ => Behaviour::FailureIn200,
    }
}
