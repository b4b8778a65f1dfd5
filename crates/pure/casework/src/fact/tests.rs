//! A fact's JSON is the ledger's format: tags, bodies, and what old records lack.

use super::*;

#[test]
fn the_tag_is_the_json_tag_and_the_body_reads_back() {
    let facts = [
        Fact::Resumed,
        Fact::PhotoGlued,
        Fact::NumberSpoiled { number: "YY000001".parse().unwrap(), cause: "空白证破损".to_owned() },
        Fact::NumberAsked { instead_of: None },
        Fact::NumberAsked { instead_of: Some("YY000001".parse().unwrap()) },
        Fact::PrintEnded {
            attempt: "C-P1".parse().unwrap(),
            outcome: PrintOutcome::Failed { reason: "缺卡".to_owned() },
        },
    ];
    for fact in facts {
        let json: serde_json::Value = serde_json::from_str(&fact.body()).unwrap();
        assert_eq!(json["fact"], fact.tag());
        assert_eq!(serde_json::from_str::<Fact>(&fact.body()).unwrap(), fact);
    }
}

#[test]
fn debug_shows_nothing_of_a_person() {
    let entry = r#"{"fact":"applicant_filled","mode":"in_person","hukou":"local","hukou_basis":"芯片住址",
        "phone":"13900000000","contact_address":"某村","department":"heshan"}"#;
    let fact: Fact = serde_json::from_str(entry).unwrap();
    assert_eq!(format!("{fact:?}"), "applicant_filled (hidden)");
    assert_eq!(format!("{:?}", Fact::Resumed), r#"{"fact":"resumed"}"#);
}

#[test]
fn an_entry_written_before_demanded_existed_still_reads() {
    let old = r#"{"fact":"applicant_filled","mode":"in_person","hukou":"local","hukou_basis":"芯片住址",
        "phone":"13900000000","contact_address":"某村","department":"heshan"}"#;
    let Fact::ApplicantFilled { demanded, .. } = serde_json::from_str(old).unwrap() else { panic!("other fact") };
    assert!(demanded.is_empty());
}

#[test]
fn an_answer_from_before_systems_gave_numbers_still_reads_and_keeps_its_body() {
    let old = r#"{"fact":"department_answered","approved":true,"reference":"YY-1","reasons":[]}"#;
    let fact: Fact = serde_json::from_str(old).unwrap();
    assert_eq!(fact.body(), old);
    let Fact::DepartmentAnswered { card_number, .. } = fact else { panic!("other fact") };
    assert_eq!(card_number, None);
}

#[test]
fn the_facts_of_the_trail_read_back_and_hide_the_person() {
    let facts = [
        Fact::FieldOverridden {
            role: Role::Applicant,
            field: IdentityField::Address,
            before: "某县某村".to_owned(),
            after: "某县某镇".to_owned(),
            reason: "住址已变更".to_owned(),
        },
        Fact::Corrected {
            correction: Correction::Entry {
                field: EntryField::Phone,
                before: "13900000000".to_owned(),
                after: "13900000001".to_owned(),
            },
        },
        Fact::SlipIssued {
            slip: IssuedSlip {
                kind: SlipKind::OneTimeNotice,
                number: "TC-1".parse().unwrap(),
                lines: vec!["缺居住证。".to_owned()],
                pdf: None,
            },
        },
        Fact::OldCardRecorded { card: OldCard { number: None, condition: "断成两半".to_owned() } },
    ];
    for fact in &facts {
        assert_eq!(serde_json::from_str::<Fact>(&fact.body()).unwrap(), *fact);
    }
    for fact in &facts[..3] {
        assert_eq!(format!("{fact:?}"), format!("{} (hidden)", fact.tag()));
    }
}
