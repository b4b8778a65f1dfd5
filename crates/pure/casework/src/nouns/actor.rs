//! Who did something.

super::text_noun! {
    /// The person (or `system`) who did something, as written in the journal.
    Actor, |text| !text.is_empty() && text.len() <= 128 && !text.contains(char::is_control)
}

impl Actor {
    /// The program itself: a queue's outcome, a platform's answer. It never vouches for a card.
    pub fn system() -> Self {
        Self("system".to_owned())
    }

    /// Whoever stands at a kiosk. Nobody there has a name of their own.
    pub fn public() -> Self {
        Self("public".to_owned())
    }

    /// False for [`Actor::system`].
    pub fn is_person(&self) -> bool {
        self.0 != "system"
    }

    /// False for the two names that the program itself writes: no person of a station may be called so.
    pub fn is_free(&self) -> bool {
        *self != Self::system() && *self != Self::public()
    }
}
