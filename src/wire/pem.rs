//! PEM files of certificates (RFC 7468), read without looking at private keys.

use base64::prelude::{BASE64_STANDARD, Engine as _};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Labels of a certificate: that of RFC 7468 §5.1, and an older one that tools still read.
const CERTIFICATE: [&str; 2] = ["CERTIFICATE", "X509 CERTIFICATE"];

/// What stands in a PEM file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The DER of each certificate, in the order of the file.
    pub certificates: Vec<Vec<u8>>,
    /// How many blocks are private keys by their label. Nothing of them is decoded or kept.
    pub private_keys: usize,
}

/// Why a PEM file cannot be read. Lines count from 1; the words hold nothing of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PemError {
    /// A block of a certificate is not base64.
    #[error("the certificate that begins in line {0} is not base64")]
    NotBase64(usize),
    /// A block has no end, or the end of another label.
    #[error("the block that begins in line {0} has no END line of its own")]
    NoEnd(usize),
}

/// Reads the certificates of a PEM text. What stands between blocks is explanation and is skipped
/// (RFC 7468 §2), as are blocks of other labels.
///
/// # Errors
///
/// A block without its end, or a certificate that is not base64.
pub fn read(text: &[u8]) -> Result<Bundle, PemError> {
    let mut bundle = Bundle::default();
    let mut lines = (1..).zip(text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii));
    while let Some((begun, line)) = lines.next() {
        let Some(label) = label(line, BEGIN) else {
            continue;
        };
        let is_certificate = CERTIFICATE.contains(&label);
        let mut body = Vec::new();
        let end = loop {
            match lines.next() {
                None => return Err(PemError::NoEnd(begun)),
                Some((_, line)) if line.starts_with(DASHES.as_bytes()) => break line,
                Some((_, line)) if is_certificate => {
                    body.extend(line.iter().filter(|byte| !byte.is_ascii_whitespace()));
                }
                Some(_) => {}
            }
        };
        if self::label(end, END) != Some(label) {
            return Err(PemError::NoEnd(begun));
        }
        if is_certificate {
            let der = BASE64_STANDARD.decode(&body);
            let der = der.map_err(|_| PemError::NotBase64(begun))?;
            bundle.certificates.push(der);
        } else if label.ends_with("PRIVATE KEY") {
            bundle.private_keys += 1;
        }
    }
    Ok(bundle)
}

/// The label of a line that begins or ends a block. A byte order mark before it is no part of it.
fn label<'t>(line: &'t [u8], kind: &str) -> Option<&'t str> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line = std::str::from_utf8(line).ok()?;
    line.strip_prefix(kind)?.strip_suffix(DASHES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_read_and_keys_are_only_counted() {
        let text = "\u{feff}-----BEGIN CERTIFICATE-----\r\nAQ I\r\n=\r\n-----END CERTIFICATE-----\r\n\
            subject=CN = example\n\
            -----BEGIN EC PRIVATE KEY-----\nno base64 at all\n-----END EC PRIVATE KEY-----\n\
            -----BEGIN DH PARAMETERS-----\n??\n-----END DH PARAMETERS-----\n\
            -----BEGIN X509 CERTIFICATE-----\nAw==\n-----END X509 CERTIFICATE-----";
        assert_eq!(
            read(text.as_bytes()),
            Ok(Bundle {
                certificates: vec![vec![1, 2], vec![3]],
                private_keys: 1
            })
        );
        assert_eq!(read(b"no block, \xff"), Ok(Bundle::default()));
    }

    #[test]
    fn what_is_no_pem_is_told_by_its_line() {
        for (text, why) in [
            ("\n-----BEGIN CERTIFICATE-----\nAQI=\n", PemError::NoEnd(2)),
            (
                "-----BEGIN CERTIFICATE-----\nAQI=\n-----END PRIVATE KEY-----\n",
                PemError::NoEnd(1),
            ),
            (
                "-----BEGIN PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAQI=\n\
                 -----END CERTIFICATE-----\n",
                PemError::NoEnd(1),
            ),
            (
                "-----BEGIN CERTIFICATE-----\nA?==\n-----END CERTIFICATE-----\n",
                PemError::NotBase64(1),
            ),
        ] {
            assert_eq!(read(text.as_bytes()), Err(why), "{text}");
        }
    }
}
