//! The visit, killed with SIGKILL after each of its commits in turn, and gone on with by a second run.
//!
//! The watcher of commits runs before the effects of a commit are handed out. So the kill after the commit of a print
//! attempt falls between the attempt and its job, and the kill after the commit of a message falls before its sending.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

use casework::fact::Fact;
use journeys::aftermath::{Aftermath, text};
use journeys::bench::Simulator;
use ledger::{MessageState, NumberState, Stage};

/// A visit commits about forty times; one that commits more often goes round in circles.
const MOST_COMMITS: u32 = 90;

/// Between attempt and job, after acceptance (which offers the rating in the same transaction), after the number: where a kill
/// would cost most.
const MOMENTS: [&str; 3] = ["print_attempted", "rating_offered", "number_reserved"];

/// Walks until each of the moments was met.
const MOST_WALKS: u32 = 4;

#[test]
fn a_visit_that_is_killed_after_any_commit_is_gone_on_with_and_loses_nothing() {
    let mut killed_at = BTreeSet::new();
    // Which commit is the n-th depends on when the platforms answer, so that one walk may step over a moment that matters.
    for _ in 0..MOST_WALKS {
        kill_after_each_commit(&mut killed_at);
        if MOMENTS.iter().all(|moment| killed_at.contains(*moment)) {
            return;
        }
    }
    panic!("no kill fell right after each of {MOMENTS:?}, only after {killed_at:?}");
}

/// Kills a visit after its first commit, another after its second, and so on, until one lives to its end.
fn kill_after_each_commit(killed_at: &mut BTreeSet<String>) {
    for n in 1..MOST_COMMITS {
        // A reader, platforms and a ledger of its own for each: what one run left must not help the next.
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let first = mortal_visit(&station, Some(n));
        if first.success() {
            return assert_whole(folder.path(), &simulator, n);
        }
        assert_eq!(first.signal(), Some(9), "commit {n}: the visit ended by itself and badly");
        killed_at.extend(last_fact(folder.path()));
        let second = mortal_visit(&station, None);
        assert!(second.success(), "commit {n}, last fact {:?}: the second run ended with {second}", killed_at.last());
        assert_whole(folder.path(), &simulator, n);
    }
    panic!("the visit never ended by itself");
}

fn mortal_visit(station: &Path, last: Option<u32>) -> ExitStatus {
    let mut visit = Command::new(env!("CARGO_BIN_EXE_mortal-visit"));
    visit.arg(station).args(last.map(|last| last.to_string())).status().unwrap()
}

/// The newest fact that the killed run made durable.
fn last_fact(folder: &Path) -> Option<String> {
    let left = Aftermath::of(folder);
    let [line] = left.cases().try_into().ok()?;
    left.tags(&line.case).last().map(|tag| (*tag).to_owned())
}

/// What has to be true however often a visit was interrupted.
fn assert_whole(folder: &Path, simulator: &Simulator, n: u32) {
    let left = Aftermath::of(folder);
    assert_eq!(left.report().problems, Vec::<String>::new(), "commit {n}");
    let case = left.only_case();
    let facts = left.facts(&case);
    let tags = left.tags(&case);
    assert_eq!(left.cases()[0].stage, Stage::Sealed, "commit {n}: {tags:?}");
    for once in ["opened", "accepted", "card_confirmed", "delivered", "handed_over", "sealed"] {
        assert_eq!(tags.iter().filter(|tag| **tag == once).count(), 1, "commit {n}: {once} in {tags:?}");
    }

    // Numbers: each reserved once, each with an end, one of them delivered.
    let numbers: Vec<_> = facts
        .iter()
        .filter_map(|recorded| {
            let Fact::NumberReserved { number, .. } = &recorded.fact else { return None };
            Some(number.clone())
        })
        .collect();
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len(), "commit {n}: a number twice");
    let [balance] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
    assert!(balance.is_sound(), "commit {n}: {balance:?}");
    assert_eq!((balance.drawn as usize, balance.delivered), (numbers.len(), 1), "commit {n}: {balance:?}");
    assert_eq!(balance.delivered + balance.spoiled, balance.drawn, "commit {n}: a number without an end: {balance:?}");

    // Cards: every card in the tray belongs to one attempt, and every attempt but the first has a reason.
    let attempts = left.attempts(&case);
    for (place, (attempt, reprint)) in attempts.iter().enumerate() {
        assert_eq!(place > 0, reprint.is_some(), "commit {n}: {attempt} {reprint:?}");
    }
    let known: BTreeSet<_> = attempts.iter().map(|(attempt, _)| attempt.clone()).collect();
    let cards = left.prints("card");
    for card in &cards {
        let job = card.file_stem().unwrap().to_str().unwrap();
        assert!(known.contains(job), "commit {n}: the tray holds {job}, which no attempt knows");
    }
    // A visit in which nothing is spoiled needs one card: after a kill the clerk looks before printing again.
    assert_eq!(cards.len(), 1, "commit {n}: {cards:?}, {attempts:?}");
    let delivered: Vec<_> = numbers.iter().filter(|one| state(&left, one) == Some(NumberState::Delivered)).collect();
    assert!(text(&cards[0]).contains(delivered[0].as_str()), "commit {n}: another number is on the card");

    // Paper: the receipt list and the hand-over list exist, once each.
    let papers = left.prints("paper");
    let kinds: Vec<_> =
        papers.iter().map(|paper| paper.file_name().unwrap().to_str().unwrap().chars().next()).collect();
    assert_eq!(kinds, [Some('S'), Some('Y')], "commit {n}: {papers:?}");

    // Messages: five, each with one effect at its platform, however often it was sent.
    let received = simulator.received().unwrap();
    let effects: Vec<_> = received.as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    let messages = left.messages();
    assert_eq!(messages.iter().map(|message| message.key.as_str()).collect::<Vec<_>>(), effects, "commit {n}");
    let kinds: Vec<_> = messages.iter().map(|message| message.kind.name()).collect();
    assert_eq!(kinds, ["acceptance", "ageing_record", "rating", "filing_report", "rating"], "commit {n}");
    assert!(messages.iter().all(|message| message.state == MessageState::Done), "commit {n}: {messages:?}");
}

fn state(left: &Aftermath, number: &casework::nouns::CardNumber) -> Option<NumberState> {
    left.ledger.number_state(number).unwrap().map(|(state, _)| state)
}
