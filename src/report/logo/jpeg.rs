//! What a JPEG is drawn from.

use super::{BROKEN, fits};

pub(super) const START: &[u8] = b"\xff\xd8";
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// The picture without all else: comments, texts, where it was taken, a smaller picture of the same.
///
/// # Errors
///
/// It is not whole, or too large.
pub(super) fn drawn(picture: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut rest = picture.strip_prefix(START).ok_or(BROKEN)?;
    let mut kept = START.to_vec();
    let (mut has_size, mut has_points) = (false, false);
    loop {
        // Any number of 0xff may stand in front of what a piece is.
        let marker = rest.strip_prefix(b"\xff").ok_or(BROKEN)?;
        let filled = marker.iter().take_while(|byte| **byte == 0xff).count();
        let (&code, after) = marker[filled..].split_first().ok_or(BROKEN)?;
        if code == END {
            kept.extend([0xff, END]);
            return has_points.then_some(kept).ok_or(BROKEN);
        }
        // The length counts its own two bytes.
        let (length, _) = after.split_first_chunk::<2>().ok_or(BROKEN)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (piece, behind) = after.split_at_checked(length).ok_or(BROKEN)?;
        let data = piece.get(2..).ok_or(BROKEN)?;
        if is_frame(code) {
            let Some((&[_, a, b, c, d], _)) = data.split_first_chunk::<5>() else {
                return Err(BROKEN);
            };
            let sides = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
            fits(sides[0].into(), sides[1].into())?;
            has_size = true;
        }
        if is_drawn(code, data) {
            kept.extend([0xff, code]);
            kept.extend(piece);
        }
        rest = behind;
        if code == SCAN {
            if !has_size {
                return Err(BROKEN);
            }
            let (points, behind) = rest.split_at(points(rest));
            has_points |= !points.is_empty();
            kept.extend(points);
            rest = behind;
        }
    }
}

const fn is_frame(code: u8) -> bool {
    matches!(code, 0xc0..=0xcf) && !matches!(code, 0xc4 | 0xc8 | 0xcc)
}

/// Tables, frames and scans, and the two short heads that say how colours are meant.
fn is_drawn(code: u8, data: &[u8]) -> bool {
    match code {
        0xc0..=0xcf | SCAN..=0xdf => true,
        0xe0 => data.starts_with(b"JFIF\0") && data.len() == 14,
        0xee => data.starts_with(b"Adobe") && data.len() == 12,
        _ => false,
    }
}

/// How many bytes of a scan there are: up to what is neither a point nor a place to start again.
fn points(bytes: &[u8]) -> usize {
    let mut pairs = bytes.windows(2);
    let end = pairs.position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | 0xd0..=0xd7));
    end.unwrap_or(bytes.len())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::report::logo::LARGE;

    fn piece(code: u8, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len() + 2)
            .expect("a length")
            .to_be_bytes();
        [&[0xff, code][..], &length, data].concat()
    }

    pub(in crate::report::logo) fn jpeg(
        width: u16,
        height: u16,
        others: &[(u8, &[u8])],
    ) -> Vec<u8> {
        let size = [&[8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[0]].concat();
        let mut jpeg = START.to_vec();
        for (code, data) in others {
            jpeg.extend(piece(*code, data));
        }
        jpeg.extend(piece(0xc2, &size));
        for _ in 0..2 {
            jpeg.extend(piece(0xc4, b"a table"));
            jpeg.extend(piece(SCAN, b"how"));
            jpeg.extend(b"points\xff\x00more\xff\xd1again");
        }
        jpeg.extend([0xff, END]);
        jpeg
    }

    #[test]
    fn nothing_is_kept_but_what_is_drawn() {
        let head = b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0";
        let plain = jpeg(2, 2, &[(0xe0, head)]);
        let told = jpeg(
            2,
            2,
            &[
                (0xe0, head),
                (0xe0, b"JFXX\0a smaller one"),
                (0xe1, b"Exif\0\0here"),
                (0xfe, b"zara.quill@corp.test"),
                (0xed, b"Photoshop 3.0\0who"),
            ],
        );
        assert_eq!(drawn(&told), Ok(plain.clone()));
        assert_eq!(
            drawn(&[&plain[..], b"<svg onload=alert(1)>"].concat()),
            Ok(plain)
        );
    }

    #[test]
    fn it_is_whole_and_no_larger_than_a_screen() {
        let whole = jpeg(4_096, 4_096, &[]);
        assert_eq!(drawn(&whole), Ok(whole.clone()));
        for cut in 0..whole.len() {
            assert_eq!(drawn(&whole[..cut]), Err(BROKEN), "{cut}");
        }
        assert_eq!(drawn(&jpeg(4_097, 1, &[])), Err(LARGE));
        assert_eq!(drawn(&jpeg(1, 0, &[])), Err(BROKEN));
        let unsized_scan = [START, &piece(SCAN, b"how"), b"points\xff\xd9"].concat();
        let short = [START, &[0xff, 0xe0, 0, 1, 0xff, END]].concat();
        for broken in [
            unsized_scan,
            short,
            b"\xff\xd8\xff\xd9".to_vec(),
            b"\xff\xd8\xff\xe0".to_vec(),
        ] {
            assert_eq!(drawn(&broken), Err(BROKEN));
        }
    }
}
