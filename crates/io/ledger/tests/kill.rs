//! Nothing acknowledged is lost when the process is killed.
//!
//! The test starts itself as a child that writes whole cases and says after each entry what is recorded; it kills the
//! child at places that the child does not choose, opens the ledger as the next start would, and compares.
#![expect(clippy::unwrap_used, reason = "a set-up that fails has to end the test")]
#![expect(clippy::print_stdout, reason = "the child acknowledges on its standard output")]

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use casework::{fact::Fact, nouns::*};
use ledger::{Entry, Ledger, LedgerKey};

const CHILD: &str = "LEDGER_OF_THE_CHILD";
/// Each kill is a process start and two opens of a growing ledger.
const KILLS: u64 = 20;

fn main() {
    let asked = |word: &str| env::args().any(|argument| argument == word);
    match env::var_os(CHILD) {
        Some(dir) => write_until_killed(Path::new(&dir)),
        // A test runner asks for the names first, and separately for those that are not run by default: none.
        None if asked("--list") && asked("--ignored") => {}
        None if asked("--list") => println!("nothing_acknowledged_is_lost: test"),
        None => {
            nothing_acknowledged_is_lost();
            println!("test result: ok. 1 passed; 0 failed ({KILLS} kills)");
        }
    }
}

fn nothing_acknowledged_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    // What the children said, over all their lives: case → number of facts.
    let mut acknowledged: BTreeMap<String, u32> = BTreeMap::new();
    for kill in 0..KILLS {
        let mut child = start(dir.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // The child runs on while its lines are read, so the kill falls where it falls: within a picture, within a
        // transaction, or between two. The number of lines spreads the kills over the length of a case.
        for line in lines.by_ref().take(1 + usize::try_from(kill * 7 % 23).unwrap()) {
            note(&mut acknowledged, &line.unwrap());
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What it managed to say before it died counts as acknowledged too; a last line may be torn.
        for line in lines.map_while(Result::ok) {
            note(&mut acknowledged, &line);
        }
        check(dir.path(), &acknowledged);
    }
    assert!(acknowledged.len() > 10, "the children hardly wrote anything: {acknowledged:?}");
}

fn start(dir: &Path) -> Child {
    Command::new(env::current_exe().unwrap()).env(CHILD, dir).stdout(Stdio::piped()).spawn().unwrap()
}

/// A line is `CASE SEQ .`; the full stop tells a whole line from a torn one.
fn note(acknowledged: &mut BTreeMap<String, u32>, line: &str) {
    if let [case, seq, "."] = line.split(' ').collect::<Vec<_>>()[..] {
        acknowledged.insert(case.to_owned(), seq.parse().unwrap());
    }
}

fn check(dir: &Path, acknowledged: &BTreeMap<String, u32>) {
    let key = LedgerKey::load_or_create(&dir.join("ledger.key")).unwrap();
    // First as it lies there, with the log that the killed process left; then as the next start opens it.
    let report = Ledger::verify(dir, &key).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    let ledger = Ledger::open(dir, &key).unwrap();
    for (case, seq) in acknowledged {
        let facts = ledger.case_facts(&case.parse().unwrap()).unwrap();
        assert!(facts.len() >= *seq as usize, "case {case}: {seq} facts were acknowledged, {} are there", facts.len());
    }
    assert_eq!(ledger.report().unwrap(), report);
}

/// The child: cases from opening to a confirmed card, one entry after the other, until it is killed.
fn write_until_killed(dir: &Path) {
    let key = LedgerKey::load_or_create(&dir.join("ledger.key")).unwrap();
    let mut ledger = Ledger::open(dir, &key).unwrap();
    ledger.grant_block(1, 999_999).unwrap();
    let day = jiff::civil::date(2021, 11, 8);
    loop {
        let ordinal = ledger.next_case_ordinal(day).unwrap();
        let case: CaseId = format!("XXC-20211108-{ordinal:04}").parse().unwrap();
        let number: CardNumber = format!("YYXXC{:06}", ledger.next_number().unwrap().unwrap()).parse().unwrap();
        let attempt: AttemptId = format!("{case}-P1").parse().unwrap();
        let picture = ledger.store_picture(format!("a page of {case}").repeat(500).as_bytes()).unwrap();
        let opened = Fact::Opened {
            kind: CaseKind::First,
            window: "XXC".parse().unwrap(),
            level: WindowLevel::Village,
            pack: casework::fact::PackStamp { id: "yiyang-2021".to_owned(), hash: "0".repeat(64) },
            training: true,
        };
        let scanned = Fact::MaterialScanned {
            material: "id_card".parse().unwrap(),
            page: 1,
            picture: picture.clone(),
            findings: Vec::new(),
        };
        let attempted = Fact::PrintAttempted {
            attempt: attempt.clone(),
            number: number.clone(),
            reprint: None,
            pdf: picture,
            queue: "simulated".to_owned(),
            calibration: None,
            archived: None,
        };
        let entries = [
            vec![opened, scanned],
            vec![Fact::NumberReserved { number: number.clone(), from: NumberFrom::Block }, attempted],
            vec![Fact::PrintEnded { attempt: attempt.clone(), outcome: PrintOutcome::SpoolerConfirmed }],
            vec![Fact::CardConfirmed { attempt, number }],
        ];
        let mut seq = 0;
        for facts in entries {
            let at = "2021-11-08T01:00:00Z".parse().unwrap();
            let actor = "clerk:test".parse().unwrap();
            let recorded = ledger
                .record(Entry { case: &case, expected_seq: seq, at, actor: &actor, facts: &facts, messages: &[] })
                .unwrap();
            seq = recorded.last().unwrap().seq;
            println!("{case} {seq} .");
            std::io::stdout().flush().unwrap();
        }
    }
}
