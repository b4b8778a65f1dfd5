//! What a template may not do. Every refusal names the element.

use papers::template::TemplateFault;
use papers::{PaperError, Template};

/// The shipped template with one change, and the element and fault of its refusal.
fn refusal(from: &str, to: &str) -> (String, TemplateFault) {
    assert!(Template::CARD_CR80.contains(from), "{from} is not in the template");
    match Template::parse(&Template::CARD_CR80.replacen(from, to, 1)) {
        Err(PaperError::AcceptElement { element, fault }) => (element, fault),
        other => panic!("expected a named refusal, got {other:?}"),
    }
}

#[test]
fn shipped_card_is_85_6_by_54_mm() {
    let template = Template::parse(Template::CARD_CR80).unwrap();
    assert_eq!(template.sheet_mm(), (85.6, 54.0));
    assert_eq!(template.id(), "card-cr80");
}

#[test]
fn unknown_field_is_refused() {
    let (element, fault) = refusal("bind = \"sex\"", "bind = \"sex\"\ncolour = \"red\"");
    assert_eq!(element, "sex");
    assert!(matches!(&fault, TemplateFault::Malformed(words) if words.contains("colour")), "{fault}");
}

#[test]
fn unknown_binding_is_refused() {
    let (element, fault) = refusal("bind = \"sex\"", "bind = \"shoe_size\"");
    assert_eq!(element, "sex");
    assert!(matches!(&fault, TemplateFault::Malformed(words) if words.contains("shoe_size")), "{fault}");
}

#[test]
fn overlap_names_both() {
    let moved = refusal("box = [15.0, 23.2, 40.0, 3.8]", "box = [15.0, 21.0, 40.0, 3.8]");
    assert_eq!(moved, ("birth".to_owned(), TemplateFault::Overlap("sex".to_owned())));
}

#[test]
fn text_over_the_photo_is_refused() {
    let moved = refusal("box = [15.0, 27.8, 40.0, 3.8]", "box = [15.0, 27.8, 45.0, 3.8]");
    assert_eq!(moved, ("id_number".to_owned(), TemplateFault::TextOverPhoto));
}

#[test]
fn element_outside_the_safe_area_is_refused() {
    let moved = refusal("box = [4.0, 45.6, 10.5, 3.4]", "box = [4.0, 49.0, 10.5, 3.4]");
    assert_eq!(moved, ("issued_on_label".to_owned(), TemplateFault::OutsideSafeArea));
}

#[test]
fn artwork_may_bleed_to_the_edge_but_not_beyond() {
    let moved = refusal("box = [0.0, 0.0, 85.6, 1.6]", "box = [0.0, 0.0, 86.0, 1.6]");
    assert_eq!(moved, ("front_edge".to_owned(), TemplateFault::OutsideSheet));
}

#[test]
fn hairline_through_a_text_is_refused() {
    let (element, fault) = refusal("box = [4.0, 10.1, 77.6, 0.18]", "box = [4.0, 6.1, 77.6, 0.18]");
    assert_eq!((&*element, fault), ("title", TemplateFault::Overlap("front_hairline".to_owned())));
}

#[test]
fn repeated_id_is_refused() {
    assert_eq!(refusal("id = \"sex\"", "id = \"name\""), ("name".to_owned(), TemplateFault::Repeated));
}

#[test]
fn element_without_id_is_refused() {
    assert_eq!(refusal("id = \"photo\"\n", "").1, TemplateFault::Nameless);
}

#[test]
fn fit_that_never_refuses_is_refused() {
    let (element, fault) = refusal("fit = [\"shrink\", \"two_lines\", \"error\"]", "fit = [\"shrink\"]");
    assert_eq!((&*element, fault), ("name", TemplateFault::Endless));
}

#[test]
fn text_with_both_binding_and_words_is_refused() {
    let (element, fault) = refusal("bind = \"sex\"", "bind = \"sex\"\ntext = \"女\"");
    assert_eq!((&*element, fault), ("sex", TemplateFault::Sourceless));
}

#[test]
fn type_too_small_to_read_is_refused() {
    let (element, fault) = refusal("size = 8.5\nmin = 6.5", "size = 8.5\nmin = 4.0");
    assert_eq!((&*element, fault), ("sex", TemplateFault::Size));
}

#[test]
fn box_lower_than_its_type_is_refused() {
    let moved = refusal("box = [4.0, 4.0, 40.0, 5.4]", "box = [4.0, 4.0, 40.0, 3.0]");
    assert_eq!(moved, ("title".to_owned(), TemplateFault::LowBox));
}

#[test]
fn undefined_ink_is_refused() {
    let (element, fault) = refusal("frame = \"teal\"", "frame = \"gold\"");
    assert_eq!((&*element, fault), ("photo", TemplateFault::UnknownInk("gold".to_owned())));
}

#[test]
fn card_without_a_number_is_refused() {
    let (element, fault) = refusal("bind = \"card_number\"", "bind = \"name\"");
    assert_eq!((&*element, fault), ("card_number", TemplateFault::Unbound));
}

#[test]
fn other_schema_is_refused() {
    assert_eq!(refusal("schema = 1", "schema = 2").0, "schema");
}

#[test]
fn every_shipped_template_is_accepted() {
    for (text, id, size) in
        [(Template::CARD_CR80, "card-cr80", (85.6, 54.0)), (Template::CARD_100X70, "card-100x70", (100.0, 70.0))]
    {
        let template = Template::parse(text).unwrap();
        assert_eq!((template.id(), template.sheet_mm()), (id, size));
    }
}

/// The sheet of 100 x 70 mm with one change, and the element and fault of its refusal.
fn refusal_of_the_sheet(from: &str, to: &str) -> (String, TemplateFault) {
    assert!(Template::CARD_100X70.contains(from), "{from} is not in the template");
    match Template::parse(&Template::CARD_100X70.replacen(from, to, 1)) {
        Err(PaperError::AcceptElement { element, fault }) => (element, fault),
        other => panic!("expected a named refusal, got {other:?}"),
    }
}

#[test]
fn what_stands_on_the_blank_cannot_depend_on_the_person() {
    let (element, fault) = refusal_of_the_sheet("text = \"姓　　名\"", "bind = \"name\"");
    assert_eq!((&*element, fault), ("name_label", TemplateFault::BoundStock));
}

#[test]
fn a_rule_that_hides_name_or_number_is_refused() {
    let (element, fault) = refusal_of_the_sheet("show = [\"reprint\"]", "show = [\"card_number\"]");
    assert_eq!((&*element, fault), ("card_number", TemplateFault::MustShow));
    assert_eq!(refusal_of_the_sheet("show = [\"reprint\"]", "show = [\"title\"]").1, TemplateFault::MustShow);
}

#[test]
fn a_rule_about_nothing_and_a_condition_nobody_understands_are_refused() {
    let (element, fault) = refusal_of_the_sheet("show = [\"reprint\"]", "show = [\"mark70\"]");
    assert_eq!((&*element, fault), ("mark70", TemplateFault::RuleOfNothing));
    for unread in ["age > 70", "sex == 女", "shoe_size", "reprint or photo", "sex == '女' or photo"] {
        let (_, fault) = refusal_of_the_sheet("when = \"reprint\"", &format!("when = \"{unread}\""));
        assert_eq!(fault, TemplateFault::Condition(unread.to_owned()));
    }
}

#[test]
fn artwork_that_ends_at_the_cut_is_refused_where_the_sheet_has_a_bleed() {
    let (element, fault) = refusal("safe = 2.5", "safe = 2.5\nbleed = 3.0");
    assert_eq!((&*element, fault), ("front_edge", TemplateFault::ShortOfBleed));
}

#[test]
fn artwork_is_path_data_that_stays_in_its_view() {
    let outline = |d: &str| match refusal_of_the_sheet("d = \"M0 70", &format!("d = \"{d} M0 70")) {
        (element, TemplateFault::Outline(why)) if element == "front_hills" => why,
        other => panic!("{other:?}"),
    };
    assert!(!outline("<text>").is_empty());
    assert_eq!(outline("M-5 0 L4 4"), "it leaves its view");
    assert_eq!(
        refusal_of_the_sheet("view = [0.0, 0.0, 1000.0, 100.0]", "view = [0.0, 0.0, 0.0, 100.0]").1,
        TemplateFault::View
    );
    let (_, fault) = refusal_of_the_sheet("view = [0", "href = \"https://example.org/seal.svg\"\nview = [0");
    assert!(matches!(&fault, TemplateFault::Malformed(words) if words.contains("href")), "{fault}");
}

#[test]
fn crop_marks_inside_the_bleed_are_refused() {
    let marks = "safe = 2.5\ncrop = { length = 4.0, gap = 0.2, line = 0.1 }";
    assert_eq!(refusal("safe = 2.5", marks), ("crop".to_owned(), TemplateFault::CropMarks));
}
