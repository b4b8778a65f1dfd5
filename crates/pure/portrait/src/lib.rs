//! The one-inch photo (一寸免冠照): measured in millimetres, judged with reasons, cropped to 295 x 413 pixels.
//!
//! Bytes in, findings out. Only what can be measured without finding a face is claimed here: format, size on paper,
//! pixels, light and sharpness. Who is on the photo, and whether bareheaded, is the clerk's verdict.

mod crop;
mod fault;
mod finding;
mod judge;
mod measure;
mod pixels;

pub use crop::{Crop, ONE_INCH_DPI, ONE_INCH_PX, crop_to_one_inch};
pub use fault::PhotoFault;
pub use finding::{Code, Finding, Report, Severity, Verdict};
pub use judge::{PhotoSpec, check};
pub use measure::{Measured, measure};
pub use pictures::{Format, Limits};
