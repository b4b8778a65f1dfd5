//! The desk: one owner of state, one input after the other. Decide (pure), commit (ledger), then say what is to be done.

mod came_back;
mod input;
mod look;

use std::collections::VecDeque;

use casework::case::Case;
use casework::fact::{Fact, Recorded};
use casework::nouns::{Actor, CardNumber, CaseId};
use casework::outbox;
use casework::pack::PolicyPack;
use credential::{Signer, Trusted};
use ledger::{CommitWatcher, Entry, Ledger, LedgerKey};

use crate::acts::{Counting, Page, Searching};
use crate::at_hand::AtHand;
use crate::backlog::Disk;
use crate::contract::{Fault, Request};
use crate::dropped::Dropped;
use crate::earlier::Earlier;
use crate::fault::{self, Contacts, Trouble};
use crate::lamps::Lamps;
use crate::people::Session;
use crate::press::{Press, Preview};
use crate::print_round::PrintRound;
use crate::reader_round::ReaderRound;
use crate::result_round::ResultRound;
use crate::station::{Mode, StationFile};
use crate::stick_round::StickRound;
use crate::words;

pub use input::{Effect, Input, Now};

/// The state of one station.
pub struct Desk {
    pub(crate) station: StationFile,
    pub(crate) pack: PolicyPack,
    pub(crate) ledger: Ledger,
    pub(crate) press: Press,
    /// Signs the codes of the cards.
    pub(crate) code_signer: Signer,
    /// The stations whose codes are believed.
    pub(crate) trusted: Trusted,
    pub(crate) contacts: Contacts,
    /// Who is at work; `None` until somebody signs in.
    pub(crate) session: Option<Session>,
    pub(crate) open: Option<Case>,
    /// The search on the screen; it stays while one of the cases it found is looked at.
    pub(crate) searching: Option<Searching>,
    /// The open case's identity number is shown in full: somebody asked for it, with a reason.
    pub(crate) unmasked: bool,
    /// The page that lies open instead of the lobby.
    pub(crate) page: Option<Page>,
    /// The days of the statistics page, while it lies open.
    pub(crate) counting: Option<Counting>,
    pub(crate) reading: bool,
    pub(crate) lamps: Lamps,
    /// What is known of the ways to the platforms.
    pub(crate) reach: outbox::Reach,
    pub(crate) round: ReaderRound,
    pub(crate) prints: PrintRound,
    pub(crate) results: ResultRound,
    /// How many promises were broken, and how many were short, when the lobby was last shown.
    pub(crate) clocks: (u32, u32),
    /// Chip portrait and the number of the person it shows. It is personal and is kept in memory only.
    pub(crate) chip_photo: Option<(String, Vec<u8>)>,
    /// What happened and could not be stored yet, oldest first.
    pub(crate) unstored: VecDeque<Input>,
    /// What lies in the document camera's folder.
    pub(crate) dropped: Dropped,
    /// What is known of the applicant from earlier cases.
    pub(crate) earlier: Option<Earlier>,
    pub(crate) trouble: Option<Fault>,
    pub(crate) preview: Option<(CardNumber, usize, Preview)>,
    pub(crate) at_hand: AtHand,
    pub(crate) disk: Disk,
    pub(crate) stick: StickRound,
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
        station.platforms.serve(&pack)?;
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
        let code_signer = Signer::new(pack.rules().code_suite(), &ledger.card_code_secret()?);
        let trusted = station.card_code.trusted(code_signer.public());
        let trusted = trusted.map_err(|error| Trouble::of("station.file").because(fault::chain(&error)))?;
        let contacts = Contacts { department, technician: station.support.technician.clone() };
        let lamps = Lamps::default();
        Ok(Desk {
            session: Session::at_start(&station),
            unmasked: false,
            station,
            pack,
            ledger,
            press,
            code_signer,
            trusted,
            contacts,
            open: None,
            searching: None,
            page: None,
            counting: None,
            reading: false,
            lamps,
            reach: outbox::Reach::default(),
            round: ReaderRound::default(),
            prints: PrintRound::default(),
            results: ResultRound::default(),
            clocks: (0, 0),
            chip_photo: None,
            unstored: VecDeque::new(),
            dropped: Dropped::default(),
            earlier: None,
            trouble: None,
            preview: None,
            at_hand: AtHand::default(),
            disk: Disk::default(),
            stick: StickRound::default(),
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
        // Leaving a field answers nothing: trouble stays until it was read.
        if !matches!(request, Request::KeepEntry { .. }) {
            self.trouble = None;
        }
        self.changed();
        if let Some(session) = self.session.as_mut().filter(|_| request != Request::Look) {
            session.heard(now.at);
        }
        // A name that the page gives is one that stands in the listing of this moment.
        self.look_for_pages(now);
        match self.permitted(&request).and_then(|()| self.decide(request, now)) {
            Ok(effects) => {
                self.look_for_pages(now);
                (Ok(()), effects)
            }
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

    /// Other cases of the same applicant that are not finished.
    pub(crate) fn unfinished_besides(&self, case: &Case) -> Vec<ledger::CaseLine> {
        let Some(identity) = case.identity() else { return Vec::new() };
        let mut lines = self.ledger.holder_cases(&identity.number).unwrap_or_default();
        lines.retain(|line| line.case != *case.id() && !line.stage.is_closed());
        lines
    }

    /// Commits facts of the open case.
    pub(crate) fn commit(&mut self, facts: Vec<Fact>, now: Now) -> Result<(), Trouble> {
        let actor = self.actor()?;
        let case = self.open.take().ok_or_else(|| Trouble::of("desk.no_case"))?;
        let written = self.write(&case, &facts, &actor, now);
        if let Ok(next) = &written {
            self.at_hand.after(&facts, next, &self.pack, now);
        }
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

    pub(crate) fn sender(&self) -> outbox::Station {
        let window = &self.station.window;
        outbox::Station {
            counter: window.code.to_string(),
            window_name: window.name.clone(),
            county: window.district.clone(),
            parent_township: window.parent.clone(),
            keyless: self.station.platforms.without_keys.clone(),
        }
    }
}

/// The consultation line of the window's district as it may be printed (S-05, D-01).
fn consult_line(pack: &PolicyPack, station: &StationFile) -> String {
    words::consult(&pack.call_for(Some(&station.window.district)))
}
