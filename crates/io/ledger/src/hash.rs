//! The keyed hash that look-ups use instead of an identity number.

use sm3::{Digest, Sm3};

/// HMAC (RFC 2104) with SM3 as the hash; 64 hex digits. `key` may be of any length.
pub(crate) fn hmac_sm3_hex(key: &[u8], message: &[u8]) -> String {
    /// SM3 works on blocks of 64 bytes.
    const BLOCK: usize = 64;
    let mut block = [0u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sm3::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sm3::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    let outer = Sm3::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize();
    hex::encode(outer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected values are those of `openssl dgst -sm3 -mac HMAC`.
    #[test]
    fn the_keyed_hash_equals_another_implementation_s() {
        let key: Vec<u8> = (1..=32).collect();
        assert_eq!(hmac_sm3_hex(&key, b"abc"), "44809d3ff5336f44071be1917887380730ae145f940a53819279801784c65e17");
        let long_key = vec![0xaa; 100];
        assert_eq!(hmac_sm3_hex(&long_key, b"abc"), "9971b5bf007547d048ae227b28412570ffcd4a856c5d1daf3738ae12db04d362");
    }
}
