//! From the text of a facts file to facts, or to the first thing wrong with it.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Facts, Laid, OnPaper, Portrait};
use crate::nouns::{
    ApplicantMode, CaseKind, CountyId, DocumentKind, Hukou, MaterialCode, ReasonCode, ValidUntil, WindowLevel,
};

/// A facts file that cannot be read. `file` and `line` (from 1) say where to look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {fault}")]
pub struct FactsError {
    pub file: String,
    pub line: usize,
    pub fault: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    on: Date,
    kind: CaseKind,
    mode: ApplicantMode,
    hukou: Hukou,
    window_level: WindowLevel,
    department: CountyId,
    holds_a_card: bool,
    person: Person,
    /// Left out altogether: only the verdict is asked for. Left empty: nothing was brought.
    paper: Option<Vec<PaperRow>>,
    photo: Option<PhotoRow>,
}

/// What the rules ask of a person, and no more: a facts file names nobody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    birth: Date,
    document: DocumentKind,
    valid_until: Until,
}

/// A paper on the counter, sound unless it says otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperRow {
    material: MaterialCode,
    #[serde(default = "yes")]
    original_shown: bool,
    #[serde(default)]
    errors: Vec<ReasonCode>,
    #[serde(default = "yes")]
    written_down: bool,
    promised_until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhotoRow {
    width_mm: u16,
    height_mm: u16,
    #[serde(default = "yes")]
    same_person: bool,
    #[serde(default = "yes")]
    bareheaded: bool,
    #[serde(default = "yes")]
    recent: bool,
}

fn yes() -> bool {
    true
}

/// `"2031-05-20"` or `"long_term"`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Until(ValidUntil);

impl TryFrom<String> for Until {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text == "long_term" {
            return Ok(Self(ValidUntil::LongTerm));
        }
        let day = text.parse().map_err(|_| "`valid_until` is a day such as 2031-05-20, or long_term".to_owned())?;
        Ok(Self(ValidUntil::Day(day)))
    }
}

pub(super) fn parse(file_name: &str, text: &str) -> Result<Facts, FactsError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        FactsError { file: file_name.to_owned(), line, fault: error.message().to_owned() }
    })?;
    let laid = (file.paper.is_some() || file.photo.is_some()).then(|| Laid {
        papers: file.paper.unwrap_or_default().into_iter().map(PaperRow::on_paper).collect(),
        photo: file.photo.map(PhotoRow::portrait),
    });
    Ok(Facts {
        title: file.title,
        kind: file.kind,
        mode: file.mode,
        hukou: file.hukou,
        window_level: file.window_level,
        department: file.department,
        birth: file.person.birth,
        document: file.person.document,
        valid_until: file.person.valid_until.0,
        holds_a_card: file.holds_a_card,
        on: file.on,
        laid,
    })
}

impl PaperRow {
    fn on_paper(self) -> OnPaper {
        let Self { material, original_shown, errors, written_down, promised_until } = self;
        OnPaper { material, original_shown, errors, written_down, promised_until }
    }
}

impl PhotoRow {
    fn portrait(self) -> Portrait {
        let Self { width_mm, height_mm, same_person, bareheaded, recent } = self;
        Portrait { width_mm, height_mm, same_person, bareheaded, recent }
    }
}
