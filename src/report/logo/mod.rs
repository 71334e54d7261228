//! The organisation's logo, within the page: nothing is fetched to show it.

use base64::prelude::{BASE64_STANDARD, Engine as _};

/// Largest logo, in bytes.
pub const LARGEST_LOGO: u64 = 256 << 10;

/// A picture that holds points of colour and nothing that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(String);

/// What each kind begins with.
const KINDS: [(&[u8], &str); 2] = [
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
];

impl Logo {
    /// Reads a PNG or a JPEG, by its first bytes.
    ///
    /// # Errors
    ///
    /// It is neither, or larger than [`LARGEST_LOGO`].
    pub fn read(picture: &[u8]) -> Result<Logo, &'static str> {
        if picture.len() as u64 > LARGEST_LOGO {
            return Err("it is larger than 256 KiB: save it smaller");
        }
        let kind = KINDS.iter().find(|(first, _)| picture.starts_with(first));
        match kind {
            Some((_, kind)) => Ok(Logo(format!(
                "data:{kind};base64,{}",
                BASE64_STANDARD.encode(picture)
            ))),
            None => {
                Err("it is neither PNG nor JPEG: save it as one of them (SVG can hold scripts)")
            }
        }
    }

    /// The picture as an address.
    pub(super) fn address(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_run_is_a_logo_and_no_more_of_it_than_fits() {
        let png = b"\x89PNG\r\n\x1a\n rest";
        let address = Logo::read(png).expect("a PNG").0;
        assert!(
            address.starts_with("data:image/png;base64,iVBOR"),
            "{address}"
        );
        assert!(
            Logo::read(b"\xff\xd8\xff\xe0")
                .expect("a JPEG")
                .0
                .contains("image/jpeg")
        );
        for other in [&b"<svg onload=alert(1)>"[..], b"GIF89a", b"", b"\x89PNG"] {
            assert!(Logo::read(other).is_err());
        }
        let mut large = png.to_vec();
        large.resize(LARGEST_LOGO as usize, 0);
        assert!(Logo::read(&large).is_ok());
        large.push(0);
        assert!(Logo::read(&large).is_err());
    }
}
