//! Steps 1 to 6: what is taken, what is refused, and that every gap is named at once.

use crate::bench::*;
use casework::{
    doors,
    fact::Identity,
    nouns::*,
    pack::PolicyPack,
    steps::{self, FieldWhy, Obstacle, Refusal, Step, eligibility},
};
use jiff::civil::{Date, date};

fn refused_identity(identity: Identity) -> Refusal {
    let walk = Walk::village();
    walk.refusal(|case, pack| steps::identify::identify(case, pack, Role::Applicant, identity, today()))
}

#[test]
fn an_expired_card_is_refused_and_one_on_its_last_day_is_taken() {
    let until = |day| Identity { valid_until: ValidUntil::Day(day), ..elder() };
    assert_eq!(refused_identity(until(date(2021, 11, 7))), Refusal::Refused(vec![reason("ID_EXPIRED")]));
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, until(today()));
    assert!(walk.case.identity().is_some());
}

#[test]
fn only_a_second_generation_resident_card_identifies() {
    for document in [DocumentKind::Hmt, DocumentKind::Foreigner2017, DocumentKind::Foreigner2023] {
        let refusal = refused_identity(Identity { document, ..elder() });
        assert_eq!(refusal, Refusal::Refused(vec![reason("ID_TYPE_NOT_ACCEPTED")]));
    }
    let both = Identity { document: DocumentKind::Hmt, valid_until: ValidUntil::Day(date(2021, 1, 1)), ..elder() };
    assert_eq!(
        refused_identity(both),
        Refusal::Refused(vec![reason("ID_TYPE_NOT_ACCEPTED"), reason("ID_EXPIRED")]),
        "every reason at once"
    );
}

#[test]
fn a_typed_identity_is_taken_and_stays_marked() {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, Identity { source: IdentitySource::Typed, sam_id: None, ..elder() });
    assert_eq!(steps::acceptance::warnings(&walk.case, &walk.pack), [reason("ID_HAND_TYPED")]);
    walk.identify(Role::Applicant, elder());
    assert_eq!(steps::acceptance::warnings(&walk.case, &walk.pack), []);
}

#[test]
fn two_cards_in_either_order_keep_their_roles() {
    for order in [[Role::Applicant, Role::Agent], [Role::Agent, Role::Applicant]] {
        let mut walk = Walk::village();
        for role in order {
            let identity = if role == Role::Applicant { elder() } else { daughter() };
            walk.identify(role, identity);
        }
        assert_eq!(walk.case.identity(), Some(&elder()));
        assert_eq!(walk.case.agent(), Some(&daughter()));
        let again = walk.refusal(|case, pack| steps::identify::identify(case, pack, Role::Agent, elder(), today()));
        assert_eq!(again, Refusal::Refused(vec![reason("AGENT_IS_APPLICANT")]));
    }
}

#[test]
fn who_came_alone_has_no_agent() {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    walk.identify(Role::Agent, daughter());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    assert_eq!(walk.case.agent(), None, "the mode sends the agent away");
    let refusal = walk.refusal(|case, pack| steps::identify::identify(case, pack, Role::Agent, daughter(), today()));
    assert!(matches!(refusal, Refusal::Correct(_)));
}

#[test]
fn every_entry_to_correct_is_listed_at_once() {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    let mut bad = entry(ApplicantMode::InPerson, Hukou::Local);
    bad.phone = "1390000".to_owned();
    bad.contact_address = " ".to_owned();
    bad.hukou_basis = "长".repeat(201);
    bad.department = Some(county("changsha"));
    let refusal = walk.refusal(|case, pack| steps::applicant::fill(case, pack, bad, &county("heshan"), today()));
    let Refusal::Correct(faults) = refusal else { panic!("{refusal}") };
    let faults: Vec<_> = faults.iter().map(|fault| (fault.field, fault.why)).collect();
    assert_eq!(
        faults,
        [
            ("phone", FieldWhy::NotAPhone),
            ("hukou_basis", FieldWhy::TooLong),
            ("contact_address", FieldWhy::Missing),
            ("department", FieldWhy::UnknownCounty),
        ]
    );
}

#[test]
fn a_phone_is_stored_as_it_can_be_dialled() {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    let mut filled = entry(ApplicantMode::InPerson, Hukou::Local);
    filled.phone = " ０７３７－４４２３６４２ ".to_owned();
    walk.fill(filled);
    assert_eq!(walk.case.applicant().unwrap().phone, "0737-4423642");
}

/// D-18: the household's county if it is of this city, else the window's.
#[test]
fn the_department_follows_the_household_and_else_the_window() {
    let suggest = |address: &str, region: &str| {
        let mut walk = Walk::village();
        let birth = date(1951, 3, 8);
        walk.identify(
            Role::Applicant,
            Identity { address: address.to_owned(), number: number(region, birth, 2), ..elder() },
        );
        steps::applicant::suggest(&walk.case, &walk.pack, &county("heshan")).unwrap()
    };
    let taojiang = suggest("湖南省桃江县桃花江镇", "430903");
    assert_eq!((taojiang.department, taojiang.hukou), (county("taojiang"), Hukou::Outside));
    let by_number = suggest("湖南省益阳市某镇", "430921");
    assert_eq!(by_number.department, county("nanxian"));
    let elsewhere = suggest("湖北省武汉市江岸区", "420102");
    assert_eq!((elsewhere.hukou_county, elsewhere.department), (None, county("heshan")));
    let local = suggest("湖南省益阳市赫山区", "430903");
    assert_eq!(local.hukou, Hukou::Local);
}

fn judged(pack: PolicyPack, birth: Date, on: Date, holds_a_card: bool, kind: CaseKind) -> Walk {
    let mut walk = Walk::open(pack, kind, WindowLevel::Village);
    walk.identify(Role::Applicant, person("王芳", birth, 2));
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    walk.act(|case, pack| eligibility::judge(case, pack, on, holds_a_card));
    walk
}

#[test]
fn sixty_five_is_old_enough_on_the_birthday_and_not_a_day_before() {
    let verdict = |birth| judged(pack(), birth, today(), false, CaseKind::First);
    assert!(verdict(date(1956, 11, 8)).case.verdict().unwrap().eligible);
    let young = verdict(date(1956, 11, 9));
    assert_eq!(eligibility::reasons(&young.case), [reason("TOO_YOUNG")]);
    let rule = young.case.verdict().unwrap().rules.iter().find(|rule| rule.rule == "min_age").unwrap();
    assert_eq!(
        rule.because, "出生日期1956年11月9日，到2021年11月8日满64周岁，须满65周岁；2021年11月9日起可以申请",
        "the day on which it changes is said"
    );
    assert_eq!(steps::here(&young.case, &young.pack, today()), Step::Eligibility);
}

#[test]
fn a_leap_day_birth_counts_as_the_pack_says() {
    let march = YIYANG.replacen("value = \"last_of_february\"", "value = \"first_of_march\"", 1);
    let march = PolicyPack::parse("march.toml", &march).unwrap();
    let born = date(1956, 2, 29);
    assert_eq!(eligibility::eligible_from(born, &pack()), Some(date(2021, 2, 28)));
    assert_eq!(eligibility::eligible_from(born, &march), Some(date(2021, 3, 1)));
}

#[test]
fn who_holds_a_card_gets_no_second_first_one_but_a_reissue() {
    let born = date(1951, 3, 8);
    let first = judged(pack(), born, today(), true, CaseKind::First);
    assert_eq!(eligibility::reasons(&first.case), [reason("ALREADY_HOLDS_CARD")]);
    for kind in [CaseKind::ReissueLost, CaseKind::ReissueDamaged] {
        assert!(judged(pack(), born, today(), true, kind).case.verdict().unwrap().eligible);
    }
}

#[test]
fn every_rule_that_fired_is_a_value_of_the_pack() {
    let walk = judged(pack(), date(1951, 3, 8), today(), false, CaseKind::First);
    let rules = &walk.case.verdict().unwrap().rules;
    assert_eq!(rules.len(), 5);
    for rule in rules {
        assert!(walk.pack.why(&rule.rule).is_some(), "{}", rule.rule);
        assert!(!rule.because.contains('{'), "a hole was left open: {}", rule.because);
    }
}

/// The one-time notice: five faults, five lines.
#[test]
fn five_faults_give_five_gaps() {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::Agent, Hukou::Outside));
    let poa = material("power_of_attorney");
    walk.act(|case, pack| steps::materials::scan(case, pack, &poa, 1, picture("poa")));
    let errors = vec![reason("POA_NO_AUTHORITY")];
    walk.act(|case, pack| steps::materials::check(case, pack, &poa, false, errors));
    let id = material("id_card");
    walk.act(|case, pack| steps::materials::scan(case, pack, &id, 1, picture("id")));
    walk.act(|case, pack| steps::materials::check(case, pack, &id, true, Vec::new()));
    walk.judge_eligibility();
    let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, today());
    let said: Vec<_> = gaps.iter().map(|gap| (gap.step, gap.reason.as_str())).collect();
    assert_eq!(
        said,
        [
            (Step::Identify, "AGENT_NOT_IDENTIFIED"),
            (Step::Materials, "POA_ORIGINAL_NOT_SHOWN"),
            (Step::Materials, "POA_NO_AUTHORITY"),
            (Step::Materials, "PERMIT_MISSING"),
            (Step::Photo, "PHOTO_MISSING"),
        ]
    );
    let now = walk.now;
    let refusal = walk.refusal(|case, pack| steps::acceptance::accept(case, pack, now, today()));
    assert_eq!(refusal, Refusal::Incomplete(gaps));
}

#[test]
fn every_common_error_of_the_pack_is_reachable_and_does_what_its_severity_says() {
    let pack = pack();
    for one in pack.materials() {
        for error in &one.common_errors {
            if one.taken_at == casework::pack::TakenAt::Photo {
                continue;
            }
            let kind = one.when.kind.as_ref().map_or(CaseKind::First, |kinds| kinds[0]);
            let mut walk = Walk::open(pack.clone(), kind, WindowLevel::Village);
            walk.reach_the_gate(ApplicantMode::Agent, Hukou::Outside);
            assert_eq!(steps::acceptance::gaps(&walk.case, &pack, today()), []);
            walk.act(|case, pack| steps::materials::check(case, pack, &one.code, true, vec![error.clone()]));
            let gaps = steps::acceptance::gaps(&walk.case, &pack, today());
            let warnings = steps::acceptance::warnings(&walk.case, &pack);
            if pack.blocks(error) {
                assert_eq!((gaps.iter().map(|gap| &gap.reason).collect(), warnings), (vec![error], Vec::new()));
            } else {
                assert_eq!((gaps, warnings), (Vec::new(), vec![error.clone()]));
            }
        }
    }
}

#[test]
fn a_verdict_of_yesterday_is_asked_again() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let tomorrow = today().tomorrow().unwrap();
    let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, tomorrow);
    assert_eq!(gaps.iter().map(|gap| gap.reason.as_str()).collect::<Vec<_>>(), ["NOT_YET_JUDGED"]);
}

#[test]
fn a_photo_is_measured_against_the_pack_and_judged_by_the_clerk() {
    let gaps_for = |width_um, height_um, judgement: Option<(bool, bool, bool)>| {
        let mut walk = Walk::village();
        walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
        let photo = steps::photo::Measured { width_um, height_um, ..portrait() };
        walk.act(|case, pack| steps::photo::measured(case, pack, photo));
        if let Some((same, bare, recent)) = judgement {
            walk.act(|case, pack| steps::photo::judge(case, pack, same, bare, recent));
        }
        let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, today());
        gaps.into_iter().map(|gap| gap.reason.to_string()).collect::<Vec<_>>()
    };
    let good = Some((true, true, true));
    assert_eq!(gaps_for(27_000, 37_000, good), Vec::<String>::new(), "two millimetres are tolerated");
    assert_eq!(gaps_for(27_001, 35_000, good), ["PHOTO_TOO_LARGE"]);
    assert_eq!(gaps_for(35_000, 49_000, good), ["PHOTO_TOO_LARGE"], "two inches");
    assert_eq!(gaps_for(22_000, 32_000, good), Vec::<String>::new(), "too small only warns");
    assert_eq!(gaps_for(25_000, 35_000, None), ["PHOTO_NOT_JUDGED"]);
    assert_eq!(gaps_for(25_000, 35_000, Some((false, false, true))), ["PHOTO_NOT_APPLICANT", "PHOTO_HAT"]);
    assert_eq!(gaps_for(25_000, 35_000, Some((true, true, false))), Vec::<String>::new(), "an old photo warns");
}

#[test]
fn the_measured_size_stands_in_the_finding() {
    let mut walk = Walk::village();
    let photo = steps::photo::Measured { width_um: 35_049, height_um: 49_950, ..portrait() };
    walk.act(|case, pack| steps::photo::measured(case, pack, photo));
    let finding = &walk.case.photo().unwrap().findings[0];
    assert_eq!((finding.code.as_str(), finding.blocks), ("PHOTO_TOO_LARGE", true));
    assert_eq!(finding.measured, "35.0 × 50.0 mm");
}

#[test]
fn a_material_that_is_not_demanded_is_not_taken() {
    let mut walk = Walk::village();
    let permit = material("residence_permit");
    let early = walk.refusal(|case, pack| steps::materials::scan(case, pack, &permit, 1, picture("p")));
    assert_eq!(early, Refusal::NotNow(Obstacle::NotFilled));
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    let refusal = walk.refusal(|case, pack| steps::materials::scan(case, pack, &permit, 1, picture("p")));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::NotDemanded), "U-18: no paper beyond the pack");
}

#[test]
fn a_damaged_card_is_retained_and_listed_and_not_given_back() {
    let mut walk = Walk::open(pack(), CaseKind::ReissueDamaged, WindowLevel::Village);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let old = material("old_card");
    let refusal = walk.refusal(|case, pack| steps::materials::give_back(case, pack, &old));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::Retained));
    assert_eq!(steps::archive::retained(&walk.case, &walk.pack), [old]);
}

#[test]
fn a_refusal_carries_only_blocking_reasons_of_the_pack() {
    let mut walk = Walk::village();
    let with = |walk: &Walk, codes: &[&str]| {
        let codes = codes.iter().map(|code| reason(code)).collect();
        doors::refuse(&walk.case, &walk.pack, codes)
    };
    assert!(matches!(with(&walk, &[]), Err(Refusal::Correct(_))));
    assert!(matches!(with(&walk, &["NO_SUCH"]), Err(Refusal::Correct(_))));
    assert!(matches!(with(&walk, &["PHOTO_OLD"]), Err(Refusal::Correct(_))), "a warning refuses nobody");
    let facts = with(&walk, &["ITEM_NOT_IN_SCOPE"]).unwrap();
    walk.write(&facts);
    assert!(walk.case.is_closed());
}
