//! Cards that cannot be served: each is refused in the words of the pack, and the right card is served after it.

use desk::contract::{FaultKind, Request, StepBody};
use journeys::aftermath::Aftermath;

use crate::bench::{Bench, assert_helps};

/// Lays a card that is refused at once, then the right one in the same case.
fn refused_at_the_reader(card: &str, code: &str, reason: &str) {
    let bench = Bench::new();
    bench.lay(card);
    let counter = bench.with_case();
    counter.ask(Request::ReadCard).unwrap();
    let fault = counter.trouble();
    assert_helps(&fault, code, FaultKind::Refused);
    assert!(fault.call.contains("咨询电话"), "{fault:#?}");
    let told = [fault.what.clone(), fault.reasons.concat()].concat();
    assert!(told.contains(reason), "{reason} is not in {fault:#?}");
    assert_eq!((counter.case().at.as_str(), counter.case().person), ("identify", None));
    bench.lay("ouyang");
    counter.walk_to_after_trouble("applicant");
    assert_eq!(counter.case().person.unwrap().name, "欧阳𬭚");
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert_eq!(left.tags(&left.only_case()), ["opened", "identified"]);
}

#[test]
fn a_card_that_is_not_second_generation_is_refused() {
    refused_at_the_reader("bus_card", "identify.not_second_generation", "不是第二代居民身份证");
}

#[test]
fn an_expired_card_is_refused_with_the_words_of_the_pack() {
    refused_at_the_reader("expired", "identify.refused", "已过有效期");
}

#[test]
fn a_residence_permit_of_hong_kong_macao_or_taiwan_is_refused_with_the_words_of_the_pack() {
    refused_at_the_reader("hmt", "identify.refused", "居民身份证");
}

#[test]
fn somebody_too_young_is_told_the_day_on_which_that_changes_and_is_refused_for_the_record() {
    let bench = Bench::new();
    // Born on 1961-06-01: sixty on the training day, 65 on 2026-06-01.
    bench.lay("sixty");
    let counter = bench.with_case();
    counter.walk_to("eligibility");
    counter.ask(Request::JudgeEligibility).unwrap();
    let StepBody::Eligibility { verdict: Some(verdict) } = counter.case().body else {
        panic!("a verdict that says no stays on the screen: {:#?}", counter.case());
    };
    assert!(!verdict.eligible);
    let failed: Vec<_> = verdict.rules.iter().filter(|rule| !rule.passed).collect();
    let [rule] = failed.as_slice() else { panic!("one rule says no, not {failed:#?}") };
    assert!(rule.because.contains("2026年6月1日"), "{rule:#?}");
    assert!(rule.reason.is_some(), "{rule:#?}");
    // No number, no card, no way around.
    assert!(counter.ask(Request::Accept).is_err());
    assert!(counter.ask(Request::ReserveNumber).is_err());
    counter.ask(Request::RefuseCase { reasons: Vec::new() }).unwrap();
    assert_eq!(counter.case().at, "closed");
    counter.ask(Request::CloseCase).unwrap();
    drop(counter);
    let left = Aftermath::of(bench.path());
    let tags = left.tags(&left.only_case());
    assert!(tags.ends_with(&["slip_issued", "refused"]), "{tags:?}");
    assert_eq!(left.ledger.numbers_balance().unwrap()[0].drawn, 0);
}
