//! The reader over a real pseudo-terminal.

use std::{
    os::unix::fs::symlink,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use devices::{
    DeviceState,
    reader::{Cancel, Endpoint, Privacy, ReadOptions, Reader, ReaderFault, Trace, WatchEvent, detect_among},
};
use idcard::{
    command::{Baud, Command},
    conversation::{Presence, Wanted},
};

use crate::{
    module::{Module, golden},
    pty::{Manner, Pty},
};

fn endpoint(path: &str) -> Endpoint {
    Endpoint::parse(&format!("serial:{path}")).unwrap()
}

fn within(seconds: u64) -> ReadOptions {
    ReadOptions { timeout: Duration::from_secs(seconds), ..ReadOptions::default() }
}

#[test]
fn a_card_is_read_from_bytes_in_pieces() {
    let manner = Manner { piece: 7, pause: Duration::from_micros(300), ..Manner::default() };
    let pty = Pty::plug(Module::with_card("card_foreigner_2023"), manner);
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    assert!(reader.endpoint().is_simulated());
    let read = reader.read(&within(10)).unwrap();
    assert_eq!(read.record.kind(), "foreigner_2023");
    assert_eq!(read.record.number().as_str(), "911000198001010019");
}

#[test]
fn a_silent_reader_is_reported_as_not_answering() {
    let pty = Pty::plug(Module::empty(), Manner { mute: true, ..Manner::default() });
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    let fault = reader.probe().unwrap_err();
    assert_eq!((fault.code(), fault.state()), ("no_answer", DeviceState::PowerOff));
    assert_eq!(reader.read(&within(20)).unwrap_err().code(), "no_answer");
}

#[test]
fn a_reader_held_by_another_is_busy() {
    let pty = Pty::plug(Module::empty(), Manner::default());
    let _first = Reader::open(&endpoint(&pty.name())).unwrap();
    let fault = Reader::open(&endpoint(&pty.name())).err().unwrap();
    assert_eq!((fault.code(), fault.state()), ("busy", DeviceState::DeviceBusy));
}

#[test]
fn a_reader_unplugged_and_plugged_in_again_is_read_in_the_same_call() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("reader");
    let mut first = Pty::plug(Module::empty(), Manner::default());
    symlink(&first.path, &link).unwrap();
    let second = Arc::new(Mutex::new(None));
    let (place, to_link) = (Arc::clone(&second), link.clone());
    let replugging = thread::spawn(move || {
        thread::sleep(Duration::from_millis(400));
        std::fs::remove_file(&to_link).unwrap();
        first.unplug();
        thread::sleep(Duration::from_millis(700));
        let again = Pty::plug(Module::with_card("card_hmt"), Manner::default());
        symlink(&again.path, &to_link).unwrap();
        *place.lock().unwrap() = Some(again);
    });
    let mut reader = Reader::open(&endpoint(link.to_str().unwrap())).unwrap();
    let read = reader.read(&within(20)).unwrap();
    assert_eq!(read.record.kind(), "hmt");
    replugging.join().unwrap();
}

#[test]
fn a_reader_that_stays_unplugged_is_reported_gone() {
    // Through a link of its own: the system gives a terminal's number to the next one at once.
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("reader");
    let mut pty = Pty::plug(Module::empty(), Manner::default());
    symlink(&pty.path, &link).unwrap();
    let mut reader = Reader::open(&endpoint(link.to_str().unwrap())).unwrap();
    reader.probe().unwrap();
    std::fs::remove_file(&link).unwrap();
    pty.unplug();
    let fault = reader.read(&within(20)).unwrap_err();
    assert_eq!((fault.code(), fault.state()), ("port_gone", DeviceState::Offline));
}

#[test]
fn a_missing_port_is_no_device() {
    let fault = Reader::open(&endpoint("/dev/no-such-port")).err().unwrap();
    assert_eq!(fault.code(), "no_device");
    assert!(matches!(Endpoint::parse("auto"), Ok(Endpoint::Auto)));
}

#[test]
fn the_one_reader_among_four_ports_is_found_with_its_speed() {
    let mute = || Pty::plug(Module::empty(), Manner { mute: true, ..Manner::default() });
    let slow = Manner { at_wrong_speed: 4, ..Manner::default() };
    let ports = [mute(), mute(), Pty::plug(Module::empty(), slow), mute()];
    let names: Vec<_> = ports.iter().map(Pty::name).collect();
    let (found, link) = detect_among(&names, &Cancel::new()).unwrap();
    assert_eq!(found, Endpoint::Serial { path: names[2].clone(), baud: Baud::B9600 });
    Reader::over(found, link).probe().unwrap();
    assert!(detect_among(&names[..2], &Cancel::new()).is_none());
}

#[test]
fn after_a_change_of_speed_both_sides_speak_the_new_one() {
    let pty = Pty::plug(Module::with_card("card_resident"), Manner::default());
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    reader.ask(Command::SetBaud(Baud::B19200)).unwrap();
    assert_eq!(reader.endpoint().to_string(), format!("serial:{}@19200", pty.name()));
    assert!(reader.read(&within(10)).is_ok());
}

#[test]
fn presence_after_a_good_read_is_unknown() {
    let pty = Pty::plug(Module::with_card("card_resident"), Manner::default());
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    assert_eq!(reader.presence().unwrap(), Presence::Present);
    reader.read(&within(10)).unwrap();
    assert_eq!(reader.presence().unwrap(), Presence::Unknown);
}

#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_transcript_shows_the_talk_and_not_the_person() {
    let manner = Manner { piece: 100, ..Manner::default() };
    let pty = Pty::plug(Module::with_card("card_resident"), manner);
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    let page = Page::default();
    reader.set_trace(Some(Trace::new(Box::new(page.clone()), Privacy::Masked)));
    reader.read(&within(10)).unwrap();
    drop(reader);
    let text = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("> AA AA AA 96 69 00 03 30 01 32"), "{text}");
    assert!(text.contains("< AA AA AA 96 69 05 08 00 00 90 [1285 bytes hidden]"), "{text}");
    let name = "测试".encode_utf16().flat_map(u16::to_le_bytes).map(|byte| format!("{byte:02X}"));
    let name = name.collect::<Vec<_>>().join(" ");
    assert!(!text.contains(&name), "{text}");
}

#[test]
fn a_watch_reports_device_and_cards() {
    let pty = Pty::plug(Module::empty(), Manner::default());
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    let cancel = Cancel::new();
    let module = Arc::clone(&pty.module);
    let laying = thread::spawn(move || {
        thread::sleep(Duration::from_millis(1500));
        module.lock().unwrap().card = Some(golden("card_resident"));
    });
    let mut seen = Vec::new();
    reader.watch(Wanted::default(), &cancel.clone(), &mut |event| {
        seen.push(match event {
            WatchEvent::Device { state, fault } => format!("{} {}", state.code(), fault.map_or("", |f| f.code())),
            WatchEvent::Card(card) => card.record.kind().to_owned(),
            WatchEvent::CardFailed { fault } => fault.code().to_owned(),
            WatchEvent::CardUnknown => {
                cancel.cancel();
                "unknown".to_owned()
            }
        });
    });
    laying.join().unwrap();
    assert_eq!(seen, ["online ", "resident", "unknown"]);
}

#[test]
fn noise_in_a_real_terminal_ends_in_a_read_or_a_stated_fault() {
    let mut damaged = golden("card_resident");
    damaged[300] ^= 1;
    let module = Module::with_card("card_resident")
        .instead([0x20, 0x01], [&[0x55, 0xAA, 1, 2][..], &golden("reply_find_ok")].concat())
        .instead([0x30, 0x01], damaged[..700].to_vec());
    let pty = Pty::plug(module, Manner::default());
    let mut reader = Reader::open(&endpoint(&pty.name())).unwrap();
    match reader.read(&within(15)) {
        Ok(read) => assert_eq!(read.record.name().as_str(), "测试甲"),
        Err(fault) => assert!(matches!(fault, ReaderFault::BadData | ReaderFault::CardMoved), "{fault}"),
    }
}
