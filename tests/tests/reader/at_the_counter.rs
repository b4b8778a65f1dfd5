//! The reader at a running station: cable, exchange of the reader, the chip's portrait, odd records.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use casework::fact::Fact;
use casework::nouns::IdentitySource;
use cli::clerk::{self, Eyes, Next};
use cli::people::ADMINISTRATOR;
use desk::compose::Station;
use desk::contract::{Kind, LightState, PersonView, Request, Screen, StepBody, View};
use journeys::aftermath::Aftermath;
use journeys::programs::command;
use ledger::{Ledger, LedgerKey};

use super::two_readers::TwoReaders;

/// After this a station that does nothing has failed the test.
const PATIENCE: Duration = Duration::from_secs(60);

/// A station file whose reader is the one named.
fn station_file(bench: &TwoReaders, folder: &Path, reader: &str) -> PathBuf {
    let path = bench.simulator.station("fixtures/stations/demo.toml", folder).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace(&bench.port("main"), &bench.port(reader))).unwrap();
    path
}

fn start(path: &Path) -> Station {
    let station = Station::start(path, |_| {}).map_err(|fault| format!("{fault:?}")).unwrap();
    cli::people::come_to_work(&station).map_err(|fault| format!("{fault:?}")).unwrap();
    station
}

/// Waits for a view that `wanted` accepts.
fn until(station: &Station, wanted: impl Fn(&View) -> bool) -> View {
    let began = Instant::now();
    loop {
        let view = station.view().unwrap();
        if wanted(&view) {
            return view;
        }
        assert!(began.elapsed() < PATIENCE, "this view stayed: {view:#?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn lamp(view: &View) -> LightState {
    view.lights.iter().find(|light| light.device == "reader").unwrap().state
}

fn person(view: &View) -> Option<&PersonView> {
    let Screen::Case(case) = &view.screen else { return None };
    case.person.as_ref()
}

/// Opens a case and reads the card that lies there.
fn identify(station: &Station) -> PersonView {
    station.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    station.ask(Request::ReadCard).unwrap();
    person(&until(station, |view| person(view).is_some())).unwrap().clone()
}

#[test]
fn a_cable_that_is_put_back_is_noticed_without_a_restart() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    let station = start(&station_file(&bench, folder.path(), "main"));
    until(&station, |view| lamp(view) == LightState::Good);
    bench.cable("main", "unplug");
    station.ask(Request::OpenCase { kind: Kind::First }).unwrap();
    station.ask(Request::ReadCard).unwrap();
    let view = until(&station, |view| view.trouble.is_some());
    assert_eq!(view.trouble.as_ref().unwrap().code, "identify.reader_away");
    assert_eq!(lamp(&view), LightState::NeedsHand);

    bench.cable("main", "replug");
    let view = until(&station, |view| lamp(view) == LightState::Good);
    assert_eq!(view.trouble, None, "the band goes with what it told of");
    bench.lay("main", "ouyang");
    station.ask(Request::ReadCard).unwrap();
    until(&station, |view| person(view).is_some());
}

#[test]
fn a_cable_pulled_while_nobody_reads_is_noticed_too() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    let station = start(&station_file(&bench, folder.path(), "main"));
    until(&station, |view| lamp(view) == LightState::Good);
    bench.cable("main", "unplug");
    let view = until(&station, |view| lamp(view) == LightState::NeedsHand);
    assert_eq!(view.trouble, None, "nobody wanted to read");
}

#[test]
fn another_reader_is_believed_only_after_a_technician_pinned_it() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    bench.lay("main", "ouyang");
    let station = start(&station_file(&bench, folder.path(), "main"));
    assert_eq!(identify(&station).source, "芯片读取");
    drop(station);

    let file = station_file(&bench, folder.path(), "other");
    bench.lay("other", "ouyang");
    let station = start(&file);
    until(&station, |view| lamp(view) == LightState::NeedsHand);
    let strange = identify(&station);
    assert!(strange.source.contains("未核验"), "{}", strange.source);
    drop(station);
    let sources = journaled_sources(folder.path());
    assert_eq!(sources, [IdentitySource::Chip, IdentitySource::OtherReader]);

    let refused = [("", ""), (cli::people::CLERK.name, cli::people::CLERK.password), (ADMINISTRATOR.name, "wrong")];
    for (by, password) in refused {
        assert_eq!(pin(&file, by, password).status.code(), Some(3), "{by}");
    }
    let pinned = pin(&file, ADMINISTRATOR.name, ADMINISTRATOR.password);
    assert_eq!(pinned.status.code(), Some(0), "{}", String::from_utf8_lossy(&pinned.stderr));
    let left = Aftermath::of(folder.path());
    let row = left.ledger.journal(0, 1000).unwrap().pop().unwrap();
    assert_eq!((row.kind.as_str(), row.actor.as_str()), ("reader_pinned", ADMINISTRATOR.name));
    drop(left);
    bench.lay("other", "ouyang");
    let station = start(&file);
    until(&station, |view| lamp(view) == LightState::Good);
    assert_eq!(identify(&station).source, "芯片读取");
}

/// Pins the reader that is plugged in; nobody vouches for it without a name.
fn pin(station: &Path, by: &str, password: &str) -> Output {
    let mut pin = command("youdai");
    pin.args(["reader", "pin", "--station"]).arg(station);
    if !by.is_empty() {
        pin.args(["--by", by]);
    }
    let mut pin = pin.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Whoever is refused without being asked has closed it already.
    let _ = writeln!(pin.stdin.take().unwrap(), "{password}");
    pin.wait_with_output().unwrap()
}

/// Where each identity in the ledger came from, case by case.
fn journaled_sources(folder: &Path) -> Vec<IdentitySource> {
    let folder = folder.join("ledger/training");
    let key = LedgerKey::load_or_create(&folder.join("ledger.key")).unwrap();
    assert!(Ledger::verify(&folder, &key).unwrap().is_sound());
    let ledger = Ledger::open(&folder, &key).unwrap();
    let mut cases: Vec<_> = ledger.open_cases().unwrap().into_iter().map(|line| line.case).collect();
    cases.sort();
    let facts = cases.iter().flat_map(|case| ledger.case_facts(case).unwrap());
    let sources = facts.filter_map(|one| {
        let Fact::Identified { identity, .. } = one.fact else { return None };
        Some(identity.source)
    });
    sources.collect()
}

#[test]
fn the_chips_portrait_stands_beside_the_photo_and_leaves_with_the_case() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    bench.lay("main", "ouyang");
    let station = start(&station_file(&bench, folder.path(), "main"));
    walk_to_the_photo(&station);
    // The portrait is decoded beside the clerk's work and may come later than the photo.
    let view = until(&station, |view| chip(view).is_some());
    assert_eq!(chip(&view).as_deref(), Some("chip-photo"));
    let (png, kind) = station.picture("chip-photo").unwrap();
    assert_eq!(kind, "image/png");
    assert_eq!(png[16..24], [0, 0, 0, 102, 0, 0, 0, 126], "width and height of a PNG");
    station.ask(Request::ParkCase).unwrap();
    assert_eq!(station.picture("chip-photo"), None);
}

#[test]
fn without_a_helper_there_is_no_portrait_and_the_case_goes_on() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    bench.lay("main", "ouyang");
    let path = station_file(&bench, folder.path(), "main");
    let text = std::fs::read_to_string(&path).unwrap();
    let bare: String =
        text.lines().filter(|line| !line.starts_with("photo_helper")).map(|line| format!("{line}\n")).collect();
    assert_ne!(text, bare);
    std::fs::write(&path, bare).unwrap();
    let station = start(&path);
    assert_eq!(chip(&walk_to_the_photo(&station)), None);
}

/// Lets the practised clerk work until the photo lies there.
fn walk_to_the_photo(station: &Station) -> View {
    let eyes = Eyes { card_in_tray: &|_| false };
    let began = Instant::now();
    loop {
        let view = station.view().unwrap();
        assert_eq!(view.trouble, None);
        assert!(began.elapsed() < PATIENCE, "this view stayed: {view:#?}");
        if photo_is_there(&view) {
            return view;
        }
        match clerk::next(&view, &eyes) {
            Next::Ask(request) => station.ask(request).map_err(|fault| format!("{fault:?}")).unwrap(),
            Next::Wait => std::thread::sleep(Duration::from_millis(20)),
            Next::Over => panic!("the case is over: {view:#?}"),
        }
    }
}

fn photo_is_there(view: &View) -> bool {
    matches!(&view.screen, Screen::Case(case) if matches!(case.body, StepBody::Photo { photo: Some(_) }))
}

fn chip(view: &View) -> Option<String> {
    let Screen::Case(case) = &view.screen else { return None };
    let StepBody::Photo { photo: Some(photo) } = &case.body else { return None };
    photo.chip.clone()
}

#[test]
fn an_odd_record_is_taken_with_notes_and_its_broken_portrait_harms_nobody() {
    let bench = TwoReaders::start();
    let folder = journeys::outputs::folder();
    bench.lay("main", "oddities");
    let station = start(&station_file(&bench, folder.path(), "main"));
    let person = identify(&station);
    assert!(person.name.contains('\u{e000}'), "private use is kept");
    assert_eq!(person.sex, "未说明");
    for note in ["姓名里有半个字，请对照证面", "姓名里有 1 个自造字没有标准字，照原样保留，请对照证面"]
    {
        assert!(person.notes.iter().any(|said| said == note), "{:?}", person.notes);
    }
    assert_eq!(station.picture("chip-photo"), None);
}
