//! The one-inch photo (一寸免冠照): measured in millimetres, judged with reasons, cropped to 295 x 413 pixels.
//!
//! Bytes in, findings out. [`check`] claims only what can be measured without finding a face: format, size on paper,
//! pixels, light and sharpness. [`check_with_faces`] adds how many faces there are, and the size and place of the one.
//! Who is on the photo, and whether bareheaded, is the clerk's verdict. The network's bytes come in as a parameter.

mod crop;
mod face;
mod faces;
mod fault;
mod finding;
mod judge;
mod measure;
mod pixels;

pub use crop::{Crop, ONE_INCH_DPI, ONE_INCH_PX, crop_to_one_inch};
pub use face::{Face, FaceFinder, Point};
pub use fault::{ModelFault, PhotoFault};
pub use finding::{Code, Finding, Report, Severity, Verdict};
pub use judge::{PhotoSpec, check, check_with_faces};
pub use measure::{Measured, measure};
pub use pictures::{Format, Limits};
