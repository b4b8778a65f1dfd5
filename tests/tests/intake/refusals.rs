//! Every refusal of the procedure: told on the spot, with a slip that says why, what to do, and whom to call (八·一).

use casework::fact::{Fact, SlipKind};
use desk::contract::{Door, EndedAs, FaultKind, Kind, Request, Screen, StepBody};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

/// The consultation line of the window's district, which stands on every slip given at the door.
const HESHAN: &str = "赫山区0737-4423642";

fn door(counter: &Counter) -> Door {
    let Screen::Lobby { door, .. } = counter.view().screen else { panic!("the lobby is not shown") };
    door
}

fn refuse(counter: &Counter, reasons: &[&str]) -> String {
    let reasons = reasons.iter().map(ToString::to_string).collect();
    counter.ask(Request::RefuseCase { reasons }).unwrap();
    let case = counter.case();
    assert_eq!(case.at, "closed");
    assert!(matches!(case.body, StepBody::Closed { ended: EndedAs::Refused, .. }), "{:#?}", case.body);
    let [paper] = case.aside.given.as_slice() else { panic!("one slip was given, not {:#?}", case.aside.given) };
    text(&counter.paper(&paper.number))
}

fn assert_slip(slip: &str, words: &[&str]) {
    for words in
        ["不予收件告知书", "益阳市赫山区样例村便民服务中心", "432023107W00", "经办人", "2021年11月8日", "本人已经知悉"]
            .iter()
            .chain(words)
    {
        assert!(slip.contains(words), "{words} is not on the slip:\n{slip}");
    }
}

#[test]
fn every_reason_of_the_door_gives_a_numbered_slip_and_no_case() {
    let bench = Bench::new();
    let counter = bench.counter();
    let offered = door(&counter).refusals;
    let codes: Vec<&str> = offered.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(
        codes,
        [
            "ITEM_NOT_IN_SCOPE",
            "TOO_YOUNG",
            "ID_TYPE_NOT_ACCEPTED",
            "ID_EXPIRED",
            "ALREADY_HOLDS_CARD",
            "NOT_SECOND_GEN",
            "OLD_CARD_USABLE"
        ]
    );
    for (place, one) in offered.iter().enumerate() {
        let born = (one.value == "TOO_YOUNG").then(|| "1960-02-29".to_owned());
        counter.ask(Request::RefuseAtDoor { reason: one.value.clone(), born }).unwrap();
        let number = door(&counter).last_slip.unwrap();
        assert_eq!(number, format!("NHS0101-20211108-M{:04}", place + 1));
        let slip = text(&counter.paper(&number));
        let words: String = one.name.split_whitespace().collect();
        assert_slip(&slip, &[&number, &words, HESHAN, "怎么办", "依据"]);
        if one.value == "TOO_YOUNG" {
            // Born on 29 February: in a common year the last day of February counts.
            assert_slip(&slip, &["2025年2月28日起可以申请"]);
        }
    }
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("a case was opened") };
    assert!(cases.is_empty(), "{cases:?}");
    drop(counter);
    assert!(Aftermath::of(bench.path()).cases().is_empty());
}

#[test]
fn a_number_of_the_door_is_never_given_twice_not_even_after_a_restart() {
    let bench = Bench::new();
    let refuse = |counter: &Counter| {
        counter.ask(Request::RefuseAtDoor { reason: "ITEM_NOT_IN_SCOPE".into(), born: None }).unwrap();
        door(counter).last_slip.unwrap()
    };
    let counter = bench.counter();
    assert_eq!(refuse(&counter), "NHS0101-20211108-M0001");
    drop(counter);
    let counter = bench.counter();
    assert_eq!(door(&counter).last_slip, None);
    assert_eq!(refuse(&counter), "NHS0101-20211108-M0002");
    counter.paper("NHS0101-20211108-M0002");
    // Asking for the first one again prints the one that is on record, and no second sheet.
    counter.ask(Request::PrintSlip { number: "NHS0101-20211108-M0001".into() }).unwrap();
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert_eq!(left.prints("paper").len(), 2);
    let number = "NHS0101-20211108-M0002".parse().unwrap();
    let on_record = left.ledger.door_slip(&number).unwrap().unwrap();
    assert_eq!((on_record.ordinal, on_record.reasons[0].as_str()), (2, "ITEM_NOT_IN_SCOPE"));
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn the_door_asks_for_a_birth_date_that_is_too_young_and_for_a_reason_of_the_pack() {
    let bench = Bench::new();
    let counter = bench.counter();
    let asked = |reason: &str, born: Option<&str>| {
        let born = born.map(str::to_owned);
        counter.ask(Request::RefuseAtDoor { reason: reason.into(), born }).unwrap_err()
    };
    for (born, words) in [
        (None, "请填出生日期"),
        (Some("昨天"), "日期"),
        (Some("1951-03-08"), "已经到了年龄"),
        (Some("2031-01-01"), "今天以后"),
    ] {
        let fault = asked("TOO_YOUNG", born);
        assert_helps(&fault, "desk.correct", FaultKind::Correct);
        assert_eq!(fault.fields[0].field, "born");
        assert!(fault.fields[0].words.contains(words), "{fault:#?}");
    }
    assert_eq!(asked("BAD_MOOD", None).fields[0].field, "reasons");
    assert_eq!(asked("PHOTO_HAT", None).fields[0].field, "reasons", "what the counter settles is no refusal");
    assert_eq!(door(&counter).last_slip, None);
}

/// The whole refusal of somebody too young: verdict, reason, day on which it changes, phone of the right district.
#[test]
fn somebody_too_young_goes_home_with_the_day_from_which_it_changes() {
    let bench = Bench::new();
    bench.lay("sixty");
    let counter = bench.with_case();
    counter.walk_to("eligibility");
    counter.ask(Request::JudgeEligibility).unwrap();
    let refusals = counter.case().aside.refusals;
    assert_eq!(refusals.len(), 1, "a verdict leaves nothing to choose: {refusals:#?}");
    assert!(refusals[0].by_rule);
    assert!(counter.ask(Request::RefuseCase { reasons: vec!["ITEM_NOT_IN_SCOPE".into()] }).is_err());
    let slip = refuse(&counter, &[]);
    assert_slip(&slip, &["谭**", "您还没有到办证年龄", "2026年6月1日起可以申请", "NHS0101-20211108-0001-1"]);
    assert!(!slip.contains("谭试梅"), "the name is masked");
    counter.ask(Request::CloseCase).unwrap();
    drop(counter);
    let left = Aftermath::of(bench.path());
    let facts = left.facts(&left.only_case());
    let slip = facts.into_iter().find_map(|one| {
        let Fact::SlipIssued { slip } = one.fact else { return None };
        Some(slip)
    });
    let slip = slip.unwrap();
    assert_eq!((slip.kind, slip.lines.len()), (SlipKind::Refusal, 1));
    assert!(left.ledger.picture(&slip.pdf.unwrap()).unwrap().is_some(), "the sheet itself is on record");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

/// A card that is refused at the reader: the clerk closes the case with the same reason, in writing.
fn refused_after_the_reader(card: &str, code: &str, reason: &str, words: &str) {
    let bench = Bench::new();
    bench.lay(card);
    let counter = bench.with_case();
    counter.ask(Request::ReadCard).unwrap();
    assert_helps(&counter.trouble(), code, FaultKind::Refused);
    let offered = counter.case().aside.refusals;
    assert!(offered.iter().any(|one| one.reason == reason && !one.by_rule), "{offered:#?}");
    assert_slip(&refuse(&counter, &[reason]), &[words, HESHAN]);
}

#[test]
fn a_card_that_is_not_second_generation_is_refused_in_writing() {
    refused_after_the_reader("bus_card", "identify.not_second_generation", "NOT_SECOND_GEN", "不是第二代居民身份证");
}

#[test]
fn a_document_of_another_kind_is_refused_in_writing() {
    refused_after_the_reader("hmt", "identify.refused", "ID_TYPE_NOT_ACCEPTED", "这种证件不能用来办理优待证");
}

#[test]
fn an_expired_card_is_refused_in_writing() {
    refused_after_the_reader("expired", "identify.refused", "ID_EXPIRED", "身份证已过有效期");
}

#[test]
fn somebody_out_of_scope_is_refused_in_writing_and_nobody_without_a_reason() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("applicant");
    let fault = counter.ask(Request::RefuseCase { reasons: Vec::new() }).unwrap_err();
    assert_helps(&fault, "desk.correct", FaultKind::Correct);
    assert_slip(&refuse(&counter, &["ITEM_NOT_IN_SCOPE"]), &["不在本窗口收件范围内", "欧**"]);
}

#[test]
fn who_holds_a_card_already_is_refused_the_second_in_writing() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("eligibility");
    counter.ask(Request::JudgeEligibility).unwrap();
    let StepBody::Eligibility { verdict: Some(verdict) } = counter.case().body else {
        panic!("a verdict that says no stays on the screen")
    };
    assert!(!verdict.eligible);
    assert_slip(&refuse(&counter, &[]), &["已有一张有效的优待证", "丢失或破损可以申请补发"]);
}

#[test]
fn under_the_sunset_pack_no_case_is_made_and_the_slip_says_that_the_identity_card_suffices() {
    let bench = Bench::new()
        .rewired("packs/yiyang-2021.toml", "packs/hunan-2022-sunset.toml")
        .rewired("today = \"2021-11-08\"", "today = \"2022-03-01\"");
    let counter = bench.counter();
    let entrance = door(&counter);
    let ended = entrance.ended.unwrap();
    assert_eq!((ended.reason.as_str(), ended.what.as_str()), ("ITEM_ENDED", "老年人优待证已经停止办理。"));
    assert!(ended.remedy.contains("凭身份证即可享受优待"), "{ended:?}");
    assert_eq!(entrance.refusals.len(), 1);
    for kind in [Kind::First, Kind::ReissueLost, Kind::ReissueDamaged] {
        assert!(counter.ask(Request::OpenCase { kind }).is_err());
    }
    counter.ask(Request::RefuseAtDoor { reason: "ITEM_ENDED".into(), born: None }).unwrap();
    let number = door(&counter).last_slip.unwrap();
    assert_eq!(number, "NHS0101-20220301-M0001");
    let slip = text(&counter.paper(&number));
    for words in ["老年人优待证已经停止办理", "凭身份证即可享受优待", "2022年3月1日", HESHAN] {
        assert!(slip.contains(words), "{words} is not in {slip}");
    }
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("a case was opened") };
    assert!(cases.is_empty(), "{cases:?}");
}

#[test]
fn a_slip_that_the_printer_did_not_take_is_told_of_and_printed_after_mending() {
    let bench = Bench::new();
    let queue = bench.path().join("queue/paper");
    std::fs::remove_dir(&queue).unwrap();
    let counter = bench.counter();
    counter.ask(Request::RefuseAtDoor { reason: "ITEM_NOT_IN_SCOPE".into(), born: None }).unwrap();
    assert_helps(&counter.trouble(), "desk.slip_not_printed", FaultKind::Attend);
    std::fs::create_dir(&queue).unwrap();
    let number = door(&counter).last_slip.unwrap();
    counter.ask(Request::PrintSlip { number: number.clone() }).unwrap();
    assert!(text(&counter.paper(&number)).contains("不予收件告知书"));
}
