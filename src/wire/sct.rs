//! Lists of signed certificate timestamps (RFC 6962 §3.3), counted. Whether a log made a timestamp
//! is another question: no log's key is known here.

use super::der::{self, OCTET_STRING};

/// How many timestamps a list holds; `None` if it is no list. Neither a list nor a timestamp is
/// empty, and each length has two octets, so that there are 21,845 at most.
pub fn count(list: &[u8]) -> Option<usize> {
    let (mut timestamps, []) = piece(list)? else {
        return None;
    };
    let mut count = 0;
    while !timestamps.is_empty() {
        (_, timestamps) = piece(timestamps)?;
        count += 1;
    }
    Some(count)
}

/// The same of an extension of a certificate or of an OCSP answer, where the list stands in an octet
/// string of its own.
pub fn count_in_extension(contents: &[u8]) -> Option<usize> {
    count(der::only(contents, OCTET_STRING)?.contents)
}

/// What a length of two octets announces, and what follows.
fn piece(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = octets.split_first_chunk()?;
    let piece = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    (!piece.0.is_empty()).then_some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_counted_to_the_last_octet_or_not_at_all() {
        assert_eq!(count(&[0, 3, 0, 1, 7]), Some(1));
        assert_eq!(count(&[0, 7, 0, 1, 7, 0, 2, 7, 7]), Some(2));
        for bad in [
            &[][..],
            &[0],
            &[0, 0],
            &[0, 2, 0, 0],
            &[0, 3, 0, 1],
            &[0, 3, 0, 1, 7, 7],
            &[0, 4, 0, 1, 7, 7],
            &[0, 3, 0, 2, 7],
            &[0xff, 0xff, 0, 1, 7],
        ] {
            assert_eq!(count(bad), None, "{bad:02x?}");
        }
        let most = [&[0xff, 0xff][..], &[0, 1, 7].repeat(21_845)].concat();
        assert_eq!(count(&most), Some(21_845));
    }

    #[test]
    fn an_extension_wraps_the_list_once_more() {
        assert_eq!(count_in_extension(&[4, 5, 0, 3, 0, 1, 7]), Some(1));
        assert_eq!(count_in_extension(&[0, 3, 0, 1, 7]), None);
        assert_eq!(count_in_extension(&[4, 5, 0, 3, 0, 1, 7, 0]), None);
    }
}
