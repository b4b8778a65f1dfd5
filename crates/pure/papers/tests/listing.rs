//! The hand-over list as PDF, read back by poppler.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::PaperError;
use papers::listing::{self, Form, ListingContent};
use support::{fonts, meta, poppler};

fn list(rows: usize) -> ListingContent {
    let row = |n: usize| {
        vec![format!("DA-HS01-20211108-{n:04}"), "柳*".to_owned(), "旧优待证".to_owned(), "证号不明，折断".to_owned()]
    };
    ListingContent {
        title: "工作资料移交清单".to_owned(),
        particulars: vec![
            ("清单编号".to_owned(), "YDHS01-20211108-001".to_owned()),
            ("备注".to_owned(), String::new()),
        ],
        columns: [("档案号", 5), ("申请人", 2), ("随附材料", 4), ("旧证", 4)]
            .map(|(name, share)| (name.to_owned(), share))
            .into(),
        rows: (1..=rows).map(row).collect(),
        remarks: vec!["留存的旧证共 1 张，双方已当面清点。".to_owned()],
        signatures: ("移交人：张敏".to_owned(), "接收人：陈归".to_owned()),
        sample: false,
    }
}

fn pdf(content: &ListingContent) -> Vec<u8> {
    let form = Form::parse(Form::LISTING_A4).unwrap();
    let pages = listing::lay_out(content, &form, fonts()).unwrap();
    papers::pdf::write(&pages, fonts(), &meta()).unwrap()
}

#[test]
fn every_word_of_a_list_extracts_from_the_pdf_and_an_empty_value_is_a_dash() {
    let content = list(2);
    let text: String = poppler("pdftotext", &["-raw", "-"], &pdf(&content)).split_whitespace().collect();
    let cells = content.rows.iter().flatten().chain(content.columns.iter().map(|(name, _)| name));
    for words in cells.chain(&content.remarks).chain([&content.title, &content.signatures.0, &content.signatures.1]) {
        let words: String = words.split_whitespace().collect();
        assert!(text.contains(&words), "{words} is not in:\n{text}");
    }
    assert!(text.contains("备注—"), "{text}");
}

#[test]
fn a_long_list_goes_on_a_second_page_with_its_heading() {
    let form = Form::parse(Form::LISTING_A4).unwrap();
    let pages = listing::lay_out(&list(40), &form, fonts()).unwrap();
    assert!(pages.len() >= 2);
    for page in &pages[..2] {
        assert!(page.text_lines().iter().any(|line| line.contains("档案号")), "{:?}", page.text_lines());
    }
}

#[test]
fn a_list_of_nothing_is_refused() {
    let form = Form::parse(Form::LISTING_A4).unwrap();
    let refused = listing::lay_out(&list(0), &form, fonts());
    assert!(matches!(refused, Err(PaperError::FillField { .. })), "{refused:?}");
}
