//! How long a counter with years of cases behind it takes to answer: search by name, number, date and stage, the duplicate
//! check, opening the lobby, and the statistics of a year. Times whole answers of the desk (the request and the view that follows), not single
//! questions to the database. Prints a line a kind; `npm run bench` starts it on a filled ledger.
//!
//! Ends with 1 when a line is over its limit, and says so.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use casework::fact::Fact;
use casework::nouns::{IdNumber, Role};
use desk::contract::{Request, Screen, SearchEntry, SpanChoice, StageChoice, StatisticsEntry};
use desk::desk::{Desk, Now};
use desk::station::StationFile;
use jiff::{Timestamp, civil::Date, civil::date};
use ledger::{CaseLine, Ledger, LedgerKey};

/// Calls of each kind, taken in turns.
const ROUNDS: usize = 400;
/// What an answer may take at the 99th percentile.
const LIMIT: Duration = Duration::from_millis(50);
/// The same for a page that is opened on purpose and counts a year.
const PAGE_LIMIT: Duration = Duration::from_millis(200);

/// The moment of every question, on the training day.
const NOW: Now = Now { at: Timestamp::constant(1_636_333_200, 0), today: date(2021, 11, 8), jitter: 0.5 };

const KINDS: [&str; 8] = [
    "search by name",
    "search by number",
    "search by identity number",
    "search by date",
    "search by stage",
    "opening the lobby",
    "duplicate check",
    "statistics of a year",
];
/// Places of the kinds that are not a request of their own.
const DUPLICATES: usize = 6;
const STATISTICS: usize = 7;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [station, data] = arguments.as_slice() else {
        eprintln!("search-pace STATION.toml DATA");
        return ExitCode::from(2);
    };
    match measure(Path::new(station), Path::new(data)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(5)
        }
    }
}

fn measure(station: &Path, data: &Path) -> Result<bool, String> {
    let mut station = StationFile::load(station).map_err(|error| desk::fault::chain(&error))?;
    station.data = PathBuf::from(data);
    let folder = station.ledger_folder();
    let key = LedgerKey::load_or_create(&folder.join("ledger.key")).map_err(|error| error.to_string())?;
    let began = Instant::now();
    let ledger = Ledger::open(&folder, &key).map_err(|error| desk::fault::chain(&error))?;
    println!("   opening the ledger: {:.2} s", began.elapsed().as_secs_f64());
    let asked = Questions::of(&ledger)?;
    let mut taken: [Vec<Duration>; KINDS.len()] = Default::default();
    for round in 0..ROUNDS {
        let number = &asked.people[round % asked.people.len()];
        taken[DUPLICATES].push(timed(|| ledger.holder_cases(number).map(drop)).map_err(|error| error.to_string())?);
    }
    drop(ledger);

    let mut desk = Desk::open(station, None).map_err(|fault| format!("{fault:?}"))?;
    let screen = desk.view(NOW).screen;
    cli::people::begin(&screen, |request| desk.ask(request, NOW).0).map_err(|fault| format!("{fault:?}"))?;
    for round in 0..ROUNDS {
        for (kind, request) in asked.requests(round).into_iter().enumerate() {
            taken[kind].push(timed(|| answer(&mut desk, request))?);
        }
        taken[STATISTICS].push(timed(|| year(&mut desk, 2012 + round % 10))?);
    }
    let mut within = true;
    for (place, (kind, taken)) in KINDS.into_iter().zip(&mut taken).enumerate() {
        let limit = if place == STATISTICS { PAGE_LIMIT } else { LIMIT };
        taken.sort();
        let at = |hundredth: usize| taken[(taken.len() * hundredth / 100).min(taken.len() - 1)].as_secs_f64() * 1000.0;
        let ratio = at(99) / (limit.as_secs_f64() * 1000.0);
        let verdict = if ratio <= 1.0 { "" } else { "  OVER THE LIMIT" };
        within &= ratio <= 1.0;
        println!("   {kind:<26} p50 {:>7.2} ms  p99 {:>7.2} ms  p99/limit {ratio:.2}{verdict}", at(50), at(99));
    }
    println!(
        "   {} calls of each of {} kinds, limit {} ms, {} ms for statistics",
        ROUNDS,
        KINDS.len(),
        LIMIT.as_millis(),
        PAGE_LIMIT.as_millis()
    );
    Ok(within)
}

/// One request and the view that follows it, as a page sees them.
fn answer(desk: &mut Desk, request: Request) -> Result<(), String> {
    let lobby = request == Request::CloseSearch;
    let (answer, _) = desk.ask(request, NOW);
    answer.map_err(|fault| format!("{fault:?}"))?;
    let screen = desk.view(NOW).screen;
    let found = matches!(&screen, Screen::Search(search) if !search.lines.is_empty());
    let listed = matches!(&screen, Screen::Lobby { open, .. } if *open > 0);
    let shown = if lobby { listed } else { found };
    if shown { Ok(()) } else { Err("an answer shows nothing".to_owned()) }
}

/// The page of the statistics, opened, asked for a year, seen and left.
fn year(desk: &mut Desk, year: usize) -> Result<(), String> {
    let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let entry = StatisticsEntry { span: SpanChoice::Range, from, to };
    for request in [Request::ShowStatistics, Request::AskStatistics { entry }] {
        desk.ask(request, NOW).0.map_err(|fault| format!("{fault:?}"))?;
    }
    let Screen::Statistics(shown) = desk.view(NOW).screen else { return Err("no page of statistics".to_owned()) };
    desk.ask(Request::ClosePage, NOW).0.map_err(|fault| format!("{fault:?}"))?;
    if shown.bars.iter().any(|bar| bar.delivered > 0) { Ok(()) } else { Err("a year without a card".to_owned()) }
}

fn timed<E>(work: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed())
}

/// What is asked for: everything in it is there to be found.
struct Questions {
    names: Vec<String>,
    numbers: Vec<String>,
    people: Vec<IdNumber>,
    days: Vec<Date>,
}

impl Questions {
    /// Taken from the cases of days spread over the years.
    fn of(ledger: &Ledger) -> Result<Questions, String> {
        let failed = |error: ledger::LedgerError| desk::fault::chain(&error);
        let mut asked = Questions { names: Vec::new(), numbers: Vec::new(), people: Vec::new(), days: Vec::new() };
        for year in 2012..=2021 {
            for month in [2, 5, 8, 10] {
                // The first working day from the ninth on.
                let days = (9..16).map(|day| date(year, month, day));
                let mut found = days.map(|day| ledger.cases_on(day).map(|lines| (day, lines)));
                let found = found.find(|found| found.as_ref().is_ok_and(|(_, lines)| !lines.is_empty()));
                let Some((day, lines)) = found.transpose().map_err(failed)? else { continue };
                asked.days.push(day);
                for line in lines.iter().take(12) {
                    asked.add(ledger, line).map_err(failed)?;
                }
            }
        }
        match asked.people.is_empty() || asked.numbers.is_empty() {
            true => Err("this ledger holds no cases of the years that are asked for".to_owned()),
            false => Ok(asked),
        }
    }

    fn add(&mut self, ledger: &Ledger, line: &CaseLine) -> Result<(), ledger::LedgerError> {
        if let Some(name) = &line.name {
            let characters: Vec<char> = name.as_str().chars().collect();
            // The whole name, its surname, its last character, and its middle.
            self.names.push(name.as_str().to_owned());
            self.names.push(characters[..1].iter().collect());
            self.names.push(characters[characters.len() - 1..].iter().collect());
            self.names.push(characters[characters.len() / 2..].iter().collect());
        }
        self.numbers.push(line.case.to_string());
        self.numbers.push(format!("S{}", line.case));
        if let Some(card) = &line.card {
            self.numbers.push(card.to_string());
            self.numbers.push(card.as_str()[..card.as_str().len() - 3].to_owned());
        }
        for recorded in ledger.case_facts(&line.case)? {
            if let Fact::Identified { role: Role::Applicant, identity, .. } = recorded.fact {
                self.people.push(identity.number);
            }
        }
        Ok(())
    }

    /// One request of each kind that is asked of the desk, in the order of [`KINDS`].
    fn requests(&self, round: usize) -> [Request; DUPLICATES] {
        const STAGES: [StageChoice; 5] =
            [StageChoice::Any, StageChoice::Open, StageChoice::Sealed, StageChoice::Refused, StageChoice::Withdrawn];
        let search = |entry| Request::Search { entry };
        let by = |text: &str| search(SearchEntry { text: text.to_owned(), ..SearchEntry::default() });
        let day = self.days[round % self.days.len()];
        // A day, a month from it on, or everything up to it.
        let (from, to) = match round % 3 {
            0 => (day.to_string(), day.to_string()),
            1 => (day.to_string(), day.saturating_add(jiff::Span::new().days(30)).to_string()),
            _ => (String::new(), day.to_string()),
        };
        let stage = STAGES[round % STAGES.len()];
        // Every other one of a stage also asks for a part of a name: the two narrow one another. What may find nobody is
        // asked for by a surname that many have.
        let text = if round.is_multiple_of(2) { String::new() } else { "王".to_owned() };
        [
            by(&self.names[round * 7 % self.names.len()]),
            by(&self.numbers[round * 7 % self.numbers.len()]),
            by(self.people[round % self.people.len()].as_str()),
            search(SearchEntry { from, to, ..SearchEntry::default() }),
            search(SearchEntry { text, stage, ..SearchEntry::default() }),
            Request::CloseSearch,
        ]
    }
}
