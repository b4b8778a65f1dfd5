//! Facts of the station as they are written and read back.

use super::*;
use crate::follow_up::{Exclusion, Settlement};

#[test]
fn the_tag_of_a_station_fact_is_that_of_its_body() {
    let name: Actor = "张敏".parse().unwrap();
    let until: Timestamp = "2021-11-08T01:00:00Z".parse().unwrap();
    let key = || "00000000-0000-0000-0000-000000000000".to_owned();
    let case = || "HS0101-20211108-0001".parse().unwrap();
    let facts = [
        StationFact::PersonAdded { name: name.clone(), roles: [PersonRole::Clerk].into() },
        StationFact::RolesSet { name: name.clone(), roles: [PersonRole::Issuer].into() },
        StationFact::PasswordSet { name: name.clone() },
        StationFact::PersonDismissed { name: name.clone() },
        StationFact::SignedIn { name: name.clone() },
        StationFact::SignedOut { name: name.clone(), idle: true },
        StationFact::SignInFailed { name: None },
        StationFact::LockedOut { name: Some(name.clone()), until },
        StationFact::ListSigned {
            list: "YDHS01-20211108-001".parse().unwrap(),
            kind: ListKind::ToArchive,
            from: name.clone(),
            to: name,
            cases: vec!["HS0101-20211108-0001".parse().unwrap()],
            old_cards: 1,
            pdf: "a".repeat(64).parse().unwrap(),
        },
        StationFact::ArchiveExported {
            case: "HS0101-20211108-0001".parse().unwrap(),
            package: "a".repeat(64).parse().unwrap(),
        },
        StationFact::Unmasked { case: "HS0101-20211108-0001".parse().unwrap(), reason: "核对档案".to_owned() },
        StationFact::MessageRetried { key: key(), case: case(), was: "rejected".to_owned() },
        StationFact::PlatformRetried { platform: "city".parse().unwrap(), messages: 3 },
        StationFact::MessageArrived { key: key(), case: case(), receipt: "CITY-000001".to_owned() },
        StationFact::OutboxExported { serial: 1, sm3: "0".repeat(64), keys: vec![key()] },
        StationFact::ReceiptsImported {
            serial: 1,
            sm3: "0".repeat(64),
            answers: vec![
                StickAnswer {
                    key: key(),
                    case: case(),
                    outcome: StickOutcome::Done { receipt: "CITY-000001".to_owned() },
                },
                StickAnswer {
                    key: key(),
                    case: case(),
                    outcome: StickOutcome::Rejected { code: "E01".to_owned(), text: "字段缺失".to_owned() },
                },
            ],
        },
        StationFact::BlanksReceived {
            serials: Some(Serials::between(&"A01".parse().unwrap(), &"A09".parse().unwrap()).unwrap()),
            count: 9,
            source: "区民政局发".to_owned(),
        },
        StationFact::BlanksSpoiled { serial: None, count: 2, cause: "受潮".to_owned() },
        StationFact::BlanksLost { serial: Some("A03".parse().unwrap()), count: 1, cause: "找不到".to_owned() },
        StationFact::BlockGranted { lo: 1001, hi: 2000 },
        StationFact::ReaderPinned { sam_id: "05030000".to_owned(), before: None },
        StationFact::PrinterCalibrated {
            printer: "card".to_owned(),
            tray: "main".to_owned(),
            side: "front".to_owned(),
            stock: "card-cr80".to_owned(),
            terms: "dx = 0.3; residual = 0.02".to_owned(),
            sm3: Some("0".repeat(64)),
        },
        StationFact::Erased {
            case: "HS0101-20211108-0001".parse().unwrap(),
            facts: 9,
            pictures: 3,
            reason: "保存期限已到".to_owned(),
            words: vec![4],
        },
        StationFact::BatchOpened {
            batch: "JZHS01-20211108-001".parse().unwrap(),
            agent: "0".repeat(64),
            standing: "村干部".to_owned(),
            source: IdentitySource::Chip,
            read_at: until,
            good_until: until,
        },
        StationFact::BatchClosed { batch: "JZHS01-20211108-001".parse().unwrap(), why: BatchEnd::TimeOver },
        StationFact::DoorSlipGiven {
            slip: "NHS01-20211108-M0001".parse().unwrap(),
            window: "HS01".parse().unwrap(),
            day: "2021-11-08".parse().unwrap(),
            ordinal: 1,
            reasons: vec!["TOO_YOUNG".parse().unwrap()],
            pdf: "a".repeat(64).parse().unwrap(),
        },
        StationFact::RetentionRun {
            counted: "2021-12-07".parse().unwrap(),
            clock: "2021-12-08".parse().unwrap(),
            word: false,
            cases: 3,
            waiting: 1,
        },
        StationFact::DoorSlipsErased { before: "2021-12-08".parse().unwrap(), slips: 2 },
        StationFact::Exported {
            what: "统计".to_owned(),
            from: "2021-11-08".parse().unwrap(),
            to: "2021-11-14".parse().unwrap(),
            rows: 20,
            file: "统计.csv".to_owned(),
            sm3: "0".repeat(64),
        },
        StationFact::FollowUpSettled {
            settled: Settled {
                case: "HS0101-20211108-0001".parse().unwrap(),
                seq: 17,
                how: Settlement::Excluded { why: Exclusion::Mistaken, reason: "本人说点错了".to_owned() },
            },
        },
    ];
    for fact in facts {
        let body: serde_json::Value = serde_json::from_str(&fact.body()).unwrap();
        assert_eq!(body["fact"], fact.tag());
        assert_eq!(serde_json::from_value::<StationFact>(body).unwrap(), fact);
    }
}
