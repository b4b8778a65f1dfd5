//! `youdai`: see `youdai --help`. Exit codes: 0 done, 2 usage, 3 refused by a rule, 4 a device needs attention, 5 our fault.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use cli::answer::End;
use cli::reader::Reading;
use jiff::civil::Date;

#[derive(Parser)]
#[command(name = "youdai", version, about = "老年人优待证窗口的命令行")]
struct Words {
    /// Print one JSON object on standard output.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The identity card reader.
    #[command(subcommand)]
    Reader(ReaderCommand),
    /// The one-inch photo.
    #[command(subcommand)]
    Photo(PhotoCommand),
    /// The card.
    #[command(subcommand)]
    Card(cli::card::CardCommand),
    /// The faces with which the papers are drawn.
    #[command(subcommand)]
    Fonts(cli::fonts::FontsCommand),
    /// The card printer and its calibration (校准).
    #[command(subcommand)]
    Printer(cli::printer::PrinterCommand),
    /// The ledger (台账).
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// The policy pack (政策包).
    #[command(subcommand)]
    Pack(PackCommand),
    /// The directory of windows (窗口名录).
    #[command(subcommand)]
    Windows(WindowsCommand),
    /// What has not arrived at its platform (发件箱).
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// The archive packages of sealed cases (档案信息包).
    #[command(subcommand)]
    Archive(cli::archive::ArchiveCommand),
    /// The signed code on a card (证上二维码).
    #[command(subcommand)]
    Qr(cli::qr::QrCommand),
    /// The people of a station.
    #[command(subcommand)]
    People(PeopleCommand),
    /// Forgetting people when their time is over (保存期限).
    #[command(subcommand)]
    Retention(RetentionCommand),
    /// The statistics (统计) of a range of days.
    Stats {
        #[arg(long)]
        station: PathBuf,
        /// First day, as 2021-11-08.
        #[arg(long)]
        from: Date,
        /// Last day.
        #[arg(long)]
        to: Date,
        /// Write the tables here as well; the export is a row of the journal.
        #[arg(long)]
        csv: Option<PathBuf>,
    },
    /// Walk one whole visit at a training station, without a window.
    Visit {
        /// Station file; must be in training mode.
        #[arg(long)]
        station: PathBuf,
        /// Folder for the card, the receipt list and the preview.
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
enum ReaderCommand {
    /// The ports on which a reader may be.
    List,
    /// Ask the reader who it is.
    Probe {
        /// `serial:PATH@BAUD`, `tcp:HOST:PORT`, `usb` or `auto`.
        #[arg(long)]
        port: String,
    },
    /// Read the card that lies, or will lie, on the reader.
    Read {
        #[command(flatten)]
        reading: ReadingWords,
        /// Write what passes on the line to this file: hex with times, personal fields left out.
        #[arg(long)]
        trace: Option<PathBuf>,
    },
    /// Report what happens to the reader and to cards on it until standard input closes; with --json one object a line.
    Watch {
        #[arg(long)]
        port: String,
        /// Fingerprints, appended addresses and management number too.
        #[arg(long)]
        all: bool,
        /// End after this many milliseconds instead.
        #[arg(long)]
        for_ms: Option<u64>,
    },
    /// Take the reader that is plugged in as the station's own; until then, another one's reads are marked as not verified.
    Pin {
        #[arg(long)]
        station: PathBuf,
        /// The administrator who vouches for it; the password is the first line of standard input.
        #[arg(long)]
        by: Option<String>,
    },
    /// Read one card for the sake of the transcript, and say nothing of the card.
    Trace {
        file: PathBuf,
        #[command(flatten)]
        reading: ReadingWords,
    },
}

#[derive(Args)]
struct ReadingWords {
    /// `serial:PATH@BAUD`, `tcp:HOST:PORT`, `usb` or `auto`.
    #[arg(long)]
    port: String,
    /// How long to wait for a card, milliseconds.
    #[arg(long, default_value_t = 10_000)]
    timeout_ms: u64,
    /// Fingerprints, appended addresses and management number too.
    #[arg(long)]
    all: bool,
    /// The transcript shows what the card says. For invented cards, and for a person who has agreed.
    #[arg(long)]
    full: bool,
}

impl ReadingWords {
    fn tracing(self, trace: Option<PathBuf>) -> Reading {
        Reading { port: self.port, timeout_ms: self.timeout_ms, all: self.all, trace, full: self.full }
    }
}

#[derive(Subcommand)]
enum PhotoCommand {
    /// Measure and judge one picture.
    Check {
        file: PathBuf,
        /// The face detector, models/yunet_320.onnx. Without it no face is looked for, and `faces` is null.
        #[arg(long)]
        model: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum LedgerCommand {
    /// Reopen a ledger and verify chain, facts, pictures, numbers.
    Verify { dir: PathBuf },
    /// Make a training ledger of many invented cases over ten years. Never writes where a ledger is.
    Fill {
        #[arg(long)]
        cases: u64,
        /// Data folder; the station's own when it is not given.
        #[arg(long)]
        into: Option<PathBuf>,
        /// The same seed gives the same cases.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Station file in training mode: window and pack of the cases.
        #[arg(long, default_value = "fixtures/stations/demo.toml")]
        station: PathBuf,
        /// The page and the portrait that all cases share.
        #[arg(long, default_value = "fixtures/pages/id-card-page.png")]
        page: PathBuf,
        #[arg(long, default_value = "fixtures/portraits/woman.jpg")]
        portrait: PathBuf,
    },
}

#[derive(Subcommand)]
enum RetentionCommand {
    /// Say what would be erased, and what keeps the rest. Changes nothing.
    Plan {
        #[command(flatten)]
        words: RetentionWords,
    },
    /// Erase what is known of people whose time is over. Never what is open, unsent, or sealed and not exported.
    Run {
        #[command(flatten)]
        words: RetentionWords,
    },
}

#[derive(Args)]
struct RetentionWords {
    #[arg(long)]
    station: PathBuf,
    /// The clock is right, although it is more than a day ahead of the day of the last run.
    #[arg(long)]
    day_is_right: bool,
}

#[derive(Subcommand)]
enum PackCommand {
    /// Say whether a pack can be used; a bad one is refused (3) with file, line and reason.
    Check { file: PathBuf },
    /// Say what a pack decides about one application, and why (see fixtures/facts).
    Explain {
        file: PathBuf,
        /// Facts file.
        #[arg(long)]
        facts: PathBuf,
    },
    /// Say which applications of a folder a second pack would decide otherwise.
    Diff {
        before: PathBuf,
        after: PathBuf,
        /// Folder of facts files.
        #[arg(long)]
        facts: PathBuf,
    },
}

#[derive(Subcommand)]
enum OutboxCommand {
    /// Every message that is not done: where it stands, why, and when it goes next.
    List {
        #[arg(long)]
        station: PathBuf,
    },
    /// Send one message, or everything that waits, again at once.
    Retry {
        /// Key of the message, as `list` gives it.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        acting: ActingWords,
    },
    /// Seal everything that waits for the county, into a file for a stick.
    Export {
        /// Folder; the station's own stick when it is not given.
        #[arg(long)]
        to: Option<PathBuf>,
        #[command(flatten)]
        acting: ActingWords,
    },
    /// Take in a file of answers that the county has signed.
    Import {
        file: PathBuf,
        #[command(flatten)]
        acting: ActingWords,
    },
}

#[derive(Args)]
struct ActingWords {
    #[arg(long)]
    station: PathBuf,
    /// Who does it; the password is the first line of standard input.
    #[arg(long)]
    by: String,
}

#[derive(Subcommand)]
enum PeopleCommand {
    /// Make the invented people of a training station, if they are not there yet, and say how they sign in.
    Practice {
        #[arg(long)]
        station: PathBuf,
    },
}

#[derive(Subcommand)]
enum WindowsCommand {
    /// Read a directory from CSV and report every repair (see fixtures/windows).
    Import {
        file: PathBuf,
        /// The pack whose districts the file names.
        #[arg(long, default_value = "fixtures/packs/yiyang-2021.toml", conflicts_with = "station")]
        pack: PathBuf,
        /// Keep the directory at this station, by its own pack; without it the file is only reported on.
        #[arg(long)]
        station: Option<PathBuf>,
    },
    /// Make a window of the imported directory the station's own: writes [window] of the station file after asking.
    Choose {
        /// Its code in the directory.
        code: String,
        #[arg(long)]
        station: PathBuf,
        /// Code of the township to which a village window reports; when the directory names one only, that one.
        #[arg(long)]
        parent: Option<String>,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("YOUDAI_LOG").unwrap_or_else(|_| "warn".into()))
        .init();
    let words = Words::try_parse().unwrap_or_else(|usage| {
        // Help and version are answers, not mistakes.
        let code = if usage.use_stderr() { End::Usage as i32 } else { 0 };
        let _ = usage.print();
        std::process::exit(code);
    });
    let json = words.json;
    let end = match words.command {
        Command::Reader(command) => reader(json, command),
        Command::Photo(PhotoCommand::Check { file, model }) => cli::photo::check(json, &file, model.as_deref()),
        Command::Card(command) => cli::card::run(json, command),
        Command::Fonts(command) => cli::fonts::run(json, &command),
        Command::Printer(command) => cli::printer::run(json, &command),
        Command::Ledger(LedgerCommand::Verify { dir }) => cli::ledger::verify(json, &dir),
        Command::Ledger(LedgerCommand::Fill { cases, into, seed, station, page, portrait }) => cli::fill::fill(
            json,
            &cli::fill::Fill { station: &station, into, cases, seed, page: &page, portrait: &portrait },
        ),
        Command::Pack(PackCommand::Check { file }) => cli::pack::check(json, &file),
        Command::Pack(PackCommand::Explain { file, facts }) => cli::pack_explain::explain(json, &file, &facts),
        Command::Pack(PackCommand::Diff { before, after, facts }) => {
            cli::pack_diff::diff(json, &before, &after, &facts)
        }
        Command::Windows(WindowsCommand::Import { file, pack, station }) => match station {
            Some(station) => cli::windows::import_at(json, &file, &station),
            None => cli::windows::import(json, &file, &pack),
        },
        Command::Windows(WindowsCommand::Choose { code, station, parent, yes }) => {
            cli::windows_choose::choose(json, &code, &station, parent.as_deref(), yes)
        }
        Command::Outbox(command) => outbox(json, &command),
        Command::Archive(command) => cli::archive::run(json, command),
        Command::Qr(command) => cli::qr::run(json, &command),
        Command::People(PeopleCommand::Practice { station }) => cli::people::practice(json, &station),
        Command::Retention(RetentionCommand::Plan { words }) => {
            cli::retention::plan(json, &words.station, words.day_is_right)
        }
        Command::Retention(RetentionCommand::Run { words }) => {
            cli::retention::run(json, &words.station, words.day_is_right)
        }
        Command::Stats { station, from, to, csv } => cli::stats::stats(json, &station, from, to, csv.as_deref()),
        Command::Visit { station, out } => cli::demo::visit(json, &station, &out),
    };
    ExitCode::from(end as u8)
}

fn outbox(json: bool, command: &OutboxCommand) -> End {
    use cli::outbox::{Again, By};
    match command {
        OutboxCommand::List { station } => cli::outbox::list(json, station),
        OutboxCommand::Retry { id, all: _, acting } => {
            let again = id.as_deref().map_or(Again::All, Again::One);
            cli::outbox::retry(json, &acting.station, again, By(&acting.by))
        }
        OutboxCommand::Export { to, acting } => {
            cli::outbox::export(json, &acting.station, to.as_deref(), By(&acting.by))
        }
        OutboxCommand::Import { file, acting } => cli::outbox::import(json, &acting.station, file, By(&acting.by)),
    }
}

fn reader(json: bool, command: ReaderCommand) -> End {
    match command {
        ReaderCommand::List => cli::reader::list(json),
        ReaderCommand::Probe { port } => cli::reader::probe(json, &port),
        ReaderCommand::Read { reading, trace } => cli::reader::read(json, &reading.tracing(trace)),
        ReaderCommand::Watch { port, all, for_ms } => cli::reader::watch(json, &port, all, for_ms),
        ReaderCommand::Pin { station, by } => cli::reader::pin(json, &station, by.as_deref()),
        ReaderCommand::Trace { file, reading } => cli::reader::trace(json, &file, reading.tracing(None)),
    }
}
