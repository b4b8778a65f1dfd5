//! A package of an invented case, for the tests of this crate.

use casework::journal::{Hash, JournalRow, Subject, body_hash, link};
use jiff::Timestamp;

use crate::{CaseFile, Chapter, Entry, Form, Material, PackageNumber, Particular, PhotoFile};

/// A PNG of one black pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0,
    1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// An empty sheet of A4.
const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\n\
endobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";

/// A small case with every kind of part.
pub fn case_file() -> CaseFile {
    let bodies = [
        ("opened", r#"{"fact":"opened","window":"XXC"}"#),
        ("applicant_filled", r#"{"fact":"applicant_filled","demanded":["id_card"],"hukou_basis":"户口簿，\"body\":"}"#),
        ("rating_given", r#"{"fact":"rating_given","point":"delivery","level":5,"codes":[]}"#),
        ("handed_over", r#"{"fact":"handed_over","from":"张敏","to":"李强","papers":[]}"#),
    ];
    let at: Timestamp = "2021-11-08T01:05:00Z".parse().expect("a moment");
    let mut prev = Hash::GENESIS;
    let mut process = Vec::new();
    for ((kind, body), n) in bodies.into_iter().zip(1u32..) {
        // The third row follows one of another case.
        let place = u64::from(if n > 2 { n + 1 } else { n });
        if n == 3 {
            prev = body_hash("another case");
        }
        let row = JournalRow {
            n: place,
            at,
            actor: "张敏".parse().expect("a name"),
            of: Subject::Case { case: "XXC-20211108-0001".parse().expect("a number"), seq: n },
            kind: kind.to_owned(),
            body_hash: body_hash(body),
        };
        let hash = link(&prev, &row);
        process.push(Entry { row, prev, hash, body: body.to_owned() });
        prev = hash;
    }
    CaseFile {
        number: PackageNumber::of(&"XXC-20211108-0001".parse().expect("a number")),
        title: "老年人优待证办理".to_owned(),
        chapters: vec![Chapter {
            name: "事项".to_owned(),
            lines: vec![Particular::new("基本编码", "432023107W00"), Particular::new("件号", "")],
        }],
        process,
        materials: vec![Material {
            code: "id_card".to_owned(),
            name: "居民身份证".to_owned(),
            fate: "扫描后退回".to_owned(),
            absent: None,
            pages: vec![PNG.to_vec()],
        }],
        photo: vec![PhotoFile { name: "original".to_owned(), title: "照片".to_owned(), bytes: PNG.to_vec() }],
        forms: vec![Form { name: "receipt".to_owned(), title: "收文清单".to_owned(), pdf: PDF.to_vec() }],
    }
}
