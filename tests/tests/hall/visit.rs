//! The whole way of a case through a hall, from hand to hand.

use desk::contract::{AnswerState, EndedAs, Kind, Proof, Request, ResultBecame, Screen, StepBody, Taker};

use crate::bench::{ARCHIVIST, Bench, CLERK, ISSUER, offers};

/// What stands beside the lobby's only case.
fn standing(bench: &mut Bench) -> Option<String> {
    let Screen::Lobby { cases, .. } = bench.view().screen else { panic!("the lobby is shown") };
    cases.into_iter().next().unwrap().waits
}

/// S-49, S-53, S-54, S-56.
#[test]
fn a_hall_takes_in_waits_issues_and_archives_by_different_people() {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    let waiting = bench.case();
    assert!(matches!(waiting.body, StepBody::Awaiting { answer: AnswerState::NotYet, .. }), "{:#?}", waiting.body);
    assert!(waiting.acts.iter().all(|act| act.ask != "reserve_number"), "a hall's clerk has no button for a number");
    assert_eq!(waiting.clock, None, "no clock of minutes runs in a hall");
    assert_eq!(bench.code(Request::ReserveNumber), "desk.not_permitted");
    // The counter is free while the department works.
    bench.must(Request::ParkCase);
    assert_eq!(standing(&mut bench).as_deref(), Some("等承办部门办理"));

    bench.result(&number, "good");
    bench.seconds(20);
    assert_eq!(standing(&mut bench).as_deref(), Some("结果已到：同意"));
    assert_eq!(bench.told(), [("taken".to_owned(), 1)]);
    bench.must(Request::ResumeCase { case: number.clone() });
    let for_the_issuer = bench.case();
    assert!(matches!(for_the_issuer.body, StepBody::Awaiting { answer: AnswerState::Approved, .. }));
    assert!(for_the_issuer.acts.iter().all(|act| act.ask != "reserve_number"));

    bench.sign_in(ISSUER);
    bench.must(Request::ShowResults);
    let Screen::Results(page) = bench.view().screen else { panic!("the page of results") };
    let [line] = page.lines.as_slice() else { panic!("{page:#?}") };
    assert_eq!(
        (line.case.as_str(), line.became, line.open, line.told),
        (number.as_str(), ResultBecame::Fits, true, true)
    );
    bench.must(Request::ResumeCase { case: number.clone() });
    let case = bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    assert!(offers(&case, "deliver"));
    bench.must(Request::Deliver {
        proofs: vec![Proof::ReceiptList],
        receiver: Taker::Applicant,
        collector: None,
        late: None,
    });
    bench.must(Request::DeclineRating);
    let archivist = ARCHIVIST.name.to_owned();
    assert_eq!(bench.code(Request::HandOver { to: archivist.clone(), password: None }), "archive.correct");
    bench.must(Request::HandOver { to: archivist, password: Some(ARCHIVIST.secret()) });
    assert_eq!(bench.code(Request::Seal), "desk.not_permitted");

    bench.sign_in(ARCHIVIST);
    bench.must(Request::ResumeCase { case: number.clone() });
    bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    bench.seconds(3);
    assert!(bench.received().iter().all(|kind| kind != "filing_report"), "a hall files no report");
    let left = bench.aftermath();
    assert_eq!(left.report().problems, Vec::<String>::new());
    let tags = left.tags(&number.parse().unwrap());
    let place = |tag: &str| tags.iter().position(|one| *one == tag).unwrap_or_else(|| panic!("{tag}: {tags:?}"));
    let way =
        ["accepted", "parked", "department_answered", "resumed", "number_reserved", "card_confirmed", "delivered"];
    assert!(way.map(place).is_sorted(), "{tags:?}");
    assert_eq!(tags.last(), Some(&"sealed"));
}

/// A rejection is told with its reasons, and nothing is made; the old card stays what it was.
#[test]
fn a_case_that_the_department_rejects_is_told_and_ended_without_a_card() {
    let mut bench = Bench::hall();
    bench.sign_in(CLERK);
    bench.must(Request::OpenCase { kind: Kind::ReissueLost });
    let number = bench.accepted();
    let order = serde_json::json!({
        "platform": "city", "case": number, "make": "rejected",
        "reasons": ["ALREADY_HOLDS_CARD", "NOT_A_REASON_OF_OURS"], "said": "系统里查到有效的证，电话 13900000001"
    });
    bench.simulator.order("result", &order).unwrap();
    bench.seconds(20);
    let case = bench.case();
    let StepBody::Awaiting { answer: AnswerState::Rejected, lines, .. } = &case.body else {
        panic!("{:#?}", case.body)
    };
    let told = lines.concat();
    assert!(told.contains("系统里查到有效的证") && !told.contains("13900000001"), "{told}");
    assert!(offers(&case, "refuse_case"));
    let reasons: Vec<String> = case.aside.refusals.iter().map(|refusal| refusal.reason.clone()).collect();
    assert_eq!(reasons, ["ALREADY_HOLDS_CARD"]);
    bench.must(Request::RefuseCase { reasons });
    let StepBody::Closed { ended: EndedAs::Refused, title, lines } = bench.case().body else { panic!("it has ended") };
    assert_eq!(title, "承办部门不予办理");
    assert!(lines.concat().contains("原来的证继续有效"), "{lines:?}");
    let left = bench.aftermath();
    assert_eq!(left.ledger.numbers_balance().unwrap()[0].drawn, 0, "no number was spent");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

/// D-21: where the pack says so a village waits as well, and then goes on by itself.
#[test]
fn a_village_waits_for_the_department_where_its_pack_says_so() {
    let mut bench = Bench::village_by(|pack| {
        let (head, rest) = pack.split_once("[rules.village_issue_requires_approval]").unwrap();
        format!("{head}[rules.village_issue_requires_approval]{}", rest.replacen("value = false", "value = true", 1))
    });
    let number = bench.accepted();
    let case = bench.case();
    assert!(matches!(case.body, StepBody::Awaiting { answer: AnswerState::NotYet, .. }));
    assert!(case.clock.is_some(), "the 30 minutes run while it waits");
    bench.result(&number, "good");
    bench.seconds(20);
    let case = bench.case();
    assert!(matches!(case.body, StepBody::Numbering { .. }) && offers(&case, "reserve_number"), "{:#?}", case.body);
}

#[test]
fn nobody_is_asked_for_results_while_nobody_waits() {
    let mut bench = Bench::village();
    bench.sign_in(CLERK);
    bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    bench.seconds(120);
    assert_eq!(bench.asked, 0, "a village that makes its cards without waiting asks nobody");
    let mut bench = Bench::hall();
    bench.sign_in(CLERK);
    bench.seconds(60);
    assert_eq!(bench.asked, 0);
    let number = bench.accepted();
    assert!(bench.asked > 0);
    bench.result(&number, "good");
    bench.seconds(20);
    let asked = bench.asked;
    bench.seconds(120);
    assert_eq!(bench.asked, asked, "the answer has come");
}
