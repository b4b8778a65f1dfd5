//! The outbox: strictly in order within a case, independent between cases, and nothing forgotten.

use casework::{
    nouns::CaseId,
    outbox::{Answer, Cause, MessageKey, MessageKind, NewMessage, Next, Reach, plan},
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
    due_at(bench, 0).into_iter().map(|message| (message.case, message.seq_in_case)).collect()
}

/// What would be sent so many minutes after nine.
fn due_at(bench: &Bench, minutes: i64) -> Vec<Message> {
    let ids = Reach::default().go_out(&bench.ledger.queue().unwrap(), at(minutes));
    ids.into_iter().map(|id| bench.ledger.message(id).unwrap().unwrap()).collect()
}

fn find(bench: &Bench, case: &CaseId, seq: u32) -> Message {
    let all = bench.ledger.all_messages().unwrap();
    all.into_iter().find(|message| message.case == *case && message.seq_in_case == seq).unwrap()
}

fn send(bench: &mut Bench, case: &CaseId, seq: u32, next: &Next) {
    let id = find(bench, case, seq).id;
    bench.ledger.begin_sending(&[id], at(0)).unwrap();
    bench.ledger.settle(id, next, at(0)).unwrap();
}

fn done() -> Next {
    Next::Done { receipt: "CITY-000001".to_owned() }
}

fn rejected() -> Next {
    Next::Rejected { code: "E01".to_owned(), text: "字段缺失".to_owned() }
}

fn closed() -> Next {
    Next::Closed { code: "AGEING_SYSTEM_CLOSED".to_owned(), text: "系统已关闭".to_owned() }
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
    for next in [rejected(), Next::Unknown] {
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
    send(&mut bench, &case, 4, &rejected());
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
    assert_eq!(due_at(&bench, 4), []);
    let back = due_at(&bench, 5);
    assert_eq!((back.len(), back[0].attempt, back[0].unreadable), (1, 1, 2));
    assert_eq!(back[0].last_code.as_deref(), Some("busy"));
}

#[test]
fn a_plan_for_a_stored_message_can_be_settled() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let id = find(&bench, &case, 4).id;
    bench.ledger.begin_sending(&[id], at(0)).unwrap();
    let body = r#"{"ok":true,"receipt":"CITY-000007"}"#.to_owned();
    let answer = Answer::Status { code: 200, retry_after: None, body };
    let next = plan(&find(&bench, &case, 4).entry(), &answer, at(0), 0.5);
    bench.ledger.settle(id, &next, at(0)).unwrap();
    let settled = find(&bench, &case, 4);
    assert_eq!((settled.state, settled.receipt.as_deref()), (MessageState::Done, Some("CITY-000007")));
    // A second answer to the same message plans nothing and changes nothing.
    let busy = Answer::Status { code: 503, retry_after: Some(SignedDuration::from_secs(1)), body: String::new() };
    bench.ledger.settle(id, &plan(&settled.entry(), &busy, at(0), 0.5), at(0)).unwrap();
    assert_eq!(find(&bench, &case, 4), settled);
}

#[test]
fn a_message_under_way_is_due_again_after_a_restart_with_the_same_key_and_body() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let before = find(&bench, &case, 4);
    bench.ledger.begin_sending(&[before.id], at(0)).unwrap();
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
    assert!(matches!(bench.ledger.begin_sending(&[id], at(0)), Err(LedgerError::MessageState { .. })));
    assert!(matches!(bench.ledger.settle(id, &Next::Unknown, at(0)), Err(LedgerError::MessageState { .. })));
    assert_eq!(bench.ledger.outbox_counts().unwrap(), [(MessageState::Done, 1)].into());
}

#[test]
fn an_unsent_message_cannot_be_settled() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let id = find(&bench, &case, 4).id;
    assert!(matches!(bench.ledger.settle(id, &done(), at(0)), Err(LedgerError::MessageState { .. })));
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

#[test]
fn a_closed_message_is_kept_with_its_cause_and_holds_nothing_back() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4, 9]);
    send(&mut bench, &case, 4, &closed());
    assert_eq!(due(&bench), [(case.clone(), 9)]);
    let kept = find(&bench, &case, 4);
    assert_eq!((kept.state, kept.last_code.as_deref()), (MessageState::Closed, Some("AGEING_SYSTEM_CLOSED")));
    assert_eq!(kept.last_text.as_deref(), Some("系统已关闭"));
    assert_eq!(bench.ledger.outbox_counts().unwrap()[&MessageState::Closed], 1);
    assert_eq!(due_at(&bench.restarted(), 60 * 24 * 365).len(), 1, "nor does it ever go by itself");
}

#[test]
fn two_messages_of_one_fact_go_in_their_places_and_no_place_is_taken_twice() {
    let mut bench = Bench::new();
    let case = case(1);
    let record = NewMessage { place: 2, ..second_kind(&case, 4) };
    bench.record_with(&case, 0, &[opened()], &[record.clone(), message(&case, 4), message(&case, 9)]).unwrap();
    let order =
        |bench: &Bench| due_at(bench, 0).into_iter().map(|one| (one.seq_in_case, one.place)).collect::<Vec<_>>();
    for expected in [(4, 1), (4, 2), (9, 1)] {
        assert_eq!(order(&bench), [expected]);
        let id = due_at(&bench, 0)[0].id;
        bench.ledger.begin_sending(&[id], at(0)).unwrap();
        bench.ledger.settle(id, &done(), at(0)).unwrap();
    }
    let again =
        bench.record_with(&case, 1, &[], &[NewMessage { key: MessageKey::of("x", &case, record.kind, 4), ..record }]);
    assert!(matches!(again, Err(LedgerError::MessageTaken { .. })), "{again:?}");
}

fn second_kind(case: &CaseId, seq: u32) -> NewMessage {
    let kind = MessageKind::AgeingRecord;
    NewMessage { kind, key: MessageKey::of("counter-1", case, kind, seq), ..message(case, seq) }
}

#[test]
fn what_was_under_way_to_a_platform_without_keys_is_not_sent_again_after_a_restart() {
    let mut bench = Bench::new();
    let case = case(1);
    let keyless = NewMessage { keyed: false, ..message(&case, 4) };
    bench.record_with(&case, 0, &[opened()], &[keyless]).unwrap();
    let id = find(&bench, &case, 4).id;
    bench.ledger.begin_sending(&[id], at(0)).unwrap();
    let bench = bench.restarted();
    assert_eq!(find(&bench, &case, 4).state, MessageState::Unknown);
    assert_eq!(due_at(&bench, 60 * 24), []);
}

#[test]
fn a_late_answer_ends_a_message_that_is_due_again_and_does_not_put_it_off() {
    let mut bench = Bench::new();
    let case = with_messages(&mut bench, 1, &[4]);
    let id = find(&bench, &case, 4).id;
    send(&mut bench, &case, 4, &Next::Later { at: at(1), unreadable: 0, cause: Cause::TimedOut });
    let put_off = bench.ledger.settle(id, &Next::Later { at: at(9), unreadable: 0, cause: Cause::Busy }, at(0));
    assert!(matches!(put_off, Err(LedgerError::MessageState { .. })));
    bench.ledger.settle(id, &done(), at(1)).unwrap();
    assert_eq!(find(&bench, &case, 4).state, MessageState::Done);
}

#[test]
fn messages_are_marked_all_together_or_not_at_all() {
    let mut bench = Bench::new();
    let first = with_messages(&mut bench, 1, &[4]);
    let second = with_messages(&mut bench, 2, &[4]);
    let ids = [find(&bench, &first, 4).id, find(&bench, &second, 4).id];
    send(&mut bench, &second, 4, &done());
    assert!(matches!(bench.ledger.begin_sending(&ids, at(0)), Err(LedgerError::MessageState { id }) if id == ids[1]));
    assert_eq!((find(&bench, &first, 4).state, find(&bench, &first, 4).attempt), (MessageState::Due, 0));
}
