//! The directory of windows (窗口名录), imported from a CSV file: what can be repaired is repaired and reported, what
//! is missing stays missing, and nothing is guessed (S-02, S-03, D-02, D-03).

mod csv;

use std::collections::BTreeMap;

use crate::{
    nouns::{CountyId, Phone, PhoneStatus, WindowCode, WindowLevel},
    pack::District,
};

/// The columns of the file, by the words of its first line. Their order is free.
pub const COLUMNS: [&str; 8] = ["编码", "名称", "级别", "区县", "地址", "电话", "出处", "版本"];

/// One window of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub code: WindowCode,
    pub name: String,
    pub level: WindowLevel,
    pub county: CountyId,
    /// `None` where the file gives none: then [`Window::address_line`] says where it is published.
    pub address: Option<String>,
    /// Raw and normalised, with its status; blank where the file gives none.
    pub phone: Phone,
    pub source: String,
    pub version: String,
}

/// A file as far as it could be read. It is taken whole or not at all: only when `refused` is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub windows: Vec<Window>,
    /// Every repair and every lack, in the order of the lines.
    pub findings: Vec<Finding>,
    /// Every row that cannot be taken.
    pub refused: Vec<RefusedRow>,
}

/// Something to report about a row that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Line of the file, from 1.
    pub line: usize,
    pub column: &'static str,
    pub what: Found,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Blanks at the ends went away.
    BlanksRemoved { before: String, after: String },
    /// Full-width digits, dashes or colons, or blanks inside a number, were brought to ASCII.
    Normalised { before: String, after: String },
    /// The file begins with a byte order mark.
    MarkRemoved,
    /// No address: the public is told where it is published.
    AddressMissing,
    /// No phone: the district's is shown.
    PhoneMissing,
    /// A phone that is never dialled, printed as to be checked (D-01).
    PhoneDefective { raw: String },
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct RefusedRow {
    pub line: usize,
    pub why: WhyRefused,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhyRefused {
    #[error("the file is empty")]
    Empty,
    #[error("a quotation mark is not closed")]
    Unclosed,
    #[error("column `{0}` is missing")]
    NoColumn(&'static str),
    #[error("column `{0}` is not known")]
    UnknownColumn(String),
    #[error("column `{0}` is given twice")]
    ColumnTwice(&'static str),
    #[error("{found} cells, the first line has {wanted}")]
    Cells { found: usize, wanted: usize },
    #[error("`{0}` must not be blank")]
    Blank(&'static str),
    #[error("level `{0}` is not known")]
    UnknownLevel(String),
    #[error("district `{0}` is not in the pack's directory")]
    UnknownDistrict(String),
    #[error("code `{code}` was given on line {first}")]
    CodeTwice { code: String, first: usize },
    #[error("code `{0}` is no window code")]
    NotACode(String),
}

impl Window {
    /// The address, or where it is published: never an invented one (S-03).
    pub fn address_line<'a>(&'a self, published: &'a str) -> &'a str {
        self.address.as_deref().unwrap_or(published)
    }
}

/// Reads a directory file. Rows are independent: every repair and every refusal of the file is in the answer.
pub fn import(text: &str, districts: &[District]) -> Import {
    let mut import = Import { windows: Vec::new(), findings: Vec::new(), refused: Vec::new() };
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    if body.len() < text.len() {
        import.findings.push(Finding { line: 1, column: COLUMNS[0], what: Found::MarkRemoved });
    }
    let (rows, unclosed) = csv::rows(body);
    let Some((head, rows)) = rows.split_first() else {
        import.refuse(unclosed.unwrap_or(1), if unclosed.is_some() { WhyRefused::Unclosed } else { WhyRefused::Empty });
        return import;
    };
    let columns = match columns(head) {
        Ok(columns) => columns,
        Err(refused) => {
            import.refused = refused;
            return import;
        }
    };
    let mut codes: BTreeMap<WindowCode, usize> = BTreeMap::new();
    for row in rows {
        if row.cells.len() != columns.len() {
            import.refuse(row.line, WhyRefused::Cells { found: row.cells.len(), wanted: columns.len() });
            continue;
        }
        let cells = columns.iter().copied().zip(row.cells.iter().map(String::as_str)).collect();
        let mut reading = Reading { line: row.line, cells, findings: Vec::new() };
        match reading.window(districts) {
            Ok(window) => match codes.get(&window.code) {
                Some(first) => {
                    import.refuse(row.line, WhyRefused::CodeTwice { code: window.code.to_string(), first: *first });
                }
                None => {
                    codes.insert(window.code.clone(), row.line);
                    import.windows.push(window);
                    import.findings.append(&mut reading.findings);
                }
            },
            Err(why) => import.refuse(row.line, why),
        }
    }
    if let Some(line) = unclosed {
        import.refuse(line, WhyRefused::Unclosed);
    }
    import
}

impl Import {
    fn refuse(&mut self, line: usize, why: WhyRefused) {
        self.refused.push(RefusedRow { line, why });
    }
}

/// The columns in the order of the file.
fn columns(head: &csv::Row) -> Result<Vec<&'static str>, Vec<RefusedRow>> {
    let mut columns: Vec<&'static str> = Vec::new();
    let mut refused = Vec::new();
    let mut refuse = |why| refused.push(RefusedRow { line: head.line, why });
    for cell in &head.cells {
        match COLUMNS.into_iter().find(|column| *column == cell.trim()) {
            None => refuse(WhyRefused::UnknownColumn(cell.trim().to_owned())),
            Some(column) if columns.contains(&column) => refuse(WhyRefused::ColumnTwice(column)),
            Some(column) => columns.push(column),
        }
    }
    for column in COLUMNS.into_iter().filter(|column| !columns.contains(column)) {
        refuse(WhyRefused::NoColumn(column));
    }
    if refused.is_empty() { Ok(columns) } else { Err(refused) }
}

/// One row while it is read.
struct Reading<'a> {
    line: usize,
    cells: BTreeMap<&'static str, &'a str>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    fn window(&mut self, districts: &[District]) -> Result<Window, WhyRefused> {
        let code = self.number("编码");
        let code = code.parse().map_err(|_| match code.is_empty() {
            true => WhyRefused::Blank("编码"),
            false => WhyRefused::NotACode(code.clone()),
        })?;
        let name = self.needed("名称")?;
        let level = self.needed("级别")?;
        let level = level_of(&level).ok_or(WhyRefused::UnknownLevel(level))?;
        let county = self.needed("区县")?;
        let district = districts.iter().find(|one| one.name.as_str() == county || one.id.as_str() == county);
        let county = district.map(|district| district.id.clone()).ok_or(WhyRefused::UnknownDistrict(county))?;
        let source = self.needed("出处")?;
        let version = self.needed("版本")?;
        let address = Some(self.number("地址")).filter(|address| !address.is_empty());
        if address.is_none() {
            self.report("地址", Found::AddressMissing);
        }
        Ok(Window { code, name, level, county, address, phone: self.phone(), source, version })
    }

    /// A text without the blanks around it. Nothing inside is touched: it may be a name (D-02).
    fn text(&mut self, column: &'static str) -> String {
        let raw = self.cells.get(column).copied().unwrap_or_default();
        let text = raw.trim();
        if text.len() < raw.len() && !text.is_empty() {
            self.report(column, Found::BlanksRemoved { before: raw.to_owned(), after: text.to_owned() });
        }
        text.to_owned()
    }

    fn needed(&mut self, column: &'static str) -> Result<String, WhyRefused> {
        Some(self.text(column)).filter(|text| !text.is_empty()).ok_or(WhyRefused::Blank(column))
    }

    /// A text in which full-width digits, dashes and colons are brought to ASCII.
    fn number(&mut self, column: &'static str) -> String {
        let text = self.text(column);
        let ascii: String = text.chars().map(narrow).collect();
        if ascii != text {
            self.report(column, Found::Normalised { before: text, after: ascii.clone() });
        }
        ascii
    }

    fn phone(&mut self) -> Phone {
        let raw = self.cells.get("电话").copied().unwrap_or_default();
        let phone = Phone::read(raw);
        match phone.status() {
            PhoneStatus::Good => {}
            PhoneStatus::Repaired => {
                let (before, after) = (raw.to_owned(), phone.normalised().to_owned());
                self.report("电话", Found::Normalised { before, after });
            }
            PhoneStatus::InvalidLength | PhoneStatus::Unreadable if phone.normalised().is_empty() => {
                self.report("电话", Found::PhoneMissing);
            }
            PhoneStatus::InvalidLength | PhoneStatus::Unreadable => {
                self.report("电话", Found::PhoneDefective { raw: raw.to_owned() });
            }
        }
        phone
    }

    fn report(&mut self, column: &'static str, what: Found) {
        self.findings.push(Finding { line: self.line, column, what });
    }
}

/// The four levels, and the words that the procedure has for the third and fourth (二).
fn level_of(word: &str) -> Option<WindowLevel> {
    match word {
        "市" | "市级" => Some(WindowLevel::City),
        "县" | "区" | "县级" | "区县" => Some(WindowLevel::County),
        "乡" | "镇" | "街道" | "园区" | "乡级" | "乡镇" => Some(WindowLevel::Township),
        "村" | "社区" | "村级" => Some(WindowLevel::Village),
        _ => None,
    }
}

fn narrow(character: char) -> char {
    match character {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(character) - 0xff10, 10).unwrap_or(character),
        '\u{ff0d}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{ff1a}' => ':',
        other => other,
    }
}
