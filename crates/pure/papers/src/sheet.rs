//! An A4 sheet that is filled from the top: what the receipt list and the slips have in common.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::PaperError;
use crate::display::{Area, Ink, Item, MM_PER_PT, Page};
use crate::fonts::{FontStack, Role};
use crate::mark;
use crate::setting::{self, Align, Fit, TextBox};
use crate::template::{TemplateFault, parse_rgb};

pub(crate) const WIDTH: f64 = 210.0;
const HEIGHT: f64 = 297.0;
pub(crate) const MARGIN: f64 = 20.0;
pub(crate) const INNER: f64 = WIDTH - 2.0 * MARGIN;
/// Below this the footer stands.
pub(crate) const LOWEST: f64 = 276.0;

/// The colours of a form, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Inks {
    teal: String,
    mist: String,
    grey: String,
}

/// Parses a form strictly. `head` says where its schema and its colours stand.
///
/// # Errors
/// What is not TOML of schema 1, or a colour that is none.
pub(crate) fn parse_form<F: DeserializeOwned>(text: &str, head: impl Fn(&F) -> (u32, &Inks)) -> Result<F, PaperError> {
    let form: F = toml::from_str(text).map_err(|source| PaperError::ParseTemplate { source: Box::new(source) })?;
    let (schema, inks) = head(&form);
    if schema != 1 {
        let fault = TemplateFault::Malformed(format!("schema {schema} is not 1"));
        return Err(PaperError::AcceptElement { element: "schema".to_owned(), fault });
    }
    inks.check()?;
    Ok(form)
}

/// The pages so far, and how far down the last one is filled, mm.
pub(crate) struct Sheet<'a> {
    inks: &'a Inks,
    fonts: &'a FontStack,
    pages: Vec<Page>,
    pub(crate) y: f64,
}

/// A box for words at the current height; two lines at most, down to two thirds of the size.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub field: &'static str,
    pub x: f64,
    pub width: f64,
    pub height: f64,
    pub role: Role,
    pub size: f64,
    pub align: Align,
    pub ink: Ink,
}

pub(crate) const SERIF: Line = Line {
    field: "",
    x: 0.0,
    width: 0.0,
    height: 0.0,
    role: Role::Serif,
    size: 13.0,
    align: Align::Left,
    ink: Ink::Black,
};
pub(crate) const SANS: Line = Line { role: Role::Sans, size: 11.5, ..SERIF };

/// Distance of baselines as a multiple of the size, for words that run over several lines.
const LEADING: f64 = 1.35;

impl Inks {
    /// Refuses a colour that is none, by its name.
    pub fn check(&self) -> Result<(), PaperError> {
        for (name, colour) in [("teal", &self.teal), ("mist", &self.mist), ("grey", &self.grey)] {
            if parse_rgb(colour).is_none() {
                return Err(PaperError::AcceptElement { element: name.to_owned(), fault: TemplateFault::MalformedInk });
            }
        }
        Ok(())
    }

    pub fn teal(&self) -> Ink {
        ink(&self.teal)
    }

    pub fn mist(&self) -> Ink {
        ink(&self.mist)
    }
}

fn ink(colour: &str) -> Ink {
    parse_rgb(colour).expect("every colour was read when the form was parsed")
}

impl<'a> Sheet<'a> {
    /// A sheet with its first page begun.
    pub fn begin(inks: &'a Inks, fonts: &'a FontStack) -> Sheet<'a> {
        let mut sheet = Sheet { inks, fonts, pages: Vec::new(), y: 0.0 };
        sheet.begin_page();
        sheet
    }

    pub fn begin_page(&mut self) {
        self.pages.push(Page::blank(WIDTH, HEIGHT));
        self.y = MARGIN;
    }

    /// A new page unless `height` mm are free on this one; true when it was begun.
    pub fn make_room(&mut self, height: f64) -> bool {
        let full = self.y + height > LOWEST;
        if full {
            self.begin_page();
        }
        full
    }

    /// The title of the sheet, `size` pt, with the rule below it.
    pub fn title(&mut self, size: f64, words: &str) -> Result<(), PaperError> {
        let ink = self.inks.teal();
        let line =
            Line { field: "title", x: MARGIN, width: INNER, height: 14.0, size, align: Align::Centre, ink, ..SERIF };
        self.write(line, words)?;
        self.y += 18.0;
        self.rule(0.3);
        self.y += 4.0;
        Ok(())
    }

    /// A light band across the sheet at the current height, `height` mm high, for the head of a table or a group.
    pub fn band(&mut self, element: &str, height: f64) {
        let area = Area { x: MARGIN, y: self.y, width: INNER, height };
        self.push(Item::Fill { element: element.to_owned(), area, ink: self.inks.mist() });
    }

    /// A rule across the sheet, `height` mm thick.
    pub fn rule(&mut self, height: f64) {
        let area = Area { x: MARGIN, y: self.y, width: INNER, height };
        self.push(Item::Fill { element: "rule".to_owned(), area, ink: self.inks.teal() });
    }

    /// Words in a box at the current height, which stays where it is.
    pub fn write(&mut self, line: Line, words: &str) -> Result<(), PaperError> {
        for item in set(line, self.y, words, self.fonts)? {
            self.push(item);
        }
        Ok(())
    }

    /// Words over as many lines as they need, and the height they took, mm. Their size does not change.
    pub fn flow(&mut self, line: Line, words: &str) -> Result<f64, PaperError> {
        let (items, height) = wrapped(line, self.y, words, self.fonts)?;
        for item in items {
            self.push(item);
        }
        Ok(height)
    }

    /// The height that [`Sheet::flow`] would take, mm.
    pub fn height_of(&self, line: Line, words: &str) -> Result<f64, PaperError> {
        wrapped(line, self.y, words, self.fonts).map(|(_, height)| height)
    }

    /// One row of particulars: its name, and what it is.
    pub fn pair(&mut self, field: &'static str, name: &str, words: &str) -> Result<(), PaperError> {
        let teal = self.inks.teal();
        self.write(Line { field: "label", x: MARGIN, width: 34.0, height: 9.0, ink: teal, ..SANS }, name)?;
        self.write(Line { field, x: MARGIN + 36.0, width: INNER - 36.0, height: 9.0, size: 14.0, ..SERIF }, words)?;
        self.y += 9.0;
        Ok(())
    }

    /// Whom to call, on a band that the eye finds.
    pub fn phone(&mut self, label: &str, phone: &str) -> Result<(), PaperError> {
        self.band("phone_band", 14.0);
        let teal = self.inks.teal();
        self.write(Line { field: "label", x: MARGIN + 5.0, width: 34.0, height: 14.0, ink: teal, ..SANS }, label)?;
        let number =
            Line { field: "consult_phone", x: MARGIN + 41.0, width: INNER - 46.0, height: 14.0, size: 18.0, ..SERIF };
        self.write(number, phone)?;
        self.y += 22.0;
        Ok(())
    }

    /// Two lines to sign on, side by side.
    pub fn signatures(&mut self, clerk: &str, person: &str) -> Result<(), PaperError> {
        let teal = self.inks.teal();
        for (x, words) in [(MARGIN, clerk), (MARGIN + 88.0, person)] {
            self.write(Line { field: "label", x, width: 82.0, height: 7.0, ink: teal, ..SANS }, words)?;
            let area = Area { x, y: self.y + 20.0, width: 74.0, height: 0.2 };
            self.push(Item::Fill { element: "signature".to_owned(), area, ink: teal });
        }
        self.y += 24.0;
        Ok(())
    }

    pub fn push(&mut self, item: Item) {
        self.pages.last_mut().expect("a sheet begins with a page").items.push(item);
    }

    /// The pages with their footers, `{page}` of `{pages}`, each marked across with `sample` if there is a word for it.
    pub fn finish(self, footer: &str, sample: Option<&str>) -> Result<Vec<Page>, PaperError> {
        let Sheet { mut pages, inks, fonts, .. } = self;
        let count = pages.len();
        for (place, page) in pages.iter_mut().enumerate() {
            let words = footer.replace("{page}", &(place + 1).to_string()).replace("{pages}", &count.to_string());
            let line = Line {
                field: "page",
                x: MARGIN,
                width: INNER,
                height: 6.0,
                size: 9.0,
                align: Align::Centre,
                ink: ink(&inks.grey),
                ..SANS
            };
            page.items.extend(set(line, HEIGHT - 17.0, &words, fonts)?);
            if let Some(word) = sample {
                mark::strike(page, word, fonts)?;
            }
        }
        Ok(pages)
    }
}

fn set(line: Line, y: f64, words: &str, fonts: &FontStack) -> Result<Vec<Item>, PaperError> {
    lines(line, y, words, fonts, &[Fit::TwoLines, Fit::Shrink, Fit::Error], 1.15)
}

fn wrapped(line: Line, y: f64, words: &str, fonts: &FontStack) -> Result<(Vec<Item>, f64), PaperError> {
    let items = lines(Line { height: HEIGHT, ..line }, y, words, fonts, &[Fit::Wrap, Fit::Error], LEADING)?;
    let height = items.len() as f64 * line.size * MM_PER_PT * LEADING;
    Ok((items, height))
}

fn lines(
    line: Line,
    y: f64,
    words: &str,
    fonts: &FontStack,
    fit: &[Fit],
    leading: f64,
) -> Result<Vec<Item>, PaperError> {
    if words.trim().is_empty() {
        return Err(PaperError::FillField { field: line.field.to_owned() });
    }
    let text_box = TextBox {
        element: line.field,
        field: line.field,
        area: Area { x: line.x, y, width: line.width, height: line.height },
        role: line.role,
        size_pt: line.size,
        least_pt: line.size * 2.0 / 3.0,
        leading,
        fit,
        align: line.align,
        from_top: fit.contains(&Fit::Wrap),
        ink: line.ink,
    };
    Ok(setting::set(fonts, &text_box, words)?.into_iter().map(Item::Text).collect())
}
