//! Numbers from three sources, and the old number that is void with the delivery of the new card and not before.

use crate::{after::station, bench::*};
use casework::{
    case::{Break, Case},
    doors,
    fact::Fact,
    nouns::*,
    outbox::{MessageKind, messages_for},
    pack::PolicyPack,
    steps::{self, Obstacle, Post, Refusal},
};

/// The shipped pack with another source of numbers.
fn pack_by(mode: &str) -> PolicyPack {
    let text = YIYANG.replacen("value = \"block_allocated\"", &format!("value = \"{mode}\""), 1);
    PolicyPack::parse("numbers.toml", &text).unwrap()
}

fn accepted(mode: &str) -> Walk {
    let mut walk = Walk::open(pack_by(mode), CaseKind::First, WindowLevel::Village);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk
}

fn card(text: &str) -> CardNumber {
    text.parse().unwrap()
}

/// Old bodies say nothing of a source, and mean the block.
#[test]
fn a_number_says_where_it_comes_from_unless_it_is_the_block() {
    for (mode, from, body) in [
        ("block_allocated", NumberFrom::Block, r#"{"fact":"number_reserved","number":"A01"}"#),
        ("preprinted_stock", NumberFrom::Blank, r#"{"fact":"number_reserved","number":"A01","from":"blank"}"#),
    ] {
        let walk = accepted(mode);
        assert_eq!(steps::numbering::gives(&walk.pack), from);
        let facts = steps::numbering::reserve(&walk.case, &walk.pack, card("A01"), Post::Issuer).unwrap();
        assert_eq!(facts, [Fact::NumberReserved { number: card("A01"), from }]);
        assert_eq!(facts[0].body(), body);
    }
}

#[test]
fn a_number_that_the_system_gives_is_awaited_and_no_other_is_taken() {
    let mut walk = accepted("returned_by_system");
    let number = card("YY-000321");
    let awaited = Refusal::Refused(vec![reason("NUMBER_NOT_RETURNED")]);
    let by_hand = |walk: &Walk, number: &CardNumber| {
        walk.refusal(|case, pack| steps::numbering::reserve(case, pack, number.clone(), Post::Issuer))
    };
    assert_eq!(by_hand(&walk, &number), awaited, "nobody has answered");
    walk.act(|case, _| steps::numbering::department_answered(case, true, "A-1".to_owned(), Vec::new(), None));
    assert_eq!(by_hand(&walk, &number), awaited, "an approval without a number");
    let given = Some(number.clone());
    walk.act(|case, _| steps::numbering::department_answered(case, true, "A-2".to_owned(), Vec::new(), given));
    assert_eq!(by_hand(&walk, &card("YY-000322")), Refusal::NotNow(Obstacle::OtherNumber));
    assert_eq!(steps::numbering::returned(&walk.case), Ok(&number));
    walk.act(|case, pack| steps::numbering::reserve(case, pack, number.clone(), Post::Issuer));
    walk.act(|case, pack| steps::numbering::spoil(case, pack, "空白证破损"));
    assert_eq!(by_hand(&walk, &number), awaited, "a spent number waits for another one");
}

/// Domain 2.3: a number that goes to waste is told to the department in the same act, which asks for another one.
#[test]
fn a_spoiled_number_of_the_system_asks_the_department_for_another_one() {
    let mut walk = accepted("returned_by_system");
    let answered = |walk: &mut Walk, reference: &str, number: &str| {
        let (reference, number) = (reference.to_owned(), Some(card(number)));
        walk.act(|case, _| steps::numbering::department_answered(case, true, reference, Vec::new(), number));
    };
    answered(&mut walk, "A-1", "YY-000321");
    walk.act(|case, pack| steps::numbering::reserve(case, pack, card("YY-000321"), Post::Issuer));
    let facts = walk.act(|case, pack| steps::numbering::spoil(case, pack, "空白证破损")).to_vec();
    let asked = Fact::NumberAsked { instead_of: Some(card("YY-000321")) };
    assert_eq!(facts.last().map(|one| &one.fact), Some(&asked));
    assert!(walk.case.number_asked() && casework::results::awaits(&walk.case, &walk.pack));
    assert_eq!(walk.case.after(&[asked], walk.now, &clerk()).unwrap_err().what, Break::Number, "once is enough");
    let messages = messages_for(&walk.case, &facts, &walk.pack, &station());
    let [request] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!((request.kind, request.platform.as_str()), (MessageKind::NumberRequest, "city"));
    assert_eq!("number_request".parse(), Ok(MessageKind::NumberRequest));
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    let number = walk.case.identity().unwrap().number.as_str().to_owned();
    let pretty = serde_json::to_string_pretty(&body).unwrap();
    let pretty = pretty.replace(walk.pack.hash(), "PACK-HASH").replace(&number, "HOLDER-NUMBER");
    assert!(!pretty.contains("空白证破损"), "what a person wrote stays at the counter");
    insta::assert_snapshot!("number_request", pretty);

    answered(&mut walk, "A-2", "YY-000322");
    assert!(!walk.case.number_asked());
    walk.act(|case, pack| steps::numbering::reserve(case, pack, card("YY-000322"), Post::Issuer));
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    let facts = walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "印偏"));
    let asked = Fact::NumberAsked { instead_of: Some(card("YY-000322")) };
    assert_eq!(facts.last().map(|one| &one.fact), Some(&asked), "a card that went to waste took its number with it");
    assert_eq!(Case::replay(&walk.record).unwrap(), walk.case);
}

#[test]
fn nobody_is_asked_for_a_number_where_the_system_gives_none() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk.reserve(1);
    let facts = walk.act(|case, pack| steps::numbering::spoil(case, pack, "空白证破损")).to_vec();
    assert_eq!(facts.len(), 1, "{facts:?}");
    let asked = Fact::NumberAsked { instead_of: None };
    assert!(walk.case.after(&[asked], walk.now, &clerk()).is_err(), "nobody has approved anything");
}

#[test]
fn a_record_that_claims_a_number_the_system_never_gave_is_broken() {
    let walk = accepted("returned_by_system");
    let forged = Fact::NumberReserved { number: card("YY-1"), from: NumberFrom::System };
    let broken = walk.case.after(&[forged], walk.now, &clerk()).unwrap_err();
    assert_eq!(broken.what, Break::Number);
}

/// A reissue up to the card in the clerk's hand.
fn made(kind: CaseKind, old: Option<&str>) -> Walk {
    let mut walk = Walk::open(pack(), kind, WindowLevel::Village);
    walk.identify(Role::Applicant, elder());
    walk.fill(entry(ApplicantMode::InPerson, Hukou::Local));
    walk.judge_eligibility();
    walk.bring_everything();
    let number = old.map(card);
    walk.act(|case, pack| steps::materials::record_old_card(case, pack, number, "折断"));
    walk.photo();
    walk.accept();
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    walk
}

fn deliver(walk: &mut Walk) -> Vec<Fact> {
    let now = walk.now;
    let facts = walk.act(|case, pack| {
        steps::delivery::deliver(case, pack, now, &handing(&[DeliveryProof::IdCard], Receiver::Applicant))
    });
    facts.iter().map(|one| one.fact.clone()).collect()
}

#[test]
fn the_old_number_is_void_with_the_delivery_and_not_before() {
    for kind in [CaseKind::ReissueLost, CaseKind::ReissueDamaged] {
        let mut walk = made(kind, Some("YY-OLD-1"));
        assert_eq!(walk.case.voids(), None, "the card is made, and the old one is still good");
        let void = Fact::OldCardVoided { number: card("YY-OLD-1") };
        let early = walk.case.after(std::slice::from_ref(&void), walk.now, &clerk()).unwrap_err();
        assert!(matches!(early.what, Break::OutOfOrder { .. }), "{early}");
        let facts = deliver(&mut walk);
        assert_eq!(facts[1..], *std::slice::from_ref(&void));
        assert_eq!(walk.case.voids(), Some(&card("YY-OLD-1")));
        assert!(walk.case.after(&[void], walk.now, &clerk()).is_err(), "once is enough");
        assert_eq!(Case::replay(&walk.record).unwrap(), walk.case);
    }
}

#[test]
fn an_unknown_old_number_makes_nothing_void() {
    let mut walk = made(CaseKind::ReissueLost, None);
    assert_eq!(deliver(&mut walk).len(), 1);
    assert_eq!(walk.case.voids(), None);
    let invented = Fact::OldCardVoided { number: card("YY-OLD-1") };
    assert!(walk.case.after(&[invented], walk.now, &clerk()).is_err());
}

#[test]
fn a_first_issue_and_a_card_that_would_replace_itself_make_nothing_void() {
    let mut walk = Walk::village();
    walk.reach_delivery();
    assert_eq!(steps::delivery::replaced(&walk.case), None);
    let own = made(CaseKind::ReissueLost, Some("YYHSLJ01000001"));
    assert_eq!(steps::delivery::replaced(&own.case), None, "the number typed as the old one is the new card's");
}

/// F-46: a case that fails, or is refused or withdrawn, leaves the person with a valid card.
#[test]
fn a_failed_case_leaves_the_old_card_valid() {
    let spoiled = {
        let mut walk = made(CaseKind::ReissueDamaged, Some("YY-OLD-1"));
        walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "印偏"));
        walk
    };
    let withdrawn = {
        let mut walk = made(CaseKind::ReissueDamaged, Some("YY-OLD-1"));
        walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "印偏"));
        walk.act(|case, pack| doors::withdraw(case, pack, "不办了"));
        walk
    };
    let rejected = {
        let mut walk = made(CaseKind::ReissueLost, Some("YY-OLD-1"));
        walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "印偏"));
        let why = vec![reason("ALREADY_HOLDS_CARD")];
        let said = why.clone();
        walk.act(|case, _| steps::numbering::department_answered(case, false, "A-3".to_owned(), said, None));
        walk.act(|case, pack| doors::refuse(case, pack, why));
        walk
    };
    for walk in [spoiled, withdrawn, rejected] {
        assert_eq!(walk.case.voids(), None, "{}", walk.case.stage().name());
        assert!(walk.record.iter().all(|one| !matches!(one.fact, Fact::OldCardVoided { .. })));
    }
}

#[test]
fn the_department_s_platform_is_told_which_number_is_void() {
    let mut walk = made(CaseKind::ReissueLost, Some("YY-OLD-1"));
    deliver(&mut walk);
    let messages = messages_for(&walk.case, &walk.record, &walk.pack, &station());
    let void = messages.iter().find(|one| one.kind == MessageKind::CardVoid).unwrap();
    assert_eq!((void.platform.as_str(), void.seq_in_case), ("city", walk.case.seq()));
    assert_eq!("card_void".parse(), Ok(MessageKind::CardVoid));
    let body: serde_json::Value = serde_json::from_str(&void.body).unwrap();
    let number = walk.case.identity().unwrap().number.as_str().to_owned();
    let pretty = serde_json::to_string_pretty(&body).unwrap();
    let pretty = pretty.replace(walk.pack.hash(), "PACK-HASH").replace(&number, "HOLDER-NUMBER");
    insta::assert_snapshot!("card_void", pretty);
}
