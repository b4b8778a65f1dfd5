//! Slips of people without a case, and what stands in forms that were not sent yet.

use casework::{
    fact::Fact,
    nouns::{ApplicantMode, Hukou, ReasonCode, SlipNumber},
};
use jiff::civil::{Date, date};
use ledger::{DoorSlip, LedgerError};

use crate::bench::*;

const DAY: Date = date(2021, 11, 8);

fn slip(bench: &mut Bench, window: &str, day: Date) -> DoorSlip {
    let window = window.parse().unwrap();
    let ordinal = bench.ledger.next_door_slip(&window, day).unwrap();
    DoorSlip {
        number: SlipNumber::at_the_door(&window, day, ordinal).unwrap(),
        window,
        day,
        ordinal,
        at: at(0),
        actor: clerk(),
        reasons: vec!["TOO_YOUNG".parse::<ReasonCode>().unwrap(), "ID_EXPIRED".parse().unwrap()],
        pdf: Some(bench.ledger.store_picture(b"a sheet").unwrap()),
    }
}

#[test]
fn slips_are_counted_by_window_and_day_and_go_on_after_a_restart() {
    let mut bench = Bench::new();
    for (window, day, ordinal) in
        [("HS01", DAY, 1), ("HS01", DAY, 2), ("HS02", DAY, 1), ("HS01", DAY.tomorrow().unwrap(), 1)]
    {
        let slip = slip(&mut bench, window, day);
        assert_eq!(slip.ordinal, ordinal);
        bench.ledger.record_door_slip(&slip).unwrap();
    }
    let mut bench = bench.restarted();
    let third = slip(&mut bench, "HS01", DAY);
    assert_eq!(third.ordinal, 3);
    bench.ledger.record_door_slip(&third).unwrap();
    assert_eq!(bench.ledger.door_slip(&third.number).unwrap(), Some(third));
}

#[test]
fn a_slip_number_is_given_once_and_never_without_its_sheet() {
    let mut bench = Bench::new();
    let first = slip(&mut bench, "HS01", DAY);
    bench.ledger.record_door_slip(&first).unwrap();
    assert!(matches!(bench.ledger.record_door_slip(&first), Err(LedgerError::Storage { .. })));
    let mut unstored = slip(&mut bench, "HS01", DAY);
    unstored.pdf = Some("a".repeat(64).parse().unwrap());
    assert!(matches!(bench.ledger.record_door_slip(&unstored), Err(LedgerError::PictureNotStored { .. })));
    assert_eq!(bench.ledger.next_door_slip(&first.window, DAY).unwrap(), 2);
    assert_eq!(bench.ledger.door_slip(&unstored.number).unwrap(), None);
}

fn filled() -> Fact {
    Fact::ApplicantFilled {
        mode: ApplicantMode::InPerson,
        hukou: Hukou::Local,
        hukou_basis: "户口簿".to_owned(),
        phone: "0737-4400000".to_owned(),
        contact_address: "样例村".to_owned(),
        department: "heshan".parse().unwrap(),
        demanded: Vec::new(),
        portrait: None,
        on: None,
    }
}

#[test]
fn an_entry_is_kept_until_its_act_is_a_fact_and_other_forms_stay() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    for (field, value) in [("applicant.phone", "0737"), ("applicant.phone", ""), ("correct.after", "五组")] {
        bench.ledger.keep_entry(Some(&case), field, value, at(0)).unwrap();
    }
    bench.ledger.keep_entry(None, "door.born", "1960-03-08", at(0)).unwrap();
    let mut bench = bench.restarted();
    let kept = bench.ledger.kept_entries(Some(&case)).unwrap();
    assert_eq!(kept.get("applicant.phone").map(String::as_str), Some(""), "a cleared field stays clear");
    assert_eq!(kept.len(), 2);
    bench.record(&case, 2, &[filled()]).unwrap();
    assert_eq!(bench.ledger.kept_entries(Some(&case)).unwrap().keys().collect::<Vec<_>>(), ["correct.after"]);
    bench.record(&case, 3, &[Fact::Withdrawn { reason: "不办了".into() }]).unwrap();
    assert!(bench.ledger.kept_entries(Some(&case)).unwrap().is_empty());
    assert_eq!(bench.ledger.kept_entries(None).unwrap().len(), 1, "the lobby's form is nobody's case");
    bench.ledger.forget_form(None, "door").unwrap();
    assert!(bench.ledger.kept_entries(None).unwrap().is_empty());
}

/// What is half typed is as secret as what was sent.
#[test]
fn kept_entries_are_not_readable_in_the_file() {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    bench.ledger.keep_entry(Some(&case), "applicant.phone", "13812345678", at(0)).unwrap();
    let folder = bench.closed();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(11).any(|window| window == b"13812345678"), "{}", path.display());
        }
    }
}
