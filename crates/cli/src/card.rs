//! `youdai card`: renders a card from a case file, without a case and without a printer.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use desk::fault::{Contacts, Trouble, word};
use desk::press::{Preview, render_card};
use jiff::Timestamp;
use papers::calibration::Placing;
use papers::{CardContent, FontStack, Template};
use serde::{Deserialize, Serialize};

use crate::answer::{End, Failure, fail, say};
use crate::card_sheet;

/// What can be asked of `youdai card`.
#[derive(Subcommand)]
pub enum CardCommand {
    /// Render a card from a case file (see fixtures/cases) to card.pdf, card-front.png and card-back.png; with a sheet,
    /// several cards to sheet.pdf and a picture of each of its pages.
    Render {
        #[arg(long)]
        case: Option<PathBuf>,
        /// Case files, each a card on the sheet.
        #[arg(conflicts_with = "case", requires = "sheet", required_unless_present = "case")]
        cases: Vec<PathBuf>,
        /// Sheet of cells, for example fixtures/templates/sheet-a4-ten.toml.
        #[arg(long)]
        sheet: Option<PathBuf>,
        /// First cell that is still free, counted row by row from 1.
        #[arg(long, default_value_t = 1, requires = "sheet")]
        start: usize,
        #[arg(long)]
        out: PathBuf,
        #[arg(long, default_value = "fixtures/templates/card-cr80.toml")]
        template: PathBuf,
        #[arg(long, default_value = "fixtures/fonts.toml")]
        fonts: PathBuf,
    },
}

/// Does what the command line asks for.
pub fn run(json: bool, command: CardCommand) -> End {
    let CardCommand::Render { case, cases, sheet, start, out, template, fonts } = command;
    let cases: Vec<PathBuf> = case.into_iter().chain(cases).collect();
    let made_with = MadeWith { template: &template, fonts: &fonts };
    match (sheet, cases.as_slice()) {
        (Some(sheet), cases) => card_sheet::render(json, cases, (&sheet, start), &out, made_with),
        (None, [case, ..]) => render(json, case, &out, made_with),
        (None, []) => {
            let (failure, end) = usage("没有给出个案文件".to_owned());
            fail(json, &failure, end)
        }
    }
}

/// The words of one card, as TOML or JSON. The identity number is printed as given: mask it before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    name: String,
    sex: String,
    ethnicity: String,
    birth: String,
    id_number: String,
    address: String,
    card_number: String,
    issued_on: String,
    issuing_authority: String,
    #[serde(default)]
    terms: Vec<String>,
    #[serde(default)]
    consult_phone: String,
    /// JPEG, relative to the case file. Without one the photo's box stays empty.
    photo: Option<std::path::PathBuf>,
    /// Marks the card as a sample; true unless said otherwise, because a file is no case.
    #[serde(default = "yes")]
    sample: bool,
    reprint: Option<u32>,
}

fn yes() -> bool {
    true
}

#[derive(Serialize)]
struct Rendered {
    pdf: String,
    front: String,
    back: String,
    pdf_bytes: usize,
    width_mm: f64,
    height_mm: f64,
}

/// The files that say how a card looks.
#[derive(Clone, Copy)]
pub(crate) struct MadeWith<'a> {
    pub template: &'a Path,
    pub fonts: &'a Path,
}

impl MadeWith<'_> {
    pub(crate) fn load(self) -> Result<(Template, FontStack), (Failure, End)> {
        let template = Template::parse(&read(self.template)?).map_err(|error| trouble(error.into()))?;
        Ok((template, desk::fonts::load(self.fonts, None).map_err(trouble)?))
    }
}

/// `youdai card render` of one card.
fn render(json: bool, case: &Path, out: &Path, made_with: MadeWith<'_>) -> End {
    match try_render(case, out, made_with) {
        Ok(rendered) => {
            say(json, &rendered, &format!("{}\n{}\n{}", rendered.pdf, rendered.front, rendered.back));
            End::Done
        }
        Err((failure, end)) => fail(json, &failure, end),
    }
}

fn try_render(case: &Path, out: &Path, made_with: MadeWith<'_>) -> Result<Rendered, (Failure, End)> {
    let content = content(case)?;
    let (template, fonts) = made_with.load()?;
    // A case file has no moment of its own; a fixed one keeps the bytes the same.
    let preview = render_card(&content, &template, &fonts, &Placing::none(), Timestamp::UNIX_EPOCH).map_err(trouble)?;
    write(out, &preview)
}

pub(crate) fn content(case: &Path) -> Result<CardContent, (Failure, End)> {
    let text = read(case)?;
    let parsed: Result<CardFile, String> = if case.extension().is_some_and(|end| end == "json") {
        serde_json::from_str(&text).map_err(|error| error.to_string())
    } else {
        toml::from_str(&text).map_err(|error| error.to_string())
    };
    let file = parsed.map_err(|error| usage(format!("{}：{error}", case.display())))?;
    let photo = file
        .photo
        .map(|photo| {
            let path = case.parent().unwrap_or(Path::new("")).join(photo);
            std::fs::read(&path).map_err(|error| usage(format!("{}：{error}", path.display())))
        })
        .transpose()?;
    Ok(CardContent {
        name: file.name,
        sex: file.sex,
        ethnicity: file.ethnicity,
        birth: file.birth,
        id_number: file.id_number,
        address: file.address,
        card_number: file.card_number,
        issued_on: file.issued_on,
        issuing_authority: file.issuing_authority,
        terms: file.terms,
        consult_phone: file.consult_phone,
        photo: photo.map(Into::into),
        credential: None,
        sample: file.sample,
        reprint: file.reprint,
    })
}

fn write(out: &Path, preview: &Preview) -> Result<Rendered, (Failure, End)> {
    Ok(Rendered {
        pdf: place(out, "card.pdf", &preview.pdf)?,
        front: place(out, "card-front.png", &preview.front)?,
        back: place(out, "card-back.png", &preview.back)?,
        pdf_bytes: preview.pdf.len(),
        width_mm: preview.width_mm,
        height_mm: preview.height_mm,
    })
}

/// Writes a file into the folder, which is made if need be.
pub(crate) fn place(out: &Path, name: &str, bytes: &[u8]) -> Result<String, (Failure, End)> {
    let path = out.join(name);
    let written = std::fs::create_dir_all(out).and_then(|()| std::fs::write(&path, bytes));
    let ours =
        |error| (Failure::new("write", format!("{}：{error}", out.display()), "请看磁盘空间和文件夹的权限"), End::Ours);
    written.map(|()| path.display().to_string()).map_err(ours)
}

pub(crate) fn read(path: &Path) -> Result<String, (Failure, End)> {
    std::fs::read_to_string(path).map_err(|error| usage(format!("{}：{error}", path.display())))
}

fn usage(what: String) -> (Failure, End) {
    (Failure::new("usage", what, "请看 youdai card render --help 和 fixtures/cases"), End::Usage)
}

/// A missing glyph or a photo that cannot stand is a rule's refusal; the rest is ours.
pub(crate) fn trouble(trouble: Trouble) -> (Failure, End) {
    let fault = word(&trouble, &Contacts { department: String::new(), technician: String::new() });
    let end = match fault.code.as_str() {
        "printing.glyph_missing" | "printing.photo_missing" => End::Refused,
        _ => End::Ours,
    };
    let mut failure = Failure::new(&fault.code, fault.what, fault.do_now);
    failure.reasons = fault.reasons;
    (failure, end)
}
