//! Replays the corpus of the fuzz targets, and mutates it a little, in every test run.
#![expect(clippy::disallowed_methods, reason = "a test reads its corpus")]

mod targets;

use std::path::PathBuf;

use proptest::{prelude::*, sample::Index};

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> = folder.read_dir().expect("the corpus is committed").flatten().map(|e| e.path()).collect();
    paths.sort();
    assert!(paths.len() >= 4, "the corpus of {target} is not empty");
    paths.into_iter().map(|path| std::fs::read(path).expect("a corpus file is readable")).collect()
}

#[test]
fn the_decoder_holds_on_its_corpus() {
    corpus("decoder").iter().for_each(|input| targets::decoder(input));
}

#[test]
fn the_conversation_holds_on_its_corpus() {
    let inputs = corpus("conversation");
    let read = inputs.iter().filter(|input| targets::conversation(input)).count();
    assert_eq!((read, inputs.len()), (4, 7), "conversations of the corpus that end with a card");
}

#[test]
fn the_text_record_holds_on_its_corpus() {
    corpus("record").iter().for_each(|input| targets::record(input));
}

/// Overwrites, cuts and doubles parts of an input.
fn mutate(mut input: Vec<u8>, changes: &[(Index, u8, u8)]) -> Vec<u8> {
    for (at, value, how) in changes {
        if input.is_empty() {
            break;
        }
        let at = at.index(input.len());
        match how % 4 {
            0 => input[at] = *value,
            1 => input[at] ^= 1 << (value % 8),
            2 => drop(input.drain(at..(at + usize::from(*value) % 16).min(input.len()))),
            _ => {
                let piece = input[at..(at + usize::from(*value)).min(input.len())].to_vec();
                input.splice(at..at, piece);
            }
        }
    }
    input
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_target_holds_on_mutations_of_its_corpus(
        which: Index,
        changes in proptest::collection::vec(any::<(Index, u8, u8)>(), 1..12),
    ) {
        for (name, target) in [
            ("decoder", targets::decoder as fn(&[u8])),
            ("conversation", |input| {
                targets::conversation(input);
            }),
            ("record", targets::record),
        ] {
            let inputs = corpus(name);
            target(&mutate(inputs[which.index(inputs.len())].clone(), &changes));
        }
    }
}
