//! Scripts, pacing, transcripts and replay under a virtual clock.
#![expect(clippy::unwrap_used, reason = "a test stops where its ground gives way")]

mod shared;

use std::sync::Arc;
use std::time::Duration;

use hardware_sim::card::Library;
use hardware_sim::reader::{Output, Reader, Voice};
use hardware_sim::replay::Replay;
use hardware_sim::scenario::Scenario;
use hardware_sim::transcript::Transcript;
use hardware_sim::wire::pipe::Pipe;
use shared::*;

#[test]
fn card_is_laid_200_ms_behind_the_second_find() {
    let mut pipe = pipe("", false, 1);
    follow(
        &mut pipe,
        r#"[{"do": "expect", "command": "find", "times": 2, "within_ms": 9000},
            {"do": "wait", "ms": 200}, {"do": "lay", "card": "ouyang"}]"#,
    );
    let ask = |pipe: &mut Pipe, wait_ms| {
        pipe.write(&bytes(FIND));
        pipe.wait(Duration::from_millis(wait_ms))[9]
    };
    assert_eq!(ask(&mut pipe, 300), 0x80);
    assert_eq!(ask(&mut pipe, 150), 0x80);
    assert_eq!(ask(&mut pipe, 60), 0x80);
    assert_eq!(ask(&mut pipe, 300), 0x9F);
    assert_eq!(pipe.reader.failures(), [""; 0]);
}

#[test]
fn expectation_that_is_not_met_fails_the_script_and_ends_it() {
    let mut pipe = pipe("", false, 1);
    follow(&mut pipe, r#"[{"do": "expect", "command": "read", "within_ms": 500}, {"do": "lay", "card": "ouyang"}]"#);
    pipe.wait(Duration::from_secs(1));
    assert_eq!(pipe.reader.failures(), ["step 1: expected read 1 times within 500 ms"]);
    assert_eq!(pipe.reader.lying(), None);
}

#[test]
fn assertion_counts_what_was_heard() {
    for (at_most, failures) in [(2, 0), (1, 1)] {
        let mut pipe = pipe("", false, 1);
        follow(
            &mut pipe,
            &format!(
                r#"[{{"do": "wait", "ms": 5000}}, {{"do": "assert", "command": "status", "at_most": {at_most}}}]"#
            ),
        );
        exchange(&mut pipe, STATUS);
        exchange(&mut pipe, STATUS);
        pipe.wait(Duration::from_secs(5));
        assert_eq!(pipe.reader.failures().len(), failures);
    }
}

#[test]
fn script_that_has_not_ended_is_a_failure() {
    let mut pipe = pipe("", false, 1);
    follow(&mut pipe, r#"[{"do": "wait", "ms": 5000}]"#);
    pipe.wait(Duration::from_secs(1));
    assert_eq!(pipe.reader.failures(), ["the script has not come to its end"]);
}

#[test]
fn script_can_name_platforms_and_printers() {
    let mut pipe = pipe("", false, 1);
    follow(
        &mut pipe,
        r#"[{"do": "platform", "platform": "city", "behaviour": "away"},
            {"do": "printer", "dir": "out", "state": "media_jam"}]"#,
    );
    pipe.wait(Duration::from_millis(1));
    assert!(matches!(&pipe.events[..], [Output::Platform(_), Output::Printer(_)]));
}

#[test]
fn paced_base_read_takes_latency_and_wire_time_at_each_speed() {
    for (request, speed, wire_ms) in [("", 115_200, 112), ("AAAAAA96690003600467", 9_600, 1348)] {
        let mut pipe = pipe("ouyang", true, 1);
        if !request.is_empty() {
            exchange(&mut pipe, request);
        }
        exchange(&mut pipe, FIND);
        exchange(&mut pipe, SELECT);
        let asked = pipe.now();
        pipe.write(&bytes(READ));
        let mut arrived = 0;
        while arrived < 1295 {
            arrived += pipe.read(Duration::from_secs(3)).expect("the reply is on its way").len();
        }
        assert_eq!((pipe.now() - asked).as_millis(), 100 + wire_ms, "at {speed}");
    }
}

#[test]
fn host_at_another_speed_hears_nothing() {
    let mut pipe = pipe("", false, 1);
    pipe.host_speed = Some(9600);
    assert_eq!(exchange(&mut pipe, STATUS), NOTHING);
    pipe.host_speed = Some(115_200);
    assert_eq!(exchange(&mut pipe, STATUS).len(), 11);
}

/// A conversation worth keeping: a card that comes late, and a read with a pause inside.
fn recorded() -> (String, Vec<Vec<u8>>) {
    let mut pipe = pipe("ouyang", true, 9);
    arm(&mut pipe, r#"{"command": "read", "kind": {"stall": {"at": 600, "ms": 300}}}"#);
    let replies = [STATUS, FIND, SELECT, READ].iter().map(|request| exchange(&mut pipe, request)).collect();
    (pipe.reader.transcript.text(), replies)
}

fn replaying(text: &str) -> Pipe {
    let replay = Replay::of(&Transcript::parse(text).unwrap(), "main");
    Pipe::new(Reader::new("main", Voice::Replay(replay), Arc::new(Library::default()), false, 1))
}

#[test]
fn recorded_conversation_plays_again_byte_for_byte() {
    let (text, replies) = recorded();
    let mut pipe = replaying(&text);
    let again: Vec<Vec<u8>> = [STATUS, FIND, SELECT, READ].iter().map(|request| exchange(&mut pipe, request)).collect();
    assert_eq!(again, replies);
    assert_eq!(pipe.reader.failures(), [""; 0]);
}

#[test]
fn host_that_departs_from_the_record_is_told_where() {
    let (text, _) = recorded();
    let mut pipe = replaying(&text);
    exchange(&mut pipe, STATUS);
    assert_eq!(exchange(&mut pipe, SELECT), NOTHING);
    assert_eq!(pipe.reader.failures(), ["the host departed from the record at exchange 2"]);
}

#[test]
fn scenarios_of_the_fixtures_can_be_set_up() {
    let folder = repository().join("fixtures/scenarios");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let scenario = Scenario::read(&path).unwrap_or_else(|error| panic!("{error:?}"));
        let cards = Arc::new(scenario.library(&folder).unwrap());
        scenario.readers(&folder, &cards, 1).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

#[test]
fn scenario_can_have_people_drawn_from_seeds() {
    let text = "invented = { one = { seed = 1 }, two = { seed = 2, layout = \"foreigner_2023\", born = 1950 } }\n\
                reader = [{ card = \"two\" }]\n";
    let scenario: Scenario = toml::from_str(text).unwrap();
    let cards = Arc::new(scenario.library(&repository()).unwrap());
    assert_eq!(cards.titles().map(|(name, _)| name).collect::<Vec<_>>(), ["one", "two"]);
    let readers = scenario.readers(&repository(), &cards, 1).unwrap();
    assert_eq!(readers[0].1.lying(), Some("two"));
    assert!(toml::from_str::<Scenario>("invented = { one = { seed = 1, layout = \"martian\" } }").is_err());
}

#[test]
fn scenario_with_an_unknown_key_or_card_is_refused() {
    assert!(toml::from_str::<Scenario>("[[reader]]\nspeed = 9600\n").unwrap_err().to_string().contains("line 2"));
    assert!(toml::from_str::<Scenario>("[[reader]]\nscript = [{ do = \"dance\" }]\n").is_err());
    let scenario: Scenario = toml::from_str("[[reader]]\ncard = \"nobody\"\n").unwrap();
    let error = scenario.readers(&repository(), &Arc::new(Library::default()), 1).unwrap_err();
    assert!(format!("{error:?}").contains("nobody"));
    let twins: Scenario = toml::from_str("[[reader]]\n[[reader]]\n").unwrap();
    assert!(twins.readers(&repository(), &Arc::new(Library::default()), 1).is_err());
}
