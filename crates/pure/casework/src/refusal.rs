//! Why a judgement did not give facts. Who can act decides the variant.

use crate::{
    nouns::{MaterialCode, ReasonCode},
    steps::Step,
};

/// Why nothing may be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request came at the wrong moment: a race of two screens, or a fault of ours.
    #[error("not now: {0}")]
    NotNow(Obstacle),
    /// Entries to correct, all of them at once.
    #[error("{} entries need correcting", .0.len())]
    Correct(Vec<FieldFault>),
    /// The rule says no. Every reason is worded in the pack.
    #[error("refused for {} reasons", .0.len())]
    Refused(Vec<ReasonCode>),
    /// The gate is closed: everything that still stands before acceptance (一次性告知).
    #[error("{} gaps stand before acceptance", .0.len())]
    Incomplete(Vec<Gap>),
}

/// What stands in the way, apart from the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    #[error("the case is closed")]
    Closed,
    #[error("the case is put aside")]
    Parked,
    #[error("the case is not put aside")]
    NotParked,
    #[error("the case was opened under another pack")]
    OtherPack,
    #[error("the case is already accepted")]
    AlreadyAccepted,
    #[error("the case is not accepted yet")]
    NotAccepted,
    #[error("the applicant's card was not read yet")]
    NotIdentified,
    #[error("the applicant's entries are not there yet")]
    NotFilled,
    #[error("there is no portrait to judge")]
    NoPhoto,
    #[error("this material is not demanded of this case")]
    NotDemanded,
    #[error("this material was not scanned")]
    NotScanned,
    #[error("this material is retained and not returned")]
    Retained,
    #[error("this material is not tolerated missing")]
    NotTolerated,
    #[error("the handling department has answered already")]
    AlreadyAnswered,
    #[error("a number is reserved: print it or spoil it first")]
    NumberReserved,
    #[error("no number is reserved")]
    NoNumber,
    #[error("this number was spent on this case")]
    NumberSpent,
    #[error("this is not the number that the system gave")]
    OtherNumber,
    #[error("the last print is not settled: somebody must look at the machine")]
    PrintUnsettled,
    #[error("this attempt is not the current one, or stands otherwise")]
    OtherAttempt,
    #[error("no card was printed")]
    NothingPrinted,
    #[error("only a person can say this")]
    NotAPerson,
    #[error("the card is not made yet")]
    NotMade,
    #[error("the paper photo is not glued on the card")]
    PhotoNotGlued,
    #[error("the card is not delivered yet")]
    NotDelivered,
    #[error("this rating point is not reached, or not of this pack")]
    RatingNotDue,
    #[error("this rating was given or declined already")]
    RatingSettled,
    #[error("the rating was not offered")]
    RatingNotOffered,
    #[error("the department is not waited for")]
    NotWaiting,
    #[error("help with registering is not on offer any more")]
    HelpSettled,
    #[error("this material is not taken over from earlier cases")]
    NotReusable,
    #[error("this material was scanned already")]
    AlreadyScanned,
    #[error("this picture is a page of the material already")]
    PageTwice,
    #[error("nothing was found on this page")]
    NothingFound,
    #[error("there is no common error to put right")]
    NothingToCorrect,
    #[error("this field did not come from a chip: type it again")]
    NotFromChip,
    #[error("the papers were not handed over")]
    NotHandedOver,
    #[error("the papers were handed over before")]
    AlreadyHandedOver,
    #[error("the pack lets no read of an agent's card be used again")]
    NoBatches,
    #[error("the batch is over: the agent's card has to be read again")]
    BatchOver,
}

/// One entry to correct. `field` is the name of the request's field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub field: &'static str,
    pub why: FieldWhy,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldWhy {
    Missing,
    TooLong,
    /// Not a telephone number, or one with too few or too many digits.
    NotAPhone,
    /// Not in the pack's directory.
    UnknownCounty,
    /// Not one of the material's common errors.
    UnknownReason,
    /// No agent in this case.
    NoAgent,
    /// Not a level or code of the pack.
    UnknownRating,
    /// Not a number from 1.
    NotAPage,
    /// Past the day that the pack allows, or before today; for something that has happened, after today.
    DayOutOfRange,
    /// Picture and age were not looked at, or are not the ones that would be used.
    NotLookedAt,
    /// The same as before.
    Unchanged,
    /// Not a value of this field.
    NotAValue,
    /// Not a citizen number: too short, or its check character does not fit.
    NotANumber,
    /// The citizen number says otherwise.
    AgainstNumber,
    /// Not a day of the calendar.
    NotADay,
    /// Ends before it begins.
    Reversed,
    /// Not the two ends of one batch of serials.
    NotABatch,
    /// More than there may be at once.
    TooMany,
}

/// One thing that still stands between a case and acceptance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Where it is mended.
    pub step: Step,
    pub reason: ReasonCode,
    pub material: Option<MaterialCode>,
}

impl FieldFault {
    pub(crate) fn new(field: &'static str, why: FieldWhy) -> Self {
        Self { field, why }
    }
}
