//! 报备: a village's card is reported to its township, once, also when the platform is away for a while (S-50).

use desk::contract::{Request, StepBody};

use crate::bench::Bench;

#[test]
fn a_report_that_cannot_be_sent_is_seen_and_is_acknowledged_when_the_township_is_back() {
    let mut bench = Bench::village();
    bench.platform("filing", "away");
    bench.sign_in_for_everything();
    let closed = bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    let filing = closed.aside.filing.unwrap();
    assert!(!filing.done && filing.words.contains("报备待送"), "{filing:?}");
    bench.seconds(30);
    assert!(bench.received().iter().all(|kind| kind != "filing_report"));
    bench.platform("filing", "accept");
    bench.seconds(120);
    let filing = bench.case().aside.filing.unwrap();
    assert!(filing.done && filing.words.contains("FILING-000001"), "{filing:?}");
    let reports = bench.received().into_iter().filter(|kind| kind == "filing_report").count();
    assert_eq!(reports, 1);
    let received = bench.simulator.received().unwrap();
    let report = received.as_array().unwrap().iter().find(|one| one["kind"] == "filing_report").unwrap();
    assert_eq!(report["body"]["township"], "赫山区样例街道党群和政务服务中心");
    bench.must(Request::CloseCase);
}

#[test]
fn a_card_that_is_confirmed_twice_or_printed_again_is_reported_once() {
    let mut bench = Bench::village();
    bench.sign_in_for_everything();
    bench.walk_until(|body| matches!(body, StepBody::Printing { .. }));
    bench.must(Request::PrintCard { reprint: None });
    bench.must(Request::SpoilCard { cause: "印偏了".to_owned() });
    bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    assert_ne!(bench.code(Request::ConfirmCard), "done", "it was confirmed already");
    bench.seconds(3);
    let reports = bench.received().into_iter().filter(|kind| kind == "filing_report").count();
    assert_eq!(reports, 1);
}
