//! Who comes in a week, when, for what, and what goes wrong: all of it follows from the seed.

use casework::fact::Identity;
use casework::nouns::ValidUntil;
use cli::fill::dice::Dice;
use cli::fill::people::{Age, person};
use jiff::civil::date;

use super::Place;

/// Days of the week that is simulated.
pub const DAYS: u32 = 7;
/// Without a network from the morning of the first to the evening of the second, counted from 0.
pub const OUTAGE: std::ops::RangeInclusive<u32> = 2..=3;
/// The counter is open for so many minutes a day.
const OPEN_MINUTES: u32 = 8 * 60;

/// Which people come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// So many at one place in a week.
    Week { seed: u64, visits: u32 },
    /// Somebody gets a first card, loses it and comes again: short enough to be killed at every commit.
    LostCard,
}

/// One person who comes.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Counted from 0 at each place.
    pub no: u32,
    /// Day of the week, from 0.
    pub day: u32,
    /// Minutes after opening.
    pub minute: u32,
    pub errand: Errand,
    pub turn: Turn,
    /// Somebody else comes with the applicant's card and their own.
    pub agent: bool,
    /// Registered outside the window's area.
    pub outside: bool,
    /// What the person answers when asked to rate, 5 to 1; `None` passes it over.
    pub rating: Option<u8>,
    /// Index of the invented applicant.
    applicant: u64,
    seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    First,
    Lost,
    Damaged,
}

/// What is not as it should be on a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Smooth,
    TooYoung,
    CardExpired,
    /// Comes for something that this window does not do.
    OutOfScope,
    /// Takes the application back before it is accepted.
    Withdraws,
    /// Is put aside at the papers and taken up again.
    PutAside,
    /// The photo is too large at first.
    LargePhoto,
    /// The chip cannot be read: the face is typed.
    Typed,
    PrinterEmpty,
    PrinterJam,
    /// A card comes out and is waste.
    CardSpoiled,
    /// Made and handed over after the thirty minutes of a village.
    Late,
}

/// How a visit ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Sealed,
    Refused,
    Withdrawn,
    /// A slip at the door, and no case.
    AtDoor,
}

impl Plan {
    /// Everybody who comes to a place, in order.
    pub fn visits(self, place: Place) -> Vec<Visit> {
        match self {
            Self::Week { seed, visits } => week(seed, place, visits),
            Self::LostCard => {
                let first = Visit {
                    no: 0,
                    day: 0,
                    minute: 0,
                    errand: Errand::First,
                    turn: Turn::Smooth,
                    agent: false,
                    outside: false,
                    rating: Some(5),
                    applicant: 100_000 * (place as u64 + 1),
                    seed: 1,
                };
                vec![first.clone(), Visit { no: 1, minute: 240, errand: Errand::Lost, agent: true, ..first }]
            }
        }
    }
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Week { seed, visits } => write!(f, "{seed}/{visits}"),
            Self::LostCard => f.write_str("lost-card"),
        }
    }
}

impl std::str::FromStr for Plan {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "lost-card" {
            return Ok(Self::LostCard);
        }
        let (seed, visits) = text.split_once('/').ok_or("a plan is SEED/VISITS or lost-card")?;
        let number = |text: &str| text.parse().map_err(|_| format!("{text} is no number"));
        Ok(Self::Week { seed: number(seed)?, visits: u32::try_from(number(visits)?).map_err(|e| e.to_string())? })
    }
}

fn week(seed: u64, place: Place, count: u32) -> Vec<Visit> {
    let mut dice = Dice::of(seed, place as u64 + 1);
    let mut below = |end: u32| u32::try_from(dice.below(end as usize)).expect("below a small number");
    // People of one place live in a range of their own, so that nobody holds a card of the other.
    let mut next_person = 100_000 * (place as u64 + 1);
    // Who got a first card, and on which day.
    let mut holders: Vec<(u64, u32)> = Vec::new();
    (0..count)
        .map(|no| {
            let at = no * DAYS * OPEN_MINUTES / count;
            let (day, minute) = (at / OPEN_MINUTES, at % OPEN_MINUTES);
            let turn = turn(below(100));
            let agent = below(8) == 0;
            let outside = below(8) == 0;
            let rating = [None, None, Some(5), Some(5), Some(4), Some(3), Some(2), Some(1)][below(8) as usize];
            let ends_well = end_of(turn) == End::Sealed;
            let earlier = holders.iter().position(|(_, since)| *since + 1 < day);
            let (errand, applicant) = match (below(6), earlier.filter(|_| ends_well)) {
                (0, Some(place)) => (Errand::Lost, holders.swap_remove(place).0),
                (1, Some(place)) => (Errand::Damaged, holders.swap_remove(place).0),
                _ => {
                    next_person += 1;
                    (Errand::First, next_person)
                }
            };
            if errand == Errand::First && ends_well {
                holders.push((applicant, day));
            }
            Visit { no, day, minute, errand, turn, agent, outside, rating, applicant, seed }
        })
        .collect()
}

fn turn(of_a_hundred: u32) -> Turn {
    match of_a_hundred {
        0..6 => Turn::TooYoung,
        6..10 => Turn::CardExpired,
        10..14 => Turn::OutOfScope,
        14..18 => Turn::Withdraws,
        18..24 => Turn::PutAside,
        24..28 => Turn::LargePhoto,
        28..32 => Turn::Typed,
        32..37 => Turn::PrinterEmpty,
        37..41 => Turn::PrinterJam,
        41..46 => Turn::CardSpoiled,
        46..50 => Turn::Late,
        _ => Turn::Smooth,
    }
}

fn end_of(turn: Turn) -> End {
    match turn {
        Turn::TooYoung | Turn::CardExpired => End::Refused,
        Turn::OutOfScope => End::AtDoor,
        Turn::Withdraws => End::Withdrawn,
        Turn::Smooth
        | Turn::PutAside
        | Turn::LargePhoto
        | Turn::Typed
        | Turn::PrinterEmpty
        | Turn::PrinterJam
        | Turn::CardSpoiled
        | Turn::Late => End::Sealed,
    }
}

impl Visit {
    pub fn end(&self) -> End {
        end_of(self.turn)
    }

    /// Whose card is applied for.
    pub fn applicant(&self) -> Identity {
        let age = if self.turn == Turn::TooYoung { Age::Young } else { Age::Old };
        let mut applicant = person(self.seed, self.applicant, age);
        if self.turn == Turn::CardExpired {
            applicant.valid_until = ValidUntil::Day(date(2021, 10, 31));
        }
        applicant
    }

    /// Who comes with it, when somebody does.
    pub fn agent(&self) -> Identity {
        person(self.seed, self.applicant + 50_000, Age::Old)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_week_is_the_same_for_one_seed_and_another_for_another() {
        let of = |seed| format!("{:?}", week(seed, Place::Village, 150));
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
    }

    #[test]
    fn a_week_has_visits_of_every_kind_and_nobody_is_reissued_without_a_card() {
        let week = week(1, Place::Village, 150);
        let turns: BTreeSet<String> = week.iter().map(|visit| format!("{:?}", visit.turn)).collect();
        assert_eq!(turns.len(), 12, "{turns:?}");
        assert!(week.iter().any(|visit| visit.errand == Errand::Lost));
        assert!(week.iter().any(|visit| visit.errand == Errand::Damaged));
        for again in week.iter().filter(|visit| visit.errand != Errand::First) {
            assert!(week.iter().any(|first| first.applicant == again.applicant && first.day < again.day));
        }
        assert!(week.iter().all(|visit| visit.day < DAYS));
    }
}
