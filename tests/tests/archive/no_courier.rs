//! 九: 本跨域通办事项无纸质材料远程流转和分发. There is no courier: no file that configures a station can name one, and nothing
//! that a page can ask for speaks of one (S-52).

use std::path::Path;

use casework::pack::PolicyPack;
use casework::what_if::Facts;
use desk::station::{StationError, StationFile};
use journeys::programs::root;

/// Keys and words by which a way to send papers would be called.
const KEYS: [&str; 5] = ["courier", "express", "mailing_address", "postage", "ship_to"];
const WORDS: [&str; 9] =
    ["courier", "express_delivery", "mailing", "postage", "ship_to", "快递", "邮寄", "寄送", "EMS"];

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The text with `key` put after its first key, and the line (from 1) on which it stands.
fn with(text: &str, key: &str) -> (String, usize) {
    let line = text.lines().position(|line| line.contains(" = ") && !line.starts_with('#')).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.insert(line + 1, format!("{key} = \"yes\""));
    (lines.join("\n"), line + 2)
}

#[test]
fn no_pack_station_or_facts_file_can_name_a_courier() {
    for key in KEYS {
        let (pack, line) = with(&text("fixtures/packs/yiyang-2021.toml"), key);
        let told = PolicyPack::parse("pack.toml", &pack).unwrap_err().to_string();
        assert!(told.contains(&format!("pack.toml:{line}")) && told.contains(key), "{told}");

        let (station, line) = with(&text("fixtures/stations/demo.toml"), key);
        match StationFile::parse("station.toml", Path::new("/desk"), &station) {
            Err(StationError::Parse { line: told, reason, .. }) => {
                assert_eq!(told, line, "{reason}");
                assert!(reason.contains(key), "{reason}");
            }
            other => panic!("{key}: {other:?}"),
        }

        let facts = std::fs::read_dir(root().join("fixtures/facts")).unwrap().next().unwrap().unwrap().path();
        let (facts, line) = with(&std::fs::read_to_string(facts).unwrap(), key);
        let refused = Facts::parse("facts.toml", &facts).unwrap_err();
        assert_eq!(refused.line, line, "{refused}");
        assert!(refused.to_string().contains(key), "{refused}");
    }
}

#[test]
fn nothing_that_a_page_can_ask_for_or_show_speaks_of_sending_papers() {
    let contract = text("ui/src/contract.ts");
    for word in WORDS {
        assert!(!contract.contains(word), "{word}");
    }
}
