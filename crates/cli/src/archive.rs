//! `youdai archive`: the packages of sealed cases leave the ledger, and any package proves itself.

use std::path::{Path, PathBuf};

use archive::{Verdict, verify_by};
use casework::nouns::{Actor, CaseId, PersonRole};
use clap::Subcommand;
use desk::compose::now_at;
use desk::contract::Secret;
use desk::packages_out::{TakeOutError, TakenOut, take_out};
use desk::people::door;
use desk::station::{Mode, StationFile};
use ledger::{Ledger, LedgerError, LedgerKey, Search, Sought, Stage, StageAsked};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::archive_key;

/// What can be asked of packages.
#[derive(Subcommand)]
pub enum ArchiveCommand {
    /// Write the packages of sealed cases, byte for byte as they were sealed; each is a row of the journal.
    Build {
        /// Number of a sealed case.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        case: Option<String>,
        /// Every sealed case.
        #[arg(long)]
        all: bool,
        /// Folder for the packages.
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        station: PathBuf,
        /// The archivist who answers for it; the password is the first line of standard input.
        #[arg(long)]
        by: Option<String>,
    },
    /// Check packages: 真实性, 完整性, 可用性, 安全性. One that is not sound ends with 3.
    Verify {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// A registered public key, or a folder of them (*.pem): the package has to be signed with one of these.
        #[arg(long)]
        key: Vec<PathBuf>,
    },
    /// Tell the public key with which this station signs its packages, and its fingerprint, to have it registered.
    Key {
        #[arg(long)]
        station: PathBuf,
        /// Write the key into this file too.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// Does one of the commands.
pub fn run(json: bool, command: ArchiveCommand) -> End {
    match command {
        ArchiveCommand::Build { case, all: _, out, station, by } => {
            let (case, by) = (case.as_deref(), by.as_deref());
            build(json, &Build { station: &station, case, out: &out, by })
        }
        ArchiveCommand::Verify { files, key } => verify(json, &files, &key),
        ArchiveCommand::Key { station, out } => archive_key::tell(json, &station, out.as_deref()),
    }
}

/// Which packages are wanted, where they go, and who answers for it.
pub struct Build<'a> {
    pub station: &'a Path,
    /// The number of a sealed case; `None` for all of them.
    pub case: Option<&'a str>,
    pub out: &'a Path,
    /// An archivist of the station; the password is the first line of standard input.
    pub by: Option<&'a str>,
}

#[derive(Serialize)]
struct BuildAnswer {
    packages: Vec<Built>,
}

#[derive(Serialize)]
struct Built {
    case: String,
    file: String,
    /// SM3 of the file, as the seal of the case has it.
    sm3: String,
}

/// Why no package was written.
#[derive(Debug, thiserror::Error)]
enum BuildError {
    #[error("没有说是谁要取档案包")]
    Nobody,
    #[error("只有归档人员能取档案包")]
    NotArchivist,
    #[error("{what}")]
    Door { code: &'static str, what: String },
    #[error("{case} 不是已归档的事项")]
    NotSealed { case: String },
    #[error("台账没有读写成")]
    Ledger {
        #[from]
        source: LedgerError,
    },
    #[error(transparent)]
    TakeOut {
        #[from]
        source: TakeOutError,
    },
}

/// `youdai archive build`: writes the stored packages of sealed cases, byte for byte. Each is a row of the journal before
/// it is a file. The program must not be running.
pub fn build(json: bool, build: &Build<'_>) -> End {
    let file = match StationFile::load(build.station) {
        Ok(file) => file,
        Err(error) => {
            return fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage);
        }
    };
    match try_build(&file, build) {
        Ok(packages) => {
            let mut words = format!("写出 {} 个档案包", packages.len());
            for built in &packages {
                words.push_str(&format!("\n  {}  SM3 {}…", built.file, &built.sm3[..built.sm3.len().min(16)]));
            }
            words.push_str("\n档案包里是完整的个人信息，请按档案规定保管。");
            say(json, &BuildAnswer { packages }, &words);
            End::Done
        }
        Err(error) => {
            let (code, do_now, end) = match &error {
                BuildError::Nobody | BuildError::NotArchivist => {
                    ("not_permitted", "请加上 --by 归档人员姓名，并在标准输入的第一行给出密码", End::Refused)
                }
                BuildError::Door { code, .. } => (*code, "请核对归档人员的姓名和密码", End::Refused),
                BuildError::NotSealed { .. } => ("not_sealed", "请先在窗口办完归档这一步", End::Refused),
                BuildError::Ledger { .. } => ("ledger", "请先关闭窗口程序，再运行一次", End::Ours),
                BuildError::TakeOut { source } => match source {
                    TakeOutError::NotSealed { .. } => ("not_sealed", "请先在窗口办完归档这一步", End::Refused),
                    TakeOutError::Ledger { .. } => ("ledger", "请先关闭窗口程序，再运行一次", End::Ours),
                    TakeOutError::Write { .. } => ("out", "请换一个能写的文件夹", End::Usage),
                    TakeOutError::Other { .. } => ("out", "请换一个空的文件夹", End::Usage),
                },
            };
            fail(json, &Failure::new(code, desk::fault::chain(&error), do_now), end)
        }
    }
}

fn try_build(file: &StationFile, build: &Build<'_>) -> Result<Vec<Built>, BuildError> {
    let folder = file.ledger_folder();
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    let mut ledger = Ledger::open(&folder, &key)?;
    let actor = archivist(&mut ledger, file, build.by)?;
    let cases = match build.case {
        Some(case) => vec![case.parse().map_err(|_| BuildError::NotSealed { case: case.to_owned() })?],
        None => sealed(&ledger)?,
    };
    let at = now_at(file).at;
    let taken = cases.iter().map(|case| take_out(&mut ledger, case, build.out, at, &actor));
    taken.map(|taken| Ok(Built::of(taken?))).collect()
}

impl Built {
    fn of(taken: TakenOut) -> Built {
        let TakenOut { case, file, package } = taken;
        Built { case: case.to_string(), file: file.display().to_string(), sm3: package.to_string() }
    }
}

/// The archivist who answers for it, if the station has people.
fn archivist(ledger: &mut Ledger, file: &StationFile, by: Option<&str>) -> Result<Actor, BuildError> {
    if ledger.people()?.is_empty() {
        return Ok(Actor::system());
    }
    let name = by.ok_or(BuildError::Nobody)?;
    let mut line = String::new();
    // An input that cannot be read is an empty password, which opens nothing.
    let _ = std::io::stdin().read_line(&mut line);
    let password = Secret::new(line.trim_end_matches(['\r', '\n']));
    let person = door::let_in(ledger, file.people.lock_rule(), name, &password, now_at(file)).map_err(|trouble| {
        let words = trouble.fields.iter().map(|field| field.words.clone()).chain(trouble.reasons.clone());
        BuildError::Door { code: trouble.code, what: words.collect::<Vec<_>>().join("；") }
    })?;
    let training = file.mode == Mode::Training;
    let may = |role: &PersonRole| *role == PersonRole::Archivist || (training && *role == PersonRole::Tester);
    if person.roles.iter().any(may) { Ok(person.name) } else { Err(BuildError::NotArchivist) }
}

/// Every sealed case, oldest first.
fn sealed(ledger: &Ledger) -> Result<Vec<CaseId>, LedgerError> {
    const PAGE: usize = 200;
    let search = Search { sought: Sought::Any, from: None, to: None, stage: StageAsked::Only(Stage::Sealed) };
    let mut cases = Vec::new();
    let mut mark = None;
    loop {
        let found = ledger.search(&search, mark.as_ref(), PAGE)?;
        cases.extend(found.lines.into_iter().map(|line| line.case));
        mark = found.more;
        if mark.is_none() {
            cases.reverse();
            return Ok(cases);
        }
    }
}

#[derive(Serialize)]
struct VerifyAnswer {
    sound: bool,
    packages: Vec<Verified>,
}

#[derive(Serialize)]
struct Verified {
    file: String,
    sound: bool,
    package: Option<String>,
    headings: Vec<HeadingAnswer>,
}

#[derive(Serialize)]
struct HeadingAnswer {
    name: &'static str,
    sound: Vec<String>,
    faults: Vec<String>,
}

/// `youdai archive verify`: the four headings for each file. A package that is not sound ends with 3.
pub fn verify(json: bool, files: &[PathBuf], keys: &[PathBuf]) -> End {
    let keys = match archive_key::registered(keys) {
        Ok(keys) => keys,
        Err(failure) => return fail(json, &failure, End::Usage),
    };
    let mut packages = Vec::new();
    for file in files {
        match std::fs::read(file) {
            Ok(bytes) => {
                let verdict = keys.as_ref().map_or_else(|| archive::verify(&bytes), |keys| verify_by(&bytes, keys));
                packages.push(Verified::of(file, verdict));
            }
            Err(error) => {
                let what = format!("{}：{error}", file.display());
                return fail(json, &Failure::new("usage", what, "请给出档案包的文件"), End::Usage);
            }
        }
    }
    let answer = VerifyAnswer { sound: packages.iter().all(|one| one.sound), packages };
    let words: Vec<String> = answer.packages.iter().map(Verified::words).collect();
    say(json, &answer, &words.join("\n"));
    if answer.sound { End::Done } else { End::Refused }
}

impl Verified {
    fn of(file: &Path, verdict: Verdict) -> Verified {
        Verified {
            file: file.display().to_string(),
            sound: verdict.is_sound(),
            package: verdict.package,
            headings: verdict
                .headings
                .into_iter()
                .map(|heading| HeadingAnswer { name: heading.name, sound: heading.sound, faults: heading.faults })
                .collect(),
        }
    }

    fn words(&self) -> String {
        let mut words = format!("{}：{}", self.file, if self.sound { "完好" } else { "有问题" });
        for heading in &self.headings {
            words.push_str(&format!("\n{}", heading.name));
            for line in &heading.sound {
                words.push_str(&format!("\n  ✓ {line}"));
            }
            for line in &heading.faults {
                words.push_str(&format!("\n  ✗ {line}"));
            }
            if heading.sound.is_empty() && heading.faults.is_empty() {
                words.push_str("\n  没有查");
            }
        }
        words
    }
}
