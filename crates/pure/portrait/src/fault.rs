//! Why a picture could not be measured or cropped, named after what was attempted.

use pictures::Unreadable;

/// Each of these stops before a picture's pixels are trusted.
#[derive(Debug, thiserror::Error)]
pub enum PhotoFault {
    #[error("read the picture")]
    Read {
        #[from]
        source: Unreadable,
    },
    /// The file does not say how large a pixel is on paper, and nobody has.
    #[error("measure the picture: its scale is unknown")]
    ScaleUnknown,
    /// The crop could not be written as JPEG.
    #[error("encode the crop")]
    Encode { source: image::ImageError },
}
