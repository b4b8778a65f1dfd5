//! The rules a template's element can break, one variant a rule.

/// What is wrong with one element.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TemplateFault {
    #[error("{0}")]
    Malformed(String),
    #[error("it has no `id`")]
    Nameless,
    #[error("its `id` is used twice")]
    Repeated,
    #[error("its box has no size")]
    Flat,
    #[error("it reaches outside the sheet")]
    OutsideSheet,
    #[error("it reaches outside the safe area")]
    OutsideSafeArea,
    #[error("it overlaps `{0}`")]
    Overlap(String),
    #[error("it lies over the photo")]
    TextOverPhoto,
    #[error("it needs either `bind` or `text`, and not both")]
    Sourceless,
    #[error("the ink `{0}` is not defined")]
    UnknownInk(String),
    #[error("the ink is not written #rrggbb")]
    MalformedInk,
    #[error("its least size is not between 5 pt and its size")]
    Size,
    #[error("its box is lower than one line of text")]
    LowBox,
    #[error("its `fit` does not end with `error`")]
    Endless,
    #[error("no element shows it")]
    Unbound,
}
