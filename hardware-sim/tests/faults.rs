//! Every kind of fault as it looks on the wire, under a virtual clock.

mod shared;

use std::time::Duration;

use hardware_sim::frame::{self, checksum};
use hardware_sim::reader::Output;
use hardware_sim::script::Verb;
use hardware_sim::wire::pipe::Pipe;
use shared::*;

/// The reply to a base read of `ouyang` with this kind of fault on it.
fn read_with(kind: &str) -> Vec<u8> {
    let mut pipe = selected();
    arm(&mut pipe, &format!("{{\"command\": \"read\", \"kind\": {kind}}}"));
    exchange(&mut pipe, READ)
}

fn selected() -> Pipe {
    let mut pipe = pipe("ouyang", false, 7);
    exchange(&mut pipe, FIND);
    exchange(&mut pipe, SELECT);
    pipe
}

fn clean() -> Vec<u8> {
    let mut pipe = selected();
    exchange(&mut pipe, READ)
}

fn sealed(mut frame: Vec<u8>) -> Vec<u8> {
    frame::seal(&mut frame);
    frame
}

/// `clean` with some bytes overwritten.
fn with(at: usize, new: &[u8]) -> Vec<u8> {
    let mut frame = clean();
    frame[at..at + new.len()].copy_from_slice(new);
    frame
}

#[test]
fn clean_reply_is_a_good_frame() {
    let frame = clean();
    assert_eq!((frame.len(), checksum(&frame[5..])), (1295, 0));
}

#[test]
fn faults_of_content_change_what_they_say_they_change() {
    let frame = clean();
    let status_ok = frame::reply(0x90, &[]);
    assert_eq!(read_with("\"silence\""), NOTHING);
    assert_eq!(read_with("{\"status\": {\"sw3\": 50}}"), frame::reply(50, &[]));
    assert_eq!(read_with("{\"sw\": {\"sw1\": 106, \"sw2\": 130}}"), sealed(with(7, &[106, 130])));
    assert_eq!(read_with("\"bad_checksum\""), with(1294, &[frame[1294] ^ 0x5A]));
    assert_eq!(read_with("{\"length\": {\"value\": 0}}"), sealed(with(5, &[0, 0])));
    assert_eq!(read_with("{\"length\": {\"value\": 65535}}"), sealed(with(5, &[255, 255])));
    assert_eq!(read_with("{\"inner_lengths\": {\"text\": 1024, \"photo\": 256}}"), sealed(with(10, &[4, 0, 1, 0])));
    assert_eq!(read_with("{\"flip\": {\"at\": 100, \"mask\": 1}}"), with(100, &[frame[100] ^ 1]));
    assert_eq!(read_with("\"other_reply\""), status_ok);
    assert_eq!(read_with("{\"instead\": {\"hex\": \"AA 00 55\"}}"), [0xAA, 0, 0x55]);
}

#[test]
fn faults_of_transport_lose_double_or_add_bytes() {
    let frame = clean();
    assert_eq!(read_with("{\"drop\": {\"at\": 400, \"count\": 2}}"), [&frame[..400], &frame[402..]].concat());
    assert_eq!(
        read_with("{\"duplicate\": {\"at\": 400, \"count\": 2}}"),
        [&frame[..402], &frame[400..402], &frame[402..]].concat()
    );
    assert_eq!(
        read_with("{\"insert\": {\"at\": 700, \"hex\": \"55AA\"}}"),
        [&frame[..700], &[0x55, 0xAA], &frame[700..]].concat()
    );
    let noisy = read_with("{\"noise_before\": {\"bytes\": 64}}");
    assert_eq!((noisy.len(), &noisy[64..]), (1295 + 64, &frame[..]));
    let noisy = read_with("{\"noise_after\": {\"bytes\": 64}}");
    assert_eq!((noisy.len(), &noisy[..1295]), (1295 + 64, &frame[..]));
    assert_eq!(read_with("{\"truncate\": {\"at\": 700}}"), frame[..700]);
    assert_eq!(read_with("\"glue\""), [frame.clone(), frame::reply(0x90, &[])].concat());
    assert_eq!(read_with("\"twice\""), [frame.clone(), frame.clone()].concat());
    assert_eq!(read_with("\"echo\""), [bytes(READ), frame.clone()].concat());
    let foreign = read_with("\"foreign_frame\"");
    assert_eq!((&foreign[..2], &foreign[6..]), (&[0x55, 0xAA][..], &frame[..]));
    let pseudo = bytes("AAAAAA96690005050505");
    assert_eq!(read_with("{\"pseudo_reply\": {}}"), pseudo);
    assert_eq!(read_with("{\"pseudo_reply\": {\"then_real\": true}}"), [pseudo, frame].concat());
}

#[test]
fn corruption_touches_about_as_many_bytes_as_it_should() {
    let (frame, spoilt) = (clean(), read_with("{\"corrupt\": {\"rate\": 0.05}}"));
    let differing = frame.iter().zip(&spoilt).filter(|(clean, spoilt)| clean != spoilt).count();
    assert!((30..110).contains(&differing), "{differing} bytes differ");
}

#[test]
fn wrong_speed_leaves_nothing_that_looks_like_a_frame() {
    let garbage = read_with("\"wrong_baud\"");
    assert_eq!(garbage.len(), 1295);
    assert!(!garbage.windows(3).any(|three| three == [0xAA, 0x96, 0x69]));
}

/// Times at which bytes arrive after the request, in ms, with their number.
fn arrivals(kind: &str) -> Vec<(u128, usize)> {
    let mut pipe = selected();
    arm(&mut pipe, &format!("{{\"command\": \"read\", \"kind\": {kind}}}"));
    let asked = pipe.now();
    pipe.write(&bytes(READ));
    std::iter::from_fn(|| {
        let bytes = pipe.read(Duration::from_secs(10))?;
        Some(((pipe.now() - asked).as_millis(), bytes.len()))
    })
    .collect()
}

#[test]
fn faults_of_time_delay_what_they_say_they_delay() {
    assert_eq!(arrivals("\"glue\""), [(100, 1295 + 11)]);
    assert_eq!(arrivals("{\"stall\": {\"at\": 600, \"ms\": 2000}}"), [(100, 600), (2100, 695)]);
    assert_eq!(arrivals("{\"late\": {\"ms\": 3000}}"), [(3100, 1295)]);
    assert_eq!(arrivals("{\"unsolicited\": {\"after_ms\": 50}}"), [(100, 1295), (150, 11)]);
    let split = arrivals("{\"split\": {\"gap_ms\": 3}}");
    assert_eq!((split.len(), split[0], split[1294]), (1295, (100, 1), (100 + 3 * 1294, 1)));
    assert_eq!(arrivals("{\"split\": {\"gap_ms\": 10, \"chunk\": 1000}}"), [(100, 1000), (110, 295)]);
}

#[test]
fn late_reply_does_not_overtake_the_next_one() {
    let mut pipe = pipe("", false, 1);
    arm(&mut pipe, r#"{"command": "status", "nth": 1, "kind": {"late": {"ms": 2000}}}"#);
    assert_eq!(exchange(&mut pipe, STATUS), NOTHING);
    pipe.write(&bytes(SAM_ID));
    let arrived = pipe.wait(Duration::from_secs(3));
    assert_eq!((arrived.len(), &arrived[..11]), (11 + 27, &frame::reply(0x90, &[])[..]));
}

#[test]
fn card_removed_inside_the_reply_ends_it_there() {
    let mut pipe = selected();
    arm(&mut pipe, r#"{"command": "read", "kind": {"remove_card": {"at": 700}}}"#);
    assert_eq!(exchange(&mut pipe, READ).len(), 700);
    assert_eq!(pipe.reader.lying(), None);
    assert_eq!(exchange(&mut pipe, FIND)[9], 0x80);
}

#[test]
fn card_swapped_behind_select_is_another_card() {
    let mut pipe = pipe("ouyang", false, 1);
    arm(&mut pipe, r#"{"command": "select", "kind": {"swap": {"card": "yan"}}}"#);
    exchange(&mut pipe, FIND);
    assert_eq!(exchange(&mut pipe, SELECT)[9], 0x90);
    assert_eq!(exchange(&mut pipe, READ)[9], 0x41);
    assert_eq!(pipe.reader.lying(), Some("yan"));
}

#[test]
fn failing_current_ends_the_reply_and_restarts_the_module() {
    let mut pipe = selected();
    arm(&mut pipe, r#"{"command": "read", "kind": {"power_cycle": {"at": 700}}}"#);
    assert_eq!(exchange(&mut pipe, READ).len(), 700);
    assert_eq!(exchange(&mut pipe, SELECT)[9], 0x24);
}

#[test]
fn cable_pulled_inside_the_reply_ends_everything_until_it_is_in_again() {
    let mut pipe = selected();
    arm(&mut pipe, r#"{"command": "read", "kind": {"unplug": {"at": 700}}}"#);
    assert_eq!(exchange(&mut pipe, READ).len(), 700);
    assert_eq!(pipe.events, [Output::Unplugged]);
    assert_eq!(exchange(&mut pipe, STATUS), NOTHING);
    pipe.act(&Verb::Replug).unwrap();
    pipe.wait(Duration::from_secs(1));
    assert_eq!(pipe.events, [Output::Unplugged, Output::Plugged]);
    assert_eq!(exchange(&mut pipe, STATUS), frame::reply(0x90, &[]));
}

#[test]
fn fault_strikes_the_replies_it_names_and_no_others() {
    let mut pipe = pipe("", false, 1);
    arm(&mut pipe, r#"{"command": "status", "nth": 2, "times": 2, "kind": "silence"}"#);
    let answered: Vec<bool> = (0..5).map(|_| !exchange(&mut pipe, STATUS).is_empty()).collect();
    assert_eq!(answered, [true, false, false, true, true]);
    assert!(!exchange(&mut pipe, SAM_ID).is_empty());
}

#[test]
fn probability_is_drawn_from_the_seed() {
    let silences = |seed| -> Vec<bool> {
        let mut pipe = pipe("", false, seed);
        arm(&mut pipe, r#"{"probability": 0.5, "kind": "silence"}"#);
        (0..64).map(|_| exchange(&mut pipe, STATUS).is_empty()).collect()
    };
    assert_eq!(silences(3), silences(3));
    assert_ne!(silences(3), silences(4));
    assert!(silences(3).contains(&true) && silences(3).contains(&false));
}

#[test]
fn noise_on_the_line_spoils_both_directions_and_repeats_from_the_seed() {
    let conversation = |seed| {
        let mut pipe = pipe("ouyang", false, seed);
        pipe.act(&Verb::Noise { rate: 0.02 }).unwrap();
        let all: Vec<Vec<u8>> =
            [FIND, SELECT, READ].iter().cycle().take(60).map(|request| exchange(&mut pipe, request)).collect();
        (all, pipe.reader.transcript.text())
    };
    assert_eq!(conversation(11), conversation(11));
    assert_ne!(conversation(11).0, conversation(12).0);
    // Some requests were spoilt on their way to the module.
    assert!(conversation(11).0.iter().any(|reply| reply.is_empty() || reply.get(9) == Some(&0x10)));
}

#[test]
fn unknown_fault_is_refused_by_name() {
    let error = serde_json::from_str::<hardware_sim::fault::Fault>(r#"{"kind": "gremlins"}"#).unwrap_err();
    assert!(error.to_string().contains("gremlins"));
    let error = serde_json::from_str::<hardware_sim::fault::Fault>(r#"{"kind": {"instead": {"hex": "xyz"}}}"#);
    assert!(error.unwrap_err().to_string().contains("not hexadecimal"));
}
