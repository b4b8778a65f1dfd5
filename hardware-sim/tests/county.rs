//! The county's desk refuses by name what it cannot believe. What it can open comes from the product and is tried in its journeys.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use hardware_sim::stick::{CountyKey, Refused, counter_key, open};
use sm2::dsa::{Signature, SigningKey, signature::Signer};

/// An invented counter.
fn counter() -> SigningKey {
    SigningKey::from_slice(hardware_sim::stick::SIGNER, &[3; 32]).unwrap()
}

/// Three lines, signed by the counter.
fn signed(header: &str, wrapped: &str, sealed: &str) -> Vec<u8> {
    let text = format!("{header}\n{wrapped}\n{sealed}\n");
    let signature: Signature = counter().sign(text.as_bytes());
    format!("{text}{}\n", hex::encode(signature.to_bytes())).into_bytes()
}

fn header(signer: &str, recipient: &str) -> String {
    format!(
        r#"{{"schema":"youdai-stick-1","suite":"sm2-sm3-sm4gcm","counter":"HS0101","serial":1,"messages":0,"signer":"{signer}","recipient":"{recipient}"}}"#
    )
}

fn id(point: &[u8]) -> String {
    use sm3::Digest;
    hex::encode(&sm3::Sm3::digest(point)[..8])
}

#[test]
fn an_invented_county_is_the_same_for_the_same_seed_and_reads_its_own_key_back() {
    let (one, again, other) = (CountyKey::invent(1), CountyKey::invent(1), CountyKey::invent(2));
    assert_eq!(one.public(), again.public());
    assert_ne!(one.public(), other.public());
    assert_eq!(CountyKey::parse(&one.private()).unwrap().public(), one.public());
    assert!(matches!(CountyKey::parse("00"), Err(Refused::Key)));
}

#[test]
fn what_it_cannot_believe_is_refused_by_name() {
    let county = CountyKey::invent(1);
    let point = counter().verifying_key().to_sec1_bytes();
    let key = counter_key(&hex::encode(&point)).unwrap();
    let (us, them) = (id(&point), id(&hex::decode(county.public()).unwrap()));
    let told = |file: &[u8]| open(file, &key, &county).unwrap_err();
    for nothing in ["", "{}", "a\nb\nc\nd\n"] {
        assert_eq!(told(nothing.as_bytes()), Refused::NotAnExport, "{nothing:?}");
    }
    assert_eq!(told(&signed(&header("0123456789abcdef", &them), "00", "00")), Refused::OtherCounter);
    assert_eq!(told(&signed(&header(&us, "0123456789abcdef"), "00", "00")), Refused::OtherCounty);
    let mut altered = signed(&header(&us, &them), "00", "00");
    let at = altered.windows(8).position(|eight| eight == br#""serial""#).unwrap();
    altered[at + 9] = b'7';
    assert_eq!(told(&altered), Refused::Forged);
    assert_eq!(told(&signed(&header(&us, &them), "00", "00")), Refused::Sealed);
}
