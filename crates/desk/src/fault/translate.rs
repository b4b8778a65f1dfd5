//! From the errors of the layers below to entries of the catalogue. What a variant means for a person is decided here.

use devices::documents::PictureFault;
use devices::reader::ReaderFault;
use ledger::{BlankState, LedgerError, StorageKind};
use papers::PaperError;

use crate::contract::FieldFault;
use crate::station::StationError;
use crate::words::papers as papers_words;

/// A catalogue code with the particulars of this one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub code: &'static str,
    pub fields: Vec<FieldFault>,
    /// Reasons of the pack in public words, or what exactly is wrong, for the person who mends it.
    pub reasons: Vec<String>,
    pub incident: Option<String>,
}

impl Trouble {
    /// Trouble without particulars. `code` stands in the catalogue; a test asks every caller's.
    pub fn of(code: &'static str) -> Trouble {
        Trouble { code, fields: Vec::new(), reasons: Vec::new(), incident: None }
    }

    pub fn because(mut self, reason: impl Into<String>) -> Trouble {
        self.reasons.push(reason.into());
        self
    }

    pub fn at(mut self, field: &str, words: impl Into<String>) -> Trouble {
        self.fields.push(FieldFault { field: field.to_owned(), words: words.into() });
        self
    }
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Trouble {
        use LedgerError as E;
        let code = match &error {
            E::OpenElsewhere { .. } => "ledger.in_use",
            E::KeyFile { source, .. } if is_full(source.as_ref()) => "ledger.full",
            E::WrongKey | E::KeyFile { .. } | E::KeyMalformed { .. } => "ledger.wrong_key",
            E::NewerSchema { .. } => "ledger.newer",
            E::Setting { .. }
            | E::Damaged { .. }
            | E::BrokenChain { .. }
            | E::Unreadable { .. }
            | E::PictureLost { .. }
            | E::PictureDamaged { .. } => "ledger.damaged",
            E::Stale { .. } | E::MessageMoved { .. } => "ledger.stale",
            E::Erased { .. } => "ledger.erased",
            E::NumbersExhausted => "numbering.none_left",
            E::NumberTaken { .. } | E::NumberNotNext { .. } => "numbering.taken",
            E::BlankUnknown { .. }
            | E::BlankGone { .. }
            | E::BlankBound { .. }
            | E::BlankKnown { .. }
            | E::BlanksShort { .. }
            | E::BlockRefused { .. } => return about_stock(&error),
            E::DayClosed { .. } => "stock.closed_meanwhile",
            E::Storage { kind: StorageKind::Full, .. } => "ledger.full",
            E::Storage {
                kind:
                    StorageKind::ReadOnly
                    | StorageKind::Io
                    | StorageKind::Corrupt
                    | StorageKind::Busy
                    | StorageKind::Rule
                    | StorageKind::Other,
                ..
            }
            | E::OlderSchema { .. }
            | E::NotTraining
            | E::NotErasable { .. }
            | E::Opening { .. }
            | E::CaseNumber { .. }
            | E::NumberState { .. }
            | E::PrintTaken { .. }
            | E::AttemptState { .. }
            | E::MessageTaken { .. }
            | E::MessageState { .. }
            | E::StickRefused { .. }
            | E::PersonState { .. }
            | E::FollowUpState
            | E::PictureNotStored { .. } => "ledger.failed",
        };
        Trouble::of(code).because(chain(&error))
    }
}

/// What the book of blanks and numbers did not allow, at the entry that is to be put right.
fn about_stock(error: &LedgerError) -> Trouble {
    use LedgerError as E;
    #[expect(clippy::wildcard_enum_match_arm, reason = "called for the stock's own errors only")]
    match error {
        E::BlankUnknown { .. } => Trouble::of("numbering.blank_unknown").at("serial", "没有登记过这个号"),
        E::BlankGone { state, .. } => {
            let (code, words) = match state {
                BlankState::OnHand | BlankState::Used => ("numbering.blank_used", "这个号已经用掉了"),
                BlankState::Spoiled => ("numbering.blank_spoiled", "这个号已经作废"),
                BlankState::Lost => ("numbering.blank_lost", "这个号报过遗失"),
            };
            Trouble::of(code).at("serial", words)
        }
        E::BlankBound { .. } => Trouble::of("stock.bound").at("serial", "这个号正在办一件事"),
        E::BlankKnown { serial } => Trouble::of("stock.known").at("first", format!("{serial} 已经登记过")),
        E::BlanksShort { on_hand, .. } => Trouble::of("stock.short").at("count", format!("账上只有 {on_hand} 张")),
        E::BlockRefused { .. } => {
            Trouble::of("stock.block_known").at("block_last", "这一段是空的，或者和已有的号段重了")
        }
        other => Trouble::of("ledger.failed").because(chain(other)),
    }
}

/// Whether there was no room to write, as far as the operating system's own error tells.
fn is_full(source: &(dyn std::error::Error + 'static)) -> bool {
    source.downcast_ref::<std::io::Error>().is_some_and(|error| {
        matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
    })
}

impl From<PaperError> for Trouble {
    fn from(error: PaperError) -> Trouble {
        use PaperError as E;
        match &error {
            E::GlyphMissing { field, code_point } => {
                Trouble::of("printing.glyph_missing").because(papers_words::no_glyph(field, &[*code_point]))
            }
            E::PlacePhoto { .. } => Trouble::of("printing.photo_missing").because(chain(&error)),
            E::LoadFace { face, package, .. } => {
                Trouble::of("station.fonts").because(format!("{face}：读不到文件，请安装软件包 {package}"))
            }
            E::VerifyFace { face, sha256 } => Trouble::of("station.fonts")
                .because(format!("{face}：文件不是字库清单里的任何一个版本（SHA-256 {sha256}）")),
            E::ParseManifest { .. } | E::AcceptFace { .. } | E::OpenFace { .. } | E::EmbedFace { .. } => {
                Trouble::of("station.fonts").because(chain(&error))
            }
            E::ParseTemplate { .. }
            | E::AcceptElement { .. }
            | E::FillField { .. }
            | E::FitText { .. }
            | E::EncodeQr { .. }
            | E::WritePdf { .. }
            | E::OpenPdf { .. }
            | E::RasterisePage { .. } => Trouble::of("printing.template").because(chain(&error)),
        }
    }
}

impl From<StationError> for Trouble {
    fn from(error: StationError) -> Trouble {
        Trouble::of("station.file").because(chain(&error))
    }
}

impl From<ReaderFault> for Trouble {
    fn from(fault: ReaderFault) -> Trouble {
        use ReaderFault as F;
        let code = match &fault {
            F::NoCard | F::Cancelled => "identify.no_card",
            F::CardMoved => "identify.card_moved",
            F::WrongCard => "identify.not_second_generation",
            F::NotAuthenticated { .. } => "identify.not_authenticated",
            F::BadData | F::Refused { .. } => "identify.bad_reading",
            F::NoDevice { .. } | F::NothingFound | F::PortGone { .. } | F::NoAnswer => "identify.reader_away",
            F::Busy { .. } | F::Denied { .. } => "identify.reader_busy",
            F::SelfTestFailed | F::Unauthorised => "identify.reader_broken",
        };
        Trouble::of(code)
    }
}

/// What a drop folder lacked, told for the step that looked there.
pub fn drop_folder(step: &str, fault: &PictureFault) -> Trouble {
    let missing = match fault {
        PictureFault::FolderMissing { .. } | PictureFault::Listing { .. } | PictureFault::Empty => true,
        PictureFault::TooBig { .. } | PictureFault::Reading { .. } | PictureFault::NotAPicture { .. } => false,
    };
    let code = match (step, missing) {
        ("photo", true) => "photo.no_picture",
        ("photo", false) => "photo.unusable",
        (_, true) => "materials.no_page",
        (_, false) => "materials.unusable",
    };
    Trouble::of(code)
}

/// The error and what lies below it, for the person who mends it.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut below = error.source();
    while let Some(source) = below {
        words.push_str(": ");
        words.push_str(&source.to_string());
        below = source.source();
    }
    words
}
