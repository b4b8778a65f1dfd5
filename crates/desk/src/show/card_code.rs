//! The page on which the code of a card is checked.

use credential::Words;

use crate::card_code::{NOT_SAID, Seen};
use crate::contract::{CardCodeView, CodeChecked, CodeLine};
use crate::desk::Desk;
use crate::words;

impl Desk {
    pub(crate) fn card_code_page(&self) -> CardCodeView {
        let acts = self.acts_of_a_page(vec![super::acts::yes("check_card_code")]);
        CardCodeView { checked: self.at_hand.code.as_ref().map(checked), acts }
    }
}

fn checked(seen: &Seen) -> CodeChecked {
    match seen {
        Seen::Signed(said) => {
            CodeChecked {
                signed: true, what: "签名有效".to_owned(), do_now: NOT_SAID.to_owned(), lines: lines(said)
            }
        }
        Seen::Doubted(doubted) => CodeChecked {
            signed: false,
            what: doubted.what.clone(),
            do_now: doubted.do_now.to_owned(),
            lines: Vec::new(),
        },
    }
}

fn lines(said: &Words) -> Vec<CodeLine> {
    let line = |name: &str, value: String| CodeLine { name: name.to_owned(), value };
    vec![
        line("姓名", said.name.clone()),
        line("性别", said.sex.clone()),
        line("出生", words::date(said.birth)),
        line("证号", said.card_number.clone()),
        line("发证机关", said.issuing_authority.clone()),
        line("发证日期", words::date(said.issued_on)),
    ]
}
