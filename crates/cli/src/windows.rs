//! `youdai windows import`: reads a directory of windows and reports every repair, every lack and every refusal.

use std::path::Path;

use casework::pack::PolicyPack;
use casework::windows::{self, Found, Import, WhyRefused};
use desk::directory::Directory;
use desk::station::StationFile;
use jiff::Timestamp;
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};
use crate::pack::load;

#[derive(Serialize)]
struct Report {
    ok: bool,
    file: String,
    /// The version under which a station keeps it: SM3 of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<String>,
    /// Where the addresses are published that the file does not give.
    published: String,
    windows: Vec<Line>,
    findings: Vec<Told>,
    refused: Vec<Told>,
}

#[derive(Serialize)]
struct Line {
    code: String,
    name: String,
    county: String,
    address: String,
    phone: String,
}

#[derive(Serialize)]
struct Told {
    line: usize,
    what: String,
}

/// `youdai windows import`. A file with a row that cannot be taken is refused whole: 3.
pub fn import(json: bool, file: &Path, pack: &Path) -> End {
    match load(json, pack).and_then(|pack| read(json, file, &pack)) {
        Ok((report, _)) => told(json, &report),
        Err(end) => end,
    }
}

/// `youdai windows import --station`: the same, and a file that is taken is kept at the station. It is offered there from
/// then on; the files that were imported before stay.
pub fn import_at(json: bool, file: &Path, station: &Path) -> End {
    let station = match StationFile::load(station) {
        Ok(station) => station,
        Err(error) => {
            return fail(json, &Failure::new("usage", desk::fault::chain(&error), "请改正站点设置文件"), End::Usage);
        }
    };
    let (mut report, text) = match load(json, &station.pack).and_then(|pack| read(json, file, &pack)) {
        Ok(read) => read,
        Err(end) => return end,
    };
    if report.ok {
        match Directory::keep(&station.data, text.as_bytes(), Timestamp::now()) {
            Ok(hash) => report.kept = Some(hash),
            Err(error) => {
                return fail(
                    json,
                    &Failure::new("windows", desk::fault::chain(&error), "请清出磁盘空间，再导入一次"),
                    End::Ours,
                );
            }
        }
    }
    told(json, &report)
}

fn read(json: bool, file: &Path, pack: &PolicyPack) -> Result<(Report, String), End> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let failure = Failure::new("usage", format!("{}：{error}", file.display()), "请给出 UTF-8 的 CSV 文件");
        fail(json, &failure, End::Usage)
    })?;
    Ok((Report::of(&file.display().to_string(), pack, &windows::import(&text, pack.districts())), text))
}

fn told(json: bool, report: &Report) -> End {
    say(json, report, &report.words());
    if report.ok { End::Done } else { End::Refused }
}

impl Report {
    fn of(file: &str, pack: &PolicyPack, import: &Import) -> Self {
        let published = pack.rules().windows_published.value.as_str();
        let line = |window: &windows::Window| {
            let district = pack.call_for(Some(&window.county));
            let own = window.phone.dialable().map(str::to_owned);
            Line {
                code: window.code.to_string(),
                name: window.name.clone(),
                county: pack.district(&window.county).map(|one| one.name.to_string()).unwrap_or_default(),
                address: window.address_line(published).to_owned(),
                phone: match own {
                    Some(own) => own,
                    None if window.phone.normalised().is_empty() => format!("咨询 {}", district.number),
                    None => format!("号码待核实，咨询 {}", district.number),
                },
            }
        };
        Self {
            ok: import.refused.is_empty(),
            file: file.to_owned(),
            kept: None,
            published: published.to_owned(),
            windows: import.windows.iter().map(line).collect(),
            findings: import
                .findings
                .iter()
                .map(|one| Told { line: one.line, what: format!("{}：{}", one.column, found(&one.what)) })
                .collect(),
            refused: import.refused.iter().map(|row| Told { line: row.line, what: refused(&row.why) }).collect(),
        }
    }

    fn words(&self) -> String {
        let mut lines = vec![if self.ok {
            format!("ok：{}，{} 个窗口，{} 处说明", self.file, self.windows.len(), self.findings.len())
        } else {
            format!("不能导入：{}，{} 行有错，整个文件都没有导入", self.file, self.refused.len())
        }];
        lines.extend(self.kept.iter().map(|hash| format!("已存，版本 {}", &hash[..12])));
        lines.extend(self.refused.iter().map(|told| format!("{}:{}: {}", self.file, told.line, told.what)));
        lines.extend(self.findings.iter().map(|told| format!("第 {} 行 {}", told.line, told.what)));
        for one in &self.windows {
            lines.push(format!("{} {} {} {} {}", one.code, one.county, one.name, one.address, one.phone));
        }
        lines.join("\n")
    }
}

fn found(what: &Found) -> String {
    match what {
        Found::BlanksRemoved { before, after } => format!("去掉了前后的空格：“{before}”→“{after}”"),
        Found::Normalised { before, after } => format!("全角或空格已改正：“{before}”→“{after}”"),
        Found::MarkRemoved => "去掉了文件开头的标记".to_owned(),
        Found::AddressMissing => "没有地址，对外说明在哪里公布".to_owned(),
        Found::PhoneMissing => "没有电话，对外给出区县的咨询电话".to_owned(),
        Found::PhoneDefective { raw } => format!("号码待核实，不拨打也不猜：“{raw}”"),
    }
}

fn refused(why: &WhyRefused) -> String {
    match why {
        WhyRefused::Empty => "文件是空的".to_owned(),
        WhyRefused::Unclosed => "引号没有收尾".to_owned(),
        WhyRefused::NoColumn(column) => format!("缺“{column}”这一列"),
        WhyRefused::UnknownColumn(column) => format!("不认识“{column}”这一列"),
        WhyRefused::ColumnTwice(column) => format!("“{column}”这一列有两次"),
        WhyRefused::Cells { found, wanted } => format!("有 {found} 格，应有 {wanted} 格"),
        WhyRefused::Blank(column) => format!("“{column}”不能空着"),
        WhyRefused::UnknownLevel(level) => format!("不认识级别“{level}”"),
        WhyRefused::UnknownDistrict(district) => format!("“{district}”不在政策包的区县名录里"),
        WhyRefused::CodeTwice { code, first } => format!("编码“{code}”在第 {first} 行已经有了"),
        WhyRefused::NotACode(code) => format!("“{code}”不能作编码"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> std::path::PathBuf {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")).join(name)
    }

    fn words(file: &str) -> String {
        let pack = load(true, &fixture("packs/yiyang-2021.toml")).unwrap();
        let text = std::fs::read_to_string(fixture("windows").join(file)).unwrap();
        Report::of(file, &pack, &windows::import(&text, pack.districts())).words()
    }

    #[test]
    fn the_report_names_every_repair_and_every_refusal() {
        insta::assert_snapshot!(format!("{}\n\n{}", words("sample.csv"), words("refused.csv")));
    }

    #[test]
    fn a_file_with_one_bad_row_is_refused_whole() {
        let pack = fixture("packs/yiyang-2021.toml");
        assert_eq!(import(true, &fixture("windows/sample.csv"), &pack), End::Done);
        assert_eq!(import(true, &fixture("windows/refused.csv"), &pack), End::Refused);
        assert_eq!(import(true, &fixture("windows/none.csv"), &pack), End::Usage);
    }
}
