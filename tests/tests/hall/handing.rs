//! The hand-over at the desk: the four ways, the card that is read, and who took the card.

use desk::contract::{CollectorForm, Proof, Request, Screen, StepBody, Taker};

use crate::bench::{ARCHIVIST, Bench, CLERK, ISSUER};

/// A hall's case at its delivery, with the issuer at work.
fn at_the_delivery() -> (Bench, String) {
    let mut bench = Bench::hall();
    let number = bench.accepted();
    bench.result(&number, "good");
    bench.seconds(20);
    bench.sign_in(ISSUER);
    bench.must(Request::ResumeCase { case: number.clone() });
    bench.walk_until(|body| matches!(body, StepBody::Delivery { .. }));
    (bench, number)
}

fn deliver(proofs: &[Proof], receiver: Taker) -> Request {
    Request::Deliver { proofs: proofs.to_vec(), receiver, collector: None, late: None }
}

/// S-54 at the desk.
#[test]
fn the_desk_takes_either_proof_or_both_and_not_neither() {
    use Proof::{IdCard, ReceiptList};
    for (proofs, code) in [
        (&[][..], "delivery.refused"),
        (&[IdCard][..], "done"),
        (&[ReceiptList][..], "done"),
        (&[IdCard, ReceiptList][..], "done"),
    ] {
        let (mut bench, number) = at_the_delivery();
        assert_eq!(bench.code(deliver(proofs, Taker::Applicant)), code, "{proofs:?}");
        let left = bench.aftermath();
        let delivered = left.facts(&number.parse().unwrap()).into_iter().find(|one| one.fact.tag() == "delivered");
        assert_eq!(delivered.is_some(), code == "done");
        if let Some(delivered) = delivered {
            let body: serde_json::Value = serde_json::from_str(&delivered.fact.body()).unwrap();
            assert_eq!(body.get("also").is_some(), proofs.len() == 2, "{body}");
        }
    }
}

#[test]
fn a_card_that_is_read_at_the_delivery_proves_the_applicant_and_a_strangers_is_refused() {
    let (mut bench, number) = at_the_delivery();
    bench.card = "yan";
    bench.must(Request::ReadCollector);
    assert_eq!(bench.view().trouble.map(|fault| fault.code).as_deref(), Some("delivery.other_card"));
    assert!(matches!(bench.case().body, StepBody::Delivery { read: None, reading: false, .. }));
    bench.card = "ouyang";
    bench.must(Request::ReadCollector);
    assert!(matches!(bench.case().body, StepBody::Delivery { read: Some(Taker::Applicant), .. }));
    let delivered = bench.view();
    assert!(delivered.trouble.is_none());
    // Shown is not taken: only the word of the person at the counter delivers.
    bench.must(deliver(&[Proof::IdCard], Taker::Applicant));
    let left = bench.aftermath();
    let facts = left.facts(&number.parse().unwrap());
    let body = facts.iter().find(|one| one.fact.tag() == "delivered").unwrap().fact.body();
    assert!(body.contains("\"id_read\":true"), "{body}");
}

#[test]
fn a_stranger_with_the_list_is_named_and_shown_masked() {
    let (mut bench, _) = at_the_delivery();
    assert_eq!(bench.code(deliver(&[Proof::ReceiptList], Taker::Other)), "delivery.correct");
    let collector = Some(CollectorForm { name: "邻居甲".to_owned(), contact: "13900000001".to_owned() });
    bench.must(Request::Deliver { proofs: vec![Proof::ReceiptList], receiver: Taker::Other, collector, late: None });
    bench.must(Request::HandOver { to: ARCHIVIST.name.to_owned(), password: Some(ARCHIVIST.secret()) });
    bench.sign_in(ARCHIVIST);
    let Screen::Lobby { cases, .. } = bench.view().screen else { panic!("the lobby is shown") };
    let case = cases[0].case.clone();
    bench.must(Request::ResumeCase { case });
    let closed = bench.walk_until(|body| matches!(body, StepBody::Closed { .. }));
    let StepBody::Closed { lines, .. } = &closed.body else { panic!("closed") };
    let told = lines.concat();
    assert!(told.contains("邻**") && told.contains("0001"), "{told}");
    assert!(!told.contains("邻居甲") && !told.contains("13900000001"), "{told}");
    bench.sign_in(CLERK);
}
