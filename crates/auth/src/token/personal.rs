//! Personal access tokens: long random texts that tools which look for leaked secrets can recognise.
use crate::secret::random;
use crate::{Secret, same, session};

/// What every personal token starts with.
const PREFIX: &str = "cbp_";
/// 43 characters out of 62 are 256 bits.
const RANDOM: usize = 43;
/// Six characters out of 62 hold the 32 bits of a CRC.
const CHECK: usize = 6;
const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Makes and recognises personal access tokens: `cbp_`, 43 random letters and digits, and 6 that check them.
#[derive(Debug, Clone, Copy)]
pub struct PersonalToken;

impl PersonalToken {
    /// Makes a token; returns it for the person, and its hash for the database.
    #[must_use]
    pub fn generate() -> (Secret, String) {
        let body = random_letters();
        let plain = format!("{PREFIX}{body}{}", check(&body));
        let hash = session::hash(&plain);
        (Secret::new(plain), hash)
    }

    /// Returns the hash by which the database knows a token, or nothing if this cannot be one of ours.
    #[must_use]
    pub fn hash_of(plain: &str) -> Option<String> {
        let rest = plain.strip_prefix(PREFIX)?;
        let (body, said) = rest.split_at_checked(RANDOM)?;
        let letters = body.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (letters && same(said, &check(body))).then(|| session::hash(plain))
    }
}

fn random_letters() -> String {
    // Beyond the largest multiple of 62, a byte would make the first letters more likely.
    const FAIR: usize = 256 - 256 % LETTERS.len();
    let mut text = String::new();
    loop {
        for byte in random::<64>().map(usize::from) {
            if text.len() == RANDOM {
                return text;
            }
            if byte < FAIR {
                text.push(char::from(LETTERS[byte % LETTERS.len()]));
            }
        }
    }
}

fn check(body: &str) -> String {
    let mut rest = crc32(body.as_bytes());
    let mut letters = [b'0'; CHECK];
    for letter in letters.iter_mut().rev() {
        *letter = LETTERS[rest as usize % LETTERS.len()];
        rest /= 62;
    }
    letters.map(char::from).iter().collect()
}

/// The CRC of zlib and PNG, bit by bit: a token is short.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = crc & 1;
            crc = (crc >> 1) ^ (carry * 0xEDB8_8320);
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn every_changed_letter_is_noticed_before_the_database_is_asked() {
        let (plain, hash) = PersonalToken::generate();
        let plain = plain.expose();
        assert_eq!(plain.len(), 4 + RANDOM + CHECK);
        assert_eq!(PersonalToken::hash_of(plain), Some(hash));
        for at in 0..plain.len() {
            let mut wrong = plain.as_bytes().to_vec();
            wrong[at] = if wrong[at] == b'x' { b'y' } else { b'x' };
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(PersonalToken::hash_of(&wrong), None, "letter {at}");
        }
        assert_eq!(PersonalToken::hash_of(&plain[..52]), None);
        assert_eq!(PersonalToken::hash_of(&format!("{plain}x")), None);
    }

    #[test]
    fn any_text_can_be_asked_about() {
        for text in [
            "",
            "cbp_",
            "cbp_ü",
            "ghp_abc",
            &"cbp_é".repeat(20),
            "cbp_\u{0}",
        ] {
            assert_eq!(PersonalToken::hash_of(text), None, "{text}");
        }
    }
}
