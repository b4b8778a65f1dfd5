//! The program as testers run it: its one line, its wires, its control port, its tools, its end.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

mod shared;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use hardware_sim::frame;
use serde_json::{Value, json};
use shared::*;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hardware-sim");

struct Running {
    child: Child,
    addresses: Value,
    _folder: tempfile::TempDir,
}

/// Starts a scenario and waits for its line.
fn play(scenario: &str) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenario.toml");
    let people = repository().join("fixtures/people");
    std::fs::write(&file, format!("people = [{people:?}]\n{scenario}")).unwrap();
    let mut child = Command::new(PROGRAM)
        .arg(&file)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    Running { child, addresses: serde_json::from_str(&line).unwrap(), _folder: folder }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Not killed: it is to remove its symlinks.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Running {
    fn address(&self, key: &str) -> &str {
        self.addresses[key].as_str().unwrap()
    }

    fn connect(&self) -> TcpStream {
        let connection = TcpStream::connect(self.address("reader_tcp")).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        connection
    }

    fn ctl(&self, words: &[&str]) -> Output {
        Command::new(PROGRAM).arg("ctl").arg(self.address("control")).args(words).output().unwrap()
    }

    fn state(&self) -> Value {
        serde_json::from_slice(&self.ctl(&["state"]).stdout).unwrap()
    }

    /// Closes standard input; exit code and what was said on standard error.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.child.stdin.take());
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

fn ask_on(wire: &mut (impl Read + Write), request: &str, length: usize) -> Vec<u8> {
    wire.write_all(&bytes(request)).unwrap();
    let mut reply = vec![0; length];
    wire.read_exact(&mut reply).unwrap();
    reply
}

fn read_card_on(wire: &mut (impl Read + Write)) {
    assert_eq!(ask_on(wire, STATUS, 11), frame::reply(0x90, &[]));
    assert_eq!(ask_on(wire, SAM_ID, 27).len(), 27);
    assert_eq!(ask_on(wire, FIND, 15)[9], 0x9F);
    assert_eq!(ask_on(wire, SELECT, 19)[9], 0x90);
    assert_eq!(frame::checksum(&ask_on(wire, READ, 1295)[5..]), 0);
}

fn open(path: &Path) -> std::fs::File {
    std::fs::OpenOptions::new().read(true).write(true).open(path).unwrap()
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < deadline, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn card_is_read_over_tcp_by_one_host_after_another() {
    let running = play("[[reader]]\ncard = \"ouyang\"\nhabits = { repeat_read = true }\n");
    for _ in 0..3 {
        read_card_on(&mut running.connect());
    }
    assert_eq!(running.end(), (Some(0), String::new()));
}

#[test]
fn card_is_read_over_the_pseudo_terminal_by_one_driver_after_another() {
    let running = play("[[reader]]\ncard = \"ouyang\"\npty = \"line/reader\"\nhabits = { repeat_read = true }\n");
    assert_eq!(running.address("reader_pty"), "line/reader");
    let path = running._folder.path().join("line/reader");
    for _ in 0..3 {
        read_card_on(&mut open(&path));
    }
    let (code, _) = running.end();
    assert_eq!((code, path.symlink_metadata().is_ok()), (Some(0), false));
}

#[test]
fn symlink_left_by_a_killed_simulator_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("reader");
    std::os::unix::fs::symlink("/dev/null", &link).unwrap();
    let running = play(&format!("[[reader]]\npty = {link:?}\n"));
    assert_eq!(ask_on(&mut open(&link), STATUS, 11), frame::reply(0x90, &[]));
    drop(running);
}

#[test]
fn driver_at_the_wrong_speed_hears_nothing_until_it_finds_the_right_one() {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let running = play("[[reader]]\nhabits = { baud = 19200 }\n");
    let mut line = open(&PathBuf::from(running.address("reader_pty")));
    let at = |speed| {
        let mut settings = tcgetattr(&line).unwrap();
        settings.set_speed(speed).unwrap();
        tcsetattr(&line, OptionalActions::Now, &settings).unwrap();
    };
    at(115_200);
    (&line).write_all(&bytes(STATUS)).unwrap();
    eventually("the request is in the transcript", || !running.ctl(&["transcript"]).stdout.is_empty());
    at(19_200);
    assert_eq!(ask_on(&mut line, STATUS, 11), frame::reply(0x90, &[]));
}

#[test]
fn pulled_cable_closes_both_wires_and_replugging_opens_them_again() {
    let running = play("[[reader]]\n");
    let link = PathBuf::from(running.address("reader_pty"));
    let (mut tcp, mut line) = (running.connect(), open(&link));
    assert_eq!(ask_on(&mut tcp, STATUS, 11).len(), 11);
    assert!(running.ctl(&["unplug"]).status.success());
    let mut nothing = [0];
    assert_eq!(tcp.read(&mut nothing).map_err(|error| error.kind()), Err(std::io::ErrorKind::ConnectionReset));
    // A terminal that was hung up reads as its end.
    assert_eq!(line.read(&mut nothing).unwrap_or(0), 0);
    assert!(!link.exists());
    eventually("the port closes", || TcpStream::connect(running.address("reader_tcp")).is_err());
    assert!(running.ctl(&["replug"]).status.success());
    eventually("the symlink is back", || link.exists());
    eventually("the port is open", || TcpStream::connect(running.address("reader_tcp")).is_ok());
    std::thread::sleep(Duration::from_millis(250));
    assert_eq!(ask_on(&mut open(&link), STATUS, 11).len(), 11);
    assert_eq!(ask_on(&mut running.connect(), STATUS, 11).len(), 11);
}

#[test]
fn several_readers_have_their_own_ids_and_cards() {
    let running = play(
        "[[reader]]\nname = \"counter\"\ncard = \"ouyang\"\n\
         [[reader]]\nname = \"kiosk\"\nsam_id = \"05.03-20240101-0000000001-0000000002\"\n",
    );
    let at = |nth: usize| TcpStream::connect(running.addresses["readers"][nth]["tcp"].as_str().unwrap()).unwrap();
    let (mut counter, mut kiosk) = (at(0), at(1));
    assert_ne!(ask_on(&mut counter, SAM_ID, 27), ask_on(&mut kiosk, SAM_ID, 27));
    assert_eq!(ask_on(&mut counter, FIND, 15)[9], 0x9F);
    assert_eq!(ask_on(&mut kiosk, FIND, 11)[9], 0x80);
    assert!(running.ctl(&["lay", "yan", "--reader", "kiosk"]).status.success());
    assert_eq!(ask_on(&mut kiosk, FIND, 15)[9], 0x9F);
    assert_eq!(running.state()["readers"][1]["card"], "yan");
}

#[test]
fn verbs_reach_reader_platform_and_printer() {
    let running = play("[[printer]]\nname = \"card\"\ndir = \"queue\"\n[[reader]]\n");
    let queue = running._folder.path().join("queue");
    std::fs::create_dir(&queue).unwrap();
    for words in [
        &["lay", "ouyang"][..],
        &["noise", "0.5"],
        &["fault", r#"{"command": "read", "kind": "bad_checksum"}"#],
        &["platform", "city", "away"],
        &["printer", "queue", "media_empty"],
    ] {
        let done = running.ctl(words);
        assert!(done.status.success(), "{words:?}: {done:?}");
    }
    let state = running.state();
    let reader = &state["readers"][0];
    assert_eq!((&reader["card"], &reader["noise_rate"], &reader["faults"]), (&json!("ouyang"), &json!(0.5), &json!(1)));
    assert_eq!(state["platforms"][0]["behaviour"], "away");
    assert_eq!(state["printers"][0]["state"], "media_empty");
    assert_eq!(std::fs::read_to_string(queue.join(".state")).unwrap(), "media_empty");
    assert!(running.ctl(&["clear_faults"]).status.success());
    assert_eq!(running.state()["readers"][0]["noise_rate"], json!(0.0));
    assert!(running.ctl(&["printer", "queue", "good"]).status.success());
    assert!(!queue.join(".state").exists());
}

#[test]
fn order_that_makes_no_sense_is_refused_in_words() {
    let running = play("");
    for (words, said) in [(&["lay", "nobody"][..], "no card"), (&["platform", "moon", "away"], "moon")] {
        let done = running.ctl(words);
        assert_eq!(done.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&done.stdout).contains(said), "{done:?}");
    }
    assert_eq!(running.ctl(&["dance"]).status.code(), Some(2));
}

#[test]
fn transcript_and_coverage_tell_what_was_said() {
    let running = play("[[reader]]\ncard = \"ouyang\"\n");
    read_card_on(&mut running.connect());
    let text = String::from_utf8(running.ctl(&["transcript"]).stdout).unwrap();
    assert!(text.lines().any(|line| line.contains("main host   AA AA AA 96 69 00 03 30 01 32")), "{text}");
    assert!(text.lines().any(|line| line.contains("main module AA AA AA 96 69 05 08 00 00 90 01 00 04 00")));
    let coverage: Value = serde_json::from_slice(&running.ctl(&["coverage"]).stdout).unwrap();
    assert!(coverage[0]["answers"].as_array().unwrap().contains(&json!({"command": "find", "sw3": "9F", "count": 1})));
}

#[test]
fn control_page_is_served_and_names_what_it_controls() {
    let running = play("");
    let address = running.address("control").replace("http://", "");
    let (status, page) = hardware_sim::http::ask(&address, "GET", "/", b"").unwrap();
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    for words in ["把卡拿走", "拔线", "线路实录", "平台", "打印机"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn failed_script_is_told_with_the_seed_and_ends_with_1() {
    let running = play("seed = 77\n[[reader]]\nscript = [{ do = \"assert\", command = \"status\", at_least = 1 }]\n");
    eventually("the script fails", || running.state()["readers"][0]["failures"] != json!([]));
    let (code, said) = running.end();
    assert_eq!(code, Some(1));
    assert!(said.contains("heard status 0 times") && said.contains("seed 77"), "{said}");
}

#[test]
fn scenario_that_is_not_understood_ends_with_2_and_names_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.toml");
    std::fs::write(&file, "title = \"x\"\n[[reader]]\nspeed = 9600\n").unwrap();
    let done = Command::new(PROGRAM).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2));
    assert!(said.contains("wrong.toml") && said.contains("line 3") && said.contains("speed"), "{said}");
}

fn with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn photo_helper_draws_our_placeholders_and_refuses_others() {
    let drawn = with_input(&["wlt-helper"], &hardware_sim::photo::placeholder(5));
    assert_eq!((drawn.status.code(), drawn.stdout.len()), (Some(0), 38_862));
    let refused = with_input(&["wlt-helper"], &hardware_sim::photo::blank());
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(3), 0));
}

#[test]
fn invented_person_can_be_laid() {
    let printed = with_input(&["person", "--seed", "12", "--born", "1950"], b"");
    let text = String::from_utf8(printed.stdout).unwrap();
    card(&text);
    assert!(text.contains("birth = \"1950-"));
}

#[test]
fn conformance_lets_a_correct_read_pass_and_catches_wrong_ones() {
    let conform = |driver: &str| {
        let done = with_input(&["conformance", "--driver", driver, "--only", "vector: ", "--chaos", "0"], b"");
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let (code, table) = conform(&format!("{PROGRAM} read"));
    assert_eq!(code, Some(0), "{table}");
    assert!(table.contains("4 passed, 0 failed"), "{table}");
    let liar = repository().join("hardware-sim/tests/liar.sh");
    let (code, table) = conform(&format!("sh {}", liar.display()));
    assert_eq!(code, Some(1));
    assert!(table.contains("0 passed, 4 failed") && table.contains("`name` is `测试假`"), "{table}");
    let (code, table) = conform("false");
    assert_eq!(code, Some(1));
    assert!(table.contains("ended with 1"), "{table}");
}

#[test]
fn conformance_does_not_let_a_driver_read_a_card_that_is_not_there() {
    let liar = repository().join("hardware-sim/tests/liar.sh");
    let command = format!("sh {}", liar.display());
    let done = with_input(&["conformance", "--driver", &command, "--only", "no card", "--chaos", "0"], b"");
    assert!(String::from_utf8(done.stdout).unwrap().contains("claims to have read a card"));
}

#[test]
fn page_of_another_site_can_give_no_orders() {
    let running = play("[[reader]]\ncard = \"ouyang\"\n");
    let address = running.address("control").replace("http://", "");
    let order = |origin: &str| {
        let body = r#"{"do":"lift"}"#;
        let mut connection = TcpStream::connect(&address).unwrap();
        let head = format!("POST /control/reader HTTP/1.1\r\nHost: {address}\r\nOrigin: {origin}\r\n");
        connection.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer[9..12].to_owned()
    };
    assert_eq!(order("http://example.org"), "403");
    assert_eq!(running.state()["readers"][0]["card"], "ouyang");
    assert_eq!(order(&format!("http://{address}")), "200");
    assert_eq!(running.state()["readers"][0]["card"], Value::Null);
}

#[test]
fn recorded_run_plays_again() {
    let running = play("record = \"said.txt\"\n[[reader]]\ncard = \"ouyang\"\n");
    read_card_on(&mut running.connect());
    let said = running._folder.path().join("said.txt");
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept.txt");
    let mut running = running;
    drop(running.child.stdin.take());
    assert!(running.child.wait().unwrap().success());
    std::fs::copy(said, &kept).unwrap();
    let again = play(&format!("[[reader]]\nreplay = {kept:?}\n"));
    read_card_on(&mut again.connect());
    assert_eq!(again.end(), (Some(0), String::new()));
}

#[test]
fn interrupted_simulator_removes_its_symlink() {
    let mut running = play("");
    let link = PathBuf::from(running.address("reader_pty"));
    assert!(link.exists());
    // Waiting would close it, and that too ends the simulator.
    let input = running.child.stdin.take();
    let pid = nix::unistd::Pid::from_raw(i32::try_from(running.child.id()).unwrap());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).unwrap();
    assert_eq!(running.child.wait().unwrap().code(), Some(130));
    drop(input);
    assert!(link.symlink_metadata().is_err());
}
