//! The card printer of the tests: `ippeveprinter` of Debian's cups-ipp-utils, a real IPP printer in software, loaded with
//! CR80 cards, and an engine that does what it is ordered to.
//!
//! It needs no privileges, no D-Bus daemon and no Avahi: it insists on asking a system bus for Avahi before it starts, so
//! [`bus`] answers that one question. Everything lives in one folder: `order`, `tray/` with the cards that came out, `spool/`.

mod bus;
pub mod engine;
mod notice;

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

pub use engine::Order;

/// How often, and how often at most, a starting printer is tried.
const TRY_EVERY: Duration = Duration::from_millis(20);
const MOST_TRIES: u32 = 500;
/// Ports that are tried: another program may take one between the look and the start.
const MOST_PORTS: u32 = 5;

/// A running printer. It ends with its engine when this is dropped.
#[derive(Debug)]
pub struct CardPrinter {
    folder: PathBuf,
    port: u16,
    process: Option<Child>,
    _bus: bus::Bus,
}

/// Something that the printer is built without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    Nothing,
    /// It always scales. It says so and does not refuse `print-scaling=none`, like many printers.
    ExactScale,
    /// It prints one side.
    Duplex,
    /// It is loaded with A4 paper instead of cards.
    Cards,
}

/// Why there is no printer.
#[derive(Debug, thiserror::Error)]
pub enum CardPrinterError {
    #[error("ippeveprinter cannot be started; it comes with Debian's package cups-ipp-utils")]
    Start { source: io::Error },
    #[error("ippeveprinter ended with {status} and said: {said}")]
    Ended { status: std::process::ExitStatus, said: String },
    #[error("ippeveprinter does not listen")]
    Deaf,
    #[error("cannot prepare the printer's folder {folder}")]
    Folder { folder: PathBuf, source: io::Error },
    #[error("the printer could not be told of its new state")]
    Notice { source: io::Error },
}

impl CardPrinter {
    /// Starts a printer in `folder`, on a port of its own. `program` is this very program: it plays the engine.
    pub fn start(folder: &Path, program: &Path, lacks: Lacks) -> Result<CardPrinter, CardPrinterError> {
        let failed = |source| CardPrinterError::Folder { folder: folder.to_path_buf(), source };
        prepare(folder, program, lacks).map_err(failed)?;
        let mut printer = CardPrinter {
            folder: folder.to_path_buf(),
            port: 0,
            process: None,
            _bus: bus::Bus::open(folder).map_err(failed)?,
        };
        let mut last = CardPrinterError::Deaf;
        for _ in 0..MOST_PORTS {
            printer.port = free_port().map_err(failed)?;
            match printer.switch_on() {
                Ok(()) => return Ok(printer),
                Err(error @ CardPrinterError::Start { .. }) => return Err(error),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    pub fn uri(&self) -> String {
        format!("ipp://127.0.0.1:{}/ipp/print", self.port)
    }

    /// Where cards come out, each a PDF named after its job.
    pub fn tray(&self) -> PathBuf {
        self.folder.join("tray")
    }

    /// Orders the engine, and has an idle printer show it in its state.
    pub fn order(&self, order: Order) -> Result<(), CardPrinterError> {
        engine::write_order(&self.folder, order)
            .map_err(|source| CardPrinterError::Folder { folder: self.folder.clone(), source })?;
        if self.process.is_some() {
            notice::post(self.port).map_err(|source| CardPrinterError::Notice { source })?;
        }
        Ok(())
    }

    /// Switches it on at its port. It has forgotten its jobs, as such printers do.
    pub fn switch_on(&mut self) -> Result<(), CardPrinterError> {
        let folder = &self.folder;
        let log = std::fs::File::create(folder.join("log"))
            .map_err(|source| CardPrinterError::Folder { folder: folder.clone(), source })?;
        let mut process = Command::new("ippeveprinter")
            .args(["-r", "off", "-n", "localhost", "-p", &self.port.to_string(), "-k", "-v"])
            .arg("-a")
            .arg(folder.join("cr80.conf"))
            .arg("-c")
            .arg(folder.join("engine.sh"))
            .arg("-d")
            .arg(folder.join("spool"))
            .arg("CardPrinter")
            .env("DBUS_SYSTEM_BUS_ADDRESS", format!("unix:path={}", folder.join("bus").display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            // Its engine belongs to its group, so that both go when the power goes.
            .process_group(0)
            .spawn()
            .map_err(|source| CardPrinterError::Start { source })?;
        for _ in 0..MOST_TRIES {
            if let Ok(Some(status)) = process.try_wait() {
                let said = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
                return Err(CardPrinterError::Ended { status, said: said.trim().to_owned() });
            }
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                self.process = Some(process);
                return Ok(());
            }
            std::thread::sleep(TRY_EVERY);
        }
        end(&mut process);
        Err(CardPrinterError::Deaf)
    }

    /// Pulls the plug: printer and engine end at once.
    pub fn cut_power(&mut self) {
        if let Some(mut process) = self.process.take() {
            end(&mut process);
        }
    }
}

impl Drop for CardPrinter {
    fn drop(&mut self) {
        self.cut_power();
    }
}

/// Ends a printer with its whole group: the engine is its child.
fn end(process: &mut Child) {
    if let Ok(group) = i32::try_from(process.id()) {
        // It may have ended by itself.
        let _ = killpg(Pid::from_raw(group), Signal::SIGKILL);
    }
    let _ = process.wait();
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn prepare(folder: &Path, program: &Path, lacks: Lacks) -> io::Result<()> {
    for inner in ["tray", "spool"] {
        std::fs::create_dir_all(folder.join(inner))?;
    }
    std::fs::write(folder.join("cr80.conf"), attributes(lacks))?;
    engine::write_order(folder, Order::Good)?;
    let script = folder.join("engine.sh");
    let mut file = std::fs::File::create(&script)?;
    writeln!(file, "#!/bin/sh\nexec '{}' card-engine '{}' \"$1\"", program.display(), folder.display())?;
    drop(file);
    let mut rights = std::fs::metadata(&script)?.permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut rights, 0o755);
    std::fs::set_permissions(&script, rights)
}

/// The printer's attributes in the form of `ippeveprinter -a` (print.md 3.1): media in hundredths of a millimetre.
fn attributes(lacks: Lacks) -> String {
    let (name, x, y) = match lacks {
        Lacks::Cards => ("iso_a4_210x297mm", 21000, 29700),
        Lacks::Nothing | Lacks::ExactScale | Lacks::Duplex => ("custom_cr80_53.98x85.6mm", 5398, 8560),
    };
    let scaling = if lacks == Lacks::ExactScale { "auto,fit" } else { "auto,fit,none" };
    let sides = if lacks == Lacks::Duplex { "one-sided" } else { "one-sided,two-sided-long-edge,two-sided-short-edge" };
    let medium = format!(
        "{{ MEMBER keyword media-key {name} MEMBER collection media-size {{ MEMBER integer x-dimension {x} \
         MEMBER integer y-dimension {y} }} MEMBER keyword media-size-name {name} MEMBER integer media-bottom-margin 0 \
         MEMBER integer media-left-margin 0 MEMBER integer media-right-margin 0 MEMBER integer media-top-margin 0 }}"
    );
    [
        format!("ATTR keyword media-supported {name}"),
        format!("ATTR keyword media-default {name}"),
        format!("ATTR keyword media-ready {name}"),
        format!("ATTR collection media-col-default {medium}"),
        format!("ATTR collection media-col-ready {medium}"),
        format!("ATTR collection media-col-database {medium}"),
        format!(
            "ATTR collection media-size-supported {{ MEMBER integer x-dimension {x} MEMBER integer y-dimension {y} }}"
        ),
        "ATTR keyword media-col-supported media-size,media-size-name,media-top-margin,media-bottom-margin,\
         media-left-margin,media-right-margin"
            .to_owned(),
        "ATTR integer media-bottom-margin-supported 0".to_owned(),
        "ATTR integer media-left-margin-supported 0".to_owned(),
        "ATTR integer media-right-margin-supported 0".to_owned(),
        "ATTR integer media-top-margin-supported 0".to_owned(),
        "ATTR mimeMediaType document-format-supported application/pdf,application/octet-stream".to_owned(),
        "ATTR mimeMediaType document-format-default application/pdf".to_owned(),
        "ATTR enum orientation-requested-supported 3,4".to_owned(),
        "ATTR enum orientation-requested-default 3".to_owned(),
        format!("ATTR keyword print-scaling-supported {scaling}"),
        "ATTR keyword print-scaling-default auto".to_owned(),
        format!("ATTR keyword sides-supported {sides}"),
        "ATTR keyword sides-default one-sided".to_owned(),
        "ATTR rangeOfInteger copies-supported 1-1".to_owned(),
        "ATTR integer copies-default 1".to_owned(),
        "ATTR text printer-make-and-model \"Model CR80 card printer\"".to_owned(),
        String::new(),
    ]
    .join("\n")
}
