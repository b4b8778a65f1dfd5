//! The whole way of a case through a hall, from hand to hand.

use casework::fact::Fact;
use desk::contract::{
    AnswerState, EndedAs, HandOverTo, HandOverView, Kind, Proof, Request, ResultBecame, Screen, StepBody, Taker,
};

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

/// The page of the hand-over.
fn hand_over(bench: &mut Bench) -> HandOverView {
    bench.must(Request::ShowHandOver);
    let Screen::HandOver(page) = bench.view().screen else { panic!("the page of the hand-over") };
    *page
}

/// S-51 (八·八): what the clerk took in goes to the issuing staff on a list that both sign, before or after the answer, and
/// later from the issuing staff to the archive on another one.
#[test]
fn a_halls_clerk_hands_the_papers_to_the_issuer_on_a_list_of_their_own() {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    bench.must(Request::ParkCase);
    let page = hand_over(&mut bench);
    let [row] = page.issuer.as_deref().unwrap() else { panic!("one case waits: {page:#?}") };
    assert_eq!((row.case.as_str(), row.why_not.as_deref(), page.archivist.len()), (number.as_str(), None, 0));
    let sign = |to, taker: cli::people::Practice, password: &str| Request::SignHandOver {
        to,
        cases: vec![number.clone()],
        old_cards: 0,
        taker: taker.name.to_owned(),
        password: desk::contract::Secret::new(password),
    };
    let to_issuer = |taker, password: &str| sign(HandOverTo::Issuer, taker, password);
    assert_eq!(bench.code(to_issuer(ISSUER, "wrong password")), "archive.not_signed");
    assert_eq!(bench.code(to_issuer(ARCHIVIST, ARCHIVIST.password)), "archive.correct", "he is no issuing staff");
    assert_eq!(bench.code(to_issuer(CLERK, CLERK.password)), "archive.correct", "he only takes in");
    let to_archive = sign(HandOverTo::Archivist, ARCHIVIST, ARCHIVIST.password);
    assert_ne!(bench.code(to_archive), "done", "nothing was delivered yet");
    assert_eq!(hand_over(&mut bench), page, "nothing has changed hands");
    bench.must(to_issuer(ISSUER, ISSUER.password));
    let after = hand_over(&mut bench);
    assert_eq!((after.issuer.as_deref(), after.last.as_deref()), (Some(&[][..]), Some("YFHS0001-20211108-001")));
    assert_eq!(bench.code(to_issuer(ISSUER, ISSUER.password)), "desk.not_now", "no second list");

    bench.result(&number, "good");
    bench.seconds(20);
    bench.sign_in(ISSUER);
    bench.must(Request::ResumeCase { case: number.clone() });
    bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    let (proofs, receiver) = (vec![Proof::ReceiptList], Taker::Applicant);
    bench.must(Request::Deliver { proofs, receiver, collector: None, late: None });
    bench.must(Request::DeclineRating);
    bench.must(Request::ParkCase);
    let page = hand_over(&mut bench);
    assert_eq!((page.issuer.unwrap().len(), page.archivist.len()), (0, 1));
    bench.must(sign(HandOverTo::Archivist, ARCHIVIST, ARCHIVIST.password));
    let left = bench.aftermath();
    let facts = left.facts(&number.parse().unwrap());
    let working = facts.iter().find_map(|one| {
        let Fact::WorkingPapersHandedOver { from, to, list, .. } = &one.fact else { return None };
        Some((from.as_str(), to.as_str(), list.as_str()))
    });
    assert_eq!(working, Some((CLERK.name, ISSUER.name, "YFHS0001-20211108-001")));
    let archived = facts.iter().find_map(|one| {
        let Fact::HandedOver { from, to, list: Some(list), .. } = &one.fact else { return None };
        Some((from.as_str(), to.as_str(), list.as_str()))
    });
    assert_eq!(archived, Some((ISSUER.name, ARCHIVIST.name, "YDHS0001-20211108-001")));
    assert_eq!(left.report().problems, Vec::<String>::new());
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
    let StepBody::Closed { ended: EndedAs::Refused, title, lines, package: None } = bench.case().body else {
        panic!("it has ended")
    };
    assert_eq!(title, "承办部门不予办理");
    // 不予收件 is the word for what is not taken; this was.
    let given: Vec<String> = bench.case().aside.given.into_iter().map(|one| one.title).collect();
    assert_eq!(given, ["不予办理告知书", "收文清单"]);
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
