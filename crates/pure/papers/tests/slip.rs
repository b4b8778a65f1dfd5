//! The refusal slip and the one-time notice as PDF, read back by poppler.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use papers::PaperError;
use papers::slip::{self, Form, SlipLine, Tells};
use support::{fonts, notice, poppler, slip_pages, slip_pdf};

#[test]
fn a_notice_of_five_faults_reads_line_by_line() {
    let pages = slip_pages(&notice());
    assert_eq!(pages.len(), 1, "five faults have room on one sheet");
    insta::assert_snapshot!(pages[0].text_lines().join("\n"));
}

#[test]
fn a_refusal_at_the_door_names_no_person_and_leads_with_its_own_words() {
    let mut content = notice();
    content.tells = Tells::Refusal;
    content.title = "不予收件告知书".into();
    content.applicant = None;
    content.lines = vec![SlipLine {
        what: "老年人优待证已经停止办理。".into(),
        remedy: "凭身份证即可享受优待，请带好身份证。".into(),
        basis: "湖南省自2022-03-01起停办（公开来源）".into(),
    }];
    content.consult_phone = "0737-12345（东部新区号码待核实）".into();
    insta::assert_snapshot!(slip_pages(&content)[0].text_lines().join("\n"));
}

#[test]
fn a_rejection_says_that_the_department_did_not_approve() {
    let mut content = notice();
    content.tells = Tells::Rejection;
    content.title = "不予办理告知书".into();
    let text = slip_pages(&content)[0].text_lines().join("\n");
    assert!(text.contains("承办部门没有同意办理") && !text.contains("不能收件"), "{text}");
}

#[test]
fn every_word_of_a_slip_extracts_from_the_pdf() {
    let content = notice();
    let text: String = poppler("pdftotext", &["-raw", "-"], &slip_pdf(&content)).split_whitespace().collect();
    let lines = content.lines.iter().flat_map(|line| [&line.what, &line.remedy, &line.basis]);
    for words in lines.chain([&content.title, &content.number, &content.acknowledgement, &content.consult_phone]) {
        let words: String = words.split_whitespace().collect();
        assert!(text.contains(&words), "{words} is not in:\n{text}");
    }
}

#[test]
fn a_slip_of_many_lines_goes_on_a_second_page_and_tears_none() {
    let mut content = notice();
    let line = |n: usize| SlipLine {
        what: format!("第{n}处："), remedy: "请补齐。".repeat(30), basis: "规程".into()
    };
    content.lines = (1..=12).map(line).collect();
    let pages: Vec<Vec<String>> = slip_pages(&content).iter().map(|page| page.text_lines()).collect();
    assert!(pages.len() > 1);
    assert!(pages[1].contains(&format!("第 2 页，共 {} 页", pages.len())));
    for n in 1..=12 {
        let (head, page) = (format!("第{n}处："), pages.iter().find(|page| page.contains(&format!("第{n}处："))));
        let page = page.unwrap_or_else(|| panic!("{head} is on no page"));
        let begins = page.iter().position(|words| *words == head).unwrap();
        // A line's remedy and its basis follow on the very page on which it begins.
        assert!(page[begins..].iter().any(|words| words.contains("依据：规程")), "{head} is torn");
    }
}

#[test]
fn every_page_of_a_slip_in_training_is_marked() {
    let mut content = notice();
    content.sample = true;
    content.lines = vec![content.lines[0].clone(); 20];
    for page in slip_pages(&content) {
        assert_eq!(page.text_lines().iter().filter(|words| *words == "样稿").count(), 3);
    }
}

#[test]
fn a_slip_without_a_line_is_refused() {
    let mut content = notice();
    content.lines.clear();
    let refusal = slip::lay_out(&content, &Form::parse(Form::SLIP_A4).unwrap(), fonts()).unwrap_err();
    assert!(matches!(refusal, PaperError::FillField { field } if field == "lines"));
}

#[test]
fn a_form_with_an_unknown_word_or_a_colour_that_is_none_is_refused() {
    let text = Form::SLIP_A4.replace("[label]", "[label]\ngreeting = \"你好\"");
    assert!(matches!(Form::parse(&text), Err(PaperError::ParseTemplate { .. })));
    let text = Form::SLIP_A4.replace("#0f5c57", "teal");
    assert!(matches!(Form::parse(&text), Err(PaperError::AcceptElement { element, .. }) if element == "teal"));
}
