/// A person's name, kept character for character: never normalised, never trimmed inside (domain 3.7).
/// Its `Debug` hides it.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonName({} characters)", self.0.chars().count())
    }
}

impl TryFrom<String> for PersonName {
    type Error = super::NotA;
    fn try_from(text: String) -> Result<Self, super::NotA> {
        if text.trim().is_empty() || text.chars().count() > 100 || text.contains(char::is_control) {
            return Err(super::NotA { noun: "PersonName" });
        }
        Ok(Self(text))
    }
}

impl std::str::FromStr for PersonName {
    type Err = super::NotA;
    fn from_str(text: &str) -> Result<Self, super::NotA> {
        Self::try_from(text.to_owned())
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> String {
        name.0
    }
}
