//! Ratings and follow-ups stand in tables of their own beside the facts: a table that says something else is found.

use casework::{
    fact::{Again, AgainHow, Fact, FollowUpDue},
    follow_up::{Settled, Settlement},
    nouns::{Rater, RatingPoint},
    station_fact::StationFact,
};
use jiff::civil::date;
use ledger::StationEntry;
use tempfile::TempDir;

use crate::bench::*;
use crate::rot::tamper;

fn given(level: u8, again: Option<Again>, follow_up: Option<FollowUpDue>) -> Fact {
    Fact::RatingGiven {
        point: RatingPoint::Delivery,
        level,
        codes: Vec::new(),
        text: String::new(),
        by: Some(Rater::Applicant),
        again,
        follow_up,
    }
}

/// A case that was rated badly after it had been declined, with a duplicate behind it, a settled follow-up, and a point
/// that was declined; and a second case whose offer nobody answered.
fn rated() -> TempDir {
    let mut bench = Bench::new();
    let (case, other) = (bench.identified(1), bench.identified(2));
    let (declined, bad) = (RatingPoint::Acceptance, RatingPoint::Delivery);
    let due = FollowUpDue { days: 15, due: Some(date(2021, 11, 29)) };
    let facts = [
        Fact::RatingOffered { point: declined },
        Fact::RatingDeclined { point: declined, by: Some(Rater::Agent) },
        Fact::RatingOffered { point: bad },
        Fact::RatingDeclined { point: bad, by: Some(Rater::Applicant) },
        given(1, Some(Again { of: 6, how: AgainHow::AfterDeclining }), Some(due)),
        given(5, Some(Again { of: 7, how: AgainHow::Duplicate }), None),
    ];
    for (seq, fact) in (2..).zip(facts) {
        bench.record(&case, seq, &[fact]).unwrap();
    }
    bench.record(&other, 2, &[Fact::RatingOffered { point: declined }]).unwrap();
    let how = Settlement::Done { found: "等得久".to_owned(), done: "加了一个窗口".to_owned() };
    let facts = [StationFact::FollowUpSettled { settled: Settled { case, seq: 7, how } }];
    let entry = StationEntry { at: at(90), actor: &clerk(), facts: &facts, password: None, tries: None };
    bench.ledger.record_station(entry).unwrap();
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    bench.closed()
}

#[test]
fn each_difference_between_the_ratings_and_their_facts_is_named() {
    let offered = "rating: it was not offered so: XXC-20211108-0001/delivery";
    let answer = "rating: its answer is not the one on record: XXC-20211108-0001/delivery";
    let counted = "ratings: not as many answers as are on record: XXC-20211108-0001";
    for (sql, expected) in [
        ("UPDATE rating SET present = '李强' WHERE point = 'delivery'", offered),
        ("UPDATE rating SET offered_at = '2021-11-08T09:00:00Z' WHERE point = 'delivery'", offered),
        ("DELETE FROM rating WHERE point = 'delivery'", offered),
        ("UPDATE rating SET outcome = 'declined' WHERE point = 'delivery'", answer),
        ("UPDATE rating SET outcome = NULL, answered_at = NULL WHERE point = 'delivery'", answer),
        ("UPDATE rating SET answered_at = '2021-11-08T09:00:00Z' WHERE point = 'delivery'", answer),
        ("UPDATE rating SET rater = 'agent' WHERE point = 'delivery'", answer),
        ("UPDATE rating SET answers = 1 WHERE point = 'delivery'", counted),
        (
            "UPDATE rating SET outcome = 'given', answered_at = offered_at WHERE outcome IS NULL",
            "rating: its answer is not the one on record: XXC-20211108-0002/acceptance",
        ),
    ] {
        let problems = tamper(&rated(), sql).problems;
        assert!(problems.iter().any(|problem| problem == expected), "{sql}: {problems:?}");
    }
}

#[test]
fn each_difference_between_the_follow_ups_and_their_facts_is_named() {
    let table = "follow-up: fact and table differ: XXC-20211108-0001/7";
    let end = "follow-up: what came of it is not what is on record: XXC-20211108-0001/7";
    for (sql, expected) in [
        ("UPDATE follow_up SET due = '2022-11-29'", table),
        ("UPDATE follow_up SET days = 60", table),
        ("UPDATE follow_up SET opened_at = '2021-11-08T09:00:00Z'", table),
        ("DELETE FROM follow_up", table),
        ("UPDATE follow_up SET settlement = NULL", end),
        (
            "INSERT INTO follow_up (case_id, seq, opened_at, days) SELECT case_id, 8, opened_at, 15 FROM follow_up",
            "follow-up: fact and table differ: XXC-20211108-0001/8",
        ),
    ] {
        let problems = tamper(&rated(), sql).problems;
        assert!(problems.iter().any(|problem| problem == expected), "{sql}: {problems:?}");
    }
}
