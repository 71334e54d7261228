//! How the fields of a certificate are filled in, apart from what they say.

use x509_parser::certificate::X509Certificate;
use x509_parser::time::ASN1Time;

use super::locate;
use crate::model::{DateForm, Form};

/// The tag of UTCTime.
const UTC_TIME: u8 = 0x17;

pub(super) fn read(der: &[u8], x509: &X509Certificate<'_>) -> Form {
    let certificate = &x509.tbs_certificate;
    let serial = certificate.raw_serial();
    let validity = &certificate.validity;
    let [first, second] = locate::date_values(der).map_or([DateForm::Usual; 2], |values| {
        let moments = [&validity.not_before, &validity.not_after];
        [0, 1].map(|index| date(values[index], moments[index]))
    });
    Form {
        version: certificate.version.0.saturating_add(1),
        serial_octets: serial.len(),
        serial_positive: serial.first().is_some_and(|octet| octet & 0x80 == 0)
            && serial.iter().any(|octet| *octet != 0),
        algorithms_equal: certificate.signature == x509.signature_algorithm,
        dates: [first, second],
        issuer_empty: certificate.issuer.iter().next().is_none(),
        subject_empty: certificate.subject.iter().next().is_none(),
        unique_ids: certificate.issuer_uid.is_some() || certificate.subject_uid.is_some(),
        extensions: certificate.extensions().len(),
    }
}

fn date((tag, octets): (u8, &[u8]), moment: &ASN1Time) -> DateForm {
    let through_2049 = moment.to_datetime().year() < 2050;
    let digits = if tag == UTC_TIME { 12 } else { 14 };
    let whole = octets.len() == digits + 1
        && octets[..digits].iter().all(u8::is_ascii_digit)
        && octets[digits] == b'Z';
    match (tag == UTC_TIME) == through_2049 {
        false => DateForm::OtherKind,
        true if whole => DateForm::Usual,
        true => DateForm::OtherShape,
    }
}
