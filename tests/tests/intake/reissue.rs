//! Reissues from the first card to the seal, and what becomes of their papers.

use casework::nouns::{CaseId, ReceiptNumber};
use desk::contract::{FaultKind, Kind, Request, Screen, StepBody};
use journeys::aftermath::text;
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

fn rows(counter: &Counter) -> Vec<desk::contract::MaterialRow> {
    let StepBody::Materials { rows, .. } = counter.case().body else { panic!("not at the papers") };
    rows
}

fn row(counter: &Counter, material: &str) -> desk::contract::MaterialRow {
    rows(counter)
        .into_iter()
        .find(|row| row.material == material)
        .unwrap_or_else(|| panic!("{material} is not asked for"))
}

/// What stands on the receipt list of the open case, without the mark of training, whose characters fall between the others.
fn receipt_list(counter: &Counter) -> String {
    let case: CaseId = counter.case().case.parse().unwrap();
    text(&counter.paper(ReceiptNumber::of(&case).as_str())).replace(['样', '稿'], "")
}

/// A station whose person of the day has just got a first card, and the number of that card.
fn after_the_first_card(bench: &Bench) -> (Counter, String) {
    let counter = bench.with_case();
    counter.walk_to("delivery");
    let StepBody::Delivery { number, .. } = counter.case().body else { panic!("not at the delivery") };
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    (counter, number)
}

/// S-29, S-30, U-12: who holds a card gets no second first one; the loss is told in a newspaper, and the new card is made.
#[test]
fn who_has_lost_the_card_gets_a_new_one_and_no_second_first_one() {
    let bench = Bench::new();
    let (counter, first) = after_the_first_card(&bench);

    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("eligibility");
    counter.ask(Request::JudgeEligibility).unwrap();
    let StepBody::Eligibility { verdict: Some(verdict) } = counter.case().body else { panic!("no verdict") };
    assert!(!verdict.eligible, "{verdict:?}");
    counter.ask(Request::WithdrawCase { reason: "改办遗失补发".to_owned() }).unwrap();
    counter.ask(Request::CloseCase).unwrap();

    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("materials");
    let asked: Vec<_> = rows(&counter).into_iter().map(|row| row.material).collect();
    assert_eq!(asked, ["id_card", "loss_notice"]);
    let form = row(&counter, "loss_notice").old_card.unwrap();
    assert_eq!(
        (form.known.as_deref(), form.number.as_str()),
        (Some(first.as_str()), first.as_str()),
        "our own card is known"
    );
    let future =
        Request::RecordLossNotice {
            paper: String::new(), published: "2031年1月1日".to_owned(), page: String::new()
        };
    let fault = counter.ask(future).unwrap_err();
    assert_helps(&fault, "materials.correct", FaultKind::Correct);
    let fields: Vec<_> = fault.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["paper", "page", "published"], "every entry at once");

    counter.walk_to("numbering");
    let list = receipt_list(&counter);
    for words in ["遗失声明", "原件已退回", &format!("旧证：证号{first}，遗失")] {
        assert!(list.contains(words), "{words} is not on the list:\n{list}");
    }
    counter.walk_to("delivery");
    let StepBody::Delivery { number, .. } = counter.case().body else { panic!("not at the delivery") };
    assert_ne!(number, first, "a number is never used twice");
    counter.walk_to("closed");
}

/// S-32, S-33: the old card is described, kept and listed, and there is no giving it back.
#[test]
fn a_damaged_card_is_kept_listed_and_replaced() {
    let bench = Bench::new();
    let (counter, first) = after_the_first_card(&bench);
    counter.ask(Request::OpenCase { kind: Kind::ReissueDamaged }).unwrap();
    counter.walk_to("materials");
    let asked: Vec<_> = rows(&counter).into_iter().map(|row| row.material).collect();
    assert_eq!(asked, ["id_card", "old_card"]);
    let old = row(&counter, "old_card");
    assert_eq!((old.needs_return, old.handling.as_str()), (false, "留存归档，不退回"));
    counter.ask(Request::ScanMaterial { material: "old_card".to_owned() }).unwrap();
    let back = counter.ask(Request::ReturnMaterial { material: "old_card".to_owned() }).unwrap_err();
    assert_eq!(back.reasons, ["这份材料按规定留存归档，不退回"]);
    let silent = counter.ask(Request::RecordOldCard { number: String::new(), condition: " ".to_owned() }).unwrap_err();
    assert_helps(&silent, "materials.correct", FaultKind::Correct);

    counter.walk_to("numbering");
    let list = receipt_list(&counter);
    for words in ["破损旧证", "留存归档", &format!("旧证：证号{first}，折断")] {
        assert!(list.contains(words), "{words} is not on the list:\n{list}");
    }
    counter.walk_to("archive");
    let StepBody::Archive { papers, .. } = counter.case().body else { panic!("not at the archive") };
    assert!(
        papers.iter().any(|paper| paper.name.contains("破损旧证") && paper.handling.contains("留存")),
        "{papers:?}"
    );
    counter.walk_to("closed");
}

/// The rule of the pack changes what is asked: a signed declaration that stays, and no newspaper.
#[test]
fn a_pack_that_takes_a_declaration_asks_for_it_instead_of_the_newspaper() {
    let pack = journeys::programs::root().join("fixtures/packs/yiyang-2021.toml");
    let bench = Bench::new().rewired(&pack.display().to_string(), "pack.toml");
    let text = std::fs::read_to_string(&pack).unwrap();
    let text = text.replacen("value = \"newspaper\"", "value = \"self_declaration\"", 1);
    std::fs::write(bench.path().join("pack.toml"), text).unwrap();
    let counter = bench.counter();
    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("materials");
    let paper = row(&counter, "loss_notice");
    assert_eq!((paper.name.as_str(), paper.needs_return), ("遗失声明（本人签字）", false));
    assert_eq!(paper.loss_notice, None, "no newspaper is written down");
    counter.walk_to("closed");
}

/// S-11: an original on the counter keeps the case open, and the view says which and why.
#[test]
fn an_unreturned_original_keeps_the_case_open_and_is_named() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("materials");
    counter.ask(Request::ScanMaterial { material: "id_card".to_owned() }).unwrap();
    let case = counter.case();
    assert_eq!(case.unreturned.iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>(), ["申请人身份证"]);
    let act = case.acts.iter().find(|act| act.ask == "withdraw_case").unwrap();
    assert_eq!((act.allowed, act.why_not.as_deref()), (false, Some("原件还在柜台上，请先还给申请人。")));
    let fault = counter.ask(Request::WithdrawCase { reason: "不办了".to_owned() }).unwrap_err();
    assert_helps(&fault, "archive.refused", FaultKind::Refused);
    counter.ask(Request::ParkCase).unwrap();
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("not in the lobby") };
    counter.ask(Request::ResumeCase { case: cases[0].case.clone() }).unwrap();
    assert_eq!(counter.case().unreturned.len(), 1, "it still lies there when the case is taken up again");
    counter.ask(Request::ReturnMaterial { material: "id_card".to_owned() }).unwrap();
    counter.ask(Request::WithdrawCase { reason: "不办了".to_owned() }).unwrap();
}
