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

/// Why a network could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum ModelFault {
    /// The file is not the one whose figures were measured; hashes in lower-case hex.
    #[error("recognise the model: its SHA-256 is {found}, not {wanted}")]
    Unknown { found: String, wanted: &'static str },
    #[error("load the model")]
    Load { source: Box<dyn std::error::Error + Send + Sync> },
    #[error("run the model")]
    Run { source: Box<dyn std::error::Error + Send + Sync> },
    /// The network answered in another form than the one it is known for.
    #[error("read the answer of the model")]
    Form,
}
