//! station.toml: what is refused, and that the refusal names file and line.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};

use casework::nouns::PersonRole;
use desk::people::permits::{Grant, TABLE};
use desk::station::{Mode, StationError, StationFile, WindowPost};

fn demo() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/stations/demo.toml");
    std::fs::read_to_string(path).unwrap()
}

fn parse(text: &str) -> Result<StationFile, StationError> {
    StationFile::parse("station.toml", Path::new("/desk"), text)
}

/// The refusal of the demo station with `old` replaced.
fn refusal(old: &str, new: &str) -> String {
    let text = demo();
    assert!(text.contains(old), "{old}");
    parse(&text.replace(old, new)).unwrap_err().to_string()
}

#[test]
fn the_demo_station_is_a_training_window_with_paths_from_its_own_folder() {
    let station = parse(&demo()).unwrap();
    assert_eq!(station.mode, Mode::Training);
    assert_eq!(station.pack, PathBuf::from("/desk/../packs/yiyang-2021.toml"));
    assert!(station.ledger_folder().ends_with("ledger/training"));
}

#[test]
fn an_unknown_key_is_refused_on_its_own_line() {
    let text = demo();
    for (line, content) in text.lines().enumerate().filter(|(_, content)| content.contains(" = ")) {
        let wrong = text.replacen(content, &format!("{content}\nno_such_key = 1"), 1);
        let Err(StationError::Parse { file, line: told, reason }) = parse(&wrong) else { panic!("{content}") };
        // The key was put after line `line`, which counts from 0.
        assert_eq!((file.as_str(), told), ("station.toml", line + 2), "{content}: {reason}");
        assert!(reason.contains("no_such_key"), "{reason}");
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_on_its_line() {
    let line = demo().lines().position(|line| line.starts_with("wait_ms")).unwrap() + 1;
    let told = refusal("wait_ms = 15000", "wait_ms = \"long\"");
    assert!(told.starts_with(&format!("station.toml, line {line}: ")), "{told}");
}

#[test]
fn values_out_of_range_are_refused_by_name() {
    for (old, new, named) in [
        ("schema = 1", "schema = 2", "schema 2"),
        ("wait_ms = 15000", "wait_ms = 10", "reader.wait_ms"),
        ("block = [1, 500]", "block = [500, 1]", "numbers.block"),
        ("block = [1, 500]", "block = [0, 1]", "numbers.block"),
        ("serial:../../out/demo/reader@115200", "carrier pigeon", "reader.endpoint"),
        ("sign_in_tries = 5", "sign_in_tries = 0", "people.sign_in_tries"),
        ("lock_min = 15", "lock_min = 1441", "people.lock_min"),
        ("sign_out_after_min = 10", "sign_out_after_min = 0", "people.sign_out_after_min"),
        ("soft_messages = 300", "soft_messages = 0", "outbox.soft_messages"),
        ("soft_messages = 300", "soft_messages = 1001", "outbox.soft_messages"),
        ("hard_messages = 1000", "hard_messages = 100001", "outbox.hard_messages"),
        ("hard_days = 15", "hard_days = 366", "outbox.hard_days"),
        ("[printers]", "[printers]\ncard_wait_s = 1", "printers.card_wait_s 1 is outside 2 to 600"),
        ("[printers]", "[printers]\ncard_wait_s = 601", "printers.card_wait_s 601 is outside 2 to 600"),
        ("[training]", "[stick]\nfolder = \"stick\"\ncounty_key = \"04\"\n\n[training]", "stick.county_key"),
    ] {
        let told = refusal(old, new);
        assert!(told.starts_with("station.toml") && told.contains(named), "{told}");
    }
}

#[test]
fn what_a_station_does_not_say_of_its_people_has_a_default_and_it_is_a_counter() {
    let (head, rest) = demo().split_once("[people]").map(|(head, rest)| (head.to_owned(), rest.to_owned())).unwrap();
    let (_, training) = rest.split_once("[training]").unwrap();
    let silent = parse(&format!("{head}[training]{training}")).unwrap();
    let people = silent.people;
    assert_eq!((people.sign_in_tries, people.lock_min, people.sign_out_after_min), (5, 15, 10));
    assert_eq!(silent.window.post, WindowPost::Counter);
    let kiosk = parse(&demo().replace("level = \"village\"", "level = \"village\"\npost = \"kiosk\"")).unwrap();
    assert_eq!(kiosk.window.post, WindowPost::Kiosk);
}

/// A production ledger does not open on a plain key file, so that its table is asked here and not at a desk.
#[test]
fn a_tester_may_do_nothing_at_a_production_station() {
    let (production, _) =
        demo().split_once("[training]").map(|(head, rest)| (head.to_owned(), rest.to_owned())).unwrap();
    let production = production
        .replace("mode = \"training\"", "mode = \"production\"")
        .replace("serial:../../out/demo/reader@115200", "serial:/dev/ttyUSB0@115200");
    let (production, training) = (parse(&production).unwrap(), parse(&demo()).unwrap());
    for row in TABLE {
        let grant = row.grant(PersonRole::Tester);
        let of_everybody = matches!(row.ask, "sign_out" | "set_password");
        assert_eq!(grant.holds(&production), of_everybody, "{}", row.ask);
        assert!(grant.holds(&training) || !grant.holds(&production), "{}", row.ask);
    }
    assert!(Grant::InTraining.holds(&training) && Grant::InVillage.holds(&training));
}

#[test]
fn training_and_production_do_not_mix() {
    let production = demo().replace("mode = \"training\"", "mode = \"production\"");
    assert!(parse(&production).unwrap_err().to_string().contains("[training]"));
    let (production, _) = production.split_once("[training]").unwrap();
    for endpoint in ["tcp:127.0.0.1:4001", "serial:/dev/pts/7@115200"] {
        let text = production.replace("serial:../../out/demo/reader@115200", endpoint);
        assert!(parse(&text).unwrap_err().to_string().contains("simulated"), "{endpoint}");
    }
    let real = production.replace("serial:../../out/demo/reader@115200", "serial:/dev/ttyUSB0@115200");
    let card = real.lines().find(|line| line.starts_with("card = ")).unwrap();
    for (queue, taken) in [
        ("ipp://127.0.0.1:8631/ipp/print", false),
        ("ipp://localhost:8631/ipp/print", false),
        ("ipp://localhost:631/printers/card", true),
        ("ipp://10.1.2.3:631/ipp/print", true),
    ] {
        let answer = parse(&real.replace(card, &format!("card = \"{queue}\"")));
        assert_eq!(answer.is_ok(), taken, "{queue}: {answer:?}");
        let refused = answer.err().map(|refusal| refusal.to_string()).unwrap_or_default();
        assert!(taken || refused.contains("printers.card is a printer in software"), "{queue}: {refused}");
    }
    assert!(parse(&real).unwrap().ledger_folder().ends_with("ledger/production"));
    let untrained = demo().split_once("[training]").unwrap().0.to_owned();
    assert!(parse(&untrained).unwrap_err().to_string().contains("[training]"));
}
