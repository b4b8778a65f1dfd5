//! What can go wrong between a case's words and a sheet of paper, named after what was attempted.

use crate::template::TemplateFault;

/// Why a paper was not made. Nothing is written when one of these comes back.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The font manifest is not the TOML we ask for.
    #[error("parse the font manifest")]
    ParseManifest { source: Box<toml::de::Error> },
    /// A face of the manifest contradicts itself.
    #[error("accept face `{face}` of the font manifest: {fault}")]
    AcceptFace { face: String, fault: &'static str },
    /// The file of a face that the papers need could not be read.
    #[error("load face `{face}` (package {package})")]
    LoadFace { face: String, package: String, source: std::io::Error },
    /// The file of a face is none of the versions that the manifest lists.
    #[error("verify face `{face}`: its file is of no listed version (SHA-256 {sha256})")]
    VerifyFace { face: String, sha256: String },
    /// The bytes of a face are not a font, or have no face at that index.
    #[error("open face `{face}`")]
    OpenFace { face: String, source: skrifa::raw::ReadError },
    /// The PDF writer cannot embed a face that could be opened.
    #[error("prepare face `{face}` for embedding")]
    EmbedFace { face: String },
    /// The glyph gate: no face of the stack can draw this character. Never printed as a box, a blank or a substitute.
    #[error("draw U+{:04X} of `{field}`", u32::from(*code_point))]
    GlyphMissing { field: String, code_point: char },
    /// The template (or form) is not the TOML we ask for.
    #[error("parse the template")]
    ParseTemplate { source: Box<toml::de::Error> },
    /// One element of the template breaks a rule.
    #[error("accept element `{element}` of the template: {fault}")]
    AcceptElement { element: String, fault: TemplateFault },
    /// A field that must stand on the paper is empty.
    #[error("fill `{field}`: nothing was given")]
    FillField { field: String },
    /// A text does not fit its box even at the smallest size and with every line allowed.
    #[error("fit `{field}` into its box")]
    FitText { field: String },
    /// The applicant's photo is not a JPEG that can stand on the card as it is.
    #[error("place the photo: {fault}")]
    PlacePhoto { fault: String },
    /// A QR code cannot hold this content.
    #[error("encode the QR code")]
    EncodeQr { source: qrcode::types::QrError },
    /// The PDF writer reported an error of its own.
    #[error("write the PDF: {fault}")]
    WritePdf { fault: String },
    /// The bytes to preview are not a PDF.
    #[error("open the PDF for its preview: {fault}")]
    OpenPdf { fault: String },
    /// The document has no such page, or the page would be too large a picture.
    #[error("rasterise page {page}: {fault}")]
    RasterisePage { page: usize, fault: &'static str },
}
