//! Who may take the card, as the screen of the delivery offers it, and who took it.

use casework::case::Case;
use casework::nouns::{Receiver, mask};

use crate::contract::{Choice, Taker};

/// The applicant, the agent if there is one, and anybody else.
pub fn receivers(case: &Case) -> Vec<Choice> {
    let named = |value: &str, name: String| Choice { value: value.to_owned(), name };
    let applicant = case.identity().map(|identity| named("applicant", format!("本人（{}）", identity.name.masked())));
    let agent = case.agent().map(|identity| named("agent", format!("代理人（{}）", identity.name.masked())));
    applicant.into_iter().chain(agent).chain([named("other", "其他人".to_owned())]).collect()
}

pub fn taker(receiver: Receiver) -> Taker {
    match receiver {
        Receiver::Applicant => Taker::Applicant,
        Receiver::Agent => Taker::Agent,
        Receiver::Other => Taker::Other,
    }
}

/// `由代理人领取，凭身份证（已读卡）和收文清单`; nobody's name or number in full.
pub fn told(case: &Case) -> Option<String> {
    let delivery = case.delivery()?;
    let who = match (delivery.receiver, &delivery.collector) {
        (Receiver::Applicant, _) => "本人".to_owned(),
        (Receiver::Agent, _) => "代理人".to_owned(),
        (Receiver::Other, None) => "其他人".to_owned(),
        (Receiver::Other, Some(one)) => {
            let contact = match (&one.number, &one.phone) {
                (Some(number), _) => number.masked(3, 4),
                (None, Some(phone)) => mask::phone(phone),
                (None, None) => String::new(),
            };
            format!("{}（{contact}）", one.name.masked())
        }
    };
    let word = |proof| match proof {
        casework::nouns::DeliveryProof::IdCard if delivery.id_read => "身份证（已读卡）",
        casework::nouns::DeliveryProof::IdCard => "身份证",
        casework::nouns::DeliveryProof::ReceiptList => "收文清单",
    };
    let proofs: Vec<&str> = std::iter::once(delivery.proof).chain(delivery.also).map(word).collect();
    Some(format!("由{who}领取，凭{}", proofs.join("和")))
}
