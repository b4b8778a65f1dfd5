//! From what is known to what is shown. Reads the case, the pack and the station; decides nothing.

mod acts;
mod aside;
mod batch;
mod calibration;
mod card_code;
pub mod day;
pub mod follow_ups;
mod handing;
mod handover;
mod materials;
mod notes;
pub mod outbox;
mod outbox_cause;
pub mod pack;
mod pack_aftercare;
mod people;
mod person;
pub mod rating;
pub mod results;
mod retention;
pub mod search;
pub mod statistics;
mod step;
pub mod stock;
mod trail;

use std::collections::BTreeMap;

use casework::case::Case;
use casework::nouns::CardNumber;
use casework::pack::PolicyPack;
use casework::steps::Step;

use crate::at_hand::{AtHand, may_look_at};
use crate::contract::{CaseLine, CaseView, ClockView, PackageLine, StationView, StepLine, StepState};
use crate::desk::Now;
use crate::dropped::Dropping;
use crate::earlier::Earlier;
use crate::people::Session;
use crate::press::Preview;
use crate::station::{Mode, StationFile};
use crate::words;

pub use acts::{export, lobby_acts, outbox_acts};
pub use aside::door;

/// Name of the chip's portrait at the picture door.
pub const CHIP_PHOTO: &str = "chip-photo";

/// What a view of a case rests on besides the case.
pub struct Ground<'a> {
    pub pack: &'a PolicyPack,
    pub station: &'a StationFile,
    pub now: Now,
    /// Numbers left in this window's block.
    pub numbers_left: u32,
    /// Blanks that are free; `None` where none are counted.
    pub blanks: Option<u32>,
    /// The next serial in the pile, where blanks bear the card's number.
    pub next_blank: Option<CardNumber>,
    /// The archive package, when the case is sealed.
    pub package: Option<PackageLine>,
    /// The reader is waiting for a card.
    pub reading: bool,
    /// What is the matter with the card printer, as it said at the last look.
    pub printer: Option<devices::printer::PrinterState>,
    /// How the print that is under way stands, when its queue last spoke.
    pub job: Option<&'a devices::printer::JobSeen>,
    /// The card as it will print, once it can be rendered.
    pub preview: Option<&'a Preview>,
    /// The applicant's chip portrait can be shown.
    pub chip_photo: bool,
    pub session: Option<&'a Session>,
    /// The identity number is shown in full.
    pub unmasked: bool,
    /// What lies in the document camera's folder, newest first.
    pub dropped: &'a [Dropping],
    /// What is known of the applicant from earlier cases.
    pub earlier: Option<&'a Earlier>,
    pub at_hand: &'a AtHand,
    /// Unfinished cases of the same applicant.
    pub others: Vec<ledger::CaseLine>,
    /// What stands in forms that were not sent yet.
    pub kept: BTreeMap<String, String>,
    /// The case as it went to its department.
    pub acceptance_sent: Vec<ledger::SentOfCase>,
    /// The filing reports of its card.
    pub filed: Vec<ledger::SentOfCase>,
    /// Why no results come, if something keeps them away.
    pub results_away: Option<casework::outbox::Cause>,
}

/// What stands in the title bar.
pub fn station(station: &StationFile, pack: &PolicyPack, session: Option<&Session>, now: Now) -> StationView {
    StationView {
        package_name: pack.item().package_name.to_string(),
        window_name: station.window.name.clone(),
        window_address: station.address_line(pack).to_owned(),
        at_work: session.map(Session::view),
        training: station.mode == Mode::Training,
        today: words::date(now.today),
        pack: pack.title().to_owned(),
        px_per_mm: station.px_per_mm(),
    }
}

/// The open case.
pub fn case(case: &Case, ground: &Ground) -> CaseView {
    let due = here(case, ground.pack, None, ground.now);
    let here = here(case, ground.pack, ground.at_hand.looking_at, ground.now);
    let closed = case.is_closed();
    let place = |step: Step| Step::ALL.iter().position(|one| *one == step).unwrap_or(0);
    let steps = Step::ALL
        .iter()
        .map(|step| StepLine {
            step: step.name().to_owned(),
            name: ground.pack.step_name(*step).to_owned(),
            state: match (closed, place(*step).cmp(&place(due))) {
                (_, std::cmp::Ordering::Less) => StepState::Done,
                (false, std::cmp::Ordering::Equal) => StepState::Here,
                (true, std::cmp::Ordering::Equal) if case.package().is_some() => StepState::Done,
                (true, std::cmp::Ordering::Equal) | (_, std::cmp::Ordering::Greater) => StepState::Ahead,
            },
            open: *step != here && may_look_at(case, *step),
        })
        .collect();
    let rows = materials::rows(case, ground);
    CaseView {
        case: case.id().to_string(),
        kind_name: words::kind(case.kind()).to_owned(),
        steps,
        at: if closed { "closed".to_owned() } else { here.name().to_owned() },
        person: case.identity().map(|identity| person::view(identity, case, ground)),
        clock: clock(case, ground.pack, ground.now),
        materials_done: rows.iter().filter(|row| row.checked).count() as u32,
        materials_needed: rows.len() as u32,
        unreturned: materials::unreturned(case, ground),
        body: step::body(case, here, rows, ground),
        aside: aside::aside(case, ground),
        acts: crate::people::forbid(acts::acts(case, here, ground), ground.session, ground.station),
    }
}

/// The step on the screen. An original that was scanned and not given back keeps the clerk at the materials until it
/// is back in the person's hand (S-11), also when a parked case is taken up again.
///
/// A step that the clerk chose to look at comes first, as long as it may be.
pub fn here(case: &Case, pack: &PolicyPack, looking_at: Option<Step>, now: Now) -> Step {
    if let Some(step) = looking_at.filter(|step| may_look_at(case, *step)) {
        return step;
    }
    let here = casework::steps::here(case, pack, now.today);
    let waiting = !casework::steps::materials::unreturned(case, pack).is_empty();
    let before_the_gate = matches!(here, Step::Photo | Step::Acceptance);
    if waiting && before_the_gate { Step::Materials } else { here }
}

/// One line of the lobby's list.
pub fn line(case: &Case, pack: &PolicyPack, now: Now) -> CaseLine {
    let here = casework::steps::here(case, pack, now.today);
    CaseLine {
        case: case.id().to_string(),
        name: case.identity().map_or_else(|| "还没有读身份证".to_owned(), |identity| identity.name.masked()),
        step: here.name().to_owned(),
        step_name: pack.step_name(here).to_owned(),
        since: words::since(case.opened().at, now.today),
        clock: clock(case, pack, now).filter(|clock| !clock.stopped),
        waits: results::standing(case, pack),
    }
}

/// The village clock of a case; it turns amber where the pack says so, and else ten minutes before its end.
fn clock(case: &Case, pack: &PolicyPack, now: Now) -> Option<ClockView> {
    let due = case.due()?;
    let delivered = case.delivery().map(|delivery| delivery.at);
    Some(ClockView {
        due_ms: due.as_millisecond(),
        amber_ms: (due - pack.rules().amber_before()).as_millisecond(),
        now_ms: delivered.unwrap_or(now.at).as_millisecond(),
        stopped: delivered.is_some() || case.is_closed(),
    })
}
