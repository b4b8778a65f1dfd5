//! The one translator: every error below becomes words that say what happened, what to do now and whom to call.

mod catalogue;
mod refusal;
mod translate;

pub use catalogue::{CATALOGUE, CODES, Call, Entry};
pub use refusal::refusal;
pub use translate::{Trouble, chain, drop_folder};

use crate::contract::Fault;

/// Whom to call at this station, as printed.
#[derive(Debug, Clone)]
pub struct Contacts {
    /// Consultation phone of the district, or that it is being verified (D-01).
    pub department: String,
    pub technician: String,
}

/// Puts trouble into words.
pub fn word(trouble: &Trouble, contacts: &Contacts) -> Fault {
    let entry =
        CATALOGUE.iter().find(|entry| entry.code == trouble.code).expect("a Trouble is made from the catalogue");
    Fault {
        kind: entry.kind,
        code: entry.code.to_owned(),
        what: entry.what.to_owned(),
        do_now: entry.do_now.to_owned(),
        call: match entry.call {
            Call::Department => format!("咨询电话：{}", contacts.department),
            Call::Technician => format!("请联系：{}", contacts.technician),
            Call::Nobody => String::new(),
        },
        fields: trouble.fields.clone(),
        reasons: trouble.reasons.clone(),
        incident: trouble.incident.clone(),
    }
}

/// Trouble before the station's own contacts are known: nobody to call but whoever installed it.
pub fn at_start(trouble: &Trouble) -> Fault {
    let contacts = Contacts { department: "12345".to_owned(), technician: "安装本程序的技术人员".to_owned() };
    word(trouble, &contacts)
}
