//! Keeping a calibration: somebody of the station stands behind it, the journal says so, and then the file is written.

use casework::nouns::{Actor, PersonRole};
use desk::calibration::{self, Measured};
use desk::compose::now_at;
use desk::contract::Secret;
use desk::people::door;
use desk::station::StationFile;
use ledger::{Ledger, LedgerError, LedgerKey, StationEntry};

use super::{Answered, refused};
use crate::answer::{End, Failure};
use crate::card::trouble;

/// Writes the journal row and then the file. The program must not be running: one owner holds the ledger.
pub(super) fn keep(file: &StationFile, measured: &Measured, sides: usize, by: &str) -> Answered<()> {
    let path = file.calibration_file();
    let all = calibration::load(&path).map_err(trouble)?;
    let folder = file.ledger_folder();
    let mut ledger = LedgerKey::load_or_create(&folder.join("ledger.key"))
        .and_then(|key| Ledger::open(&folder, &key))
        .map_err(|error| of_ledger(&error))?;
    let at = now_at(file).at;
    let actor = vouched(&mut ledger, file, by)?;
    let (all, fact) = measured.among(all, sides, at, actor.as_str()).map_err(|why| refused(why, "请重新量一次"))?;
    let facts = [fact];
    ledger
        .record_station(StationEntry { at, actor: &actor, facts: &facts, password: None, tries: None })
        .map_err(|error| of_ledger(&error))?;
    calibration::save(&path, &all).map_err(|error| {
        let what = format!("校准没有写进 {}：{error}", path.display());
        (Failure::new("write", what, "请看磁盘空间和文件夹的权限，再运行一次"), End::Ours)
    })
}

/// The supervisor or administrator who measured.
fn vouched(ledger: &mut Ledger, file: &StationFile, by: &str) -> Answered<Actor> {
    let mut line = String::new();
    // An input that cannot be read is an empty password, which opens nothing.
    let _ = std::io::stdin().read_line(&mut line);
    let password = Secret::new(line.trim_end_matches(['\r', '\n']));
    let person = door::let_in(ledger, file.people.lock_rule(), by, &password, now_at(file)).map_err(|trouble| {
        let words = trouble.fields.iter().map(|field| field.words.clone()).chain(trouble.reasons.clone());
        let what = words.collect::<Vec<_>>().join("；");
        (Failure::new(trouble.code, what, "请核对姓名和密码"), End::Refused)
    })?;
    let may = person.roles.contains(&PersonRole::Supervisor) || person.roles.contains(&PersonRole::Administrator);
    if may {
        return Ok(person.name);
    }
    Err((Failure::new("not_permitted", "只有监督员或管理员能校准打印机", "请监督员或管理员来做"), End::Refused))
}

fn of_ledger(error: &LedgerError) -> (Failure, End) {
    (Failure::new("ledger", desk::fault::chain(error), "请先关闭窗口程序，再运行一次"), End::Ours)
}
