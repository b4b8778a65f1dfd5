//! Results of the department: read with suspicion, judged against the case, one fact however often they come.

use crate::bench::*;
use casework::{
    doors,
    fact::Fact,
    nouns::*,
    outbox::{Answer, Cause},
    pack::PolicyPack,
    results::{CaseResult, Fetched, Mismatch, Verdict, awaits, judge, read},
    slips, steps,
};
use serde_json::{Value, json};

/// A hall's case that waits for its department.
fn waiting() -> Walk {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::County);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk
}

fn line(walk: &Walk) -> Value {
    let number = walk.case.identity().unwrap().number.as_str();
    json!({
        "id": "R-1", "case": walk.case.id().as_str(), "receipt": walk.case.receipt().unwrap().as_str(),
        "item_code": walk.pack.item().code.as_str(),
        "holder": {"name": walk.case.identity().unwrap().name.as_str(), "number_tail": &number[14..]},
        "approved": true, "reference": "准-1", "reasons": [],
    })
}

fn listed(body: &Value) -> Fetched {
    read(&Answer::Status { code: 200, retry_after: None, body: body.to_string() })
}

fn result(line: &Value) -> CaseResult {
    let Fetched::Page { offers, .. } = listed(&json!({"ok": true, "results": [line]})) else { panic!("a list") };
    offers.into_iter().next().unwrap().result.expect("a sound line")
}

fn changed(walk: &Walk, pointer: &str, to: Value) -> CaseResult {
    let mut line = line(walk);
    *line.pointer_mut(pointer).unwrap() = to;
    result(&line)
}

fn judged(walk: &Walk, result: &CaseResult) -> Verdict {
    judge(result, Some(&walk.case), &walk.pack)
}

#[test]
fn a_result_fits_only_when_case_receipt_item_and_holder_do() {
    let walk = waiting();
    let Verdict::Fits(facts) = judged(&walk, &result(&line(&walk))) else { panic!("it fits") };
    assert!(matches!(&facts[..], [Fact::DepartmentAnswered { approved: true, reference, .. }] if reference == "准-1"));
    for (pointer, to, why) in [
        ("/case", json!("HSLJ01-20211108-0002"), Mismatch::UnknownCase),
        ("/receipt", json!("S-2"), Mismatch::OtherReceipt),
        ("/item_code", json!("432023107W01"), Mismatch::OtherItem),
        ("/holder/name", json!("欧阳"), Mismatch::OtherHolder),
        ("/holder/number_tail", json!("0000"), Mismatch::OtherHolder),
    ] {
        assert_eq!(judged(&walk, &changed(&walk, pointer, to)), Verdict::Refused(why), "{pointer}");
    }
    assert_eq!(judge(&result(&line(&walk)), None, &walk.pack), Verdict::Refused(Mismatch::UnknownCase));
}

#[test]
fn a_result_comes_in_time_or_not_at_all() {
    let sound = waiting();
    let result = result(&line(&sound));
    let draft = Walk::open(pack(), CaseKind::First, WindowLevel::County);
    assert_eq!(judge(&result, Some(&draft.case), &draft.pack), Verdict::Refused(Mismatch::NotAccepted));
    let mut gone = waiting();
    gone.act(|case, pack| doors::withdraw(case, pack, "不办了"));
    assert_eq!(judged(&gone, &result), Verdict::Refused(Mismatch::Closed));
    let mut parked = waiting();
    parked.act(|case, _| doors::park(case, "等结果"));
    assert!(matches!(judged(&parked, &result), Verdict::Fits(_)), "a case that was put aside takes it");
}

#[test]
fn the_same_answer_twice_is_known_and_another_one_contradicts() {
    let mut walk = waiting();
    let first = result(&line(&walk));
    let Verdict::Fits(facts) = judged(&walk, &first) else { panic!("it fits") };
    walk.write(&facts);
    assert_eq!(judged(&walk, &first), Verdict::Known);
    assert_eq!(
        judged(&walk, &changed(&walk, "/id", json!("R-2"))),
        Verdict::Known,
        "the name of the line is no matter"
    );
    for (pointer, to) in [("/approved", json!(false)), ("/reference", json!("准-2"))] {
        assert_eq!(judged(&walk, &changed(&walk, pointer, to)), Verdict::Refused(Mismatch::Contradicts), "{pointer}");
    }
    let mut numbered = line(&walk);
    numbered["card_number"] = json!("YY000009");
    assert_eq!(judged(&walk, &result(&numbered)), Verdict::Refused(Mismatch::Contradicts));
    assert!(walk.case.after(&facts, walk.now, &Actor::system()).is_err(), "no record holds two answers");
}

#[test]
fn a_rejection_keeps_the_reasons_this_pack_knows_and_the_departments_words_without_long_numbers() {
    let mut walk = waiting();
    let mut no = line(&walk);
    no["approved"] = json!(false);
    no["reasons"] = json!(["ALREADY_HOLDS_CARD", "NOBODY_KNOWS_THIS"]);
    no["said"] = json!("请本人到窗口，电话 13900000001");
    let Verdict::Fits(facts) = judged(&walk, &result(&no)) else { panic!("it fits") };
    let [Fact::DepartmentAnswered { approved: false, reasons, said: Some(said), .. }] = &facts[..] else {
        panic!("{facts:?}")
    };
    assert_eq!(reasons, &[reason("ALREADY_HOLDS_CARD")]);
    assert_eq!(said, "请本人到窗口，电话 ***********");
    walk.write(&facts);
    assert_eq!(doors::refusable(&walk.case, &walk.pack, today()), [reason("ALREADY_HOLDS_CARD")]);
    let mut bare = waiting();
    let Verdict::Fits(facts) = judged(&bare, &changed(&bare, "/approved", json!(false))) else { panic!("it fits") };
    bare.write(&facts);
    let told = doors::refusable(&bare.case, &bare.pack, today());
    assert_eq!(told, [reason("APPROVAL_REFUSED")], "a rejection without a reason is one");
    let (window, today) = ("办事窗口".to_owned(), today());
    let counter = slips::Counter { window, county: county("heshan"), clerk: clerk(), today };
    let slip = slips::refusal(&bare.case, &bare.pack, &told, &counter);
    assert_eq!((slip.title, slip.received), ("不予办理告知书", true), "it was received, so it is not 不予收件");
    bare.act(|case, pack| doors::refuse(case, pack, told));
}

#[test]
fn one_bad_line_does_not_hide_the_next() {
    let walk = waiting();
    let mut lines = vec![json!(7), json!({}), json!({"id": "R 1", "case": "x"}), json!({"id": "../x"})];
    for (pointer, to) in [("/holder/number_tail", json!("25")), ("/reference", json!(" ")), ("/approved", json!("yes"))]
    {
        let mut odd = line(&walk);
        *odd.pointer_mut(pointer).unwrap() = to;
        lines.push(odd);
    }
    lines.push(line(&walk));
    let Fetched::Page { offers, next, more } =
        listed(&json!({"ok": true, "results": lines, "next": "8", "more": true}))
    else {
        panic!("a list")
    };
    let sound: Vec<bool> = offers.iter().map(|offer| offer.result.is_some()).collect();
    assert_eq!(sound, [false, false, false, false, false, false, false, true]);
    let named: Vec<bool> = offers.iter().map(|offer| offer.id.is_some()).collect();
    assert_eq!(
        named,
        [false, false, false, false, true, true, true, true],
        "an address is never made of a strange name"
    );
    assert_eq!((next.as_deref(), more), (Some("8"), true));
}

#[test]
fn what_is_no_list_is_a_cause_to_wait() {
    let status = |code, body: &str| Answer::Status { code, retry_after: None, body: body.to_owned() };
    for (answer, cause) in [
        (Answer::NetworkDown, Cause::NetworkDown),
        (Answer::TimedOut, Cause::TimedOut),
        (status(503, ""), Cause::Busy),
        (status(401, ""), Cause::Credentials),
        (status(200, "<html>login</html>"), Cause::GatewayPage),
        (status(200, "{\"ok\":false,\"code\":\"SYSTEM_BUSY\"}"), Cause::Busy),
        (status(200, "{\"ok\":true,\"results\":7}"), Cause::Unreadable),
        (status(302, ""), Cause::Unreadable),
    ] {
        assert_eq!(read(&answer), Fetched::Away(cause), "{answer:?}");
    }
}

#[test]
fn a_hall_waits_and_a_village_only_where_its_pack_says_so() {
    let mut hall = waiting();
    assert!(awaits(&hall.case, &hall.pack));
    let Verdict::Fits(facts) = judged(&hall, &result(&line(&hall))) else { panic!("it fits") };
    hall.write(&facts);
    assert!(!awaits(&hall.case, &hall.pack));
    let strict = YIYANG.split_once("[rules.village_issue_requires_approval]").unwrap();
    let strict = format!(
        "{}[rules.village_issue_requires_approval]{}",
        strict.0,
        strict.1.replacen("value = false", "value = true", 1)
    );
    for (text, waits) in [(YIYANG, false), (strict.as_str(), true)] {
        let pack = PolicyPack::parse("pack.toml", text).unwrap();
        let mut village = Walk::open(pack, CaseKind::First, WindowLevel::Village);
        village.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
        village.accept();
        assert_eq!(awaits(&village.case, &village.pack), waits);
    }
}

/// The shipped pack, with the numbers that the department's system gives.
fn numbered_by_the_system() -> Walk {
    let text = YIYANG.replacen("value = \"block_allocated\"", "value = \"returned_by_system\"", 1);
    let mut walk = Walk::open(PolicyPack::parse("n.toml", &text).unwrap(), CaseKind::First, WindowLevel::Village);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk
}

fn bringing(walk: &Walk, reference: &str, number: Option<&str>) -> CaseResult {
    let mut line = line(walk);
    line["reference"] = json!(reference);
    line["card_number"] = json!(number);
    result(&line)
}

#[test]
fn a_number_that_can_be_none_is_refused_by_name_and_another_may_follow_it() {
    let mut walk = numbered_by_the_system();
    assert!(awaits(&walk.case, &walk.pack), "the number comes with the answer, at a village as well");
    for bad in ["", "YY 0001", "YYYYYY", "001", "Y0".repeat(80).as_str()] {
        let offered = bringing(&walk, "准-1", Some(bad));
        assert_eq!(judged(&walk, &offered), Verdict::Refused(Mismatch::BadNumber), "{bad}");
    }
    let Verdict::Fits(facts) = judged(&walk, &bringing(&walk, "准-1", Some("YY-000001"))) else { panic!("it fits") };
    walk.write(&facts);
    assert!(!awaits(&walk.case, &walk.pack));
    let again = judged(&walk, &bringing(&walk, "准-2", Some("YY-000002")));
    assert_eq!(again, Verdict::Refused(Mismatch::Contradicts), "nobody asked for another one");
}

#[test]
fn an_approval_without_a_number_asks_for_one() {
    let mut walk = numbered_by_the_system();
    let Verdict::Fits(facts) = judged(&walk, &bringing(&walk, "准-1", None)) else { panic!("it fits") };
    assert_eq!(facts.last(), Some(&Fact::NumberAsked { instead_of: None }));
    walk.write(&facts);
    assert!(awaits(&walk.case, &walk.pack) && walk.case.number_asked());
    assert_eq!(judged(&walk, &bringing(&walk, "准-1", None)), Verdict::Known);
    assert!(matches!(judged(&walk, &bringing(&walk, "准-1", Some("YY-000001"))), Verdict::Fits(_)));
}

#[test]
fn a_spent_number_that_comes_again_is_refused_by_name() {
    let mut walk = numbered_by_the_system();
    let Verdict::Fits(facts) = judged(&walk, &bringing(&walk, "准-1", Some("YY-000001"))) else { panic!("it fits") };
    walk.write(&facts);
    let number: CardNumber = "YY-000001".parse().unwrap();
    walk.act(|case, pack| steps::numbering::reserve(case, pack, number, steps::Post::Issuer));
    walk.act(|case, pack| steps::numbering::spoil(case, pack, "破损"));
    assert!(awaits(&walk.case, &walk.pack));
    assert_eq!(judged(&walk, &bringing(&walk, "准-1", Some("YY-000001"))), Verdict::Known, "the old answer once more");
    let spent = judged(&walk, &bringing(&walk, "准-2", Some("YY-000001")));
    assert_eq!(spent, Verdict::Refused(Mismatch::NumberUsed));
    assert!(matches!(judged(&walk, &bringing(&walk, "准-2", Some("YY-000002"))), Verdict::Fits(_)));
}

#[test]
fn the_debug_of_a_result_hides_its_holder() {
    let walk = waiting();
    let shown = format!("{:?}", result(&line(&walk)));
    assert!(!shown.contains("欧阳") && !shown.contains("0025"), "{shown}");
}
