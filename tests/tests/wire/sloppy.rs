//! Thousands of messages to platforms of bad habits.

use std::collections::BTreeMap;

use casework::fact::{Fact, PackStamp};
use casework::nouns::{Actor, CaseId, CaseKind, WindowLevel};
use casework::outbox::{MessageKey, MessageKind, NewMessage};
use journeys::bench::Simulator;
use journeys::courier::Courier;
use ledger::{Entry, Message, MessageState};
use serde_json::{Value, json};

const CASES: u32 = 500;
/// So many messages wait at most; then cases are opened again.
const ENOUGH: usize = 200;
/// After so many opened cases the power fails.
const RESTARTS: [u32; 3] = [90, 260, 410];

/// What a case sends, by the place of its fact and the place in that fact.
const SENT: [(MessageKind, &str, u32, u8); 4] = [
    (MessageKind::Acceptance, "city", 2, 1),
    (MessageKind::AgeingRecord, "ageing", 2, 2),
    (MessageKind::FilingReport, "filing", 7, 1),
    (MessageKind::Rating, "rating", 9, 1),
];

#[test]
fn two_thousand_messages_through_sloppy_platforms_have_one_effect_each_and_in_order() {
    let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
    for (seed, (_, platform, _, _)) in SENT.iter().enumerate() {
        let behaviour = json!({"sloppy": {"seed": seed, "late_ms": 200}});
        simulator.order("platform", &json!({"platform": platform, "behaviour": behaviour})).unwrap();
    }
    let folder = journeys::outputs::folder();
    let mut courier = Courier::new(folder.path(), simulator.address("platform"), &SENT.map(|sent| sent.1));
    let mut opened = 0;
    loop {
        let left = courier.step().unwrap();
        if left < ENOUGH && opened < CASES {
            for _ in 0..20 {
                opened += 1;
                open(&mut courier, opened);
                if RESTARTS.contains(&opened) {
                    courier.restart();
                }
            }
        } else if left == 0 {
            break;
        }
    }
    let messages = courier.ledger().all_messages().unwrap();
    assert_eq!(messages.len(), SENT.len() * usize::try_from(CASES).unwrap());
    assert!(messages.iter().all(|message| message.state == MessageState::Done));
    assert!(messages.iter().any(|message| message.attempt > 3), "the platforms were not sloppy");
    assert_one_effect_each_and_in_order(&messages, &simulator.received().unwrap());
    assert_eq!(courier.ledger().report().unwrap().problems, Vec::<String>::new());
}

/// Opens a case with its four messages.
fn open(courier: &mut Courier, nth: u32) {
    let case: CaseId = format!("HS0101-20211108-{nth:04}").parse().unwrap();
    let fact = Fact::Opened {
        kind: CaseKind::First,
        window: "HS0101".parse().unwrap(),
        level: WindowLevel::Village,
        pack: PackStamp { id: "yiyang-2021".to_owned(), hash: "0".repeat(64) },
        training: true,
    };
    let messages = SENT.map(|(kind, platform, seq, place)| NewMessage {
        kind,
        platform: platform.parse().unwrap(),
        key: MessageKey::of("HS0101", &case, kind, seq),
        seq_in_case: seq,
        place,
        keyed: true,
        body: json!({"case": case.as_str(), "kind": kind.name()}).to_string(),
    });
    let at = courier.now();
    let entry =
        Entry { case: &case, expected_seq: 0, at, actor: &Actor::system(), facts: &[fact], messages: &messages };
    courier.ledger().record(entry).unwrap();
}

/// What the platforms have taken in is what was sent: each message once, under its key, with the receipt that the ledger
/// has, and behind every earlier message of its case.
fn assert_one_effect_each_and_in_order(messages: &[Message], received: &Value) {
    let effects = received.as_array().unwrap();
    assert_eq!(effects.len(), messages.len());
    let effect = |at: usize| (effects[at]["key"].as_str().unwrap(), (at, &effects[at]));
    let by_key: BTreeMap<&str, (usize, &Value)> = (0..effects.len()).map(effect).collect();
    let mut last: BTreeMap<&CaseId, usize> = BTreeMap::new();
    // In the order in which they were written, which is that of their places in each case.
    for message in messages {
        let (at, effect) = by_key[message.key.as_str()];
        assert_eq!(effect["platform"], message.platform.as_str());
        assert_eq!(effect["kind"], message.kind.name());
        assert_eq!(effect["body"].to_string(), serde_json::from_str::<Value>(&message.body).unwrap().to_string());
        assert_eq!(effect["receipt"].as_str(), message.receipt.as_deref());
        let before = last.insert(&message.case, at);
        assert!(before.is_none_or(|before| before < at), "{message:?} arrived before an earlier one of its case");
    }
}
