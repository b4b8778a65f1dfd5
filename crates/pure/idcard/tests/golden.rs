//! The vectors of the protocol document, as they lie in `fixtures/golden`, against the encoder and the parsers.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its fixtures and may panic")]
#![expect(clippy::wildcard_enum_match_arm, reason = "what was not expected is printed")]

use idcard::{
    card::{CardRecord, ValidUntil},
    command::{Answer, Baud, Command, Hearing, RadioFrame},
    frame::{Decoder, Noise, Reply},
    status::Status,
};
use jiff::civil::date;
use sha2::{Digest, Sha256};

fn golden(name: &str) -> Vec<u8> {
    let path = format!("{}/../../../fixtures/golden/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let digits: String = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
    hex::decode(digits).unwrap()
}

fn reply(name: &str) -> Reply {
    let mut decoder = Decoder::new();
    decoder.push(&golden(name));
    let reply = decoder.next().unwrap().unwrap();
    assert!(decoder.next().is_none() && !decoder.is_hearing(), "{name} is one frame");
    reply
}

fn card(name: &str) -> CardRecord {
    match Command::ReadBase.hear(&reply(name)) {
        Hearing::Answer(Answer::Base(read)) => {
            assert_eq!(read.photo.check(), Ok(()));
            CardRecord::parse(&read.text)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_request_is_the_documented_bytes() {
    let radio = |bytes| Command::SetRadioFrame(RadioFrame::new(bytes).unwrap());
    let requests = [
        ("reset", Command::Reset),
        ("status", Command::Status),
        ("sam_id", Command::SamId),
        ("find", Command::Find),
        ("select", Command::Select),
        ("read_base", Command::ReadBase),
        ("read_with_fingerprint", Command::ReadWithFingerprint),
        ("read_appended", Command::ReadAppended),
        ("read_management", Command::ReadManagement),
        ("baud_115200", Command::SetBaud(Baud::B115200)),
        ("baud_57600", Command::SetBaud(Baud::B57600)),
        ("baud_38400", Command::SetBaud(Baud::B38400)),
        ("baud_19200", Command::SetBaud(Baud::B19200)),
        ("baud_9600", Command::SetBaud(Baud::B9600)),
        ("radio_frame_80", radio(80)),
        ("radio_frame_88", radio(88)),
    ];
    for (name, command) in requests {
        assert_eq!(command.request(), golden(&format!("request_{name}")), "{name}");
    }
}

#[test]
fn every_refusal_is_heard_as_what_it_is() {
    for (name, status) in [
        ("reply_self_test_failed", Status::SelfTestFailed),
        ("reply_read_failed", Status::ReadFailed),
        ("reply_sw_10", Status::RequestChecksum),
        ("reply_sw_11", Status::RequestLength),
        ("reply_sw_21", Status::CommandRefused),
        ("reply_sw_23", Status::NotPermitted),
        ("reply_sw_24", Status::Unrecognised),
        ("reply_sw_31", Status::CardRefusedModule),
        ("reply_sw_32", Status::ModuleRefusedCard),
        ("reply_sw_33", Status::VerificationFailed),
        ("reply_sw_37", Status::FingerprintFailed),
        ("reply_sw_3f", Status::LengthError),
        ("reply_sw_40", Status::WrongCard),
        ("reply_sw_47", Status::RandomFailed),
        ("reply_sw_66", Status::Unauthorised),
        ("reply_sw_91", Status::NothingStored),
    ] {
        assert_eq!(Command::ReadBase.hear(&reply(name)), Hearing::Refused(status), "{name}");
    }
    assert_eq!(Command::Find.hear(&reply("reply_find_none")), Hearing::Refused(Status::NoCard));
    assert_eq!(Command::Select.hear(&reply("reply_select_failed")), Hearing::Refused(Status::SelectFailed));
    assert_eq!(Command::ReadAppended.hear(&reply("reply_sw_91")), Hearing::Answer(Answer::Appended(vec![])));
}

#[test]
fn short_answers_are_heard_as_what_they_are() {
    assert_eq!(Command::Status.hear(&reply("reply_status_ok")), Hearing::Answer(Answer::Done));
    assert_eq!(Command::Find.hear(&reply("reply_find_ok")), Hearing::Answer(Answer::Found));
    assert_eq!(Command::Select.hear(&reply("reply_select_ok")), Hearing::Answer(Answer::Selected));
    match Command::SamId.hear(&reply("reply_sam_id")) {
        Hearing::Answer(Answer::SamId(id)) => assert_eq!(id.to_string(), "05.03-20101018-0001234567-3456789012"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_to_one_command_is_foreign_to_another() {
    for (command, name) in [
        (Command::Select, "reply_find_ok"),
        (Command::Select, "reply_status_ok"),
        (Command::Select, "reply_sam_id"),
        (Command::Find, "reply_select_ok"),
        (Command::Find, "reply_select_failed"),
        (Command::Status, "reply_find_none"),
        (Command::Status, "card_resident"),
        (Command::ReadBase, "reply_select_ok"),
        (Command::ReadBase, "reply_find_ok"),
        (Command::ReadManagement, "card_resident"),
    ] {
        assert_eq!(command.hear(&reply(name)), Hearing::Foreign, "{command:?} {name}");
    }
}

#[test]
fn the_four_card_frames_are_the_documented_ones() {
    for (name, sha) in [
        ("card_resident", "a20796e324436bfaaa21fcee7d94e3b747f35ca62cd66db5a228fe9d2c03b15f"),
        ("card_hmt", "cf902a5166e239b60ec7b6519b02e7c6d289611de02d6d6ce0b391db0bc6c70d"),
        ("card_foreigner_2017", "b8263fd61162c1a826e5a7ff8bc79ba29935f3114928c2a1bd5fe13c49600cf5"),
        ("card_foreigner_2023", "72126b502eaf0cf19b1714c3d971acbcd66c7c20d5848d49b53c8551d3ab3493"),
    ] {
        assert_eq!(hex::encode(Sha256::digest(golden(name))), sha, "{name}");
        assert_eq!(card(name).findings(), [], "{name}");
        assert!(!card(name).is_suspect());
    }
}

#[test]
fn a_resident_card_is_read_field_by_field() {
    let record = card("card_resident");
    let CardRecord::Resident(card) = &record else { panic!("{record:?}") };
    assert_eq!(record.kind(), "resident");
    assert_eq!(card.name.as_str(), "测试甲");
    assert_eq!(card.sex.digit(), '2');
    assert_eq!((card.ethnicity.code(), card.ethnicity.name()), ("01", Some("汉")));
    assert_eq!(card.birth, Some(date(1949, 12, 31)));
    assert_eq!(card.address.as_str(), "测试省测试市测试路1号");
    assert_eq!(card.number.as_str(), "11010519491231002X");
    assert_eq!(card.authority.as_str(), "测试市公安局测试分局");
    assert_eq!(card.valid_from, Some(date(2020, 1, 1)));
    assert!(card.valid_until == Some(ValidUntil::LongTerm));
}

#[test]
fn a_permit_for_hong_kong_macao_and_taiwan_is_read_field_by_field() {
    let record = card("card_hmt");
    let CardRecord::Hmt(card) = &record else { panic!("{record:?}") };
    assert_eq!(record.kind(), "hmt");
    assert_eq!(card.name.as_str(), "测试乙");
    assert_eq!(card.sex.digit(), '1');
    assert_eq!(card.birth, Some(date(1990, 3, 7)));
    assert_eq!(card.number.as_str(), "810000199003070015");
    assert!(card.valid_until == Some(ValidUntil::Date(date(2025, 1, 1))));
    assert_eq!(card.pass_number.as_str(), "H00000000");
    assert_eq!(card.issue_count.as_str(), "01");
}

#[test]
fn a_foreigner_s_card_of_2017_is_read_field_by_field() {
    let record = card("card_foreigner_2017");
    let CardRecord::Foreigner2017(card) = &record else { panic!("{record:?}") };
    assert_eq!(record.kind(), "foreigner_2017");
    assert_eq!(card.english_name.as_str(), "TEST, SPECIMEN");
    assert_eq!(record.name().as_str(), "测试丙");
    assert_eq!(card.number.as_str(), "XXX000000000000");
    assert_eq!(card.nationality.as_str(), "XXX");
    assert_eq!(card.birth, Some(date(1980, 1, 1)));
    assert_eq!(card.card_version.as_str(), "01");
    assert_eq!(card.office_code.as_str(), "1500");
}

#[test]
fn a_foreigner_s_card_of_2023_is_read_field_by_field() {
    let record = card("card_foreigner_2023");
    let CardRecord::Foreigner2023(card) = &record else { panic!("{record:?}") };
    assert_eq!(record.kind(), "foreigner_2023");
    assert_eq!(card.chinese_name.as_str(), "测试丁");
    assert_eq!(card.english_name.as_str(), "TEST, SPECIMEN");
    assert_eq!(card.renewal_count.as_str(), "01");
    assert_eq!(card.number.as_str(), "911000198001010019");
    assert_eq!(card.nationality.as_str(), "XXX");
    assert!(card.earlier_number.is_blank());
}

#[test]
fn the_observed_corrupted_reply_does_not_take_the_frame_behind_it() {
    let mut decoder = Decoder::new();
    decoder.push(&golden("noise_corrupted_select"));
    decoder.push(&golden("reply_select_ok"));
    decoder.push(&golden("reply_find_none"));
    let heard: Vec<_> = std::iter::from_fn(|| decoder.next()).collect();
    let good: Vec<_> = heard.iter().flatten().map(Reply::status).collect();
    assert_eq!(good, [Status::Success, Status::NoCard]);
    assert!(heard.contains(&Err(Noise::Cut)), "{heard:?}");
}

#[test]
fn the_adapter_s_pseudo_reply_is_not_a_frame() {
    let mut decoder = Decoder::new();
    decoder.push(&golden("noise_adapter_timeout"));
    assert_eq!(decoder.next(), None);
    decoder.push(&golden("reply_find_ok"));
    let good: Vec<_> = std::iter::from_fn(|| decoder.next()).flatten().collect();
    assert_eq!(good.iter().map(Reply::status).collect::<Vec<_>>(), [Status::CardFound]);
}

#[test]
fn debug_of_a_card_shows_nothing_of_the_person() {
    for name in ["card_resident", "card_hmt", "card_foreigner_2017", "card_foreigner_2023"] {
        let shown = format!("{:?} {:?}", card(name), Command::ReadBase.hear(&reply(name)));
        for secret in ["测试", "1949", "1990", "1980", "SPECIMEN", "公安", "0000"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
