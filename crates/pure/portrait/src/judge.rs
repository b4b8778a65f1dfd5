//! The check of one photo against the pack's demands.

use image::DynamicImage;
use pictures::{Density, Header, Limits, Unreadable, decode, read_header};

use crate::face::FaceFinder;
use crate::faces::judge_faces;
use crate::finding::{Code, Finding, Report, Severity};
use crate::measure::{Measured, on_paper};
use crate::pixels::{Look, look};
use crate::{Crop, ModelFault};

/// What a photo must be. The numbers are the pack's; the default is one inch and the study's thresholds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhotoSpec {
    pub limits: Limits,
    /// Size on paper and how far each side may be off, in micrometres.
    pub width_um: u32,
    pub height_um: u32,
    pub tolerance_um: u32,
    /// Fewest pixels along the width and the height of the part that is kept.
    pub least_width_px: u32,
    pub least_height_px: u32,
    /// Median luminance (0 to 255) of the middle of the photo below which it is too dark.
    pub dark_below: u8,
    /// Share (0 to 1) of the middle that may be burnt out (luminance 250 and more).
    pub glaring_above: f64,
    /// Variance of the Laplacian at 295 x 413 pixels: below the first the clerk looks, below the second it is hopeless.
    pub blurred_below: f64,
    pub hopeless_below: f64,
    /// What a person answered when the file did not say its resolution. Used only then.
    pub stated_dpi: Option<u32>,
}

impl Default for PhotoSpec {
    fn default() -> PhotoSpec {
        PhotoSpec {
            limits: Limits::default(),
            width_um: 25_000,
            height_um: 35_000,
            tolerance_um: 2_000,
            least_width_px: 236,
            least_height_px: 331,
            dark_below: 60,
            glaring_above: 0.5,
            blurred_below: 20.0,
            hopeless_below: 9.0,
            stated_dpi: None,
        }
    }
}

/// Checks a photo without looking for a face. Never fails: a file that is no picture is a finding too.
pub fn check(bytes: &[u8], spec: &PhotoSpec) -> Report {
    match open(bytes, spec) {
        Ok((header, picture)) => judge(&header, &picture, spec),
        Err(refusal) => Report::new(vec![refusal], None, None),
    }
}

/// Checks a photo, and that it shows exactly one face that is large enough and in its place.
///
/// # Errors
/// [`ModelFault`] when the network failed; never because of the photo.
pub fn check_with_faces(bytes: &[u8], spec: &PhotoSpec, finder: &FaceFinder) -> Result<Report, ModelFault> {
    let (header, picture) = match open(bytes, spec) {
        Ok(opened) => opened,
        Err(refusal) => return Ok(Report::new(vec![refusal], None, None)),
    };
    let report = judge(&header, &picture, spec);
    let faces = finder.find(&picture)?;
    let crop = report.crop.unwrap_or_else(|| Crop::one_inch(header.width_px, header.height_px));
    Ok(report.with_faces(faces.len(), judge_faces(&faces, &crop)))
}

fn open(bytes: &[u8], spec: &PhotoSpec) -> Result<(Header, DynamicImage), Finding> {
    let opened = read_header(bytes, &spec.limits).and_then(|header| Ok((header, decode(bytes, &header)?)));
    opened.map_err(|fault| refusal(&fault, bytes, spec))
}

fn judge(header: &Header, picture: &DynamicImage, spec: &PhotoSpec) -> Report {
    let mut findings = Vec::new();
    let stated = spec.stated_dpi.filter(|dpi| *dpi > 0).map(f64::from);
    let density = header.density.or(stated.map(|dpi| Density { x_dpi: dpi, y_dpi: dpi }));
    let measured = density.and_then(|density| on_paper(header, density).ok());
    match measured {
        Some(measured) => findings.extend(judge_size(&measured, spec)),
        None => findings.push(finding(Code::ScaleUnknown, Severity::Block, "?".into(), String::new(), "dpi")),
    }
    let crop = Crop::one_inch(header.width_px, header.height_px);
    findings.extend(judge_pixels(&crop, spec));
    findings.extend(judge_aspect(header, measured.as_ref(), spec));
    findings.extend(judge_look(&look(&crop.apply(picture)), spec));
    Report::new(findings, measured, Some(crop))
}

fn judge_size(measured: &Measured, spec: &PhotoSpec) -> Option<Finding> {
    let (width, height) = (measured.width_um, measured.height_um);
    let threshold = format!("{} × {} ± {}", mm(spec.width_um), mm(spec.height_um), mm(spec.tolerance_um));
    let found = |code, severity| {
        Some(finding(code, severity, format!("{} × {}", mm(width), mm(height)), threshold.clone(), "mm"))
    };
    if width > spec.width_um + spec.tolerance_um || height > spec.height_um + spec.tolerance_um {
        // The procedure names it: 超过一寸标准过大.
        return found(Code::TooLarge, Severity::Block);
    }
    if width + spec.tolerance_um < spec.width_um || height + spec.tolerance_um < spec.height_um {
        return found(Code::TooSmall, Severity::Warn);
    }
    None
}

fn judge_pixels(crop: &Crop, spec: &PhotoSpec) -> Option<Finding> {
    (crop.width_px < spec.least_width_px || crop.height_px < spec.least_height_px).then(|| {
        finding(
            Code::TooFewPixels,
            Severity::Block,
            format!("{} × {}", crop.width_px, crop.height_px),
            format!("{} × {}", spec.least_width_px, spec.least_height_px),
            "px",
        )
    })
}

/// The shape on paper where the scale is known, else in pixels. Three in a hundred is what cutting by hand leaves.
fn judge_aspect(header: &Header, measured: Option<&Measured>, spec: &PhotoSpec) -> Option<Finding> {
    let (width, height) = match measured {
        Some(measured) => (measured.width_um, measured.height_um),
        None => (header.width_px, header.height_px),
    };
    let shape = f64::from(width) / f64::from(height);
    let wanted = f64::from(spec.width_um) / f64::from(spec.height_um);
    ((shape / wanted - 1.0).abs() > 0.03)
        .then(|| finding(Code::Aspect, Severity::Fix, format!("{shape:.3}"), format!("{wanted:.3} ± 3 %"), ""))
}

fn judge_look(look: &Look, spec: &PhotoSpec) -> Vec<Finding> {
    let mut findings = Vec::new();
    let dark = look.median < spec.dark_below;
    if dark {
        let (measured, threshold) = (look.median.to_string(), spec.dark_below.to_string());
        findings.push(finding(Code::Dark, Severity::Warn, measured, threshold, ""));
    }
    if look.burnt_out > spec.glaring_above {
        let (measured, threshold) = (format!("{:.2}", look.burnt_out), format!("{:.2}", spec.glaring_above));
        findings.push(finding(Code::Glaring, Severity::Warn, measured, threshold, ""));
    }
    // The Laplacian shrinks with the square of the contrast: of a dark or burnt-out photo it says nothing about focus.
    if findings.is_empty() && look.sharpness < spec.blurred_below {
        let severity = if look.sharpness < spec.hopeless_below { Severity::Block } else { Severity::Warn };
        let (measured, threshold) = (format!("{:.1}", look.sharpness), format!("{:.1}", spec.blurred_below));
        findings.push(finding(Code::Blurred, severity, measured, threshold, ""));
    }
    findings
}

fn refusal(fault: &Unreadable, bytes: &[u8], spec: &PhotoSpec) -> Finding {
    match fault {
        Unreadable::TooManyBytes { .. } => finding(
            Code::TooHeavy,
            Severity::Block,
            bytes.len().to_string(),
            spec.limits.most_bytes.to_string(),
            "bytes",
        ),
        Unreadable::TooManyPixels { pixels, most } => {
            finding(Code::TooHeavy, Severity::Block, pixels.to_string(), most.to_string(), "px")
        }
        Unreadable::Truncated | Unreadable::Decode { .. } => {
            finding(Code::Damaged, Severity::Block, String::new(), String::new(), "")
        }
        Unreadable::NotAnImage | Unreadable::Encode { .. } => {
            finding(Code::NotAnImage, Severity::Block, String::new(), "JPEG, PNG".to_owned(), "")
        }
    }
}

pub(crate) fn finding(
    code: Code,
    severity: Severity,
    measured: String,
    threshold: String,
    unit: &'static str,
) -> Finding {
    Finding { code, severity, measured, threshold, unit, sentence: code.sentence() }
}

fn mm(um: u32) -> String {
    format!("{:.1}", f64::from(um) / 1000.0)
}
