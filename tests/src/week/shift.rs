//! One place's week: its people one after the other, from the first morning until everything has arrived.

use std::path::{Path, PathBuf};

use cli::clerk::Eyes;
use cli::people;
use desk::contract::{LightState, Request, Screen};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::date};

use super::Place;
use super::clerk::{self, Act, Played};
use super::drawer;
use super::floor::Floor;
use super::notes::{Notes, Serving};
use super::plan::{DAYS, OUTAGE, Plan, Turn, Visit};
use crate::cards;
use crate::heart;
use crate::programs::root;

/// A visit takes about thirty acts; with many more somebody goes round in circles.
const MOST_ACTS: u32 = 150;
/// How often the desk looks at its outbox by day, and by night.
const BY_DAY: SignedDuration = SignedDuration::from_secs(60);
const BY_NIGHT: SignedDuration = SignedDuration::from_mins(10);
/// So long after the last visit everything has to have arrived.
const MOST_DAYS_AFTER: i64 = 3;
const DAYS_AT_MOST: u32 = DAYS + 3;
/// So many of those who wait are looked at between two visitors.
const LOOKED_AT: u32 = 2;

/// One run of a shift, which may be killed.
pub struct Shift<'a> {
    pub station: &'a Path,
    /// Where notes and clock are kept.
    pub folder: &'a Path,
    pub place: Place,
    pub plan: Plan,
    /// Dies right after this durable commit, counted from the opening of the ledger.
    pub dies_at: Option<u64>,
}

impl Shift<'_> {
    /// Works until the week is over. `told` hears how many visits are done.
    ///
    /// # Errors
    /// What nobody expected, in words.
    pub fn work(&self, told: impl Fn(u32)) -> Result<(), String> {
        let visits = self.plan.visits(self.place);
        let mut notes = Notes::open(&self.folder.join("notes.json"))?;
        let watcher = self.dies_at.map(heart::stops_at);
        let mut floor = Floor::open(self.station, &self.folder.join("clock"), opening(0, 0), watcher)?;
        floor.outage = Some((opening(*OUTAGE.start(), -30), opening(*OUTAGE.end(), 600)));
        sign_in(&mut floor)?;
        loop {
            if notes.at.is_none() {
                notes.at = self.who_comes(&mut floor, &visits, &mut notes)?;
                notes.keep()?;
            }
            let Some(serving) = &notes.at else { break };
            let visit = &visits[serving.visit as usize];
            self.serve(&mut floor, visit, &mut notes)
                .map_err(|why| format!("visit {} ({:?}, {:?}): {why}", visit.no, visit.errand, visit.turn))?;
            told(u32::try_from(notes.ended.len()).unwrap_or(u32::MAX));
        }
        drawer::evening(&mut floor, &mut notes, &visits)?;
        self.wait_for_the_outbox(&mut floor)
    }

    /// Who is served next: between two visitors those whose cases waited longest, then the next one, and when nobody comes
    /// any more all who still wait.
    fn who_comes(&self, floor: &mut Floor, visits: &[Visit], notes: &mut Notes) -> Result<Option<Serving>, String> {
        if notes.looked < LOOKED_AT && !notes.waiting.is_empty() {
            notes.looked += 1;
            return Ok(Some(notes.waiting.remove(0)));
        }
        notes.looked = 0;
        if let Some(visit) = visits.get(notes.next as usize) {
            if notes.morning.is_none_or(|day| day < visit.day) && notes.evening != notes.morning {
                drawer::evening(floor, notes, visits)?;
            }
            floor.wait_until(opening(visit.day, -15), BY_NIGHT);
            sign_in(floor)?;
            drawer::morning(floor, notes, visit.day)?;
            floor.wait_until(opening(visit.day, i64::from(visit.minute)), BY_DAY);
            notes.next += 1;
            return Ok(Some(Serving { visit: visit.no, ..Serving::default() }));
        }
        if notes.waiting.is_empty() {
            return Ok(None);
        }
        if floor.now() > opening(DAYS_AT_MOST, 0) {
            return Err(format!("{} cases still wait for the department", notes.waiting.len()));
        }
        floor.wait_until(floor.now() + BY_NIGHT, BY_DAY);
        Ok(Some(notes.waiting.remove(0)))
    }

    fn serve(&self, floor: &mut Floor, visit: &Visit, notes: &mut Notes) -> Result<(), String> {
        let mut troubles = Vec::new();
        for _ in 0..MOST_ACTS {
            let serving = notes.at.as_mut().ok_or("nobody is served")?;
            let view = floor.view();
            if let Some(trouble) = &view.trouble {
                troubles.push(format!("{} {:?}", trouble.code, trouble.reasons));
                floor.ask(Request::Understood).map_err(|fault| format!("{fault:?}"))?;
            }
            if let Screen::Case(case) = &view.screen {
                serving.case = Some(case.case.clone());
            }
            let act = {
                let eyes = Eyes { card_in_tray: &|number| floor.tray_holds(number) };
                clerk::next(&view, visit, serving, &eyes)
            };
            let asked = match act {
                Act::Over => {
                    // A slip at the door has no case to leave.
                    if matches!(view.screen, Screen::Case(_)) {
                        floor.ask(Request::CloseCase).map_err(|fault| format!("{fault:?}"))?;
                    }
                    notes.ended.extend(notes.at.take());
                    return notes.keep();
                }
                Act::PutOff => {
                    floor.ask(Request::ParkCase).map_err(|fault| format!("{fault:?}"))?;
                    notes.waiting.extend(notes.at.take());
                    return notes.keep();
                }
                Act::Wait => {
                    floor.wait_until(floor.now() + BY_DAY, BY_DAY);
                    continue;
                }
                Act::Play(played, request) => {
                    // A card is laid again for every read; what makes a visit special happens once.
                    let laid = matches!(played, Played::Card(_) | Played::NoCard);
                    serving.played |= !laid || visit.turn == Turn::CardExpired;
                    self.play(floor, played)?;
                    request
                }
                Act::Ask(request) => request,
            };
            serving.asked = true;
            notes.keep()?;
            let name = format!("{asked:?}");
            floor.ask(asked).map_err(|fault| format!("{name}: {fault:?}"))?;
        }
        let screen = floor.view().screen;
        let at = if let Screen::Case(case) = screen { case.at } else { "the lobby".to_owned() };
        Err(format!("it never ends; it stands at {at}, with {:?}", troubles.last()))
    }

    fn play(&self, floor: &mut Floor, played: Played) -> Result<(), String> {
        match played {
            Played::Card(person) => floor.on_reader = Some(cards::of(&person)),
            Played::NoCard => floor.on_reader = None,
            Played::Photo(name) => {
                let from = root().join("fixtures/portraits").join(name);
                // The newest picture in the folder is the one that was just taken; another name is another picture.
                let to = self.station_folder().join("photos").join(format!("{}-{name}", floor.now().as_second()));
                std::fs::copy(from, to).map_err(|error| error.to_string())?;
            }
            Played::Printer(condition) => floor.printer(condition).map_err(|error| error.to_string())?,
            Played::Minutes(minutes) => {
                floor.wait_until(floor.now() + SignedDuration::from_mins(minutes), BY_DAY);
            }
            Played::Nothing => {}
        }
        Ok(())
    }

    fn station_folder(&self) -> PathBuf {
        self.station.parent().map(Path::to_path_buf).unwrap_or_default()
    }

    /// The week is over when nothing is left to be sent.
    fn wait_for_the_outbox(&self, floor: &mut Floor) -> Result<(), String> {
        let last = floor.now() + SignedDuration::from_hours(24 * MOST_DAYS_AFTER);
        while floor.now() < last {
            let lights = floor.view().lights;
            if lights.iter().any(|light| light.device == "platform" && light.state == LightState::Good) {
                return Ok(());
            }
            floor.wait_until(floor.now() + BY_NIGHT, BY_DAY);
        }
        Err(format!("the outbox is not empty {MOST_DAYS_AFTER} days later: {:?}", floor.view().lights))
    }
}

/// `minutes` after 08:30 in China on a day of the week.
fn opening(day: u32, minutes: i64) -> Timestamp {
    let monday = date(2021, 11, 8).at(8, 30, 0, 0);
    let local = monday.saturating_add(i64::from(day).days()).saturating_add(minutes.minutes());
    jiff::tz::offset(8).to_timestamp(local).expect("a day of 2021 is in range")
}

fn sign_in(floor: &mut Floor) -> Result<(), String> {
    let screen = floor.view().screen;
    people::begin(&screen, |request| floor.ask(request)).map_err(|fault| format!("nobody can sign in: {fault:?}"))
}
