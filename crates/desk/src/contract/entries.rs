use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose card it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CardRole {
    Applicant,
    Agent,
}

/// A field of the chip that a clerk may set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChipField {
    Name,
    Ethnicity,
    Address,
}

/// An entry of step `applicant` on which nothing else rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryChoice {
    HukouBasis,
    Phone,
    ContactAddress,
}

/// The face of a card, typed. Days are `1951-03-08`; the last one may be 长期. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TypedIdentity {
    pub name: String,
    /// `male`, `female`, or blank: as the number says.
    pub sex: String,
    pub ethnicity: String,
    pub birth: String,
    pub address: String,
    pub number: String,
    pub issuing_authority: String,
    pub valid_from: String,
    pub valid_until: String,
}

impl std::fmt::Debug for TypedIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TypedIdentity(hidden)")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    First,
    ReissueLost,
    ReissueDamaged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    InPerson,
    Agent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HukouSide {
    Local,
    Outside,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    IdCard,
    ReceiptList,
}

/// Somebody who takes the card with the receipt list: an identity number or a phone as contact. Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CollectorForm {
    pub name: String,
    pub contact: String,
}

impl std::fmt::Debug for CollectorForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CollectorForm(hidden)")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Taker {
    Applicant,
    Agent,
    Other,
}
