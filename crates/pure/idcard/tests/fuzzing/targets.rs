//! What must hold for any bytes at all. Used by the fuzz targets in `fuzz/` and by the replay of their corpus.

use std::time::Duration;

use idcard::{
    card::{CardRecord, ChipText, TextBlock},
    command::{Baud, Line},
    conversation::{Conversation, LineQuality, Step, Wanted},
    frame::{Decoder, encode},
    sam_id::SamId,
};

/// However the bytes are cut, the same replies are heard; each stands in the bytes with its checksum.
pub fn decoder(bytes: &[u8]) {
    let heard = |size: usize| {
        let mut decoder = Decoder::new();
        let mut replies = Vec::new();
        let mut take = |decoder: &mut Decoder| {
            while let Some(next) = decoder.next() {
                replies.extend(next.ok().map(|reply| reply.body().to_vec()));
            }
        };
        for piece in bytes.chunks(size) {
            decoder.push(piece);
            take(&mut decoder);
        }
        decoder.silence();
        take(&mut decoder);
        assert!(!decoder.is_hearing(), "after silence nothing is left");
        replies
    };
    let whole = heard(bytes.len().max(1));
    assert_eq!(whole, heard(1));
    assert_eq!(whole, heard(7));
    for body in whole {
        let frame = &encode(&body)[2..];
        assert!(bytes.windows(frame.len()).any(|window| window == frame), "a reply was made up");
    }
}

/// The input is a line: a byte of time, a byte of length, that many bytes, and so on. The conversation ends in time, and
/// what it calls a card was said word for word. Tells whether it ended with a card.
pub fn conversation(input: &[u8]) -> bool {
    let mut now = Duration::from_secs(5);
    let give_up_at = now + Duration::from_secs(4);
    let options = input.first().copied().unwrap_or_default();
    let wanted = Wanted {
        fingerprint: options & 1 != 0,
        appended_addresses: options & 2 != 0,
        management_number: options & 4 != 0,
    };
    let known = (options & 8 == 0).then(|| SamId::new([1; 16]));
    let line = Line::serial(if options & 16 == 0 { Baud::B115200 } else { Baud::B9600 });
    let mut conversation = Conversation::new(wanted, line, (known, LineQuality::default()), now, give_up_at);
    let mut rest = input.get(1..).unwrap_or_default();
    let mut said = Vec::new();
    for _ in 0..20_000 {
        match conversation.step(now) {
            Step::Send(request) => assert!(!request.is_empty()),
            Step::Wait { until } => {
                assert!(until > now, "a wait that is over would spin");
                match rest {
                    [time, length, more @ ..] => {
                        let (bytes, later) = more.split_at(usize::from(*length).min(more.len()));
                        now = until.min(now + Duration::from_millis(u64::from(*time)));
                        conversation.hear(bytes, now);
                        said.extend_from_slice(bytes);
                        rest = later;
                    }
                    [_] | [] => now = until,
                }
            }
            Step::Reopen => {
                said.clear();
                conversation.reopened(now);
            }
            Step::Done(read) => {
                let text = &read.base.text.raw()[..];
                assert!(said.windows(256).any(|window| window == text), "a card was made up");
                return true;
            }
            Step::Fault(_) => {
                assert!(now < give_up_at + Duration::from_secs(60), "the end came late");
                return false;
            }
        }
    }
    panic!("the conversation does not end");
}

/// Any 256 bytes are some card; nothing of them is lost.
pub fn record(bytes: &[u8]) {
    let mut raw = [0x20; 256];
    for (place, byte) in raw.iter_mut().zip(bytes) {
        *place = *byte;
    }
    let record = CardRecord::parse(&TextBlock::new(raw));
    assert_eq!(record.raw_text().raw(), &raw);
    let letter = u16::from_le_bytes([raw[248], raw[249]]);
    let kind = match letter {
        0x49 => "foreigner_2017",
        0x4A => "hmt",
        0x59 => "foreigner_2023",
        _ => "resident",
    };
    assert_eq!(record.kind(), kind);
    let stands = |text: &ChipText| {
        let bytes: Vec<u8> = text.units().iter().flat_map(|unit| unit.to_le_bytes()).collect();
        bytes.len() > 120 || raw.windows(bytes.len().max(1)).any(|window| window == bytes) || bytes.is_empty()
    };
    assert!(record.address().is_none_or(stands) && record.authority().is_none_or(stands) && stands(record.number()));
    assert!(!record.name().as_str().contains('\0'));
    // A record without findings is one that a sound card can hold.
    if record.findings().is_empty() {
        assert!(record.birth().is_some() && record.valid_until().is_some());
    }
}
