//! The code on the back of a card is found and read in a scan of it, whatever its modules happen to be and however much
//! pale print lies under it.

#[expect(dead_code, reason = "the other tests use the rest")]
mod support;

use proptest::prelude::*;
use support::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn code_on_a_marked_sample_is_read(bytes in prop::collection::vec(any::<u8>(), 100..160)) {
        let mut content = content();
        content.credential = Some(bytes.clone());
        content.sample = true;
        let back = papers::preview::rasterise(&card_pdf(&content), 1, 300.0).unwrap();
        let picture = image::load_from_memory(&back).unwrap();
        prop_assert_eq!(pictures::codes(&picture), vec![bytes]);
    }
}
