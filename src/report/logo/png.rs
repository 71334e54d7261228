//! What a PNG is drawn from.

use super::{BROKEN, fits};

pub(super) const START: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The pieces that are drawn. Texts, times and where a picture was taken stand in others.
const DRAWN: [&[u8; 4]; 8] = [
    b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND",
];

/// The picture without all else.
///
/// # Errors
///
/// It is not whole, or too large.
pub(super) fn drawn(picture: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut rest = picture.strip_prefix(START).ok_or(BROKEN)?;
    let mut kept = START.to_vec();
    let mut has_points = false;
    loop {
        let (head, _) = rest.split_first_chunk::<8>().ok_or(BROKEN)?;
        let [a, b, c, d, kind @ ..] = *head;
        // The length and the kind stand in front of a piece, a checksum behind it.
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let piece = length.checked_add(12).and_then(|length| rest.get(..length));
        let piece = piece.ok_or(BROKEN)?;
        let is_first = kept.len() == START.len();
        if is_first != (kind == *b"IHDR") {
            return Err(BROKEN);
        }
        if is_first {
            match (length, piece[8..].split_first_chunk::<8>()) {
                (13, Some((&[a, b, c, d, e, f, g, h], _))) => fits(
                    u32::from_be_bytes([a, b, c, d]),
                    u32::from_be_bytes([e, f, g, h]),
                )?,
                _ => return Err(BROKEN),
            }
        }
        if DRAWN.contains(&&kind) {
            kept.extend(piece);
        }
        has_points |= kind == *b"IDAT" && length > 0;
        if kind == *b"IEND" {
            return has_points.then_some(kept).ok_or(BROKEN);
        }
        rest = &rest[piece.len()..];
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::report::logo::LARGE;

    fn piece(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("a length").to_be_bytes();
        [&length[..], kind, data, b"sums"].concat()
    }

    pub(in crate::report::logo) fn png(
        width: u32,
        height: u32,
        others: &[(&[u8; 4], &[u8])],
    ) -> Vec<u8> {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        let mut png = [
            START,
            &piece(b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat()),
        ]
        .concat();
        for (kind, data) in others {
            png.extend(piece(kind, data));
        }
        png.extend([piece(b"IDAT", b"points"), piece(b"IEND", b"")].concat());
        png
    }

    #[test]
    fn nothing_is_kept_but_what_is_drawn() {
        let plain = png(2, 2, &[(b"PLTE", b"red")]);
        let told = png(
            2,
            2,
            &[
                (b"tEXt", b"Author\0zara.quill@corp.test"),
                (b"PLTE", b"red"),
                (b"eXIf", b"here"),
                (b"iCCP", b"a name"),
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
        let whole = png(4_096, 4_096, &[]);
        assert_eq!(drawn(&whole), Ok(whole.clone()));
        for cut in 0..whole.len() {
            assert_eq!(drawn(&whole[..cut]), Err(BROKEN), "{cut}");
        }
        for (width, height) in [(4_097, 1), (1, 4_097), (1 << 31, 1 << 31)] {
            assert_eq!(drawn(&png(width, height, &[])), Err(LARGE));
        }
        for (width, height) in [(0, 1), (1, 0)] {
            assert_eq!(drawn(&png(width, height, &[])), Err(BROKEN));
        }
        let twice = png(1, 1, &[(b"IHDR", &[0; 13])]);
        let endless = [START, &piece(b"IHDR", &[1; 13]), &[0xff; 8]].concat();
        let empty = [
            START,
            &piece(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]),
            &piece(b"IEND", b""),
        ];
        for broken in [
            twice,
            endless,
            empty.concat(),
            [START, b"<svg onload=alert(1)>"].concat(),
        ] {
            assert!(drawn(&broken).is_err());
        }
    }
}
