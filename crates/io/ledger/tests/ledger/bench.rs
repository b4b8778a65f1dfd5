//! A ledger in a temporary folder, and invented people to fill it with.

use std::path::Path;

use casework::{
    fact::{Fact, Identity, PackStamp, Recorded},
    nouns::*,
    outbox::{MessageKey, MessageKind, NewMessage},
};
use jiff::{Timestamp, civil::date};
use ledger::{Entry, Ledger, LedgerError, LedgerKey};
use tempfile::TempDir;

pub struct Bench {
    pub ledger: Ledger,
    dir: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(dir.path(), &key(dir.path())).unwrap();
        Self { ledger, dir }
    }

    /// Closes the ledger and opens it again, as the next start of the program does.
    pub fn restarted(self) -> Self {
        let Self { ledger, dir } = self;
        drop(ledger);
        let ledger = Ledger::open(dir.path(), &key(dir.path())).unwrap();
        Self { ledger, dir }
    }

    /// Closes the ledger and hands over its folder.
    pub fn closed(self) -> TempDir {
        self.dir
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn record(&mut self, case: &CaseId, expected_seq: u32, facts: &[Fact]) -> Result<Vec<Recorded>, LedgerError> {
        self.record_with(case, expected_seq, facts, &[])
    }

    pub fn record_with(
        &mut self,
        case: &CaseId,
        expected_seq: u32,
        facts: &[Fact],
        messages: &[NewMessage],
    ) -> Result<Vec<Recorded>, LedgerError> {
        self.ledger.record(Entry { case, expected_seq, at: at(0), actor: &clerk(), facts, messages })
    }

    /// Opens a case and has its applicant identified: two facts.
    pub fn identified(&mut self, n: u32) -> CaseId {
        let case = case(n);
        self.record(&case, 0, &[opened(), identified(n)]).unwrap();
        case
    }

    /// A case whose number is reserved: four facts.
    pub fn numbered(&mut self, n: u32) -> (CaseId, CardNumber) {
        let case = self.identified(n);
        let number = card(self.ledger.next_number().unwrap().unwrap());
        self.record(
            &case,
            2,
            &[accepted(&case), Fact::NumberReserved { number: number.clone(), from: NumberFrom::Block }],
        )
        .unwrap();
        (case, number)
    }

    /// A case whose first print was decided: five facts.
    pub fn attempted(&mut self, n: u32) -> (CaseId, CardNumber, AttemptId) {
        let (case, number) = self.numbered(n);
        let fact = self.attempt(&case, 1, &number, None);
        self.record(&case, 4, &[fact]).unwrap();
        let attempt = attempt_id(&case, 1);
        (case, number, attempt)
    }

    /// The fact of a print, with its page stored.
    pub fn attempt(&mut self, case: &CaseId, n: u32, number: &CardNumber, reprint: Option<&str>) -> Fact {
        Fact::PrintAttempted {
            attempt: attempt_id(case, n),
            number: number.clone(),
            reprint: reprint.map(str::to_owned),
            pdf: self.ledger.store_picture(b"%PDF a page").unwrap(),
            queue: "simulated".to_owned(),
            calibration: None,
            archived: None,
        }
    }
}

pub fn key(dir: &Path) -> LedgerKey {
    LedgerKey::load_or_create(&dir.join("ledger.key")).unwrap()
}

/// The same file through a connection of the test's own, to do what no program should.
pub fn raw(dir: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(dir.join("ledger.db")).unwrap();
    let key = std::fs::read_to_string(dir.join("ledger.key")).unwrap();
    connection.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    connection
}

/// Minutes after nine o'clock in Yiyang.
pub fn at(minutes: i64) -> Timestamp {
    "2021-11-08T01:00:00Z".parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_mins(minutes)
}

pub fn clerk() -> Actor {
    "clerk:test".parse().unwrap()
}

pub fn case(n: u32) -> CaseId {
    format!("XXC-20211108-{n:04}").parse().unwrap()
}

pub fn card(n: u32) -> CardNumber {
    format!("YYXXC{n:06}").parse().unwrap()
}

pub fn attempt_id(case: &CaseId, n: u32) -> AttemptId {
    format!("{case}-P{n}").parse().unwrap()
}

/// An invented citizen number with a valid check character.
pub fn id_number(n: u32) -> IdNumber {
    let body = format!("43090319510308{:03}", n % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]).parse().unwrap()
}

pub fn opened() -> Fact {
    Fact::Opened {
        kind: CaseKind::First,
        window: "XXC".parse().unwrap(),
        level: WindowLevel::Village,
        pack: PackStamp { id: "yiyang-2021".to_owned(), hash: "0".repeat(64) },
        training: true,
    }
}

pub fn identified(n: u32) -> Fact {
    Fact::Identified {
        role: Role::Applicant,
        identity: Identity {
            source: IdentitySource::Chip,
            document: DocumentKind::Resident,
            name: format!("样本{n}").parse().unwrap(),
            sex: Sex::Female,
            ethnicity: "01".to_owned(),
            birth: date(1951, 3, 8),
            address: "样例市样例区样例村1组".to_owned(),
            number: id_number(n),
            issuing_authority: "样例市公安局".to_owned(),
            valid_from: Some(date(2010, 1, 1)),
            valid_until: ValidUntil::LongTerm,
            sam_id: None,
            raw_text: None,
        },
        reused: None,
    }
}

pub fn accepted(case: &CaseId) -> Fact {
    Fact::Accepted { receipt: format!("{case}-R").parse().unwrap(), due: None }
}

pub fn delivered() -> Fact {
    Fact::Delivered {
        proof: DeliveryProof::IdCard,
        receiver: Receiver::Applicant,
        also: None,
        collector: None,
        id_read: false,
    }
}

/// A message of a case's fact `seq`.
pub fn message(case: &CaseId, seq: u32) -> NewMessage {
    let kind = MessageKind::Acceptance;
    NewMessage {
        kind,
        platform: "city".parse().unwrap(),
        key: MessageKey::of("counter-1", case, kind, seq),
        seq_in_case: seq,
        place: 1,
        keyed: true,
        body: format!(r#"{{"n":{seq}}}"#),
    }
}
