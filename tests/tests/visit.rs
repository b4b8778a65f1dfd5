//! The demo visit: `youdai` and `hardware-sim` as two processes with a pseudo-terminal and HTTP between them, and then
//! what lies on paper, in the ledger and at the platforms.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::process::Output;

use casework::nouns::CardNumber;
use journeys::aftermath::{Aftermath, text};
use journeys::bench::Simulator;
use journeys::programs::command;
use ledger::{MessageState, NumberState};
use serde_json::Value;

/// The facts of a first issue at a village window in the order of the procedure (八·一 to 八·十).
/// A scanned page, its check and its return are facts of each material that asks for them.
const PROCEDURE: [&str; 22] = [
    "opened",
    "identified",
    "applicant_filled",
    "eligibility_judged",
    "material_scanned",
    "material_checked",
    "material_returned",
    "photo_measured",
    "photo_judged",
    "accepted",
    "rating_offered",
    "rating_declined",
    "number_reserved",
    "print_attempted",
    "job_submitted",
    "print_ended",
    "card_confirmed",
    "delivered",
    "rating_offered",
    "rating_declined",
    "handed_over",
    "sealed",
];

#[test]
fn the_demo_visit_ends_with_a_card_a_record_and_its_messages() {
    let simulator = Simulator::start("fixtures/scenarios/demo.toml").unwrap();
    let folder = journeys::outputs::folder();
    let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
    let wired = std::fs::read_to_string(&station).unwrap();
    assert!(wired.contains("serial:/"), "the visit goes over the pseudo-terminal: {wired}");

    let out = folder.path().join("out");
    let visit = youdai(&["visit".as_ref(), "--station".as_ref(), &station, "--out".as_ref(), &out]);
    assert!(visit.status.success(), "{}", String::from_utf8_lossy(&[visit.stdout, visit.stderr].concat()));
    let said: Value = serde_json::from_slice(&visit.stdout).unwrap();

    let left = Aftermath::of(folder.path());
    let case = left.only_case();
    assert_eq!(said["case"], case.as_str());
    assert_eq!(left.tags(&case), PROCEDURE);

    // The card: name and number as text, the same bytes as the job in the queue.
    let number = said["card_number"].as_str().unwrap();
    let card = text(&out.join("card.pdf"));
    for wanted in ["欧阳𬭚", number, "样稿"] {
        assert!(card.contains(wanted), "{wanted} is not on the card:\n{card}");
    }
    assert!(!card.contains("430903195103080025"), "the identity number is masked on the card:\n{card}");
    let [job] = left.prints("card").try_into().unwrap();
    assert_eq!(std::fs::read(job).unwrap(), std::fs::read(out.join("card.pdf")).unwrap());

    // The receipt list, and the mark of training on every print.
    let [list, signed] = left.prints("paper").try_into().unwrap();
    assert_eq!(signed.file_stem().unwrap(), "YDHS0101-20211108-001", "the list on which the papers changed hands");
    let receipt = list.file_stem().unwrap().to_str().unwrap().to_owned();
    for wanted in [receipt.as_str(), "样稿"] {
        assert!(text(&list).contains(wanted), "{wanted} is not on the receipt list:\n{}", text(&list));
    }
    for print in [left.prints("card"), left.prints("paper")].concat() {
        // The mark lies across the words, which may be read between its two signs.
        let marked = |sign: char| text(&print).contains(sign);
        assert!(marked('样') && marked('稿'), "{} does not say that it is a sample", print.display());
    }

    // The number.
    let number: CardNumber = number.parse().unwrap();
    assert_eq!(left.ledger.number_state(&number).unwrap(), Some((NumberState::Delivered, case.clone())));
    let [balance] = left.ledger.numbers_balance().unwrap().try_into().unwrap();
    assert!(balance.is_sound(), "{balance:?}");
    assert_eq!((balance.drawn, balance.delivered), (1, 1));

    // The platforms: each message once, in the order of the case.
    let received = simulator.received().unwrap();
    let received = received.as_array().unwrap();
    let names: Vec<_> = received.iter().map(|one| (one["platform"].as_str(), one["kind"].as_str())).collect();
    let expected = [
        ("city", "acceptance"),
        ("ageing", "ageing_record"),
        ("rating", "rating"),
        ("filing", "filing_report"),
        ("rating", "rating"),
    ];
    assert_eq!(names, expected.map(|(platform, kind)| (Some(platform), Some(kind))));
    for one in received {
        assert_eq!(one["deliveries"], 1, "{one}");
    }
    for (message, one) in left.messages().iter().zip(received) {
        assert_eq!((message.state, message.attempt), (MessageState::Done, 1));
        assert_eq!(message.key, one["key"]);
        assert_eq!(message.receipt.as_deref(), one["receipt"].as_str());
        assert_eq!(serde_json::from_str::<Value>(&message.body).unwrap(), one["body"]);
    }

    assert_eq!(left.report().problems, Vec::<String>::new());
    drop(left);
    let verified = youdai(&["ledger".as_ref(), "verify".as_ref(), &folder.path().join("ledger")]);
    let said: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!((verified.status.code(), &said["sound"], &said["cases"]), (Some(0), &true.into(), &1.into()), "{said}");
}

/// Runs `youdai --json` with these words.
fn youdai(words: &[&Path]) -> Output {
    command("youdai").arg("--json").args(words).output().unwrap()
}
