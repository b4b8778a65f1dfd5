//! A hand-over list is signed for all of its cases or for none.

use casework::{fact::Fact, nouns::*, people::Tries, station_fact::StationFact};
use jiff::civil::{Date, date};
use ledger::{Entry, LedgerError, ListPlace, StationEntry};
use proptest::prelude::*;

use crate::bench::*;

const DAY: Date = date(2021, 11, 8);

fn list(n: u32) -> ListNumber {
    ListNumber::new(ListKind::ToIssuer, &"XXC".parse().unwrap(), DAY, n).unwrap()
}

fn fact(list: &ListNumber) -> Fact {
    Fact::WorkingPapersHandedOver { from: clerk(), to: clerk(), papers: Vec::new(), list: list.clone() }
}

/// Signs list `n` for cases, each judged when it had so many facts.
fn sign(bench: &mut Bench, n: u32, pdf: &PictureHash, cases: &[(CaseId, u32)]) -> Result<(), LedgerError> {
    let (number, window, actor) = (list(n), "XXC".parse().unwrap(), clerk());
    let facts = [fact(&number)];
    let entries: Vec<Entry<'_>> = cases
        .iter()
        .map(|(case, seq)| Entry { case, expected_seq: *seq, at: at(1), actor: &actor, facts: &facts, messages: &[] })
        .collect();
    let signed = [StationFact::ListSigned {
        list: number.clone(),
        kind: ListKind::ToIssuer,
        from: clerk(),
        to: clerk(),
        cases: cases.iter().map(|(case, _)| case.clone()).collect(),
        old_cards: 0,
        pdf: pdf.clone(),
    }];
    let station = StationEntry {
        at: at(1),
        actor: &actor,
        facts: &signed,
        password: None,
        tries: Some(("somebody", Tries::default())),
    };
    bench.ledger.record_hand_over(station, ListPlace { window: &window, day: DAY, ordinal: n }, &entries).map(drop)
}

#[test]
fn a_list_is_recorded_with_the_facts_of_all_its_cases_and_counted_by_window_and_day() {
    let mut bench = Bench::new();
    let cases: Vec<(CaseId, u32)> = (1..=3).map(|n| (bench.identified(n), 2)).collect();
    let pdf = bench.ledger.store_picture(b"a sheet").unwrap();
    let window = "XXC".parse().unwrap();
    assert_eq!(bench.ledger.next_list(ListKind::ToIssuer, &window, DAY).unwrap(), 1);
    let commits = bench.ledger.commits();
    sign(&mut bench, 1, &pdf, &cases).unwrap();
    assert_eq!(bench.ledger.commits(), commits + 1, "one transaction over all cases");
    let bench = bench.restarted();
    for (case, _) in &cases {
        assert_eq!(bench.ledger.case_facts(case).unwrap().last().map(|one| one.fact.clone()), Some(fact(&list(1))));
    }
    assert_eq!(bench.ledger.next_list(ListKind::ToIssuer, &window, DAY).unwrap(), 2);
    assert_eq!(bench.ledger.next_list(ListKind::ToArchive, &window, DAY).unwrap(), 1);
    assert_eq!(bench.ledger.list_sheet(&list(1)).unwrap(), Some(pdf));
    assert_eq!(bench.ledger.list_sheet(&list(2)).unwrap(), None);
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whichever of its cases has moved on, or if the sheet is not there, or the number was given before: nothing at all
    /// is signed.
    #[test]
    fn a_list_is_never_half_signed(count in 1usize..5, at in 0usize..5, how in 0u8..3) {
        let mut bench = Bench::new();
        let mut cases: Vec<(CaseId, u32)> = (1..=5).map(|n| (bench.identified(n), 2)).collect();
        let first = cases.pop().unwrap();
        cases.truncate(count);
        let pdf = bench.ledger.store_picture(b"a sheet").unwrap();
        sign(&mut bench, 1, &pdf, &[first]).unwrap();
        let before = bench.ledger.head().unwrap();
        let nowhere: PictureHash = "a".repeat(64).parse().unwrap();
        let refused = match how {
            0 => {
                let place = at % cases.len();
                cases[place].1 = 1;
                sign(&mut bench, 2, &pdf, &cases)
            }
            1 => sign(&mut bench, 2, &nowhere, &cases),
            _ => sign(&mut bench, 1, &pdf, &cases),
        };
        prop_assert!(refused.is_err());
        prop_assert_eq!(bench.ledger.head().unwrap(), before);
        for (case, _) in &cases {
            prop_assert_eq!(bench.ledger.case_facts(case).unwrap().len(), 2);
        }
        prop_assert_eq!(bench.ledger.list_sheet(&list(2)).unwrap(), None);
    }
}

#[test]
fn the_signing_key_is_drawn_once_and_stays() {
    let mut bench = Bench::new();
    let secret = bench.ledger.archive_secret().unwrap();
    assert_ne!(secret, [0; 32]);
    let mut bench = bench.restarted();
    assert_eq!(bench.ledger.archive_secret().unwrap(), secret);
    assert_ne!(Bench::new().ledger.archive_secret().unwrap(), secret, "each station has its own");
}

#[test]
fn the_chained_facts_of_a_case_prove_themselves_without_the_rest_of_the_journal() {
    let mut bench = Bench::new();
    let first = bench.identified(1);
    bench.identified(2);
    bench.record(&first, 2, &[Fact::Parked { reason: "等材料".to_owned() }]).unwrap();
    let facts = bench.ledger.chained_facts(&first).unwrap();
    assert_eq!(facts.iter().map(|fact| fact.row.n).collect::<Vec<_>>(), [1, 2, 5]);
    for fact in facts {
        assert_eq!(casework::journal::body_hash(&fact.body), fact.row.body_hash);
        assert_eq!(casework::journal::link(&fact.prev, &fact.row), fact.hash);
    }
}
