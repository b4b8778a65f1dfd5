//! The outbox without a desk: a ledger, an uplink and the rules between them, under a clock that is turned by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use casework::nouns::PlatformId;
use casework::outbox::{self, Answer, Reach, State};
use jiff::{SignedDuration, Timestamp};
use ledger::{Ledger, LedgerError, LedgerKey, Message};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use uplink::{Letter, Uplink};

/// How long an exchange may take before it is given up.
const TIME_OUT: Duration = Duration::from_millis(120);

/// Carries what is in a ledger's outbox to the platforms at an address.
pub struct Courier {
    folder: PathBuf,
    /// `None` only while it restarts.
    ledger: Option<Ledger>,
    uplink: Arc<Uplink>,
    runtime: Runtime,
    reach: Reach,
    under_way: JoinSet<(Message, Answer)>,
    now: Timestamp,
    /// Counts answers, and gives each another jitter.
    answers: u32,
}

impl Courier {
    /// A new ledger in `folder`, and the way to each of `platforms` below `address`.
    ///
    /// # Panics
    /// When it cannot be set up: no test can go on without it.
    pub fn new(folder: &Path, address: &str, platforms: &[&str]) -> Courier {
        let addresses: BTreeMap<PlatformId, String> = platforms
            .iter()
            .map(|name| (name.parse().expect("a platform's name"), format!("{address}/{name}")))
            .collect();
        Courier {
            folder: folder.to_path_buf(),
            ledger: Some(open(folder)),
            uplink: Arc::new(Uplink::new(&addresses, TIME_OUT).expect("the addresses are of this machine")),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be built"),
            reach: Reach::default(),
            under_way: JoinSet::new(),
            now: "2021-11-08T01:00:00Z".parse().expect("a moment"),
            answers: 0,
        }
    }

    pub fn ledger(&mut self) -> &mut Ledger {
        self.ledger.as_mut().expect("it is open but while it restarts")
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Sends what may go now; then takes the answers that are there, or turns the clock to the next moment at which
    /// something may go. Gives the number of messages that still wait for either.
    ///
    /// # Panics
    /// When something waits for nothing: it would wait for ever.
    pub fn step(&mut self) -> Result<usize, LedgerError> {
        self.now += SignedDuration::from_millis(1);
        let now = self.now;
        let queue = self.ledger().queue()?;
        let ids = self.reach.go_out(&queue, now);
        if !ids.is_empty() {
            for message in self.ledger().begin_sending(&ids, now)? {
                self.send(message);
            }
        }
        let left = queue.iter().filter(|one| matches!(one.state, State::Due | State::InFlight)).count();
        if !self.under_way.is_empty() {
            self.take_answers()?;
        } else if left > 0 {
            let next = self.reach.wakes_at(&queue, now).filter(|next| *next > now);
            self.now = next.unwrap_or_else(|| panic!("{left} messages wait for nothing"));
        }
        Ok(left)
    }

    /// The power fails: nobody hears the answers to what is under way, and the ledger is opened again.
    pub fn restart(&mut self) {
        self.under_way = JoinSet::new();
        self.reach = Reach::default();
        self.ledger = None;
        self.ledger = Some(open(&self.folder));
    }

    fn send(&mut self, message: Message) {
        let uplink = self.uplink.clone();
        let exchange = async move {
            let letter =
                Letter { platform: &message.platform, kind: message.kind, key: &message.key, body: &message.body };
            let answer = uplink.send(letter).await;
            (message, answer)
        };
        self.under_way.spawn_on(exchange, self.runtime.handle());
    }

    fn take_answers(&mut self) -> Result<(), LedgerError> {
        let first = self.runtime.block_on(self.under_way.join_next());
        let mut answered: Vec<_> = first.into_iter().collect();
        answered.extend(std::iter::from_fn(|| self.under_way.try_join_next()));
        for outcome in answered {
            let (message, answer) = outcome.expect("an exchange does not panic");
            self.answers = self.answers.wrapping_add(1);
            let jitter = f64::from(self.answers % 16) / 15.0;
            let now = self.now;
            let next = outbox::plan(&message.entry(), &answer, now, jitter);
            self.ledger().settle(message.id, &next, now)?;
            self.reach.heard(message.id, &message.platform, &answer, &next, now, jitter);
        }
        Ok(())
    }
}

fn open(folder: &Path) -> Ledger {
    let key = LedgerKey::load_or_create(&folder.join("ledger.key")).expect("a key can be made");
    Ledger::open(folder, &key).expect("the ledger opens")
}
