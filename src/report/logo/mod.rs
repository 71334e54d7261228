//! The organisation's logo, within the page: nothing is fetched to show it.

use base64::prelude::{BASE64_STANDARD, Engine as _};

mod jpeg;
mod png;

/// Largest logo, in bytes.
pub const LARGEST_LOGO: u64 = 256 << 10;
/// Most points that a logo is wide or high.
const SIDE: u32 = 4_096;

const BROKEN: &str = "it is cut off or damaged: save it again";
const LARGE: &str = "it is more than 4096 pixels wide or high: save it smaller";

/// A picture that holds points of colour and nothing that runs or tells of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo(String);

/// What is kept of a picture.
type Drawn = fn(&[u8]) -> Result<Vec<u8>, &'static str>;

/// What each kind begins with.
const KINDS: [(&[u8], &str, Drawn); 2] = [
    (png::START, "image/png", png::drawn),
    (jpeg::START, "image/jpeg", jpeg::drawn),
];

impl Logo {
    /// Reads a PNG or a JPEG, by its first bytes. Texts in it, such as who drew it and where, are left out.
    ///
    /// # Errors
    ///
    /// It is neither, not whole, larger than [`LARGEST_LOGO`], or wider or higher than 4,096 points.
    pub fn read(picture: &[u8]) -> Result<Logo, &'static str> {
        if picture.len() as u64 > LARGEST_LOGO {
            return Err("it is larger than 256 KiB: save it smaller");
        }
        let kind = KINDS.iter().find(|(first, ..)| picture.starts_with(first));
        let (_, kind, drawn) = kind
            .ok_or("it is neither PNG nor JPEG: save it as one of them (SVG can hold scripts)")?;
        let drawn = BASE64_STANDARD.encode(drawn(picture)?);
        Ok(Logo(format!("data:{kind};base64,{drawn}")))
    }

    /// The picture as an address.
    pub(super) fn address(&self) -> &str {
        &self.0
    }
}

fn fits(width: u32, height: u32) -> Result<(), &'static str> {
    match width.min(height) {
        0 => Err(BROKEN),
        _ if width.max(height) > SIDE => Err(LARGE),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_run_is_a_logo_and_no_more_of_it_than_fits() {
        let png = png::tests::png(1, 1, &[]);
        let address = Logo::read(&png).expect("a PNG").0;
        assert!(
            address.starts_with("data:image/png;base64,iVBOR"),
            "{address}"
        );
        let jpeg = jpeg::tests::jpeg(1, 1, &[]);
        let address = Logo::read(&jpeg).expect("a JPEG").0;
        assert!(
            address.starts_with("data:image/jpeg;base64,/9j"),
            "{address}"
        );
        for other in [&b"<svg onload=alert(1)>"[..], b"GIF89a", b"", b"\x89PNG"] {
            assert!(Logo::read(other).expect_err("no picture").contains("SVG"));
        }
        let mut large = png;
        large.resize(LARGEST_LOGO as usize, 0);
        assert!(Logo::read(&large).is_ok());
        large.push(0);
        assert!(Logo::read(&large).is_err());
    }
}
