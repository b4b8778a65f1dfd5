//! Conversations on a line that carries every byte.

use idcard::{
    card::{CardRecord, ChipText, Finding},
    command::{Baud, Line},
    conversation::{LINE_TRIALS, POLL, Presence, PresenceWatch, Trouble, Wanted},
    status::Status,
};

use crate::{
    bench::{Bench, hold},
    module::{Module, frame, golden, ms, with_fingerprint},
};

const RESET: [u8; 2] = [0x10, 0xFF];
const FIND: [u8; 2] = [0x20, 0x01];
const SELECT: [u8; 2] = [0x20, 0x02];
const BASE: [u8; 2] = [0x30, 0x01];
const FINGERPRINT: [u8; 2] = [0x30, 0x10];

#[test]
fn a_card_is_found_selected_and_read_once() {
    let mut module = Module::with_card("card_resident");
    let end = hold(&mut module);
    let read = end.result.unwrap();
    assert_eq!(CardRecord::parse(&read.base.text).name().as_str(), "测试甲");
    assert!(!read.heard_twice);
    let asked: Vec<_> = module.heard.iter().map(|(_, command)| *command).collect();
    assert_eq!(asked, [FIND, SELECT, BASE]);
}

#[test]
fn a_line_just_opened_is_tried_and_its_module_named() {
    let mut module = Module::with_card("card_resident");
    let end = Bench { known: None, ..Bench::default() }.hold(&mut module);
    assert!(!end.result.unwrap().heard_twice);
    assert_eq!(end.sam_id.unwrap().to_string(), "05.03-20101018-0001234567-3456789012");
    assert_eq!(module.count([0x12, 0xFF]), usize::from(LINE_TRIALS));
}

#[test]
fn finding_is_never_asked_for_sooner_than_every_300_ms() {
    let mut module = Module::empty();
    let end = hold(&mut module);
    assert_eq!(end.result, Err(Trouble::NoCard));
    let finds: Vec<_> = module.heard.iter().map(|(at, _)| *at).collect();
    assert!(finds.len() > 60);
    assert!(finds.windows(2).all(|pair| pair[1] - pair[0] >= POLL));
}

#[test]
fn everything_a_card_can_give_is_read_at_9600_baud() {
    let mut address = "测试省测试市搬迁路2号".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    address.resize(70, 0);
    address.chunks_mut(2).filter(|unit| *unit == [0, 0]).for_each(|unit| unit[0] = 0x20);
    let blank = [0x20, 0].repeat(35);
    let appended = frame(&[&[0, 0, 0x90], &address[..], &address[..], &blank[..], &blank[..]].concat());
    let management = frame(&[&[0, 0, 0x90], &[7; 28][..]].concat());
    let mut module = Module::with_card("card_resident")
        .always(FINGERPRINT, with_fingerprint(&golden("card_resident"), 1024))
        .always([0x30, 0x03], appended)
        .always([0x30, 0x05], management);
    module.bits_per_second = 9_600;
    module.latency = ms(2_500);
    let wanted = Wanted { fingerprint: true, appended_addresses: true, management_number: true };
    let mut bench = Bench { wanted, line: Line::serial(Baud::B9600), ..Bench::default() };
    module.instead.push_back((FIND, Some(golden("reply_find_none"))));
    module.latency = ms(900);
    let read = bench.hold(&mut module).result.unwrap();
    assert_eq!(read.base.fingerprint.0.len(), 1024);
    let addresses: Vec<_> = read.appended.unwrap().iter().map(|raw| ChipText::from_bytes(&raw.0)).collect();
    assert_eq!(addresses.iter().map(ChipText::as_str).collect::<Vec<_>>(), ["测试省测试市搬迁路2号"; 2]);
    assert_eq!(read.management.unwrap().0, [7; 28]);
}

#[test]
fn a_card_without_fingerprints_or_appended_addresses_is_still_read() {
    let card = golden("card_resident");
    let mut module = Module::with_card("card_resident").always(FINGERPRINT, with_fingerprint(&card, 0));
    let wanted = Wanted { fingerprint: true, appended_addresses: true, management_number: true };
    let read = Bench { wanted, ..Bench::default() }.hold(&mut module).result.unwrap();
    assert!(read.base.fingerprint.0.is_empty());
    assert_eq!((read.appended, read.management), (Some(vec![]), None));
}

#[test]
fn a_module_without_fingerprint_function_is_asked_for_the_plain_read() {
    let mut module = Module::with_card("card_resident");
    let wanted = Wanted { fingerprint: true, ..Wanted::default() };
    let read = Bench { wanted, ..Bench::default() }.hold(&mut module).result.unwrap();
    assert!(read.base.fingerprint.0.is_empty());
    assert_eq!(module.count(FINGERPRINT), 1);
    assert_eq!(module.count(BASE), 1);
}

#[test]
fn a_card_that_moves_is_tried_again_and_then_given_up() {
    let mut once = Module::with_card("card_resident").instead(SELECT, Some(golden("reply_select_failed")));
    assert!(hold(&mut once).result.is_ok());
    let mut always = Module::with_card("card_resident").always(BASE, golden("reply_read_failed"));
    let end = hold(&mut always);
    assert_eq!(end.result, Err(Trouble::CardMoved));
    assert_eq!(always.count(BASE), 5);
}

#[test]
fn refusals_end_in_their_own_trouble() {
    for (reply, trouble) in [
        ("reply_sw_40", Trouble::WrongCard),
        ("reply_sw_66", Trouble::Unauthorised),
        ("reply_sw_31", Trouble::NotAuthenticated(Status::CardRefusedModule)),
        ("reply_sw_32", Trouble::NotAuthenticated(Status::ModuleRefusedCard)),
        ("reply_sw_33", Trouble::NotAuthenticated(Status::VerificationFailed)),
        ("reply_sw_47", Trouble::CardMoved),
        ("reply_sw_24", Trouble::CardMoved),
    ] {
        let mut module = Module::with_card("card_resident").always(BASE, golden(reply));
        assert_eq!(hold(&mut module).result, Err(trouble), "{reply}");
    }
}

#[test]
fn a_failed_self_test_is_reset_once_and_then_reported() {
    let mut recovers = Module::with_card("card_resident").instead(FIND, Some(golden("reply_self_test_failed")));
    assert!(hold(&mut recovers).result.is_ok());
    assert_eq!(recovers.count(RESET), 1);
    let mut stays = Module::with_card("card_resident").always(FIND, golden("reply_self_test_failed"));
    assert_eq!(hold(&mut stays).result, Err(Trouble::SelfTestFailed));
}

#[test]
fn an_odd_record_on_a_clean_line_is_heard_twice() {
    let mut odd = golden("card_resident");
    odd[14] = 0;
    odd[15] = 0;
    let sum = odd[5..1294].iter().fold(0, |sum, byte| sum ^ byte);
    odd[1294] = sum;
    let mut module = Module::with_card("card_resident");
    module.card = Some(odd.clone());
    let read = hold(&mut module).result.unwrap();
    assert!(read.heard_twice);
    assert_eq!(module.count(BASE), 2);

    // A module that will not read it twice: the line is clean, so the card is odd and is taken.
    let mut once = Module::with_card("card_resident");
    once.card = Some(odd);
    once.reset_forgets = false;
    let end = hold(&mut once);
    let read = end.result.unwrap();
    assert!(!read.heard_twice);
    assert!(CardRecord::parse(&read.base.text).findings().iter().any(|finding| matches!(finding, Finding::Blank(_))));
    assert!(end.at < ms(4_000), "the person is not kept waiting for it: {:?}", end.at);
}

#[test]
fn not_found_after_a_good_read_says_nothing_about_the_card() {
    let mut watch = PresenceWatch::default();
    assert_eq!(watch.note_find(false), Presence::Absent);
    assert_eq!(watch.note_find(true), Presence::Present);
    watch.note_good_read();
    assert_eq!(watch.note_find(false), Presence::Unknown);
    assert_eq!(watch.note_find(true), Presence::Present);
    assert_eq!(watch.note_find(false), Presence::Absent);
}
