//! The outbox: strictly in order within a case, independent between cases, and nothing forgotten.

use casework::{
    nouns::CaseId,
    outbox::{Answer, Cause, Next, plan},
};
use jiff::SignedDuration;
use ledger::{LedgerError, Message, MessageState};

use crate::bench::*;

/// A case with a message for each of its facts `seqs`.
fn with_messages(bench: &mut Bench, n: u32, seqs: &[u32]) -> CaseId {
    let case = case(n);
    let messages: Vec<_> = seqs.iter().map(|seq| message(&case, *seq)).collect();
    bench.record_with(&case, 0, &[opened()], &messages).unwrap();
    case
}

fn due(bench: &Bench) -> Vec<(CaseId, u32)> {
    let messages = bench.ledger.due_messages(at(0)).unwrap();
    messages.into_iter().map(|message| (message.case, message.seq_in_case)).collect()
}

fn find(bench: &Bench, case: &CaseId, seq: u32) -> Message {
    let all = bench.ledger.all_messages().unwrap();
    all.into_iter().find(|message| message.case == *case && message.seq_in_case == seq).unwrap()
}

fn send(bench: &mut Bench, case: &CaseId, seq: u32, next: &Next) {
    let id = find(bench, case, seq).id;
    bench.ledger.mark_in_flight(id).unwrap();
    bench.ledger.settle(id, next).unwrap();
}

fn done() -> Next {
    Next::Done { receipt: "CITY-000001".to_owned() }
}

#[test]
fn a_case_s_messages_go_one_after_the_other() {
    let mut bench = Bench::new();
    let first = with_messages(&mut bench, 1, &[4, 9]);
    let second = with_messages(&mut bench, 2, &[4]);
    assert_eq!(due(&bench), [(first.clone(), 4), (second.clone(), 4)]);
    send(&mut bench, &first, 4, &done());
    assert_eq!(due(&bench), [(first, 9), (second, 4)]);
}

#[test]
fn a_rejected_or_unknown_message_holds_its_own_case_and_no_other() {
    for next in [Next::Rejected { code: "E01".to_owned(), text: "字段缺失".to_owned() }, Next::Unknown] {
        let mut bench = Bench::new();
        let first = with_messages(&mut bench, 1, &[4, 9]);
        let second = with_messages(&mut bench, 2, &[4]);
        send(&mut bench, &first, 4, &next);
        assert_eq!(due(&bench), [(second, 4)]);
    }
}

#[test]
fn a_rejection_keeps_the_platform_s_code_and_words() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    send(&mut bench, &case, 4, &Next::Rejected { code: "E01".to_owned(), text: "字段缺失".to_owned() });
    let rejected = find(&bench, &case, 4);
    assert_eq!(bench.ledger.message(rejected.id).unwrap().as_ref(), Some(&rejected));
    assert_eq!(bench.ledger.message(rejected.id + 1).unwrap(), None);
    assert_eq!(rejected.state, MessageState::Rejected);
    assert_eq!((rejected.last_code.as_deref(), rejected.last_text.as_deref()), (Some("E01"), Some("字段缺失")));
}

#[test]
fn a_message_put_off_comes_back_when_it_is_due() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    send(&mut bench, &case, 4, &Next::Later { at: at(5), unreadable: 2, cause: Cause::Busy });
    assert_eq!(bench.ledger.due_messages(at(4)).unwrap(), []);
    let back = bench.ledger.due_messages(at(5)).unwrap();
    assert_eq!((back.len(), back[0].attempt, back[0].unreadable), (1, 1, 2));
    assert_eq!(back[0].last_code.as_deref(), Some("busy"));
}

#[test]
fn a_plan_for_a_stored_message_can_be_settled() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let id = find(&bench, &case, 4).id;
    bench.ledger.mark_in_flight(id).unwrap();
    let body = r#"{"ok":true,"receipt":"CITY-000007"}"#.to_owned();
    let answer = Answer::Status { code: 200, retry_after: None, body };
    let next = plan(&find(&bench, &case, 4).entry(true), &answer, at(0), 0.5);
    bench.ledger.settle(id, &next).unwrap();
    let settled = find(&bench, &case, 4);
    assert_eq!((settled.state, settled.receipt.as_deref()), (MessageState::Done, Some("CITY-000007")));
    // A second answer to the same message plans nothing and changes nothing.
    let busy = Answer::Status { code: 503, retry_after: Some(SignedDuration::from_secs(1)), body: String::new() };
    bench.ledger.settle(id, &plan(&settled.entry(true), &busy, at(0), 0.5)).unwrap();
    assert_eq!(find(&bench, &case, 4), settled);
}

#[test]
fn a_message_under_way_is_due_again_after_a_restart_with_the_same_key_and_body() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let before = find(&bench, &case, 4);
    bench.ledger.mark_in_flight(before.id).unwrap();
    assert_eq!(due(&bench), []);
    let bench = bench.restarted();
    let after = find(&bench, &case, 4);
    assert_eq!(
        (after.state, &after.key, &after.body, after.attempt),
        (MessageState::Due, &before.key, &before.body, 1)
    );
}

#[test]
fn what_is_done_stays_done() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    send(&mut bench, &case, 4, &done());
    let id = find(&bench, &case, 4).id;
    assert!(matches!(bench.ledger.mark_in_flight(id), Err(LedgerError::MessageState { .. })));
    assert!(matches!(bench.ledger.settle(id, &Next::Unknown), Err(LedgerError::MessageState { .. })));
    assert_eq!(bench.ledger.outbox_counts().unwrap(), [(MessageState::Done, 1)].into());
}

#[test]
fn an_unsent_message_cannot_be_settled() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let id = find(&bench, &case, 4).id;
    assert!(matches!(bench.ledger.settle(id, &done()), Err(LedgerError::MessageState { .. })));
}

#[test]
fn the_schema_itself_refuses_to_change_or_remove_a_message() {
    let mut bench = Bench::new();
    with_messages(&mut bench, 1, &[4]);
    let dir = bench.closed();
    let raw = raw(dir.path());
    assert!(raw.execute("UPDATE outbox SET body = '{}'", []).is_err());
    assert!(raw.execute("DELETE FROM outbox", []).is_err());
}

#[test]
fn debug_hides_what_a_message_says() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let message = find(&bench, &case, 4);
    assert!(!format!("{message:?}").contains(&message.body));
}
