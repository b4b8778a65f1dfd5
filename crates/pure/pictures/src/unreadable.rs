//! Why a picture could not be read, named after what was attempted.

/// Each of these stops before a picture's pixels are trusted.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Neither JPEG nor PNG, or its header is broken.
    #[error("recognise the picture")]
    NotAnImage,
    /// Refused before decoding.
    #[error("accept {bytes} bytes; at most {most} are")]
    TooManyBytes { bytes: usize, most: usize },
    /// Refused before decoding: a few bytes can claim a picture of many gigabytes.
    #[error("accept {pixels} pixels; at most {most} are")]
    TooManyPixels { pixels: u64, most: u64 },
    /// The end is missing.
    #[error("read the picture to its end")]
    Truncated,
    /// The header was good, the rest was not.
    #[error("decode the picture")]
    Decode { source: image::ImageError },
    /// A picture made of it could not be written as JPEG.
    #[error("encode the picture")]
    Encode { source: image::ImageError },
}
