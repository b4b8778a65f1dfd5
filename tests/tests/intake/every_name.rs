//! Every name: what cannot be drawn is known when it is read, and stops the print; a county's face lets it print; a private-use
//! character of old registers is read as what it stands for, and the chip's own bytes stay on record.

use desk::contract::{CardRole, ChipField, Fault, FaultKind, Request, TypedIdentity};
use journeys::aftermath::{Aftermath, text};
use journeys::counter::Counter;

use crate::bench::{Bench, assert_helps};

/// An invented man of a name in Extension J, living where the village's name is a private-use character of nobody's standard.
fn typed(name: &str) -> TypedIdentity {
    TypedIdentity {
        name: name.into(),
        sex: String::new(),
        ethnicity: "01".into(),
        birth: String::new(),
        address: "湖南省益阳市赫山区样例村".into(),
        number: "430903195103080025".into(),
        issuing_authority: "益阳市公安局赫山分局".into(),
        valid_from: "2010-05-01".into(),
        valid_until: "长期".into(),
    }
}

fn take(counter: &Counter, entry: TypedIdentity) -> Result<(), Fault> {
    counter.ask(Request::TypeIdentity { role: CardRole::Applicant, entry })
}

#[test]
fn what_no_face_draws_is_told_field_by_field_when_it_is_taken_and_the_case_goes_on() {
    let bench = Bench::new();
    let counter = bench.with_case();
    let entry = TypedIdentity {
        address: "湖南省益阳市赫山区\u{E000}村".into(),
        issuing_authority: "\u{323B1}公安局".into(),
        ..typed("王\u{323B0}\u{323B2}")
    };
    let fault = take(&counter, entry).unwrap_err();
    assert_helps(&fault, "identify.glyph_missing", FaultKind::Attend);
    assert!(fault.call.contains("技术支持"), "{fault:#?}");
    assert_eq!(
        fault.reasons,
        ["姓名：U+323B0、U+323B2 没有字形", "住址：U+E000 没有字形", "发证机关：U+323B1 没有字形"]
    );
    assert_eq!(counter.case().person.unwrap().name, "王\u{323B0}\u{323B2}", "what was taken is on record");
}

/// No number is used up for a card that cannot be drawn, and no print of it is sent, whatever was told before; with the
/// county's face the same case goes on.
#[test]
fn a_card_that_cannot_be_drawn_takes_no_number_and_is_not_printed_until_the_county_s_face_is_there() {
    let bench = Bench::new();
    let counter = bench.with_case();
    assert!(take(&counter, typed("王\u{323B0}")).is_err());
    counter.walk_to("numbering");
    let fault = counter.ask(Request::ReserveNumber).unwrap_err();
    assert_helps(&fault, "numbering.cannot_be_set", FaultKind::Refused);
    assert_eq!(fault.reasons, ["姓名：U+323B0 没有字形"]);
    counter.ask(Request::ParkCase).unwrap();
    drop(counter);
    let left = Aftermath::of(bench.path());
    assert!(!left.tags(&left.only_case()).contains(&"number_reserved"));
    drop(left);

    let county = journeys::programs::root().join("fixtures/fonts/county.toml");
    let with_face = format!("[papers]\ncounty_fonts = \"{}\"", county.display());
    let resume = || Request::ResumeCase { case: "HS0101-20211108-0001".into() };
    let bench = bench.rewired("[papers]", &with_face);
    let counter = bench.counter();
    counter.ask(resume()).unwrap();
    counter.ask(Request::ReserveNumber).unwrap();
    counter.ask(Request::ParkCase).unwrap();
    drop(counter);

    // Somebody takes the face away between number and print.
    let bench = bench.rewired(&with_face, "[papers]");
    let counter = bench.counter();
    counter.ask(resume()).unwrap();
    assert_helps(&counter.trouble(), "printing.glyph_missing", FaultKind::Refused);
    let fault = counter.ask(Request::PrintCard { reprint: None }).unwrap_err();
    assert_helps(&fault, "printing.glyph_missing", FaultKind::Refused);
    assert_eq!(fault.reasons, ["姓名：U+323B0 没有字形"]);
    counter.ask(Request::ParkCase).unwrap();
    drop(counter);
    let sent = std::fs::read_dir(bench.path().join("queue/card")).unwrap().map(|entry| entry.unwrap().path());
    assert_eq!(sent.filter(|path| path.extension().is_some_and(|end| end == "pdf")).count(), 0);

    let bench = bench.rewired("[papers]", &with_face);
    let counter = bench.counter();
    counter.ask(resume()).unwrap();
    counter.walk_to("delivery");
    drop(counter);
    let left = Aftermath::of(bench.path());
    let card = text(&left.prints("card")[0]);
    assert!(card.contains("王\u{323B0}"), "{card}");
    assert_eq!(left.report().problems, Vec::<String>::new());
}

#[test]
fn a_typed_name_gets_the_prescribed_dot_and_the_real_character_of_an_old_code_point() {
    let bench = Bench::new();
    let counter = bench.with_case();
    take(&counter, typed("阿依努尔\u{2022}\u{E863}")).unwrap();
    assert_eq!(counter.case().person.unwrap().name, "阿依努尔\u{B7}\u{4DAE}");
}

/// A name that the clerk sets in the chip's place is typed, too; what the chip said stays as it is.
#[test]
fn a_name_set_in_the_chip_s_place_is_read_and_judged_like_a_typed_one() {
    let bench = Bench::new();
    let counter = bench.with_case();
    counter.walk_to("applicant");
    let set = |after: &str| {
        let (role, field) = (CardRole::Applicant, ChipField::Name);
        counter.ask(Request::SetAside { role, field, after: after.into(), reason: "证面印的是这个字".into() })
    };
    set("欧阳・\u{E863}").unwrap();
    assert_eq!(counter.case().person.unwrap().name, "欧阳·\u{4DAE}");
    let fault = set("欧阳\u{323B0}").unwrap_err();
    assert_helps(&fault, "identify.glyph_missing", FaultKind::Attend);
    assert_eq!(fault.reasons, ["姓名：U+323B0 没有字形"]);
}

/// Somebody whose name has 25 characters is served from the card to the seal, and every paper names the person.
#[test]
fn a_name_of_25_characters_goes_through_a_whole_visit() {
    let name = "阿卜杜热合曼·买买提吐尔逊·艾合买提江·依明尼牙孜";
    let bench = Bench::new();
    let counter = bench.with_case();
    take(&counter, typed(name)).unwrap();
    counter.walk_to("closed");
    let list = text(&counter.paper("SHS0101-20211108-0001"));
    let flowed: String = list.split_whitespace().collect();
    assert!(flowed.contains("阿*****·******·*****·*****"), "{list}");
    drop(counter);
    let left = Aftermath::of(bench.path());
    let card: String = text(&left.prints("card")[0]).split_whitespace().collect();
    assert!(card.contains(name), "{card}");
    assert_eq!(left.report().problems, Vec::<String>::new());
}
