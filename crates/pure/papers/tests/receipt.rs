//! The receipt list as PDF, read back by poppler.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::PaperError;
use papers::display::{Item, Modules};
use papers::receipt::{self, Form, Handling, ReceiptContent, ReceiptLine};
use support::{fonts, poppler, poppler_raster, receipt, receipt_pages, receipt_pdf};

#[test]
fn list_reads_line_by_line() {
    insta::assert_snapshot!(receipt_pages(&receipt())[0].text_lines().join("\n"));
}

#[test]
fn every_word_extracts_from_the_pdf() {
    let content = receipt();
    let text = poppler("pdftotext", &["-raw", "-"], &receipt_pdf(&content));
    for words in [&content.number, &content.window, &content.item_code, &content.consult_phone] {
        assert!(text.contains(&**words), "{words} is not in:\n{text}");
    }
    for line in &content.materials {
        assert!(text.contains(&line.name), "{} is not in:\n{text}", line.name);
    }
}

#[test]
fn qr_code_scans_back_to_the_receipt_number() {
    let content = receipt();
    assert_eq!(scanned(&content), [content.number]);
}

#[test]
fn modules_are_whole_printer_dots() {
    let pages = receipt_pages(&receipt());
    let code = modules(&pages[0].items);
    let dots = code.module_mm / 25.4 * 300.0;
    assert!((dots - dots.round()).abs() < 1e-9, "{dots} dots");
}

#[test]
fn long_list_continues_on_a_second_page_with_its_heading() {
    let mut content = receipt();
    content.materials = (1..=25)
        .map(|number| ReceiptLine { name: format!("示范材料{number}"), handling: Handling::Returned })
        .collect();
    let pages = receipt_pages(&content);
    assert_eq!(pages.len(), 2);
    let all: Vec<Vec<String>> = pages.iter().map(|page| page.text_lines()).collect();
    assert!(all[1].contains(&"材料名称".to_owned()));
    assert!(all[1].contains(&"第 2 页，共 2 页".to_owned()));
    for line in &content.materials {
        assert_eq!(all.iter().flatten().filter(|words| **words == line.name).count(), 1, "{}", line.name);
    }
}

#[test]
fn every_page_in_training_is_marked() {
    let mut content = receipt();
    content.sample = true;
    content.materials = vec![ReceiptLine { name: "示范材料".into(), handling: Handling::Kept }; 25];
    for page in receipt_pages(&content) {
        assert_eq!(page.text_lines().iter().filter(|words| *words == "样稿").count(), 3);
    }
}

/// U-06: a reprint does not look like the original, and its code still leads to the case.
#[test]
fn a_reprint_is_marked_with_its_count_and_still_scans() {
    let mut content = receipt();
    content.reprint = Some(2);
    let lines = receipt_pages(&content)[0].text_lines();
    assert!(lines.contains(&"补打 2".to_owned()), "{lines:?}");
    assert_eq!(scanned(&content), [content.number.clone()]);
    content.reprint = None;
    assert!(!receipt_pages(&content)[0].text_lines().concat().contains("补打"));
}

#[test]
fn a_remark_stands_among_the_particulars() {
    let mut content = receipt();
    content.remarks = vec!["申请人身份信息是手工录入的，未核验".into()];
    let lines = receipt_pages(&content)[0].text_lines();
    let at = lines.iter().position(|words| words == "备注").unwrap();
    assert_eq!(lines[at + 1], content.remarks[0]);
}

#[test]
fn list_without_materials_is_refused() {
    let mut content = receipt();
    content.materials.clear();
    let refusal = receipt::lay_out(&content, &Form::parse(Form::RECEIPT_A4).unwrap(), fonts()).unwrap_err();
    assert!(matches!(refusal, PaperError::FillField { field } if field == "materials"));
}

#[test]
fn form_with_an_unknown_word_is_refused() {
    let text = Form::RECEIPT_A4.replace("[label]", "[label]\ngreeting = \"你好\"");
    assert!(matches!(Form::parse(&text), Err(PaperError::ParseTemplate { .. })));
}

/// What a scanner finds on the first page.
fn scanned(content: &ReceiptContent) -> Vec<String> {
    let raster = poppler_raster(&receipt_pdf(content), 0, 200);
    let codes = pictures::codes(&raster.into());
    codes.into_iter().map(|code| String::from_utf8(code).expect("the list carries text in its code")).collect()
}

fn modules(items: &[Item]) -> &Modules {
    items
        .iter()
        .find_map(|item| match item {
            Item::Modules(modules) => Some(modules),
            Item::Text(_) | Item::Fill { .. } | Item::Frame { .. } | Item::Picture(_) | Item::Shape(_) => None,
        })
        .expect("the list carries a code")
}
