//! The published test vectors against the simulator: short replies byte by byte, full frames by their SHA-256.

mod shared;

use hardware_sim::frame;
use hardware_sim::module::Health;
use sha2::{Digest, Sha256};
use shared::*;

#[test]
fn short_replies_are_the_published_ones() {
    let mut module = module(|_| {});
    assert_eq!(ask(&mut module, STATUS, 0), "AAAAAA96690004000090 94".replace(' ', ""));
    assert_eq!(ask(&mut module, SAM_ID, 1), "AAAAAA966900140000900500030 09AB7320187D61200146A0ACE65".replace(' ', ""));
    assert_eq!(ask(&mut module, FIND, 2), "AAAAAA9669000400008084");
    module.lay(library().get("vector_resident").unwrap().clone());
    assert_eq!(ask(&mut module, FIND, 3), "AAAAAA9669000800009F0000000097");
    assert_eq!(ask(&mut module, SELECT, 4), "AAAAAA9669000C00009000000000000000009C");
    module.lift();
    assert_eq!(ask(&mut module, READ, 5), "AAAAAA9669000400004145");
    module.lay(library().get("vector_resident").unwrap().clone());
    assert_eq!(ask(&mut module, FIND, 6), "AAAAAA9669000800009F0000000097");
    module.lift();
    assert_eq!(ask(&mut module, SELECT, 7), "AAAAAA9669000400008185");
    module.habits.health = Health::SelfTestFailed;
    assert_eq!(ask(&mut module, STATUS, 8), "AAAAAA9669000400006064");
    module.habits.health = Health::Unauthorised;
    assert_eq!(ask(&mut module, STATUS, 9), "AAAAAA9669000400006662");
}

#[test]
fn status_frames_carry_the_published_checksums() {
    let published = [
        (0x91, 0x95),
        (0x10, 0x14),
        (0x11, 0x15),
        (0x21, 0x25),
        (0x23, 0x27),
        (0x24, 0x20),
        (0x31, 0x35),
        (0x32, 0x36),
        (0x33, 0x37),
        (0x37, 0x33),
        (0x3F, 0x3B),
        (0x40, 0x44),
        (0x47, 0x43),
        (0x66, 0x62),
    ];
    for (sw3, sum) in published {
        assert_eq!(frame::reply(sw3, &[]), [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 4, 0, 0, sw3, sum]);
    }
}

#[test]
fn full_frames_have_the_published_hashes() {
    let published = [
        ("vector_resident", 0x3B, "a20796e324436bfaaa21fcee7d94e3b747f35ca62cd66db5a228fe9d2c03b15f"),
        ("vector_j", 0x83, "cf902a5166e239b60ec7b6519b02e7c6d289611de02d6d6ce0b391db0bc6c70d"),
        ("vector_i", 0xCB, "b8263fd61162c1a826e5a7ff8bc79ba29935f3114928c2a1bd5fe13c49600cf5"),
        ("vector_y", 0xBD, "72126b502eaf0cf19b1714c3d971acbcd66c7c20d5848d49b53c8551d3ab3493"),
    ];
    for (name, sum, hash) in published {
        let mut module = module(|_| {});
        module.lay(library().get(name).unwrap().clone());
        ask(&mut module, FIND, 0);
        ask(&mut module, SELECT, 1);
        let frame = bytes(&ask(&mut module, READ, 2));
        assert_eq!((frame.len(), frame.last()), (1295, Some(&sum)), "{name}");
        assert_eq!(hex::encode(Sha256::digest(&frame)), hash, "{name}");
    }
}

#[test]
fn fingerprint_frames_have_the_published_heads() {
    let published = [("ouyang", "050A", "0000", 1297), ("rich", "090A", "0400", 2321)];
    for (name, length, prints, whole) in published {
        let mut module = module(|_| {});
        module.lay(library().get(name).unwrap().clone());
        ask(&mut module, FIND, 0);
        ask(&mut module, SELECT, 1);
        let frame = ask(&mut module, READ_FINGERPRINT, 2);
        assert!(frame.starts_with(&format!("AAAAAA9669{length}00009001000400{prints}")), "{name}");
        assert_eq!(frame.len() / 2, whole);
    }
}
