//! Ten thousand names over all blocks that the faces draw: what goes into a PDF is what another program reads out of it.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use std::collections::BTreeSet;

use papers::Role;
use papers::fonts::coverage::BLOCKS;
use papers::listing::{self, Form, ListingContent};
use support::{fonts, meta, poppler};

const NAMES: usize = 10_000;
/// Names of one document: many glyphs a file, and few starts of the other program.
const OF_ONE_LIST: usize = 500;
const SURNAMES: [char; 12] = ['王', '李', '张', '欧', '阿', '买', '刘', '曾', '谌', '昝', '夏', '符'];

/// A linear congruential generator with the constants of MMIX: the same names in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Names of two to four characters; every twentieth has 25 with the dot of a minority's name. Each takes its rare characters
/// from one block after the other, so that a block of hundreds is met as often as one of tens of thousands.
fn names() -> Vec<String> {
    let mut seeded = Seeded(20_220_719);
    let mut rare = |name: usize| {
        let code_points = BLOCKS[name % BLOCKS.len()].ranges;
        let (first, last) = code_points[seeded.below(code_points.len())];
        char::from_u32(first + seeded.below((last - first + 1) as usize) as u32)
            .filter(|character| fonts().drawn_by(Role::Serif, *character).is_some())
            // No installed face draws this one, or this whole block: an everyday character takes its place.
            .unwrap_or_else(|| SURNAMES[seeded.below(SURNAMES.len())])
    };
    (0..NAMES)
        .map(|place| {
            let surname = SURNAMES[place % SURNAMES.len()];
            let length = if place % 20 == 0 { 24 } else { 1 + place % 3 };
            let given = (0..length).map(|at| if length == 24 && at % 8 == 4 { '·' } else { rare(place + at) });
            std::iter::once(surname).chain(given.collect::<Vec<_>>()).collect()
        })
        .collect()
}

#[test]
fn ten_thousand_names_extract_to_exactly_themselves() {
    let names = names();
    let met: BTreeSet<char> = names.iter().flat_map(|name| name.chars()).collect();
    for block in BLOCKS.iter().filter(|block| block.level3) {
        let here = block.code_points().filter_map(char::from_u32).filter(|character| met.contains(character)).count();
        assert!(here >= 12, "{here} characters of {}", block.name);
    }
    for (place, batch) in names.chunks(OF_ONE_LIST).enumerate() {
        let content = ListingContent {
            title: "姓名".to_owned(),
            columns: vec![("姓名".to_owned(), 1)],
            rows: batch.iter().map(|name| vec![name.clone()]).collect(),
            signatures: ("甲".to_owned(), "乙".to_owned()),
            ..ListingContent::default()
        };
        let pages = listing::lay_out(&content, &Form::parse(Form::LISTING_A4).unwrap(), fonts()).unwrap();
        let pdf = papers::pdf::write(&pages, fonts(), &meta()).unwrap();
        // One name a line, after the number of its row.
        let text = poppler("pdftotext", &["-raw", "-"], &pdf);
        let read: Vec<&str> = text.lines().filter_map(|line| line.split_once(' ')).map(|(_, name)| name).collect();
        for name in batch {
            assert!(read.contains(&&**name), "{name} is not a line of list {place}");
        }
    }
}
