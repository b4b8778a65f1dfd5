//! A password on its way in. It crosses from the page to the desk and never back.

use serde::{Deserialize, Serialize, Serializer};
use ts_rs::TS;

/// A password as typed. Neither `Debug` nor serialising shows it: what is written of a request is empty here.
#[derive(Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Takes a password as typed.
    pub fn new(typed: impl Into<String>) -> Secret {
        Secret(typed.into())
    }

    /// The password itself, for hashing and for nothing else.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("")
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::Request;

    #[test]
    fn a_password_is_read_and_never_written() {
        let request: Request =
            serde_json::from_str(r#"{"ask":"sign_in","name":"张敏","password":"南门-1951-柳"}"#).expect("a request");
        let Request::SignIn { password, .. } = &request else { panic!("another request") };
        assert_eq!(password.expose(), "南门-1951-柳");
        let written = format!("{request:?} {}", serde_json::to_string(&request).expect("plain data"));
        assert!(!written.contains("南门"), "{written}");
    }
}
