//! Steps 9 to 11, and the messages that leave.

use crate::bench::*;
use casework::{
    nouns::*,
    outbox::{MessageKey, MessageKind, Station, messages_for},
    pack::PolicyPack,
    steps::{self, Obstacle, Refusal},
};

/// S-18, where the pack glues.
#[test]
fn a_glued_photo_is_confirmed_before_the_card_goes_out() {
    let glue = YIYANG.replacen("value = \"printed\"", "value = \"glue\"", 1);
    let mut walk = Walk::open(PolicyPack::parse("glue.toml", &glue).unwrap(), CaseKind::First, WindowLevel::Village);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    let by_card = handing(&[DeliveryProof::IdCard], Receiver::Applicant);
    let refusal = walk.refusal(|case, pack| steps::delivery::deliver(case, pack, morning(), &by_card));
    assert_eq!(refusal, Refusal::NotNow(Obstacle::PhotoNotGlued));
    walk.act(|case, pack| steps::delivery::photo_glued(case, pack, &clerk()));
    walk.deliver(DeliveryProof::IdCard, Receiver::Applicant);
}

#[test]
fn a_case_is_not_sealed_before_the_hand_over_and_the_offer() {
    let mut walk = Walk::village();
    walk.reach_delivery();
    let seal = |walk: &Walk| steps::archive::seal(&walk.case, &walk.pack, picture("package"));
    assert_eq!(seal(&walk), Err(Refusal::NotNow(Obstacle::NotHandedOver)));
    let half = walk.refusal(|case, pack| steps::archive::hand_over(case, pack, clerk(), Actor::system()));
    assert_eq!(half, Refusal::NotNow(Obstacle::NotAPerson));
    walk.act(|case, pack| steps::archive::hand_over(case, pack, clerk(), "陈归".parse().unwrap()));
    assert_eq!(seal(&walk), Err(Refusal::NotNow(Obstacle::RatingNotOffered)));
    walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    assert!(seal(&walk).is_ok(), "an unanswered rating does not block");
}

/// The papers of a case stand on one list of each kind, with both names, and on no second one.
#[test]
fn the_papers_of_a_case_go_on_one_list_of_each_kind_signed_by_both() {
    let (list, issuer, archivist) = (|text: &str| text.parse().unwrap(), actor("赵发"), actor("陈归"));
    let put = |walk: &Walk, kind, from: &Actor, to: &Actor| {
        steps::archive::put_on_list(&walk.case, &walk.pack, kind, &list("YDHS01-20211108-001"), (from, to))
    };
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    let early = put(&walk, ListKind::ToIssuer, &clerk(), &issuer);
    assert_eq!(early, Err(Refusal::NotNow(Obstacle::NotAccepted)));
    walk.accept();
    let undelivered = put(&walk, ListKind::ToArchive, &clerk(), &archivist);
    assert_eq!(undelivered, Err(Refusal::NotNow(Obstacle::NotDelivered)));
    for (from, to) in [(clerk(), Actor::system()), (Actor::system(), clerk())] {
        assert_eq!(put(&walk, ListKind::ToIssuer, &from, &to), Err(Refusal::NotNow(Obstacle::NotAPerson)));
    }
    walk.act(|case, pack| {
        let number = list("YFHS01-20211108-001");
        steps::archive::put_on_list(case, pack, ListKind::ToIssuer, &number, (&clerk(), &issuer))
    });
    let signed = walk.case.working_papers().unwrap();
    assert_eq!((&signed.from, &signed.to), (&clerk(), &issuer));
    assert_eq!(walk.case.handover(), None, "the archive has nothing yet");
    let twice = put(&walk, ListKind::ToIssuer, &clerk(), &issuer);
    assert_eq!(twice, Err(Refusal::NotNow(Obstacle::AlreadyHandedOver)));
}

fn actor(name: &str) -> Actor {
    name.parse().unwrap()
}

pub fn station() -> Station {
    Station {
        counter: "HSLJ01-A".to_owned(),
        window_name: "菱角村便民服务中心".to_owned(),
        county: county("heshan"),
        parent_township: "泉交河镇".to_owned(),
        keyless: std::collections::BTreeSet::new(),
    }
}

#[test]
fn a_visit_sends_acceptance_filing_report_and_rating_outcome() {
    let mut walk = Walk::village();
    walk.reach_delivery();
    walk.act(|case, pack| steps::rating::offer(case, pack, RatingPoint::Delivery));
    walk.act(|case, pack| steps::rating::decline(case, pack, RatingPoint::Delivery));
    let messages = messages_for(&walk.case, &walk.record, &walk.pack, &station());
    let sent: Vec<_> = messages.iter().map(|one| (one.kind, one.platform.as_str())).collect();
    assert_eq!(
        sent,
        [
            (MessageKind::Acceptance, "city"),
            (MessageKind::AgeingRecord, "ageing"),
            (MessageKind::FilingReport, "filing"),
            (MessageKind::Rating, "rating")
        ]
    );
    let places: Vec<_> = messages.iter().map(|one| (one.seq_in_case, one.place)).collect();
    assert!(places.is_sorted() && places.windows(2).all(|pair| pair[0] != pair[1]), "{places:?}");
    let pretty = |at: usize| {
        let body: serde_json::Value = serde_json::from_str(&messages[at].body).unwrap();
        let hash = walk.pack.hash().to_owned();
        let number = walk.case.identity().unwrap().number.as_str().to_owned();
        serde_json::to_string_pretty(&body).unwrap().replace(&hash, "PACK-HASH").replace(&number, "HOLDER-NUMBER")
    };
    insta::assert_snapshot!("acceptance", pretty(0));
    insta::assert_snapshot!("ageing_record", pretty(1));
    insta::assert_snapshot!("filing_report", pretty(2));
    insta::assert_snapshot!("rating_declined", pretty(3));
}

/// S-50: what was reported as made and went to waste is taken back; what nobody had reported is not.
#[test]
fn a_card_that_is_spoiled_after_it_was_reported_is_taken_back_and_no_other() {
    let mut walk = Walk::village();
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    let sent =
        |walk: &Walk, facts: &[casework::fact::Recorded]| messages_for(&walk.case, facts, &walk.pack, &station());
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    let facts = walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "印偏")).to_vec();
    assert!(sent(&walk, &facts).is_empty(), "it was never reported");
    walk.reserve(2);
    walk.print(Some("印偏"), PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    let facts = walk.act(|case, pack| steps::printing::spoil(case, pack, &clerk(), "张三说颜色不对")).to_vec();
    let messages = sent(&walk, &facts);
    let [message] = messages.as_slice() else { panic!("{messages:?}") };
    assert_eq!((message.kind, message.platform.as_str()), (MessageKind::FilingWithdrawn, "filing"));
    assert_eq!("filing_withdrawn".parse(), Ok(MessageKind::FilingWithdrawn));
    let body: serde_json::Value = serde_json::from_str(&message.body).unwrap();
    let number = walk.case.identity().unwrap().number.as_str().to_owned();
    let pretty = serde_json::to_string_pretty(&body).unwrap();
    let pretty = pretty.replace(walk.pack.hash(), "PACK-HASH").replace(&number, "HOLDER-NUMBER");
    assert!(!pretty.contains("颜色不对"), "why is a person's own words");
    insta::assert_snapshot!("filing_withdrawn", pretty);
}

#[test]
fn a_hall_makes_no_filing_report() {
    let mut walk = Walk::open(pack(), CaseKind::First, WindowLevel::County);
    walk.reach_the_gate(ApplicantMode::InPerson, Hukou::Local);
    walk.accept();
    walk.act(|case, _| steps::numbering::department_answered(case, true, "A-1".to_owned(), Vec::new(), None));
    walk.reserve(1);
    walk.print(None, PrintOutcome::DeviceConfirmed);
    let decided = walk.confirm();
    assert!(messages_for(&walk.case, &decided, &walk.pack, &station()).is_empty());
}

#[test]
fn a_key_is_the_same_for_the_same_message_and_no_other() {
    let case: CaseId = "HSLJ01-20211108-0001".parse().unwrap();
    let key = |counter: &str, kind, seq| MessageKey::of(counter, &case, kind, seq);
    let one = key("A", MessageKind::Acceptance, 9);
    assert_eq!(one, key("A", MessageKind::Acceptance, 9));
    assert_eq!(one.as_str().len(), 36);
    assert_eq!(one.as_str().split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    let others =
        [key("B", MessageKind::Acceptance, 9), key("A", MessageKind::Rating, 9), key("A", MessageKind::Acceptance, 10)];
    assert!(others.iter().all(|other| *other != one));
}
