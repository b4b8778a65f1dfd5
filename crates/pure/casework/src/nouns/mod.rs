//! One parsed type a thing. A value of these types cannot be wrong: the only way in is the parser.

/// Declares a noun that is text of a certain form: private field, parser, `Display`, serde through the parser.
macro_rules! text_noun {
    ($(#[$doc:meta])* $name:ident, |$text:ident| $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = super::NotA;
            fn try_from(text: String) -> Result<Self, super::NotA> {
                let valid = { let $text: &str = &text; $valid };
                if valid { Ok(Self(text)) } else { Err(super::NotA { noun: stringify!($name) }) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = super::NotA;
            fn from_str(text: &str) -> Result<Self, super::NotA> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(noun: $name) -> String {
                noun.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
use text_noun;

/// A text that is not the noun it was said to be. It does not repeat the text, which may be personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {noun}")]
pub struct NotA {
    pub noun: &'static str,
}

mod actor;
pub mod age;
mod age_band_id;
mod applicant_mode;
mod attempt_id;
mod batch_number;
mod card_number;
mod case_id;
mod case_kind;
mod collector;
mod county_id;
mod delivery_proof;
mod document_kind;
mod hukou;
mod id_number;
mod identity_source;
mod list_kind;
mod list_number;
pub mod mask;
mod material_code;
mod number_from;
mod person_name;
mod person_role;
mod phone;
mod picture_hash;
mod platform_id;
mod print_outcome;
mod rater;
mod rating_point;
mod reason_code;
mod receipt_number;
mod receiver;
mod region_code;
mod result_id;
mod role;
mod sex;
mod slip_number;
mod valid_until;
mod window_code;
mod window_level;

pub use actor::Actor;
pub use age::LeapBirthday;
pub use age_band_id::AgeBandId;
pub use applicant_mode::ApplicantMode;
pub use attempt_id::AttemptId;
pub use batch_number::BatchNumber;
pub use card_number::CardNumber;
pub use case_id::CaseId;
pub use case_kind::CaseKind;
pub use collector::Collector;
pub use county_id::CountyId;
pub use delivery_proof::DeliveryProof;
pub use document_kind::DocumentKind;
pub use hukou::Hukou;
pub use id_number::IdNumber;
pub use identity_source::IdentitySource;
pub use list_kind::ListKind;
pub use list_number::ListNumber;
pub use material_code::MaterialCode;
pub use number_from::NumberFrom;
pub use person_name::PersonName;
pub use person_role::PersonRole;
pub use phone::{Phone, PhoneStatus};
pub use picture_hash::PictureHash;
pub use platform_id::PlatformId;
pub use print_outcome::PrintOutcome;
pub use rater::Rater;
pub use rating_point::RatingPoint;
pub use reason_code::ReasonCode;
pub use receipt_number::ReceiptNumber;
pub use receiver::Receiver;
pub use region_code::RegionCode;
pub use result_id::ResultId;
pub use role::Role;
pub use sex::Sex;
pub use slip_number::SlipNumber;
pub use valid_until::ValidUntil;
pub use window_code::WindowCode;
pub use window_level::WindowLevel;
