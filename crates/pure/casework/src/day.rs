//! The day's close (日结): cases, numbers, cards, blanks and papers balance, or the difference is named and explained
//! (domain 6, F-33; reliability 3.3).
//!
//! A figure of the book is worked out twice, from what happened in the period and from what stands now; beside it stands
//! what a person counted. What does not agree is a [`Difference`]. A day is closed once; a later close of the same day is a
//! further row and says why.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    refusal::{FieldFault, FieldWhy, Refusal},
    steps::printing::said,
};

/// One close of one day, as it stands in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClose {
    pub day: Date,
    /// 1 for the close itself; a correction counts on.
    pub row: u32,
    pub figures: Figures,
    pub counted: Counted,
    pub differences: Vec<Difference>,
    /// Why it does not balance, or why it is closed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What the book says of a period. Stocks are those of the end of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// First day of the period: the day after the close before this one.
    pub since: Date,
    pub cases: Cases,
    pub numbers: Numbers,
    /// `None` where the window keeps no book of blanks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blanks: Option<Blanks>,
    pub papers: Papers,
}

/// Cases: those from before and the new ones are closed, or carried over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cases {
    pub before: i32,
    pub opened: i32,
    pub accepted: i32,
    pub refused: i32,
    pub withdrawn: i32,
    pub delivered: i32,
    pub sealed: i32,
    /// Open at the end.
    pub left: i32,
}

/// Numbers that are bound to a case and neither delivered nor spoiled; among them the cards that are made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    pub before: i32,
    pub reserved: i32,
    pub spoiled: i32,
    pub delivered: i32,
    pub left: i32,
    /// Cards in the drawer that wait for their person, before the period.
    pub made_before: i32,
    pub confirmed: i32,
    /// Good in hand once, and spoiled before delivery.
    pub unmade: i32,
    pub made_left: i32,
    /// Old numbers that became void.
    pub voided: i32,
}

/// Blanks: received = used + spoiled + lost + on hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blanks {
    pub before: i32,
    pub received: i32,
    /// Less those of a card that was good at first and is spoiled now: those count as spoiled.
    pub used: i32,
    pub spoiled: i32,
    pub lost: i32,
    /// Used although the book had none.
    pub unbooked: i32,
    /// In the book at the end.
    pub left: i32,
    /// In the book at this moment: what a person in front of the drawer counts.
    pub now: i32,
}

/// Papers of the counter: receipt lists that were given out, and old cards that were taken in and wait for the archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papers {
    pub receipts: i32,
    pub reprints: i32,
    pub old_before: i32,
    pub old_in: i32,
    pub old_back: i32,
    pub old_out: i32,
    pub old_left: i32,
    /// At this moment.
    pub old_now: i32,
    /// Prints of which nobody has said whether a card came out, at this moment.
    pub unsettled: i32,
}

/// What a person has counted in the drawer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// `None` where no book of blanks is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blanks: Option<u32>,
    pub old_cards: u32,
}

/// Something that does not agree. `book` is what was worked out, `found` what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Difference {
    Cases {
        book: i32,
        found: i32,
    },
    Numbers {
        book: i32,
        found: i32,
    },
    MadeCards {
        book: i32,
        found: i32,
    },
    BlankBook {
        book: i32,
        found: i32,
    },
    /// Blanks in the drawer.
    BlanksCounted {
        book: i32,
        found: i32,
    },
    BlanksUnbooked {
        n: i32,
    },
    /// Old cards in the drawer.
    OldCardsCounted {
        book: i32,
        found: i32,
    },
    PrintsUnsettled {
        n: i32,
    },
}

/// Everything that does not agree; empty when the day balances (平).
pub fn differences(figures: &Figures, counted: Counted) -> Vec<Difference> {
    let Figures { cases, numbers, blanks, papers, since: _ } = figures;
    let mut found = Vec::new();
    let mut compare = |book: i32, there: i32, difference: fn(i32, i32) -> Difference| {
        if book != there {
            found.push(difference(book, there));
        }
    };
    let closed = cases.refused + cases.withdrawn + cases.sealed;
    compare(cases.before + cases.opened - closed, cases.left, |book, found| Difference::Cases { book, found });
    compare(numbers.before + numbers.reserved - numbers.spoiled - numbers.delivered, numbers.left, |book, found| {
        Difference::Numbers { book, found }
    });
    compare(
        numbers.made_before + numbers.confirmed - numbers.unmade - numbers.delivered,
        numbers.made_left,
        |book, found| Difference::MadeCards { book, found },
    );
    if let Some(blanks) = blanks {
        let gone = blanks.used + blanks.spoiled + blanks.lost;
        compare(blanks.before + blanks.received + blanks.unbooked - gone, blanks.left, |book, found| {
            Difference::BlankBook { book, found }
        });
        if let Some(drawer) = counted.blanks {
            compare(blanks.now, whole(drawer), |book, found| Difference::BlanksCounted { book, found });
        }
        if blanks.unbooked != 0 {
            compare(0, blanks.unbooked, |_, n| Difference::BlanksUnbooked { n });
        }
    }
    compare(papers.old_now, whole(counted.old_cards), |book, found| Difference::OldCardsCounted { book, found });
    compare(0, papers.unsettled, |_, n| Difference::PrintsUnsettled { n });
    found
}

/// Closes a day. `row` counts the closes of this day from 1.
///
/// # Errors
/// `Correct` for a day that has not come yet, a count that is missing, or a difference (or a further close) without a reason.
pub fn close(
    day: Date,
    today: Date,
    row: u32,
    figures: Figures,
    counted: Counted,
    reason: &str,
) -> Result<DayClose, Refusal> {
    let mut faults = Vec::new();
    if day > today {
        faults.push(FieldFault::new("day", FieldWhy::DayOutOfRange));
    }
    if figures.blanks.is_some() && counted.blanks.is_none() {
        faults.push(FieldFault::new("blanks", FieldWhy::Missing));
    }
    let differences = differences(&figures, counted);
    let reason = match (reason.trim(), differences.is_empty() && row == 1) {
        ("", true) => None,
        (reason, _) => match said("reason", reason) {
            Ok(reason) => Some(reason),
            Err(Refusal::Correct(more)) => {
                faults.extend(more);
                None
            }
            Err(refusal) => return Err(refusal),
        },
    };
    if !faults.is_empty() {
        return Err(Refusal::Correct(faults));
    }
    Ok(DayClose { day, row, figures, counted, differences, reason })
}

fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn balanced() -> Figures {
        Figures {
            since: date(2021, 11, 8),
            cases: Cases { before: 2, opened: 5, refused: 1, withdrawn: 1, sealed: 3, left: 2, ..Cases::default() },
            numbers: Numbers {
                before: 1,
                reserved: 4,
                spoiled: 1,
                delivered: 3,
                left: 1,
                made_before: 1,
                confirmed: 3,
                unmade: 1,
                made_left: 0,
                voided: 0,
            },
            blanks: Some(Blanks { before: 50, used: 2, spoiled: 1, lost: 1, left: 46, now: 46, ..Blanks::default() }),
            papers: Papers { old_in: 1, old_left: 1, old_now: 1, ..Papers::default() },
        }
    }

    const COUNTED: Counted = Counted { blanks: Some(46), old_cards: 1 };

    #[test]
    fn a_day_that_agrees_is_closed_without_a_word() {
        assert_eq!(differences(&balanced(), COUNTED), []);
        let day = date(2021, 11, 8);
        let close = close(day, day, 1, balanced(), COUNTED, " ").unwrap();
        assert_eq!((close.row, close.reason), (1, None));
    }

    #[test]
    fn each_disagreement_is_named_and_wants_a_reason() {
        let blanks = |change: fn(&mut Blanks)| {
            let mut figures = balanced();
            change(figures.blanks.as_mut().unwrap());
            figures
        };
        let mut cases = balanced();
        cases.cases.opened += 1;
        let mut numbers = balanced();
        numbers.numbers.reserved += 1;
        let mut cards = balanced();
        cards.numbers.made_left = 1;
        let mut prints = balanced();
        prints.papers.unsettled = 2;
        let wrong = [
            (cases, COUNTED, Difference::Cases { book: 3, found: 2 }),
            (numbers, COUNTED, Difference::Numbers { book: 2, found: 1 }),
            (cards, COUNTED, Difference::MadeCards { book: 0, found: 1 }),
            (blanks(|blanks| blanks.received = 1), COUNTED, Difference::BlankBook { book: 47, found: 46 }),
            (balanced(), Counted { blanks: Some(45), ..COUNTED }, Difference::BlanksCounted { book: 46, found: 45 }),
            (blanks(|blanks| (blanks.unbooked, blanks.used) = (1, 3)), COUNTED, Difference::BlanksUnbooked { n: 1 }),
            (balanced(), Counted { old_cards: 0, ..COUNTED }, Difference::OldCardsCounted { book: 1, found: 0 }),
            (prints, COUNTED, Difference::PrintsUnsettled { n: 2 }),
        ];
        let day = date(2021, 11, 8);
        for (figures, counted, difference) in wrong {
            assert_eq!(differences(&figures, counted), [difference]);
            let silent = close(day, day, 1, figures.clone(), counted, "");
            assert_eq!(silent, Err(Refusal::Correct(vec![FieldFault::new("reason", FieldWhy::Missing)])));
            assert!(close(day, day, 1, figures, counted, "已报乡镇").is_ok());
        }
    }

    #[test]
    fn a_further_close_wants_a_reason_and_tomorrow_is_not_closed() {
        let day = date(2021, 11, 8);
        assert!(matches!(close(day, day, 2, balanced(), COUNTED, ""), Err(Refusal::Correct(_))));
        assert!(close(day, day, 2, balanced(), COUNTED, "昨天少数了一张").is_ok());
        let tomorrow = date(2021, 11, 9);
        assert!(matches!(close(tomorrow, day, 1, balanced(), COUNTED, ""), Err(Refusal::Correct(_))));
        let uncounted = Counted { blanks: None, old_cards: 1 };
        assert!(matches!(close(day, day, 1, balanced(), uncounted, ""), Err(Refusal::Correct(_))));
    }
}
