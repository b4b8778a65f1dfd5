//! The drawer of a place: blanks that come each morning, and in the evening what is left of them, counted by hand.

use desk::contract::{Request, Screen};

use super::floor::Floor;
use super::notes::Notes;
use super::plan::{Errand, Visit};

/// So many blanks come each morning.
const A_BATCH: u32 = 40;

/// Blanks come, and are entered into the book. Done again after a power failure it goes on where it was.
///
/// # Errors
/// What the desk did not take.
pub fn morning(floor: &mut Floor, notes: &mut Notes, day: u32) -> Result<(), String> {
    if notes.morning != Some(day) {
        (notes.morning, notes.blanks) = (Some(day), notes.blanks + A_BATCH);
        notes.keep()?;
    }
    ask(floor, Request::ShowStock)?;
    let Screen::Stock(stock) = floor.view().screen else { return Err("no page of the stock".to_owned()) };
    ask(floor, Request::ClosePage)?;
    let entered = stock.blanks.map_or(0, |blanks| blanks.received);
    if entered < notes.blanks {
        let (first, last, source) = (String::new(), String::new(), "区民政局发放单".to_owned());
        ask(floor, Request::ReceiveBlanks { first, last, count: notes.blanks - entered, source })?;
    }
    Ok(())
}

/// The day is closed on what lies in the drawer. It has to balance: nobody gives a reason. Done again after a power failure
/// it closes the day once.
///
/// # Errors
/// What the desk did not take, above all a day that does not balance.
pub fn evening(floor: &mut Floor, notes: &mut Notes, visits: &[Visit]) -> Result<(), String> {
    let today = || Request::ShowDay { day: String::new() };
    ask(floor, today())?;
    let Screen::Day(day) = floor.view().screen else { return Err("no page of the day".to_owned()) };
    if day.closes.is_empty() {
        let retained = |visit: u32| visits[visit as usize].errand == Errand::Damaged;
        let old_cards = notes.waiting.iter().filter(|waits| retained(waits.visit)).count();
        let close = Request::CloseDay {
            day: String::new(),
            blanks: Some(notes.blanks - floor.cards_made()),
            old_cards: u32::try_from(old_cards).expect("a drawer holds few cards"),
            reason: String::new(),
        };
        ask(floor, close)?;
    }
    ask(floor, Request::ClosePage)?;
    notes.evening = notes.morning;
    notes.keep()
}

fn ask(floor: &mut Floor, request: Request) -> Result<(), String> {
    let name = format!("{request:?}");
    floor.ask(request).map_err(|fault| format!("{name}: {fault:?}"))
}
