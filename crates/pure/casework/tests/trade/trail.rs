//! What is written down beside the entries: overrides, corrections, history, newspaper, old card, reprints.

use crate::bench::*;
use casework::{
    case::Case,
    fact::{Correction, EntryField, Fact, IdentityField, LossNotice},
    nouns::*,
    pack::{PaperHandling, PolicyPack},
    steps::{
        self, FieldWhy, Obstacle, Refusal,
        materials::{Kept, LookedAt},
    },
};
use jiff::civil::date;

fn gap_codes(walk: &Walk) -> Vec<String> {
    let gaps = steps::acceptance::gaps(&walk.case, &walk.pack, today());
    gaps.into_iter().map(|gap| gap.reason.to_string()).collect()
}

/// S-41: a chip's field changes by an override with a reason, and by nothing else.
#[test]
fn a_chip_field_is_locked_unless_it_is_set_aside_with_a_reason() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let aside = |walk: &Walk, after: &str, why: &str| {
        steps::identify::set_aside(&walk.case, &walk.pack, Role::Applicant, IdentityField::Address, after, why)
    };
    assert!(matches!(aside(&walk, "赫山区某街道", " "), Err(Refusal::Correct(_))), "a reason is asked");
    assert!(matches!(aside(&walk, " ", "住址已变更"), Err(Refusal::Correct(_))));
    assert!(matches!(aside(&walk, &elder().address, "住址已变更"), Err(Refusal::Correct(_))), "no change");
    let facts = aside(&walk, "赫山区某街道", "住址已变更").unwrap();
    walk.write(&facts);
    assert_eq!(walk.case.identity().unwrap().address, "赫山区某街道");
    let overridden = &walk.case.particulars().overrides[0];
    assert_eq!((overridden.before.as_str(), overridden.by.as_str()), (elder().address.as_str(), "周敏"));
    assert_eq!(walk.case.verdict(), None, "the verdict rested on the card as it was");
    assert!(gap_codes(&walk).contains(&"MATERIAL_NOT_CHECKED".to_owned()));
    walk.identify(Role::Applicant, elder());
    assert_eq!(walk.case.identity(), Some(&elder()), "the chip speaks again");
    assert!(walk.case.particulars().overrides.is_empty());
}

#[test]
fn an_override_that_does_not_fit_the_chip_breaks_the_record() {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    let forged = Fact::FieldOverridden {
        role: Role::Applicant,
        field: IdentityField::Name,
        before: "别人".to_owned(),
        after: "王芳".to_owned(),
        reason: "改名".to_owned(),
    };
    assert!(walk.case.after(&[forged], morning(), &clerk()).is_err());
    let typed = casework::fact::Identity { source: IdentitySource::Typed, ..elder() };
    walk.identify(Role::Applicant, typed);
    let refusal = walk.refusal(|case, pack| {
        steps::identify::set_aside(case, pack, Role::Applicant, IdentityField::Name, "王芳", "改名")
    });
    assert_eq!(refusal, Refusal::NotNow(Obstacle::NotFromChip));
}

/// S-40: the case stays open, and before and after stand in one fact.
#[test]
fn what_is_put_right_at_the_counter_is_recorded_before_and_after() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::Agent, Hukou::Local);
    let poa = material("power_of_attorney");
    let both = vec![reason("POA_NO_AUTHORITY"), reason("POA_NO_BASIC_DATA")];
    walk.act(|case, pack| steps::materials::check(case, pack, &poa, true, both.clone()));
    assert_eq!(gap_codes(&walk), ["POA_NO_AUTHORITY", "POA_NO_BASIC_DATA"]);
    let left = vec![reason("POA_NO_BASIC_DATA")];
    let recorded = walk.act(|case, pack| steps::materials::correct(case, pack, &poa, left.clone(), "当场补写权限"));
    let Fact::Corrected { correction: Correction::Material { before, after, .. } } = &recorded[0].fact else {
        panic!("another fact")
    };
    assert_eq!((before, after), (&both, &left));
    assert_eq!(gap_codes(&walk), ["POA_NO_BASIC_DATA"]);
    walk.act(|case, pack| steps::materials::correct(case, pack, &poa, Vec::new(), "当场补写双方信息"));
    let none = walk.refusal(|case, pack| steps::materials::correct(case, pack, &poa, Vec::new(), "再改"));
    assert_eq!(none, Refusal::NotNow(Obstacle::NothingToCorrect));
    walk.act(|case, pack| steps::applicant::correct(case, pack, EntryField::Phone, "１３９００００００９９"));
    assert_eq!(walk.case.applicant().unwrap().phone, "13900000099");
    assert_eq!(walk.case.particulars().corrections.len(), 3);
    walk.accept();
    assert_eq!(walk.case.particulars().corrections.len(), 3, "the trail goes into the dossier");
    assert_eq!(Case::replay(&walk.record).unwrap(), walk.case);
}

/// S-45: nobody takes over a page without having looked at this picture and its age.
#[test]
fn a_page_of_an_earlier_case_counts_only_after_picture_and_age_were_looked_at() {
    let mut walk = Walk::village();
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::Agent, Hukou::Local));
    let kept =
        || Kept { picture: picture("kept"), source: "HS01-20201108-0003".to_owned(), taken_on: date(2020, 11, 8) };
    let take = |walk: &Walk, code: &str, looked: &str, age_days, by: &Actor| {
        let looked_at = LookedAt { picture: picture(looked), age_days };
        steps::materials::reuse(&walk.case, &walk.pack, &material(code), kept(), &looked_at, by, today())
    };
    let why = |judgement| match judgement {
        Err(Refusal::Correct(faults)) => faults[0].why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(take(&walk, "id_card", "another", 365, &clerk())), FieldWhy::NotLookedAt);
    assert_eq!(why(take(&walk, "id_card", "kept", 30, &clerk())), FieldWhy::NotLookedAt);
    let machine = take(&walk, "id_card", "kept", 365, &Actor::system());
    assert_eq!(machine, Err(Refusal::NotNow(Obstacle::NotAPerson)));
    let other = take(&walk, "power_of_attorney", "kept", 365, &clerk());
    assert_eq!(other, Err(Refusal::NotNow(Obstacle::NotReusable)), "only what the pack lets be taken over");
    let facts = take(&walk, "id_card", "kept", 365, &clerk()).unwrap();
    walk.write(&facts);
    let state = walk.case.material(&material("id_card")).unwrap();
    assert_eq!((state.history[&1].age_days, state.check.is_none()), (365, true), "the formal check still follows");
    assert!(steps::materials::unreturned(&walk.case, &walk.pack).is_empty(), "no original lies on the counter");
    walk.act(|case, pack| steps::materials::scan(case, pack, &material("id_card"), 1, picture("fresh")));
    assert!(walk.case.material(&material("id_card")).unwrap().history.is_empty(), "a fresh scan takes its place");
}

/// S-30: the newspaper's name, day and page.
#[test]
fn a_loss_is_not_accepted_before_the_newspaper_is_recorded() {
    let mut walk = Walk::open(pack(), CaseKind::ReissueLost, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    walk.judge_eligibility();
    let paper = material("loss_notice");
    walk.act(|case, pack| steps::materials::scan(case, pack, &paper, 1, picture("newspaper")));
    walk.act(|case, pack| steps::materials::check(case, pack, &paper, true, Vec::new()));
    assert!(gap_codes(&walk).contains(&"LOSS_NOTICE_NO_PARTICULARS".to_owned()));
    let bad = LossNotice { paper: " ".to_owned(), published: date(2021, 11, 9), page: String::new() };
    let refusal = walk.refusal(|case, pack| steps::materials::record_loss_notice(case, pack, bad, today()));
    let Refusal::Correct(faults) = refusal else { panic!("{refusal}") };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["paper", "page", "published"], "every entry at once");
    walk.act(|case, pack| steps::materials::record_loss_notice(case, pack, notice(), today()));
    assert_eq!(walk.case.particulars().loss_notice, Some(notice()));
    assert!(!gap_codes(&walk).contains(&"LOSS_NOTICE_NO_PARTICULARS".to_owned()));
}

/// The rule changes what is asked: another paper with other words, which stays, and no newspaper to write down.
#[test]
fn a_self_declaration_asks_for_no_newspaper_where_the_pack_takes_one() {
    let text = YIYANG.replacen("value = \"newspaper\"", "value = \"self_declaration\"", 1);
    let declared = PolicyPack::parse("declared.toml", &text).unwrap();
    let mut walk = Walk::open(declared, CaseKind::ReissueLost, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    let paper = material("loss_notice");
    assert_eq!(walk.pack.material(&paper).unwrap().name.as_str(), "遗失声明（本人签字）");
    assert_eq!(walk.pack.material(&paper).unwrap().handling, PaperHandling::RetainArchive);
    assert!(gap_codes(&walk).contains(&"LOSS_DECLARATION_MISSING".to_owned()));
    walk.act(|case, pack| steps::materials::scan(case, pack, &paper, 1, picture("declaration")));
    assert!(!gap_codes(&walk).contains(&"LOSS_NOTICE_NO_PARTICULARS".to_owned()));
    let not_asked = walk.refusal(|case, pack| steps::materials::record_loss_notice(case, pack, notice(), today()));
    assert_eq!(not_asked, Refusal::NotNow(Obstacle::NotDemanded));
    walk.act(|case, pack| steps::materials::check(case, pack, &paper, false, Vec::new()));
    assert!(gap_codes(&walk).contains(&"LOSS_DECLARATION_NOT_SIGNED".to_owned()));
    assert!(!YIYANG.contains("value = \"self_declaration\""), "the shipped default is the newspaper");
}

#[test]
fn a_pack_that_takes_a_declaration_says_which() {
    let text = YIYANG.replacen("value = \"newspaper\"", "value = \"self_declaration\"", 1);
    let mute: Vec<&str> = text.lines().filter(|line| !line.starts_with("self_declared.")).collect();
    let error = PolicyPack::parse("mute.toml", &mute.join("\n")).unwrap_err();
    let line = text.lines().position(|line| line == "code = \"loss_notice\"").unwrap() + 1;
    assert_eq!(error.line, line);
    assert!(error.to_string().contains("self_declared"), "{error}");
}

/// S-32: the old number and its condition; an unknown number is recorded as unknown and stops nobody.
#[test]
fn an_old_card_is_described_and_its_number_may_be_unknown() {
    let mut walk = Walk::open(pack(), CaseKind::ReissueDamaged, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    let old = material("old_card");
    assert!(gap_codes(&walk).contains(&"OLD_CARD_MISSING".to_owned()), "D-10: it is scanned although it is kept");
    walk.act(|case, pack| steps::materials::scan(case, pack, &old, 1, picture("old")));
    assert!(gap_codes(&walk).contains(&"OLD_CARD_NOT_DESCRIBED".to_owned()));
    let blank = walk.refusal(|case, pack| steps::materials::record_old_card(case, pack, None, " "));
    assert!(matches!(blank, Refusal::Correct(_)));
    walk.act(|case, pack| steps::materials::record_old_card(case, pack, None, "断成两半，证号看不清"));
    assert_eq!(walk.case.particulars().old_card.as_ref().unwrap().number, None);
    assert!(!gap_codes(&walk).contains(&"OLD_CARD_NOT_DESCRIBED".to_owned()));
    let first = Walk::village();
    let refusal = first.refusal(|case, pack| steps::materials::record_old_card(case, pack, None, "旧"));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::NotFilled));
}

/// D-19: a reprint is logged and counted.
#[test]
fn a_receipt_is_reprinted_with_a_reason_and_a_count() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let early = walk.refusal(|case, pack| steps::acceptance::reprint_receipt(case, pack, "丢了"));
    assert_eq!(early, Refusal::NotNow(Obstacle::NotAccepted));
    walk.accept();
    walk.act(|case, pack| steps::acceptance::reprint_receipt(case, pack, "丢了"));
    walk.act(|case, pack| steps::acceptance::reprint_receipt(case, pack, "又丢了"));
    let copies: Vec<_> = walk.case.reprints().iter().map(|one| (one.copy, one.reason.as_str())).collect();
    assert_eq!(copies, [(1, "丢了"), (2, "又丢了")]);
    let gap = Fact::ReceiptReprinted { receipt: walk.case.receipt().unwrap().clone(), copy: 4, reason: "x".to_owned() };
    assert!(walk.case.after(&[gap], morning(), &clerk()).is_err(), "copies are counted without gaps");
}
