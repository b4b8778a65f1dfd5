//! What people typed beside the record of a case goes with it: causes in the books, words in facts of the station, and the
//! sheets of slips that were given at the door. Each is told from tampering.

use casework::{
    fact::{Fact, FollowUpDue},
    follow_up::{Settled, Settlement},
    nouns::*,
    station_fact::StationFact,
    stock::Serials,
};
use jiff::civil::{Date, date};
use ledger::{DoorSlip, Ledger, StationEntry};

use crate::bench::*;
use crate::rot::tamper;

/// Stands for whatever a person should not have typed, and did.
const NAME: &str = "周样例";
const DAY: Date = date(2021, 11, 8);

fn told(bench: &mut Bench, facts: &[StationFact]) {
    let entry = StationEntry { at: at(5), actor: &clerk(), facts, password: None, tries: None };
    bench.ledger.record_station(entry).unwrap();
}

/// A withdrawn case around which the name was typed wherever there is room for words, and another one beside it.
fn spoken_of() -> (Bench, CaseId) {
    let mut bench = Bench::new();
    let serials = Serials::between(&"A01".parse().unwrap(), &"A09".parse().unwrap()).unwrap();
    told(
        &mut bench,
        &[StationFact::BlanksReceived { serials: Some(serials), count: 9, source: "区民政局发".to_owned() }],
    );
    let (case, other) = (bench.identified(1), bench.identified(2));
    let number: CardNumber = "A01".parse().unwrap();
    let cause = format!("{NAME}说名字错了");
    let bad = Fact::RatingGiven {
        point: RatingPoint::Acceptance,
        level: 1,
        codes: Vec::new(),
        text: format!("{NAME}不满意"),
        by: Some(Rater::Applicant),
        again: None,
        follow_up: Some(FollowUpDue { days: 15, due: None }),
    };
    let facts = [
        accepted(&case),
        Fact::NumberReserved { number: number.clone(), from: NumberFrom::Blank },
        Fact::NumberSpoiled { number, cause },
        Fact::RatingOffered { point: RatingPoint::Acceptance },
        bad,
        Fact::Withdrawn { reason: "不办了".to_owned() },
    ];
    bench.record(&case, 2, &facts).unwrap();
    let how = Settlement::Done { found: format!("{NAME}等得久"), done: format!("向{NAME}道歉") };
    told(
        &mut bench,
        &[
            StationFact::Unmasked { case: case.clone(), reason: format!("{NAME}来电核对") },
            StationFact::Unmasked { case: other, reason: "另一个人来电".to_owned() },
            StationFact::FollowUpSettled { settled: Settled { case: case.clone(), seq: 7, how } },
        ],
    );
    (bench, case)
}

#[test]
fn words_about_an_erased_case_go_everywhere_and_words_about_another_stay() {
    let (mut bench, case) = spoken_of();
    let mut places = bench.ledger.traces(&[NAME]).unwrap();
    places.sort();
    assert_eq!(places, ["blank.cause", "card_number.cause", "fact.body", "station_fact.body"]);
    bench.ledger.erase(&case, "保存期限已到", at(100_000), &clerk()).unwrap();
    assert_eq!(bench.ledger.traces(&[NAME]).unwrap(), Vec::<String>::new());
    assert_eq!(bench.ledger.traces(&["另一个人来电"]).unwrap(), ["station_fact.body"]);
    let facts = bench.ledger.station_facts().unwrap();
    let erased =
        facts.iter().find_map(|one| if let StationFact::Erased { words, .. } = &one.fact { Some(words) } else { None });
    assert_eq!(erased.unwrap().as_slice(), [2, 4], "the erasure names the facts whose words went");
    let bench = bench.restarted();
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    assert!(raw(bench.dir()).execute("UPDATE station_fact SET body = '{}' WHERE seq = 3", []).is_err());
}

#[test]
fn words_that_were_changed_are_told_from_words_that_were_erased() {
    let (mut bench, case) = spoken_of();
    bench.ledger.erase(&case, "保存期限已到", at(100_000), &clerk()).unwrap();
    let dir = bench.closed();
    for (sql, expected) in [
        (
            "UPDATE station_fact SET body = replace(body, '（已删除）', '查户口') WHERE seq = 2",
            "fact of the station 2: what was taken out of it is not what its erasure names",
        ),
        (
            "UPDATE station_fact SET body = replace(body, '另一个人来电', '（已删除）') WHERE seq = 3",
            "fact of the station 3: its body is not the one that was hashed",
        ),
        ("DELETE FROM words_erased WHERE station_seq = 4", "fact of the station 4: its body is not the one"),
    ] {
        let problems = tamper(&dir, sql).problems;
        assert!(problems.iter().any(|problem| problem.starts_with(expected)), "{sql}: {problems:?}");
    }
}

fn slip(bench: &mut Bench, day: Date) -> DoorSlip {
    let window: WindowCode = "HS01".parse().unwrap();
    let ordinal = bench.ledger.next_door_slip(&window, day).unwrap();
    let slip = DoorSlip {
        number: SlipNumber::at_the_door(&window, day, ordinal).unwrap(),
        window,
        day,
        ordinal,
        at: at(0),
        actor: clerk(),
        reasons: vec!["TOO_YOUNG".parse().unwrap(), "ID_EXPIRED".parse().unwrap()],
        pdf: Some(bench.ledger.store_picture(format!("sheet of {day}").as_bytes()).unwrap()),
    };
    bench.ledger.record_door_slip(&slip).unwrap();
    slip
}

#[test]
fn a_slip_given_at_the_door_is_chained_and_no_change_of_it_goes_unseen() {
    for (sql, expected) in [
        ("UPDATE door_slip SET reasons = 'TOO_YOUNG'", "slip: fact and book differ: NHS01-20211108-M0001"),
        ("UPDATE door_slip SET actor = '李强'", "slip: fact and book differ: NHS01-20211108-M0001"),
        ("DELETE FROM door_slip", "slip: fact and book differ: NHS01-20211108-M0001"),
        ("UPDATE door_slip SET station_seq = NULL", "slip: it is no fact: NHS01-20211108-M0001"),
        ("UPDATE door_slip SET pdf = NULL", "slip: its sheet was taken away, and nothing on record says so"),
        ("DELETE FROM station_fact WHERE kind = 'door_slip_given'", "slip: fact and book differ"),
    ] {
        let mut bench = Bench::new();
        slip(&mut bench, DAY);
        assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
        let problems = tamper(&bench.closed(), sql).problems;
        assert!(problems.iter().any(|problem| problem.starts_with(expected)), "{sql}: {problems:?}");
    }
}

#[test]
fn the_sheet_of_a_slip_goes_when_its_time_is_over_and_the_slip_stays_on_record() {
    let mut bench = Bench::new();
    let (old, new) = (slip(&mut bench, DAY), slip(&mut bench, DAY.tomorrow().unwrap()));
    let before = DAY.tomorrow().unwrap();
    assert_eq!(bench.ledger.erase_door_slips(before, at(90), &clerk()).unwrap(), 1);
    assert_eq!(bench.ledger.erase_door_slips(before, at(91), &clerk()).unwrap(), 0, "once");
    assert_eq!(bench.ledger.picture(old.pdf.as_ref().unwrap()).unwrap(), None);
    assert!(bench.ledger.picture(new.pdf.as_ref().unwrap()).unwrap().is_some());
    assert_eq!(bench.ledger.door_slip(&old.number).unwrap(), Some(DoorSlip { pdf: None, ..old }));
    assert_eq!(bench.ledger.door_slip(&new.number).unwrap().as_ref(), Some(&new));
    let dir = bench.restarted().closed();
    assert_eq!(Ledger::verify(dir.path(), &key(dir.path())).unwrap().problems, Vec::<String>::new());
    assert!(
        raw(dir.path()).execute("UPDATE door_slip SET pdf = NULL", []).is_err(),
        "the newer one's time is not over"
    );
}
