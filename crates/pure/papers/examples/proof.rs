//! Prints proofs of the shipped papers into a folder, for the eye: `cargo run -p papers --example proof -- FOLDER`.

#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "the proof uses a part of what the tests share")]
mod support;

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("the first argument is a folder"));
    let keep = |name: &str, pdf: &[u8], pages: usize, dpi: f32| {
        support::write(folder.join(format!("{name}.pdf")), pdf);
        for page in 0..pages {
            let png = papers::preview::rasterise(pdf, page, dpi).expect("a page that was just written");
            support::write(folder.join(format!("{name}-{page}.png")), &png);
        }
    };
    let mut card = support::content();
    keep("card", &support::card_pdf(&card), 2, 300.0);
    card.sample = true;
    card.reprint = Some(1);
    card.name = "阿卜杜热合曼·买买提吐尔逊·艾合买提江·依明尼牙孜".into();
    card.photo = Some(support::fixture("portraits/man.jpg").into());
    keep("card-sample", &support::card_pdf(&card), 2, 300.0);
    let ten: Vec<_> = (0..10).map(|_| support::card_pages(&card)).collect();
    let sheet = papers::Imposition::parse(papers::Imposition::SHEET_A4_TEN).expect("the shipped sheet");
    let pages = sheet.impose(&ten, 1, &support::template()).expect("ten cards fit");
    keep("sheet", &papers::pdf::write(&pages, support::fonts(), &support::meta()).expect("pages"), 2, 150.0);
    let mut receipt = support::receipt();
    keep("receipt", &support::receipt_pdf(&receipt), 1, 100.0);
    receipt.reprint = Some(2);
    receipt.remarks = vec!["申请人身份信息是手工录入的，未核验".into()];
    keep("receipt-reprint", &support::receipt_pdf(&receipt), 1, 100.0);
    let mut slip = support::notice();
    keep("notice", &support::slip_pdf(&slip), 1, 100.0);
    slip.sample = true;
    slip.lines.truncate(1);
    keep("notice-sample", &support::slip_pdf(&slip), 1, 100.0);
}
