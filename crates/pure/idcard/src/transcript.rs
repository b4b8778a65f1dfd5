//! Bytes of a line as text a technician may read, and send on: personal fields are left out unless asked for.

use crate::frame::PREAMBLE;

/// Longest frame body shown: the answer to the SAM id, which names a device. Longer ones speak of a person.
const SHOWN: usize = 0x14;

/// Hex of one stretch of bytes. With `masked`, the contents of long frames and everything outside frames are only
/// counted, since a cut record looks like noise.
pub fn render(bytes: &[u8], masked: bool) -> String {
    if !masked {
        return spaced(bytes);
    }
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some(at) = rest.windows(3).position(|window| window == &PREAMBLE[2..]) else {
            out.push(count(rest.len()));
            break;
        };
        let lead = rest[..at].iter().rev().take_while(|byte| **byte == 0xAA).count();
        if at > lead {
            out.push(count(at - lead));
        }
        let body = &rest[at + 3..];
        let length = match body {
            [high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
            _ => 0,
        };
        if length > SHOWN || body.len() < 2 {
            // The length bytes, three status bytes and up to three inner lengths name nobody.
            let shown = body.len().min(5);
            let hidden = (2 + length).min(body.len()).saturating_sub(shown);
            out.push(spaced(&rest[at - lead..at + 3 + shown]));
            if hidden > 0 {
                out.push(count(hidden));
            }
            rest = &body[shown + hidden..];
        } else {
            let end = (2 + length).min(body.len());
            out.push(spaced(&rest[at - lead..at + 3 + end]));
            rest = &body[end..];
        }
    }
    out.join(" ")
}

/// Hex of what was sent. Requests name nobody.
pub fn render_request(bytes: &[u8]) -> String {
    spaced(bytes)
}

fn count(bytes: usize) -> String {
    format!("[{bytes} bytes hidden]")
}

fn spaced(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_frames_are_shown_whole() {
        let frame = hex::decode("AAAAAA96690004000080 84".replace(' ', "")).expect("hex");
        assert_eq!(render(&frame, true), "AA AA AA 96 69 00 04 00 00 80 84");
    }

    #[test]
    fn a_record_is_hidden_and_counted() {
        let mut frame = hex::decode("AAAAAA9669050800009001000400").expect("hex");
        frame.extend([0x4B; 1281]);
        assert_eq!(render(&frame, true), "AA AA AA 96 69 05 08 00 00 90 [1285 bytes hidden]");
        assert_eq!(render(&frame[..40], true), "AA AA AA 96 69 05 08 00 00 90 [30 bytes hidden]");
        assert!(render(&frame, false).ends_with("4B 4B"));
    }

    #[test]
    fn bytes_outside_frames_may_be_a_cut_record_and_are_only_counted() {
        assert_eq!(render(&[0x4B, 0x6D, 0xD5, 0x8B], true), "[4 bytes hidden]");
    }
}
