//! A counter in this process: the real station with its threads, and a person who asks, looks and waits.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cli::clerk::{self, Eyes, Next};
use cli::people;
use cli::visit::{cards_in_tray, text_of};
use desk::compose::Station;
use desk::contract::{CaseView, Fault, Request, Screen, View};

/// How long anything may take before a test gives up on it. No test asserts a time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running station and the folder its card printer fills.
pub struct Counter {
    station: Station,
    tray: PathBuf,
    papers: PathBuf,
}

impl Counter {
    /// Starts the station of `file`, a file that [`crate::bench::Simulator::station`] wrote, and has the practice clerk
    /// sign in; the people of a new station are made first.
    pub fn open(file: &Path) -> Result<Counter, Fault> {
        Self::open_watched(file, |_| {})
    }

    /// The same, and `watch` gets every view that is published.
    pub fn open_watched(file: &Path, watch: impl Fn(View) + Send + 'static) -> Result<Counter, Fault> {
        let station = Station::start(file, watch)?;
        people::come_to_work(&station)?;
        let queues = file.parent().unwrap_or(Path::new("")).join("queue");
        Ok(Counter { station, tray: queues.join("card"), papers: queues.join("paper") })
    }

    /// What the station shows now.
    ///
    /// # Panics
    /// When the desk's thread is gone: a desk never goes while somebody is served.
    pub fn view(&self) -> View {
        self.station.view().expect("the desk runs as long as its station")
    }

    pub fn ask(&self, request: Request) -> Result<(), Fault> {
        self.station.ask(request)
    }

    /// The bytes behind a name of the view, as the page would get them.
    pub fn picture(&self, name: &str) -> Option<Vec<u8>> {
        self.station.picture(name).map(|(bytes, _)| bytes)
    }

    /// Looks again and again until `seen` gives something.
    ///
    /// # Panics
    /// After a minute, with the last view.
    pub fn wait<T>(&self, what: &str, mut seen: impl FnMut(&View) -> Option<T>) -> T {
        let since = Instant::now();
        loop {
            let view = self.view();
            if let Some(found) = seen(&view) {
                return found;
            }
            assert!(since.elapsed() < PATIENCE, "waited in vain for {what}; the station shows {view:#?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The trouble that the station shows, as soon as it does.
    pub fn trouble(&self) -> Fault {
        self.wait("trouble", |view| view.trouble.clone())
    }

    /// The open case.
    ///
    /// # Panics
    /// When the lobby is shown.
    pub fn case(&self) -> CaseView {
        let Screen::Case(case) = self.view().screen else { panic!("no case is open") };
        *case
    }

    /// Has the practised clerk go on until the case stands at `step` (a step's name, or `closed`).
    ///
    /// # Panics
    /// When something is refused on the way, or nothing moves for a minute.
    pub fn walk_to(&self, step: &str) {
        let eyes = Eyes { card_in_tray: &|number| self.tray_holds(number) };
        self.wait(step, |view| {
            assert_eq!(view.trouble, None, "on the way to {step}, with {:?}", view.lights);
            if let Screen::Case(case) = &view.screen
                && case.at == step
            {
                return Some(());
            }
            match clerk::next(view, &eyes) {
                Next::Ask(request) => {
                    let asked = format!("{request:?}");
                    self.ask(request).unwrap_or_else(|fault| panic!("{asked} on the way to {step}: {fault:#?}"));
                }
                Next::Wait => {}
                Next::Over => panic!("the case closed before it came to {step}"),
            }
            None
        });
    }

    /// The same after trouble was read and mended.
    pub fn walk_to_after_trouble(&self, step: &str) {
        self.ask(Request::Understood).unwrap_or_else(|fault| panic!("trouble can always be put away: {fault:#?}"));
        self.walk_to(step);
    }

    /// The sheet of paper with this number, as soon as the printer has put it out.
    ///
    /// # Panics
    /// After a minute.
    pub fn paper(&self, number: &str) -> PathBuf {
        let path = self.papers.join(format!("{number}.pdf"));
        self.wait(number, |_| path.is_file().then(|| path.clone()))
    }

    /// Whether a finished card that bears `number` lies in the tray.
    pub fn tray_holds(&self, number: &str) -> bool {
        cards_in_tray(&self.tray).iter().any(|card| text_of(card).is_ok_and(|text| text.contains(number)))
    }
}
