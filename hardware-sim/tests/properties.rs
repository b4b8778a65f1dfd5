//! What holds for whatever a host may send.

mod shared;

use std::time::Duration;

use hardware_sim::fault::{Fault, Kind, Plan};
use hardware_sim::frame::{Heard, Hunter, checksum, frame};
use proptest::prelude::*;
use shared::*;

/// Requests, broken requests and noise in any order.
fn chatter() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let request =
        prop::sample::select(vec![STATUS, SAM_ID, RESET, FIND, SELECT, READ, READ_FINGERPRINT, ADDRESS, MANAGEMENT]);
    let piece = prop_oneof![
        4 => request.prop_map(bytes),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        1 => (any::<u8>(), any::<u8>(), prop::collection::vec(any::<u8>(), 0..8))
            .prop_map(|(cmd, para, data)| frame(&[&[cmd, para], &data[..]].concat())),
    ];
    prop::collection::vec(piece, 0..40)
}

proptest! {
    #[test]
    fn every_reply_is_a_good_frame_and_comes_behind_its_request(pieces in chatter(), gaps in prop::collection::vec(0_u64..700, 40)) {
        let mut module = module(|_| {});
        module.lay(library().get("rich").unwrap().clone());
        let mut now = Duration::ZERO;
        for (piece, gap) in pieces.iter().zip(gaps) {
            now += Duration::from_millis(gap);
            for reply in module.hear(piece, now) {
                prop_assert!(reply.at >= now);
                prop_assert_eq!(&reply.bytes[..5], &[0xAA, 0xAA, 0xAA, 0x96, 0x69]);
                prop_assert_eq!(checksum(&reply.bytes[5..]), 0);
                let length = usize::from(u16::from_be_bytes([reply.bytes[5], reply.bytes[6]]));
                prop_assert_eq!(reply.bytes.len(), 7 + length);
            }
        }
    }

    #[test]
    fn card_data_only_follow_find_and_select(pieces in chatter()) {
        let mut module = module(|_| {});
        module.lay(library().get("rich").unwrap().clone());
        let mut selected = false;
        for (nth, piece) in pieces.iter().enumerate() {
            for reply in module.hear(piece, Duration::from_millis(nth as u64 * 1000)) {
                if reply.bytes.len() >= 1295 {
                    prop_assert!(selected);
                    selected = false;
                }
                selected |= reply.to == hardware_sim::command::Command::Select && reply.bytes[9] == 0x90;
            }
        }
    }

    #[test]
    fn request_is_heard_however_it_is_cut(noise in prop::collection::vec(0_u8..0xAA, 0..20), cuts in prop::collection::vec(1_usize..9, 1..20)) {
        let stream = [noise, bytes(FIND), bytes(STATUS)].concat();
        let mut hunter = Hunter::default();
        let (mut heard, mut rest) = (Vec::new(), &stream[..]);
        for cut in cuts.iter().cycle() {
            let (piece, behind) = rest.split_at((*cut).min(rest.len()));
            heard.extend(hunter.push(piece));
            rest = behind;
            if rest.is_empty() {
                break;
            }
        }
        let find = Heard::Request { cmd: 0x20, para: Some(1), data: vec![] };
        let status = Heard::Request { cmd: 0x11, para: Some(0xFF), data: vec![] };
        prop_assert_eq!(heard, [find, status]);
    }

    #[test]
    fn no_offset_of_a_fault_is_too_great(at in any::<usize>(), count in any::<usize>(), ms in any::<u64>()) {
        let kinds = [
            Kind::Drop { at, count },
            Kind::Duplicate { at, count },
            Kind::Flip { at, mask: 1 },
            Kind::Truncate { at },
            Kind::Stall { at, ms },
            Kind::Late { ms },
            Kind::Unsolicited { after_ms: ms },
            Kind::Split { gap_ms: ms, chunk: Some(count) },
        ];
        let mut chance = fastrand::Rng::with_seed(1);
        for kind in kinds {
            let mut plan = Plan::of(frame(&[0, 0, 0x90]));
            plan.suffer(&kind, &[], &mut chance);
            let mut line = hardware_sim::line::Line::new(true);
            line.send(plan.into_segments(), Duration::from_secs(1), hardware_sim::module::Baud::FACTORY);
            prop_assert!(line.next_due().is_none_or(|due| due >= Duration::from_secs(1)));
        }
    }
}

#[test]
fn fault_without_conditions_strikes_every_reply() {
    let fault: Fault = serde_json::from_str(r#"{"kind": "silence"}"#).unwrap();
    assert_eq!(fault, Fault { command: None, nth: None, times: None, probability: None, kind: Kind::Silence });
}
