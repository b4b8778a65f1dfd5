//! What is odd about a card. A finding never stops a read; rules about it belong to the pack.

/// A field of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Name,
    EnglishName,
    Sex,
    Ethnicity,
    Birth,
    Address,
    Number,
    Authority,
    ValidFrom,
    ValidUntil,
    PassNumber,
    IssueCount,
    Nationality,
    CardVersion,
    OfficeCode,
    RenewalCount,
    EarlierNumber,
    Reserved,
}

/// One oddity. None carries what the field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// The letter at byte 248 is none of the four.
    TypeUnknown {
        unit: u32,
    },
    /// The number has not the form its layout asks for.
    NumberMalformed,
    CheckDigitWrong,
    /// The number's seventeenth digit says the other sex.
    SexAgainstNumber,
    /// The number holds another birth date.
    BirthAgainstNumber,
    /// The number begins with a province that was never assigned.
    RegionUnknown,
    /// Not 0, 1, 2 or 9 of GB/T 2261.1.
    SexUnknown,
    /// No code of GB/T 3304; local codes exist, so it is kept and shown.
    EthnicityUnknown,
    DateUnreadable(Field),
    /// The card ends before it begins, or began before its holder was born.
    ValidityReversed,
    /// The term is not the one the law gives to the holder's age at issue (article 5).
    ValidityAgainstAge,
    /// Private-use characters; `unmapped` of them have no real code point in the GBK and GB 18030 table.
    PrivateUse {
        field: Field,
        count: u8,
        unmapped: u8,
    },
    LoneSurrogate(Field),
    /// Ends in NUL or FFFF instead of spaces.
    Unpadded(Field),
    /// Fills its field to the last unit, so it may have been cut when the card was made.
    FillsField(Field),
    /// Control or never-assigned code units.
    ControlCharacter(Field),
    /// Characters that such a field does not hold on any sound card: Latin letters in a Chinese name, for example.
    Unusual(Field),
    /// Two or more blanks inside the text.
    Gap(Field),
    /// A field that cannot be empty is.
    Blank(Field),
    ReservedNotBlank,
}

impl Finding {
    /// Whether damaged bytes make such a finding more readily than a card office does.
    pub(super) fn smells_of_damage(&self) -> bool {
        match self {
            Self::TypeUnknown { .. }
            | Self::NumberMalformed
            | Self::CheckDigitWrong
            | Self::SexAgainstNumber
            | Self::BirthAgainstNumber
            | Self::RegionUnknown
            | Self::SexUnknown
            | Self::EthnicityUnknown
            | Self::DateUnreadable(_)
            | Self::ValidityReversed
            | Self::ValidityAgainstAge
            | Self::PrivateUse { .. }
            | Self::LoneSurrogate(_)
            | Self::Unpadded(_)
            | Self::ControlCharacter(_)
            | Self::Unusual(_)
            | Self::Gap(_)
            | Self::Blank(_)
            | Self::ReservedNotBlank => true,
            Self::FillsField(_) => false,
        }
    }

    /// The finding as one word for records and scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TypeUnknown { .. } => "type_unknown",
            Self::NumberMalformed => "number_malformed",
            Self::CheckDigitWrong => "check_digit_wrong",
            Self::SexAgainstNumber => "sex_against_number",
            Self::BirthAgainstNumber => "birth_against_number",
            Self::RegionUnknown => "region_unknown",
            Self::SexUnknown => "sex_unknown",
            Self::EthnicityUnknown => "ethnicity_unknown",
            Self::DateUnreadable(_) => "date_unreadable",
            Self::ValidityReversed => "validity_reversed",
            Self::ValidityAgainstAge => "validity_against_age",
            Self::PrivateUse { .. } => "private_use",
            Self::LoneSurrogate(_) => "lone_surrogate",
            Self::Unpadded(_) => "unpadded",
            Self::FillsField(_) => "fills_field",
            Self::ControlCharacter(_) => "control_character",
            Self::Unusual(_) => "unusual",
            Self::Gap(_) => "gap",
            Self::Blank(_) => "blank",
            Self::ReservedNotBlank => "reserved_not_blank",
        }
    }
}
