//! How a platform may behave. Which of these have an effect matters: a message can be taken in although its answer is lost.

use serde::{Deserialize, Serialize};

use super::{PlatformName, sloppy};

/// One way of behaving, as scenario files and the control port write it: `"away"`, or `{"reject": {"code": "X"}}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Behaviour {
    #[default]
    Accept,
    /// Taken in; the answer comes so much later.
    Slow { ms: u64 },
    /// Taken in; the same answer is sent twice on one connection.
    AnswerTwice,
    /// Taken in; the answer comes one byte every `ms`.
    Trickle { ms: u64 },
    /// Taken in; the connection closes after half the answer.
    HalfAnswer,
    /// Taken in; the connection closes without an answer.
    LostAnswer,
    /// Taken in so much later, and answered then, whether anybody still listens or not.
    ActsLate { ms: u64 },
    /// Not taken in: the connection closes without an answer.
    Away,
    /// Not taken in, and never answered.
    Hang,
    /// Not taken in: 409 with this code.
    Reject { code: String },
    /// Not taken in: 200 with somebody else's HTML.
    CaptivePortal,
    /// Not taken in: 410 `AGEING_SYSTEM_CLOSED`.
    Closed,
    /// Accepts so many requests, and is closed for good after them.
    Closing { after: u32 },
    /// Not taken in: 200 whose body says failure.
    #[serde(rename = "failure_in_200")]
    FailureIn200,
    /// Not taken in yet: 202 without a receipt.
    #[serde(rename = "accepted_202")]
    Accepted202,
    /// Not taken in: 503 with `Retry-After` in seconds.
    ServerError { retry_after_s: u32 },
    /// Another way for every request, drawn from the seed. What acts late does so after `late_ms`.
    Sloppy { seed: u64, late_ms: u64 },
}

/// Puts a platform into a way of behaving, for ever or for the next so many requests.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformOrder {
    pub platform: PlatformName,
    #[serde(deserialize_with = "word_or_table")]
    pub behaviour: Behaviour,
    /// After so many requests the platform accepts again.
    pub times: Option<u32>,
}

/// A behaviour with the number of requests it still holds for.
#[derive(Debug)]
pub(super) struct Standing {
    pub behaviour: Behaviour,
    left: Option<u32>,
    /// For a way that draws.
    chance: fastrand::Rng,
}

impl Standing {
    pub fn of(order: &PlatformOrder) -> Standing {
        let seed = if let Behaviour::Sloppy { seed, .. } = order.behaviour { seed } else { 0 };
        Standing { behaviour: order.behaviour.clone(), left: order.times, chance: fastrand::Rng::with_seed(seed) }
    }

    /// The behaviour for a request that asks for results: it uses up none of the times.
    pub fn asked(&mut self) -> Behaviour {
        if let Behaviour::Sloppy { late_ms, .. } = self.behaviour {
            return sloppy::draw(&mut self.chance, late_ms);
        }
        self.behaviour.clone()
    }

    /// The behaviour for the message that came just now.
    pub fn next(&mut self) -> Behaviour {
        match &mut self.left {
            Some(0) => self.behaviour = Behaviour::Accept,
            Some(left) => *left -= 1,
            None => {}
        }
        if let Behaviour::Closing { after: 0 } = self.behaviour {
            self.behaviour = Behaviour::Closed;
        }
        let behaviour = if let Behaviour::Closing { after } = &mut self.behaviour {
            *after -= 1;
            Behaviour::Accept
        } else if let Behaviour::Sloppy { late_ms, .. } = self.behaviour {
            sloppy::draw(&mut self.chance, late_ms)
        } else {
            self.behaviour.clone()
        };
        if self.left == Some(0) {
            self.behaviour = Behaviour::Accept;
        }
        behaviour
    }
}

/// Lets the ways that carry a number or a code be written as a bare word, with a default.
fn word_or_table<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Behaviour, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Word(String),
        Table(serde_json::Value),
    }
    let json = match Written::deserialize(source)? {
        Written::Word(word) => match word.as_str() {
            "slow" => return Ok(Behaviour::Slow { ms: 5_000 }),
            "trickle" => return Ok(Behaviour::Trickle { ms: 1_000 }),
            "reject" => return Ok(Behaviour::Reject { code: "REJECTED".to_owned() }),
            "acts_late" => return Ok(Behaviour::ActsLate { ms: 10_000 }),
            "closing" => return Ok(Behaviour::Closing { after: 1 }),
            "sloppy" => return Ok(Behaviour::Sloppy { seed: 1, late_ms: 10_000 }),
            "server_error" => return Ok(Behaviour::ServerError { retry_after_s: 2 }),
            _ => serde_json::Value::String(word),
        },
        Written::Table(table) => table,
    };
    serde_json::from_value(json).map_err(serde::de::Error::custom)
}
