//! The glyph gate: one character that no face draws stops every paper, with its code point and the field it stands in.

#[expect(dead_code, reason = "each test file uses its own part")]
mod support;

use std::sync::Arc;

use papers::day::{DayContent, DayGroup};
use papers::fonts::Manifest;
use papers::listing::ListingContent;
use papers::receipt::{Handling, ReceiptContent, ReceiptLine};
use papers::slip::{SlipContent, SlipLine};
use papers::{CardContent, FontStack, Page, PaperError, card, day, listing, receipt, slip};
use support::{content, fonts, meta, notice, poppler, template};

/// A character of Extension J, which no face of Debian draws.
const RARE: char = '\u{323B0}';

type Change<T> = fn(&mut T) -> &mut String;
type Laid = Result<Vec<Page>, PaperError>;

fn stopped(what: &str, field: &str, laid: Laid) {
    match laid {
        Err(PaperError::GlyphMissing { field: named, code_point }) => {
            assert_eq!((&*named, code_point), (field, RARE), "{what}");
        }
        other => panic!("{what}: {field} was not stopped: {:?}", other.map(|pages| pages.len())),
    }
}

/// Plants the character at the end of each field in turn.
fn each_field_stops<T: Clone>(what: &str, sound: &T, fields: &[(&str, Change<T>)], lay_out: impl Fn(&T) -> Laid) {
    assert!(lay_out(sound).is_ok(), "{what} is sound without it");
    for (field, change) in fields {
        for planted in [RARE.to_string(), format!("王{RARE}敏")] {
            let mut content = sound.clone();
            *change(&mut content) = planted;
            stopped(what, field, lay_out(&content));
        }
    }
}

#[test]
fn every_field_of_the_card() {
    let fields: &[(&str, Change<CardContent>)] = &[
        ("name", |card| &mut card.name),
        ("sex", |card| &mut card.sex),
        ("ethnicity", |card| &mut card.ethnicity),
        ("birth", |card| &mut card.birth),
        ("id_number", |card| &mut card.id_number),
        ("address", |card| &mut card.address),
        ("card_number", |card| &mut card.card_number),
        ("issued_on", |card| &mut card.issued_on),
        ("issuing_authority", |card| &mut card.issuing_authority),
        ("consult_phone", |card| &mut card.consult_phone),
        ("terms", |card| &mut card.terms[0]),
    ];
    let sound = CardContent { terms: vec!["凭证乘车。".to_owned()], ..content() };
    each_field_stops("card", &sound, fields, |card| card::lay_out(card, &template(), fonts()));
}

#[test]
fn every_field_of_the_receipt_list() {
    let fields: &[(&str, Change<ReceiptContent>)] = &[
        ("window", |list| &mut list.window),
        ("item", |list| &mut list.item),
        ("item_code", |list| &mut list.item_code),
        ("applicant", |list| &mut list.applicant),
        ("agent", |list| list.agent.as_mut().unwrap()),
        ("accepted_at", |list| &mut list.accepted_at),
        ("due", |list| list.due.as_mut().unwrap()),
        ("remark", |list| &mut list.remarks[0]),
        ("material", |list| &mut list.materials[0].name),
        ("consult_phone", |list| &mut list.consult_phone),
    ];
    let sound = ReceiptContent { remarks: vec!["未核验".to_owned()], ..support::receipt() };
    let form = receipt::Form::parse(receipt::Form::RECEIPT_A4).unwrap();
    each_field_stops("receipt list", &sound, fields, |list| receipt::lay_out(list, &form, fonts()));
}

#[test]
fn every_field_of_a_slip() {
    let fields: &[(&str, Change<SlipContent>)] = &[
        ("title", |slip| &mut slip.title),
        ("number", |slip| &mut slip.number),
        ("window", |slip| &mut slip.window),
        ("item", |slip| &mut slip.item),
        ("item", |slip| &mut slip.item_code),
        ("applicant", |slip| slip.applicant.as_mut().unwrap()),
        ("clerk", |slip| &mut slip.clerk),
        ("issued_on", |slip| &mut slip.issued_on),
        ("what", |slip| &mut slip.lines[0].what),
        ("remedy", |slip| &mut slip.lines[0].remedy),
        ("remedy", |slip| &mut slip.lines[0].basis),
        ("consult_phone", |slip| &mut slip.consult_phone),
        ("acknowledgement", |slip| &mut slip.acknowledgement),
    ];
    let form = slip::Form::parse(slip::Form::SLIP_A4).unwrap();
    each_field_stops("slip", &notice(), fields, |slip| slip::lay_out(slip, &form, fonts()));
}

/// The lists name the field as the sheet itself does.
#[test]
fn every_field_of_a_hand_over_list_and_of_the_days_close() {
    let fields: &[(&str, Change<ListingContent>)] = &[
        ("title", |list| &mut list.title),
        ("清单编号", |list| &mut list.particulars[0].1),
        ("申请人", |list| &mut list.rows[1][1]),
        ("remark", |list| &mut list.remarks[0]),
        ("label", |list| &mut list.signatures.1),
    ];
    let form = listing::Form::parse(listing::Form::LISTING_A4).unwrap();
    each_field_stops("hand-over list", &list("柳*"), fields, |list| listing::lay_out(list, &form, fonts()));

    let fields: &[(&str, Change<DayContent>)] = &[("window", |day| &mut day.window), ("clerk", |day| &mut day.clerk)];
    let form = day::Form::parse(day::Form::DAY_A4).unwrap();
    let sound = DayContent {
        number: "20211108-1".to_owned(),
        window: "样例窗口".to_owned(),
        day: "2021年11月8日".to_owned(),
        period: None,
        closed_at: "2021年11月8日 17时00分".to_owned(),
        clerk: "周敏".to_owned(),
        groups: vec![DayGroup { name: "空白证".to_owned(), lines: vec!["领入 1 张".to_owned()] }],
        counted: vec!["空白证 1 张".to_owned()],
        result: vec!["账实相符".to_owned()],
        reason: None,
        sample: false,
    };
    each_field_stops("day's close", &sound, fields, |day| day::lay_out(day, &form, fonts()));
}

/// GBK's private-use code points are given their real characters when a card is read; any that is left stops here, even where
/// a face has a picture for it.
#[test]
fn every_private_use_range_stops() {
    for private in ['\u{E000}', '\u{E863}', '\u{F8FF}', '\u{F0000}', '\u{10FFFD}'] {
        assert_eq!(fonts().missing(papers::Role::Serif, &format!("王{private}")), [private]);
    }
}

/// A county's face, listed in a manifest of the county's own, lets the name print, and nothing else does.
#[test]
fn a_county_s_face_draws_the_name_that_no_shipped_face_can() {
    let county = Manifest::parse(&String::from_utf8(support::fixture("fonts/county.toml")).unwrap()).unwrap();
    let manifest = Manifest::parse(Manifest::SHIPPED).unwrap().joined_by(county).unwrap();
    let stack: FontStack = manifest
        .load(|face| match face.path.as_str() {
            "planted.ttf" => Ok(support::fixture("fonts/planted.ttf").into()),
            path => support::read(path).map(Arc::from).ok_or_else(|| std::io::ErrorKind::NotFound.into()),
        })
        .unwrap();
    let person = CardContent { name: format!("王{RARE}"), ..content() };
    let pages = card::lay_out(&person, &template(), &stack).unwrap();
    let pdf = papers::pdf::write(&pages, &stack, &meta()).unwrap();
    let text = poppler("pdftotext", &["-raw", "-"], &pdf);
    assert!(text.contains(&person.name), "{text}");
    // 一 is drawn by the face that is asked first, although the county's has it too.
    let runs = stack.resolve(papers::Role::Serif, "name", "一").unwrap();
    assert_eq!(stack.name(runs[0].face), "Noto Serif CJK SC");
}

/// A sequence with a variation selector keeps it, from the card to what another program reads.
#[test]
fn a_variation_that_a_face_has_extracts_with_its_selector() {
    let person = CardContent { name: "\u{793C}\u{FE00}明".to_owned(), ..content() };
    let pdf = papers::pdf::write(&card::lay_out(&person, &template(), fonts()).unwrap(), fonts(), &meta()).unwrap();
    let text = poppler("pdftotext", &["-raw", "-"], &pdf);
    assert!(text.contains(&person.name), "{text}");
}

/// Names of the longest kind: 25 characters with dots, wide ones and rare ones, and a foreigner's of 44 letters.
const LONGEST: [&str; 4] = [
    "阿卜杜热合曼·买买提吐尔逊·艾合买提江·依明尼牙孜",
    "𬭚𠅤𡋾䶮㛃𬭚𠅤𡋾·䶮㛃𬭚𠅤𡋾䶮㛃𬭚·𠅤𡋾䶮㛃𬭚𠅤𡋾",
    "一二三四五六七八九十一二三四五六七八九十一二三四五",
    "MARIA DE LOS ANGELES FERNANDEZ GONZALEZ CRUZ",
];

fn masked(name: &str) -> String {
    name.chars().enumerate().map(|(at, shown)| if at == 0 || shown == '·' { shown } else { '*' }).collect()
}

fn list(name: &str) -> ListingContent {
    ListingContent {
        title: "工作资料移交清单".to_owned(),
        particulars: vec![
            ("清单编号".to_owned(), "YDHS01-20211108-001".to_owned()),
            ("申请人".to_owned(), name.to_owned()),
        ],
        columns: [("档案号", 5), ("申请人", 2), ("随附材料", 4), ("旧证", 4)]
            .map(|(name, share)| (name.to_owned(), share))
            .into(),
        rows: vec![
            vec!["DA-HS01-20211108-0001".to_owned(), name.to_owned(), "旧优待证".to_owned(), String::new()];
            2
        ],
        remarks: vec!["双方已当面清点。".to_owned()],
        signatures: ("移交人：张敏".to_owned(), "接收人：陈归".to_owned()),
        sample: false,
    }
}

/// Every paper with the longest names, read back whole: whole names on the card and the lists, masked ones where a paper masks.
#[test]
fn the_longest_names_fit_the_card_the_receipt_list_the_slips_and_every_list() {
    for name in LONGEST {
        let reads = |what: &str, pages: Laid, wanted: &str| {
            let pdf = papers::pdf::write(&pages.unwrap(), fonts(), &meta()).unwrap();
            let text: String = poppler("pdftotext", &["-raw", "-"], &pdf).split_whitespace().collect();
            let wanted: String = wanted.split_whitespace().collect();
            assert!(text.contains(&wanted), "{what}: {wanted} is not in {text}");
        };
        let person = CardContent { name: name.to_owned(), ..content() };
        reads("card", card::lay_out(&person, &template(), fonts()), name);

        let shown = format!("{}　430***********0025", masked(name));
        let form = receipt::Form::parse(receipt::Form::RECEIPT_A4).unwrap();
        let material = ReceiptLine { name: format!("{name}的授权委托书"), handling: Handling::Returned };
        let papers = ReceiptContent {
            applicant: shown.clone(),
            agent: Some(shown.clone()),
            materials: vec![material.clone()],
            ..support::receipt()
        };
        let laid = || receipt::lay_out(&papers, &form, fonts());
        reads("receipt list", laid(), &shown);
        reads("receipt list", laid(), &material.name);

        let form = slip::Form::parse(slip::Form::SLIP_A4).unwrap();
        let line = SlipLine { what: format!("姓名不一致：{name}"), ..notice().lines[0].clone() };
        let told = SlipContent { applicant: Some(masked(name)), lines: vec![line], ..notice() };
        let laid = || slip::lay_out(&told, &form, fonts());
        reads("slip", laid(), &masked(name));
        reads("slip", laid(), name);

        let form = listing::Form::parse(listing::Form::LISTING_A4).unwrap();
        for shown in [name.to_owned(), masked(name)] {
            reads("list", listing::lay_out(&list(&shown), &form, fonts()), &shown);
        }
    }
}
