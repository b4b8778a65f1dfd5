//! A code is believed when a trusted station signed exactly its words, and in no other case.

use credential::{Doubt, Portrait, PublicKey, Signer, Suite, Trusted, Words, check, sign};
use jiff::civil::date;
use proptest::prelude::*;

fn words() -> Words {
    Words {
        card_number: "YYHS0101000001".to_owned(),
        name: "欧阳䶮".to_owned(),
        sex: "女".to_owned(),
        birth: date(1946, 3, 2),
        issuing_authority: "赫山区民政局".to_owned(),
        issued_on: date(2021, 11, 8),
        portrait: Some(Portrait::of(b"a photo")),
    }
}

fn signer(suite: Suite) -> Signer {
    Signer::new(suite, &[7; 32])
}

fn trusts(signer: &Signer) -> Trusted {
    Trusted::new([signer.public()])
}

#[test]
fn a_code_gives_the_words_that_were_signed() {
    for suite in Suite::ALL {
        let signer = signer(suite);
        let code = sign(&words(), &signer);
        assert_eq!(check(&code, &trusts(&signer)), Ok(words()), "{suite:?}");
        assert_eq!(code, sign(&words(), &signer), "the same words give the same bytes");
        assert!(code.len() < 180, "{suite:?}: {} bytes make a code too large for its card", code.len());
        let glued = Words { portrait: None, ..words() };
        assert_eq!(check(&sign(&glued, &signer), &trusts(&signer)), Ok(glued));
    }
}

#[test]
fn no_bit_of_a_code_changes_unnoticed() {
    for suite in Suite::ALL {
        let signer = signer(suite);
        let code = sign(&words(), &signer);
        for bit in 0..code.len() * 8 {
            let mut altered = code.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(check(&altered, &trusts(&signer)).is_err(), "{suite:?}: bit {bit}");
        }
        assert_eq!(check(&[code.as_slice(), &[0]].concat(), &trusts(&signer)), Err(Doubt::NoCode));
        assert_eq!(check(&code[..code.len() - 1], &trusts(&signer)), Err(Doubt::NoCode));
    }
}

#[test]
fn another_name_under_an_old_signature_is_not_signed() {
    for suite in Suite::ALL {
        let signer = signer(suite);
        let code = sign(&words(), &signer);
        let name = "欧阳䶮".as_bytes();
        let at = code.windows(name.len()).position(|part| part == name).unwrap();
        let mut forged = code;
        forged[at..at + name.len()].copy_from_slice("王小明".as_bytes());
        let key = key_of(&signer);
        assert_eq!(check(&forged, &trusts(&signer)), Err(Doubt::NotSigned { key }));
    }
}

#[test]
fn a_key_that_nobody_vouches_for_is_named_and_not_believed() {
    for suite in Suite::ALL {
        let stranger = Signer::new(suite, &[8; 32]);
        let code = sign(&words(), &stranger);
        let key = key_of(&stranger);
        assert_eq!(check(&code, &trusts(&signer(suite))), Err(Doubt::UnknownKey { key: key.clone() }));
        assert_eq!(check(&code, &Trusted::default()), Err(Doubt::UnknownKey { key }));
    }
    // The same secret in the other suite is another key.
    let code = sign(&words(), &signer(Suite::Ed25519));
    assert!(matches!(check(&code, &trusts(&signer(Suite::Sm2Sm3))), Err(Doubt::UnknownKey { .. })));
}

#[test]
fn a_public_key_is_read_as_it_is_written() {
    for suite in Suite::ALL {
        let public = signer(suite).public();
        assert_eq!(PublicKey::parse(&public.to_string()), Some(public.clone()));
        assert_eq!(public.suite(), suite);
    }
    for other in ["", "sm2_sm3:", "sm2_sm3:04", "ed25519:00", "rsa:00", "ed25519"] {
        assert_eq!(PublicKey::parse(other), None, "{other}");
    }
}

#[test]
fn neither_words_nor_secrets_are_shown() {
    assert!(!format!("{:?}", words()).contains('欧'));
    assert!(!format!("{:?}", signer(Suite::Sm2Sm3)).contains("0707"));
}

fn key_of(signer: &Signer) -> String {
    signer.public().id().iter().map(|byte| format!("{byte:02x}")).collect()
}

proptest! {
    #[test]
    fn whatever_a_camera_reads_is_told_to_be_no_code(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(check(&bytes, &trusts(&signer(Suite::Sm2Sm3))).is_err());
    }

    #[test]
    fn every_name_is_carried(name in "\\PC{1,25}", number in "[A-Z0-9]{4,20}", day in 1u32..28) {
        let words = Words { name, card_number: number, birth: date(1940, 5, i8::try_from(day).unwrap()), ..words() };
        let signer = signer(Suite::Sm2Sm3);
        prop_assert_eq!(check(&sign(&words, &signer), &trusts(&signer)), Ok(words));
    }
}
