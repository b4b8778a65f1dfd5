//! Opening: one owner, the right key, a known schema, sound settings.

use std::fs;

use casework::fact::Fact;
use ledger::{Ledger, LedgerError, LedgerKey};

use crate::bench::*;

#[test]
fn a_second_owner_is_refused_until_the_first_is_gone() {
    let bench = Bench::new();
    let second = Ledger::open(bench.dir(), &key(bench.dir()));
    assert!(matches!(second, Err(LedgerError::OpenElsewhere { .. })), "{second:?}");
    assert!(matches!(Ledger::verify(bench.dir(), &key(bench.dir())), Err(LedgerError::OpenElsewhere { .. })));
    bench.restarted();
}

#[test]
fn a_key_that_was_half_written_when_the_power_failed_is_no_key() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("ledger.key");
    std::fs::write(dir.path().join("ledger.part"), "12ab").unwrap();
    LedgerKey::load_or_create(&path).unwrap();
    let made = std::fs::read_to_string(&path).unwrap();
    assert_eq!(made.len(), 64);
    assert!(!dir.path().join("ledger.part").exists());
    LedgerKey::load_or_create(&path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), made, "a key is made once");
}

#[test]
fn another_key_does_not_open_the_ledger_and_changes_nothing() {
    let mut bench = Bench::new();
    bench.identified(1);
    let dir = bench.closed();
    let before = fs::read(dir.path().join("ledger.db")).unwrap();
    let other = LedgerKey::load_or_create(&dir.path().join("other.key")).unwrap();
    let refused = Ledger::open(dir.path(), &other);
    assert!(matches!(refused, Err(LedgerError::WrongKey)), "{refused:?}");
    assert_eq!(fs::read(dir.path().join("ledger.db")).unwrap(), before);
    assert_eq!(Ledger::open(dir.path(), &key(dir.path())).unwrap().case_facts(&case(1)).unwrap().len(), 2);
}

#[test]
fn a_ledger_of_a_newer_program_is_refused_by_both_version_numbers() {
    let dir = Bench::new().closed();
    raw(dir.path()).pragma_update(None, "user_version", 99).unwrap();
    let refused = Ledger::open(dir.path(), &key(dir.path()));
    assert!(matches!(refused, Err(LedgerError::NewerSchema { found: 99, known: 2.. })), "{refused:?}");
    assert!(matches!(Ledger::verify(dir.path(), &key(dir.path())), Err(LedgerError::NewerSchema { .. })));
}

#[test]
fn nothing_of_a_case_is_readable_in_the_folder() {
    let mut bench = Bench::new();
    bench.identified(1);
    // The log still holds the pages while the ledger is open, so it is looked at before and after.
    let readable = |dir: &std::path::Path| -> Vec<String> {
        let name = "样本1";
        let number = id_number(1);
        fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .filter(|path| {
                let bytes = fs::read(path).unwrap();
                let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
                holds(name) || holds(number.as_str()) || holds("SQLite format")
            })
            .map(|path| path.display().to_string())
            .collect()
    };
    assert_eq!(readable(bench.dir()), Vec::<String>::new());
    let dir = bench.closed();
    assert_eq!(readable(dir.path()), Vec::<String>::new());
}

#[test]
fn a_new_ledger_is_sound_and_empty() {
    let dir = Bench::new().closed();
    let report = Ledger::verify(dir.path(), &key(dir.path())).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!((report.cases, report.facts, report.journal_rows, report.head.n), (0, 0, 0, 0));
}

/// Journal rows of a ledger that no start checks whole any more.
const MANY: usize = 10_500;

/// A ledger of one case that was put aside and taken up again all day.
fn many_rows() -> Bench {
    let mut bench = Bench::new();
    let case = bench.identified(1);
    let turns: Vec<Fact> =
        [Fact::Parked { reason: "取材料".to_owned() }, Fact::Resumed].into_iter().cycle().take(MANY).collect();
    bench.record(&case, 2, &turns).unwrap();
    bench.restarted()
}

fn without_triggers(dir: &std::path::Path, sql: &str) {
    let raw = raw(dir);
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    raw.execute("DROP TRIGGER journal_is_not_changed", []).unwrap();
    raw.execute("DROP TRIGGER journal_is_not_removed", []).unwrap();
    assert!(raw.execute(sql, []).unwrap() > 0);
}

#[test]
fn a_tail_that_was_there_at_the_last_start_and_is_gone_stops_the_next_one() {
    let dir = many_rows().closed();
    without_triggers(dir.path(), "DELETE FROM journal WHERE n > 10400");
    let refused = Ledger::open(dir.path(), &key(dir.path()));
    assert!(matches!(refused, Err(LedgerError::BrokenChain { at: 10_401, .. })), "{refused:?}");
}

#[test]
fn a_change_after_the_last_start_stops_the_next_one_however_long_the_journal_is() {
    let mut bench = many_rows();
    bench.identified(2);
    let dir = bench.closed();
    without_triggers(dir.path(), "UPDATE journal SET actor = 'clerk:other' WHERE n = 10503");
    let refused = Ledger::open(dir.path(), &key(dir.path()));
    assert!(matches!(refused, Err(LedgerError::BrokenChain { at: 10_503, .. })), "{refused:?}");
}

#[test]
fn the_old_part_of_a_long_journal_is_walked_a_stretch_at_each_start() {
    let dir = many_rows().closed();
    // The last start has seen rows 1 to 10,000; the next one sees the rest, and the one after it begins anew.
    without_triggers(dir.path(), "UPDATE journal SET actor = 'clerk:other' WHERE n = 5");
    drop(Ledger::open(dir.path(), &key(dir.path())).unwrap());
    let refused = Ledger::open(dir.path(), &key(dir.path()));
    assert!(matches!(refused, Err(LedgerError::BrokenChain { at: 5, .. })), "{refused:?}");
    let report = Ledger::verify(dir.path(), &key(dir.path())).unwrap();
    assert!(report.problems.iter().any(|problem| problem.contains("breaks at row 5")), "{report:?}");
}
