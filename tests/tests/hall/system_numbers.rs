//! Numbers that the department's system gives with its answer: from acceptance to the delivered card at both kinds of
//! window, numbers that cannot be taken, and a spoiled one for which another is asked (domain 2.3).

use casework::outbox::MessageKind;
use desk::contract::{Kind, Proof, Request, ResultBecame, Screen, StepBody, Taker};
use serde_json::json;

use crate::bench::{Bench, CLERK, ISSUER, offers};

fn by_the_system(pack: String) -> String {
    pack.replacen("value = \"block_allocated\"", "value = \"returned_by_system\"", 1)
}

/// The department approves what comes in, each with a number of its system.
fn let_the_department_answer(bench: &Bench) {
    let order = json!({"platform": "city", "answers": {"approve": {"after_ms": 0, "numbers": "YYSYS"}}});
    bench.simulator.order("answers", &order).unwrap();
}

/// Why the number cannot be taken now.
fn why_not(bench: &mut Bench) -> String {
    let act = bench.case().acts.into_iter().find(|act| act.ask == "reserve_number").unwrap();
    assert!(!act.allowed, "{act:?}");
    act.why_not.unwrap()
}

/// A village's case that waits for its number.
fn waiting_at_a_village() -> (Bench, String) {
    let mut bench = Bench::village_by(by_the_system);
    bench.sign_in_for_everything();
    let case = bench.walk_until(|body| matches!(body, StepBody::Numbering { .. })).case;
    bench.seconds(2);
    (bench, case)
}

/// The page of results, by case and what it says of it.
fn told_on_the_page(bench: &mut Bench) -> Vec<(ResultBecame, String)> {
    bench.must(Request::ShowResults);
    let Screen::Results(page) = bench.view().screen else { panic!("the page of results") };
    bench.must(Request::ClosePage);
    page.lines.into_iter().map(|line| (line.became, line.why)).collect()
}

/// S-49, S-53: the answer brings the number, and the card that bears it is delivered.
#[test]
fn a_village_makes_the_card_with_the_number_that_came_with_the_answer() {
    let (mut bench, number) = waiting_at_a_village();
    assert!(why_not(&mut bench).contains("还没有给出证号"));
    assert_eq!(bench.code(Request::ReserveNumber), "numbering.refused");
    let_the_department_answer(&bench);
    bench.seconds(20);
    let StepBody::Numbering { returned, .. } = bench.case().body else { panic!("at the number") };
    assert_eq!(returned.as_deref(), Some("YYSYS000001"));
    bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    let left = bench.aftermath();
    assert_eq!(left.report().problems, Vec::<String>::new());
    let facts = left.facts(&number.parse().unwrap());
    let confirmed = facts.iter().find(|one| one.fact.tag() == "card_confirmed").unwrap();
    assert!(confirmed.fact.body().contains("YYSYS000001"), "{}", confirmed.fact.body());
    assert!(facts.iter().any(|one| one.fact.tag() == "delivered"));
}

#[test]
fn a_hall_makes_and_delivers_the_card_with_the_number_of_the_system() {
    let mut bench = Bench::hall_by(by_the_system);
    let number = bench.accepted();
    let_the_department_answer(&bench);
    bench.seconds(20);
    bench.sign_in(ISSUER);
    bench.must(Request::ResumeCase { case: number.clone() });
    let case = bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    assert!(matches!(&case.body, StepBody::Delivery { number, .. } if number == "YYSYS000001"), "{:#?}", case.body);
    let (proofs, receiver) = (vec![Proof::ReceiptList], Taker::Applicant);
    bench.must(Request::Deliver { proofs, receiver, collector: None, late: None });
    let left = bench.aftermath();
    assert_eq!(left.report().problems, Vec::<String>::new());
    let tags = left.tags(&number.parse().unwrap());
    assert!(tags.contains(&"delivered") && !tags.contains(&"number_asked"), "{tags:?}");
}

/// A number that goes to waste is told to the department; the case waits for the next one and says so.
#[test]
fn a_spoiled_number_is_told_and_the_next_one_makes_the_card() {
    let (mut bench, number) = waiting_at_a_village();
    let_the_department_answer(&bench);
    bench.seconds(20);
    bench.must(Request::ReserveNumber);
    bench.must(Request::SpoilNumber { cause: "空白证破损".to_owned() });
    assert!(why_not(&mut bench).contains("已向承办部门另要一个证号"));
    bench.must(Request::ParkCase);
    let Screen::Lobby { cases, .. } = bench.view().screen else { panic!("the lobby is shown") };
    assert_eq!(cases[0].waits.as_deref(), Some("等承办部门给号"));
    bench.seconds(20);
    bench.must(Request::ResumeCase { case: number.clone() });
    assert!(offers(&bench.case(), "reserve_number"));
    // The next card is printed wrongly, and takes its number with it.
    bench.walk_until(|body| matches!(body, StepBody::Printing { .. }));
    bench.must(Request::PrintCard { reprint: None });
    bench.must(Request::SpoilCard { cause: "印偏了".to_owned() });
    assert!(why_not(&mut bench).contains("已向承办部门另要一个证号"));
    bench.seconds(20);
    bench.walk_until(|body| matches!(body, StepBody::Numbering { returned: Some(_), .. }));
    bench.must(Request::ReserveNumber);
    bench.must(Request::PrintCard { reprint: Some("上一张印偏了".to_owned()) });
    bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    bench.seconds(5);
    let asked = bench.received().into_iter().filter(|kind| kind == "number_request").count();
    assert_eq!(asked, 2, "each spoiled number was told once");
    let left = bench.aftermath();
    assert_eq!(left.report().problems, Vec::<String>::new());
    let requests: Vec<_> = left.messages().into_iter().filter(|one| one.kind == MessageKind::NumberRequest).collect();
    assert_eq!(requests.len(), 2);
    let facts = left.facts(&number.parse().unwrap());
    let confirmed = facts.iter().find(|one| one.fact.tag() == "card_confirmed").unwrap();
    assert!(confirmed.fact.body().contains("YYSYS000003"), "{}", confirmed.fact.body());
}

/// A number that cannot be one is refused by name, told in plain words, and the case goes on with the next.
#[test]
fn a_malformed_number_is_refused_by_name_and_the_case_still_waits() {
    let (mut bench, number) = waiting_at_a_village();
    bench.numbered_result(&number, "good", "号 码");
    bench.seconds(20);
    assert_eq!(bench.told(), [("BAD_CARD_NUMBER".to_owned(), 1)]);
    assert!(why_not(&mut bench).contains("还没有给出证号"));
    bench.must(Request::ParkCase);
    let told = told_on_the_page(&mut bench);
    assert!(matches!(&told[..], [(ResultBecame::Refused, why)] if why.contains("不成样子")), "{told:?}");
    bench.must(Request::ResumeCase { case: number.clone() });
    bench.numbered_result(&number, "good", "YYSYS-9");
    bench.seconds(20);
    assert!(offers(&bench.case(), "reserve_number"));
}

/// The system gives one number to two people: the second is refused by name, before and after the first card is made.
#[test]
fn a_number_that_the_system_gives_twice_is_refused_by_name() {
    let (mut bench, first) = waiting_at_a_village();
    bench.numbered_result(&first, "good", "YYSYS-7");
    bench.seconds(20);
    bench.must(Request::ParkCase);
    bench.must(Request::OpenCase { kind: Kind::ReissueLost });
    let second = bench.walk_until(|body| matches!(body, StepBody::Numbering { .. })).case;
    bench.seconds(2);
    bench.numbered_result(&second, "good", "YYSYS-7");
    bench.seconds(20);
    let became = |bench: &Bench| bench.told().into_iter().map(|(became, _)| became).collect::<Vec<_>>();
    assert_eq!(became(&bench), ["taken", "CARD_NUMBER_TWICE"]);
    bench.must(Request::ParkCase);
    let told = told_on_the_page(&mut bench);
    assert!(told[0].1.contains("给了两件事") && told[0].1.contains("打电话给承办部门"), "{told:?}");

    bench.must(Request::ResumeCase { case: first.clone() });
    bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    bench.must(Request::ParkCase);
    bench.must(Request::ResumeCase { case: second.clone() });
    bench.numbered_result(&second, "good", "YYSYS-7");
    bench.seconds(20);
    assert_eq!(became(&bench), ["taken", "CARD_NUMBER_TWICE", "CARD_NUMBER_USED"]);
    bench.numbered_result(&second, "good", "YYSYS-8");
    bench.seconds(20);
    assert!(offers(&bench.case(), "reserve_number"));
    let left = bench.aftermath();
    assert_eq!(left.report().problems, Vec::<String>::new());
    assert!(!left.tags(&second.parse().unwrap()).contains(&"number_reserved"));
}

/// The power fails while a new number is awaited: it is asked for once, and comes.
#[test]
fn a_number_that_was_asked_for_comes_after_a_restart() {
    let (mut bench, number) = waiting_at_a_village();
    bench.numbered_result(&number, "good", "YYSYS-1");
    bench.seconds(20);
    bench.platform("city", "away");
    bench.must(Request::ReserveNumber);
    bench.must(Request::SpoilNumber { cause: "空白证破损".to_owned() });
    bench.restart();
    bench.platform("city", "accept");
    let_the_department_answer(&bench);
    bench.seconds(240);
    bench.sign_in(CLERK);
    bench.must(Request::ResumeCase { case: number });
    assert!(offers(&bench.case(), "reserve_number"), "{:#?}", bench.case().body);
    assert_eq!(bench.received().into_iter().filter(|kind| kind == "number_request").count(), 1);
}
