//! What stands in a message, field by field. Times are RFC 3339 with +08:00 (domain 3.8).

mod cards;

use jiff::{Timestamp, civil::Date, tz::Offset};
use serde::Serialize;

use super::Station;
use crate::{
    case::{Case, Dossier, Party, Portrait},
    fact::{Again, AgainHow, Identity, Recorded, RuleFired},
    nouns::{
        ApplicantMode, CardNumber, CaseKind, DocumentKind, Hukou, IdentitySource, MaterialCode, PictureHash, Rater,
        RatingPoint, ReasonCode, ValidUntil, WindowLevel,
    },
    pack::PolicyPack,
};

pub(super) use cards::{card_void, filing_report, filing_withdrawn, number_request};

#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    case: &'a str,
    item_code: &'a str,
    item_name: &'a str,
    pack: &'a str,
    pack_hash: &'a str,
    training: bool,
    window: Window<'a>,
}

#[derive(Serialize)]
struct Window<'a> {
    counter: &'a str,
    code: &'a str,
    name: &'a str,
    level: WindowLevel,
    county: &'a str,
}

#[derive(Serialize)]
struct Person<'a> {
    source: IdentitySource,
    document: DocumentKind,
    name: &'a str,
    sex: u8,
    ethnicity: &'a str,
    birth: Date,
    address: &'a str,
    number: &'a str,
    issuing_authority: &'a str,
    valid_until: ValidUntil,
}

#[derive(Serialize)]
struct Acceptance<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    receipt: &'a str,
    accepted_at: String,
    accepted_by: &'a str,
    due: Option<String>,
    department: &'a str,
    kind: CaseKind,
    mode: ApplicantMode,
    hukou: Hukou,
    hukou_basis: &'a str,
    phone: &'a str,
    contact_address: &'a str,
    applicant: Person<'a>,
    agent: Option<Person<'a>>,
    judged_on: Date,
    rules: &'a [RuleFired],
    materials: Vec<Material<'a>>,
    photo: Option<Photo<'a>>,
}

#[derive(Serialize)]
struct Material<'a> {
    material: &'a MaterialCode,
    name: &'a str,
    pages: Vec<&'a PictureHash>,
    original_inspected: bool,
    errors: &'a [ReasonCode],
    promised_until: Option<Date>,
}

#[derive(Serialize)]
struct Photo<'a> {
    material: &'a MaterialCode,
    original: &'a PictureHash,
    crop: &'a PictureHash,
    width_um: u32,
    height_um: u32,
}

/// What the department needs to work on the case in its register: whom it is about, what is applied for, where it was
/// taken in. Pictures and the rules that fired go with the acceptance alone.
#[derive(Serialize)]
struct AgeingRecord<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    receipt: &'a str,
    accepted_at: String,
    department: &'a str,
    kind: CaseKind,
    mode: ApplicantMode,
    hukou: Hukou,
    holder: Person<'a>,
    phone: &'a str,
    contact_address: &'a str,
    agent_name: Option<&'a str>,
    judged_on: Date,
    /// The card that the new one replaces, where its number is known.
    old_card: Option<&'a str>,
}

#[derive(Serialize)]
struct Rating<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    point: RatingPoint,
    outcome: &'static str,
    level: Option<u8>,
    codes: &'a [String],
    codes_version: &'a str,
    text: &'a str,
    /// The earlier answer of this point and why there is a second one.
    again: Option<Again>,
    /// False for a duplicate, which is kept and not counted.
    counted: bool,
    rated_at: String,
    /// Who answered. No name goes with a rating.
    by: Option<Rater>,
}

/// An answer as its fact holds it.
pub(super) struct Given<'a> {
    pub level: u8,
    pub codes: &'a [String],
    pub text: &'a str,
    pub again: Option<Again>,
}

pub(super) fn acceptance(case: &Case, dossier: &Dossier, pack: &PolicyPack, station: &Station) -> String {
    let acceptance = &dossier.acceptance;
    let entry = &dossier.applicant;
    let photo = match (&dossier.portrait, &entry.portrait) {
        (Portrait::Passed(photo), Some(material)) => Some(Photo {
            material,
            original: &photo.original,
            crop: &photo.crop,
            width_um: photo.width_um,
            height_um: photo.height_um,
        }),
        (Portrait::Passed(_) | Portrait::NotDemanded, _) => None,
    };
    written(&Acceptance {
        head: head("acceptance-1", case, pack, station),
        receipt: acceptance.receipt.as_str(),
        accepted_at: beijing(acceptance.at),
        accepted_by: acceptance.by.as_str(),
        due: acceptance.due.map(beijing),
        department: entry.department.as_str(),
        kind: case.kind(),
        mode: entry.mode,
        hukou: entry.hukou,
        hukou_basis: &entry.hukou_basis,
        phone: &entry.phone,
        contact_address: &entry.contact_address,
        applicant: person(&dossier.identity),
        agent: match &dossier.party {
            Party::InPerson => None,
            Party::Agent(agent) => Some(person(agent)),
        },
        judged_on: dossier.verdict.on,
        rules: &dossier.verdict.rules,
        materials: materials(dossier, pack),
        photo,
    })
}

pub(super) fn ageing_record(case: &Case, dossier: &Dossier, pack: &PolicyPack, station: &Station) -> String {
    let entry = &dossier.applicant;
    written(&AgeingRecord {
        head: head("ageing_record-1", case, pack, station),
        receipt: dossier.acceptance.receipt.as_str(),
        accepted_at: beijing(dossier.acceptance.at),
        department: entry.department.as_str(),
        kind: case.kind(),
        mode: entry.mode,
        hukou: entry.hukou,
        holder: person(&dossier.identity),
        phone: &entry.phone,
        contact_address: &entry.contact_address,
        agent_name: match &dossier.party {
            Party::InPerson => None,
            Party::Agent(agent) => Some(agent.name.as_str()),
        },
        judged_on: dossier.verdict.on,
        old_card: dossier.particulars.old_card.as_ref().and_then(|card| card.number.as_ref()).map(CardNumber::as_str),
    })
}

/// What stands in the record and nothing else: no level for a declined rating, no reason for an empty one, and the time
/// of the act whatever other times say.
pub(super) fn rating(
    case: &Case,
    (point, by): (RatingPoint, Option<Rater>),
    given: Option<Given>,
    recorded: &Recorded,
    pack: &PolicyPack,
    station: &Station,
) -> String {
    let again = given.as_ref().and_then(|given| given.again);
    written(&Rating {
        head: head("rating-1", case, pack, station),
        point,
        outcome: if given.is_some() { "given" } else { "declined" },
        level: given.as_ref().map(|given| given.level),
        codes: given.as_ref().map(|given| given.codes).unwrap_or_default(),
        codes_version: pack.rules().rating_codes_version.value.as_str(),
        text: given.as_ref().map(|given| given.text).unwrap_or_default(),
        again,
        counted: again.is_none_or(|again| again.how != AgainHow::Duplicate),
        rated_at: beijing(recorded.at),
        by,
    })
}

fn head<'a>(schema: &'static str, case: &'a Case, pack: &'a PolicyPack, station: &'a Station) -> Head<'a> {
    let opened = case.opened();
    Head {
        schema,
        case: case.id().as_str(),
        item_code: pack.item().code.as_str(),
        item_name: pack.item().item_name.as_str(),
        pack: &opened.pack.id,
        pack_hash: &opened.pack.hash,
        training: opened.training,
        window: Window {
            counter: &station.counter,
            code: opened.window.as_str(),
            name: &station.window_name,
            level: opened.level,
            county: station.county.as_str(),
        },
    }
}

fn person(identity: &Identity) -> Person<'_> {
    Person {
        source: identity.source,
        document: identity.document,
        name: identity.name.as_str(),
        sex: identity.sex.code(),
        ethnicity: &identity.ethnicity,
        birth: identity.birth,
        address: &identity.address,
        number: identity.number.as_str(),
        issuing_authority: &identity.issuing_authority,
        valid_until: identity.valid_until,
    }
}

fn materials<'a>(dossier: &'a Dossier, pack: &'a PolicyPack) -> Vec<Material<'a>> {
    let row = |code: &'a MaterialCode| {
        let state = dossier.materials.get(code)?;
        let check = state.check.as_ref();
        Some(Material {
            material: code,
            name: pack.material(code).map_or("", |material| material.name.as_str()),
            pages: state.pages.values().collect(),
            original_inspected: check.is_some_and(|check| check.original_inspected),
            errors: check.map(|check| check.errors.as_slice()).unwrap_or_default(),
            promised_until: state.committed_until,
        })
    };
    dossier.applicant.demanded.iter().filter_map(row).collect()
}

/// RFC 3339 on China's one clock.
fn beijing(at: Timestamp) -> String {
    at.display_with_offset(Offset::constant(8)).to_string()
}

fn written(body: &impl Serialize) -> String {
    serde_json::to_string(body).expect("a body holds only text, numbers and lists, which always serialise")
}
