//! How much of each block of Han characters the stack draws, and which face draws it: the proof behind "every name".
//!
//! A character counts when a face has ink for it. The blocks of level 3 of GB 18030-2022 are those of the standard's own
//! repertoire, 87,887 characters; the later ones come with its first amendment or with Unicode 15.1 and 17.

use std::ops::RangeInclusive;

use super::{FaceId, FontStack, Role};

/// One block, or the part of a block that came later than the rest.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// As Unicode and print shops call it.
    pub name: &'static str,
    /// First and last code point of each run.
    pub ranges: &'static [(u32, u32)],
    /// Whether level 3 of GB 18030-2022 has it.
    pub level3: bool,
    /// The Debian package, and the version from which on, that completes the block; `None` when no package of Debian does and
    /// a county has to bring a face.
    pub completed_by: Option<&'static str>,
}

/// Every block of Han characters up to Unicode 17, in the order of the standard.
pub const BLOCKS: [Block; 17] = [
    block("URO", &[(0x4E00, 0x9FEF)], true, Some("fonts-babelstone-han")),
    block("Ext A", &[(0x3400, 0x4DB5)], true, Some("fonts-noto-cjk")),
    block("Ext B", &[(0x20000, 0x2A6D6)], true, Some("fonts-hanazono")),
    block("Ext C", &[(0x2A700, 0x2B734)], true, Some("fonts-hanazono")),
    block("Ext D", &[(0x2B740, 0x2B81D)], true, Some("fonts-hanazono")),
    block("Ext E", &[(0x2B820, 0x2CEA1)], true, Some("fonts-hanazono")),
    block("Ext F", &[(0x2CEB0, 0x2EBE0)], true, Some("fonts-hanazono")),
    block("compat 12", &COMPATIBILITY, true, Some("fonts-noto-cjk")),
    block("URO tail", &[(0x9FF0, 0x9FFF)], false, Some("fonts-babelstone-han 16")),
    block("Ext A tail", &[(0x4DB6, 0x4DBF)], false, Some("fonts-babelstone-han 16")),
    block("Ext B tail", &[(0x2A6D7, 0x2A6DF)], false, Some("fonts-babelstone-han 16")),
    block("Ext C tail", &[(0x2B735, 0x2B73F)], false, None),
    block("Ext E tail", &[(0x2CEA2, 0x2CEAD)], false, None),
    block("Ext G", &[(0x30000, 0x3134A)], false, None),
    block("Ext H", &[(0x31350, 0x323AF)], false, None),
    // Every one of them comes from the identity cards of the Ministry of Public Security (source GIDC23).
    block("Ext I", &[(0x2EBF0, 0x2EE5D)], false, Some("fonts-babelstone-han 16")),
    block("Ext J", &[(0x323B0, 0x33479)], false, None),
];

/// The twelve characters among the compatibility ideographs that are unified ideographs in truth.
const COMPATIBILITY: [(u32, u32); 7] = [
    (0xFA0E, 0xFA0F),
    (0xFA11, 0xFA11),
    (0xFA13, 0xFA14),
    (0xFA1F, 0xFA1F),
    (0xFA21, 0xFA21),
    (0xFA23, 0xFA24),
    (0xFA27, 0xFA29),
];

const fn block(
    name: &'static str,
    ranges: &'static [(u32, u32)],
    level3: bool,
    completed_by: Option<&'static str>,
) -> Block {
    Block { name, ranges, level3, completed_by }
}

/// What the stack draws of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub block: &'static Block,
    /// How many characters each face draws, in the order in which the faces are asked; a face that draws none is left out.
    pub drawn_by: Vec<(FaceId, u32)>,
    /// Code points that nothing draws, ascending.
    pub missing: Vec<RangeInclusive<u32>>,
}

impl Block {
    /// Its code points, ascending.
    pub fn code_points(&self) -> impl Iterator<Item = u32> {
        self.ranges.iter().flat_map(|(first, last)| *first..=*last)
    }
}

impl Covered {
    pub fn of(&self) -> u32 {
        self.drawn() + self.missing()
    }

    pub fn drawn(&self) -> u32 {
        self.drawn_by.iter().map(|(_, count)| count).sum()
    }

    pub fn missing(&self) -> u32 {
        self.missing.iter().map(|range| range.end() - range.start() + 1).sum()
    }
}

/// Counts every block for the faces of one role.
pub fn count(fonts: &FontStack, role: Role) -> Vec<Covered> {
    BLOCKS.iter().map(|block| count_block(fonts, role, block)).collect()
}

/// Drawn and asked for, over the blocks of level 3.
pub fn level3(covered: &[Covered]) -> (u32, u32) {
    let level3 = covered.iter().filter(|one| one.block.level3);
    level3.fold((0, 0), |(drawn, of), one| (drawn + one.drawn(), of + one.of()))
}

fn count_block(fonts: &FontStack, role: Role, block: &'static Block) -> Covered {
    let mut drawn_by: Vec<(FaceId, u32)> = fonts.faces().map(|face| (face, 0)).collect();
    let mut missing: Vec<RangeInclusive<u32>> = Vec::new();
    for code_point in block.code_points() {
        match char::from_u32(code_point).and_then(|character| fonts.drawn_by(role, character)) {
            Some(face) => drawn_by[face.0].1 += 1,
            None => match missing.last_mut() {
                Some(run) if run.end() + 1 == code_point => *run = *run.start()..=code_point,
                _ => missing.push(code_point..=code_point),
            },
        }
    }
    drawn_by.retain(|(_, count)| *count > 0);
    Covered { block, drawn_by, missing }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Face;

    /// A face of its own making that draws 一 and U+323B0 and maps 丁 to an empty glyph (`fixtures/fonts/README.md`).
    fn planted() -> FontStack {
        let bytes: &[u8] = include_bytes!("../../../../../fixtures/fonts/planted.ttf");
        let face = Face { name: "Planted".to_owned(), roles: vec![Role::Serif], bytes: bytes.into(), index: 0 };
        FontStack::new(vec![face]).unwrap()
    }

    #[test]
    fn the_blocks_of_level_3_sum_to_the_number_of_the_standard_and_no_two_overlap() {
        let sum: usize = BLOCKS.iter().filter(|block| block.level3).map(|block| block.code_points().count()).sum();
        assert_eq!(sum, 87_887);
        let sizes = [("Ext G", 4_939), ("Ext H", 4_192), ("Ext I", 622), ("Ext J", 4_298), ("compat 12", 12)];
        for (name, size) in sizes {
            let block = BLOCKS.iter().find(|block| block.name == name).unwrap();
            assert_eq!(block.code_points().count(), size, "{name}");
        }
        let mut all: Vec<u32> = BLOCKS.iter().flat_map(Block::code_points).collect();
        let counted = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), counted);
    }

    #[test]
    fn only_glyphs_with_ink_count_and_what_is_missing_is_told_as_ranges() {
        let covered = count(&planted(), Role::Serif);
        let (drawn, of) = level3(&covered);
        assert_eq!((drawn, of), (1, 87_887));
        let uro = &covered[0];
        assert_eq!((uro.drawn(), uro.missing(), &*uro.missing), (1, 20_975, &[0x4E01..=0x9FEF][..]));
        let last = covered.last().unwrap();
        assert_eq!((last.drawn(), &*last.missing), (1, &[0x323B1..=0x33479][..]));
    }

    #[test]
    fn a_face_that_does_not_serve_the_role_draws_nothing() {
        assert_eq!(level3(&count(&planted(), Role::Sans)).0, 0);
    }
}
