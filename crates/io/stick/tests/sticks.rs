//! The stick from outside: nothing forged, altered or foreign is believed, and a file is whole or not there.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use proptest::prelude::*;
use sm2::dsa::{Signature, SigningKey, signature::Signer};
use stick::{
    CounterKey, CountyKey, Head, News, NotAccepted, Outcome, Outgoing, Seen, StickFault, Work, carry_out, open_answers,
    seal,
};

/// Another party that makes files of answers, with an invented key.
struct County {
    signing: SigningKey,
}

impl County {
    fn new(secret: u8) -> County {
        County { signing: SigningKey::from_slice("1234567812345678", &[secret; 32]).unwrap() }
    }

    fn public(&self) -> CountyKey {
        CountyKey::parse(&hex::encode(self.signing.verifying_key().to_sec1_bytes())).unwrap()
    }

    fn head(&self, answers: usize) -> String {
        let (export, signer) = ("0".repeat(64), self.public().id());
        format!(
            r#"{{"schema":"youdai-answers-1","suite":"sm2-sm3","counter":"HS0101","serial":1,"export":"{export}","answers":{answers},"signer":"{signer}"}}"#
        )
    }

    fn signed(&self, lines: &[String]) -> Vec<u8> {
        let mut text = lines.join("\n");
        text.push('\n');
        let signature: Signature = self.signing.sign(text.as_bytes());
        format!("{text}{}\n", hex::encode(signature.to_bytes())).into_bytes()
    }
}

fn good(county: &County) -> Vec<u8> {
    county.signed(&[
        county.head(2),
        r#"{"key":"k1","case":"HS0101-20211108-0001","outcome":"done","receipt":"CITY-000001"}"#.to_owned(),
        r#"{"key":"k2","case":"HS0101-20211108-0002","outcome":"rejected","code":"E01","text":"字段缺失"}"#.to_owned(),
    ])
}

#[test]
fn answers_that_the_county_signed_are_read() {
    let county = County::new(7);
    let opened = open_answers(&good(&county), &county.public()).unwrap();
    assert_eq!((opened.counter.as_str(), opened.serial, opened.answers.len()), ("HS0101", 1, 2));
    assert_eq!(opened.answers[0].outcome, Outcome::Done { receipt: "CITY-000001".to_owned() });
    assert_eq!(opened.sm3.len(), 64);
}

#[test]
fn what_is_wrong_with_a_file_of_answers_is_told_by_name() {
    let (county, other) = (County::new(7), County::new(8));
    let told = |bytes: &[u8]| open_answers(bytes, &county.public()).unwrap_err();
    assert!(matches!(told(&good(&other)), NotAccepted::OtherCounty { .. }));
    // Signed by somebody else in the county's name.
    let borrowed = other.signed(&[county.head(0)]);
    assert_eq!(told(&borrowed), NotAccepted::Forged);
    let schema = county.head(0).replace("youdai-answers-1", "youdai-answers-9");
    assert!(matches!(told(&county.signed(&[schema])), NotAccepted::Unknown { .. }));
    assert_eq!(told(&county.signed(&[county.head(1)])), NotAccepted::Line { line: 2 });
    assert_eq!(told(&county.signed(&[county.head(1), "{}".to_owned()])), NotAccepted::Line { line: 2 });
    for nothing in ["", "\n", "{}", "{}\n00\n", "PK\u{3}\u{4}"] {
        assert_eq!(told(nothing.as_bytes()), NotAccepted::NotAnswers, "{nothing:?}");
    }
    let whole = good(&county);
    for end in 0..whole.len() {
        assert!(open_answers(&whole[..end], &county.public()).is_err(), "cut off at {end}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_changed_byte_goes_unnoticed(place in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let county = County::new(7);
        let mut bytes = good(&county);
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        prop_assert!(open_answers(&bytes, &county.public()).is_err());
    }
}

#[test]
fn an_export_shows_nothing_of_a_message_and_no_two_are_alike() {
    let counter = CounterKey::from_secret(&[3; 32]).unwrap();
    let county = County::new(7).public();
    let head = Head { counter: "HS0101", serial: 12, created: "2021-11-08T09:00:00+08:00", training: true };
    let body = r#"{"name":"样本一"}"#;
    let (case, kind, platform) = ("HS0101-20211108-0001", "acceptance", "city");
    let messages = [Outgoing { key: "k1", platform, kind, seq: 6, case, body }];
    let export = seal(head, &messages, &counter, &county).unwrap();
    let text = String::from_utf8(export.bytes.clone()).unwrap();
    assert_eq!(export.name, "outbox-HS0101-0012.ydx");
    assert_eq!(export.sm3, stick::sm3(&export.bytes));
    assert_eq!(text.lines().count(), 4);
    for secret in ["样本一", "0001", "acceptance", "k1", &hex::encode(body)] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(text.starts_with(r#"{"schema":"youdai-stick-1","suite":"sm2-sm3-sm4gcm","counter":"HS0101","serial":12,"#));
    assert_ne!(seal(head, &messages, &counter, &county).unwrap().bytes, export.bytes);
}

#[test]
fn what_is_no_point_of_the_curve_is_no_key() {
    let point = hex::encode(County::new(7).signing.verifying_key().to_sec1_bytes());
    assert!(CountyKey::parse(&point).is_ok());
    for wrong in ["", "04", &point[..128], &point.replacen('4', "3", 1), &format!("04{}", "0".repeat(128)), "县里"] {
        assert!(CountyKey::parse(wrong).is_err(), "{wrong}");
    }
    assert!(CounterKey::from_secret(&[0; 32]).is_err());
    assert!(CounterKey::from_secret(&[255; 32]).is_err());
}

fn written(folder: &std::path::Path) -> Result<(), StickFault> {
    let (folder, name) = (folder.to_path_buf(), "outbox-HS0101-0001.ydx".to_owned());
    match carry_out(Work::Write { folder, name, bytes: b"sealed".to_vec(), serial: 1 }) {
        News::Written { outcome, serial: 1, .. } => outcome,
        News::Written { .. } | News::Looked(_) | News::Read { .. } => panic!("what was written is answered"),
    }
}

#[test]
fn an_export_is_whole_on_the_stick_and_nothing_is_left_beside_it() {
    let stick = tempfile::tempdir().unwrap();
    assert_eq!(written(stick.path()), Ok(()));
    let names: Vec<_> = std::fs::read_dir(stick.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["outbox-HS0101-0001.ydx"]);
    assert_eq!(std::fs::read(stick.path().join("outbox-HS0101-0001.ydx")).unwrap(), b"sealed");
}

#[test]
fn a_stick_that_was_pulled_out_is_away_and_no_folder_is_made_in_its_place() {
    let place = tempfile::tempdir().unwrap();
    let stick = place.path().join("stick");
    assert_eq!(written(&stick), Err(StickFault::Away));
    assert!(!stick.exists());
    assert!(matches!(carry_out(Work::Look { folder: stick }), News::Looked(Err(StickFault::Away))));
}

#[test]
fn only_answers_are_listed_newest_first_and_read_by_bare_names() {
    let stick = tempfile::tempdir().unwrap();
    for name in ["answers-1.yda", "answers-2.yda", "outbox-HS0101-0001.ydx", "notes.txt", ".yda"] {
        std::fs::write(stick.path().join(name), name).unwrap();
    }
    let folder = stick.path().to_path_buf();
    let News::Looked(seen) = carry_out(Work::Look { folder: folder.clone() }) else { panic!("a look") };
    assert_eq!(seen, Ok(Seen { answers: vec!["answers-2.yda".to_owned(), "answers-1.yda".to_owned()] }));
    let read = |name: &str| match carry_out(Work::Read { folder: folder.clone(), name: name.to_owned() }) {
        News::Read { outcome, .. } => outcome,
        News::Looked(_) | News::Written { .. } => panic!("a read"),
    };
    assert_eq!(read("answers-1.yda"), Ok(b"answers-1.yda".to_vec()));
    for outside in ["../answers-1.yda", "", "sub/answers-1.yda", "gone.yda"] {
        assert_eq!(read(outside), Err(StickFault::Away), "{outside}");
    }
}
