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

/// A card that breaks before it is handed over: the township hears that it does not count, and then of the one that does.
#[test]
fn a_card_that_is_spoiled_after_it_was_confirmed_is_taken_back_and_the_next_one_reported() {
    let mut bench = Bench::village();
    bench.sign_in_for_everything();
    bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    bench.must(Request::SpoilCard { cause: "折断".to_owned() });
    assert_eq!(bench.case().aside.filing, None, "nothing is said of a card that nobody has");
    bench.must(Request::ReserveNumber);
    bench.must(Request::PrintCard { reprint: Some("上一张折断".to_owned()) });
    bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    bench.seconds(5);
    let received = bench.simulator.received().unwrap();
    let told = |one: &serde_json::Value| {
        let kind = one["kind"].as_str().unwrap().to_owned();
        kind.starts_with("filing").then(|| (kind, one["body"]["card_number"].as_str().unwrap().to_owned()))
    };
    let filed: Vec<(String, String)> = received.as_array().unwrap().iter().filter_map(told).collect();
    let kinds: Vec<&str> = filed.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["filing_report", "filing_withdrawn", "filing_report"]);
    assert!(filed[0].1 == filed[1].1 && filed[1].1 != filed[2].1, "{filed:?}");
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
