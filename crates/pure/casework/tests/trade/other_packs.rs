//! Packs other than the first: the item that has ended, and a second item that needs no change of code.

use crate::bench::*;
use casework::{
    doors,
    fact::Identity,
    nouns::*,
    pack::{ItemStatus, PolicyPack},
    steps::{self, Obstacle, Refusal, Step},
    what_if,
};
use jiff::civil::date;

const SUNSET: &str = include_str!("../../../../../fixtures/packs/hunan-2022-sunset.toml");
const SECOND: &str = include_str!("../../../../../fixtures/packs/sample-allowance.toml");

fn sunset() -> PolicyPack {
    PolicyPack::parse("hunan-2022-sunset.toml", SUNSET).expect("the shipped pack is sound")
}

fn second() -> PolicyPack {
    PolicyPack::parse("sample-allowance.toml", SECOND).expect("the shipped pack is sound")
}

#[test]
fn the_ended_item_makes_no_case_and_says_what_to_bring() {
    let pack = sunset();
    assert_eq!(pack.status(), ItemStatus::Ended);
    assert_eq!(pack.effective().from, date(2022, 3, 1));
    for day in [date(2021, 11, 8), date(2022, 3, 1), date(2026, 1, 1)] {
        let window: WindowCode = "HSLJ01".parse().unwrap();
        let opened = doors::open(&pack, CaseKind::First, window, WindowLevel::Village, false, day);
        assert_eq!(opened, Err(Refusal::Refused(vec![reason("ITEM_ENDED")])));
    }
    let ended = pack.reason(&reason("ITEM_ENDED")).unwrap();
    assert!(ended.remedy.as_str().contains("凭身份证即可享受优待"));
}

fn very_old() -> Identity {
    Identity { address: "青禾市青禾县某镇某村".to_owned(), ..person("王芳", date(1940, 2, 2), 6) }
}

fn fill(walk: &mut Walk, mode: ApplicantMode) {
    let entry = entry(mode, Hukou::Local);
    walk.act(|case, pack| steps::applicant::fill(case, pack, entry, &county("qinghe"), today()));
}

#[test]
fn a_second_item_runs_end_to_end_with_a_promise_instead_of_a_paper() {
    let mut walk = Walk::open(second(), CaseKind::First, WindowLevel::Village);
    walk.identify(Role::Applicant, very_old());
    fill(&mut walk, ApplicantMode::InPerson);
    walk.judge_eligibility();
    let id = material("id_card");
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 1, picture("id")));
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    walk.act(|case, pack| steps::materials::give_back(case, pack, &id));
    let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, today());
    assert_eq!(gaps.iter().map(|gap| gap.reason.as_str()).collect::<Vec<_>>(), ["BANK_CARD_MISSING"]);

    let bank = material("bank_card");
    let by = |walk: &Walk, day| steps::materials::promise(&walk.case, &walk.pack, &bank, day, today());
    assert!(matches!(by(&walk, date(2021, 11, 19)), Err(Refusal::Correct(_))), "eleven days are too many");
    assert!(matches!(by(&walk, date(2021, 11, 7)), Err(Refusal::Correct(_))), "yesterday is no promise");
    let not_this = walk.refusal(|case, pack| steps::materials::promise(case, pack, &id, date(2021, 11, 18), today()));
    assert_eq!(not_this, Refusal::NotNow(Obstacle::NotTolerated));
    let facts = by(&walk, date(2021, 11, 18)).unwrap();
    walk.write(&facts);
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Acceptance, "this item asks for no photo");

    walk.accept();
    assert_eq!(walk.reserve(7).as_str(), "CS-00000007");
    walk.print(None, PrintOutcome::DeviceConfirmed);
    walk.confirm();
    let by_card = walk.refusal(|case, pack| {
        steps::delivery::deliver(case, pack, morning(), &handing(&[DeliveryProof::IdCard], Receiver::Applicant))
    });
    assert_eq!(by_card, Refusal::Refused(vec![reason("DELIVERY_PROOF_NOT_ACCEPTED")]));
    walk.deliver(DeliveryProof::ReceiptList, Receiver::Applicant);
    walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), clerk()));
    walk.act(|case, pack| steps::archive::seal(case, pack, picture("package")));
    assert!(walk.case.is_closed());
}

#[test]
fn a_promise_is_gone_once_the_paper_is_there() {
    let mut walk = Walk::open(second(), CaseKind::First, WindowLevel::Village);
    walk.identify(Role::Applicant, very_old());
    fill(&mut walk, ApplicantMode::InPerson);
    let bank = material("bank_card");
    walk.act(|case, pack| steps::materials::promise(case, pack, &bank, date(2021, 11, 10), today()));
    walk.act(|case, pack| steps::materials::scan(case, pack, &bank, 1, picture("bank")));
    let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, today());
    assert!(gaps.iter().any(|gap| gap.reason == reason("MATERIAL_NOT_CHECKED") && gap.material == Some(bank.clone())));
}

#[test]
fn a_case_is_judged_only_by_the_pack_it_was_opened_under() {
    let walk = Walk::village();
    let other = second();
    let refusal = steps::identify::identify(&walk.case, &other, Role::Applicant, elder(), today());
    assert_eq!(refusal, Err(Refusal::NotNow(Obstacle::OtherPack)));
}

fn facts(birth: jiff::civil::Date) -> what_if::Facts {
    what_if::Facts {
        title: "某人".to_owned(),
        kind: CaseKind::First,
        mode: ApplicantMode::InPerson,
        hukou: Hukou::Local,
        window_level: WindowLevel::Village,
        department: county("heshan"),
        birth,
        document: DocumentKind::Resident,
        valid_until: ValidUntil::LongTerm,
        holds_a_card: false,
        on: today(),
        laid: None,
    }
}

#[test]
fn what_if_names_the_cases_and_the_values_that_would_change() {
    let sixty = YIYANG.replacen("value = 65", "value = 60", 1);
    let sixty = PolicyPack::parse("sixty.toml", &sixty).unwrap();
    let all = [facts(date(1951, 3, 8)), facts(date(1959, 5, 5)), facts(date(1965, 5, 5))];
    let changes = what_if::diff(&pack(), &sixty, &all);
    assert_eq!(changes.len(), 2, "who is between sixty and sixty-five, and who is told another day");
    assert_eq!(changes[0].facts, &all[1]);
    assert_eq!(changes[0].before.reasons, [reason("TOO_YOUNG")]);
    assert!(changes[0].after.eligible);
    assert_eq!(changes[1].before.reasons, changes[1].after.reasons);
    let days = (changes[1].before.changes_on, changes[1].after.changes_on);
    assert_eq!(days, (Some(date(2030, 5, 5)), Some(date(2025, 5, 5))));
    let values = what_if::values(&pack(), &sixty);
    assert_eq!(values.len(), 1);
    assert_eq!((values[0].key, values[0].before.as_str(), values[0].after.as_str()), ("min_age", "65", "60"));
    assert!(what_if::diff(&pack(), &pack(), &all).is_empty());
    assert_eq!(what_if::judge(&sunset(), &all[0]).reasons, [reason("ITEM_ENDED")]);
}

#[test]
fn what_if_says_the_same_as_the_step() {
    for birth in [date(1951, 3, 8), date(1956, 11, 8), date(1956, 11, 9)] {
        let facts = facts(birth);
        let mut walk = Walk::village();
        walk.identify(Role::Applicant, person("王芳", birth, 6));
        walk.fill(entry(facts.mode, facts.hukou));
        walk.judge_eligibility();
        assert_eq!(walk.case.verdict().unwrap().rules, what_if::judge(&walk.pack, &facts).rules);
    }
}
