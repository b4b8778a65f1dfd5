//! Who it is: fields of the chip are locked, a typed identity stays marked, two cards never change places.

use desk::contract::{
    CardRole, CaseView, ChipField, EntryChoice, FaultKind, HukouSide, Mode, Request, Screen, StepBody, TypedIdentity,
};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

/// Ouyang's card, as it stands on its face.
fn typed() -> TypedIdentity {
    TypedIdentity {
        name: "欧阳𬭚".into(),
        sex: String::new(),
        ethnicity: "01".into(),
        birth: "1951-03-08".into(),
        address: "湖南省益阳市赫山区样例村".into(),
        number: "430903195103080025".into(),
        issuing_authority: "益阳市公安局赫山分局".into(),
        valid_from: "2010-05-01".into(),
        valid_until: "长期".into(),
    }
}

fn fill(counter: &Counter, mode: Mode) {
    let fill = Request::FillApplicant {
        mode,
        hukou: HukouSide::Local,
        hukou_basis: "户口簿".into(),
        phone: "13800000000".into(),
        contact_address: "样例村十二组".into(),
        department: "heshan".into(),
    };
    counter.ask(fill).unwrap();
}

fn read(counter: &Counter, request: Request, seen: impl Fn(&CaseView) -> bool) {
    counter.ask(request).unwrap();
    counter.wait("a card that was read", |view| {
        let Screen::Case(case) = &view.screen else { return None };
        assert_eq!(view.trouble, None);
        seen(case).then_some(())
    });
}

fn names(counter: &Counter) -> (Option<String>, Option<String>) {
    let case = counter.case();
    (case.person.map(|person| person.name), case.aside.agent.map(|agent| agent.name))
}

#[test]
fn a_field_of_the_chip_is_set_aside_only_with_a_reason_and_both_values_stay() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("applicant");
    let locked = counter.case().aside.correctable;
    assert_eq!(locked.iter().filter(|one| one.name.contains("申请人")).count(), 3, "{locked:#?}");
    let set_aside = |after: &str, reason: &str| {
        let (role, field) = (CardRole::Applicant, ChipField::Name);
        counter.ask(Request::SetAside { role, field, after: after.into(), reason: reason.into() })
    };
    let fault = set_aside("欧阳𬭚", " ").unwrap_err();
    assert_helps(&fault, "identify.correct", FaultKind::Correct);
    assert_eq!(fault.fields.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["after", "reason"]);
    set_aside("欧阳铃", "证面印的是铃").unwrap();
    let case = counter.case();
    assert_eq!(case.person.unwrap().name, "欧阳铃");
    let [line] = case.aside.trail.as_slice() else { panic!("one correction, not {:#?}", case.aside.trail) };
    assert_eq!(
        (line.what.as_str(), line.before.as_str(), line.after.as_str(), line.why.as_str(), line.by.as_str()),
        ("姓名（申请人）", "欧阳𬭚", "欧阳铃", "证面印的是铃", "张敏")
    );
    counter.walk_to("delivery");
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert!(left.tags(&left.only_case()).contains(&"field_overridden"));
    assert!(text(&left.prints("card")[0]).contains("欧阳铃"), "the card bears the name that was set");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_typed_identity_is_checked_all_at_once_and_stays_marked_everywhere() {
    let bench = Bench::new();
    let counter = bench.with_case();
    let wrong = TypedIdentity {
        name: String::new(),
        sex: "male".into(),
        birth: "1951-03-09".into(),
        valid_until: "2009-13-01".into(),
        ..typed()
    };
    let fault = counter.ask(Request::TypeIdentity { role: CardRole::Applicant, entry: wrong }).unwrap_err();
    assert_helps(&fault, "identify.correct", FaultKind::Correct);
    let mut fields: Vec<&str> = fault.fields.iter().map(|one| one.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["birth", "name", "sex", "valid_until"]);
    let swapped = TypedIdentity { number: "430903195103080052".into(), ..typed() };
    let fault = counter.ask(Request::TypeIdentity { role: CardRole::Applicant, entry: swapped }).unwrap_err();
    assert!(fault.fields[0].words.contains("校验位"), "{fault:#?}");

    counter.ask(Request::TypeIdentity { role: CardRole::Applicant, entry: typed() }).unwrap();
    let person = counter.case().person.unwrap();
    assert_eq!((person.sex.as_str(), person.source.as_str()), ("女", "手工录入（未核验）"));
    assert!(person.notes[0].contains("没有经过读卡核验"), "{:#?}", person.notes);
    assert!(counter.case().aside.correctable.is_empty(), "a typed identity is typed again, not set aside");
    counter.walk_to("closed");
    let list = text(&counter.paper("SHS0101-20211108-0001"));
    assert!(list.contains("申请人身份信息是手工录入的，未核验"), "{list}");
    counter.wait("the acceptance at the platform", |_| {
        let received = bench.simulator.received().unwrap().to_string();
        received
            .contains("\\\"source\\\":\\\"typed\\\"")
            .then_some(())
            .or_else(|| received.contains("\"source\":\"typed\"").then_some(()))
    });
}

/// S-21: the agent's card before the applicant's or after it, before the mode is chosen or after it.
#[test]
fn an_agents_card_is_taken_in_either_order_and_roles_stay_right() {
    for agent_first in [false, true] {
        let bench = Bench::new();
        let counter = bench.with_case();
        let elder = |counter: &Counter| {
            bench.lay("ouyang");
            read(counter, Request::ReadCard, |case| case.person.is_some());
        };
        let agent = |counter: &Counter, request: Request| {
            bench.lay("young");
            read(counter, request, |case| case.aside.agent.is_some());
        };
        if agent_first {
            agent(&counter, Request::ReadAgentCard);
            let StepBody::Identify { expects, applicant, agent, .. } = counter.case().body else { panic!("step 1") };
            assert_eq!((expects, applicant, agent.as_deref()), (CardRole::Applicant, None, Some("郭**")));
            elder(&counter);
            fill(&counter, Mode::Agent);
        } else {
            elder(&counter);
            fill(&counter, Mode::Agent);
            let StepBody::Identify { expects, .. } = counter.case().body else { panic!("the agent's card is missing") };
            assert_eq!(expects, CardRole::Agent);
            agent(&counter, Request::ReadCard);
        }
        assert_eq!(
            names(&counter),
            (Some("欧阳𬭚".to_owned()), Some("郭样文".to_owned())),
            "agent first: {agent_first}"
        );
        assert_eq!(counter.case().at, "eligibility");
        drop(counter);
        let left = Aftermath::of(bench.path());
        assert_eq!(left.report().problems, Vec::<String>::new());
    }
}

#[test]
fn one_card_is_never_taken_for_both_people() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("applicant");
    fill(&counter, Mode::Agent);
    counter.ask(Request::ReadCard).unwrap();
    let fault = counter.trouble();
    assert_helps(&fault, "identify.refused", FaultKind::Refused);
    assert!(fault.reasons.concat().contains("同一张身份证"), "{fault:#?}");
    assert_eq!(names(&counter).1, None);
}

#[test]
fn the_chips_address_is_a_hint_and_the_clerk_decides() {
    let bench = Bench::new();
    bench.lay("sixty");
    let counter = bench.with_case();
    counter.walk_to("applicant");
    let StepBody::Applicant { suggested_hukou, suggested_department, hukou_hint, .. } = counter.case().body else {
        panic!("the form is on screen")
    };
    assert_eq!((suggested_hukou, suggested_department.as_deref()), (Some(HukouSide::Outside), Some("ziyang")));
    assert!(hukou_hint.contains("资阳区"), "{hukou_hint}");
    fill(&counter, Mode::InPerson);
    assert_eq!(counter.case().at, "eligibility", "what the clerk decides is taken, whatever the hint says");
}

/// S-40: the case stays open, before and after stand in the trail.
#[test]
fn entries_and_papers_are_put_right_on_the_spot_with_a_trail() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    counter.ask(Request::ScanMaterial { material: "id_card".into() }).unwrap();
    let check = |errors: Vec<String>| {
        counter.ask(Request::CheckMaterial { material: "id_card".into(), original_inspected: true, errors }).unwrap();
    };
    check(vec!["NOT_SECOND_GEN".into()]);
    let correct = |left: Vec<String>, how: &str| {
        counter.ask(Request::CorrectMaterial { material: "id_card".into(), left, how: how.into() })
    };
    assert!(correct(Vec::new(), "").is_err(), "how it was put right has to be said");
    assert!(correct(vec!["NOT_SECOND_GEN".into()], "没改").is_err(), "nothing was put right");
    correct(Vec::new(), "换了第二代身份证").unwrap();
    let entry = |field, after: &str| counter.ask(Request::CorrectEntry { field, after: after.into() });
    let fault = entry(EntryChoice::Phone, "12").unwrap_err();
    assert_helps(&fault, "applicant.correct", FaultKind::Correct);
    entry(EntryChoice::Phone, "13900000001").unwrap();
    let trail = counter.case().aside.trail;
    assert_eq!(trail.len(), 2, "{trail:#?}");
    assert_eq!((trail[0].what.as_str(), trail[0].after.as_str()), ("申请人身份证", "没有问题"));
    assert!(trail[0].before.contains("第二代"), "{trail:#?}");
    assert_eq!((trail[1].before.as_str(), trail[1].after.as_str()), ("0737-4400000", "13900000001"));
    counter.walk_to("closed");
}

#[test]
fn a_clerk_goes_back_to_an_earlier_step_and_on_again() {
    let bench = Bench::new();
    let counter = bench.with_case();
    assert!(counter.ask(Request::GoTo { step: "materials".into() }).is_err(), "nothing is known yet");
    counter.walk_to("materials");
    // The verdict that said yes can be read again.
    counter.ask(Request::GoTo { step: "eligibility".into() }).unwrap();
    let case = counter.case();
    assert!(matches!(case.body, StepBody::Eligibility { verdict: Some(verdict) } if verdict.eligible));
    assert!(case.aside.verdict.unwrap().starts_with("符合条件"));
    counter.ask(Request::GoOn).unwrap();
    assert_eq!(counter.case().at, "materials");
    counter.ask(Request::GoTo { step: "applicant".into() }).unwrap();
    fill(&counter, Mode::InPerson);
    assert_ne!(counter.case().at, "applicant", "what the clerk went back for is done");
    counter.walk_to("numbering");
    assert!(counter.ask(Request::GoTo { step: "materials".into() }).is_err(), "accepted is accepted");
    counter.ask(Request::GoTo { step: "eligibility".into() }).unwrap();
    assert!(counter.ask(Request::JudgeEligibility).is_err());
    counter.ask(Request::GoOn).unwrap();
    assert_eq!(counter.case().at, "numbering");
}
