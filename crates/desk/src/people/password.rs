//! Passwords: argon2id, with parameters and salt kept in the hash itself.

use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use ledger::PasswordHash;

use crate::contract::Secret;
use crate::fault::Trouble;

/// Memory of one hash in KiB: 19 MiB, the floor of the OWASP recommendation for argon2id with two passes. Together with
/// [`PASSES`] and [`LANES`] about a tenth of a second on a counter's machine. They may be raised at any time: each hash
/// tells its own, and is made anew by the present ones when its person signs in.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A salt for the hash that nobody's password is compared with.
const NOBODYS_SALT: &[u8; 16] = b"nobody-is-called";

fn argon() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password with a salt of the operating system's.
pub fn hash(password: &Secret) -> Result<PasswordHash, Trouble> {
    let hash: Result<phc::PasswordHash, _> = argon().hash_password(password.expose().as_bytes());
    match hash {
        Ok(hash) => Ok(PasswordHash::new(hash.to_string())),
        // No memory or no random bytes: nothing was stored, and trying again is right.
        Err(error) => Err(Trouble::of("ledger.failed").because(error.to_string())),
    }
}

/// Whether this is the password. A hash that cannot be read matches nothing.
pub fn matches(hash: &PasswordHash, password: &Secret) -> bool {
    phc::PasswordHash::new(hash.as_str())
        .is_ok_and(|hash| argon().verify_password(password.expose().as_bytes(), &hash).is_ok())
}

/// Costs as much as [`matches`], for a name that nobody has.
pub fn spend(password: &Secret) {
    let spent: Result<phc::PasswordHash, _> =
        argon().hash_password_with_salt(password.expose().as_bytes(), NOBODYS_SALT);
    drop(spent);
}

/// Whether a hash was made with weaker parameters than the present ones.
pub fn is_outgrown(hash: &PasswordHash) -> bool {
    phc::PasswordHash::new(hash.as_str())
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok())
        .is_none_or(|params| params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES || params.p_cost() < LANES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_tells_its_parameters_and_matches_its_password_only() {
        let hashed = hash(&Secret::new("南门-1951-柳")).expect("there is memory");
        assert!(hashed.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hashed.as_str());
        assert!(matches(&hashed, &Secret::new("南门-1951-柳")));
        assert!(!matches(&hashed, &Secret::new("南门-1951-梅")));
        assert!(!is_outgrown(&hashed));
        assert!(!format!("{hashed:?}").contains("argon2id"), "a hash is not shown");
    }

    #[test]
    fn the_same_password_gives_another_hash_each_time() {
        let password = Secret::new("南门-1951-柳");
        assert_ne!(hash(&password).expect("there is memory"), hash(&password).expect("there is memory"));
    }

    #[test]
    fn a_hash_of_weaker_parameters_still_opens_and_is_known_for_it() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).expect("in bounds"));
        let weak: phc::PasswordHash = weak.hash_password(b"old password").expect("there is memory");
        let weak = PasswordHash::new(weak.to_string());
        assert!(matches(&weak, &Secret::new("old password")));
        assert!(is_outgrown(&weak));
    }

    #[test]
    fn what_is_no_hash_matches_nothing() {
        assert!(!matches(&PasswordHash::new("$argon2id$".to_owned()), &Secret::new("")));
    }
}
