//! Damage and tampering: the verifier names what was done, and no wrong data is ever returned.

use std::fs;

use casework::{fact::Fact, nouns::PrintOutcome};
use ledger::{Ledger, LedgerError, Report};
use tempfile::TempDir;

use crate::bench::*;

/// A ledger with a whole card, a message and a picture, closed.
fn full() -> TempDir {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (case, number, attempt) = bench.attempted(1);
    let outcome = PrintOutcome::SpoolerConfirmed;
    bench.record(&case, 5, &[Fact::PrintEnded { attempt: attempt.clone(), outcome }]).unwrap();
    bench.record_with(&case, 6, &[Fact::CardConfirmed { attempt, number }], &[message(&case, 7)]).unwrap();
    bench.identified(2);
    bench.closed()
}

/// Does something to the tables that their triggers would refuse.
pub fn tamper(dir: &TempDir, sql: &str) -> Report {
    let raw = raw(dir.path());
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    let triggers: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &triggers {
        raw.execute(&format!("DROP TRIGGER {name}"), []).unwrap();
    }
    assert!(raw.execute(sql, []).unwrap() > 0, "the tampering must touch a row: {sql}");
    for (_, trigger) in &triggers {
        raw.execute(trigger, []).unwrap();
    }
    drop(raw);
    Ledger::verify(dir.path(), &key(dir.path())).unwrap()
}

#[test]
fn a_sound_ledger_has_no_problems() {
    let dir = full();
    let report = Ledger::verify(dir.path(), &key(dir.path())).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!((report.cases, report.facts, report.journal_rows), (2, 9, 9));
    assert_eq!((report.head.n, report.messages, report.numbers, report.pictures), (9, 1, 1, 1));
}

#[test]
fn each_kind_of_tampering_is_named() {
    let table = [
        ("UPDATE fact SET body = replace(body, '样本1', '样本9') WHERE seq = 2", "fact XXC-20211108-0001/2: its body"),
        ("UPDATE fact SET actor = 'clerk:other' WHERE seq = 3", "fact XXC-20211108-0001/3: journal row 3"),
        ("UPDATE fact SET at = '2021-11-09T01:00:00Z' WHERE seq = 3", "fact XXC-20211108-0001/3: journal row 3"),
        ("DELETE FROM fact WHERE seq = 3", "fact XXC-20211108-0001/4: it follows fact 2"),
        ("DELETE FROM fact WHERE seq = 7", "journal row 7: fact XXC-20211108-0001/7 is gone"),
        ("DELETE FROM journal WHERE n = 4", "the journal's chain breaks at row 4: the rows are counted without gaps"),
        ("UPDATE journal SET actor = 'clerk:other' WHERE n = 5", "the journal's chain breaks at row 5: its hash"),
        ("UPDATE journal SET prev = hash WHERE n = 6", "the journal's chain breaks at row 6: it does not hold"),
        ("UPDATE outbox SET body = '{\"n\":2}'", "message 1: its body is not the one that was frozen"),
        ("UPDATE card_number SET n = 2", "numbers 1 to 9: 2 drawn, 1 accounted for"),
        ("UPDATE card_number SET number = 'YYXXC000005'", "number YYXXC000005: no fact reserves it"),
        (
            "UPDATE case_line SET last_seq = 4 WHERE case_id LIKE '%1'",
            "case XXC-20211108-0001: its line stands at fact 4",
        ),
        ("DELETE FROM picture", "which is not stored"),
        ("UPDATE print_attempt SET number = 'YYXXC000005'", "table print_attempt: 1 rows name a row of card_number"),
    ];
    for (sql, expected) in table {
        let report = tamper(&full(), sql);
        let named = report.problems.iter().any(|problem| problem.contains(expected));
        assert!(named, "{sql} should give {expected:?}, and gave {:?}", report.problems);
    }
}

#[test]
fn a_cut_off_tail_is_found_by_a_head_that_was_noted_before() {
    let dir = full();
    let noted = Ledger::verify(dir.path(), &key(dir.path())).unwrap().head;
    let report = tamper(&dir, "DELETE FROM journal WHERE n = 9");
    assert_ne!(report.head, noted);
    assert!(report.problems.iter().any(|problem| problem.contains("the journal does not know it")), "{report:?}");
}

#[test]
fn a_ledger_with_a_broken_chain_is_not_opened() {
    let dir = full();
    tamper(&dir, "DELETE FROM journal WHERE n = 4");
    let refused = Ledger::open(dir.path(), &key(dir.path()));
    assert!(matches!(refused, Err(LedgerError::BrokenChain { at: 4, .. })), "{refused:?}");
}

#[test]
fn one_flipped_byte_anywhere_in_the_file_is_an_error_and_never_wrong_data() {
    let dir = full();
    let file = dir.path().join("ledger.db");
    let sound = fs::read(&file).unwrap();
    // A prime step visits every page and many different places within a page.
    for at in (0..sound.len()).step_by(3001) {
        let mut damaged = sound.clone();
        damaged[at] ^= 0x10;
        fs::write(&file, damaged).unwrap();
        let opened = Ledger::open(dir.path(), &key(dir.path()));
        let refused =
            matches!(opened, Err(LedgerError::Damaged { .. } | LedgerError::WrongKey | LedgerError::Storage { .. }));
        assert!(refused, "byte {at} of {}: {opened:?}", sound.len());
    }
    fs::write(&file, sound).unwrap();
    assert_eq!(Ledger::verify(dir.path(), &key(dir.path())).unwrap().problems, Vec::<String>::new());
}
