//! `youdai windows choose`: a window of the imported directory becomes the station's own, at set-up or when it moves.

use std::io::{BufRead, Write};
use std::path::Path;

use casework::nouns::WindowLevel;
use casework::windows::Window;
use desk::directory::{self, Directory};
use desk::station::StationFile;
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::pack::load;

#[derive(Serialize)]
struct Chosen {
    station: String,
    code: String,
    name: String,
    parent: String,
    /// Where it is, or where that is published.
    address: String,
    /// Version of the directory, SM3 of its file.
    directory: String,
    /// What the station was before.
    before: String,
}

/// Writes the window into the station file. The program reads it at its next start; the ledger stays as it is.
pub fn choose(json: bool, code: &str, file: &Path, parent: Option<&str>, yes: bool) -> End {
    let station = match StationFile::load(file) {
        Ok(station) => station,
        Err(error) => {
            return fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage);
        }
    };
    let pack = match load(json, &station.pack) {
        Ok(pack) => pack,
        Err(end) => return end,
    };
    let directory = match Directory::current(&station.data, pack.districts()) {
        Ok(Some(directory)) => directory,
        Ok(None) => {
            let what = format!("本站还没有窗口名录；名录{}", pack.rules().windows_published.value.as_str());
            let failure = Failure::new("windows.none", what, "请先用 youdai windows import FILE --station 导入");
            return fail(json, &failure, End::Refused);
        }
        Err(error) => {
            let failure = Failure::new("windows", desk::fault::chain(&error), "请把窗口名录重新导入一次");
            return fail(json, &failure, End::Ours);
        }
    };
    let Some(window) = directory.windows.iter().find(|window| window.code.as_str() == code) else {
        let mut failure = Failure::new("windows.unknown", format!("名录里没有“{code}”"), "请从下面的窗口里选一个编码");
        failure.reasons = directory.windows.iter().map(|window| format!("{} {}", window.code, window.name)).collect();
        return fail(json, &failure, End::Refused);
    };
    let parent = match parent_of(window, &directory, parent, &station) {
        Ok(parent) => parent,
        Err(failure) => return fail(json, &failure, End::Refused),
    };
    let answer = Chosen {
        station: file.display().to_string(),
        code: window.code.to_string(),
        name: window.name.clone(),
        address: window.address_line(pack.rules().windows_published.value.as_str()).to_owned(),
        directory: directory.hash.clone(),
        before: format!("{} {}", station.window.code, station.window.name),
        parent,
    };
    if !yes && !agreed(&answer) {
        return fail(json, &Failure::new("windows.not_agreed", "没有改动", "要改请答 y，或加 --yes"), End::Refused);
    }
    if let Err(error) = directory::choose(file, window, &answer.parent, &directory.hash) {
        return fail(json, &Failure::new("windows", desk::fault::chain(&error), "站点设置文件没有改动"), End::Ours);
    }
    say(
        json,
        &answer,
        &format!("{}\n已写进 {}，下次开机起用；原来的在旁边的 .before 文件里", answer.words(), answer.station),
    );
    End::Done
}

/// The township a village window reports to. The directory does not say, so it is named or there is only one; a window of
/// another level reports to nobody.
fn parent_of(
    window: &Window,
    directory: &Directory,
    named: Option<&str>,
    station: &StationFile,
) -> Result<String, Failure> {
    if window.level != WindowLevel::Village {
        return Ok(String::new());
    }
    let parents: Vec<&Window> = directory.parents_of(window).collect();
    match (named, parents.as_slice()) {
        (Some(named), _) => parents
            .iter()
            .find(|parent| parent.code.as_str() == named)
            .map(|parent| parent.name.clone())
            .ok_or_else(|| asked(format!("“{named}”不是同一区县的乡镇级窗口"), &parents)),
        (None, [parent]) => Ok(parent.name.clone()),
        // The same window once more, after a new import: whom it reports to has not changed.
        (None, _) if window.code == station.window.code => Ok(station.window.parent.clone()),
        (None, _) => Err(asked("名录没有写这个村级窗口向哪个乡镇报备".to_owned(), &parents)),
    }
}

fn asked(what: String, parents: &[&Window]) -> Failure {
    let mut failure = Failure::new("windows.parent", what, "请用 --parent 给出乡镇级窗口的编码");
    failure.reasons = parents.iter().map(|parent| format!("{} {}", parent.code, parent.name)).collect();
    failure
}

impl Chosen {
    fn words(&self) -> String {
        let parent = if self.parent.is_empty() { "不向谁报备" } else { &self.parent };
        format!(
            "本站原来是 {}\n要改成 {} {}\n地址 {}\n报备 {parent}\n名录版本 {}",
            self.before,
            self.code,
            self.name,
            self.address,
            &self.directory[..12]
        )
    }
}

/// Asks on the terminal; anything but `y` is a no, and so is a silent end of the input.
fn agreed(answer: &Chosen) -> bool {
    eprint!("{}\n改吗？[y/N] ", answer.words());
    // A terminal that has gone away gives no answer either.
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).is_ok() && line.trim().eq_ignore_ascii_case("y")
}
