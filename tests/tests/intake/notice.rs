//! The one-time notice tells every gap at once and leaves the case open; the receipt list is printed once more.

use desk::contract::{FaultKind, HukouSide, Mode, Request, StepBody};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

/// An agent without a card, a power of attorney without authority and not in the original, no permit, no photo.
pub fn five_faults(counter: &Counter) {
    counter.walk_to("applicant");
    let StepBody::Applicant { departments, .. } = counter.case().body else { panic!("the form is on screen") };
    counter
        .ask(Request::FillApplicant {
            mode: Mode::Agent,
            hukou: HukouSide::Outside,
            hukou_basis: "看过居住证".into(),
            phone: "13800000000".into(),
            contact_address: "样例村十二组".into(),
            department: departments[0].value.clone(),
        })
        .unwrap();
    for (material, errors) in [("power_of_attorney", vec!["POA_NO_AUTHORITY".to_owned()]), ("id_card", Vec::new())] {
        let original_inspected = errors.is_empty();
        counter.ask(Request::ScanMaterial { material: material.into() }).unwrap();
        counter.ask(Request::CheckMaterial { material: material.into(), original_inspected, errors }).unwrap();
    }
}

#[test]
fn a_case_with_five_faults_gives_five_lines_on_the_printed_notice() {
    let bench = Bench::new();
    let counter = bench.with_case();
    five_faults(&counter);
    let early = counter.ask(Request::IssueNotice).unwrap_err();
    assert_helps(&early, "acceptance.gaps", FaultKind::Refused);
    counter.ask(Request::JudgeEligibility).unwrap();
    counter.ask(Request::IssueNotice).unwrap();
    let case = counter.case();
    assert_ne!(case.at, "closed", "the case stays open");
    let number = &case.aside.given[0].number;
    assert_eq!(number, "THS0101-20211108-0001-1");
    // The mark of training lies across the sheet, and its two characters fall between the others.
    let notice = text(&counter.paper(number)).replace(['样', '稿'], "");
    for words in [
        "一次性告知单",
        "1.还没有查验代理人身份证",
        "2.授权委托书（含代理人身份证明复印件）：没有见到授权委托书原件",
        "3.授权委托书（含代理人身份证明复印件）：委托书没有写代理权限",
        "4.居住证：缺居住证",
        "5.近期免冠一寸照片：缺一寸照片",
        "赫山区0737-4423642",
        "本人已经知悉",
        "2021年11月8日",
        "张敏",
    ] {
        assert!(notice.contains(words), "{words} is not on the notice:\n{notice}");
    }
    assert!(!notice.contains("6."), "five faults, five lines:\n{notice}");
    assert_eq!(notice.matches("怎么办").count(), 5);
    // A second one has its own number; printing the first again makes no second sheet.
    counter.ask(Request::PrintSlip { number: number.clone() }).unwrap();
    counter.ask(Request::IssueNotice).unwrap();
    counter.paper("THS0101-20211108-0001-2");
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert_eq!(left.prints("paper").len(), 2);
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn who_lacks_nothing_gets_no_notice() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("acceptance");
    let act = counter.case().acts.into_iter().find(|act| act.ask == "issue_notice").unwrap();
    assert!(!act.allowed);
    assert_helps(&counter.ask(Request::IssueNotice).unwrap_err(), "desk.not_now", FaultKind::Refused);
}

/// D-19, U-06: logged with its reason, marked with its count, and the original stays the original.
#[test]
fn a_receipt_list_is_printed_once_more_with_a_reason_and_marked() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("acceptance");
    assert!(counter.ask(Request::ReprintReceipt { reason: "丢了".into() }).is_err(), "there is no list yet");
    counter.walk_to("numbering");
    let fault = counter.ask(Request::ReprintReceipt { reason: " ".into() }).unwrap_err();
    assert_helps(&fault, "desk.correct", FaultKind::Correct);
    let original = text(&counter.paper("SHS0101-20211108-0001"));
    assert!(!original.contains("补打"), "{original}");
    for copy in 1..=2 {
        counter.ask(Request::ReprintReceipt { reason: "申请人丢了".into() }).unwrap();
        let list = text(&counter.paper(&format!("SHS0101-20211108-0001-B{copy}")));
        assert!(list.contains(&format!("补打{copy}")) && list.contains("SHS0101-20211108-0001"), "{list}");
    }
    let titles: Vec<String> = counter.case().aside.given.into_iter().map(|paper| paper.title).collect();
    assert_eq!(titles, ["收文清单", "收文清单（补打 1）", "收文清单（补打 2）"]);
    drop(counter);
    let left = Aftermath::of(bench.path());
    let tags = left.tags(&left.only_case());
    assert_eq!(tags.iter().filter(|tag| **tag == "receipt_reprinted").count(), 2);
    assert_eq!(left.prints("paper").len(), 3);
}
