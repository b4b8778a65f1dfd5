//! Whether a JPEG is whole. The decoder fills what is missing with grey and says nothing; a photo cut off at the chin would
//! pass.

/// Walks the segments and the compressed data up to the end-of-image marker. Bytes after it do not matter: some cameras
/// append a film.
pub(crate) fn jpeg_is_whole(bytes: &[u8]) -> bool {
    const END: u8 = 0xD9;
    let mut at = 2;
    loop {
        // To the next marker: FF that is followed by neither a stuffed zero, nor a restart, nor fill.
        let marker = loop {
            match bytes.get(at..at + 2) {
                Some([0xFF, 0x00 | 0xD0..=0xD7]) => at += 2,
                Some([0xFF, 0xFF]) | Some([0x00..=0xFE, _]) => at += 1,
                Some([0xFF, marker]) => break *marker,
                Some(_) | None => return false,
            }
        };
        if marker == END {
            return true;
        }
        let Some([high, low]) = bytes.get(at + 2..at + 4) else { return false };
        at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picture_ends_at_its_marker_and_nowhere_else() {
        let mut jpeg = b"\xFF\xD8\xFF\xDA\0\x04ab\x01\xFF\x00\xFF\xD3\x02".to_vec();
        assert!(!jpeg_is_whole(&jpeg));
        jpeg.extend(b"\xFF\xD9");
        assert!(jpeg_is_whole(&jpeg));
        jpeg.extend(b"a film");
        assert!(jpeg_is_whole(&jpeg));
    }

    #[test]
    fn end_marker_inside_a_thumbnail_does_not_count() {
        assert!(!jpeg_is_whole(b"\xFF\xD8\xFF\xE1\0\x06\xFF\xD8\xFF\xD9"));
    }
}
