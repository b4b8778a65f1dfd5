//! Forgetting a person: nothing of them stays, the chain still verifies, and what is open or unsent is never touched.

use casework::{
    fact::{Correction, EntryField, Fact},
    nouns::*,
    outbox::Next,
    retention::{End, LastRun},
    station_fact::StationFact,
};
use jiff::civil::date;
use ledger::{Erased, Ledger, LedgerError, Search, Sought, StageAsked, StationEntry};
use rusqlite::types::Value;

use crate::bench::*;
use crate::rot::tamper;

const PHONE: &str = "13973712345";
const HOME: &str = "样例镇样例路8号";

/// A case that was filled, corrected, scanned and withdrawn, with a message that the platform took. Two pictures: one of its
/// own, and one that the next case names as well.
fn withdrawn(bench: &mut Bench, n: u32) -> CaseId {
    let case = bench.identified(n);
    let own = bench.ledger.store_picture(format!("page of {n}").as_bytes()).unwrap();
    let shared = bench.ledger.store_picture(b"a page of several").unwrap();
    let scanned = |page, picture| Fact::MaterialScanned {
        material: "id_card".parse().unwrap(),
        page,
        picture,
        findings: Vec::new(),
    };
    let (before, after) = ("0737-4400000".to_owned(), PHONE.to_owned());
    let facts = [
        filled(),
        Fact::Corrected { correction: Correction::Entry { field: EntryField::Phone, before, after } },
        scanned(1, own),
        scanned(2, shared),
        Fact::Withdrawn { reason: format!("{HOME}的人改日再来") },
    ];
    let message = casework::outbox::NewMessage {
        body: format!(r#"{{"phone":"{PHONE}","name":"样本{n}"}}"#),
        ..message(&case, 7)
    };
    bench.ledger.keep_entry(Some(&case), "applicant.phone", PHONE, at(0)).unwrap();
    bench.record_with(&case, 2, &facts, &[message]).unwrap();
    case
}

fn filled() -> Fact {
    Fact::ApplicantFilled {
        mode: ApplicantMode::InPerson,
        hukou: Hukou::Local,
        hukou_basis: "户口簿".to_owned(),
        phone: PHONE.to_owned(),
        contact_address: HOME.to_owned(),
        department: "heshan".parse().unwrap(),
        demanded: Vec::new(),
        portrait: None,
        on: None,
    }
}

fn send_all(bench: &mut Bench) {
    let due: Vec<i64> = bench.ledger.all_messages().unwrap().iter().map(|message| message.id).collect();
    for message in bench.ledger.begin_sending(&due, at(60)).unwrap() {
        bench.ledger.settle(message.id, &Next::Done { receipt: "R-1".to_owned() }, at(61)).unwrap();
    }
}

fn erase(bench: &mut Bench, case: &CaseId) -> Result<Erased, LedgerError> {
    bench.ledger.erase(case, "保存期限已到", at(100_000), &clerk())
}

/// Every value of every table as text.
fn everything(bench: &Bench) -> Vec<String> {
    let raw = raw(bench.dir());
    let tables: Vec<String> = raw
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(tables.len() > 10);
    let mut values = Vec::new();
    for table in tables {
        let mut select = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            values.extend((0..columns).filter_map(|column| match row.get::<_, Value>(column).unwrap() {
                Value::Text(text) => Some(format!("{table}: {text}")),
                Value::Blob(bytes) => Some(format!("{table}: {}", String::from_utf8_lossy(&bytes))),
                Value::Null | Value::Integer(_) | Value::Real(_) => None,
            }));
        }
    }
    values
}

#[test]
fn nothing_of_an_erased_person_stays_and_the_ledger_is_sound() {
    let mut bench = Bench::new();
    let (first, second) = (withdrawn(&mut bench, 1), withdrawn(&mut bench, 2));
    send_all(&mut bench);
    let head = bench.ledger.head().unwrap();
    let number = id_number(1);
    let traces = |bench: &Bench, of: &[&str]| -> Vec<String> {
        everything(bench).into_iter().filter(|value| of.iter().any(|trace| value.contains(trace))).collect()
    };
    let of_first = ["样本1", number.as_str()];
    assert!(traces(&bench, &of_first).len() >= 3, "they were there");
    let erased = erase(&mut bench, &first).unwrap();
    assert_eq!(erased, Erased { facts: 6, pictures: 1 });
    assert_eq!(traces(&bench, &of_first), Vec::<String>::new());
    assert!(traces(&bench, &["样本2"]).len() >= 3, "the other one is still known");
    assert!(matches!(bench.ledger.case_facts(&first), Err(LedgerError::Erased { .. })));
    assert_eq!(bench.ledger.case_facts(&second).unwrap().len(), 7);
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    assert_eq!(bench.ledger.journal(head.n - 1, 1).unwrap()[0].n, head.n, "the rows from before are all there");
    let told = bench.ledger.station_facts().unwrap();
    assert!(matches!(&told[0].fact, StationFact::Erased { case, facts: 6, pictures: 1, .. } if *case == first));
    let by_name = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Any };
    let lines = bench.ledger.search(&by_name, None, 9).unwrap().lines;
    assert_eq!(lines.iter().filter(|line| line.name.is_none()).count(), 1, "its line stays without a name");
    assert!(bench.ledger.holder_cases(&number).unwrap().is_empty(), "who got no card is not known any more");
    // The second takes the shared page with it, and the phone and the address of both are gone.
    assert_eq!(erase(&mut bench, &second).unwrap().pictures, 2);
    assert_eq!(traces(&bench, &["样本", PHONE, HOME]), Vec::<String>::new());
    assert_eq!(bench.ledger.forget_entries(at(1)).unwrap(), 0, "what stood in its form went with it");
    bench.ledger.forget_log().unwrap();
    let bench = bench.restarted();
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    let files = std::fs::read_dir(bench.dir().join("blobs"))
        .unwrap()
        .flat_map(|fan| std::fs::read_dir(fan.unwrap().path()).unwrap());
    assert_eq!(files.count(), 0);
}

#[test]
fn a_delivered_card_leaves_its_number_and_the_rule_of_one_card_a_person() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 9).unwrap();
    let (case, number, attempt) = bench.attempted(1);
    let package = bench.ledger.store_picture(b"the package").unwrap();
    let facts = [
        Fact::CardConfirmed { attempt, number: number.clone() },
        delivered(),
        Fact::Sealed { package: package.clone() },
    ];
    bench.record(&case, 5, &facts).unwrap();
    // The station has a fact of its own about the package of this case, as an export leaves one.
    let told = [StationFact::Unmasked { case: case.clone(), reason: package.to_string() }];
    let actor = clerk();
    let entry = StationEntry { at: at(9), actor: &actor, facts: &told, password: None, tries: None };
    bench.ledger.record_station(entry).unwrap();
    erase(&mut bench, &case).unwrap();
    assert_eq!(bench.ledger.picture(&package).unwrap(), None);
    let lines = bench.ledger.holder_cases(&id_number(1)).unwrap();
    assert_eq!((lines.len(), lines[0].card.as_ref(), lines[0].name.as_ref()), (1, Some(&number), None));
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
    assert!(bench.ledger.numbers_balance().unwrap()[0].is_sound());
}

#[test]
fn what_is_open_or_unsent_is_not_erased_by_any_door() {
    let mut bench = Bench::new();
    let (open, unsent) = (bench.identified(1), withdrawn(&mut bench, 2));
    for case in [&open, &unsent] {
        assert!(matches!(erase(&mut bench, case), Err(LedgerError::NotErasable { .. })), "{case}");
    }
    assert_eq!(bench.ledger.station_facts().unwrap(), [], "nothing of a refused erasure stays");
    let late = date(2022, 1, 1);
    let standings: Vec<_> = bench.ledger.remembered(late).unwrap();
    assert_eq!(
        standings.iter().map(|one| (one.standing.end, one.standing.unsent)).collect::<Vec<_>>(),
        [(End::Draft, 0), (End::WithoutCard, 1)]
    );
    assert_eq!(bench.ledger.remembered(date(2021, 11, 8)).unwrap(), []);
    let day = date(2021, 11, 8);
    let run = LastRun { counted: day, clock: day };
    assert_eq!(bench.ledger.last_retention().unwrap(), Some(run), "the day of the first row");
    let run = LastRun { clock: late, ..run };
    bench.ledger.note_retention(run).unwrap();
    assert_eq!(bench.ledger.last_retention().unwrap(), Some(run));
    let raw = raw(bench.dir());
    for sql in [
        format!("INSERT INTO erasure (case_id, station_seq) VALUES ('{unsent}', 1)"),
        format!("UPDATE fact SET body = '{{\"erased\":true}}' WHERE case_id = '{unsent}'"),
        format!("UPDATE outbox SET body = '' WHERE case_id = '{unsent}'"),
    ] {
        let refused = raw.execute(&sql, []).unwrap_err();
        let words = refused.to_string();
        assert!(["not erased", "never changed", "frozen"].iter().any(|word| words.contains(word)), "{sql}: {words}");
    }
}

#[test]
fn an_erased_case_takes_nothing_any_more_and_no_other_body() {
    let mut bench = Bench::new();
    let case = withdrawn(&mut bench, 1);
    send_all(&mut bench);
    erase(&mut bench, &case).unwrap();
    assert!(matches!(erase(&mut bench, &case), Err(LedgerError::NotErasable { .. })), "twice");
    let late = Fact::NumberSpoiled { number: card(1), cause: "废".to_owned() };
    assert!(bench.record(&case, 7, &[late]).is_err());
    let raw = raw(bench.dir());
    for sql in [
        "UPDATE fact SET body = 'a new one' WHERE seq = 2",
        "UPDATE fact SET body_hash = body_hash || 'x' WHERE seq = 2",
        "UPDATE fact SET actor = 'clerk:other', body = '{\"erased\":true}' WHERE seq = 2",
        "UPDATE outbox SET body = 'a new one'",
        "UPDATE outbox SET body = '', receipt = 'R-2'",
        "DELETE FROM erasure",
        "DELETE FROM fact WHERE seq = 2",
    ] {
        assert!(raw.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn a_body_that_was_taken_away_without_a_row_is_told_from_an_erased_one() {
    let sound = |n| {
        let mut bench = Bench::new();
        let case = withdrawn(&mut bench, n);
        send_all(&mut bench);
        (bench, case)
    };
    let (bench, _) = sound(1);
    let report = tamper(&bench.closed(), "UPDATE fact SET body = '{\"erased\":true}' WHERE seq = 3");
    assert!(
        report.problems.iter().any(|problem| problem.contains("no erasure of its case is on record")),
        "{report:?}"
    );
    for (sql, told) in [
        (
            "UPDATE station_fact SET body = replace(body, '-0001', '-0009')",
            "its erasure is not the one that is on record",
        ),
        ("UPDATE fact SET body = '{}' WHERE seq = 3", "its body is not the one that was hashed"),
        ("DELETE FROM erasure", "no erasure of its case is on record"),
        ("UPDATE case_line SET name = '样本1'", "its erasure is not the one that is on record"),
    ] {
        let (mut bench, case) = sound(1);
        erase(&mut bench, &case).unwrap();
        let dir = bench.closed();
        assert_eq!(Ledger::verify(dir.path(), &key(dir.path())).unwrap().problems, Vec::<String>::new());
        let report = tamper(&dir, sql);
        assert!(report.problems.iter().any(|problem| problem.contains(told)), "{sql}: {:?}", report.problems);
    }
}

#[test]
fn the_uses_of_pictures_are_counted_alike_for_new_facts_and_for_those_from_before() {
    let mut bench = Bench::new();
    withdrawn(&mut bench, 1);
    withdrawn(&mut bench, 2);
    let raw = raw(bench.dir());
    let kept: Vec<u32> = raw
        .prepare("SELECT uses FROM picture ORDER BY uses")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(kept, [1, 1, 2]);
    let migration = include_str!("../../migrations/0008_erasure.sql");
    let begin = migration.find("UPDATE picture SET uses =\n").unwrap();
    let backfill = &migration[begin..begin + migration[begin..].find(';').unwrap()];
    raw.execute("UPDATE picture SET uses = 7", []).unwrap();
    raw.execute(backfill, []).unwrap();
    let counted: Vec<u32> = raw
        .prepare("SELECT uses FROM picture ORDER BY uses")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(counted, kept);
}
