//! `youdai photo`: measures and judges one picture.

use std::path::Path;

use portrait::{FaceFinder, PhotoSpec, Report, Severity, Verdict};
use serde::Serialize;

use crate::answer::{End, Failure, fail, say};

#[derive(Serialize)]
struct PhotoAnswer {
    verdict: &'static str,
    width_mm: Option<f64>,
    height_mm: Option<f64>,
    /// Null when no detector was given, or the file could not be read as a picture.
    faces: Option<usize>,
    findings: Vec<FindingAnswer>,
    crop: Option<CropAnswer>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct FindingAnswer {
    code: &'static str,
    severity: &'static str,
    measured: String,
    threshold: String,
    unit: &'static str,
    sentence: &'static str,
}

/// Pixels of the original that the crop keeps.
#[derive(Serialize)]
struct CropAnswer {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// `youdai photo check`. A photo that blocks ends with 3 and its reasons.
pub fn check(json: bool, file: &Path, model: Option<&Path>) -> End {
    let report = match report(file, model) {
        Ok(report) => report,
        Err((failure, end)) => return fail(json, &failure, end),
    };
    let answer = PhotoAnswer::of(&report);
    say(json, &answer, &answer.words());
    if answer.verdict == "block" { End::Refused } else { End::Done }
}

fn report(file: &Path, model: Option<&Path>) -> Result<Report, (Failure, End)> {
    let bytes = read(file, "请给一个能读的图片文件")?;
    let Some(model) = model else { return Ok(portrait::check(&bytes, &PhotoSpec::default())) };
    let network = read(model, "请给 models/yunet_320.onnx")?;
    let finder = FaceFinder::from_model(&network).map_err(|fault| {
        let what = format!("{}：{fault}", model.display());
        (Failure::new("usage", what, "请给 models/yunet_320.onnx"), End::Usage)
    })?;
    portrait::check_with_faces(&bytes, &PhotoSpec::default(), &finder)
        .map_err(|fault| (Failure::new("photo.model", fault.to_string(), "请联系技术人员"), End::Ours))
}

fn read(file: &Path, what_to_do: &str) -> Result<Vec<u8>, (Failure, End)> {
    std::fs::read(file).map_err(|error| {
        let what = format!("{}：{error}", file.display());
        (Failure::new("usage", what, what_to_do), End::Usage)
    })
}

impl PhotoAnswer {
    fn of(report: &Report) -> PhotoAnswer {
        let mm = |um: u32| f64::from(um) / 1000.0;
        PhotoAnswer {
            verdict: match report.verdict {
                Verdict::Pass => "pass",
                Verdict::Warn => "warn",
                Verdict::Block => "block",
            },
            width_mm: report.measured.as_ref().map(|measured| mm(measured.width_um)),
            height_mm: report.measured.as_ref().map(|measured| mm(measured.height_um)),
            faces: report.faces,
            findings: report
                .findings
                .iter()
                .map(|finding| FindingAnswer {
                    code: finding.code.as_str(),
                    severity: match finding.severity {
                        Severity::Fix => "fix",
                        Severity::Warn => "warn",
                        Severity::Block => "block",
                    },
                    measured: finding.measured.clone(),
                    threshold: finding.threshold.clone(),
                    unit: finding.unit,
                    sentence: finding.sentence,
                })
                .collect(),
            crop: report.crop.as_ref().map(|crop| CropAnswer {
                x: crop.left_px,
                y: crop.top_px,
                width: crop.width_px,
                height: crop.height_px,
            }),
            reasons: report
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Block)
                .map(|finding| finding.code.as_str().to_owned())
                .collect(),
        }
    }

    fn words(&self) -> String {
        let size = match (self.width_mm, self.height_mm) {
            (Some(width), Some(height)) => format!("{width:.1} × {height:.1} mm"),
            _ => "尺寸不明".to_owned(),
        };
        let verdict = match self.verdict {
            "pass" => "合格",
            "warn" => "请人看一眼",
            _ => "不合格",
        };
        let mut words = format!("{verdict}，{size}");
        for finding in &self.findings {
            words.push_str(&format!("\n  · {}（{} {}）", finding.sentence, finding.measured, finding.unit));
        }
        words
    }
}
