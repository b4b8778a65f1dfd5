//! The signed code of a card, from the counter to a stranger's check of a picture of it.

use std::path::{Path, PathBuf};

use casework::fact::Fact;
use casework::nouns::Role;
use desk::contract::{Kind, Request, Screen};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;
use journeys::programs;
use serde_json::Value;

use crate::bench::Bench;

/// `youdai --json qr …`: what it answers and how it ends.
fn qr(words: &[&Path]) -> (Value, Option<i32>) {
    let mut youdai = programs::command("youdai");
    youdai.args(["--json", "qr"]).args(words);
    let output = youdai.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    (serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}")), output.status.code())
}

fn key_of(bench: &Bench) -> PathBuf {
    let (answer, end) = qr(&["key".as_ref(), "--station".as_ref(), &bench.path().join("station.toml")]);
    assert_eq!(end, Some(0), "{answer}");
    let file = bench.path().join("key.txt");
    std::fs::write(&file, format!("# 样例窗口\n{}\n", answer["key"].as_str().unwrap())).unwrap();
    file
}

/// A card that was made at the counter, and both its sides as pictures of 300 dpi.
fn a_card(bench: &Bench) -> (PathBuf, PathBuf) {
    let counter = bench.counter();
    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("delivery");
    drop(counter);
    let card = Aftermath::of(bench.path()).prints("card").remove(0);
    let back = bench.path().join("back.png");
    std::fs::write(&back, papers::preview::rasterise(&std::fs::read(&card).unwrap(), 1, 300.0).unwrap()).unwrap();
    (card, back)
}

fn verify(image: &Path, key: &Path) -> (Value, Option<i32>) {
    qr(&["verify".as_ref(), image, "--key".as_ref(), key])
}

/// Whoever has the station's public key reads the card's own words out of a picture of it, and no identity number.
#[test]
fn the_code_of_a_card_says_what_the_card_says() {
    let bench = Bench::new();
    let (card, back) = a_card(&bench);
    let (said, end) = verify(&back, &key_of(&bench));
    assert_eq!((end, said["verdict"].as_str()), (Some(0), Some("signed")), "{said}");
    let printed = text(&card);
    for word in ["card_number", "name", "sex", "issuing_authority"] {
        assert!(printed.contains(said[word].as_str().unwrap()), "{word} {} is not on the card:\n{printed}", said[word]);
    }
    assert!(said["portrait"].is_string(), "{said}");
    assert!(!said.to_string().contains(&number_of(&bench)), "no identity number: {said}");
}

#[test]
fn a_code_of_a_station_that_nobody_trusts_is_not_believed() {
    let (bench, other) = (Bench::new(), Bench::new());
    let (_, back) = a_card(&bench);
    drop(other.counter());
    let (said, end) = verify(&back, &key_of(&other));
    assert_eq!((end, said["error"].as_str()), (Some(3), Some("unknown_key")), "{said}");
}

/// A forger has the station's public words but not its key.
#[test]
fn a_forged_an_altered_and_a_foreign_code_are_refused_by_name() {
    let bench = Bench::new();
    let (_, back) = a_card(&bench);
    let key = key_of(&bench);
    let true_code = code_in(&back);
    let shown = |name: &str, bytes: &[u8]| {
        let file = bench.path().join(name);
        std::fs::write(&file, papers::qr_png(bytes).unwrap()).unwrap();
        verify(&file, &key)
    };
    assert_eq!(shown("true.png", &true_code).1, Some(0));

    let mut altered = true_code.clone();
    let digit = altered.iter().rposition(|byte| *byte == b'1').unwrap();
    altered[digit] = b'7';
    let (said, end) = shown("altered.png", &altered);
    assert_eq!((end, said["error"].as_str()), (Some(3), Some("not_signed")), "{said}");

    let mut forged = true_code.clone();
    let length = forged.len();
    forged[length - 64..].fill(1);
    let (said, end) = shown("forged.png", &forged);
    assert_eq!((end, said["error"].as_str()), (Some(3), Some("not_signed")), "{said}");

    let (said, end) = shown("foreign.png", b"https://example.test/");
    assert_eq!((end, said["error"].as_str()), (Some(3), Some("no_card_code")), "{said}");
    let (said, end) = verify(&programs::root().join("fixtures/portraits/woman.jpg"), &key);
    assert_eq!((end, said["error"].as_str()), (Some(3), Some("no_code")), "{said}");
    let (said, end) = verify(&bench.path().join("nowhere.png"), &key);
    assert_eq!((end, said["error"].as_str()), (Some(2), Some("usage")), "{said}");
}

/// The page at the counter says the same as the command line, of its own cards and of others'.
#[test]
fn a_card_that_is_shown_at_the_counter_is_checked_there() {
    let bench = Bench::new();
    let (_, back) = a_card(&bench);
    let counter = bench.counter();
    let checked = |picture: &Path, name: &str| {
        std::fs::copy(picture, bench.path().join("photos").join(name)).unwrap();
        counter.ask(Request::CheckCardCode).unwrap();
        let Screen::CardCode(page) = counter.view().screen else { panic!("not the page of the codes") };
        page.checked.unwrap()
    };
    assert_eq!(counter.ask(Request::CheckCardCode).unwrap_err().code, "desk.not_now");
    counter.ask(Request::ShowCardCode).unwrap();
    let own = checked(&back, "x1.png");
    assert!(
        own.signed && own.lines.iter().any(|line| line.name == "证号" && line.value == "YYHS0101000001"),
        "{own:?}"
    );

    let stranger = Bench::new();
    let (_, other) = a_card(&stranger);
    let other = checked(&other, "x2.png");
    assert!(!other.signed && other.lines.is_empty() && other.what.contains("不在信任的名单里"), "{other:?}");
    let none = checked(&programs::root().join("fixtures/portraits/woman.jpg"), "x3.jpg");
    assert!(!none.signed && none.what.contains("没有找到二维码"), "{none:?}");
    counter.ask(Request::ClosePage).unwrap();
    counter.ask(Request::ShowCardCode).unwrap();
    let Screen::CardCode(page) = counter.view().screen else { panic!("not the page of the codes") };
    assert_eq!(page.checked, None, "what was read is gone with the page");
}

/// A station may trust others by their keys; a line that is none stops it with the line.
#[test]
fn a_station_believes_the_stations_in_its_file() {
    let bench = Bench::new();
    let (_, back) = a_card(&bench);
    let key = std::fs::read_to_string(key_of(&bench)).unwrap();
    let key = key.lines().last().unwrap().to_owned();
    let trusting = |trusted: &str| {
        let other = Bench::new();
        let text = std::fs::read_to_string(&other.station).unwrap();
        std::fs::write(&other.station, format!("{text}\n[card_code]\ntrusted = [\"{trusted}\"]\n")).unwrap();
        other
    };
    let other = trusting(&key);
    let counter = other.counter();
    std::fs::copy(&back, other.path().join("photos/x1.png")).unwrap();
    counter.ask(Request::ShowCardCode).unwrap();
    counter.ask(Request::CheckCardCode).unwrap();
    let Screen::CardCode(page) = counter.view().screen else { panic!("not the page of the codes") };
    assert!(page.checked.unwrap().signed);
    let Err(fault) = Counter::open(&trusting("sm2_sm3:00").station) else { panic!("it starts") };
    assert!(format!("{fault:?}").contains("sm2_sm3:00"), "{fault:?}");
}

/// The applicant's identity number.
fn number_of(bench: &Bench) -> String {
    let left = Aftermath::of(bench.path());
    let facts = left.facts(&left.only_case());
    let number = facts.into_iter().find_map(|recorded| {
        let Fact::Identified { role: Role::Applicant, identity, .. } = recorded.fact else { return None };
        Some(identity.number.as_str().to_owned())
    });
    number.unwrap()
}

/// The only code in a picture.
fn code_in(file: &Path) -> Vec<u8> {
    let bytes = std::fs::read(file).unwrap();
    let header = pictures::read_header(&bytes, &pictures::Limits::default()).unwrap();
    let codes = pictures::codes(&pictures::decode(&bytes, &header).unwrap());
    assert_eq!(codes.len(), 1);
    codes[0].clone()
}
