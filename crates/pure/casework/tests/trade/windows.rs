//! The directory of windows: every repair is reported, every lack is said, and nothing is guessed.

use std::fmt::Write as _;

use crate::bench::*;
use casework::{
    nouns::*,
    windows::{self, Found, Import, WhyRefused},
};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../../../../../fixtures/windows/sample.csv");
const REFUSED: &str = include_str!("../../../../../fixtures/windows/refused.csv");

fn import(text: &str) -> Import {
    windows::import(text, pack().districts())
}

#[test]
fn every_repair_and_every_lack_of_a_directory_is_reported_with_its_line() {
    let import = import(SAMPLE);
    assert_eq!(import.refused, []);
    let mut text = String::new();
    for window in &import.windows {
        let phone = window.phone.dialable().unwrap_or("待核实");
        let address = window.address_line("见名录");
        writeln!(text, "{} {} {:?} {} {address} {phone}", window.code, window.name, window.level, window.county)
            .unwrap();
    }
    for finding in &import.findings {
        writeln!(text, "{}: {} {:?}", finding.line, finding.column, finding.what).unwrap();
    }
    insta::assert_snapshot!(text);
}

/// S-03: an address is never invented.
#[test]
fn a_window_without_an_address_says_where_it_is_published() {
    let import = import(SAMPLE);
    let township = import.windows.iter().find(|window| window.code.as_str() == "HS0100").unwrap();
    assert_eq!((township.level, &township.address), (WindowLevel::Township, &None));
    let pack = pack();
    let published = pack.rules().windows_published.value.as_str();
    assert!(township.address_line(published).contains("政务服务旗舰店"));
    let village = import.windows.iter().find(|window| window.code.as_str() == "HS0101").unwrap();
    assert_eq!(village.address_line(published), "赫山区样例街道样例村1组12号");
}

#[test]
fn every_row_that_cannot_be_taken_is_named_with_its_line() {
    let import = import(REFUSED);
    let refused: Vec<_> = import.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        refused,
        [
            "line 3: code `HS0101` was given on line 2",
            "line 4: level `省` is not known",
            "line 5: district `长沙市` is not in the pack's directory",
            "line 6: `名称` must not be blank",
            "line 7: 5 cells, the first line has 8",
        ]
    );
}

#[test]
fn a_head_without_its_columns_is_refused() {
    let head = import("编码,名称,级别,级别,邮编\n").refused;
    let why: Vec<_> = head.into_iter().map(|row| row.why).collect();
    assert_eq!(why[0], WhyRefused::ColumnTwice("级别"));
    assert_eq!(why[1], WhyRefused::UnknownColumn("邮编".to_owned()));
    assert_eq!(why[2], WhyRefused::NoColumn("区县"));
    assert_eq!(import("").refused[0].why, WhyRefused::Empty);
    assert_eq!(import("\"编码").refused[0].why, WhyRefused::Unclosed);
}

#[test]
fn a_byte_order_mark_is_removed_and_reported() {
    let marked = import(&format!("\u{feff}{SAMPLE}"));
    assert_eq!(marked.windows, import(SAMPLE).windows);
    assert_eq!(marked.findings[0].what, Found::MarkRemoved);
}

proptest! {
    #[test]
    fn no_text_at_all_stops_the_reader_and_no_code_is_taken_twice(text in "[编码名称,\"\n村HS０1－ ]{0,80}") {
        let head = windows::COLUMNS.join(",");
        let import = import(&format!("{head}\n{text}"));
        let codes: std::collections::BTreeSet<_> = import.windows.iter().map(|window| &window.code).collect();
        prop_assert_eq!(codes.len(), import.windows.len());
    }
}
