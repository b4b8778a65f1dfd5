//! A page as a picture, rasterised from the very bytes that will be printed.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings};
use image::{ExtendedColorType, ImageEncoder};

use crate::PaperError;

/// Longest side of a preview in pixels: A4 at 300 dpi fits, a hostile page size does not.
const MOST_PIXELS: f64 = 8000.0;

/// Renders page `page` (counted from 0) at `dpi` and returns a PNG on white.
///
/// The picture's size is the page's, rounded to whole pixels: 1011 x 638 for 85.6 x 54 mm at 300 dpi.
///
/// # Errors
/// [`PaperError::OpenPdf`] for bytes that are no PDF, [`PaperError::RasterisePage`] for a page that is not there or
/// would give no picture or too large a one.
pub fn rasterise(pdf: &[u8], page: usize, dpi: f32) -> Result<Vec<u8>, PaperError> {
    rasterise_on(None, pdf, page, dpi)
}

/// As [`rasterise`], but on a pre-printed blank: `stock` is a PDF of what stands on it. Ink darkens ink, as on paper.
///
/// # Errors
/// As [`rasterise`], of either document.
pub fn rasterise_on(stock: Option<&[u8]>, pdf: &[u8], page: usize, dpi: f32) -> Result<Vec<u8>, PaperError> {
    let mut picture = pixels(pdf, page, dpi)?;
    if let Some(stock) = stock {
        let blank = pixels(stock, page, dpi)?;
        if (blank.width, blank.height) != (picture.width, picture.height) {
            return Err(PaperError::RasterisePage { page, fault: "the blank has another size" });
        }
        for (ink, paper) in picture.rgb.iter_mut().zip(blank.rgb) {
            *ink = (u16::from(*ink) * u16::from(paper) / 255) as u8;
        }
    }
    let mut png = Vec::new();
    image::codecs::png::PngEncoder::new(&mut png)
        .write_image(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8)
        .map_err(|_| PaperError::RasterisePage { page, fault: "the picture could not be encoded" })?;
    Ok(png)
}

struct Raster {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

fn pixels(pdf: &[u8], page: usize, dpi: f32) -> Result<Raster, PaperError> {
    let refuse = |fault| PaperError::RasterisePage { page, fault };
    let document = Pdf::new(pdf.to_vec()).map_err(|fault| PaperError::OpenPdf { fault: format!("{fault:?}") })?;
    let sheet = document.pages().get(page).ok_or_else(|| refuse("the document has no such page"))?;
    let (width_pt, height_pt) = sheet.render_dimensions();
    let scale = f64::from(dpi) / 72.0;
    // hayro's own `render` cuts a fraction of a pixel off the page; here the page is rounded to whole pixels.
    let width = (f64::from(width_pt) * scale).round();
    let height = (f64::from(height_pt) * scale).round();
    if !(1.0..=MOST_PIXELS).contains(&width) || !(1.0..=MOST_PIXELS).contains(&height) {
        return Err(refuse("the picture would have no pixel, or too many"));
    }
    let (width, height) = (width as u16, height as u16);
    let mut context = RenderContext::new(width, height);
    let to_pixels = Affine::scale(scale) * sheet_to_top_left(sheet);
    let settings = InterpreterSettings::default();
    hayro::render_into(sheet, &RenderCache::new(), &settings, &RenderSettings::default(), &mut context, to_pixels);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let on_white = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), on_white);

    let mut rgb = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    for pixel in pixmap.data() {
        rgb.extend_from_slice(&[pixel.r, pixel.g, pixel.b]);
    }
    Ok(Raster { width: u32::from(width), height: u32::from(height), rgb })
}

/// How many pages a PDF has.
///
/// # Errors
/// [`PaperError::OpenPdf`] for bytes that are no PDF.
pub fn page_count(pdf: &[u8]) -> Result<usize, PaperError> {
    let document = Pdf::new(pdf.to_vec()).map_err(|fault| PaperError::OpenPdf { fault: format!("{fault:?}") })?;
    Ok(document.pages().len())
}

fn sheet_to_top_left(sheet: &hayro::hayro_syntax::page::Page<'_>) -> Affine {
    use hayro::hayro_interpret::util::TransformExt;
    sheet.initial_transform(true).to_kurbo()
}
