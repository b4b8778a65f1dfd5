//! The values of a pack, each with its source.

use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    Confidence, NumberPattern, SourceDate, When, Words,
    parse::{Reading, Table},
    shown::Shown,
};
use crate::nouns::{DeliveryProof, DocumentKind, LeapBirthday, RatingPoint, ReasonCode};

/// A value that says where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sourced<T> {
    /// What the value is called on screen.
    pub name: Words,
    pub value: T,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
    pub note: Option<Words>,
}

/// A value that a step judges by: it also says which reason it gives and why, in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged<T> {
    pub name: Words,
    pub value: T,
    pub source: Words,
    pub date: SourceDate,
    pub confidence: Confidence,
    pub note: Option<Words>,
    /// The reason when the rule does not pass.
    pub reason: ReasonCode,
    /// Why it passed, with `{holes}` for the facts it rested on.
    pub met: Words,
    /// Why it did not.
    pub unmet: Words,
}

/// A rule's value as it is shown under 为什么.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The pack's key, for example `min_age`.
    pub key: &'static str,
    pub name: String,
    /// As written in the pack.
    pub value: String,
    /// As an office person reads it.
    pub words: String,
    pub source: String,
    /// `2022-03-12`, or `2026-11-23 查阅` where the source has no date of its own.
    pub date: String,
    pub confidence: Confidence,
    pub note: Option<String>,
}

/// What is measured on a one-inch photo, in whole millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoSpec {
    pub width_mm: u16,
    pub height_mm: u16,
    /// Either side may be off by this much and no more.
    pub tolerance_mm: u16,
}

/// What a scanned page must be. Luminance runs from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSpec {
    /// Pixels an inch, where the file says how many it has.
    pub least_dpi: u16,
    /// Pixels of the longer side, where it does not.
    pub least_px: u16,
    /// Luminance that the brightest tenth of the page must reach.
    pub dark_below: u8,
    /// By how much the writing must differ from the paper.
    pub faint_below: u8,
    /// A page whose writing differs by less bears nothing.
    pub empty_below: u8,
    /// Hundredths of softness, 0 to 100.
    pub blurred_above: u8,
    /// Hundredths of the picture's frame that the sheet may touch.
    pub cut_above: u8,
}

/// How many characters of a citizen number stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Masking {
    pub first: usize,
    pub last: usize,
}

/// What 窗口所属区域 means (D-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HukouScope {
    Village,
    Township,
    County,
    City,
}

/// What is asked of a person whose household is registered elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NonLocal {
    ResidencePermit,
    Refuse,
}

/// Whether the portrait is printed onto the card or glued there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhotoOnCard {
    Printed,
    Glue,
}

/// With what a card's code is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeSuite {
    /// The national algorithms: GM/T 0003.2-2012 with the identity `1234567812345678` of GM/T 0009-2012.
    #[default]
    Sm2Sm3,
    /// RFC 8032.
    Ed25519,
}

impl CodeSuite {
    pub const ALL: [Self; 2] = [Self::Sm2Sm3, Self::Ed25519];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sm2Sm3 => "sm2_sm3",
            Self::Ed25519 => "ed25519",
        }
    }
}

/// What proves a loss (domain 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossEvidence {
    Newspaper,
    SelfDeclaration,
}

/// Who gives a card its number (domain 2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberingMode {
    PreprintedStock,
    BlockAllocated,
    ReturnedBySystem,
}

/// Writes the struct of rules and the list that answers 为什么 from one table, so that no value can be left out.
macro_rules! rules {
    ($($(#[$doc:meta])* $key:ident: $kind:ident<$value:ty>,)* ; $($(#[$may_doc:meta])* $may:ident: $may_kind:ident<$may_value:ty>,)*) => {
        /// Every value of the pack that the trade asks for (domain 2.6).
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Rules {
            $($(#[$doc])* pub $key: $kind<$value>,)*
            $($(#[$may_doc])* pub $may: Option<$may_kind<$may_value>>,)*
        }

        impl Rules {
            /// The keys, in the order of the schema.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($key)),*];

            /// Those that a pack may leave out.
            pub const OPTIONAL_KEYS: &'static [&'static str] = &[$(stringify!($may)),*];

            /// Takes every value from its table; what is wrong with one does not hide what is wrong with the next.
            pub(super) fn read<'a>(reading: &mut Reading<'a>, mut table: Table<'a>) -> Option<Self> {
                $(let $key: Option<$kind<$value>> = reading.take(&mut table, stringify!($key));)*
                $(let $may: Option<$may_kind<$may_value>> = reading.take_if_any(&mut table, stringify!($may));)*
                reading.nothing_left(table);
                Some(Self { $($key: $key?,)* $($may,)* })
            }

            /// Every value with its source, in the order of the pack's schema.
            pub fn all(&self) -> Vec<Why> {
                let mut all = vec![$(Why {
                    key: stringify!($key),
                    name: self.$key.name.to_string(),
                    value: Shown::shown(&self.$key.value),
                    words: Shown::words(&self.$key.value),
                    source: self.$key.source.to_string(),
                    date: self.$key.date.to_string(),
                    confidence: self.$key.confidence,
                    note: self.$key.note.as_ref().map(ToString::to_string),
                },)*];
                $(all.extend(self.$may.as_ref().map(|rule| Why {
                    key: stringify!($may),
                    name: rule.name.to_string(),
                    value: Shown::shown(&rule.value),
                    words: Shown::words(&rule.value),
                    source: rule.source.to_string(),
                    date: rule.date.to_string(),
                    confidence: rule.confidence,
                    note: rule.note.as_ref().map(ToString::to_string),
                }));)*
                all
            }
        }
    };
}

rules! {
    /// Full years on the day of application.
    min_age: Judged<u8>,
    /// How many days before the birthday an application is taken.
    apply_before_days: Sourced<u16>,
    /// The birthday of 29 February in a common year.
    leap_birthday: Sourced<LeapBirthday>,
    /// Documents that identify an applicant (S-07).
    accepted_id_types: Judged<Vec<DocumentKind>>,
    /// The identity document must be in date (S-08).
    id_in_date: Judged<bool>,
    /// A first issue is refused to a person who holds a card (U-12).
    one_card_a_person: Judged<bool>,
    /// A household outside the window's area.
    non_local: Judged<NonLocal>,
    hukou_scope: Sourced<HukouScope>,
    contact_phone_required: Sourced<bool>,
    photo_spec: Sourced<PhotoSpec>,
    page_spec: Sourced<PageSpec>,
    /// Months; older photos give `PHOTO_OLD`.
    photo_max_age_months: Sourced<u8>,
    photo_on_card: Sourced<PhotoOnCard>,
    loss_evidence: Sourced<LossEvidence>,
    /// Where the window itself numbers, makes and delivers the card (S-49, D-23). Elsewhere the issuing post does, after
    /// the department has approved.
    cards_made_at: Sourced<When>,
    /// Where a card that was made is reported to the parent township (S-50).
    filing_report_at: Sourced<When>,
    /// Minutes from acceptance to delivery where the window makes the card (S-55).
    village_deadline_min: Sourced<u16>,
    /// Whether such a window waits for the department before it numbers a card (D-21).
    village_issue_requires_approval: Sourced<bool>,
    numbering_mode: Sourced<NumberingMode>,
    number_pattern: Sourced<NumberPattern>,
    /// Either of these suffices (S-54).
    delivery_proof: Sourced<Vec<DeliveryProof>>,
    rating_points: Sourced<Vec<RatingPoint>>,
    /// Working days to answer a bad rating.
    bad_rating_days: Sourced<u8>,
    /// Of the national list.
    rating_codes_version: Sourced<Words>,
    mask_screen: Sourced<Masking>,
    mask_paper: Sourced<Masking>,
    /// Where the directory of windows is published: said of a window without an address (S-03).
    windows_published: Sourced<Words>,
    /// A number that is right for every district.
    city_hotline: Sourced<Words>,
    /// Printed as 发证机关.
    issuing_authority: Sourced<Words>,
    /// Days after a confirmed upload.
    retention_days_local: Sourced<u16>,
    /// Years.
    archive_period: Sourced<u8>,
    ;
    // Those that a pack may leave out.
    /// Minutes before the end of the promised time when the clock is shown as short; ten where the pack does not say.
    village_amber_min: Sourced<u16>,
    /// Minutes for which one read of an agent's card serves a batch (集中办理); without it each case asks for the card.
    agent_batch_min: Sourced<u16>,
    /// Cases of one agent on one day above which it is told. It blocks nothing.
    agent_day_warn: Sourced<u16>,
    /// With what the code on a card is signed; SM2 where the pack does not say.
    card_code_suite: Sourced<CodeSuite>,
}

impl Rules {
    /// For how long one read of an agent's card serves a batch; `None` where each case asks for the card.
    pub fn agent_read_good_for(&self) -> Option<SignedDuration> {
        self.agent_batch_min.as_ref().map(|rule| SignedDuration::from_mins(i64::from(rule.value)))
    }

    /// With what the codes of cards are signed.
    pub fn code_suite(&self) -> CodeSuite {
        self.card_code_suite.as_ref().map_or_else(CodeSuite::default, |rule| rule.value)
    }

    /// How long before the end of the promised time the clock is shown as short.
    pub fn amber_before(&self) -> SignedDuration {
        const USUAL: u16 = 10;
        let minutes = self.village_amber_min.as_ref().map_or(USUAL, |rule| rule.value);
        SignedDuration::from_mins(i64::from(minutes))
    }
}
