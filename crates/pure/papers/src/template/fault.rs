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
    #[error("its artwork ends at the cut, and the sheet has a bleed: it must reach the bleed's edge")]
    ShortOfBleed,
    #[error("what stands on the blank cannot depend on the person")]
    BoundStock,
    #[error("its outline is not SVG path data ({0})")]
    Outline(String),
    #[error("its view has no size")]
    View,
    #[error("no condition reads like `{0}`")]
    Condition(String),
    #[error("a rule speaks of it, and no element has that `id`")]
    RuleOfNothing,
    #[error("a rule would hide what every card must show, or what stands on the blank")]
    MustShow,
    #[error(
        "crop marks are 1 to 20 mm long, 0.05 to 0.5 mm thick, and begin 0.5 to 10 mm off the cut and beyond the bleed"
    )]
    CropMarks,
    #[error("a sheet has 1 to 40 columns and 1 to 40 rows")]
    Cells,
    #[error("the sheet has cells 1 to {0}")]
    NoCell(usize),
    #[error("it is not as large as the card")]
    OtherSize,
    #[error("the card would bleed over its neighbour")]
    BleedsOver,
}
