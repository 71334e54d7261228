//! SHA-256, in one go or piece by piece.

use std::fmt;
use std::io;

use aws_lc_rs::digest::{Context, SHA256};

/// A SHA-256. Shown in lower-case hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hashing = Hashing::default();
        hashing.update(bytes);
        hashing.finish()
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A SHA-256 under way. What is written to it is hashed; it never fails.
#[derive(Clone)]
pub struct Hashing(Context);

impl Default for Hashing {
    fn default() -> Self {
        Hashing(Context::new(&SHA256))
    }
}

impl Hashing {
    /// Hashes `bytes` behind what was hashed already.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of everything.
    pub fn finish(self) -> Sha256 {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        Sha256(hash)
    }
}

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hash_like_the_whole() {
        // The example of FIPS 180-4.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), abc);
        let mut hashing = Hashing::default();
        hashing.update(b"a");
        io::copy(&mut &b"bc"[..], &mut hashing).expect("never fails");
        assert_eq!(hashing.finish().to_string(), abc);
    }
}
