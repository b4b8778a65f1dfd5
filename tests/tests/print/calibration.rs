//! A printer that was measured: the bytes that go to it are put right, and the attempt says by what.

use casework::fact::Fact;
use casework::journal::sm3;
use desk::contract::{Kind, Request};
use journeys::aftermath::Aftermath;
use journeys::programs;
use papers::calibration::{Deviation, Profile, Profiles, Slot};

use crate::bench::Bench;

/// The front of the one card that the station made, and what the attempt says of its calibration.
fn made(bench: &Bench) -> (image::GrayImage, Option<String>) {
    let counter = bench.counter();
    counter.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    counter.walk_to("delivery");
    drop(counter);
    let left = Aftermath::of(bench.path());
    let bytes = std::fs::read(left.prints("card").remove(0)).unwrap();
    let facts = left.facts(&left.only_case());
    let found = facts.into_iter().find_map(|recorded| {
        let Fact::PrintAttempted { pdf, calibration, .. } = recorded.fact else { return None };
        Some((pdf, calibration))
    });
    let (pdf, calibration) = found.unwrap();
    assert_eq!(left.ledger.picture(&pdf).unwrap().unwrap(), bytes, "what was sent is what the attempt names");
    let front = papers::preview::rasterise(&bytes, 0, 300.0).unwrap();
    (image::load_from_memory(&front).unwrap().to_luma8(), calibration)
}

/// First column, of 300 dpi, in which the edge across the top of the card is inked.
fn left_end_of_the_edge(card: &image::GrayImage) -> u32 {
    (0..card.width()).find(|x| card.get_pixel(*x, 8).0[0] < 128).unwrap()
}

#[test]
fn a_card_is_put_right_by_the_calibration_and_the_attempt_names_it() {
    let bench = Bench::new();
    let mut profiles = Profiles::default();
    profiles
        .set(Profile {
            slot: Slot { printer: "card".into(), tray: "main".into(), side: 0, stock: "card-cr80".into() },
            // This printer prints 2 mm too far to the left, so everything has to go 2 mm to the right.
            deviation: Deviation { dx: -2.0, ..Deviation::NONE },
            residual_mm: 0.02,
            measured_at: "2021-11-08T02:03:04Z".parse().unwrap(),
            by: "周敏".into(),
        })
        .unwrap();
    let file = bench.path().join("ledger/printer.toml");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, profiles.text()).unwrap();
    let (card, calibration) = made(&bench);
    let moved = f64::from(left_end_of_the_edge(&card)) / 300.0 * 25.4;
    assert!((moved - 2.0).abs() < 0.1, "{moved} mm");
    let words = profiles.placing("card", "main", "card-cr80", 2).canonical().unwrap();
    assert_eq!(calibration, Some(sm3(words.as_bytes()).to_hex()));
}

#[test]
fn a_printer_that_nobody_measured_prints_as_the_template_says() {
    let (card, calibration) = made(&Bench::new());
    assert_eq!((left_end_of_the_edge(&card), calibration), (0, None));
}

#[test]
fn cards_go_on_a_sheet_from_the_first_free_cell() {
    let out = tempfile::tempdir().unwrap();
    let case = "fixtures/cases/ouyang.toml";
    let render = |start: &str| {
        let mut youdai = programs::command("youdai");
        youdai.args(["--json", "card", "render", "--sheet", "fixtures/templates/sheet-a4-ten.toml", "--start", start]);
        youdai.arg("--out").arg(out.path()).args([case, case, case]).output().unwrap()
    };
    let said: serde_json::Value = serde_json::from_slice(&render("9").stdout).unwrap();
    assert_eq!((said["cards"].as_u64(), said["pages"].as_array().map(Vec::len)), (Some(3), Some(4)), "{said}");
    let sheet = std::fs::read(out.path().join("sheet.pdf")).unwrap();
    assert_eq!(papers::preview::page_count(&sheet).unwrap(), 4);
    assert!(out.path().join("sheet-4.png").is_file());
    let refused = render("11");
    assert_ne!(refused.status.code(), Some(0), "{}", String::from_utf8_lossy(&refused.stdout));
}
