//! The check of one page against the pack's demands.

use image::imageops::FilterType;
use image::{GrayImage, imageops};
use pictures::{Header, Limits, Unreadable, decode, read_header};

use crate::edge::Surroundings;
use crate::finding::{Code, Finding};
use crate::light::light;
use crate::sharpness::softness;

/// Longer side of the picture that everything is measured on, pixels: an A4 page at about 120 dpi.
const WORKING_PX: u32 = 1400;

/// What a page must be. The numbers are the pack's (`page_spec`); the default is what the shipped packs say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSpec {
    pub limits: Limits,
    /// Fewest pixels an inch, where the file says how many it has.
    pub least_dpi: u16,
    /// Fewest pixels of the longer side, where the file does not say its resolution.
    pub least_px: u32,
    /// Luminance (0 to 255) that the brightest tenth of the page must reach.
    pub dark_below: u8,
    /// Luminance by which the darkest writing must differ from the paper; a page with less is washed out.
    pub faint_below: u8,
    /// The same; a page with less bears nothing at all.
    pub empty_below: u8,
    /// How soft the edges of the writing may be, in hundredths (0 sharp, 100 without any edge).
    pub blurred_above: u8,
    /// How much of the picture's frame the sheet may touch, in hundredths, where its background is seen.
    pub cut_above: u8,
}

impl Default for PageSpec {
    fn default() -> PageSpec {
        PageSpec {
            limits: Limits::default(),
            least_dpi: 150,
            least_px: 1200,
            dark_below: 100,
            faint_below: 60,
            empty_below: 16,
            blurred_above: 60,
            cut_above: 1,
        }
    }
}

/// Checks a page. An empty list is a good page.
///
/// # Errors
/// What is wrong with the file itself: nothing can be said of a page that cannot be decoded.
pub fn check(bytes: &[u8], spec: &PageSpec) -> Result<Vec<Finding>, Unreadable> {
    let header = read_header(bytes, &spec.limits)?;
    let page = working_size(&header, decode(bytes, &header)?.into_luma8());
    let mut findings: Vec<Finding> = judge_pixels(&header, spec).into_iter().collect();
    let around = Surroundings::of(&page);
    let lit = judge_light(&page, &around, spec);
    // Of a page that is too dark or bears nothing, its edges say nothing.
    let readable = lit.is_none();
    findings.extend(lit);
    if readable {
        findings.extend(judge_sharpness(&page, spec));
    }
    findings.extend(judge_frame(&around, spec));
    Ok(findings)
}

fn working_size(header: &Header, luma: GrayImage) -> GrayImage {
    let (width, height) = (header.width_px, header.height_px);
    let scale = f64::from(WORKING_PX) / f64::from(width.max(height));
    let side = |pixels: u32| ((f64::from(pixels) * scale).round() as u32).max(1);
    if scale < 1.0 {
        imageops::thumbnail(&luma, side(width), side(height))
    } else {
        imageops::resize(&luma, side(width), side(height), FilterType::Triangle)
    }
}

fn judge_pixels(header: &Header, spec: &PageSpec) -> Option<Finding> {
    let coarse = |measured: String, threshold: String, unit| finding(Code::TooCoarse, measured, threshold, unit);
    match header.density.map(|density| density.x_dpi.min(density.y_dpi)) {
        // A tenth of a dot is what writing dots a metre as whole numbers loses.
        Some(dpi) => (dpi + 0.1 < f64::from(spec.least_dpi))
            .then(|| coarse(format!("{dpi:.0}"), spec.least_dpi.to_string(), "dpi")),
        None => {
            let longer = header.width_px.max(header.height_px);
            (longer < spec.least_px).then(|| coarse(longer.to_string(), spec.least_px.to_string(), "px"))
        }
    }
}

/// The first that holds: a page in the dark is not also called empty.
fn judge_light(page: &GrayImage, around: &Surroundings, spec: &PageSpec) -> Option<Finding> {
    let light = light(page, around);
    let found =
        |code, measured: u8, threshold: u8| Some(finding(code, measured.to_string(), threshold.to_string(), ""));
    if light.paper < spec.dark_below {
        return found(Code::Dark, light.paper, spec.dark_below);
    }
    if light.writing < spec.empty_below {
        return found(Code::Empty, light.writing, spec.empty_below);
    }
    if light.writing < spec.faint_below {
        return found(Code::Overexposed, light.writing, spec.faint_below);
    }
    None
}

fn judge_sharpness(page: &GrayImage, spec: &PageSpec) -> Option<Finding> {
    let soft = (softness(page)? * 100.0).round();
    (soft > f64::from(spec.blurred_above))
        .then(|| finding(Code::Blurred, format!("{soft:.0}"), spec.blurred_above.to_string(), "%"))
}

fn judge_frame(around: &Surroundings, spec: &PageSpec) -> Option<Finding> {
    let touched = (around.sheet_at_the_frame()? * 100.0).round();
    (touched > f64::from(spec.cut_above))
        .then(|| finding(Code::Cut, format!("{touched:.0}"), spec.cut_above.to_string(), "%"))
}

fn finding(code: Code, measured: String, threshold: String, unit: &'static str) -> Finding {
    Finding { code, measured, threshold, unit, sentence: code.sentence() }
}
