//! The chip's portrait: 1,024 bytes in a closed format. Only its header is read here.

/// Size of the block on the chip, in bytes.
pub const BLOCK: usize = 1024;
/// Size of a decoded portrait, in pixels.
pub const WIDTH: u16 = 102;
/// Size of a decoded portrait, in pixels.
pub const HEIGHT: u16 = 126;

/// The portrait as it came from the chip. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct ChipPhoto {
    raw: Vec<u8>,
}

/// Why a block is not a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPhoto {
    #[error("the block is blank")]
    Blank,
    #[error("the block does not begin with WL")]
    Magic,
    #[error("the block states {width} x {height} pixels instead of 102 x 126")]
    Dimensions { width: u16, height: u16 },
    #[error("the block holds {bytes} bytes instead of 1024")]
    Length { bytes: usize },
}

impl ChipPhoto {
    pub fn new(raw: Vec<u8>) -> Self {
        Self { raw }
    }

    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// `WL`, then width and height as little-endian u16 (reader-protocol 3.1).
    pub fn check(&self) -> Result<(), NotAPhoto> {
        if self.raw.len() != BLOCK {
            return Err(NotAPhoto::Length { bytes: self.raw.len() });
        }
        if self.raw.iter().all(|byte| matches!(byte, 0 | 0x20 | 0xFF)) {
            return Err(NotAPhoto::Blank);
        }
        if !self.raw.starts_with(b"WL") {
            return Err(NotAPhoto::Magic);
        }
        let width = u16::from_le_bytes([self.raw[2], self.raw[3]]);
        let height = u16::from_le_bytes([self.raw[4], self.raw[5]]);
        if (width, height) != (WIDTH, HEIGHT) {
            return Err(NotAPhoto::Dimensions { width, height });
        }
        Ok(())
    }
}

impl std::fmt::Debug for ChipPhoto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChipPhoto({} bytes)", self.raw.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(header: &[u8]) -> ChipPhoto {
        let mut raw = header.to_vec();
        raw.resize(BLOCK, 0);
        ChipPhoto::new(raw)
    }

    #[test]
    fn header_of_a_portrait_is_recognised() {
        assert_eq!(block(&[0x57, 0x4C, 0x66, 0, 0x7E, 0, 0x32, 0, 0]).check(), Ok(()));
    }

    #[test]
    fn a_block_that_is_no_portrait_says_why() {
        assert_eq!(block(&[]).check(), Err(NotAPhoto::Blank));
        assert_eq!(block(b"BM").check(), Err(NotAPhoto::Magic));
        assert_eq!(block(b"WL\x67\0\x7E\0").check(), Err(NotAPhoto::Dimensions { width: 103, height: 126 }));
        assert_eq!(ChipPhoto::new(vec![0x57; 3]).check(), Err(NotAPhoto::Length { bytes: 3 }));
    }
}
