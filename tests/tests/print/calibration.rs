//! A printer that was measured: the bytes that go to it are put right, and the attempt says by what.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;

use casework::fact::Fact;
use casework::journal::sm3;
use casework::station_fact::StationFact;
use cli::people::{CLERK, Practice, SUPERVISOR};
use desk::contract::{CalibrationSheet, CardSide, CrossHair, CrossReading, Kind, Request, Screen};
use journeys::aftermath::Aftermath;
use journeys::counter::Counter;
use journeys::programs;
use papers::calibration::{Deviation, Profile, Profiles, Slot};

use crate::bench::Bench;

/// The front of the one card that the station made, and what the attempt says of its calibration.
fn made(bench: &Bench) -> (image::GrayImage, Option<String>) {
    made_at(bench, bench.counter())
}

fn made_at(bench: &Bench, counter: Counter) -> (image::GrayImage, Option<String>) {
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

/// `youdai --json printer …`, with a line on standard input: what it answers and how it ends.
fn printer(words: &[&str], line: &str) -> (serde_json::Value, Option<i32>) {
    let mut youdai = programs::command("youdai");
    youdai.args(["--json", "printer"]).args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = youdai.spawn().unwrap();
    // A call that is refused before it reads may be gone by now.
    let _ = writeln!(running.stdin.take().unwrap(), "{line}");
    let output = running.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    (serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}")), output.status.code())
}

/// Gives a station its practice people; its file.
fn with_people(bench: &Bench) -> String {
    let station = bench.path().join("station.toml").display().to_string();
    let mut people = programs::command("youdai");
    people.args(["people", "practice", "--station", &station]).stdout(Stdio::null());
    assert!(people.status().unwrap().success());
    station
}

#[test]
fn a_supervisor_measures_the_printer_and_the_next_card_is_put_right() {
    let bench = Bench::new();
    let station = with_people(&bench);
    let out = bench.path().join("out").display().to_string();
    let (sheet, end) = printer(&["sheet", "--station", &station, "--out", &out, "--print"], "");
    assert_eq!(end, Some(0), "{sheet}");
    let [job] = Aftermath::of(bench.path()).prints("card").try_into().unwrap();
    assert_eq!(std::fs::read(job).unwrap(), std::fs::read(bench.path().join("out/calibration.pdf")).unwrap());

    // The printer puts everything 2 mm too far to the left, as a ruler shows at the first and the last cross-hair.
    let crosses = sheet["cross_hairs"].as_array().unwrap();
    let read = |number: usize| {
        let [x, y] = [0, 1].map(|axis| crosses[number - 1][axis].as_f64().unwrap());
        format!("{number}={:.1},{y:.1}", x - 2.0)
    };
    let (first, last) = (read(1), read(5));
    let calibrate = |more: &[&str], line: &str| {
        let words = ["calibrate", "--station", &station, "--side", "front", "--read", &first, "--read", &last];
        printer(&[&words[..], more].concat(), line)
    };
    let (tried, end) = calibrate(&["--try"], "");
    assert_eq!((end, tried["kept"].as_bool()), (Some(0), Some(false)), "{tried}");
    let (refused, end) = calibrate(&["--by", CLERK.name], CLERK.password);
    assert_eq!((end, refused["error"].as_str()), (Some(3), Some("not_permitted")), "{refused}");
    let (refused, end) = calibrate(&["--by", SUPERVISOR.name], "falsch-falsch-1");
    assert_eq!(end, Some(3), "{refused}");
    assert!(!bench.path().join("ledger/printer.toml").exists(), "nothing was kept so far");
    let (kept, end) = calibrate(&["--by", SUPERVISOR.name], SUPERVISOR.password);
    assert_eq!((end, kept["kept"].as_bool()), (Some(0), Some(true)), "{kept}");
    assert!((kept["dx"].as_f64().unwrap() + 2.0).abs() < 0.051, "{kept}");
    assert!(kept["before"].as_f64().unwrap() > 1.9 && kept["after"].as_f64().unwrap() < 0.1, "{kept}");

    let left = Aftermath::of(bench.path());
    let noted = left.ledger.station_facts().unwrap().into_iter().rev().find_map(|recorded| {
        let StationFact::PrinterCalibrated { side, stock, sm3, .. } = recorded.fact else { return None };
        Some((recorded.actor.to_string(), side, stock, sm3))
    });
    let (by, side, stock, named) = noted.unwrap();
    assert_eq!((by.as_str(), side.as_str(), stock.as_str()), (SUPERVISOR.name, "front", "card-cr80"));
    drop(left);
    let queue = bench.path().join("queue/card");
    for entry in std::fs::read_dir(&queue).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "pdf") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let (card, calibration) = made(&bench);
    assert_eq!(calibration, named, "the attempt names what the journal names");
    let moved = f64::from(left_end_of_the_edge(&card)) / 300.0 * 25.4;
    assert!((moved - 2.0).abs() < 0.15, "{moved} mm");
}

#[test]
fn a_scan_of_the_sheet_is_measured_and_one_without_cross_hairs_is_refused() {
    let bench = Bench::new();
    let station = bench.path().join("station.toml").display().to_string();
    let out = bench.path().join("out");
    let (sheet, end) = printer(&["sheet", "--station", &station, "--out", &out.display().to_string()], "");
    assert_eq!((end, &sheet["job"]), (Some(0), &serde_json::Value::Null), "{sheet}");
    let pdf = std::fs::read(out.join("calibration.pdf")).unwrap();
    let scan = out.join("scan.png").display().to_string();
    let words = |side| ["calibrate", "--station", &station, "--side", side, "--scan", &scan, "--dpi", "300", "--try"];
    for (page, side) in [(0, "front"), (1, "back")] {
        std::fs::write(&scan, papers::preview::rasterise(&pdf, page, 300.0).unwrap()).unwrap();
        let (found, end) = printer(&words(side), "");
        assert_eq!((end, found["side"].as_str()), (Some(0), Some(side)), "{found}");
        assert!(found["before"].as_f64().unwrap() < 0.05, "the sheet itself is straight: {found}");
    }
    std::fs::write(&scan, std::fs::read(programs::root().join("fixtures/portraits/woman.jpg")).unwrap()).unwrap();
    let (refused, end) = printer(&words("front"), "");
    assert_eq!((end, refused["error"].as_str()), (Some(3), Some("calibration")), "{refused}");
}

#[test]
fn a_supervisor_measures_at_the_counter_and_the_next_card_is_put_right_without_a_restart() {
    let bench = Bench::new();
    with_people(&bench);
    let counter = bench.counter();
    assert_eq!(counter.ask(Request::ShowCalibration).unwrap_err().code, "desk.not_permitted");
    comes(&counter, SUPERVISOR);
    let page = || {
        let Screen::Calibration(page) = counter.view().screen else { panic!("not the page of the calibration") };
        page
    };
    counter.ask(Request::ShowCalibration).unwrap();
    assert!(page().sides.iter().all(|side| side.measured.is_empty()) && page().found.is_none());
    counter.ask(Request::PrintCalibration).unwrap();
    counter.wait("the sheet", |view| {
        let Screen::Calibration(page) = &view.screen else { return None };
        (page.sheet == Some(CalibrationSheet::Taken)).then_some(())
    });
    let [sheet] = queued(&bench).try_into().unwrap();
    assert_eq!(papers::preview::page_count(&std::fs::read(&sheet).unwrap()).unwrap(), 2);
    std::fs::remove_file(&sheet).unwrap();

    let reading = |number: u32, left: String, top: String| CrossReading { number, left, top };
    let measure = |readings| counter.ask(Request::MeasureCalibration { side: CardSide::Front, readings });
    let half = measure(vec![reading(1, "10".into(), String::new())]).unwrap_err();
    assert_eq!((half.code.as_str(), half.fields[0].field.as_str()), ("calibration.correct", "top1"));
    let one = measure(vec![reading(1, "10".into(), "12".into())]).unwrap_err();
    assert_eq!(one.code, "calibration.unmeasured");
    assert!(counter.ask(Request::KeepCalibration).is_err(), "nothing was found that could be kept");
    let off = |cross: &CrossHair| reading(cross.number, format!("{:.1}", cross.x - 2.0), format!("{:.1}", cross.y));
    measure(page().crosses.iter().map(off).collect()).unwrap();
    assert!(page().found.unwrap().lines[0].starts_with("印得偏左 2.0"), "{:?}", page().found);
    let file = bench.path().join("ledger/printer.toml");
    assert!(!file.exists(), "nothing is kept before somebody says so");
    counter.ask(Request::KeepCalibration).unwrap();
    assert!(page().found.unwrap().kept && !page().sides[0].measured.is_empty(), "{:?}", page().sides);
    counter.ask(Request::ClosePage).unwrap();
    comes(&counter, CLERK);
    let profiles = Profiles::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (card, calibration) = made_at(&bench, counter);
    let moved = f64::from(left_end_of_the_edge(&card)) / 300.0 * 25.4;
    assert!((moved - 2.0).abs() < 0.15, "{moved} mm");
    let words = profiles.placing("card", "main", "card-cr80", 2).canonical().unwrap();
    assert_eq!(calibration, Some(sm3(words.as_bytes()).to_hex()));
}

#[test]
fn a_scan_is_read_at_the_counter_and_a_printer_that_is_away_gets_no_sheet() {
    let bench = Bench::new();
    with_people(&bench);
    let counter = bench.counter();
    comes(&counter, SUPERVISOR);
    counter.ask(Request::ShowCalibration).unwrap();
    let scan = |dpi: &str| counter.ask(Request::ScanCalibration { side: CardSide::Back, dpi: dpi.to_owned() });
    assert_eq!(scan("x").unwrap_err().fields[0].field, "dpi");
    let folder = bench.path().join("documents");
    for entry in std::fs::read_dir(&folder).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    assert_eq!(scan("").unwrap_err().code, "calibration.no_scan");
    counter.ask(Request::PrintCalibration).unwrap();
    let sheet = counter.wait("the sheet", |_| queued(&bench).pop());
    let back = papers::preview::rasterise(&std::fs::read(sheet).unwrap(), 1, 300.0).unwrap();
    std::fs::write(folder.join("scan.png"), back).unwrap();
    scan("300").unwrap();
    let Screen::Calibration(page) = counter.view().screen else { panic!("not the page of the calibration") };
    let found = page.found.unwrap();
    assert_eq!((found.side, found.kept), (CardSide::Back, false));

    let queue = bench.path().join("queue/card");
    std::fs::remove_dir_all(&queue).unwrap();
    std::fs::write(&queue, "no folder").unwrap();
    counter.ask(Request::PrintCalibration).unwrap();
    assert_eq!(counter.trouble().code, "calibration.sheet_not_printed");
}

/// Somebody else takes over at the counter.
fn comes(counter: &Counter, person: Practice) {
    counter.ask(Request::SignOut).unwrap();
    counter.ask(person.sign_in()).unwrap();
}

/// What lies in the queue of the card printer.
fn queued(bench: &Bench) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(bench.path().join("queue/card")).unwrap();
    let files = entries.map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "pdf")).collect()
}
