//! A batch (集中办理): one agent comes for many elders, and the agent's card is read once (F-47).
//!
//! Each elder is a case of its own. All that goes from one case to the next is who the agent is; each case records that it
//! was taken over, from which batch, and when the card was read. Nothing of an elder ever goes on.

use jiff::{SignedDuration, Timestamp, civil::Date, tz};
use serde::{Deserialize, Serialize};

use crate::{
    case::Case,
    fact::{Identity, Reused},
    nouns::{Actor, BatchNumber, Role},
    pack::PolicyPack,
    refusal::{FieldFault, FieldWhy, Obstacle, Refusal},
    steps::{Judgement, identify},
};

/// Longest standing of an agent, in characters.
const LONGEST_STANDING: usize = 40;

/// A batch that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub number: BatchNumber,
    /// Who opened it, and alone goes on with it.
    pub by: Actor,
    pub agent: Identity,
    /// How the agent stands to the elders, in words: 村干部, 子女.
    pub standing: String,
    /// When the agent's card was read, or typed from its face.
    pub read_at: Timestamp,
    /// From this moment on the card is asked for anew.
    pub good_until: Timestamp,
}

/// Why a batch is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchEnd {
    /// The clerk ended it.
    Ended,
    /// Its clerk went, or was away for the station's time.
    SignedOut,
    /// The read of the agent's card is too old, or the day is over.
    TimeOver,
    DayClosed,
    /// Somebody else signed in after a power cut.
    OtherClerk,
}

impl Batch {
    /// Whether the read of the agent's card may still be used. A clock that was set back makes it no younger.
    pub fn is_good(&self, at: Timestamp) -> bool {
        (self.read_at..self.good_until).contains(&at)
    }
}

/// Opens a batch with the agent's card: a document of the pack's list, in date, and a standing in words.
///
/// # Errors
/// `NotNow` where the pack lets no read be used again; `Correct` for the standing; `Refused` for the card.
pub fn open(
    pack: &PolicyPack,
    number: BatchNumber,
    by: Actor,
    (agent, standing): (Identity, &str),
    at: Timestamp,
    today: Date,
) -> Result<Batch, Refusal> {
    let good_for = pack.rules().agent_read_good_for().ok_or(Refusal::NotNow(Obstacle::NoBatches))?;
    let standing = standing_of(standing)?;
    let reasons = identify::of_the_card(pack, &agent, today);
    if !reasons.is_empty() {
        return Err(Refusal::Refused(reasons));
    }
    Ok(Batch { number, by, agent, standing, read_at: at, good_until: until(at, good_for) })
}

/// How the agent stands to the elders, as it is kept.
///
/// # Errors
/// `Correct` for a standing that is blank or longer than 40 characters.
pub fn standing_of(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let why = match text.chars().count() {
        0 => FieldWhy::Missing,
        1..=LONGEST_STANDING => return Ok(text.to_owned()),
        _ => FieldWhy::TooLong,
    };
    Err(Refusal::Correct(vec![FieldFault::new("standing", why)]))
}

/// Takes the agent of a batch into a case that has just been opened.
///
/// # Errors
/// `NotNow` when the read of the card is too old; what [`identify::identify`] refuses.
pub fn reuse(case: &Case, pack: &PolicyPack, batch: &Batch, at: Timestamp, today: Date) -> Judgement {
    if !batch.is_good(at) {
        return Err(Refusal::NotNow(Obstacle::BatchOver));
    }
    let reused = Reused { batch: batch.number.clone(), read_at: batch.read_at, standing: batch.standing.clone() };
    identify::taken(case, pack, Role::Agent, (batch.agent.clone(), Some(reused)), today)
}

/// The pack's time after the read, and midnight at the latest: a new day asks for the card anew.
fn until(at: Timestamp, good_for: SignedDuration) -> Timestamp {
    let china = tz::offset(8);
    let over = at.saturating_add(good_for).unwrap_or(Timestamp::MAX);
    let midnight =
        china.to_datetime(at).date().tomorrow().ok().and_then(|day| china.to_timestamp(day.at(0, 0, 0, 0)).ok());
    midnight.map_or(over, |midnight| over.min(midnight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_read_is_good_for_the_time_of_the_pack_and_not_past_midnight() {
        let two_hours = SignedDuration::from_hours(2);
        assert_eq!(until(moment("2021-11-08T01:00:00Z"), two_hours), moment("2021-11-08T03:00:00Z"));
        assert_eq!(until(moment("2021-11-08T15:30:00Z"), two_hours), moment("2021-11-08T16:00:00Z"));
    }

    #[test]
    fn a_standing_is_a_few_words() {
        assert_eq!(standing_of(" 村干部 ").unwrap(), "村干部");
        for bad in ["", "  ", &"长".repeat(41)] {
            assert!(matches!(standing_of(bad), Err(Refusal::Correct(_))), "{bad}");
        }
    }
}
