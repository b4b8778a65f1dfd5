//! What a desk shows: which screen belongs in front of whoever is at work, and the card as it will print.

use casework::case::Case;
use casework::outbox::MessageKind;
use casework::statistics::Statistics;
use ledger::{Search, Sought, StageAsked};

use super::{Desk, Now};
use crate::acts::Page;
use crate::contract::{Act, DayView, Fault, OutboxView, Screen, StockView, View};
use crate::fault::{self, Trouble};
use crate::people::{self, Session};
use crate::press::Preview;
use crate::show;

/// Open cases that the lobby lists.
const LOBBY: usize = 20;

impl Desk {
    /// The whole view.
    pub fn view(&mut self, now: Now) -> View {
        self.refresh_preview(now);
        self.look_back();
        let package = self.package_line();
        let numbers_left =
            self.ledger.numbers_balance().map_or(0, |blocks| blocks.iter().map(|block| block.left()).sum());
        let session = self.session.clone();
        let screen = match (&session, &self.open, self.page) {
            (None, _, _) => self.door(),
            (Some(_), None, Some(page)) => self.page_shown(page, now),
            (Some(session), None, None) if session.manages() => self.people_list(now),
            (Some(_), Some(case), _) => {
                let ground = show::Ground {
                    pack: &self.pack,
                    station: &self.station,
                    now,
                    numbers_left,
                    blanks: self.free_blanks().unwrap_or_default(),
                    next_blank: self.ledger.next_blank().unwrap_or_default().filter(|_| self.blanks_bear_numbers()),
                    reading: self.reading,
                    printer: self.prints.trouble(),
                    job: case.open_attempt().and_then(|attempt| self.prints.seen(&attempt.id)),
                    preview: self.preview.as_ref().map(|(_, _, preview)| preview),
                    chip_photo: self.chip_photo().is_some(),
                    session: self.session.as_ref(),
                    unmasked: self.unmasked,
                    dropped: self.dropped.pictures(),
                    earlier: self.earlier.as_ref(),
                    at_hand: &self.at_hand,
                    others: self.unfinished_besides(case),
                    kept: self.ledger.kept_entries(Some(case.id())).unwrap_or_default(),
                    acceptance_sent: self.ledger.sent_of_case(case.id(), MessageKind::Acceptance).unwrap_or_default(),
                    filed: self.ledger.sent_of_case(case.id(), show::results::FILING).unwrap_or_default(),
                    results_away: self.results.trouble(),
                    package,
                };
                Screen::Case(Box::new(show::case(case, &ground)))
            }
            (Some(session), None, None) => match (&self.searching, self.found()) {
                (Some(searching), Ok(Some(found))) => {
                    Screen::Search(Box::new(show::search::view(searching, found, self.void_of(&searching.asked.text))))
                }
                (Some(_), Ok(None)) | (None, Ok(_)) => self.lobby(session, now),
                (_, Err(trouble)) => {
                    self.report(trouble);
                    self.lobby(session, now)
                }
            },
        };
        View {
            version: self.version,
            station: show::station(&self.station, &self.pack, self.session.as_ref(), now),
            lights: self.lights(now),
            screen,
            backlog: self.backlog_view(now),
            trouble: self.trouble.clone(),
        }
    }

    /// What was typed, if it is a number that is void.
    fn void_of(&self, text: &str) -> Option<ledger::VoidNumber> {
        let number = text.trim().to_ascii_uppercase().parse().ok()?;
        self.ledger.void_number(&number).ok().flatten()
    }

    /// What lies open instead of the lobby.
    fn page_shown(&mut self, page: Page, now: Now) -> Screen {
        match page {
            Page::Pack => Screen::Pack(Box::new(show::pack::view(&self.pack))),
            Page::Results => self.results_page(now),
            Page::Outbox => match self.outbox_shown(now) {
                Ok(view) => Screen::Outbox(Box::new(view)),
                Err(trouble) => self.page_failed(trouble, now),
            },
            Page::Stock => match show::stock::view(&self.ledger, &self.pack) {
                Ok(shown) => Screen::Stock(Box::new(StockView { acts: self.acts_of_a_page(shown.acts), ..shown })),
                Err(error) => self.page_failed(error.into(), now),
            },
            Page::Day(day) => match show::day::view(&self.ledger, day, now) {
                Ok(shown) => Screen::Day(Box::new(DayView { acts: self.acts_of_a_page(shown.acts), ..shown })),
                Err(error) => self.page_failed(error.into(), now),
            },
            Page::Statistics => {
                let counting = self.counting.clone().expect("the page of the statistics has its days");
                let (statistics, standing) = match self.counted(counting.days) {
                    Ok(counted) => counted,
                    Err(trouble) => {
                        self.report(trouble);
                        (Statistics::of(counting.days, []), Vec::new())
                    }
                };
                let export = show::export(self.session.as_ref(), &self.station);
                let view = show::statistics::view(&counting, &statistics, &standing, &self.pack, export);
                Screen::Statistics(Box::new(view))
            }
            Page::Batch => match self.batch_page(now) {
                Ok(view) => Screen::Batch(Box::new(view)),
                Err(trouble) => self.page_failed(trouble, now),
            },
            Page::Retention => match self.retention_page(now) {
                Ok(view) => Screen::Retention(Box::new(view)),
                Err(trouble) => self.page_failed(trouble, now),
            },
            Page::CardCode => Screen::CardCode(Box::new(self.card_code_page())),
            Page::Calibration => Screen::Calibration(Box::new(self.calibration_page())),
            Page::HandOver => match self.hand_over_page() {
                Ok(view) => Screen::HandOver(Box::new(view)),
                Err(trouble) => {
                    self.report(trouble);
                    self.page = None;
                    self.first_screen(now)
                }
            },
            Page::FollowUps => match self.follow_ups(now) {
                Ok(page) => Screen::FollowUps(Box::new(page)),
                Err(trouble) => {
                    self.report(trouble);
                    self.page = None;
                    self.first_screen(now)
                }
            },
        }
    }

    /// The outbox as its page shows it, also to a tool that looks without signing in: it holds no personal data.
    ///
    /// # Errors
    /// The ledger's own, in words.
    pub fn outbox(&self, now: Now) -> Result<OutboxView, Fault> {
        self.outbox_shown(now).map_err(|trouble| fault::word(&trouble, &self.contacts))
    }

    fn outbox_shown(&self, now: Now) -> Result<OutboxView, Trouble> {
        let view = show::outbox::view(&self.ledger, &self.station, &self.reach, &self.stick, now)?;
        let acts = people::forbid(show::outbox_acts(), self.session.as_ref(), &self.station);
        Ok(OutboxView { acts, ..view })
    }

    /// What stands behind every page.
    fn first_screen(&self, now: Now) -> Screen {
        match &self.session {
            Some(session) => self.lobby(session, now),
            None => self.door(),
        }
    }

    pub(crate) fn acts_of_a_page(&self, acts: Vec<Act>) -> Vec<Act> {
        people::forbid(acts, self.session.as_ref(), &self.station)
    }

    /// A page that cannot be read is left, and its trouble told.
    fn page_failed(&mut self, trouble: Trouble, now: Now) -> Screen {
        self.page = None;
        self.report(trouble);
        self.first_screen(now)
    }

    fn lobby(&self, session: &Session, now: Now) -> Screen {
        // Each line says the step that its facts and the day give, so they are read; a page of them, however many there are.
        let open = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Open };
        // Who stands at a kiosk sees nobody else's case.
        let most = if session.is_public() { 0 } else { LOBBY };
        // Whoever waits longer than was promised comes first, then whoever soon will, then the newest.
        let mut listed = match most {
            0 => Vec::new(),
            most => self.ledger.promises_ending(now.at + self.pack.rules().amber_before(), most).unwrap_or_default(),
        };
        let newest = self.ledger.search(&open, None, most).map(|found| found.lines).unwrap_or_default();
        for line in newest {
            if listed.len() < most && !listed.contains(&line.case) {
                listed.push(line.case);
            }
        }
        let cases = listed
            .iter()
            .filter_map(|case| Case::replay(&self.ledger.case_facts(case).ok()?).ok())
            .map(|case| show::line(&case, &self.pack, now))
            .collect();
        Screen::Lobby {
            cases,
            open: self.ledger.count_open().unwrap_or(0),
            delivered_today: self.ledger.count_delivered(now.today).unwrap_or(0),
            door: show::door(&self.pack, &self.at_hand, self.ledger.kept_entries(None).unwrap_or_default(), now),
            acts: self.hold_back(people::forbid(show::lobby_acts(), Some(session), &self.station), now),
        }
    }

    /// Renders the card of the open case once a number is bound, and again for each further attempt.
    fn refresh_preview(&mut self, now: Now) {
        let wanted = self.open.as_ref().and_then(|case| Some((case.number()?.clone(), case.attempts().len())));
        let Some((number, attempts)) = wanted else {
            self.preview = None;
            return;
        };
        if self.preview.as_ref().is_some_and(|(had, count, _)| *had == number && *count == attempts) {
            return;
        }
        let case = self.open.clone().expect("a number was found on the open case");
        if case.card().is_some() || case.open_attempt().is_some() {
            return;
        }
        match self.render(&case, now) {
            Ok(preview) => self.preview = Some((number, attempts, preview)),
            Err(trouble) => {
                self.preview = None;
                self.report(trouble);
            }
        }
    }

    /// The very bytes that the preview was made from.
    pub(crate) fn sheet(&mut self, now: Now) -> Result<Preview, Trouble> {
        self.refresh_preview(now);
        match (&self.preview, &self.open) {
            (Some((_, _, preview)), _) => Ok(preview.clone()),
            (None, Some(case)) => self.render(case, now),
            (None, None) => Err(Trouble::of("desk.no_case")),
        }
    }
}
