//! What prints inside the printer: called once for each job, with the order of the moment in the file `order`.
//!
//! The printer reads from its standard error what it is to say of itself (`STATE:`) and of the job (`ATTR:`).

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use super::notice;

/// How often an engine that waits looks whether its order has changed.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What the engine does from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// It makes a card.
    Good,
    /// It works and never ends, until it is ordered otherwise.
    Slow,
    /// It gives up without a word.
    Fails,
    /// It waits for cards.
    MediaEmpty,
    /// It gives up with a card stuck in it.
    MediaJam,
    /// It waits for its cover to be closed.
    CoverOpen,
    /// It waits until it is resumed.
    Paused,
    /// It gives up after a side was printed.
    Torn,
}

const ORDERS: [(Order, &str); 8] = [
    (Order::Good, "good"),
    (Order::Slow, "slow"),
    (Order::Fails, "fails"),
    (Order::MediaEmpty, "media_empty"),
    (Order::MediaJam, "media_jam"),
    (Order::CoverOpen, "cover_open"),
    (Order::Paused, "paused"),
    (Order::Torn, "torn"),
];

/// All reasons that an engine sets, so that a new order can clear the others.
const REASONS: [&str; 5] = ["media-empty-error", "media-needed-error", "media-jam-error", "cover-open-error", "paused"];

impl Order {
    pub fn parse(word: &str) -> Option<Order> {
        ORDERS.iter().find(|(_, known)| *known == word).map(|(order, _)| *order)
    }

    fn word(self) -> &'static str {
        ORDERS.iter().find(|(order, _)| *order == self).map_or("good", |(_, word)| word)
    }

    /// A notice says `media-needed`: a printer that is empty while it is idle would not even run the notice that it is
    /// full again.
    fn reason(self, is_notice: bool) -> Option<&'static str> {
        match self {
            Order::Good | Order::Slow | Order::Fails | Order::Torn => None,
            Order::MediaEmpty if is_notice => Some("media-needed-error"),
            Order::MediaEmpty => Some("media-empty-error"),
            Order::MediaJam => Some("media-jam-error"),
            Order::CoverOpen => Some("cover-open-error"),
            Order::Paused => Some("paused"),
        }
    }
}

/// Replaces the order as a whole: an engine that looks in this moment sees the old one or the new one.
pub(super) fn write_order(folder: &Path, order: Order) -> io::Result<()> {
    let part = folder.join("order.part");
    std::fs::write(&part, order.word())?;
    std::fs::rename(part, folder.join("order"))
}

fn read_order(folder: &Path) -> io::Result<Order> {
    let word = std::fs::read_to_string(folder.join("order"))?;
    Order::parse(word.trim()).ok_or_else(|| io::Error::other(format!("`{word}` is no order")))
}

/// Plays one job and answers whether it went well. `job` is the job's name.
pub fn print(folder: &Path, job: &str, document: &Path) -> io::Result<bool> {
    let mut told = None;
    loop {
        let order = read_order(folder)?;
        if told != Some(order) {
            tell_state(order.reason(job == notice::NAME))?;
            told = Some(order);
        }
        if job == notice::NAME {
            return Ok(true);
        }
        match order {
            Order::Good => {
                std::fs::copy(document, folder.join("tray").join(format!("{job}.pdf")))?;
                tell("ATTR: job-impressions-completed=2")?;
                return Ok(true);
            }
            Order::Fails | Order::MediaJam => return Ok(false),
            Order::Torn => {
                std::fs::write(folder.join("tray").join(format!("{job}.torn")), b"one side")?;
                tell("ATTR: job-impressions-completed=1")?;
                return Ok(false);
            }
            Order::Slow | Order::MediaEmpty | Order::CoverOpen | Order::Paused => std::thread::sleep(LOOK_EVERY),
        }
    }
}

fn tell_state(own: Option<&str>) -> io::Result<()> {
    for reason in REASONS.iter().filter(|reason| Some(**reason) != own) {
        tell(&format!("STATE: -{reason}"))?;
    }
    own.map_or(Ok(()), |reason| tell(&format!("STATE: +{reason}")))
}

fn tell(line: &str) -> io::Result<()> {
    let mut to_printer = io::stderr().lock();
    writeln!(to_printer, "{line}")?;
    to_printer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        for (order, _) in ORDERS {
            write_order(folder.path(), order).unwrap();
            assert_eq!(read_order(folder.path()).unwrap(), order);
        }
    }

    #[test]
    fn a_good_engine_puts_the_card_into_the_tray_and_a_torn_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("tray")).unwrap();
        let document = folder.path().join("document");
        std::fs::write(&document, b"%PDF").unwrap();
        write_order(folder.path(), Order::Good).unwrap();
        assert!(print(folder.path(), "a-1", &document).unwrap());
        write_order(folder.path(), Order::Torn).unwrap();
        assert!(!print(folder.path(), "a-2", &document).unwrap());
        assert_eq!(std::fs::read(folder.path().join("tray/a-1.pdf")).unwrap(), b"%PDF");
        assert!(!folder.path().join("tray/a-2.pdf").exists());
    }
}
