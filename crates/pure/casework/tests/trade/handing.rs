//! Step 9: what proves that somebody may take the card, who took it, and the 30 minutes of a village.

use crate::bench::*;
use casework::{
    fact::Fact,
    nouns::*,
    steps::{
        FieldWhy, Judgement, Refusal,
        delivery::{self, CollectorEntry, Handing},
    },
};
use jiff::{SignedDuration, Timestamp};

use DeliveryProof::{IdCard, ReceiptList};

fn made(mode: ApplicantMode) -> Walk {
    let mut walk = Walk::village();
    walk.reach_the_gate(mode, Hukou::Local);
    walk.accept();
    walk.reserve(1);
    walk.print(None, PrintOutcome::SpoolerConfirmed);
    walk.confirm();
    walk
}

fn deliver(walk: &Walk, now: Timestamp, handing: &Handing) -> Judgement {
    delivery::deliver(&walk.case, &walk.pack, now, handing)
}

fn faults(answer: Judgement) -> Vec<(&'static str, FieldWhy)> {
    match answer {
        Err(Refusal::Correct(faults)) => faults.iter().map(|fault| (fault.field, fault.why)).collect(),
        other => panic!("entries to correct, not {other:?}"),
    }
}

/// S-54, the four ways.
#[test]
fn a_card_is_handed_over_against_the_identity_card_or_the_receipt_list_or_both_and_not_against_neither() {
    let walk = made(ApplicantMode::Agent);
    let no = Err(Refusal::Refused(vec![reason("DELIVERY_PROOF_NOT_ACCEPTED")]));
    for receiver in [Receiver::Applicant, Receiver::Agent] {
        for (proofs, kept) in [
            (&[][..], None),
            (&[IdCard][..], Some((IdCard, None))),
            (&[ReceiptList][..], Some((ReceiptList, None))),
            (&[ReceiptList, IdCard][..], Some((IdCard, Some(ReceiptList)))),
        ] {
            let answer = deliver(&walk, walk.now, &handing(proofs, receiver));
            let Some((proof, also)) = kept else {
                assert_eq!(answer, no, "{receiver:?}");
                continue;
            };
            let fact = Fact::Delivered { proof, receiver, also, collector: None, id_read: false };
            assert_eq!(answer, Ok(vec![fact]), "{proofs:?} {receiver:?}");
        }
    }
    // A stranger: the list proves whoever carries it, an identity card proves its holder.
    for (proofs, goes) in [(&[][..], false), (&[IdCard][..], false), (&[ReceiptList][..], true)] {
        let answer = deliver(&walk, walk.now, &handing(proofs, Receiver::Other));
        assert_eq!(answer.is_ok(), goes, "{proofs:?}");
        assert!(goes || answer == no);
    }
    let Ok(facts) = deliver(&walk, walk.now, &handing(&[IdCard, ReceiptList], Receiver::Other)) else {
        panic!("the list proves")
    };
    assert!(matches!(&facts[..], [Fact::Delivered { proof: ReceiptList, also: Some(IdCard), .. }]));
}

#[test]
fn a_stranger_who_takes_the_card_leaves_a_name_and_a_way_to_be_found() {
    let mut walk = made(ApplicantMode::InPerson);
    let now = walk.now;
    let as_stranger = |name: &str, contact: &str| Handing {
        collector: Some(CollectorEntry { name: name.to_owned(), contact: contact.to_owned() }),
        ..handing(&[ReceiptList], Receiver::Other)
    };
    let nobody = Handing { collector: None, ..handing(&[ReceiptList], Receiver::Other) };
    let missing = [("collector_name", FieldWhy::Missing), ("collector_contact", FieldWhy::Missing)];
    assert_eq!(faults(deliver(&walk, now, &nobody)), missing);
    assert_eq!(faults(deliver(&walk, now, &as_stranger(" ", ""))), missing);
    for (contact, why) in [("123", FieldWhy::NotAPhone), ("430903195103080024", FieldWhy::NotANumber)] {
        assert_eq!(faults(deliver(&walk, now, &as_stranger("邻居甲", contact))), [("collector_contact", why)]);
    }
    let number = number("430903", jiff::civil::date(1960, 1, 1), 7);
    let taken = as_stranger("邻居甲", number.as_str());
    walk.act(|case, pack| delivery::deliver(case, pack, now, &taken));
    let collector = walk.case.delivery().unwrap().collector.as_ref().unwrap();
    assert_eq!((collector.number.as_ref(), collector.phone.as_ref()), (Some(&number), None));
    let shown = format!("{:?}", walk.record.last().unwrap());
    assert!(!shown.contains("邻居甲") && !shown.contains(number.as_str()), "{shown}");
}

#[test]
fn an_agent_cannot_receive_a_case_without_one() {
    let walk = made(ApplicantMode::InPerson);
    let answer = deliver(&walk, walk.now, &handing(&[IdCard], Receiver::Agent));
    assert_eq!(faults(answer), [("receiver", FieldWhy::NoAgent)]);
}

#[test]
fn an_identity_card_that_is_read_proves_the_applicant_or_the_agent_and_nobody_else() {
    let walk = made(ApplicantMode::Agent);
    let whose = |number: &IdNumber| delivery::holder(&walk.case, &walk.pack, number);
    assert_eq!(whose(&elder().number), Ok(Receiver::Applicant));
    assert_eq!(whose(&daughter().number), Ok(Receiver::Agent));
    let stranger = number("430903", jiff::civil::date(1960, 1, 1), 7);
    assert_eq!(whose(&stranger), Err(Refusal::Refused(vec![reason("DELIVERY_PROOF_NOT_ACCEPTED")])));
}

/// S-55 at 29:59, at 30:00 and at 30:01.
#[test]
fn the_thirty_minutes_hold_to_their_last_second_and_a_missed_one_asks_for_the_reason() {
    let mut walk = made(ApplicantMode::InPerson);
    let accepted = walk.case.accepted_at().unwrap();
    let after = |seconds: i64| accepted + SignedDuration::from_secs(seconds);
    // Acceptance is judged a second before it is written.
    let due = walk.case.due().unwrap();
    assert_eq!(due, after(30 * 60 - 1));
    let plain = handing(&[IdCard], Receiver::Applicant);
    for seconds in [-1, 0] {
        let now = due + SignedDuration::from_secs(seconds);
        assert!(!walk.case.is_overdue(now));
        let facts = deliver(&walk, now, &plain).unwrap();
        assert!(matches!(facts[..], [Fact::Delivered { .. }]), "{facts:?}");
    }
    let late = due + SignedDuration::from_secs(1);
    assert!(walk.case.is_overdue(late));
    assert_eq!(faults(deliver(&walk, late, &plain)), [("late", FieldWhy::Missing)]);
    let told = Handing { late: Some("打印机卡纸".to_owned()), ..plain };
    let facts = deliver(&walk, late, &told).unwrap();
    walk.now = late;
    walk.write(&facts);
    assert_eq!(walk.case.missed().unwrap().reason, "打印机卡纸");
    assert!(walk.case.delivery().is_some(), "both stand in one act");
    assert!(!walk.case.is_overdue(late), "a card that is in a hand is not overdue");
}

#[test]
fn nothing_is_missed_where_no_clock_runs_or_before_it_is_over() {
    let walk = made(ApplicantMode::InPerson);
    let missed = [Fact::DeadlineMissed { reason: "没有".to_owned() }];
    assert!(walk.case.after(&missed, walk.now, &clerk()).is_err());
    let reason = Handing { late: Some("说了也不记".to_owned()), ..handing(&[IdCard], Receiver::Applicant) };
    assert_eq!(deliver(&walk, walk.now, &reason).unwrap().len(), 1, "a reason that nobody asked for is not written");
}
