//! What has to be true when a week is over, read back from what the stations and the platforms hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casework::fact::Fact;
use casework::nouns::CaseId;
use jiff::ToSpan;
use jiff::civil::date;
use ledger::{CaseLine, MessageState, NumberState, Stage};
use serde_json::Value;

use super::Place;
use super::notes::Notes;
use super::plan::{self, End, Plan, Visit};
use crate::aftermath::Aftermath;

/// The account of one place.
#[derive(Debug, Default)]
pub struct Balance {
    pub visits: u32,
    pub accepted: u32,
    pub delivered: u32,
    pub refused: u32,
    pub withdrawn: u32,
    pub slips_at_the_door: u32,
    /// Numbers that were drawn, and those of them that were spoiled.
    pub numbers: u32,
    pub spoiled: u32,
    /// Numbers of cards that were replaced.
    pub void: u32,
    /// Blanks that came in, and those that are on hand at the end.
    pub blanks: u32,
    pub on_hand: u32,
    /// Days that were closed, each of which balanced.
    pub days: u32,
    /// Archive packages that were verified.
    pub packages: u32,
    /// Messages that have had their effect at a platform.
    pub messages: u32,
    /// What is not as it should be. Empty when the week balances.
    pub wrong: Vec<String>,
}

/// Draws up the account of `place` in `folder`. `received` is what the platforms took in, in order of arrival.
pub fn draw_up(folder: &Path, place: Place, plan: Plan, received: &[Value]) -> Balance {
    let planned = plan.visits(place);
    let left = Aftermath::of(folder);
    let mut balance = Balance { visits: u32::try_from(planned.len()).unwrap_or(u32::MAX), ..Balance::default() };
    balance.wrong = left.report().problems;
    match Notes::open(&folder.join("notes.json")) {
        Ok(notes) => {
            ends(&planned, &notes, &left, &mut balance);
            blanks(&left, &notes, &mut balance);
        }
        Err(why) => balance.wrong.push(why),
    }
    cards(&left, &mut balance);
    packages(&left, &mut balance);
    messages(&left, received, &mut balance);
    balance
}

/// Every case of the week, and of the day after.
fn cases(left: &Aftermath) -> Vec<CaseLine> {
    let days = (0..=plan::DAYS).map(|day| date(2021, 11, 8).saturating_add(i64::from(day).days()));
    days.flat_map(|day| left.ledger.cases_on(day).unwrap_or_default()).collect()
}

/// Every visit ended as it had to.
fn ends(planned: &[Visit], notes: &Notes, left: &Aftermath, balance: &mut Balance) {
    if notes.ended.len() != planned.len() {
        balance.wrong.push(format!("{} of {} visits came to an end", notes.ended.len(), planned.len()));
    }
    let stages: BTreeMap<CaseId, Stage> = cases(left).into_iter().map(|line| (line.case, line.stage)).collect();
    let mut served = BTreeSet::new();
    for ended in &notes.ended {
        let (visit, case) = (&planned[ended.visit as usize], &ended.case);
        let stage = case.as_ref().and_then(|case| {
            let id: CaseId = case.parse().ok()?;
            served.insert(id.clone());
            stages.get(&id).copied()
        });
        let as_due = match visit.end() {
            End::Sealed => stage == Some(Stage::Sealed),
            End::Refused => stage == Some(Stage::Refused),
            End::Withdrawn => stage == Some(Stage::Withdrawn),
            End::AtDoor => case.is_none(),
        };
        match (visit.end(), as_due) {
            (End::Refused, true) => balance.refused += 1,
            (End::Withdrawn, true) => balance.withdrawn += 1,
            (End::AtDoor, true) => balance.slips_at_the_door += 1,
            (End::Sealed, true) => balance.delivered += 1,
            (end, false) => balance.wrong.push(format!("visit {}: {case:?} ended {stage:?}, not {end:?}", visit.no)),
        }
    }
    for case in stages.keys().filter(|case| !served.contains(case)) {
        balance.wrong.push(format!("{case} belongs to no visit"));
    }
}

/// No number twice, none without an end, no second card without a recorded reprint.
fn cards(left: &Aftermath, balance: &mut Balance) {
    let mut numbers = BTreeSet::new();
    let mut attempts_on_record = BTreeSet::new();
    for line in cases(left) {
        let case = &line.case;
        let tags = left.tags(case);
        balance.accepted += u32::from(tags.contains(&"accepted"));
        for recorded in left.facts(case) {
            let Fact::NumberReserved { number, .. } = recorded.fact else { continue };
            if !numbers.insert(number.clone()) {
                balance.wrong.push(format!("{number} was reserved twice"));
            }
            match left.ledger.number_state(&number).ok().flatten().map(|(state, _)| state) {
                Some(NumberState::Spoiled) => balance.spoiled += 1,
                // A card that was replaced became void when the new one was delivered.
                Some(NumberState::Void) => balance.void += 1,
                Some(NumberState::Delivered) => {}
                other => balance.wrong.push(format!("{number} has no end: {other:?}")),
            }
        }
        for (place, (attempt, reprint)) in left.attempts(case).into_iter().enumerate() {
            if (place > 0) != reprint.is_some() {
                balance.wrong.push(format!("{attempt}: a reprint without a reason, or a reason without a reprint"));
            }
            attempts_on_record.insert(attempt);
        }
    }
    balance.numbers = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let drawn: u32 = left.ledger.numbers_balance().unwrap_or_default().iter().map(|block| block.drawn).sum();
    if drawn != balance.numbers {
        balance.wrong.push(format!("{drawn} numbers were drawn and {} are on record", balance.numbers));
    }
    for card in left.prints("card") {
        let job = card.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if !attempts_on_record.contains(&job) {
            balance.wrong.push(format!("the tray holds {job}, which no attempt knows"));
        }
    }
}

/// The book of blanks agrees with itself, with what came and with the cards that were made; and each day was closed.
fn blanks(left: &Aftermath, notes: &Notes, balance: &mut Balance) {
    let made = u32::try_from(left.prints("card").len()).unwrap_or(u32::MAX);
    match left.ledger.blanks_balance().ok().flatten() {
        Some(book) if book.is_sound() && book.received == notes.blanks && book.on_hand + made == notes.blanks => {
            (balance.blanks, balance.on_hand) = (book.received, book.on_hand);
        }
        book => balance.wrong.push(format!("{} blanks came and {made} cards were made: {book:?}", notes.blanks)),
    }
    let days = (0..=plan::DAYS).map(|day| date(2021, 11, 8).saturating_add(i64::from(day).days()));
    for close in days.flat_map(|day| left.ledger.closes_of(day).unwrap_or_default()) {
        balance.days += 1;
        if !close.close.differences.is_empty() || close.close.row > 1 {
            balance.wrong.push(format!("a day did not balance: {:?}", close.close));
        }
    }
    if notes.morning.map(|day| day + 1) > Some(balance.days) {
        balance
            .wrong
            .push(format!("{} days were closed, the last one to be closed is {:?}", balance.days, notes.morning));
    }
}

/// Every sealed case has a package, and nothing is wrong with it.
fn packages(left: &Aftermath, balance: &mut Balance) {
    for line in cases(left).into_iter().filter(|line| line.stage == Stage::Sealed) {
        let sealed = left.facts(&line.case).into_iter().find_map(|recorded| {
            let Fact::Sealed { package } = recorded.fact else { return None };
            Some(package)
        });
        let package = sealed.and_then(|package| left.ledger.picture(&package).ok().flatten());
        let verdict = package.map(|package| archive::verify(&package));
        match verdict {
            Some(verdict) if verdict.is_sound() => balance.packages += 1,
            other => balance.wrong.push(format!("the package of {}: {other:?}", line.case)),
        }
    }
}

/// Every message arrived once, with the body that was frozen, and those of one case in their order.
fn messages(left: &Aftermath, received: &[Value], balance: &mut Balance) {
    let mut arrived: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, effect) in received.iter().enumerate() {
        arrived.entry(effect["key"].as_str().unwrap_or_default()).or_default().push(place);
    }
    let mut last: BTreeMap<CaseId, usize> = BTreeMap::new();
    let mut of_cases = left.messages();
    of_cases.sort_by_key(|message| (message.case.clone(), message.seq_in_case, message.id));
    for message in of_cases {
        match (message.state, arrived.get(message.key.as_str()).map(Vec::as_slice)) {
            (MessageState::Done, Some([place])) => {
                balance.messages += 1;
                let body: Option<Value> = serde_json::from_str(&message.body).ok();
                if body.as_ref() != Some(&received[*place]["body"]) {
                    balance.wrong.push(format!("{message:?} arrived with another body"));
                }
                if last.insert(message.case.clone(), *place).is_some_and(|before| before > *place) {
                    balance.wrong.push(format!("{message:?} arrived before an earlier one of its case"));
                }
            }
            (state, effects) => {
                balance
                    .wrong
                    .push(format!("{message:?} is {state:?} and had {} effects", effects.map_or(0, <[_]>::len)));
            }
        }
    }
}
