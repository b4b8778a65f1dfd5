//! What people do to the outbox, and what a stick brings: each in one transaction with its row of the journal.

use casework::{
    nouns::CaseId,
    outbox::Next,
    station_fact::{StationFact, StickAnswer, StickOutcome},
};
use jiff::civil::date;
use ledger::{LedgerError, Message, MessageState, StationEntry};

use crate::bench::*;

fn with_messages(bench: &mut Bench, n: u32, seqs: &[u32]) -> CaseId {
    let case = case(n);
    let messages: Vec<_> = seqs.iter().map(|seq| message(&case, *seq)).collect();
    bench.record_with(&case, 0, &[opened()], &messages).unwrap();
    case
}

fn find(bench: &Bench, case: &CaseId, seq: u32) -> Message {
    let all = bench.ledger.all_messages().unwrap();
    all.into_iter().find(|message| message.case == *case && message.seq_in_case == seq).unwrap()
}

fn become_(bench: &mut Bench, case: &CaseId, seq: u32, next: &Next) {
    let id = find(bench, case, seq).id;
    bench.ledger.begin_sending(&[id], at(1)).unwrap();
    bench.ledger.settle(id, next, at(1)).unwrap();
}

fn note(bench: &mut Bench, fact: StationFact) -> Result<(), LedgerError> {
    let facts = [fact];
    bench.ledger.record_station(StationEntry { at: at(2), actor: &clerk(), facts: &facts, password: None, tries: None })
}

fn done() -> Next {
    Next::Done { receipt: "CITY-000001".to_owned() }
}

fn rejected() -> Next {
    Next::Rejected { code: "E01".to_owned(), text: "字段缺失".to_owned() }
}

fn exported(serial: u32, messages: &[&Message]) -> StationFact {
    let keys = messages.iter().map(|message| message.key.clone()).collect();
    StationFact::OutboxExported { serial, sm3: format!("{serial:064}"), keys }
}

fn arrived(message: &Message) -> StickAnswer {
    let outcome = StickOutcome::Done { receipt: "CITY-000009".to_owned() };
    StickAnswer { key: message.key.clone(), case: message.case.clone(), outcome }
}

fn imported(serial: u32, answers: Vec<StickAnswer>) -> StationFact {
    StationFact::ReceiptsImported { serial, sm3: "f".repeat(64), answers }
}

#[test]
fn a_person_s_retry_makes_a_rejected_message_due_and_is_a_row_of_the_journal() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[1]);
    become_(&mut bench, &case, 1, &rejected());
    let key = find(&bench, &case, 1).key;
    let again = || StationFact::MessageRetried { key: key.clone(), case: case.clone(), was: "rejected".to_owned() };
    note(&mut bench, again()).unwrap();
    let message = find(&bench, &case, 1);
    assert_eq!((message.state, message.due_at, message.attempt), (MessageState::Due, at(2), 1));
    assert_eq!((message.last_code, message.last_text), (None, None));
    assert_eq!(bench.ledger.station_facts().unwrap().last().unwrap().fact, again());
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
}

#[test]
fn what_is_under_way_or_done_is_not_sent_again_and_nothing_of_the_act_stays() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[1]);
    let message = find(&bench, &case, 1);
    let again = StationFact::MessageRetried { key: message.key.clone(), case: case.clone(), was: "due".to_owned() };
    bench.ledger.begin_sending(&[message.id], at(1)).unwrap();
    assert!(matches!(note(&mut bench, again.clone()), Err(LedgerError::MessageMoved { .. })));
    bench.ledger.settle(message.id, &done(), at(1)).unwrap();
    assert!(matches!(note(&mut bench, again), Err(LedgerError::MessageMoved { .. })));
    assert_eq!(bench.ledger.station_facts().unwrap(), []);
}

#[test]
fn everything_that_waits_for_a_platform_is_due_at_once_and_other_states_stay() {
    let mut bench = Bench::new();
    let first = with_messages(&mut bench, 1, &[1]);
    let second = with_messages(&mut bench, 2, &[1]);
    become_(&mut bench, &second, 1, &rejected());
    let city = "city".parse().unwrap();
    assert_eq!(bench.ledger.waiting_by_platform().unwrap().get(&city), Some(&1));
    let wrong = StationFact::PlatformRetried { platform: "city".parse().unwrap(), messages: 2 };
    assert!(matches!(note(&mut bench, wrong), Err(LedgerError::MessageMoved { .. })));
    note(&mut bench, StationFact::PlatformRetried { platform: city, messages: 1 }).unwrap();
    assert_eq!(find(&bench, &first, 1).due_at, at(2));
    assert_eq!(find(&bench, &second, 1).state, MessageState::Rejected);
}

#[test]
fn an_unknown_message_is_done_when_a_person_has_its_receipt_and_no_other_is() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[1]);
    let key = find(&bench, &case, 1).key;
    let found = StationFact::MessageArrived { key, case: case.clone(), receipt: "R-7".to_owned() };
    assert!(matches!(note(&mut bench, found.clone()), Err(LedgerError::MessageMoved { .. })));
    become_(&mut bench, &case, 1, &Next::Unknown);
    note(&mut bench, found).unwrap();
    let message = find(&bench, &case, 1);
    assert_eq!((message.state, message.receipt.as_deref()), (MessageState::Done, Some("R-7")));
    assert_eq!(bench.ledger.count_arrived(date(2021, 11, 8)).unwrap(), 1);
}

#[test]
fn the_backlog_is_what_a_network_would_bring_on_its_way() {
    let mut bench = Bench::new();
    assert_eq!(bench.ledger.backlog().unwrap().pending, 0);
    let poison = with_messages(&mut bench, 1, &[1, 2]);
    with_messages(&mut bench, 2, &[1]);
    let backlog = bench.ledger.backlog().unwrap();
    assert_eq!((backlog.pending, backlog.oldest), (3, Some(at(0))));
    become_(&mut bench, &poison, 1, &rejected());
    assert_eq!(
        bench.ledger.backlog().unwrap().pending,
        1,
        "the refused one and what stands behind it wait for a person"
    );
    let places = |most| -> Vec<_> {
        let undone = bench.ledger.undone_messages(most).unwrap();
        undone.into_iter().map(|one| (one.state, one.seq_in_case)).collect()
    };
    let (stuck, goes, held) = ((MessageState::Rejected, 1), (MessageState::Due, 1), (MessageState::Due, 2));
    assert_eq!(places(9), [stuck, goes, held], "what a person has to look at comes first, what has to wait last");
    assert_eq!(places(1), [stuck]);
    assert_eq!(bench.ledger.count_undone().unwrap(), 3);
    assert_eq!(bench.ledger.undone_before(&find(&bench, &poison, 2)).unwrap(), Some(MessageState::Rejected));
    assert_eq!(bench.ledger.exportable_messages().unwrap().len(), 1);
}

#[test]
fn an_export_marks_nothing_as_sent_and_is_noted_once_it_is_on_the_stick() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[1]);
    let message = find(&bench, &case, 1);
    assert_eq!(bench.ledger.next_export_serial().unwrap(), 1);
    note(&mut bench, exported(1, &[&message])).unwrap();
    assert_eq!(bench.ledger.exported_at(&message.key).unwrap(), None, "nobody knows yet whether it is on the stick");
    assert_eq!(bench.ledger.last_stick_export().unwrap(), None);
    bench.ledger.note_export_written(1, at(3)).unwrap();
    assert_eq!(bench.ledger.exported_at(&message.key).unwrap(), Some(at(3)));
    assert_eq!(bench.ledger.last_stick_export().unwrap().unwrap().messages, 1);
    assert_eq!(find(&bench, &case, 1), message);
    assert_eq!(bench.ledger.queue().unwrap().len(), 1);
    assert_eq!(bench.ledger.next_export_serial().unwrap(), 2);
    assert!(matches!(note(&mut bench, exported(1, &[&message])), Err(LedgerError::StickRefused { .. })));
}

#[test]
fn answers_settle_their_messages_once_and_what_arrived_meanwhile_keeps_its_receipt() {
    let mut bench = Bench::new();
    let [by_stick, by_wire, under_way] = [1, 2, 3].map(|n| with_messages(&mut bench, n, &[1]));
    let messages = [&by_stick, &by_wire, &under_way].map(|case| find(&bench, case, 1));
    note(&mut bench, exported(1, &messages.each_ref())).unwrap();
    become_(&mut bench, &by_wire, 1, &done());
    bench.ledger.begin_sending(&[messages[2].id], at(1)).unwrap();
    let answers = || imported(1, messages.iter().map(arrived).collect());
    note(&mut bench, answers()).unwrap();
    let receipts = [&by_stick, &by_wire, &under_way].map(|case| find(&bench, case, 1).receipt.unwrap());
    assert_eq!(receipts, ["CITY-000009", "CITY-000001", "CITY-000009"]);
    assert_eq!(bench.ledger.count_arrived(date(2021, 11, 8)).unwrap(), 3);
    // The answer over the wire comes after all: planning says that it is settled, and nothing moves.
    bench.ledger.settle(messages[2].id, &Next::Settled, at(4)).unwrap();
    assert!(bench.ledger.is_imported(&"f".repeat(64)).unwrap());
    assert!(matches!(note(&mut bench, answers()), Err(LedgerError::StickRefused { .. })));
    assert_eq!(bench.ledger.report().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_file_with_one_strange_answer_changes_nothing() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[1]);
    let other = with_messages(&mut bench, 2, &[1]);
    let (message, stranger) = (find(&bench, &case, 1), find(&bench, &other, 1));
    note(&mut bench, exported(1, &[&message])).unwrap();
    let wrong_case = StickAnswer { case: other.clone(), ..arrived(&message) };
    for answers in [vec![arrived(&message), arrived(&stranger)], vec![wrong_case]] {
        assert!(matches!(note(&mut bench, imported(1, answers)), Err(LedgerError::StickRefused { .. })));
    }
    assert!(matches!(note(&mut bench, imported(2, vec![])), Err(LedgerError::StickRefused { .. })));
    assert_eq!(bench.ledger.backlog().unwrap().pending, 2);
    assert!(!bench.ledger.is_imported(&"f".repeat(64)).unwrap());
}

#[test]
fn a_refusal_by_way_of_the_county_stops_its_message_unless_it_is_under_way() {
    let mut bench = Bench::new();
    let [waiting, under_way, closed] = [1, 2, 3].map(|n| with_messages(&mut bench, n, &[1]));
    let messages = [&waiting, &under_way, &closed].map(|case| find(&bench, case, 1));
    note(&mut bench, exported(1, &messages.each_ref())).unwrap();
    bench.ledger.begin_sending(&[messages[1].id], at(1)).unwrap();
    let refused = |message: &Message| StickAnswer {
        outcome: StickOutcome::Rejected { code: "E01".to_owned(), text: String::new() },
        ..arrived(message)
    };
    let mut answers: Vec<_> = messages.iter().map(refused).collect();
    answers[2].outcome = StickOutcome::Closed { code: "AGEING_SYSTEM_CLOSED".to_owned(), text: String::new() };
    note(&mut bench, imported(1, answers)).unwrap();
    let states = [&waiting, &under_way, &closed].map(|case| find(&bench, case, 1).state);
    assert_eq!(states, [MessageState::Rejected, MessageState::InFlight, MessageState::Closed]);
}
