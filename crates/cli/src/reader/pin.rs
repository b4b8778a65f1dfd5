//! `youdai reader pin`: the reader that is plugged in becomes the station's own.
//!
//! The first reader that ever spoke at a station was pinned by itself. When it is replaced, reads of the new one are marked as
//! not verified until an administrator of the station says here that it is the right one, by name and password. Each
//! identity in the journal names its reader, and the new one is a row of its own.

use std::path::Path;

use casework::nouns::{Actor, PersonRole};
use casework::station_fact::StationFact;
use desk::compose::now_at;
use desk::contract::Secret;
use desk::people::door;
use desk::station::StationFile;
use devices::reader::Reader;
use ledger::{Ledger, LedgerError, LedgerKey, PINNED_SAM, StationEntry};
use serde::Serialize;

use super::{device, endpoint};
use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct PinAnswer {
    sam_id: String,
    /// What was pinned before.
    before: Option<String>,
}

/// Asks the station's reader who it is, and writes that into the station's ledger. The program must not be running.
/// `by` is the administrator who vouches for the reader; their password is the first line of standard input. Before a
/// station has people nobody is asked.
pub fn pin(json: bool, station: &Path, by: Option<&str>) -> End {
    let file = match StationFile::load(station) {
        Ok(file) => file,
        Err(error) => {
            return fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage);
        }
    };
    let endpoint = match endpoint(json, &file.reader.endpoint) {
        Ok(endpoint) => endpoint,
        Err(end) => return end,
    };
    let probe = match Reader::open(&endpoint).and_then(|mut reader| reader.probe()) {
        Ok(probe) => probe,
        Err(fault) => return device(json, &fault),
    };
    let sam_id = probe.sam_id.to_string();
    if let Err(error) = std::fs::create_dir_all(file.ledger_folder()) {
        let what = format!("{}：{error}", file.ledger_folder().display());
        return fail(json, &Failure::new("usage", what, "请改正站点设置文件里的 data"), End::Usage);
    }
    match write(&file, &sam_id, by) {
        Ok(before) => {
            let answer = PinAnswer { sam_id, before };
            let was = answer.before.as_deref().unwrap_or("没有登记过");
            say(json, &answer, &format!("本站登记的读卡器：{}\n原来的：{was}", answer.sam_id));
            End::Done
        }
        Err(PinError::Ledger { source }) => {
            let failure = Failure::new("ledger", desk::fault::chain(&source), "请先关闭窗口程序，再运行一次");
            fail(json, &failure, End::Ours)
        }
        Err(refused @ (PinError::Nobody | PinError::NotAdministrator)) => {
            let do_now = "请加上 --by 管理员姓名，并在标准输入的第一行给出密码";
            fail(json, &Failure::new("not_permitted", refused.to_string(), do_now), End::Refused)
        }
        Err(PinError::Door { code, what }) => {
            fail(json, &Failure::new(code, what, "请核对管理员的姓名和密码"), End::Refused)
        }
    }
}

/// Why a reader was not pinned.
#[derive(Debug, thiserror::Error)]
enum PinError {
    #[error("没有说是谁要登记这台读卡器")]
    Nobody,
    #[error("只有管理员能登记读卡器")]
    NotAdministrator,
    #[error("{what}")]
    Door { code: &'static str, what: String },
    #[error("the ledger could not be written")]
    Ledger {
        #[from]
        source: LedgerError,
    },
}

/// The administrator who stands behind this, if the station has people.
fn vouched(ledger: &mut Ledger, file: &StationFile, by: Option<&str>) -> Result<Actor, PinError> {
    if ledger.people()?.is_empty() {
        return Ok(Actor::system());
    }
    let name = by.ok_or(PinError::Nobody)?;
    let mut line = String::new();
    // An input that cannot be read is an empty password, which opens nothing.
    let _ = std::io::stdin().read_line(&mut line);
    let password = Secret::new(line.trim_end_matches(['\r', '\n']));
    let person = door::let_in(ledger, file.people.lock_rule(), name, &password, now_at(file)).map_err(|trouble| {
        let words = trouble.fields.iter().map(|field| field.words.clone()).chain(trouble.reasons.clone());
        PinError::Door { code: trouble.code, what: words.collect::<Vec<_>>().join("；") }
    })?;
    match person.roles.contains(&PersonRole::Administrator) {
        true => Ok(person.name),
        false => Err(PinError::NotAdministrator),
    }
}

fn write(file: &StationFile, sam_id: &str, by: Option<&str>) -> Result<Option<String>, PinError> {
    let folder = file.ledger_folder();
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    let mut ledger = Ledger::open(&folder, &key)?;
    let before = ledger.setting(PINNED_SAM)?;
    let facts = [StationFact::ReaderPinned { sam_id: sam_id.to_owned(), before: before.clone() }];
    let (actor, at) = (vouched(&mut ledger, file, by)?, now_at(file).at);
    ledger.record_station(StationEntry { at, actor: &actor, facts: &facts, password: None, tries: None })?;
    Ok(before)
}
