//! Why a pack is refused: file, line, reason.

/// A pack that cannot be used. `file` and `line` (from 1) say where to look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {fault}")]
pub struct PackError {
    pub file: String,
    pub line: usize,
    pub fault: PackFault,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// The file is not TOML, has an unknown or missing key, or a value of the wrong form.
    #[error("{0}")]
    Shape(String),
    #[error("schema {0} is not known; this program reads schema {known}", known = super::parse::SCHEMA)]
    Schema(u32),
    #[error("the pack would end ({to}) before it begins ({from})")]
    Dates { from: jiff::civil::Date, to: jiff::civil::Date },
    #[error("{what} `{name}` is given twice")]
    Twice { what: &'static str, name: String },
    #[error("county `{county}` has two routes: `{first}` and `{second}`")]
    OverlappingRoutes { county: String, first: String, second: String },
    #[error("two routes take every other county: `{first}` and `{second}`")]
    TwoDefaultRoutes { first: String, second: String },
    #[error("county `{0}` has no route")]
    NoRoute(String),
    #[error("{what} `{name}` is not in this pack")]
    Unknown { what: &'static str, name: String },
    #[error("reason `{0}` is used by the program and must be worded in the pack")]
    ReasonNotWorded(String),
    #[error("step `{0}` has no name")]
    StepNotNamed(&'static str),
    #[error("rating levels must be 5, 4, 3, 2, 1 in this order")]
    RatingLevels,
    #[error("{0} would be impossible: {1}")]
    Impossible(&'static str, &'static str),
}
