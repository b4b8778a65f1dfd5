//! Searching: by name, number, person, day and stage; newest first and a page at a time.

use casework::{
    fact::{Fact, IdentityField},
    nouns::*,
};
use jiff::civil::{Date, date};
use ledger::{NameMatch, NumberBalance, Search, Sought, Stage, StageAsked};
use proptest::prelude::*;

use crate::bench::*;

const ANY: Search = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Any };

fn named(text: &str, how: NameMatch) -> Search {
    Search { sought: Sought::Name { text: text.to_owned(), how }, ..ANY }
}

/// A case of a day whose applicant has this name: two facts.
fn person(bench: &mut Bench, day: &str, n: u32, name: &str) -> CaseId {
    let case: CaseId = format!("XXC-{day}-{n:04}").parse().unwrap();
    let Fact::Identified { role, mut identity, .. } = identified(n) else { unreachable!() };
    identity.name = name.parse().unwrap();
    bench.record(&case, 0, &[opened(), Fact::Identified { role, identity, reused: None }]).unwrap();
    case
}

/// The numbers of the cases found, of all pages of `most` each.
fn all(bench: &Bench, search: &Search, most: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut mark = None;
    loop {
        let page = bench.ledger.search(search, mark.as_ref(), most).unwrap();
        assert!(page.lines.len() <= most);
        found.extend(page.lines.iter().map(|line| line.case.as_str()[4..].to_owned()));
        match page.more {
            Some(more) => mark = Some(more),
            None => return found,
        }
    }
}

fn village() -> Bench {
    let mut bench = Bench::new();
    for (day, n, name) in [
        ("20200601", 1, "欧阳𬭚"),
        ("20200601", 2, "阳文秀"),
        ("20210105", 1, "阿依古丽\u{b7}买买提"),
        ("20210105", 2, "王%秀"),
        ("20211108", 1, "䶮明"),
        ("20211108", 2, "欧阳文秀"),
    ] {
        person(&mut bench, day, n, name);
    }
    bench
}

#[test]
fn a_name_is_found_whole_by_its_beginning_and_by_any_part() {
    let bench = village();
    for (text, how, expected) in [
        ("欧阳𬭚", NameMatch::Whole, vec!["20200601-0001"]),
        ("欧阳", NameMatch::Whole, vec![]),
        ("欧阳", NameMatch::Beginning, vec!["20211108-0002", "20200601-0001"]),
        ("阳", NameMatch::Beginning, vec!["20200601-0002"]),
        ("阳", NameMatch::Part, vec!["20211108-0002", "20200601-0002", "20200601-0001"]),
        ("阳文秀", NameMatch::Part, vec!["20211108-0002", "20200601-0002"]),
        ("欧阳文秀", NameMatch::Part, vec!["20211108-0002"]),
        ("欧阳文丽", NameMatch::Part, vec![]),
        ("𬭚", NameMatch::Part, vec!["20200601-0001"]),
        ("䶮", NameMatch::Part, vec!["20211108-0001"]),
        ("古丽\u{2022}买", NameMatch::Part, vec!["20210105-0001"]),
        ("李", NameMatch::Part, vec![]),
    ] {
        assert_eq!(all(&bench, &named(text, how), 20), expected, "{text} {how:?}");
    }
}

#[test]
fn no_character_of_a_question_is_a_wildcard() {
    let bench = village();
    assert_eq!(all(&bench, &named("%", NameMatch::Part), 20), ["20210105-0002"]);
    for text in ["_", "*", "?", "%%", "王_秀", "' OR 1=1 --", "\"", "[王]"] {
        assert_eq!(all(&bench, &named(text, NameMatch::Part), 20), Vec::<String>::new(), "{text}");
        for sought in [Sought::Case(text.to_owned()), Sought::Card(text.to_owned())] {
            assert_eq!(all(&bench, &Search { sought, ..ANY }, 20), Vec::<String>::new(), "{text}");
        }
    }
}

#[test]
fn days_are_included_at_both_ends_and_narrow_every_search() {
    let bench = village();
    let days = |from, to| Search { from, to, ..ANY };
    let (new_year, june) = (date(2021, 1, 5), date(2020, 6, 1));
    assert_eq!(all(&bench, &days(Some(new_year), Some(new_year)), 20), ["20210105-0002", "20210105-0001"]);
    assert_eq!(all(&bench, &days(Some(new_year), None), 20).len(), 4);
    assert_eq!(all(&bench, &days(None, Some(june)), 20).len(), 2);
    assert_eq!(all(&bench, &days(None, Some(Date::MAX)), 20).len(), 6);
    assert_eq!(all(&bench, &days(Some(new_year), Some(june)), 20), Vec::<String>::new());
    let narrowed = Search { to: Some(june), ..named("欧阳", NameMatch::Part) };
    assert_eq!(all(&bench, &narrowed, 20), ["20200601-0001"]);
    let case = Search { sought: Sought::Case("XXC-2021".to_owned()), to: Some(new_year), ..ANY };
    assert_eq!(all(&bench, &case, 20), ["20210105-0002", "20210105-0001"]);
}

#[test]
fn a_stage_narrows_every_search() {
    let mut bench = village();
    let case: CaseId = "XXC-20200601-0001".parse().unwrap();
    bench.record(&case, 2, &[Fact::Withdrawn { reason: "本人撤回".to_owned() }]).unwrap();
    let of = |stage| Search { stage, ..ANY };
    assert_eq!(all(&bench, &of(StageAsked::Only(Stage::Withdrawn)), 20), ["20200601-0001"]);
    assert_eq!(all(&bench, &of(StageAsked::Open), 20).len(), 5);
    assert_eq!(bench.ledger.count_open().unwrap(), 5);
    let named = |stage| Search { stage, ..named("阳", NameMatch::Part) };
    assert_eq!(all(&bench, &named(StageAsked::Open), 20), ["20211108-0002", "20200601-0002"]);
    assert_eq!(all(&bench, &named(StageAsked::Only(Stage::Withdrawn)), 20), ["20200601-0001"]);
}

#[test]
fn a_case_is_found_by_its_number_or_how_it_begins() {
    let bench = village();
    let case = |text: &str| Search { sought: Sought::Case(text.to_owned()), ..ANY };
    assert_eq!(all(&bench, &case("XXC-20211108-0001"), 20), ["20211108-0001"]);
    assert_eq!(all(&bench, &case("XXC-2020"), 20), ["20200601-0002", "20200601-0001"]);
    assert_eq!(all(&bench, &case("XXC-20211108-0001x"), 20), Vec::<String>::new());
}

#[test]
fn a_case_is_found_by_every_number_it_had_and_shows_the_good_one() {
    let mut bench = Bench::new();
    bench.ledger.grant_block(1, 99).unwrap();
    let (case, spoiled) = bench.numbered(1);
    bench.record(&case, 4, &[Fact::NumberSpoiled { number: spoiled.clone(), cause: "空白证脏了".to_owned() }]).unwrap();
    let line = |bench: &Bench, number: &CardNumber| {
        let search = Search { sought: Sought::Card(number.to_string()), ..ANY };
        let mut found = bench.ledger.search(&search, None, 20).unwrap();
        assert_eq!(found.lines.len(), 1);
        found.lines.remove(0)
    };
    assert_eq!(line(&bench, &spoiled).card, None);
    let good = card(2);
    bench.record(&case, 5, &[Fact::NumberReserved { number: good.clone(), from: NumberFrom::Block }]).unwrap();
    for number in [&spoiled, &good] {
        assert_eq!(line(&bench, number).card.as_ref(), Some(&good));
    }
    bench.numbered(2);
    let beginning = Search { sought: Sought::Card("YYXXC".to_owned()), ..ANY };
    assert_eq!(all(&bench, &beginning, 1), ["20211108-0002", "20211108-0001"], "a case with two numbers comes up once");
}

#[test]
fn a_person_is_found_by_the_number_of_the_identity_card() {
    let mut bench = village();
    person(&mut bench, "20220301", 2, "阳文秀");
    let of = |n| Search { sought: Sought::Holder(id_number(n)), ..ANY };
    assert_eq!(all(&bench, &of(2), 1), ["20220301-0002", "20211108-0002", "20210105-0002", "20200601-0002"]);
    assert_eq!(all(&bench, &of(77), 20), Vec::<String>::new());
}

#[test]
fn a_name_that_was_set_aside_is_found_no_more_and_the_new_one_is() {
    let mut bench = village();
    let case: CaseId = "XXC-20200601-0002".parse().unwrap();
    let set_aside = Fact::FieldOverridden {
        role: Role::Applicant,
        field: IdentityField::Name,
        before: "阳文秀".to_owned(),
        after: "阳文琇".to_owned(),
        reason: "证面是琇".to_owned(),
    };
    bench.record(&case, 2, &[set_aside]).unwrap();
    assert_eq!(all(&bench, &named("文琇", NameMatch::Part), 20), ["20200601-0002"]);
    assert_eq!(all(&bench, &named("文秀", NameMatch::Part), 20), ["20211108-0002"]);
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
}

#[test]
fn debug_hides_who_was_searched_for() {
    let told = format!("{:?} {:?}", named("欧阳𬭚", NameMatch::Part), Sought::Holder(id_number(1)));
    assert!(!told.contains('欧') && !told.contains("1951"), "{told}");
}

#[test]
fn a_ledger_of_the_first_schema_is_brought_along_with_its_names_numbers_and_messages() {
    let mut bench = village();
    bench.ledger.grant_block(1, 99).unwrap();
    let (case, _) = bench.numbered(9);
    bench.record_with(&case, 4, &[], &[message(&case, 3)]).unwrap();
    let expected = (all(&bench, &named("阳", NameMatch::Part), 20), bench.ledger.numbers_balance().unwrap());
    assert_eq!(expected.1, [NumberBalance { drawn: 1, accounted: 1, reserved: 1, ..expected.1[0] }]);
    let dir = bench.closed();
    let (dir, head) = as_the_first_schema_had_it(&dir);
    let ledger = ledger::Ledger::open(dir.path(), &key(dir.path())).unwrap();
    assert_eq!(ledger.numbers_balance().unwrap(), expected.1);
    assert_eq!(ledger.outbox_counts().unwrap(), [(ledger::MessageState::Due, 1)].into());
    let report = ledger.report().unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert_eq!(report.head.hash.to_hex(), head, "rows that were there keep their hashes");
    let page = ledger.search(&named("阳", NameMatch::Part), None, 20).unwrap();
    assert_eq!(page.lines.len(), expected.0.len());
}

/// A ledger of the first schema with the rows of this one, column by column; and the hash of its newest row.
fn as_the_first_schema_had_it(now: &tempfile::TempDir) -> (tempfile::TempDir, String) {
    let old = tempfile::tempdir().unwrap();
    std::fs::copy(now.path().join("ledger.key"), old.path().join("ledger.key")).unwrap();
    let raw = raw(old.path());
    raw.execute_batch(include_str!("../../migrations/0001_first.sql")).unwrap();
    let key = std::fs::read_to_string(now.path().join("ledger.key")).unwrap();
    let file = now.path().join("ledger.db");
    raw.execute(&format!("ATTACH ?1 AS later KEY \"x'{key}'\""), [file.to_str().unwrap()]).unwrap();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    let tables = "SELECT name, (SELECT group_concat(name) FROM pragma_table_info(t.name)) FROM pragma_table_list t
                  WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables: Vec<(String, String)> = raw
        .prepare(tables)
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (table, columns) in tables {
        raw.execute(&format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM later.{table}"), []).unwrap();
    }
    raw.pragma_update(None, "user_version", 1).unwrap();
    let head = raw.query_row("SELECT hash FROM main.journal ORDER BY n DESC LIMIT 1", [], |row| row.get(0)).unwrap();
    (old, head)
}

fn name() -> impl Strategy<Value = String> {
    // Few characters, so that parts repeat.
    proptest::string::string_regex("[王李欧阳𬭚䶮·•]{1,6}").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Searching agrees with reading every name, whatever the page.
    #[test]
    fn a_search_finds_what_reading_every_name_finds(
        names in prop::collection::vec(name(), 1..12),
        question in name(),
        most in 1usize..5,
    ) {
        let mut bench = Bench::new();
        for (name, n) in names.iter().zip(1..) {
            person(&mut bench, "20211108", n, name);
        }
        let folded = |name: &str| name.replace('•', "·");
        for how in [NameMatch::Whole, NameMatch::Beginning, NameMatch::Part] {
            let mut expected: Vec<String> = names
                .iter()
                .zip(1..)
                .filter(|(name, _)| match how {
                    NameMatch::Whole => folded(name) == folded(&question),
                    NameMatch::Beginning => folded(name).starts_with(&folded(&question)),
                    NameMatch::Part => folded(name).contains(&folded(&question)),
                })
                .map(|(_, n): (_, u32)| format!("20211108-{n:04}"))
                .collect();
            expected.reverse();
            prop_assert_eq!(all(&bench, &named(&question, how), most), expected);
        }
    }
}
