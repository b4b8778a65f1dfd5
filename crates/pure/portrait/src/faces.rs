//! What the faces on a photo mean for a one-inch photo: one of them, large enough and in its place.

use crate::Crop;
use crate::crop::ONE_INCH_PX;
use crate::face::Face;
use crate::finding::{Code, Finding, Severity};
use crate::judge::finding;

/// Pixels from eye to eye at 295 x 413. Plain portraits have heads of 0.48 to 0.78 of the height, of 3.6 eye distances
/// (photo-check, section 4): 55 to 89 px. The bounds leave a tenth to either side.
const BETWEEN_EYES_PX: (f32, f32) = (50.0, 98.0);

/// Where the middle between the eyes may stand, as parts of the width and of the height. Starting values: the crop wants
/// 0.50 and 0.43, and how far a person lets it stray has not been measured.
const ACROSS: (f32, f32) = (0.40, 0.60);
const DOWN: (f32, f32) = (0.28, 0.58);

/// The findings on the faces, measured within the part that the crop keeps. The tilt of the head is left to the clerk: the
/// points that the network gives followed only about half of a lean of 20 degrees.
pub(crate) fn judge_faces(faces: &[Face], crop: &Crop) -> Vec<Finding> {
    let one = match faces {
        [] => return vec![finding(Code::NoFace, Severity::Block, "0".into(), "1".into(), "")],
        [one] => one,
        several => {
            return vec![finding(Code::SeveralFaces, Severity::Block, several.len().to_string(), "1".into(), "")];
        }
    };
    let mut findings = Vec::new();
    let between = one.between_eyes_px() * ONE_INCH_PX.0 as f32 / crop.width_px as f32;
    let threshold = format!("{:.0} - {:.0}", BETWEEN_EYES_PX.0, BETWEEN_EYES_PX.1);
    if between < BETWEEN_EYES_PX.0 {
        findings.push(finding(Code::HeadSmall, Severity::Warn, format!("{between:.0}"), threshold, "px"));
    } else if between > BETWEEN_EYES_PX.1 {
        findings.push(finding(Code::HeadLarge, Severity::Warn, format!("{between:.0}"), threshold, "px"));
    }
    let middle = one.eye_middle();
    let across = (middle.x_px - crop.left_px as f32) / crop.width_px as f32;
    let down = (middle.y_px - crop.top_px as f32) / crop.height_px as f32;
    if !(ACROSS.0..=ACROSS.1).contains(&across) || !(DOWN.0..=DOWN.1).contains(&down) {
        let threshold = format!("{:.2} - {:.2}, {:.2} - {:.2}", ACROSS.0, ACROSS.1, DOWN.0, DOWN.1);
        findings.push(finding(Code::OffCentre, Severity::Warn, format!("{across:.2}, {down:.2}"), threshold, ""));
    }
    findings
}
