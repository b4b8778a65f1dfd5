//! What holds for every sequence of acts, not only for the ones somebody thought of.

use std::collections::BTreeSet;

use crate::acts::{Act, PACK, try_act};
use crate::bench::*;
use casework::{
    case::{AttemptState, Case, Stage},
    doors,
    fact::Fact,
    nouns::*,
    steps,
};
use jiff::civil::date;
use proptest::{prelude::*, sample::Index};

fn point() -> impl Strategy<Value = RatingPoint> {
    prop_oneof![Just(RatingPoint::Acceptance), Just(RatingPoint::Delivery)]
}

fn outcome() -> impl Strategy<Value = PrintOutcome> {
    prop_oneof![
        Just(PrintOutcome::DeviceConfirmed),
        Just(PrintOutcome::SpoolerConfirmed),
        Just(PrintOutcome::Failed { reason: "缺卡".to_owned() }),
        Just(PrintOutcome::Unknown),
    ]
}

fn early_act() -> impl Strategy<Value = Act> {
    let role = prop_oneof![3 => Just(Role::Applicant), 1 => Just(Role::Agent)];
    let mode = prop_oneof![3 => Just(ApplicantMode::InPerson), 1 => Just(ApplicantMode::Agent)];
    let hukou = prop_oneof![3 => Just(Hukou::Local), 1 => Just(Hukou::Outside)];
    prop_oneof![
        4 => (role, any::<u8>()).prop_map(|(role, who)| Act::Identify(role, who)),
        4 => (mode, hukou).prop_map(|(mode, hukou)| Act::Fill(mode, hukou)),
        4 => proptest::bool::weighted(0.1).prop_map(Act::Judge),
        6 => any::<Index>().prop_map(Act::Scan),
        6 => (any::<Index>(), proptest::bool::weighted(0.9)).prop_map(|(at, seen)| Act::Check(at, seen)),
        4 => any::<Index>().prop_map(Act::GiveBack),
        4 => proptest::bool::weighted(0.9).prop_map(Act::Photo),
        4 => proptest::bool::weighted(0.9).prop_map(Act::JudgePhoto),
        8 => Just(Act::Accept),
        1 => any::<bool>().prop_map(|good| Act::SetAside(Role::Applicant, good)),
        2 => (any::<Index>(), any::<bool>()).prop_map(|(at, looked)| Act::Reuse(at, looked)),
        1 => any::<Index>().prop_map(Act::TickError),
        1 => any::<Index>().prop_map(Act::CorrectMaterial),
        1 => any::<bool>().prop_map(Act::CorrectEntry),
        1 => Just(Act::Notice),
    ]
}

fn late_act() -> impl Strategy<Value = Act> {
    let proof = prop_oneof![Just(DeliveryProof::IdCard), Just(DeliveryProof::ReceiptList)];
    let receiver = prop_oneof![Just(Receiver::Applicant), Just(Receiver::Agent), Just(Receiver::Other)];
    prop_oneof![
        6 => (1u64..4).prop_map(Act::Reserve),
        1 => Just(Act::SpoilNumber),
        6 => any::<bool>().prop_map(Act::Print),
        3 => Just(Act::Submitted),
        6 => outcome().prop_map(Act::Ended),
        3 => Just(Act::NothingCame),
        6 => Just(Act::Confirm),
        2 => Just(Act::SpoilCard),
        6 => (proof, receiver).prop_map(|(proof, receiver)| Act::Deliver(proof, receiver)),
        3 => point().prop_map(Act::Offer),
        2 => point().prop_map(Act::Give),
        2 => point().prop_map(Act::Decline),
        4 => Just(Act::HandOver),
        4 => Just(Act::Seal),
        1 => Just(Act::Park),
        2 => Just(Act::Resume),
        1 => any::<bool>().prop_map(Act::Answer),
        1 => Just(Act::Reprint),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![40 => early_act(), 30 => late_act(), 1 => Just(Act::Refuse), 1 => Just(Act::Withdraw)]
}

/// Where a stage stands in the walk; the two ends beside it have their own.
fn place(stage: &Stage) -> u8 {
    match stage {
        Stage::Draft(_) => 0,
        Stage::Accepted(_) => 1,
        Stage::Numbered { .. } => 2,
        Stage::Printing { .. } => 3,
        Stage::Made { .. } => 4,
        Stage::Delivered { .. } => 5,
        Stage::Sealed { .. } => 6,
        Stage::Refused { .. } | Stage::Withdrawn { .. } => 7,
    }
}

/// One step on; to an end from before a number; or back to `accepted` with the number spent.
fn may_follow(before: &Stage, after: &Stage) -> bool {
    match (place(before), place(after)) {
        (from, to) if from == to => true,
        (0 | 1, 7) => true,
        (2..=4, 1) => true,
        (from, to) => to < 7 && to == from + 1,
    }
}

fn check_invariants(walk: &Walk) -> Result<(), TestCaseError> {
    let mut reserved = BTreeSet::new();
    let mut open_attempts = 0;
    let mut confirmed = 0;
    for recorded in &walk.record {
        if let Fact::NumberReserved { number, .. } = &recorded.fact {
            prop_assert!(reserved.insert(number.clone()), "a number was taken twice");
        }
        confirmed += usize::from(matches!(recorded.fact, Fact::CardConfirmed { .. }));
    }
    for attempt in walk.case.attempts() {
        open_attempts += usize::from(attempt.state.is_open());
    }
    let standing = walk.case.attempts().iter().filter(|one| one.state == AttemptState::Confirmed).count();
    prop_assert!(open_attempts <= 1, "two prints at once");
    prop_assert!(standing <= 1, "two cards for one case");
    prop_assert_eq!(standing == 1, walk.case.card().is_some());
    prop_assert!(confirmed >= standing);
    let bound = usize::from(walk.case.number().is_some());
    prop_assert_eq!(reserved.len(), bound + walk.case.spent().len(), "a number was lost");
    Ok(())
}

fn run(walk: &mut Walk, acts: &[Act]) -> Result<(), TestCaseError> {
    for act in acts {
        let before = walk.case.clone();
        match try_act(&walk.case, act) {
            Ok(facts) => {
                prop_assert!(!before.is_closed(), "{act:?} was let through on a closed case");
                walk.write(&facts);
                prop_assert!(
                    may_follow(before.stage(), walk.case.stage()),
                    "{act:?} leads from {} to {}",
                    before.stage().name(),
                    walk.case.stage().name()
                );
            }
            Err(_) => prop_assert_eq!(&walk.case, &before),
        }
    }
    check_invariants(walk)?;
    prop_assert_eq!(&Case::replay(&walk.record).unwrap(), &walk.case);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_acts_skips_a_step_or_spends_a_number_twice(
        acts in proptest::collection::vec(any_act(), 0..160)
    ) {
        run(&mut Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village), &acts)?;
    }

    #[test]
    fn nor_does_any_that_begins_at_the_gate(acts in proptest::collection::vec(late_act(), 0..60)) {
        let mut walk = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village);
        walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
        walk.accept();
        run(&mut walk, &acts)?;
    }

    #[test]
    fn a_closed_case_takes_no_fact_at_all(acts in proptest::collection::vec(any_act(), 1..30), end in 0u8..3) {
        let mut walk = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village);
        match end {
            0 => { walk.act(|case, pack| doors::withdraw(case, pack, "不办了")); }
            1 => { walk.act(|case, pack| doors::refuse(case, pack, vec![reason("TOO_YOUNG")])); }
            _ => {
                walk.reach_delivery();
                walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
                walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), clerk()));
                walk.act(|case, pack| steps::archive::seal(case, pack, picture("package")));
            }
        }
        for act in &acts {
            prop_assert!(try_act(&walk.case, act).is_err(), "{act:?}");
        }
        // The fold refuses as well what no step would have written.
        let every_fact: Vec<Fact> = walk.record.iter().map(|recorded| recorded.fact.clone()).collect();
        for fact in every_fact.into_iter().chain([Fact::Resumed, Fact::PhotoGlued]) {
            prop_assert!(walk.case.after(std::slice::from_ref(&fact), morning(), &clerk()).is_err(), "{}", fact.tag());
        }
    }

    #[test]
    fn another_person_leaves_nothing_of_the_first(acts in proptest::collection::vec(early_act(), 0..40)) {
        let mut walk = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village);
        for act in acts.iter().filter(|act| !matches!(act, Act::Accept)) {
            if let Ok(facts) = try_act(&walk.case, act) {
                walk.write(&facts);
            }
        }
        let newcomer = person("刘明", date(1949, 5, 5), 8);
        let known = walk.case.identity().is_some();
        walk.identify(Role::Applicant, newcomer.clone());
        prop_assert_eq!(walk.case.identity(), Some(&newcomer));
        prop_assert_eq!(walk.case.verdict(), None);
        if known {
            prop_assert_eq!(walk.case.applicant(), None);
            prop_assert_eq!(walk.case.photo(), None);
            prop_assert!(walk.case.materials().values().all(only_lies_here));
        }
    }

    #[test]
    fn a_changed_entry_forgets_the_verdict_and_what_is_no_longer_demanded(
        acts in proptest::collection::vec(early_act(), 0..40), agent: bool, outside: bool
    ) {
        let mut walk = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village);
        walk.identify(Role::Applicant, elder());
        for act in acts.iter().filter(|act| !matches!(act, Act::Accept)) {
            if let Ok(facts) = try_act(&walk.case, act) {
                walk.write(&facts);
            }
        }
        let mode = if agent { ApplicantMode::Agent } else { ApplicantMode::InPerson };
        let hukou = if outside { Hukou::Outside } else { Hukou::Local };
        let before = walk.case.clone();
        walk.fill(entry(mode, hukou));
        let now = walk.case.applicant().unwrap();
        let same = before.applicant().is_some_and(|entry| (entry.mode, entry.hukou) == (mode, hukou));
        prop_assert_eq!(walk.case.verdict(), if same { before.verdict() } else { None });
        prop_assert!(walk.case.materials().iter().all(|(code, state)| now.demanded.contains(code) || only_lies_here(state)));
        for (code, state) in before.materials().iter().filter(|(code, _)| now.demanded.contains(code)) {
            prop_assert_eq!(walk.case.material(code), Some(state), "what is still demanded stays");
        }
        if mode == ApplicantMode::InPerson {
            prop_assert_eq!(walk.case.agent(), None);
        }
    }

    #[test]
    fn a_new_portrait_and_a_new_scan_come_without_the_old_judgement(page in 1u16..4) {
        let mut walk = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village);
        walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
        walk.act(|case, pack| steps::photo::measured(case, pack, portrait()));
        prop_assert_eq!(&walk.case.photo().unwrap().judgement, &None);
        let id = material("id_card");
        walk.act(|case, pack| steps::materials::scan(case, pack, &id, page, picture("again")));
        let state = walk.case.material(&id).unwrap();
        prop_assert!(state.check.is_none() && !state.returned);
    }

    #[test]
    fn a_verdict_depends_on_nothing_but_facts_pack_and_date(
        days in 0i64..40_000, holds: bool, outside: bool, noise in proptest::collection::vec(any::<bool>(), 0..6)
    ) {
        let birth = date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let hukou = if outside { Hukou::Outside } else { Hukou::Local };
        let mut plain = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::Village);
        let mut noisy = Walk::open(PACK.clone(), CaseKind::First, WindowLevel::County);
        for on in noise {
            noisy.act(|case, _| doors::park(case, "等人"));
            noisy.act(|case, _| doors::resume(case));
            if on {
                noisy.act(|case, pack| steps::photo::measured(case, pack, portrait()));
            }
        }
        for walk in [&mut plain, &mut noisy] {
            walk.identify(Role::Applicant, person("王芳", birth, 6));
            walk.fill(entry(ApplicantMode::InPerson, hukou));
        }
        let judged = |walk: &Walk| steps::eligibility::judge(&walk.case, &walk.pack, today(), holds);
        prop_assert_eq!(judged(&plain), judged(&noisy));
    }
}
