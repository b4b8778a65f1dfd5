//! What the module demands of a host: order, lifting, patience after a reset, and the right speed.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

mod shared;

use std::time::Duration;

use hardware_sim::module::{Baud, Health};
use shared::*;

fn laid(name: &str) -> hardware_sim::module::Module {
    let mut module = module(|_| {});
    module.lay(library().get(name).unwrap().clone());
    module
}

#[test]
fn select_and_read_out_of_order_are_answered_24() {
    let mut module = laid("ouyang");
    assert_eq!(sw3(&mut module, SELECT, 0), Some(0x24));
    assert_eq!(sw3(&mut module, READ, 1), Some(0x24));
    assert_eq!(sw3(&mut module, FIND, 2), Some(0x9F));
    assert_eq!(sw3(&mut module, READ, 3), Some(0x24));
    assert_eq!(sw3(&mut module, ADDRESS, 4), Some(0x24));
    assert_eq!(sw3(&mut module, MANAGEMENT, 5), Some(0x24));
}

#[test]
fn order_violation_can_be_answered_21() {
    let mut module = laid("ouyang");
    module.habits.order_violation = 0x21;
    assert_eq!(sw3(&mut module, READ, 0), Some(0x21));
}

#[test]
fn status_and_sam_id_do_not_disturb_the_order() {
    let mut module = laid("ouyang");
    assert_eq!(sw3(&mut module, FIND, 0), Some(0x9F));
    assert_eq!(sw3(&mut module, STATUS, 1), Some(0x90));
    assert_eq!(sw3(&mut module, SELECT, 2), Some(0x90));
    assert_eq!(sw3(&mut module, SAM_ID, 3), Some(0x90));
    assert_eq!(sw3(&mut module, READ, 4), Some(0x90));
}

fn read_once(module: &mut hardware_sim::module::Module, at_ms: u64) -> [Option<u8>; 3] {
    [sw3(module, FIND, at_ms), sw3(module, SELECT, at_ms + 1), sw3(module, READ, at_ms + 2)]
}

const READ_WELL: [Option<u8>; 3] = [Some(0x9F), Some(0x90), Some(0x90)];

#[test]
fn card_that_was_read_must_be_lifted_before_it_is_found_again() {
    let mut module = laid("ouyang");
    assert_eq!(read_once(&mut module, 0), READ_WELL);
    assert_eq!(sw3(&mut module, FIND, 10), Some(0x80));
    module.lift();
    assert_eq!(sw3(&mut module, FIND, 11), Some(0x80));
    module.lay(library().get("ouyang").unwrap().clone());
    assert_eq!(read_once(&mut module, 12), READ_WELL);
}

#[test]
fn repeat_read_finds_the_card_again() {
    let mut module = laid("ouyang");
    module.habits.repeat_read = true;
    assert_eq!(read_once(&mut module, 0), READ_WELL);
    assert_eq!(read_once(&mut module, 10), READ_WELL);
}

#[test]
fn reset_makes_the_card_new_and_the_module_deaf_for_a_while() {
    let mut module = laid("ouyang");
    assert_eq!(read_once(&mut module, 0), READ_WELL);
    assert_eq!(sw3(&mut module, RESET, 1000), Some(0x90));
    assert_eq!(sw3(&mut module, STATUS, 1100), None);
    assert_eq!(read_once(&mut module, 1300), READ_WELL);
}

#[test]
fn card_swapped_between_select_and_read_is_not_read() {
    let mut module = laid("ouyang");
    assert_eq!(sw3(&mut module, FIND, 0), Some(0x9F));
    assert_eq!(sw3(&mut module, SELECT, 1), Some(0x90));
    module.lay(library().get("yan").unwrap().clone());
    assert_eq!(sw3(&mut module, READ, 2), Some(0x41));
    assert_eq!(read_once(&mut module, 3), READ_WELL);
}

#[test]
fn after_an_error_the_card_must_be_lifted_if_the_make_wants_it() {
    for (wants_it, found) in [(true, 0x80), (false, 0x9F)] {
        let mut module = laid("ouyang");
        module.habits.lift_after_error = wants_it;
        sw3(&mut module, FIND, 0);
        sw3(&mut module, SELECT, 1);
        module.lay(library().get("yan").unwrap().clone());
        assert_eq!(sw3(&mut module, READ, 2), Some(0x41));
        assert_eq!(sw3(&mut module, FIND, 3), Some(found));
    }
}

#[test]
fn appended_records_are_read_behind_the_base_record_without_selecting_again() {
    let mut module = laid("rich");
    assert_eq!(read_once(&mut module, 0), READ_WELL);
    assert_eq!(ask(&mut module, ADDRESS, 10).len() / 2, 11 + 3 * 70);
    assert_eq!(ask(&mut module, MANAGEMENT, 11).len() / 2, 11 + 28);
    module.habits.all_addresses = false;
    assert_eq!(ask(&mut module, ADDRESS, 12).len() / 2, 11 + 70);
    module.lift();
    assert_eq!(sw3(&mut module, ADDRESS, 13), Some(0x41));
}

#[test]
fn card_without_appended_addresses_says_91() {
    let mut module = laid("ouyang");
    read_once(&mut module, 0);
    assert_eq!(sw3(&mut module, ADDRESS, 10), Some(0x91));
}

#[test]
fn foreign_card_is_noticed_at_find_or_at_select() {
    let mut module = module(|_| {});
    module.lay(card("[other]\nnoticed_at = \"find\""));
    assert_eq!(sw3(&mut module, FIND, 0), Some(0x80));
    module.lay(card("[other]"));
    assert_eq!(sw3(&mut module, FIND, 1), Some(0x9F));
    assert_eq!(sw3(&mut module, SELECT, 2), Some(0x40));
}

#[test]
fn sick_module_says_so_and_dead_one_says_nothing() {
    let mut module = laid("ouyang");
    module.habits.health = Health::SelfTestFailed;
    assert_eq!(sw3(&mut module, FIND, 0), Some(0x60));
    module.habits.health = Health::Unauthorised;
    assert_eq!((sw3(&mut module, FIND, 1), sw3(&mut module, SAM_ID, 2)), (Some(0x66), Some(0x90)));
    module.habits.health = Health::Dead;
    assert_eq!(sw3(&mut module, STATUS, 3), None);
}

#[test]
fn sleeping_module_hears_only_the_wake_command() {
    let mut module = module(|_| {});
    assert_eq!(sw3(&mut module, "AAAAAA966900020002", 0), Some(0x90));
    assert_eq!(sw3(&mut module, STATUS, 1), None);
    assert_eq!(sw3(&mut module, "AAAAAA966900020103", 2), Some(0x90));
    assert_eq!(sw3(&mut module, STATUS, 3), Some(0x90));
}

#[test]
fn change_of_speed_takes_effect_behind_its_reply() {
    let mut module = module(|_| {});
    let replies = module.hear(&bytes("AAAAAA96690003600467"), Duration::ZERO);
    assert_eq!(replies[0].baud, Baud::FACTORY);
    assert_eq!(module.baud().bits_per_second(), 9600);
    assert_eq!(sw3(&mut module, "AAAAAA96690003600566", 1), Some(0x21));
}

#[test]
fn vendor_extras_and_unknown_commands_are_answered_politely() {
    let mut module = module(|_| {});
    let answers = [
        ("AAAAAA9669000461FF50CA", 0x90),
        ("AAAAAA9669000461FF178D", 0x21),
        ("AAAAAA96690004FA1101EE", 0x90),
        ("AAAAAA96690003FAF009", 0x90),
        ("AAAAAA96690003FA926B", 0x90),
        ("AAAAAA96690003DC01DE", 0x4E),
        ("AAAAAA96690003777703", 0x21),
        ("AAAAAA9669000311FF00", 0x10),
        ("AAAAAA96690001", 0x11),
    ];
    for (at, (request, expected)) in answers.into_iter().enumerate() {
        assert_eq!(sw3(&mut module, request, at as u64), Some(expected), "{request}");
    }
    module.habits.answers_garbled = false;
    assert_eq!(sw3(&mut module, "AAAAAA9669000311FF00", 20), None);
}

#[test]
fn half_a_request_is_forgotten_after_silence() {
    let mut module = module(|_| {});
    assert_eq!(sw3(&mut module, "AAAAAA96690003", 1000), None);
    assert_eq!(sw3(&mut module, "11FFED", 1100), Some(0x90));
    assert_eq!(sw3(&mut module, "AAAAAA96690003", 2000), None);
    assert_eq!(sw3(&mut module, "11FFED", 3000), None);
}
