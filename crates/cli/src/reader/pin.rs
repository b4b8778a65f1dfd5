//! `youdai reader pin`: the reader that is plugged in becomes the station's own.
//!
//! The first reader that ever spoke at a station was pinned by itself. When it is replaced, reads of the new one are marked as
//! not verified until a technician says here that it is the right one. Each identity in the journal names its reader.

use std::path::Path;

use casework::nouns::Actor;
use casework::station_fact::StationFact;
use desk::compose::now_at;
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
pub fn pin(json: bool, station: &Path) -> End {
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
    match write(&file, &sam_id) {
        Ok(before) => {
            let answer = PinAnswer { sam_id, before };
            let was = answer.before.as_deref().unwrap_or("没有登记过");
            say(json, &answer, &format!("本站登记的读卡器：{}\n原来的：{was}", answer.sam_id));
            End::Done
        }
        Err(error) => {
            let failure = Failure::new("ledger", desk::fault::chain(&error), "请先关闭窗口程序，再运行一次");
            fail(json, &failure, End::Ours)
        }
    }
}

fn write(file: &StationFile, sam_id: &str) -> Result<Option<String>, LedgerError> {
    let folder = file.ledger_folder();
    let key = LedgerKey::load_or_create(&folder.join("ledger.key"))?;
    let mut ledger = Ledger::open(&folder, &key)?;
    let before = ledger.setting(PINNED_SAM)?;
    let facts = [StationFact::ReaderPinned { sam_id: sam_id.to_owned(), before: before.clone() }];
    let (at, actor) = (now_at(file).at, Actor::system());
    ledger.record_station(StationEntry { at, actor: &actor, facts: &facts, password: None, tries: None })?;
    Ok(before)
}
