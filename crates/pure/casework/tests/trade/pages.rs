//! Single pages: what was found on them stands before the gate, they are put in order, and originals are not forgotten.

use crate::bench::*;
use casework::{
    fact::{Fact, PageFinding},
    nouns::*,
    steps::{
        self, FieldWhy, Obstacle, Refusal,
        materials::{Found, Scan},
    },
};

fn at_the_papers() -> Walk {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Outside));
    walk.judge_eligibility();
    walk
}

fn found(code: &str) -> Found {
    Found { code: reason(code), measured: "41".to_owned(), threshold: "100".to_owned() }
}

fn scan(walk: &mut Walk, name: &str, findings: &[&str]) {
    let (id, page) = (material("id_card"), steps::materials::next_page(&walk.case, &material("id_card")));
    let scan = Scan { picture: picture(name), findings: findings.iter().map(|code| found(code)).collect() };
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, page, scan));
}

fn gaps_of(walk: &Walk, code: &str) -> Vec<String> {
    let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, today());
    gaps.into_iter().filter(|gap| gap.material == Some(material(code))).map(|gap| gap.reason.to_string()).collect()
}

fn order(walk: &Walk) -> Vec<PictureHash> {
    walk.case.material(&material("id_card")).unwrap().pages.values().cloned().collect()
}

/// S-22, S-43: the gate tells of a bad page until it is scanned anew.
#[test]
fn a_bad_page_stands_before_the_gate_until_it_is_scanned_anew() {
    let mut walk = at_the_papers();
    scan(&mut walk, "first", &["PAGE_DARK", "PAGE_CUT"]);
    scan(&mut walk, "second", &["PAGE_DARK"]);
    let id = material("id_card");
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    assert_eq!(gaps_of(&walk, "id_card"), ["PAGE_DARK", "PAGE_CUT"], "each reason once");
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 1, picture("first again")));
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 2, picture("second again")));
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    assert_eq!(gaps_of(&walk, "id_card"), Vec::<String>::new());
}

#[test]
fn a_bad_page_is_kept_by_a_person_who_says_why() {
    let mut walk = at_the_papers();
    scan(&mut walk, "first", &["PAGE_BLURRED"]);
    let id = material("id_card");
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    let silent = walk.refusal(|case, pack| steps::materials::keep(case, pack, &id, 1, " "));
    assert!(matches!(silent, Refusal::Correct(faults) if faults[0].field == "reason"));
    walk.act(|case, pack| steps::materials::keep(case, pack, &id, 1, "原件本身就不清楚，字认得出"));
    assert_eq!(gaps_of(&walk, "id_card"), Vec::<String>::new());
    let kept = &walk.case.material(&id).unwrap().kept[&1];
    assert_eq!((kept.reason.as_str(), &kept.by), ("原件本身就不清楚，字认得出", &clerk()));
    let good = walk.refusal(|case, pack| steps::materials::keep(case, pack, &material("residence_permit"), 1, "好"));
    assert_eq!(good, Refusal::NotNow(Obstacle::NothingFound));
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 1, Scan::from(picture("third"))));
    assert!(walk.case.material(&id).unwrap().kept.is_empty(), "the word was about the page before");
}

#[test]
fn a_finding_that_only_warns_stops_nobody() {
    let text =
        YIYANG.replacen("code = \"PAGE_CUT\"\nseverity = \"block\"", "code = \"PAGE_CUT\"\nseverity = \"warn\"", 1);
    let lenient = casework::pack::PolicyPack::parse("lenient.toml", &text).unwrap();
    let mut walk = Walk::open(lenient, CaseKind::First, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    scan(&mut walk, "first", &["PAGE_CUT"]);
    walk.act(|case, pack| steps::materials::check(case, pack, &material("id_card"), true, Vec::new()));
    assert_eq!(gaps_of(&walk, "id_card"), Vec::<String>::new());
}

/// S-43: several pages, their order, and one taken out again; before and after are one fact.
#[test]
fn pages_are_put_in_order_and_taken_out_in_one_fact() {
    let mut walk = at_the_papers();
    let id = material("id_card");
    for name in ["a", "b", "c"] {
        scan(&mut walk, name, if name == "c" { &["PAGE_DARK"] } else { &[] });
    }
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    let recorded = walk.act(|case, pack| steps::materials::arrange(case, pack, &id, &[3, 1])).to_vec();
    let [one] = &recorded[..] else { panic!("one fact, not {}", recorded.len()) };
    let Fact::PagesArranged { before, after, .. } = &one.fact else { panic!("{:?}", one.fact) };
    assert_eq!((before.len(), after), (3, &vec![picture("c"), picture("a")]));
    assert_eq!(order(&walk), [picture("c"), picture("a")]);
    let state = walk.case.material(&id).unwrap();
    assert_eq!(state.findings.keys().collect::<Vec<_>>(), [&1], "a finding goes with its page");
    assert!(state.check.is_none(), "the check rested on the pages as they were");
    assert_eq!(steps::materials::next_page(&walk.case, &id), 3);
}

#[test]
fn an_order_names_pages_that_are_there_each_once() {
    let mut walk = at_the_papers();
    let id = material("id_card");
    let none = walk.refusal(|case, pack| steps::materials::arrange(case, pack, &id, &[1]));
    assert_eq!(none, Refusal::NotNow(Obstacle::NotScanned));
    scan(&mut walk, "a", &[]);
    scan(&mut walk, "b", &[]);
    for (bad, why) in [(&[1, 1][..], FieldWhy::NotAPage), (&[3, 1], FieldWhy::NotAPage), (&[1, 2], FieldWhy::Unchanged)]
    {
        let Refusal::Correct(faults) = walk.refusal(|case, pack| steps::materials::arrange(case, pack, &id, bad))
        else {
            panic!("{bad:?}")
        };
        assert_eq!(faults[0].why, why, "{bad:?}");
    }
}

#[test]
fn one_picture_is_one_page_of_a_material() {
    let mut walk = at_the_papers();
    scan(&mut walk, "a", &[]);
    let again = walk.refusal(|case, pack| steps::materials::scan(case, pack, &material("id_card"), 2, picture("a")));
    assert_eq!(again, Refusal::NotNow(Obstacle::PageTwice));
}

/// S-11: the paper lies on the counter, whatever becomes of its picture or of the entry that asked for it.
#[test]
fn an_original_is_not_forgotten_with_its_pages() {
    let mut walk = at_the_papers();
    let permit = material("residence_permit");
    walk.act(|case, pack| steps::materials::scan(case, pack, &permit, 1, picture("permit")));
    walk.act(|case, pack| steps::materials::arrange(case, pack, &permit, &[]));
    assert_eq!(gaps_of(&walk, "residence_permit"), ["PERMIT_MISSING"]);
    assert_eq!(steps::materials::unreturned(&walk.case, &walk.pack), std::slice::from_ref(&permit));
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    assert!(!walk.case.applicant().unwrap().demanded.contains(&permit));
    assert_eq!(steps::materials::unreturned(&walk.case, &walk.pack), std::slice::from_ref(&permit));
    let left = walk.refusal(|case, pack| casework::doors::withdraw(case, pack, "不办了"));
    assert_eq!(left, Refusal::Refused(vec![reason("ORIGINAL_NOT_RETURNED")]));
    walk.act(|case, pack| steps::materials::give_back(case, pack, &permit));
    walk.act(|case, pack| casework::doors::withdraw(case, pack, "不办了"));
}

#[test]
fn a_scan_from_before_pages_were_measured_reads_as_it_was_written() {
    let old = format!(r#"{{"fact":"material_scanned","material":"id_card","page":1,"picture":"{}"}}"#, picture("a"));
    let fact: Fact = serde_json::from_str(&old).unwrap();
    assert_eq!(fact.body(), old);
    let Fact::MaterialScanned { findings, .. } = fact else { panic!("other fact") };
    assert_eq!(findings, Vec::<PageFinding>::new());
}

/// Domain 3.3: what the person signs names material, form, deadline and consequence, and stands in the record.
#[test]
fn a_promise_is_written_down_as_it_was_told() {
    let second = include_str!("../../../../../fixtures/packs/sample-allowance.toml");
    let pack = casework::pack::PolicyPack::parse("sample-allowance.toml", second).unwrap();
    let bank = pack.material(&material("bank_card")).unwrap();
    let until = steps::materials::latest_promise(bank, today());
    let told = steps::materials::promise_notice(bank, until).unwrap();
    for part in ["本人银行卡", "到窗口补交", "2021年11月18日", "这次申请作废"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let first = casework::pack::PolicyPack::parse("yiyang-2021.toml", YIYANG).unwrap();
    for material in first.materials() {
        assert_eq!(steps::materials::promise_notice(material, today()), None, "{}", material.code);
    }
}
