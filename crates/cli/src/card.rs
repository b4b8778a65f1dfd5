//! `youdai card`: renders a card from a case file, without a case and without a printer.

use std::path::Path;

use desk::fault::{Contacts, Trouble, word};
use desk::press::{Preview, render_card};
use jiff::Timestamp;
use papers::{CardContent, Template};
use serde::{Deserialize, Serialize};

use crate::answer::{End, Failure, fail, say};

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

/// `youdai card render`.
pub fn render(json: bool, case: &Path, out: &Path, template: &Path, fonts: &Path) -> End {
    match try_render(case, out, template, fonts) {
        Ok(rendered) => {
            say(json, &rendered, &format!("{}\n{}\n{}", rendered.pdf, rendered.front, rendered.back));
            End::Done
        }
        Err((failure, end)) => fail(json, &failure, end),
    }
}

fn try_render(case: &Path, out: &Path, template: &Path, fonts: &Path) -> Result<Rendered, (Failure, End)> {
    let content = content(case)?;
    let template_text = read(template)?;
    let template = Template::parse(&template_text).map_err(|error| trouble(error.into()))?;
    let fonts = desk::fonts::load(fonts, None).map_err(trouble)?;
    // A case file has no moment of its own; a fixed one keeps the bytes the same.
    let preview = render_card(&content, &template, &fonts, Timestamp::UNIX_EPOCH).map_err(trouble)?;
    write(out, &preview)
}

fn content(case: &Path) -> Result<CardContent, (Failure, End)> {
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
    let ours = |error: std::io::Error| {
        (Failure::new("write", format!("{}：{error}", out.display()), "请看磁盘空间和文件夹的权限"), End::Ours)
    };
    std::fs::create_dir_all(out).map_err(ours)?;
    let place = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        std::fs::write(&path, bytes).map_err(ours)?;
        Ok(path.display().to_string())
    };
    Ok(Rendered {
        pdf: place("card.pdf", &preview.pdf)?,
        front: place("card-front.png", &preview.front)?,
        back: place("card-back.png", &preview.back)?,
        pdf_bytes: preview.pdf.len(),
        width_mm: preview.width_mm,
        height_mm: preview.height_mm,
    })
}

fn read(path: &Path) -> Result<String, (Failure, End)> {
    std::fs::read_to_string(path).map_err(|error| usage(format!("{}：{error}", path.display())))
}

fn usage(what: String) -> (Failure, End) {
    (Failure::new("usage", what, "请看 youdai card render --help 和 fixtures/cases"), End::Usage)
}

/// A missing glyph or a photo that cannot stand is a rule's refusal; the rest is ours.
fn trouble(trouble: Trouble) -> (Failure, End) {
    let fault = word(&trouble, &Contacts { department: String::new(), technician: String::new() });
    let end = match fault.code.as_str() {
        "printing.glyph_missing" | "printing.photo_missing" => End::Refused,
        _ => End::Ours,
    };
    let mut failure = Failure::new(&fault.code, fault.what, fault.do_now);
    failure.reasons = fault.reasons;
    (failure, end)
}
