//! The day's close as it is shown: each group of figures with its sum, the closes of the day, and the last days.

use casework::day::{self, Counted};
use jiff::ToSpan;
use jiff::civil::Date;
use ledger::{ClosedDay, Ledger, LedgerError};

use super::acts::yes;
use crate::contract::{CloseLine, DayChoice, DayFigure, DayGroup, DayPart, DayView};
use crate::desk::Now;
use crate::words;

/// How many days back are offered.
const DAYS: i64 = 7;

/// The page of one day. Its acts are not yet those of the person at work.
pub fn view(ledger: &Ledger, day: Date, now: Now) -> Result<DayView, LedgerError> {
    let figures = ledger.day_figures(day)?;
    let closes = ledger.closes_of(day)?;
    // With a drawer that holds what the book says, only the book itself can disagree.
    let drawer = Counted {
        blanks: figures.blanks.map(|blanks| u32::try_from(blanks.now).unwrap_or(0)),
        old_cards: u32::try_from(figures.papers.old_now).unwrap_or(0),
    };
    let open_points = day::differences(&figures, drawer).iter().map(words::stock::difference).collect();
    let groups = words::stock::groups(&figures)
        .into_iter()
        .map(|group| DayGroup {
            name: group.name.to_owned(),
            sum: group
                .parts()
                .into_iter()
                .map(|(sign, name, n)| DayPart { sign: sign.to_owned(), name: name.to_owned(), n })
                .collect(),
            balances: group.balances(),
            told: group.figures.into_iter().map(|(name, n)| DayFigure { name: name.to_owned(), n }).collect(),
        })
        .collect();
    Ok(DayView {
        day: day.to_string(),
        name: words::date(day),
        since: (figures.since != day).then(|| words::date(figures.since)),
        groups,
        counts_blanks: figures.blanks.is_some(),
        open_points,
        closes: closes.iter().map(line).collect(),
        days: days(ledger, now)?,
        acts: vec![yes("show_day"), yes("close_day"), yes("print_day")],
    })
}

fn line(closed: &ClosedDay) -> CloseLine {
    let close = &closed.close;
    CloseLine {
        row: close.row,
        at: words::moment(closed.at),
        by: closed.actor.to_string(),
        result: words::stock::result(close),
        balanced: close.differences.is_empty(),
        reason: close.reason.clone(),
        sheet: closed.sheet.is_some(),
    }
}

/// Today and the days before it on which this station was there.
fn days(ledger: &Ledger, now: Now) -> Result<Vec<DayChoice>, LedgerError> {
    let first = ledger.first_day()?.unwrap_or(now.today);
    let mut days = Vec::new();
    for back in 0..DAYS {
        let Ok(day) = now.today.checked_sub(back.days()) else { break };
        if day < first {
            break;
        }
        let last = ledger.closes_of(day)?.pop();
        let state = match &last {
            None => "未结",
            Some(closed) if closed.close.differences.is_empty() => "平",
            Some(_) => "不平，已说明",
        };
        days.push(DayChoice {
            day: day.to_string(),
            name: words::date(day),
            state: state.to_owned(),
            closed: last.is_some(),
        });
    }
    Ok(days)
}
