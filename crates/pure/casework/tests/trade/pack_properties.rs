//! What holds for every pack, person and day: verdicts rest on nothing but facts, pack and date, what is demanded can be
//! asked again, and the order in which a pack was written changes nothing.

use std::sync::LazyLock;

use crate::bench::*;
use casework::{
    fact::Identity,
    nouns::*,
    pack::{PolicyPack, Situation},
    steps::{self, applicant, applicant::Entry, eligibility},
    what_if,
};
use jiff::civil::{Date, date};
use proptest::{prelude::*, sample::select, sample::subsequence};

const SECOND: &str = include_str!("../../../../../fixtures/packs/sample-allowance.toml");

static FIRST: LazyLock<PolicyPack> = LazyLock::new(pack);
static SECOND_ITEM: LazyLock<PolicyPack> =
    LazyLock::new(|| PolicyPack::parse("sample-allowance.toml", SECOND).expect("the shipped pack is sound"));

fn day(from: i16, to: i16) -> impl Strategy<Value = Date> {
    (from..=to, 1i8..=12, 1i8..=31).prop_map(|(year, month, day)| {
        Date::new(year, month, day).unwrap_or_else(|_| Date::new(year, month, 28).expect("every month has a 28th"))
    })
}

fn level() -> impl Strategy<Value = WindowLevel> {
    select(WindowLevel::ALL.to_vec())
}

/// What a clerk enters of a person, and where.
#[derive(Debug, Clone)]
struct Told {
    kind: CaseKind,
    mode: ApplicantMode,
    hukou: Hukou,
    level: WindowLevel,
    department: usize,
    birth: Date,
    holds: bool,
}

fn told() -> impl Strategy<Value = Told> {
    let axes = (select(CaseKind::ALL.to_vec()), select(ApplicantMode::ALL.to_vec()), select(Hukou::ALL.to_vec()));
    (axes, level(), 0..9usize, day(1915, 1965), any::<bool>()).prop_map(
        |((kind, mode, hukou), level, department, birth, holds)| Told {
            kind,
            mode,
            hukou,
            level,
            department,
            birth,
            holds,
        },
    )
}

impl Told {
    fn county(&self, pack: &PolicyPack) -> CountyId {
        pack.districts()[self.department % pack.districts().len()].id.clone()
    }

    fn entry(&self, pack: &PolicyPack) -> Entry {
        Entry { department: Some(self.county(pack)), ..entry(self.mode, self.hukou) }
    }

    fn situation(&self, pack: &PolicyPack, on: Date) -> Situation {
        Situation {
            kind: self.kind,
            mode: self.mode,
            hukou: self.hukou,
            window_level: self.level,
            department: self.county(pack),
            birth: self.birth,
            on,
        }
    }

    fn facts(&self, pack: &PolicyPack, on: Date) -> what_if::Facts {
        what_if::Facts {
            title: "某人".to_owned(),
            kind: self.kind,
            mode: self.mode,
            hukou: self.hukou,
            window_level: self.level,
            department: self.county(pack),
            birth: self.birth,
            document: DocumentKind::Resident,
            valid_until: ValidUntil::LongTerm,
            holds_a_card: self.holds,
            on,
            laid: Some(what_if::Laid::default()),
        }
    }
}

fn fill(walk: &mut Walk, told: &Told, on: Date) {
    let entry = told.entry(&walk.pack);
    walk.act(|case, pack| applicant::fill(case, pack, entry, &told.county(pack), on));
}

/// A pack text cut before each of its tables.
fn blocks(text: &str) -> (String, Vec<String>) {
    let mut all: Vec<String> = vec![String::new()];
    for line in text.lines() {
        if line.starts_with('[') {
            all.push(String::new());
        }
        let last = all.last_mut().expect("there is one from the beginning");
        last.push_str(line);
        last.push('\n');
    }
    let head = all.remove(0);
    (head, all)
}

/// The same pack in another order: its tables by `keys`, except that the levels of the rating stay in theirs, and the
/// lines of each table backwards where every line is a whole key.
fn reordered(text: &str, keys: &[u32], backwards: bool) -> String {
    let (head, tables) = blocks(text);
    let mut keyed: Vec<(u32, String)> = Vec::new();
    for (at, table) in tables.into_iter().enumerate() {
        let key = if table.starts_with("[[rating]]") { u32::MAX } else { keys[at % keys.len()] };
        keyed.push((key, if backwards { upside_down(&table) } else { table }));
    }
    keyed.sort_by_key(|(key, _)| *key);
    let tables: String = keyed.into_iter().map(|(_, table)| table).collect();
    format!("{head}{tables}")
}

fn upside_down(table: &str) -> String {
    let lines: Vec<&str> = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let whole = |line: &&str| line.contains(" = ") && !line.ends_with('[');
    match lines.split_first() {
        Some((header, rest)) if rest.iter().all(whole) => {
            let rest: Vec<&str> = rest.iter().rev().copied().collect();
            format!("{header}\n{}\n\n", rest.join("\n"))
        }
        Some(_) | None => table.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// F-62: whoever has the record and the pack comes to the same verdict and the same demand, years later.
    #[test]
    fn verdict_and_demand_can_be_asked_for_again_from_the_record(told in told(), on in day(2021, 2030), second: bool) {
        let pack = if second { &*SECOND_ITEM } else { &*FIRST };
        let mut walk = Walk::open(pack.clone(), told.kind, told.level);
        walk.identify(Role::Applicant, person("王芳", told.birth, 6));
        fill(&mut walk, &told, on);
        walk.act(|case, pack| eligibility::judge(case, pack, on, told.holds));
        let later = casework::case::Case::replay(&walk.record).unwrap();
        prop_assert_eq!(eligibility::replayed(&later, pack), later.verdict().map(|verdict| verdict.rules.clone()));
        let entered = later.applicant().unwrap();
        let asked = applicant::demand(pack, &later.situation().unwrap());
        prop_assert_eq!(asked, (entered.demanded.clone(), entered.portrait.clone()));
        prop_assert_eq!(later.situation().unwrap(), told.situation(pack, on));
    }

    /// The other window, clerk or person with the same facts gets the same answer, and the what-if the same as the step.
    #[test]
    fn nothing_but_facts_pack_and_date_sways_an_answer(told in told(), on in day(2021, 2022), order in 1u16..900) {
        let mut walk = Walk::open(FIRST.clone(), told.kind, told.level);
        let other = Identity { name: "李秀".parse().unwrap(), ..person("王芳", told.birth, order) };
        walk.identify(Role::Applicant, other);
        fill(&mut walk, &told, on);
        walk.act(|case, pack| eligibility::judge(case, pack, on, told.holds));
        let facts = told.facts(&FIRST, on);
        if FIRST.in_force(on) {
            let outcome = what_if::judge(&FIRST, &facts);
            prop_assert_eq!(&walk.case.verdict().unwrap().rules, &outcome.rules);
            let nothing_brought = outcome.gaps.unwrap();
            prop_assert!(nothing_brought.iter().filter(|gap| gap.material.is_some()).count() == outcome.demanded.len());
        }
    }

    #[test]
    fn the_order_in_which_a_pack_was_written_changes_nothing_but_its_hash(
        keys in proptest::collection::vec(0..1000u32, 20..120), backwards: bool, second: bool, told in told(),
        on in day(2021, 2022)
    ) {
        let text = if second { SECOND } else { YIYANG };
        let plain = if second { &*SECOND_ITEM } else { &*FIRST };
        let other = reordered(text, &keys, backwards);
        let moved = PolicyPack::parse("moved.toml", &other).unwrap_or_else(|error| panic!("{error}\n{other}"));
        prop_assert_eq!(moved.hash() == plain.hash(), other == text);
        prop_assert_eq!(moved.rules(), plain.rules());
        let facts = told.facts(plain, on);
        let (before, after) = (what_if::judge(plain, &facts), what_if::judge(&moved, &facts));
        prop_assert_eq!(&before.rules, &after.rules);
        prop_assert_eq!((before.eligible, before.changes_on), (after.eligible, after.changes_on));
        prop_assert_eq!(&before.route, &after.route);
        let set = |outcome: &what_if::Outcome| {
            let mut codes = outcome.demanded.clone();
            codes.sort();
            codes
        };
        prop_assert_eq!(set(&before), set(&after));
        for district in plain.districts() {
            prop_assert_eq!(moved.call_for(Some(&district.id)), plain.call_for(Some(&district.id)));
            prop_assert_eq!(moved.platform_for(&district.id), plain.platform_for(&district.id));
        }
    }

    /// On a pack whose demand rests on the age, the level and the department as well.
    #[test]
    fn changed_entries_forget_every_paper_that_is_no_longer_demanded(
        first in told(), second in told(), days in 0i64..4000, scanned in subsequence(vec![0usize, 1, 2, 3], 0..=4)
    ) {
        let second = Told { kind: first.kind, level: first.level, birth: first.birth, ..second };
        let mut walk = Walk::open(SECOND_ITEM.clone(), first.kind, first.level);
        walk.identify(Role::Applicant, person("王芳", first.birth, 6));
        fill(&mut walk, &first, today());
        for at in scanned {
            let code = SECOND_ITEM.materials()[at].code.clone();
            if let Ok(facts) = steps::materials::scan(&walk.case, &SECOND_ITEM, &code, 1, picture("page")) {
                walk.write(&facts);
            }
        }
        let before = walk.case.clone();
        let later = today().checked_add(jiff::Span::new().days(days)).unwrap();
        fill(&mut walk, &second, later);
        let wanted = applicant::demand(&SECOND_ITEM, &second.situation(&SECOND_ITEM, later)).0;
        prop_assert!(applicant::is_current(&walk.case, &SECOND_ITEM, later));
        prop_assert_eq!(&walk.case.applicant().unwrap().demanded, &wanted);
        prop_assert!(walk.case.materials().iter().all(|(code, state)| wanted.contains(code) || only_lies_here(state)));
        for (code, state) in before.materials().iter().filter(|(code, _)| wanted.contains(code)) {
            prop_assert_eq!(walk.case.material(code), Some(state), "what is still demanded stays");
        }
    }

    /// Every day in between: the entries are asked for again exactly when another demand has come to hold.
    #[test]
    fn entries_are_outdated_exactly_when_the_demand_has_changed(told in told(), days in 0i64..8000) {
        let mut walk = Walk::open(SECOND_ITEM.clone(), told.kind, told.level);
        walk.identify(Role::Applicant, person("王芳", told.birth, 6));
        fill(&mut walk, &told, today());
        let later = today().checked_add(jiff::Span::new().days(days)).unwrap();
        let demand = |on| applicant::demand(&SECOND_ITEM, &told.situation(&SECOND_ITEM, on));
        let gaps = steps::acceptance::gaps(&walk.case, &SECOND_ITEM, later);
        let outdated = gaps.iter().any(|gap| gap.reason == reason("ENTRIES_OUTDATED"));
        prop_assert_eq!(outdated, demand(today()) != demand(later));
    }

    /// 29 February: the day on which the age is reached is the same for the verdict and for what the person is told,
    /// whichever day the pack puts the birthday on.
    #[test]
    fn who_was_born_on_29_february_is_old_enough_from_the_day_that_was_told(leap in 479i16..=491, march: bool) {
        let birth = date(leap * 4, 2, 29);
        let value = if march { "first_of_march" } else { "last_of_february" };
        let text = YIYANG.replacen("value = \"last_of_february\"", &format!("value = \"{value}\""), 1);
        let pack = PolicyPack::parse("leap.toml", &text).unwrap();
        let from = eligibility::eligible_from(birth, &pack).unwrap();
        let wanted = if march { date(leap * 4 + 65, 3, 1) } else { date(leap * 4 + 65, 2, 28) };
        prop_assert_eq!(from, wanted);
        let asked = |on| eligibility::Question {
            kind: CaseKind::First,
            hukou: Hukou::Local,
            birth,
            document: DocumentKind::Resident,
            valid_until: ValidUntil::LongTerm,
            holds_a_card: false,
            on,
        };
        let old_enough = |on| eligibility::rules_fired(&pack, &asked(on)).iter().all(|rule| rule.passed);
        prop_assert!(old_enough(from) && !old_enough(from.yesterday().unwrap()));
    }
}
