//! `youdai ledger fill`: a training ledger of many invented cases over ten years, for trying out what a counter is like
//! after that time. Made by the judgements of the procedure and written by the ledger's own code; the same seed gives the
//! same cases.

pub mod dice;
pub mod people;
mod walk;

use std::path::{Path, PathBuf};

use casework::nouns::{CaseId, CaseKind};
use casework::outbox;
use casework::pack::PolicyPack;
use desk::station::{Mode, StationFile};
use jiff::{SignedDuration, ToSpan, civil::Date, civil::Weekday, tz};
use ledger::{Entry, Ledger, LedgerKey, PastEntry};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::bar::Bar;
use dice::Dice;
use people::{Age, person};
use walk::{Ground, Pictures, Walk};

/// Cases written in one transaction. Hashes come in no order, so that a transaction touches nearly every page of their indexes:
/// the fewer transactions, the less is written.
const BATCH: u64 = 4_000;
/// The first and last day of the invented years. The last one is before the day of the demo's station.
const FIRST: Date = jiff::civil::date(2012, 1, 2);
const LAST: Date = jiff::civil::date(2021, 11, 5);
/// Numbers granted to a filled ledger.
const BLOCK: (u32, u32) = (1, 999_999);

/// Who has done all of it.
const CLERK: &str = "样例经办";

/// What is to be filled, and from what.
pub struct Fill<'a> {
    /// Station file in training mode: window and pack.
    pub station: &'a Path,
    /// Data folder; the station's own when `None`.
    pub into: Option<PathBuf>,
    pub cases: u64,
    pub seed: u64,
    /// A page and a portrait for all cases, as a camera would leave them.
    pub page: &'a Path,
    pub portrait: &'a Path,
}

#[derive(Serialize)]
struct Answer {
    ledger: String,
    cases: u64,
    open: u64,
    sealed: u64,
    refused: u64,
    withdrawn: u64,
    /// The journal's newest row.
    rows: u64,
    head: String,
    seconds: f64,
}

/// Fills a folder. One that holds a ledger already is refused (3), and so is a station in production mode.
pub fn fill(json: bool, asked: &Fill<'_>) -> End {
    match run(asked) {
        Ok(answer) => {
            let words = format!(
                "写好 {} 件：没办完 {}，归档 {}，不予收件 {}，撤回 {}；记录 {} 条，链头 {}，用 {:.0} 秒\n{}",
                answer.cases,
                answer.open,
                answer.sealed,
                answer.refused,
                answer.withdrawn,
                answer.rows,
                &answer.head[..8],
                answer.seconds,
                answer.ledger
            );
            say(json, &answer, &words);
            End::Done
        }
        Err((failure, end)) => fail(json, &failure, end),
    }
}

fn run(asked: &Fill<'_>) -> Result<Answer, (Failure, End)> {
    let usage = |what: String| (Failure::new("usage", what, "请看 youdai ledger fill --help"), End::Usage);
    let station = StationFile::load(asked.station).map_err(|error| usage(desk::fault::chain(&error)))?;
    let folder = folder(&station, asked.into.as_deref())
        .map_err(|what| (Failure::new("refused", what, "请另给一个空的文件夹；正式台账从不填充"), End::Refused))?;
    let name = station.pack.display().to_string();
    let text = std::fs::read_to_string(&station.pack).map_err(|error| usage(format!("{name}：{error}")))?;
    let packs = Packs::of(&name, &text).map_err(|why| usage(format!("{name}：{why}")))?;
    let bytes = |path: &Path| std::fs::read(path).map_err(|error| usage(format!("{}：{error}", path.display())));
    let (page, portrait) = (bytes(asked.page)?, bytes(asked.portrait)?);
    let crop = portrait::crop_to_one_inch(&portrait, &portrait::Limits::default())
        .map_err(|fault| usage(format!("{}：{fault}", asked.portrait.display())))?;
    std::fs::create_dir_all(&folder).map_err(|error| usage(format!("{}：{error}", folder.display())))?;
    let mut bar = Bar::new(false);
    let counts = write(asked, &station, &packs, &folder, [&page, &portrait, &crop], &mut bar).map_err(|error| {
        let failure = Failure::new("ledger", desk::fault::chain(&error), "写了一半的文件夹请整个删掉，再填一次");
        (failure, End::Ours)
    })?;
    Ok(Answer { seconds: bar.end().as_secs_f64(), ..counts })
}

/// The folder of the training ledger, which must not be there yet.
fn folder(station: &StationFile, into: Option<&Path>) -> Result<PathBuf, String> {
    if station.mode != Mode::Training {
        return Err("这是正式环境的站点文件".to_owned());
    }
    let data = into.unwrap_or(&station.data);
    let folder = data.join("training");
    let (itself, production) = (data.to_owned(), data.join("production"));
    match [itself, production, folder.clone()].iter().find(|place| place.join("ledger.db").exists()) {
        Some(place) => Err(format!("{} 里已经有台账", place.display())),
        None => Ok(folder),
    }
}

/// The pack, and the edition of it under which the older cases were made.
struct Packs {
    now: PolicyPack,
    before: PolicyPack,
    /// The first day of `now`.
    from: Date,
}

impl Packs {
    fn of(name: &str, text: &str) -> Result<Packs, String> {
        let now = PolicyPack::parse(name, text).map_err(|error| desk::fault::chain(&error))?;
        let from = now.effective().from;
        let last = from.yesterday().map_err(|error| error.to_string())?;
        // An edition with the same rules and earlier days; its hash, which every case bears, is its own.
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (key, day) in [("from", FIRST), ("to", last)] {
            let line = lines.iter_mut().find(|line| line.starts_with(&format!("{key} = \"")));
            *line.ok_or_else(|| format!("no `{key}`"))? = format!("{key} = \"{day}\"");
        }
        let before = PolicyPack::parse(name, &lines.join("\n")).map_err(|error| desk::fault::chain(&error))?;
        Ok(Packs { now, before, from })
    }
}

fn write(
    asked: &Fill<'_>,
    station: &StationFile,
    packs: &Packs,
    folder: &Path,
    [page, portrait, crop]: [&[u8]; 3],
    bar: &mut Bar,
) -> Result<Answer, ledger::LedgerError> {
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    let mut ledger = Ledger::open(folder, &key)?;
    ledger.grant_block(BLOCK.0, BLOCK.1)?;
    let mut store = |bytes: &[u8]| ledger.store_picture(bytes);
    let (page, portrait, crop) = (store(page)?, store(portrait)?, store(crop)?);
    let sheet = store("一张没有打印过的样张".as_bytes())?;
    let package = store("填充的台账，各件共用这一份".as_bytes())?;
    let clerk: casework::nouns::Actor = CLERK.parse().expect("a person's name can stand in the journal");
    let ground = |pack| Ground {
        pack,
        window: &station.window.code,
        district: &station.window.district,
        station: outbox::Station {
            counter: station.window.code.to_string(),
            window_name: station.window.name.clone(),
            county: station.window.district.clone(),
            parent_township: station.window.parent.clone(),
            keyless: std::collections::BTreeSet::new(),
        },
        clerk: clerk.clone(),
        pictures: Pictures {
            page: page.clone(),
            portrait: portrait.clone(),
            crop: crop.clone(),
            sheet: sheet.clone(),
            package: package.clone(),
        },
    };
    let (now, before) = (ground(&packs.now), ground(&packs.before));
    let mut answer = Answer::empty(folder, asked.cases);
    let mut next_number = BLOCK.0;
    let mut calendar = Calendar::new(asked.cases);
    for begin in (0..asked.cases).step_by(usize::try_from(BATCH).expect("a batch is small")) {
        let mut walks = Vec::new();
        for i in begin..asked.cases.min(begin + BATCH) {
            let (day, ordinal, opened) = calendar.place(i);
            let ground = if day < packs.from { &before } else { &now };
            let mut dice = Dice::of(asked.seed ^ 0x6361_7365, i);
            let end = answer.end(&mut dice, i);
            let id = CaseId::new(&station.window.code, day, ordinal).expect("a station's window has a short code");
            // One of 25 comes again, because the card was lost.
            let again = i > 100 && dice.below(25) == 0;
            let (kind, identity) = if end == walk::End::Refused {
                (CaseKind::First, person(asked.seed, i, Age::Young))
            } else if again {
                let earlier = dice.below(usize::try_from(i).expect("a case fits memory"));
                (CaseKind::ReissueLost, person(asked.seed, earlier as u64, Age::Old))
            } else {
                (CaseKind::First, person(asked.seed, i, Age::Old))
            };
            walks.push(Walk::of(ground, &id, kind, identity, opened, end, &mut next_number));
        }
        let entries: Vec<PastEntry<'_>> = walks.iter().flat_map(|walk| entries(walk, &clerk)).collect();
        ledger.record_past(&entries)?;
        bar.at("写入", asked.cases.min(begin + BATCH), asked.cases);
    }
    let head = ledger.head()?;
    Ok(Answer { rows: head.n, head: head.hash.to_hex(), ..answer })
}

/// The entries of a walk. Every message was taken by its platform at once.
fn entries<'a>(walk: &'a Walk<'_>, clerk: &'a casework::nouns::Actor) -> impl Iterator<Item = PastEntry<'a>> {
    walk.acts.iter().map(move |act| PastEntry {
        entry: Entry {
            case: walk.id(),
            expected_seq: act.expected_seq,
            at: act.at,
            actor: clerk,
            facts: &act.facts,
            messages: &act.messages,
        },
        receipt: Some("样例回执"),
    })
}

impl Answer {
    fn empty(folder: &Path, cases: u64) -> Answer {
        let ledger = folder.display().to_string();
        let (open, sealed, refused, withdrawn, rows) = (0, 0, 0, 0, 0);
        Answer { ledger, cases, open, sealed, refused, withdrawn, rows, head: String::new(), seconds: 0.0 }
    }

    /// Where the `i`-th case ends, counted.
    fn end(&mut self, dice: &mut Dice, i: u64) -> walk::End {
        /// An open case was left after so many acts at most, which is just before it would be handed over.
        const MOST_ACTS: usize = 18;
        let wanted_open = 300.min(self.cases / 20);
        // Every second one of the newest is open.
        if self.cases - i <= wanted_open * 2 && i.is_multiple_of(2) {
            self.open += 1;
            return walk::End::OpenAfter(dice.below(MOST_ACTS) as u32);
        }
        match dice.below(100) {
            0..5 => {
                self.refused += 1;
                walk::End::Refused
            }
            5..8 => {
                self.withdrawn += 1;
                walk::End::Withdrawn
            }
            8 => {
                self.sealed += 1;
                walk::End::SealedAfterSpoiled
            }
            _ => {
                self.sealed += 1;
                walk::End::Sealed
            }
        }
    }
}

/// Spreads the cases over the working days, and those of a day over its hours.
struct Calendar {
    days: Vec<Date>,
    cases: u64,
    /// The day of the last case and its ordinal.
    last: (usize, u32),
}

impl Calendar {
    fn new(cases: u64) -> Calendar {
        let weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let days = FIRST.series(1.day()).take_while(|day| *day <= LAST).filter(|day| !weekend(day)).collect();
        Calendar { days, cases, last: (0, 0) }
    }

    /// Day, ordinal and moment of the `i`-th case; asked for in order.
    fn place(&mut self, i: u64) -> (Date, u32, jiff::Timestamp) {
        let days = self.days.len() as u64;
        let at = usize::try_from(i * days / self.cases).expect("a day of ten years is a small number");
        self.last = if at == self.last.0 { (at, self.last.1 + 1) } else { (at, 1) };
        let ordinal = self.last.1;
        let (day, most) = (self.days[at], i64::try_from(self.cases / days + 1).expect("a day's cases are few"));
        let into_the_day = SignedDuration::from_secs(i64::from(ordinal - 1) * 8 * 3600 / most);
        let nine = tz::offset(8).to_timestamp(day.at(9, 0, 0, 0)).expect("nine is an hour of every day");
        (day, ordinal, nine + into_the_day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> PathBuf {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(name)
    }

    fn filled(into: &Path, cases: u64, seed: u64) -> Result<Answer, (Failure, End)> {
        let (station, page) = (fixture("stations/demo.toml"), fixture("pages/id-card-page.png"));
        let portrait = fixture("portraits/woman.jpg");
        run(&Fill { station: &station, into: Some(into.to_owned()), cases, seed, page: &page, portrait: &portrait })
    }

    #[test]
    fn a_filled_ledger_is_sound_and_holds_what_was_said() {
        let dir = tempfile::tempdir().unwrap();
        let Ok(answer) = filled(dir.path(), 300, 1) else { panic!("an empty folder can be filled") };
        let folder = dir.path().join("training");
        let report = crate::ledger::report(&folder).unwrap();
        assert_eq!(report.problems, Vec::<String>::new());
        assert_eq!((report.cases, report.journal_rows), (300, answer.rows));
        assert_eq!(report.head.hash.to_hex(), answer.head);
        assert_eq!(answer.open + answer.sealed + answer.refused + answer.withdrawn, 300);
        assert!([answer.open, answer.sealed, answer.refused, answer.withdrawn].into_iter().all(|count| count > 0));
        let ledger = Ledger::open(&folder, &LedgerKey::load_or_create(&folder.join("ledger.key")).unwrap()).unwrap();
        assert_eq!(u64::from(ledger.count_open().unwrap()), answer.open);
        let [balance] = ledger.numbers_balance().unwrap().try_into().unwrap();
        assert!(balance.is_sound() && balance.spoiled > 0 && u64::from(balance.delivered) >= answer.sealed);
        assert_eq!(ledger.unsettled_attempts().unwrap().iter().filter(|one| one.outcome.is_none()).count(), 0);
        for line in ledger.open_cases().unwrap() {
            let facts = ledger.case_facts(&line.case).unwrap();
            assert!(casework::case::Case::replay(&facts).is_ok(), "{}", line.case);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_journal_and_another_seed_another() {
        let head = |seed| {
            let dir = tempfile::tempdir().unwrap();
            filled(dir.path(), 60, seed).map(|answer| answer.head).unwrap_or_default()
        };
        let first = head(1);
        assert_eq!(first.len(), 64);
        assert_eq!(head(1), first);
        assert_ne!(head(2), first);
    }

    #[test]
    fn nothing_is_filled_where_a_ledger_is_or_production_works() {
        let dir = tempfile::tempdir().unwrap();
        filled(dir.path(), 1, 1).map(drop).unwrap_or_else(|(failure, _)| panic!("{}", failure.what));
        for taken in [dir.path().to_owned(), dir.path().join("training")] {
            let Err((failure, end)) = filled(&taken, 1, 1) else { panic!("a folder with a ledger is refused") };
            assert_eq!(end, End::Refused, "{}", failure.what);
        }
        let other = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(other.path().join("production")).unwrap();
        std::fs::write(other.path().join("production/ledger.db"), b"somebody's").unwrap();
        assert!(matches!(filled(other.path(), 1, 1), Err((_, End::Refused))));
        assert!(!other.path().join("training").exists());
    }
}
