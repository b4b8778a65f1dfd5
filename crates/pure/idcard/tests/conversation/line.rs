//! Conversations on a line that loses, damages and delays.

use idcard::{
    command::Command,
    conversation::{LineQuality, Trouble},
};
use proptest::prelude::*;

use crate::{
    bench::{Bench, hold},
    module::{Module, frame, golden, ms},
};

const RESET: [u8; 2] = [0x10, 0xFF];
const FIND: [u8; 2] = [0x20, 0x01];
const SELECT: [u8; 2] = [0x20, 0x02];
const BASE: [u8; 2] = [0x30, 0x01];

fn broken(name: &str, at: usize) -> Vec<u8> {
    let mut bytes = golden(name);
    bytes[at] ^= 0x04;
    bytes
}

#[test]
fn a_dead_reader_is_given_every_remedy_and_reported_in_five_seconds() {
    let mut module = Module::with_card("card_resident");
    module.mute = true;
    let end = hold(&mut module);
    assert_eq!(end.result, Err(Trouble::Silent));
    assert_eq!(end.reopened, 1);
    assert_eq!(module.count(RESET), 1);
    assert!(end.at < ms(5_000), "{:?}", end.at);
}

#[test]
fn three_bad_answers_reset_three_more_reopen_three_more_give_up() {
    let mut module = Module::with_card("card_resident").always(FIND, broken("reply_find_ok", 10));
    let end = hold(&mut module);
    assert_eq!(end.result, Err(Trouble::Garbled));
    assert_eq!((module.count(FIND), module.count(RESET), end.reopened), (9, 1, 1));
}

#[test]
fn a_reader_that_wakes_after_a_reset_is_used() {
    let mut module = Module::with_card("card_resident");
    for _ in 0..3 {
        module = module.instead(FIND, Some(broken("reply_find_ok", 8)));
    }
    module = module.instead([0x11, 0xFF], None).instead([0x11, 0xFF], None);
    let end = hold(&mut module);
    assert!(end.result.is_ok());
    assert_eq!((module.count(RESET), end.reopened), (2, 0), "one reset for the line, one to read the card twice");
}

#[test]
fn a_damaged_record_is_read_until_two_agree() {
    let mut module = Module::with_card("card_resident").instead(BASE, Some(broken("card_resident", 700)));
    let end = hold(&mut module);
    assert!(end.result.unwrap().heard_twice);
    assert_eq!(module.count(BASE), 3);
    assert!(end.quality.is_doubtful());
}

#[test]
fn a_lie_with_a_right_checksum_is_not_believed_on_a_line_that_damages() {
    let mut lie = golden("card_resident");
    lie[700] ^= 0x04;
    lie[800] ^= 0x04;
    let mut module =
        Module::with_card("card_resident").instead(FIND, Some(broken("reply_find_ok", 9))).instead(BASE, Some(lie));
    let read = hold(&mut module).result.unwrap();
    assert!(read.heard_twice);
    assert_eq!(read.base.photo.raw(), &golden("card_resident")[14 + 256..1294]);
}

#[test]
fn a_read_that_cannot_be_confirmed_on_a_bad_line_is_refused() {
    let mut module = Module::with_card("card_resident").instead(FIND, Some(broken("reply_find_ok", 9)));
    module.reset_forgets = false;
    assert_eq!(hold(&mut module).result, Err(Trouble::Garbled));
}

#[test]
fn wrong_inner_lengths_are_a_bad_answer_whatever_the_checksum() {
    let card = golden("card_resident");
    let mut body = card[7..1294].to_vec();
    body[3..7].copy_from_slice(&[0x00, 0xFF, 0x04, 0x01]);
    let mut module = Module::with_card("card_resident").always(BASE, frame(&body));
    let end = hold(&mut module);
    assert_eq!(end.result, Err(Trouble::Garbled));
}

#[test]
fn an_answer_that_comes_too_late_does_not_answer_the_next_command() {
    let mut module = Module::with_card("card_resident").instead(SELECT, Some(golden("reply_find_ok")));
    let end = hold(&mut module);
    assert!(end.result.is_ok());
    assert!(module.count(SELECT) >= 2, "the stray answer was not taken for the select's");
}

#[test]
fn foreign_frames_echoes_and_the_adapter_s_pseudo_reply_are_passed_over() {
    let with = |before: &[u8], name: &str, after: &[u8]| Some([before, &golden(name), after].concat());
    let beeper = [0x55, 0xAA, 0x03, 0x01, 0x02, 0xA9];
    let mut module = Module::with_card("card_resident")
        .instead(FIND, with(&beeper, "reply_find_ok", &beeper))
        .instead(SELECT, with(&Command::Select.request(), "reply_select_ok", &[]))
        .instead(BASE, with(&[0xAA, 0xAA, 0xAA, 0xAA], "card_resident", &[0x00]));
    let read = hold(&mut module).result.unwrap();
    assert!(!read.heard_twice, "nothing of ours was damaged");

    let mut adapter = Module::with_card("card_resident").instead(FIND, Some(golden("noise_adapter_timeout")));
    assert!(hold(&mut adapter).result.is_ok());
}

#[test]
fn an_answer_without_its_preamble_is_not_waited_for_again() {
    let mut module = Module::with_card("card_resident").instead(BASE, Some(broken("card_resident", 3)));
    let end = hold(&mut module);
    assert!(end.result.unwrap().heard_twice);
    assert!(end.at < ms(3_000), "{:?}", end.at);
}

#[test]
fn a_request_damaged_on_its_way_is_sent_again() {
    let mut module = Module::with_card("card_resident").instead(SELECT, Some(golden("reply_sw_10")));
    let end = hold(&mut module);
    assert!(end.result.unwrap().heard_twice);
}

/// One byte in a hundred, both ways, 200 reads: the line learns that it lies, and no read is ever wrong.
fn two_hundred_reads(seed: u64, one_in: u64, fresh: bool) -> (u32, u32) {
    let mut state = seed;
    let mut dice = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let wire = move |bytes: &mut Vec<u8>| {
        for byte in bytes {
            if dice().is_multiple_of(one_in) {
                *byte ^= (1 + dice() % 255) as u8;
            }
        }
    };
    let mut bench = Bench { wire: Box::new(wire), known: None, ..Bench::default() };
    let (mut good, mut faults) = (0, 0);
    for round in 0..200 {
        let name = ["card_resident", "card_hmt", "card_foreigner_2017", "card_foreigner_2023"][round % 4];
        let mut module = Module::with_card(name);
        let end = bench.hold(&mut module);
        (bench.quality, bench.known) = if fresh { (LineQuality::default(), None) } else { (end.quality, end.sam_id) };
        match end.result {
            Ok(read) => {
                assert_eq!(&read.base.text.raw()[..], &golden(name)[14..270], "seed {seed}, read {round}");
                assert_eq!(read.base.photo.raw(), &golden(name)[270..1294], "seed {seed}, read {round}");
                good += 1;
            }
            Err(_) => faults += 1,
        }
    }
    (good, faults)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_one_percent_of_bytes_corrupted_no_read_is_wrong(seed: u64) {
        let (good, faults) = two_hundred_reads(seed, 100, false);
        prop_assert_eq!(good + faults, 200);
    }
}

#[test]
fn with_one_byte_in_ten_thousand_corrupted_nearly_every_read_succeeds() {
    let (good, faults) = two_hundred_reads(20_260_101, 10_000, false);
    assert_eq!(good + faults, 200);
    assert!(good >= 190, "{good} of 200");
}
/// Each read on a line just opened, as a program that reads one card and ends has it: nothing is known of the line. The
/// trials find out in all but about one line in thirty, and of those one read in some thousands would be wrong; the
/// seeds are fixed so that the test says the same every day.
#[test]
fn with_one_percent_corrupted_a_line_just_opened_gives_no_wrong_read_either() {
    for seed in 1000..1004 {
        let (good, faults) = two_hundred_reads(seed, 100, true);
        assert_eq!(good + faults, 200);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is lost and damaged, the caller is not kept waiting beyond the time it gave.
    #[test]
    fn every_conversation_ends_soon_after_its_time(seed: u64, one_in in 20..400u64, deaf_from in 0..12usize) {
        let mut state = seed;
        let mut dice = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        let mut messages = 0;
        let wire = move |bytes: &mut Vec<u8>| {
            messages += 1;
            if messages > deaf_from && dice().is_multiple_of(3) {
                bytes.clear();
            }
            for byte in bytes {
                if dice().is_multiple_of(one_in) {
                    *byte ^= (1 + dice() % 255) as u8;
                }
            }
        };
        let mut bench = Bench { wire: Box::new(wire), known: None, timeout: ms(3_000), ..Bench::default() };
        let end = bench.hold(&mut Module::with_card("card_resident"));
        prop_assert!(end.at < ms(3_000 + 2_000), "{:?}", end.at);
    }
}
