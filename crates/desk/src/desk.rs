//! The desk: one owner of state, one input after the other. Decide (pure), commit (ledger), then say what is to be done.

mod input;

use std::collections::VecDeque;

use casework::case::Case;
use casework::fact::{Fact, Recorded};
use casework::nouns::{Actor, CardNumber, CaseId, SlipNumber};
use casework::outbox;
use casework::pack::PolicyPack;
use ledger::{CommitWatcher, Entry, Ledger, LedgerKey, Search, Sought, StageAsked};

use crate::acts::Searching;
use crate::contract::{Fault, Request, Screen, View};
use crate::fault::{self, Contacts, Trouble};
use crate::lamps::Lamps;
use crate::press::{Press, Preview};
use crate::reader_round::ReaderRound;
use crate::show;
use crate::station::{Mode, StationFile};
use crate::words;

pub use input::{Effect, Input, Now};

/// Open cases that the lobby lists.
const LOBBY: usize = 20;

/// The state of one station.
pub struct Desk {
    pub(crate) station: StationFile,
    pub(crate) pack: PolicyPack,
    pub(crate) ledger: Ledger,
    pub(crate) press: Press,
    pub(crate) contacts: Contacts,
    pub(crate) open: Option<Case>,
    /// The search on the screen; it stays while one of the cases it found is looked at.
    pub(crate) searching: Option<Searching>,
    pub(crate) reading: bool,
    pub(crate) lamps: Lamps,
    pub(crate) round: ReaderRound,
    /// Chip portrait and the number of the person it shows. It is personal and is kept in memory only.
    pub(crate) chip_photo: Option<(String, Vec<u8>)>,
    /// What happened and could not be stored yet, oldest first.
    pub(crate) unstored: VecDeque<Input>,
    pub(crate) trouble: Option<Fault>,
    pub(crate) preview: Option<(CardNumber, usize, Preview)>,
    /// The last slip that was given out at the door since the station started.
    pub(crate) door_slip: Option<SlipNumber>,
    version: u32,
}

impl Desk {
    /// Opens ledger, pack and press. Whatever is wrong is said in words; nothing is repaired in silence.
    pub fn open(station: StationFile, on_commit: Option<CommitWatcher>) -> Result<Desk, Fault> {
        let contacts = Contacts { department: String::new(), technician: station.support.technician.clone() };
        Self::try_open(station, on_commit).map_err(|trouble| fault::word(&trouble, &contacts))
    }

    fn try_open(station: StationFile, on_commit: Option<CommitWatcher>) -> Result<Desk, Trouble> {
        let pack_file = station.pack.display().to_string();
        let text = std::fs::read_to_string(&station.pack)
            .map_err(|error| Trouble::of("station.pack").because(format!("{pack_file}：{error}")))?;
        let pack = PolicyPack::parse(&pack_file, &text)
            .map_err(|error| Trouble::of("station.pack").because(fault::chain(&error)))?;
        let department = consult_line(&pack, &station);
        let press = Press::open(&station, &department)?;
        let folder = station.ledger_folder();
        std::fs::create_dir_all(&folder)
            .map_err(|error| Trouble::of("station.file").because(format!("{}：{error}", folder.display())))?;
        let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
        if station.mode == Mode::Production {
            match key.custody() {
                ledger::KeyCustody::PlainFile => {
                    return Err(Trouble::of("station.file")
                        .because("正式环境的台账钥匙不能放在普通文件里，请先装可信芯片（TPM）保管钥匙"));
                }
            }
        }
        let mut ledger = Ledger::open(&folder, &key)?;
        if let Some(watcher) = on_commit {
            ledger.on_commit(watcher);
        }
        let [lo, hi] = station.numbers.block;
        if ledger.numbers_balance()?.is_empty() {
            ledger.grant_block(lo, hi)?;
        }
        let contacts = Contacts { department, technician: station.support.technician.clone() };
        let lamps = Lamps::default();
        Ok(Desk {
            station,
            pack,
            ledger,
            press,
            contacts,
            open: None,
            searching: None,
            reading: false,
            lamps,
            round: ReaderRound::default(),
            chip_photo: None,
            unstored: VecDeque::new(),
            trouble: None,
            preview: None,
            door_slip: None,
            version: 1,
        })
    }

    /// What is to be done when the station starts: ask the reader who it is, and settle what a crash left open.
    pub fn opening(&mut self) -> Vec<Effect> {
        self.round.asked();
        let mut effects = vec![Effect::ProbeReader];
        match self.ledger.unsettled_attempts() {
            Ok(attempts) => {
                effects.extend(attempts.into_iter().filter(|attempt| attempt.outcome.is_none()).map(|attempt| {
                    Effect::FindJob { case: attempt.case, attempt: attempt.attempt, submitted: attempt.submitted }
                }))
            }
            Err(error) => self.report(error.into()),
        }
        effects
    }

    /// A person's request: its answer, and what is to be done.
    pub fn ask(&mut self, request: Request, now: Now) -> (Result<(), Fault>, Vec<Effect>) {
        self.trouble = None;
        self.changed();
        match self.decide(request, now) {
            Ok(effects) => (Ok(()), effects),
            Err(trouble) => {
                self.reread();
                (Err(fault::word(&trouble, &self.contacts)), Vec::new())
            }
        }
    }

    /// Something that happened: what is to be done about it. Trouble is shown in the view.
    pub fn handle(&mut self, input: Input, now: Now) -> Vec<Effect> {
        let again = input.again();
        if again.is_some() && !self.unstored.is_empty() {
            // In the order in which things happened.
            self.unstored.extend(again);
            return self.catch_up(now);
        }
        self.take(input, now).unwrap_or_else(|trouble| {
            self.keep(again, &trouble);
            self.reread();
            self.report(trouble);
            Vec::new()
        })
    }

    /// Counts up whenever the view may have changed.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The whole view.
    pub fn view(&mut self, now: Now) -> View {
        self.refresh_preview(now);
        let numbers_left =
            self.ledger.numbers_balance().map_or(0, |blocks| blocks.iter().map(|block| block.left()).sum());
        let screen = match &self.open {
            Some(case) => {
                let ground = show::Ground {
                    pack: &self.pack,
                    station: &self.station,
                    now,
                    numbers_left,
                    reading: self.reading,
                    preview: self.preview.as_ref().map(|(_, _, preview)| preview),
                    chip_photo: self.chip_photo().is_some(),
                };
                Screen::Case(Box::new(show::case(case, &ground)))
            }
            None => match (&self.searching, self.found()) {
                (Some(searching), Ok(Some(found))) => Screen::Search(Box::new(show::search::view(searching, found))),
                (Some(_), Ok(None)) | (None, Ok(_)) => self.lobby(now),
                (_, Err(trouble)) => {
                    self.report(trouble);
                    self.lobby(now)
                }
            },
        };
        View {
            version: self.version,
            station: show::station(&self.station, &self.pack, now),
            lights: self.lamps.lights(&self.ledger.outbox_counts().unwrap_or_default()),
            screen,
            trouble: self.trouble.clone(),
        }
    }

    fn lobby(&self, now: Now) -> Screen {
        // Each line says the step that its facts and the day give, so they are read; a page of them, however many there are.
        let open = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Open };
        let newest = self.ledger.search(&open, None, LOBBY).map(|found| found.lines).unwrap_or_default();
        let cases = newest
            .iter()
            .filter_map(|line| Case::replay(&self.ledger.case_facts(&line.case).ok()?).ok())
            .map(|case| show::line(&case, &self.pack, now))
            .collect();
        Screen::Lobby {
            cases,
            open: self.ledger.count_open().unwrap_or(0),
            delivered_today: self.ledger.count_delivered(now.today).unwrap_or(0),
            door: show::door(&self.pack, self.door_slip.as_ref(), now),
        }
    }

    /// Commits facts of the open case.
    pub(crate) fn commit(&mut self, facts: Vec<Fact>, now: Now) -> Result<(), Trouble> {
        let case = self.open.take().ok_or_else(|| Trouble::of("desk.no_case"))?;
        let actor = self.station.clerk.name.clone();
        let written = self.write(&case, &facts, &actor, now);
        self.open = Some(written.as_ref().map_or(case, Clone::clone));
        written.map(drop)
    }

    /// Commits what the program itself learned about a case, open or not.
    pub(crate) fn commit_to(
        &mut self,
        id: &CaseId,
        now: Now,
        judge: impl FnOnce(&Case, &PolicyPack) -> casework::steps::Judgement,
    ) -> Result<(), Trouble> {
        let case = match &self.open {
            Some(case) if case.id() == id => case.clone(),
            Some(_) | None => self.load(id)?,
        };
        let facts = judge(&case, &self.pack).map_err(|refusal| fault::refusal("printing", &refusal, &self.pack))?;
        let case = self.write(&case, &facts, &Actor::system(), now)?;
        if self.open.as_ref().is_some_and(|open| open.id() == id) {
            self.open = Some(case);
        }
        Ok(())
    }

    pub(crate) fn write(&mut self, case: &Case, facts: &[Fact], actor: &Actor, now: Now) -> Result<Case, Trouble> {
        let (next, recorded) = case
            .after(facts, now.at, actor)
            .map_err(|broken| Trouble::of("desk.not_now").because(broken.to_string()))?;
        self.record(&next, case.seq(), &recorded, actor, now)?;
        Ok(next)
    }

    /// The one call that makes facts durable, with their messages, in one transaction.
    pub(crate) fn record(
        &mut self,
        next: &Case,
        expected_seq: u32,
        recorded: &[Recorded],
        actor: &Actor,
        now: Now,
    ) -> Result<(), Trouble> {
        let facts: Vec<Fact> = recorded.iter().map(|one| one.fact.clone()).collect();
        let messages = outbox::messages_for(next, recorded, &self.pack, &self.sender());
        self.ledger.record(Entry {
            case: next.id(),
            expected_seq,
            at: now.at,
            actor,
            facts: &facts,
            messages: &messages,
        })?;
        self.changed();
        Ok(())
    }

    pub(crate) fn load(&self, id: &CaseId) -> Result<Case, Trouble> {
        let facts = self.ledger.case_facts(id)?;
        if facts.is_empty() {
            return Err(Trouble::of("desk.unknown_case"));
        }
        Case::replay(&facts).map_err(|broken| Trouble::of("ledger.damaged").because(broken.to_string()))
    }

    /// After a failed commit: what the ledger says is what is true.
    fn reread(&mut self) {
        if let Some(id) = self.open.as_ref().map(|case| case.id().clone()) {
            self.open = self.load(&id).ok().or(self.open.take());
        }
    }

    pub(crate) fn report(&mut self, trouble: Trouble) {
        self.trouble = Some(fault::word(&trouble, &self.contacts));
        self.changed();
    }

    pub(crate) fn changed(&mut self) {
        self.version = self.version.wrapping_add(1);
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
    pub(crate) fn sheet(&mut self, now: Now) -> Result<Vec<u8>, Trouble> {
        self.refresh_preview(now);
        match (&self.preview, &self.open) {
            (Some((_, _, preview)), _) => Ok(preview.pdf.clone()),
            (None, Some(case)) => self.render(case, now).map(|preview| preview.pdf),
            (None, None) => Err(Trouble::of("desk.no_case")),
        }
    }

    fn sender(&self) -> outbox::Station {
        let window = &self.station.window;
        outbox::Station {
            counter: window.code.to_string(),
            window_name: window.name.clone(),
            county: window.district.clone(),
            parent_township: window.parent.clone(),
        }
    }
}

/// The consultation line of the window's district as it may be printed (S-05, D-01).
fn consult_line(pack: &PolicyPack, station: &StationFile) -> String {
    words::consult(&pack.call_for(Some(&station.window.district)))
}
