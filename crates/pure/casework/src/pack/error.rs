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
    #[error("this source ({date}) is later than the pack, which was compiled on {compiled}")]
    LaterThanPack { date: super::SourceDate, compiled: jiff::civil::Date },
    #[error("axis `{0}` is not declared in [axes]")]
    AxisNotDeclared(&'static str),
    #[error("axis `{axis}` leaves out `{name}`: every case must have its place")]
    AxisLeavesOut { axis: &'static str, name: String },
    #[error("the age bands {first} and {second} overlap: `{first}` ends at {end}")]
    BandsOverlap { first: String, second: String, end: u8 },
    #[error("no age band has {age} years, before `{band}` begins")]
    BandsGap { band: String, age: u8 },
    #[error("the age bands end at {0}; the last one reaches 150")]
    BandsEnd(u8),
    #[error("the age band `{band}` goes from {from} to {to}: a band goes upwards, inside 0 to 150")]
    Band { band: String, from: u8, to: u8 },
    #[error("`{key}` is `{value}`, which this program cannot act on; it can act on {can}")]
    CannotAct { key: &'static str, value: String, can: &'static str },
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
