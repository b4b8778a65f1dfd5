//! From the card to the seal, and the package that the seal names.

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};

use casework::fact::Fact;
use casework::nouns::PictureHash;
use casework::station_fact::StationFact;
use cli::people::CLERK;
use desk::contract::{Request, StepBody};
use journeys::aftermath::Aftermath;
use journeys::bench::Simulator;
use journeys::counter::Counter;
use journeys::programs::command;
use serde_json::Value;
use tempfile::TempDir;

use crate::shell;

/// A station with one sealed case, stopped.
struct Sealed {
    folder: TempDir,
    station: std::path::PathBuf,
    _simulator: Simulator,
}

impl Sealed {
    fn new() -> Sealed {
        let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
        let folder = journeys::outputs::folder();
        let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
        let counter = Counter::open(&station).unwrap();
        counter.walk_to("archive");
        let StepBody::Archive { package, list, taker_signs, .. } = counter.case().body else { panic!("step archive") };
        assert!(package.starts_with("DA-") && list.is_none() && !taker_signs, "{package} {list:?}");
        counter.walk_to("closed");
        let StepBody::Closed { lines, .. } = counter.case().body else { panic!("a closed case") };
        assert!(lines.iter().any(|line| line.contains(&package)), "{lines:?}");
        Sealed { folder, station, _simulator: simulator }
    }

    fn left(&self) -> (Aftermath, PictureHash) {
        let left = Aftermath::of(self.folder.path());
        let case = left.only_case();
        let facts = left.facts(&case);
        let Some(Fact::Sealed { package }) = facts.last().map(|one| &one.fact) else { panic!("a sealed case") };
        let seal = package.clone();
        (left, seal)
    }

    fn build(&self, words: &[&str], out: &Path, password: &str) -> Output {
        let mut youdai = command("youdai")
            .args(["--json", "archive", "build"])
            .args(words)
            .arg("--station")
            .arg(&self.station)
            .arg("--out")
            .arg(out)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(youdai.stdin.take().unwrap(), "{password}").unwrap();
        youdai.wait_with_output().unwrap()
    }
}

#[test]
fn a_sealed_case_leaves_a_package_that_both_verifiers_accept() {
    let sealed = Sealed::new();
    let case = sealed.left().0.only_case();
    let folder = tempfile::tempdir().unwrap();
    let built = sealed.build(&[case.as_str(), "--by", CLERK.name], folder.path(), CLERK.password);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&[built.stdout, built.stderr].concat()));
    let file = folder.path().join(format!("DA-{case}.tar"));

    let (left, hash) = sealed.left();
    let bytes = std::fs::read(&file).unwrap();
    assert_eq!(left.ledger.picture(&hash).unwrap().unwrap(), bytes, "byte for byte as it was sealed");
    let exported = left.ledger.station_facts().unwrap().into_iter().filter(|one| {
        one.fact == StationFact::ArchiveExported { case: case.clone(), package: hash.clone() }
            && one.actor.as_str() == CLERK.name
    });
    assert_eq!(exported.count(), 1, "a package that leaves is a row of the journal");
    assert_eq!(left.report().problems, Vec::<String>::new());

    let verified = command("youdai").args(["archive", "verify"]).arg(&file).output().unwrap();
    let said = String::from_utf8(verified.stdout).unwrap();
    assert!(verified.status.success(), "{said}");
    let headings: Vec<&str> = said.lines().skip(1).filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(headings, ["真实性", "完整性", "可用性", "安全性"], "{said}");

    let (code, said) = shell::verify(&file);
    assert_eq!(code, Some(0), "{said}");
    let headings: Vec<&str> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(headings, ["真实性", "完整性", "可用性", "安全性"], "{said}");
    assert!(said.contains("信封一个字节不差"), "{said}");

    // What a person reads in twenty years: who, which papers, and the list that both signed.
    let open = shell::unpack(&file);
    let index = std::fs::read_to_string(open.path().join(format!("DA-{case}/INDEX.html"))).unwrap();
    for words in ["公民身份号码", "移交清单（归档人员）", "申请表", "申请人身份证", "432023107W00"]
    {
        assert!(index.contains(words), "{words}");
    }
    // What is written for the archive is PDF/A-2u; what was handed out stays the file that was printed.
    let forms = std::fs::read_dir(open.path().join(format!("DA-{case}/forms"))).unwrap();
    let kept = forms.map(|form| form.unwrap().path()).filter(|form| {
        let bytes = std::fs::read(form).unwrap();
        String::from_utf8_lossy(&bytes).contains("<pdfaid:part>2</pdfaid:part>")
    });
    let mut kept: Vec<String> = kept.map(|form| form.file_stem().unwrap().to_string_lossy()[3..].to_owned()).collect();
    kept.sort();
    assert_eq!(kept, ["application", "card-archived", "receipt"]);
}

#[test]
fn only_an_archivist_of_the_station_takes_a_package_out_and_only_of_a_sealed_case() {
    let sealed = Sealed::new();
    let folder = tempfile::tempdir().unwrap();
    for (words, password, told) in [
        (&["--all"][..], CLERK.password, "not_permitted"),
        (&["--all", "--by", CLERK.name], "wrong password", "desk.wrong_password"),
        (&["--all", "--by", cli::people::ADMINISTRATOR.name], cli::people::ADMINISTRATOR.password, "not_permitted"),
        (&["XXC-20211108-0099", "--by", CLERK.name], CLERK.password, "not_sealed"),
    ] {
        let refused = sealed.build(words, folder.path(), password);
        let said: Value = serde_json::from_slice(&refused.stdout).unwrap();
        assert_eq!((refused.status.code(), said["error"].as_str()), (Some(3), Some(told)), "{said}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    // All of them, twice into the same folder: the bytes are the same, so nothing is changed and nothing refused.
    for _ in 0..2 {
        let built = sealed.build(&["--all", "--by", CLERK.name], folder.path(), CLERK.password);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stdout));
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// The seal is tried again after a restart: nothing of the moment goes into a package, so it is the same one.
#[test]
fn a_case_gives_the_same_package_after_a_restart() {
    let simulator = Simulator::start("tests/scenarios/quick.toml").unwrap();
    let folder = journeys::outputs::folder();
    let station = simulator.station("fixtures/stations/demo.toml", folder.path()).unwrap();
    let counter = Counter::open(&station).unwrap();
    counter.walk_to("archive");
    counter.ask(Request::HandOver { to: CLERK.name.to_owned(), password: None }).unwrap();
    drop(counter);
    let twice = [0, 1].map(|_| {
        let file = desk::station::StationFile::load(&station).unwrap();
        let mut desk = desk::desk::Desk::open(file, None).unwrap();
        let now = desk::desk::Now {
            at: "2021-11-09T01:00:00Z".parse().unwrap(),
            today: jiff::civil::date(2021, 11, 9),
            jitter: 0.5,
        };
        desk.ask(CLERK.sign_in(), now).0.unwrap();
        let desk::contract::Screen::Lobby { cases, .. } = desk.view(now).screen else { panic!("the lobby") };
        desk.ask(Request::ResumeCase { case: cases[0].case.clone() }, now).0.unwrap();
        desk.package().unwrap()
    });
    assert_eq!(twice[0], twice[1]);
    assert!(archive::verify(&twice[0]).is_sound(), "{:#?}", archive::verify(&twice[0]));
}
