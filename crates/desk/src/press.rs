//! The press: fonts, template and forms loaded once; a case's words laid out, written as PDF and rasterised from it.

use std::path::Path;
use std::sync::Arc;

use casework::case::Case;
use casework::day::DayClose;
use casework::fact::{Identity, SlipKind};
use casework::nouns::{Actor, CardNumber};
use casework::pack::PolicyPack;
use casework::slips::Slip;
use credential::{Portrait, Signer};
use jiff::Timestamp;
use jiff::civil::Date;
use papers::calibration::{Placing, Profiles};
use papers::listing::ListingContent;
use papers::pdf::Meta;
use papers::receipt::{Form, ReceiptContent};
use papers::slip::{SlipContent, SlipLine, Tells};
use papers::{CardContent, FontStack, Imposition, Page, Template};

use crate::calibration;
use crate::fault::Trouble;
use crate::fonts;
use crate::received;
use crate::station::{Mode, StationFile};
use crate::words;

/// Resolution of the preview, dots per inch: the card printer's own.
const PREVIEW_DPI: f32 = 300.0;
/// The station's name of its card printer, and of the tray of a printer that has one only.
pub const CARD_PRINTER: &str = "card";
pub const TRAY: &str = "main";

/// What a paper is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    Printer,
    /// PDF/A-2u.
    Archive,
}

/// What every paper of a station is made with.
pub struct Press {
    fonts: FontStack,
    template: Template,
    receipt: Form,
    slip: papers::slip::Form,
    day: papers::day::Form,
    listing: papers::listing::Form,
    profiles: Profiles,
    sample: bool,
    window: String,
    consult_phone: String,
}

/// A card as it will print, and both sides of it as pictures made from those very bytes, lying on its blank.
#[derive(Clone)]
pub struct Preview {
    pub pdf: Vec<u8>,
    /// The same card in its true place, as PDF/A-2u.
    pub archived: Vec<u8>,
    /// In what words the printer was put right; `None` when it was not.
    pub calibration: Option<String>,
    pub front: Vec<u8>,
    pub back: Vec<u8>,
    /// Sheet in millimetres.
    pub width_mm: f64,
    pub height_mm: f64,
}

impl Press {
    /// Loads the station's fonts, template and forms.
    pub fn open(station: &StationFile, consult_phone: &str) -> Result<Press, Trouble> {
        let template = Template::parse(&text_of(&station.papers.card, "station.template")?)
            .map_err(|error| Trouble::from(error).because(station.papers.card.display().to_string()))?;
        let receipt = Form::parse(&text_of(&station.papers.receipt, "station.template")?)
            .map_err(|error| Trouble::from(error).because(station.papers.receipt.display().to_string()))?;
        let slip = papers::slip::Form::parse(&text_of(&station.papers.slip, "station.template")?)
            .map_err(|error| Trouble::from(error).because(station.papers.slip.display().to_string()))?;
        Ok(Press {
            fonts: fonts::load(&station.papers.fonts, station.papers.county_fonts.as_deref())?,
            template,
            receipt,
            slip,
            day: papers::day::Form::parse(papers::day::Form::DAY_A4)?,
            listing: papers::listing::Form::parse(papers::listing::Form::LISTING_A4)?,
            profiles: calibration::load(&station.calibration_file())?,
            sample: station.mode == Mode::Training,
            window: station.window.name.clone(),
            consult_phone: consult_phone.to_owned(),
        })
    }

    /// The case's card with both previews. `reprint` counts from 1.
    pub fn card(&self, case: &Case, card: &CardFacts, pack: &PolicyPack, signer: &Signer) -> Result<Preview, Trouble> {
        let identity = case.identity().ok_or_else(|| Trouble::of("desk.not_now"))?;
        let mut content = self.card_content(identity, card, pack);
        content.credential = Some(credential::sign(&words_of_the_code(&content, identity, card), signer));
        self.card_of(&content, card.at)
    }

    /// The sheet of the station's cards as it goes to the printer: every side of a card on one.
    pub fn card_sheet(&self) -> devices::printer::Sheet {
        let (width, height) = self.template.page_mm();
        let sides = u8::try_from(self.template.sides()).unwrap_or(u8::MAX);
        devices::printer::Sheet::of_mm(width, height, sides)
    }

    /// Whether the case's card can be set at all: every word has its glyphs and its room. Nothing is written.
    pub fn try_card(&self, case: &Case, card: &CardFacts, pack: &PolicyPack) -> Result<(), Trouble> {
        let identity = case.identity().ok_or_else(|| Trouble::of("desk.not_now"))?;
        papers::card::lay_out(&self.card_content(identity, card, pack), &self.template, &self.fonts)?;
        Ok(())
    }

    /// A card from its words alone.
    pub fn card_of(&self, content: &CardContent, at: Timestamp) -> Result<Preview, Trouble> {
        let placing = self.profiles.placing(CARD_PRINTER, TRAY, self.template.id(), self.template.sides());
        render_card(content, &self.template, &self.fonts, &placing, at)
    }

    /// What the calibration of the card printer is about: the template that fits its blanks.
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// How the printers are put right.
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// From now on the printers are put right so.
    pub fn put_right(&mut self, profiles: Profiles) {
        self.profiles = profiles;
    }

    /// The sheet by which the card printer is measured: a page of cross-hairs for every side, printed as they come.
    pub fn cross_hairs(&self, at: Timestamp) -> Result<Vec<u8>, Trouble> {
        let (width, height) = self.template.page_mm();
        let words = |side| {
            let side = if side == 0 { "正面" } else { "背面" };
            format!("校准页　{side}　{}　不作证件用", self.template.id())
        };
        let page = |side| papers::calibration::page(width, height, &words(side), &self.fonts);
        let pages = (0..self.template.sides()).map(page).collect::<Result<Vec<_>, _>>()?;
        Ok(papers::pdf::write(&pages, &self.fonts, &meta("校准页", at))?)
    }

    fn card_content(&self, identity: &Identity, card: &CardFacts, pack: &PolicyPack) -> CardContent {
        let mask = pack.rules().mask_paper.value;
        CardContent {
            name: identity.name.as_str().to_owned(),
            sex: words::sex(identity.sex).to_owned(),
            ethnicity: words::ethnicity(&identity.ethnicity),
            birth: words::date(identity.birth),
            id_number: identity.number.masked(mask.first, mask.last),
            address: identity.address.clone(),
            card_number: card.number.to_string(),
            issued_on: words::date(card.issued_on),
            issuing_authority: pack.rules().issuing_authority.value.to_string(),
            terms: Vec::new(),
            consult_phone: self.consult_phone.clone(),
            photo: card.photo.clone(),
            credential: None,
            sample: self.sample,
            reprint: card.reprint,
        }
    }

    /// The receipt list of an accepted case; `reprint` counts from 1 and marks it as 补打.
    pub fn receipt(
        &self,
        case: &Case,
        pack: &PolicyPack,
        reprint: Option<u16>,
        at: Timestamp,
        whom: For,
    ) -> Result<Vec<u8>, Trouble> {
        let (Some(receipt), Some(identity)) = (case.receipt(), case.identity()) else {
            return Err(Trouble::of("desk.not_now"));
        };
        let content = ReceiptContent {
            number: receipt.to_string(),
            window: self.window.clone(),
            item: pack.item().item_name.to_string(),
            item_code: pack.item().code.to_string(),
            applicant: identity.name.masked(),
            agent: case.agent().map(|agent| agent.name.masked()),
            accepted_at: words::moment(case.accepted_at().unwrap_or(at)),
            due: case.due().map(words::moment),
            remarks: words::unverified(case).into_iter().chain(received::old_card(case)).collect(),
            materials: received::lines(case, pack),
            consult_phone: self.consult_phone.clone(),
            sample: self.sample,
            reprint,
        };
        let pages = papers::receipt::lay_out(&content, &self.receipt, &self.fonts)?;
        self.written(&pages, &meta("收文清单", at), whom)
    }

    /// A refusal slip or a one-time notice.
    pub fn slip(&self, slip: &Slip, at: Timestamp) -> Result<Vec<u8>, Trouble> {
        let content = SlipContent {
            tells: match slip.kind {
                SlipKind::Refusal if slip.received => Tells::Rejection,
                SlipKind::Refusal => Tells::Refusal,
                SlipKind::OneTimeNotice => Tells::Gaps,
            },
            title: slip.title.to_owned(),
            number: slip.number.to_string(),
            window: slip.window.clone(),
            item: format!("{}（{}）", slip.item_name, slip.package_name),
            item_code: slip.item_code.clone(),
            applicant: slip.applicant.clone(),
            issued_on: words::date(slip.on),
            clerk: slip.clerk.to_string(),
            lines: slip
                .lines
                .iter()
                .map(|line| SlipLine { what: line.matter(), remedy: line.remedy.clone(), basis: line.basis.clone() })
                .collect(),
            consult_phone: words::consult(&slip.call),
            acknowledgement: slip.acknowledgement.to_owned(),
            sample: self.sample,
        };
        let pages = papers::slip::lay_out(&content, &self.slip, &self.fonts)?;
        Ok(papers::pdf::write(&pages, &self.fonts, &meta(slip.title, at))?)
    }

    /// The sheet of a day's close.
    pub fn day(&self, close: &DayClose, clerk: &Actor, at: Timestamp) -> Result<Vec<u8>, Trouble> {
        let figures = &close.figures;
        let groups = words::stock::groups(figures).into_iter().map(|group| papers::day::DayGroup {
            name: group.name.to_owned(),
            lines: [Some(group.sum()), group.told()].into_iter().flatten().collect(),
        });
        let counted = |(name, n): (&str, u32)| format!("{name} {n} 张");
        let blanks = close.counted.blanks.map(|n| ("空白证", n));
        let content = papers::day::DayContent {
            number: format!("{}-{}", close.day.to_string().replace('-', ""), close.row),
            window: self.window.clone(),
            day: words::date(close.day),
            period: (figures.since != close.day)
                .then(|| format!("{}至{}", words::date(figures.since), words::date(close.day))),
            closed_at: words::moment(at),
            clerk: clerk.to_string(),
            groups: groups.collect(),
            counted: blanks.into_iter().chain([("收回的旧证", close.counted.old_cards)]).map(counted).collect(),
            result: words::stock::result(close),
            reason: close.reason.clone(),
            sample: self.sample,
        };
        let pages = papers::day::lay_out(&content, &self.day, &self.fonts)?;
        Ok(papers::pdf::write(&pages, &self.fonts, &meta("日结单", at))?)
    }

    /// A hand-over list or an application form.
    pub fn listing(&self, content: ListingContent, at: Timestamp, whom: For) -> Result<Vec<u8>, Trouble> {
        let content = ListingContent { sample: self.sample, ..content };
        let pages = papers::listing::lay_out(&content, &self.listing, &self.fonts)?;
        self.written(&pages, &meta(&content.title, at), whom)
    }

    fn written(&self, pages: &[papers::Page], meta: &Meta, whom: For) -> Result<Vec<u8>, Trouble> {
        Ok(match whom {
            For::Printer => papers::pdf::write(pages, &self.fonts, meta)?,
            For::Archive => papers::archived::write(pages, &self.fonts, meta)?,
        })
    }

    /// Characters that no face can draw: known when they are read, not when they print.
    pub fn undrawable(&self, text: &str) -> Vec<char> {
        self.fonts.missing(papers::Role::Serif, text)
    }
}

/// What a card needs besides the person.
pub struct CardFacts {
    pub number: CardNumber,
    pub issued_on: Date,
    /// The one-inch photo as JPEG; `None` where the pack has it glued on.
    pub photo: Option<Arc<[u8]>>,
    pub reprint: Option<u32>,
    pub at: Timestamp,
}

/// Lays out, writes and rasterises one card. What a pre-printed blank bears is in the pictures and not in the bytes.
pub fn render_card(
    content: &CardContent,
    template: &Template,
    fonts: &FontStack,
    placing: &Placing,
    at: Timestamp,
) -> Result<Preview, Trouble> {
    let write = |pages: Vec<Page>| papers::pdf::write(&pages, fonts, &meta("老年人优待证", at));
    let sheets = |pages: Vec<Page>| pages.into_iter().map(|page| template.for_one(page)).collect::<Vec<Page>>();
    let mut pages = sheets(papers::card::lay_out(content, template, fonts)?);
    let (width_mm, height_mm) = pages.first().map_or(template.sheet_mm(), |page| (page.width_mm, page.height_mm));
    let archived = papers::archived::write(&pages, fonts, &meta("老年人优待证", at))?;
    placing.apply(&mut pages);
    let pdf = write(pages)?;
    let stock = papers::card::lay_out_stock(template, fonts)?.map(|pages| write(sheets(pages))).transpose()?;
    let picture = |page| papers::preview::rasterise_on(stock.as_deref(), &pdf, page, PREVIEW_DPI);
    let (front, back) = (picture(0)?, picture(1)?);
    Ok(Preview { pdf, archived, calibration: placing.canonical(), front, back, width_mm, height_mm })
}

/// Lays out cards and puts them on sheets, the first into cell `start` (from 1), as one PDF.
pub fn render_sheet(
    cards: &[CardContent],
    template: &Template,
    sheet: (&Imposition, usize),
    fonts: &FontStack,
    at: Timestamp,
) -> Result<Vec<u8>, Trouble> {
    let (sheet, start) = sheet;
    let laid_out = cards.iter().map(|card| papers::card::lay_out(card, template, fonts));
    let pages = sheet.impose(&laid_out.collect::<Result<Vec<_>, _>>()?, start, template)?;
    Ok(papers::pdf::write(&pages, fonts, &meta("老年人优待证", at))?)
}

pub(crate) fn text_of(path: &Path, code: &'static str) -> Result<String, Trouble> {
    std::fs::read_to_string(path).map_err(|error| Trouble::of(code).because(format!("{}：{error}", path.display())))
}

fn meta(title: &str, created: Timestamp) -> Meta {
    Meta { title: title.to_owned(), producer: concat!("youdai ", env!("CARGO_PKG_VERSION")).to_owned(), created }
}

/// What the card's code says: the same words as the card, and never the identity number.
fn words_of_the_code(content: &CardContent, identity: &Identity, card: &CardFacts) -> credential::Words {
    credential::Words {
        card_number: content.card_number.clone(),
        name: content.name.clone(),
        sex: content.sex.clone(),
        birth: identity.birth,
        issuing_authority: content.issuing_authority.clone(),
        issued_on: card.issued_on,
        portrait: card.photo.as_deref().map(Portrait::of),
    }
}
