//! The outbox: strictly in order within a case, independent between cases, and nothing forgotten.

use casework::nouns::CaseId;
use ledger::{LedgerError, Message, MessageState, NewMessage, Next};

use crate::bench::*;

/// A case with `count` messages.
fn with_messages(bench: &mut Bench, n: u32, count: u32) -> CaseId {
    let messages: Vec<NewMessage> =
        (1..=count).map(|seq| NewMessage { seq_in_case: seq, key: format!("{n}-{seq}"), ..message(seq) }).collect();
    bench.record_with(&case(n), 0, &[opened()], &messages).unwrap();
    case(n)
}

fn due(bench: &Bench) -> Vec<(String, u32)> {
    let messages = bench.ledger.due_messages(at(0)).unwrap();
    messages.into_iter().map(|message| (message.case.to_string(), message.seq_in_case)).collect()
}

fn send(bench: &mut Bench, key: &str, next: &Next) {
    let id = find(bench, key).id;
    bench.ledger.mark_in_flight(id).unwrap();
    bench.ledger.settle(id, next).unwrap();
}

fn find(bench: &Bench, key: &str) -> Message {
    bench.ledger.all_messages().unwrap().into_iter().find(|message| message.key == key).unwrap()
}

fn done() -> Next {
    Next::Done { receipt: "R-1".to_owned() }
}

#[test]
fn a_case_s_messages_go_one_after_the_other() {
    let mut bench = Bench::new();
    let first = with_messages(&mut bench, 1, 2).to_string();
    let second = with_messages(&mut bench, 2, 1).to_string();
    assert_eq!(due(&bench), [(first.clone(), 1), (second.clone(), 1)]);
    send(&mut bench, "1-1", &done());
    assert_eq!(due(&bench), [(first, 2), (second, 1)]);
}

#[test]
fn a_rejected_message_holds_its_own_case_and_no_other() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, 2);
    let second = with_messages(&mut bench, 2, 1).to_string();
    send(&mut bench, "1-1", &Next::Rejected { code: "E01".to_owned(), text: "字段缺失".to_owned() });
    assert_eq!(due(&bench), [(second, 1)]);
    let rejected = find(&bench, "1-1");
    assert_eq!((rejected.state, rejected.last_code.as_deref()), (MessageState::Rejected, Some("E01")));
}

#[test]
fn a_message_put_off_comes_back_when_it_is_due() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, 1);
    send(&mut bench, "1-1", &Next::Later { due: at(5), code: Some("503".to_owned()), text: "忙".to_owned() });
    assert_eq!(bench.ledger.due_messages(at(4)).unwrap(), []);
    let back = bench.ledger.due_messages(at(5)).unwrap();
    assert_eq!((back.len(), back[0].attempt), (1, 1));
}

#[test]
fn a_message_under_way_is_due_again_after_a_restart_with_the_same_key_and_body() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, 1);
    let before = find(&bench, "1-1");
    bench.ledger.mark_in_flight(before.id).unwrap();
    assert_eq!(bench.ledger.due_messages(at(0)).unwrap(), []);
    let bench = bench.restarted();
    let after = find(&bench, "1-1");
    assert_eq!(
        (after.state, &after.key, &after.body, after.attempt),
        (MessageState::Due, &before.key, &before.body, 1)
    );
}

#[test]
fn what_is_done_stays_done() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, 1);
    send(&mut bench, "1-1", &done());
    let id = find(&bench, "1-1").id;
    assert!(matches!(bench.ledger.mark_in_flight(id), Err(LedgerError::MessageState { .. })));
    assert!(matches!(bench.ledger.settle(id, &done()), Err(LedgerError::MessageState { .. })));
    assert_eq!(find(&bench, "1-1").receipt.as_deref(), Some("R-1"));
    assert_eq!(bench.ledger.outbox_counts().unwrap(), [(MessageState::Done, 1)].into());
}

#[test]
fn an_unsent_message_cannot_be_settled() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, 1);
    let id = find(&bench, "1-1").id;
    assert!(matches!(bench.ledger.settle(id, &done()), Err(LedgerError::MessageState { .. })));
}

#[test]
fn the_schema_itself_refuses_to_change_or_remove_a_message() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, 1);
    let dir = bench.closed();
    let raw = raw(dir.path());
    assert!(raw.execute("UPDATE outbox SET body = '{}'", []).is_err());
    assert!(raw.execute("DELETE FROM outbox", []).is_err());
}
