//! Numbers and blank cards (空白证): step 7, and the book of blanks. A blank is asked for before a number is taken, so that no
//! number waits for a card that cannot be printed.

use casework::nouns::{CardNumber, NumberFrom};
use casework::station_fact::StationFact;
use casework::steps::numbering;
use casework::stock::{self, WriteOff};

use crate::desk::{Desk, Effect, Now};
use crate::fault::{self, Trouble};

type Done = Result<Vec<Effect>, Trouble>;

impl Desk {
    /// The next number of the block, or the one that the system gave.
    pub(super) fn reserve_number(&mut self, now: Now) -> Done {
        let post = self.post();
        numbering::permit(self.case()?, &self.pack, post)
            .map_err(|refusal| fault::refusal("numbering", &refusal, &self.pack))?;
        self.a_printer_to_print_on()?;
        let number = match numbering::gives(&self.pack) {
            NumberFrom::Block => self.next_of_the_block()?,
            NumberFrom::Blank => return Err(Trouble::of("desk.not_now").because("请扫描空白证上的号")),
            NumberFrom::System => numbering::returned(self.case()?)
                .map_err(|refusal| fault::refusal("numbering", &refusal, &self.pack))?
                .clone(),
        };
        if self.free_blanks()? == Some(0) {
            return Err(Trouble::of("numbering.no_blank"));
        }
        self.can_be_set(&number, now)?;
        self.judged("numbering", now, |case, pack| numbering::reserve(case, pack, number, post))
    }

    /// The blank in the clerk's hand: its serial becomes the card's number. A hand scanner types it and ends with Enter.
    pub(super) fn take_blank(&mut self, serial: &str, now: Now) -> Done {
        let post = self.post();
        numbering::permit(self.case()?, &self.pack, post)
            .map_err(|refusal| fault::refusal("numbering", &refusal, &self.pack))?;
        self.a_printer_to_print_on()?;
        match numbering::gives(&self.pack) {
            NumberFrom::Blank => {}
            NumberFrom::Block | NumberFrom::System => {
                return Err(Trouble::of("desk.not_now").because("本站不按空白证上的号取号"));
            }
        }
        let number = read_serial(serial)?;
        if self.ledger.number_state(&number)?.is_some() && self.ledger.blank_state(&number)?.is_some() {
            let spoiled = self.ledger.blank_state(&number)? == Some(ledger::BlankState::Spoiled);
            let (code, words) = match spoiled {
                true => ("numbering.blank_spoiled", "这个号已经作废"),
                false => ("numbering.blank_used", "这个号已经用掉了"),
            };
            return Err(Trouble::of(code).at("serial", words));
        }
        self.can_be_set(&number, now)?;
        self.judged("numbering", now, |case, pack| numbering::reserve(case, pack, number, post))
    }

    pub(super) fn spoil_number(&mut self, cause: &str, now: Now) -> Done {
        self.judged("numbering", now, |case, pack| numbering::spoil(case, pack, cause))
    }

    /// A print takes a blank. Where a person has not yet said what became of another print, that one's is taken already.
    pub(super) fn a_blank_to_print_on(&self) -> Result<(), Trouble> {
        match (numbering::gives(&self.pack), self.plain_blanks()?) {
            (NumberFrom::Blank, _) | (NumberFrom::Block | NumberFrom::System, None) => Ok(()),
            (NumberFrom::Block | NumberFrom::System, Some(on_hand)) => {
                let undecided = u32::try_from(self.ledger.unsettled_attempts()?.len()).unwrap_or(u32::MAX);
                if on_hand > undecided { Ok(()) } else { Err(Trouble::of("printing.no_blank")) }
            }
        }
    }

    pub(super) fn receive_blanks(&mut self, first: &str, last: &str, count: u32, source: &str, now: Now) -> Done {
        let fact = stock::receive(self.blanks_bear_numbers(), &wide(first), &wide(last), count, source);
        self.book(fact.map_err(|refusal| fault::refusal("stock", &refusal, &self.pack))?, now)
    }

    pub(super) fn write_off(&mut self, how: WriteOff, serial: &str, count: u32, cause: &str, now: Now) -> Done {
        let fact = stock::write_off(how, self.blanks_bear_numbers(), &wide(serial), count, cause);
        self.book(fact.map_err(|refusal| fault::refusal("stock", &refusal, &self.pack))?, now)
    }

    /// Another block of running numbers. The one that the station file names is there from the first start.
    pub(super) fn grant_block(&mut self, first: u32, last: u32, now: Now) -> Done {
        if self.ledger.numbers_balance()?.iter().any(|block| (block.lo, block.hi) == (first, last)) {
            return Err(Trouble::of("stock.block_known").at("block_last", "这一段已经登记过了"));
        }
        self.book(StationFact::BlockGranted { lo: first, hi: last }, now)
    }

    /// Blanks that no case is waiting for; `None` where no book is kept, or where each blank is named by its serial.
    pub(crate) fn free_blanks(&self) -> Result<Option<u32>, Trouble> {
        match (numbering::gives(&self.pack), self.plain_blanks()?) {
            (NumberFrom::Blank, _) | (_, None) => Ok(None),
            (NumberFrom::Block | NumberFrom::System, Some(on_hand)) => {
                Ok(Some(on_hand.saturating_sub(self.ledger.numbers_without_blank()?)))
            }
        }
    }

    /// Whether the serial of a blank is the number of the card.
    pub(crate) fn blanks_bear_numbers(&self) -> bool {
        numbering::gives(&self.pack) == NumberFrom::Blank
    }

    fn plain_blanks(&self) -> Result<Option<u32>, Trouble> {
        Ok(self.ledger.blanks_balance()?.map(|balance| balance.on_hand - balance.with_serial))
    }

    fn next_of_the_block(&self) -> Result<CardNumber, Trouble> {
        let n = self.ledger.next_number()?.ok_or_else(|| Trouble::of("numbering.none_left"))?;
        let pattern = &self.pack.rules().number_pattern.value;
        pattern
            .write(&self.station.window.code, u64::from(n))
            .map_err(|error| Trouble::of("station.pack").because(error.to_string()))
    }

    fn book(&mut self, fact: StationFact, now: Now) -> Done {
        let actor = self.actor()?;
        self.note(&[fact], &actor, None, None, now)?;
        Ok(Vec::new())
    }
}

fn read_serial(text: &str) -> Result<CardNumber, Trouble> {
    let text = wide(text);
    if text.is_empty() {
        return Err(Trouble::of("desk.correct").at("serial", "请扫描或填写空白证上的号"));
    }
    text.parse().map_err(|_| Trouble::of("desk.correct").at("serial", "这不是一个证号，请再扫一次"))
}

/// Without the blanks at its ends, and with the wide letters and digits of a Chinese keyboard as a scanner writes them.
fn wide(text: &str) -> String {
    let narrow = |shown: char| match shown {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(shown) - 0xfee0).unwrap_or(shown),
        other => other,
    };
    text.trim().chars().map(narrow).collect()
}
