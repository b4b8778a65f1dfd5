//! The number of a card that was replaced (F-46).

use casework::fact::Fact;
use casework::outbox::MessageKind;
use desk::contract::{Kind, Request, Screen, SearchEntry, SearchView, StageChoice, StepBody};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;

use crate::bench::Bench;

/// A station whose person of the day has just got a first card, and the number of that card.
fn after_the_first_card(bench: &Bench) -> (Counter, String) {
    let counter = bench.with_case();
    counter.walk_to("delivery");
    let StepBody::Delivery { number, .. } = counter.case().body else { panic!("not at the delivery") };
    counter.walk_to("closed");
    counter.ask(Request::CloseCase).unwrap();
    (counter, number)
}

fn search(counter: &Counter, text: &str) -> SearchView {
    let entry = SearchEntry { text: text.to_owned(), from: String::new(), to: String::new(), stage: StageChoice::Any };
    counter.ask(Request::Search { entry }).unwrap();
    let Screen::Search(shown) = counter.view().screen else { panic!("not the search") };
    counter.ask(Request::CloseSearch).unwrap();
    *shown
}

/// S-33, F-46: good while the new card is made, void with its delivery, and told so wherever the number comes up.
#[test]
fn the_old_number_is_void_with_the_delivery_of_the_new_card() {
    let bench = Bench::new();
    let (counter, old) = after_the_first_card(&bench);
    counter.ask(Request::OpenCase { kind: Kind::ReissueDamaged }).unwrap();
    counter.walk_to("delivery");
    counter.ask(Request::ParkCase).unwrap();
    let before = search(&counter, &old);
    assert_eq!((before.told, before.lines[0].card_is_void), (None, false), "the new card is not in the hand yet");
    let Screen::Lobby { cases, .. } = counter.view().screen else { panic!("not in the lobby") };
    let case = cases[0].case.clone();
    counter.ask(Request::ResumeCase { case: case.clone() }).unwrap();
    counter.walk_to("closed");
    let StepBody::Closed { lines, .. } = counter.case().body else { panic!("not closed") };
    assert!(lines.iter().any(|line| line.contains(&format!("旧证号 {old} 已经作废"))), "{lines:?}");
    counter.ask(Request::CloseCase).unwrap();
    let after = search(&counter, &old);
    assert!(after.told.as_ref().unwrap().contains(&case), "{:?}", after.told);
    assert!(after.lines[0].card_is_void, "{:?}", after.lines);
    drop(counter);

    let aftermath = Aftermath::of(bench.path());
    let case = case.parse().unwrap();
    let tags = aftermath.tags(&case);
    let delivered = tags.iter().position(|tag| *tag == "delivered").unwrap();
    assert_eq!(tags[delivered + 1], "old_card_voided", "in the same breath");
    let kinds: Vec<MessageKind> = aftermath.messages().iter().map(|message| message.kind).collect();
    assert!(kinds.contains(&MessageKind::CardVoid), "{kinds:?}");
    assert_eq!(aftermath.report().problems, Vec::<String>::new());
}

/// F-46: a case that is withdrawn leaves the old card valid.
#[test]
fn a_reissue_that_is_withdrawn_leaves_the_old_card_valid() {
    let bench = Bench::new();
    let (counter, old) = after_the_first_card(&bench);
    counter.ask(Request::OpenCase { kind: Kind::ReissueLost }).unwrap();
    counter.walk_to("numbering");
    counter.ask(Request::WithdrawCase { reason: "旧证找到了".to_owned() }).unwrap();
    counter.ask(Request::CloseCase).unwrap();
    let found = search(&counter, &old);
    assert_eq!((found.told, found.lines[0].card_is_void), (None, false));
    drop(counter);
    let aftermath = Aftermath::of(bench.path());
    let all = aftermath.cases();
    assert!(
        all.iter().all(|line| {
            aftermath.facts(&line.case).iter().all(|one| !matches!(one.fact, Fact::OldCardVoided { .. }))
        })
    );
}

/// Domain 2.4: an old number that nobody knows stops nothing, makes nothing void, and is said to be unknown.
#[test]
fn an_unknown_old_number_is_said_to_be_unknown() {
    let bench = Bench::new();
    let (counter, old) = after_the_first_card(&bench);
    counter.ask(Request::OpenCase { kind: Kind::ReissueDamaged }).unwrap();
    counter.walk_to("materials");
    counter.ask(Request::ScanMaterial { material: "old_card".to_owned() }).unwrap();
    counter.ask(Request::RecordOldCard { number: String::new(), condition: "字迹全看不清".to_owned() }).unwrap();
    counter.walk_to("closed");
    let StepBody::Closed { lines, .. } = counter.case().body else { panic!("not closed") };
    assert!(lines.iter().any(|line| line.contains("旧证号不详")), "{lines:?}");
    counter.ask(Request::CloseCase).unwrap();
    assert_eq!(search(&counter, &old).told, None);
}
