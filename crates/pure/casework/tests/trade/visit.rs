//! The visit that everything is built for, and the ways in which it can go otherwise.

use crate::bench::*;
use casework::{
    case::{AttemptState, Case, Stage},
    doors,
    nouns::*,
    steps::{self, Obstacle, Post, Refusal, Step},
};
use jiff::SignedDuration;

#[test]
fn a_village_visit_walks_from_the_card_to_the_seal() {
    let mut walk = Walk::village();
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Identify);
    walk.identify(Role::Applicant, elder());
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Applicant);
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Eligibility);
    walk.judge_eligibility();
    assert!(walk.case.verdict().unwrap().eligible);
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Materials);
    walk.bring_everything();
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Photo);
    walk.photo();
    assert_eq!(steps::here(&walk.case, &walk.pack, today()), Step::Acceptance);

    let asked_at = walk.now;
    walk.accept();
    assert_eq!(walk.case.due(), Some(asked_at + SignedDuration::from_mins(30)));
    assert_eq!(walk.case.receipt().unwrap().as_str(), "SHSLJ01-20211108-0001");
    assert_eq!(walk.case.step(), Step::Numbering);
    let number = walk.reserve(1);
    assert_eq!(number.as_str(), "YYHSLJ01000001");
    assert_eq!(walk.case.step(), Step::Printing);
    let attempt = walk.print(None, PrintOutcome::SpoolerConfirmed);
    assert_eq!(attempt.as_str(), "HSLJ01-20211108-0001-P1");
    assert_eq!(walk.case.open_attempt().map(|attempt| &attempt.id), Some(&attempt), "only a person settles a print");
    walk.confirm();
    assert_eq!(walk.case.step(), Step::Delivery);
    walk.deliver(DeliveryProof::IdCard, Receiver::Applicant);
    assert_eq!(walk.case.step(), Step::Rating);
    walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    walk.act(|case, pack| steps::rating::decline(case, pack, RatingPoint::Delivery));
    assert_eq!(walk.case.step(), Step::Archive);
    walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), clerk()));
    assert!(steps::archive::papers(&walk.case, &walk.pack).iter().all(|paper| paper.done));
    walk.act(|case, pack| steps::archive::seal(case, pack, picture("package")));
    assert!(walk.case.is_closed());
    assert_eq!(walk.case.stage().name(), "sealed");
    assert_eq!(Case::replay(&walk.record).unwrap(), walk.case);
}

#[test]
fn a_hall_clerk_takes_the_case_but_makes_no_card() {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::Township);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    assert_eq!(walk.case.due(), None, "only a village has the clock");
    let number: CardNumber = "YY000001".parse().unwrap();
    let by = |post| walk.refusal(|case, pack| steps::numbering::reserve(case, pack, number.clone(), post));
    assert_eq!(by(Post::IntakeClerk), Refusal::Refused(vec![reason("CARD_NOT_MADE_HERE")]));
    assert_eq!(by(Post::Issuer), Refusal::Refused(vec![reason("APPROVAL_PENDING")]));
}

#[test]
fn the_issuing_post_makes_the_card_once_the_department_has_approved() {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::County);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk.act(|case, _| steps::numbering::department_answered(case, true, "A-1".to_owned(), Vec::new(), None));
    let number = walk.reserve(1);
    let refusal = walk
        .refusal(|case, pack| steps::printing::attempt(case, pack, Post::IntakeClerk, None, picture("pdf"), "folder"));
    assert_eq!(refusal, Refusal::Refused(vec![reason("CARD_NOT_MADE_HERE")]));
    walk.print(None, PrintOutcome::DeviceConfirmed);
    walk.confirm();
    assert_eq!(walk.case.card().unwrap().number, number);
}

#[test]
fn a_case_that_the_department_rejects_can_only_be_refused() {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::County);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    let early = walk.refusal(|case, pack| doors::refuse(case, pack, vec![reason("ALREADY_HOLDS_CARD")]));
    assert_eq!(early, Refusal::NotNow(Obstacle::AlreadyAccepted));
    let why = vec![reason("ALREADY_HOLDS_CARD")];
    walk.act(|case, _| steps::numbering::department_answered(case, false, "A-2".to_owned(), why.clone(), None));
    let number: CardNumber = "YY000001".parse().unwrap();
    let refusal = walk.refusal(|case, pack| steps::numbering::reserve(case, pack, number, Post::Issuer));
    assert_eq!(refusal, Refusal::Refused(vec![reason("APPROVAL_REFUSED"), reason("ALREADY_HOLDS_CARD")]));
    walk.act(|case, pack| doors::refuse(case, pack, why.clone()));
    assert_eq!(walk.case.refused_for(), why);
}

#[test]
fn an_unknown_print_is_settled_by_a_person_before_anything_else_prints() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    let number = walk.reserve(1);
    let first = walk.print(None, PrintOutcome::Unknown);
    let again = walk.refusal(|case, pack| {
        steps::printing::attempt(case, pack, Post::IntakeClerk, Some("没出来"), picture("pdf"), "folder")
    });
    assert_eq!(again, Refusal::NotNow(Obstacle::PrintUnsettled));
    let machine =
        walk.refusal(|case, pack| steps::printing::nothing_came_out(case, pack, &Actor::system(), "没有出卡"));
    assert_eq!(machine, Refusal::NotNow(Obstacle::NotAPerson));
    walk.act(|case, pack| steps::printing::nothing_came_out(case, pack, &clerk(), "出卡口没有卡"));
    let silent = walk
        .refusal(|case, pack| steps::printing::attempt(case, pack, Post::IntakeClerk, None, picture("pdf"), "folder"));
    assert!(matches!(silent, Refusal::Correct(_)), "a reprint needs a reason");
    walk.print(Some("打印机重启"), PrintOutcome::DeviceConfirmed);
    assert_eq!(walk.case.number(), Some(&number), "no card carries the number yet, so it is still good");
    assert_eq!(walk.case.attempts().len(), 2);
    assert_ne!(walk.case.attempts()[1].id, first);
}

#[test]
fn a_spoiled_card_spends_its_number() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    let first = walk.reserve(1);
    walk.print(None, PrintOutcome::DeviceConfirmed);
    walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "印偏"));
    assert_eq!(walk.case.step(), Step::Numbering);
    assert!(matches!(walk.case.attempts()[0].state, AttemptState::Spoiled { .. }));
    let again = walk.refusal(|case, pack| steps::numbering::reserve(case, pack, first.clone(), Post::IntakeClerk));
    assert_eq!(again, Refusal::NotNow(Obstacle::NumberSpent));
    let second = walk.reserve(2);
    walk.print(Some("首张印偏"), PrintOutcome::DeviceConfirmed);
    walk.confirm();
    assert_eq!(walk.case.card().unwrap().number, second);
    assert_eq!(walk.case.spent()[0].number, first);
}

#[test]
fn a_reserved_number_is_printed_or_spoiled_before_the_case_is_left() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk.reserve(1);
    let refusal = walk.refusal(|case, pack| doors::withdraw(case, pack, "不办了"));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::NumberReserved));
    walk.act(|case, pack| steps::numbering::spoil(case, pack, "申请人撤回"));
    walk.act(|case, pack| doors::withdraw(case, pack, "不办了"));
    assert!(matches!(walk.case.stage(), Stage::Withdrawn { .. }));
    assert_eq!(walk.case.identity(), Some(&elder()), "what was known stays readable");
}

#[test]
fn a_case_put_aside_waits_for_people_and_not_for_devices() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk.reserve(1);
    let attempt = steps::printing::next_attempt(&walk.case);
    walk.act(|case, pack| steps::printing::attempt(case, pack, Post::IntakeClerk, None, picture("pdf"), "folder"));
    walk.act(|case, _| doors::park(case, "停电"));
    walk.act(|case, _| steps::printing::ended(case, &attempt, PrintOutcome::Unknown));
    let number = walk.case.number().unwrap().clone();
    let refusal = walk.refusal(|case, pack| steps::printing::confirm(case, pack, &clerk(), &number));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::Parked));
    walk.act(|case, _| doors::resume(case));
    walk.confirm();
    assert_eq!(walk.case.step(), Step::Delivery);
}

#[test]
fn an_unreturned_original_keeps_the_case_open() {
    let mut walk = Walk::village();
    walk.reach_delivery();
    walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), clerk()));
    // A fresh walk that never gave the identity card back.
    let mut kept = Walk::village();
    kept.identify(Role::Applicant, elder());
    kept.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    kept.act(|case, pack| steps::materials::scan(case, pack, &material("id_card"), 1, picture("id")));
    let refusal = kept.refusal(|case, pack| doors::withdraw(case, pack, "不办了"));
    assert_eq!(refusal, Refusal::Refused(vec![reason("ORIGINAL_NOT_RETURNED")]));
    kept.act(|case, pack| steps::materials::give_back(case, pack, &material("id_card")));
    kept.act(|case, pack| doors::withdraw(case, pack, "不办了"));
}

#[test]
fn an_ended_pack_makes_no_case() {
    let ended = YIYANG.replacen("status = \"active\"", "status = \"ended\"", 1);
    let ended = casework::pack::PolicyPack::parse("ended.toml", &ended).unwrap();
    let open = |pack: &casework::pack::PolicyPack, day| {
        doors::open(pack, CaseKind::First, "HSLJ01".parse().unwrap(), WindowLevel::Village, false, day)
    };
    let refused = Err(Refusal::Refused(vec![reason("ITEM_ENDED")]));
    assert_eq!(open(&ended, today()), refused);
    assert_eq!(open(&pack(), jiff::civil::date(2022, 3, 1)), refused, "the day after the pack's last");
    assert!(open(&pack(), jiff::civil::date(2022, 2, 28)).is_ok());
}
