//! Placeholder photo records, and the helper that draws them. The real WLT coding is proprietary; nothing here decodes it.

/// Width and height of a chip photo in pixels.
pub const WIDTH: usize = 102;
pub const HEIGHT: usize = 126;

/// Bytes of the bitmap the helper writes: 54 of header and 126 rows of 306 bytes padded to 308.
pub const BITMAP_BYTES: usize = 38_862;

/// `WL`, width and height little-endian, and the three bytes seen behind them (reader-protocol, 3.1).
const HEADER: [u8; 9] = [0x57, 0x4C, 0x66, 0x00, 0x7E, 0x00, 0x32, 0x00, 0x00];
const MARK: &[u8; 8] = b"HWSIMPIC";
const BLOCK_BYTES: usize = 1024;

/// Why the helper would not draw a block.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoRefused {
    #[error("a photo record has 1024 bytes, this one has {0}")]
    Length(usize),
    #[error("this is not a placeholder of hardware-sim, and hardware-sim decodes nothing else")]
    NotOurs,
}

/// A record with a genuine header, our mark, the seed, and filler that depends on the seed.
pub fn placeholder(seed: u64) -> Vec<u8> {
    let mut block = HEADER.to_vec();
    block.extend(MARK);
    block.extend(seed.to_le_bytes());
    let mut filler = fastrand::Rng::with_seed(seed);
    block.resize_with(BLOCK_BYTES, || filler.u8(..));
    block
}

/// The record of the published vectors: the header and zeros.
pub fn blank() -> Vec<u8> {
    let mut block = HEADER.to_vec();
    block.resize(BLOCK_BYTES, 0);
    block
}

/// A genuine header with filler behind it that no helper of ours accepts.
pub fn undecodable(seed: u64) -> Vec<u8> {
    let mut filler = fastrand::Rng::with_seed(!seed);
    let mut block = HEADER.to_vec();
    block.resize_with(BLOCK_BYTES, || filler.u8(..));
    block
}

/// Draws a placeholder as a bottom-up 24-bit bitmap of 38,862 bytes; refuses every other block.
pub fn decode(block: &[u8]) -> Result<Vec<u8>, PhotoRefused> {
    if block.len() != BLOCK_BYTES {
        return Err(PhotoRefused::Length(block.len()));
    }
    let seed: [u8; 8] = block[17..25].try_into().expect("eight bytes were cut out");
    let seed = u64::from_le_bytes(seed);
    if block != placeholder(seed) {
        return Err(PhotoRefused::NotOurs);
    }
    Ok(bitmap(seed))
}

fn bitmap(seed: u64) -> Vec<u8> {
    let mut choice = fastrand::Rng::with_seed(seed);
    let hair = [[60, 60, 64], [120, 120, 124], [200, 200, 204]][choice.usize(..3)];
    let coat = [[92, 76, 15], [110, 60, 50], [70, 70, 90]][choice.usize(..3)];
    let mut bytes = Vec::with_capacity(BITMAP_BYTES);
    bytes.extend(b"BM");
    bytes.extend(38_862_u32.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(54_u32.to_le_bytes());
    bytes.extend(40_u32.to_le_bytes());
    bytes.extend(102_i32.to_le_bytes());
    bytes.extend(126_i32.to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(24_u16.to_le_bytes());
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(38_808_u32.to_le_bytes());
    bytes.extend([0; 16]);
    for row in (0..HEIGHT).rev() {
        for column in 0..WIDTH {
            bytes.extend(pixel(column, row, hair, coat));
        }
        bytes.extend([0, 0]);
    }
    bytes
}

/// Blue, green, red of a drawn silhouette: shoulders, face, hair, on white.
fn pixel(column: usize, row: usize, hair: [u8; 3], coat: [u8; 3]) -> [u8; 3] {
    let inside = |centre: (f32, f32), radius: (f32, f32)| {
        let across = (column as f32 - centre.0) / radius.0;
        let down = (row as f32 - centre.1) / radius.1;
        across * across + down * down <= 1.0
    };
    if inside((51.0, 56.0), (22.0, 29.0)) {
        [168, 190, 222]
    } else if inside((51.0, 50.0), (26.0, 31.0)) {
        hair
    } else if inside((51.0, 86.0), (9.0, 16.0)) {
        [150, 172, 206]
    } else if inside((51.0, 130.0), (44.0, 34.0)) {
        coat
    } else {
        [252, 250, 248]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholder_becomes_a_bitmap_of_the_stated_size() {
        let bitmap = decode(&placeholder(7)).unwrap();
        assert_eq!(bitmap.len(), BITMAP_BYTES);
        assert_eq!(&bitmap[..2], b"BM");
        assert_ne!(bitmap, decode(&placeholder(8)).unwrap());
    }

    #[test]
    fn every_other_block_is_refused() {
        assert_eq!(decode(&blank()), Err(PhotoRefused::NotOurs));
        assert_eq!(decode(&undecodable(7)), Err(PhotoRefused::NotOurs));
        assert_eq!(decode(&[0; 9]), Err(PhotoRefused::Length(9)));
        let mut changed = placeholder(7);
        changed[1000] ^= 1;
        assert_eq!(decode(&changed), Err(PhotoRefused::NotOurs));
    }
}
