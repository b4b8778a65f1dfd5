//! The visit that prints over IPP, killed with SIGKILL after each of its commits in turn, and gone on with by a second run:
//! never two cards without a recorded reprint, and never a card that no attempt knows.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

use journeys::aftermath::{Aftermath, text};
use journeys::card_printer::CardPrinter;
use ledger::Stage;

use crate::bench::Bench;

/// The commits around a print; the others are killed at in killed.rs.
const AROUND: [&str; 5] = ["number_reserved", "print_attempted", "job_submitted", "print_ended", "card_confirmed"];
/// Walks until each of the moments was met.
const MOST_WALKS: u32 = 4;
/// A visit commits about forty times.
const MOST_COMMITS: u32 = 90;

#[test]
fn a_visit_that_is_killed_around_its_print_makes_one_card_or_records_why_two() {
    let mut met = BTreeSet::new();
    let mut first = 1;
    // Which commit is the n-th depends on when the platforms answer, so that one walk may step over a moment that matters.
    for _ in 0..MOST_WALKS {
        first = kill_around_the_print(first, &mut met);
        if AROUND.iter().all(|moment| met.contains(*moment)) {
            return;
        }
    }
    panic!("in {MOST_WALKS} walks only these were the last: {met:?}");
}

/// Kills after each commit from `from` on until the card is in the hand. Answers a commit shortly before the first of
/// [`AROUND`].
fn kill_around_the_print(from: u32, met: &mut BTreeSet<String>) -> u32 {
    let mut begins = None;
    for n in from..MOST_COMMITS {
        let bench = Bench::new();
        let printer = CardPrinter::start(&bench.path().join("printer"), None);
        let folder = format!("card = \"{}\"", bench.path().join("queue/card").display());
        let bench = bench.rewired(&folder, &format!("card = \"{}\"", printer.uri));
        let first = mortal_visit(&bench.station, n);
        if first.success() {
            break;
        }
        assert_eq!(first.signal(), Some(9), "commit {n}: the visit ended by itself and badly");
        let Some(last) = last_fact(bench.path()).filter(|last| AROUND.contains(&last.as_str())) else { continue };
        begins.get_or_insert(n);
        let second = Command::new(env!("CARGO_BIN_EXE_mortal-visit")).arg(&bench.station).status().unwrap();
        assert!(second.success(), "commit {n}, last fact {last}: the second run ended with {second}");
        assert_whole(bench.path(), &printer, &last);
        let over = last == "card_confirmed";
        met.insert(last);
        if over {
            break;
        }
    }
    begins.unwrap_or(from).saturating_sub(3).max(1)
}

fn mortal_visit(station: &Path, last: u32) -> ExitStatus {
    Command::new(env!("CARGO_BIN_EXE_mortal-visit")).arg(station).arg(last.to_string()).status().unwrap()
}

fn last_fact(folder: &Path) -> Option<String> {
    let left = Aftermath::of(folder);
    let [line] = left.cases().try_into().ok()?;
    left.tags(&line.case).last().map(|tag| (*tag).to_owned())
}

fn assert_whole(folder: &Path, printer: &CardPrinter, last: &str) {
    let left = Aftermath::of(folder);
    assert_eq!(left.report().problems, Vec::<String>::new(), "{last}");
    assert_eq!(left.cases()[0].stage, Stage::Sealed, "{last}");
    let attempts = left.attempts(&left.only_case());
    for (place, (attempt, reprint)) in attempts.iter().enumerate() {
        assert_eq!(place > 0, reprint.is_some(), "{last}: {attempt} {reprint:?}");
    }
    let cards = printer.cards();
    for card in &cards {
        let job = card.split_once('.').unwrap().0;
        assert!(attempts.iter().any(|(attempt, _)| attempt == job), "{last}: {card} belongs to no attempt");
    }
    // The clerk looks before printing again, so one card is all that is ever made here.
    assert_eq!(cards.len(), 1, "{last}: {cards:?} of {attempts:?}");
    let [balance] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
    assert!(balance.is_sound(), "{last}: {balance:?}");
    assert_eq!((balance.drawn, balance.delivered), (1, 1), "{last}: {balance:?}");
    assert!(!text(&printer.tray.join(&cards[0])).is_empty());
}
