//! Where in the file a check is.

use std::ops::Range;

use toml::Spanned;

use crate::{
    nouns::ReasonCode,
    pack::{PackError, PackFault, Reason},
};

/// A pack's text under the name it goes by in an error.
pub(super) struct Place<'a> {
    pub(super) file_name: &'a str,
    pub(super) text: &'a str,
}

impl Place<'_> {
    pub(super) fn at(&self, span: Range<usize>, fault: PackFault) -> PackError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        PackError { file: self.file_name.to_owned(), line: before.matches('\n').count() + 1, fault }
    }

    pub(super) fn known(&self, code: &Spanned<ReasonCode>, reasons: &[Reason]) -> Result<ReasonCode, PackError> {
        if reasons.iter().any(|reason| reason.code == *code.get_ref()) {
            return Ok(code.get_ref().clone());
        }
        Err(self.unknown("reason", code.span(), code.get_ref()))
    }

    /// Where a mark stands, for a fault that is about a value whose own place was not kept.
    pub(super) fn near(&self, mark: &str, otherwise: Range<usize>) -> Range<usize> {
        self.text.find(mark).map_or(otherwise, |start| start..start + mark.len())
    }

    pub(super) fn twice(&self, what: &'static str, span: Range<usize>, name: &impl ToString) -> PackError {
        self.at(span, PackFault::Twice { what, name: name.to_string() })
    }

    pub(super) fn unknown(&self, what: &'static str, span: Range<usize>, name: &impl ToString) -> PackError {
        self.at(span, PackFault::Unknown { what, name: name.to_string() })
    }
}
