//! Thresholds beyond those that every policy began with: the oldest version, what is advised of RSA
//! keys, and how long a certificate may be valid.

use toml::de::DeTable;

use super::Thresholds;
use super::sheet::{Cell, Sheet};
use crate::model::TlsVersion;

/// Their keys.
pub(super) const MORE: [&str; 4] = [
    "tls_oldest",
    "rsa_advised_bits",
    "validity_days",
    "validity_advised_days",
];

/// The longest validity that can be asked for, in days.
const LONGEST: u32 = 36_500;

/// Lets a file change them.
pub(super) fn read<'t>(sheet: &mut Sheet<'t>, table: &DeTable<'t>, thresholds: &mut Thresholds) {
    if let Some(version) = table.get("tls_oldest").and_then(|cell| tls(sheet, cell)) {
        thresholds.tls_oldest = version;
    }
    if let Some(cell) = table.get("rsa_advised_bits")
        && let Some(bits) = sheet.number(cell, 1024..=16384)
    {
        thresholds.rsa_advised_bits = bits;
    }
    for (key, days) in [
        ("validity_days", &mut thresholds.validity_days),
        (
            "validity_advised_days",
            &mut thresholds.validity_advised_days,
        ),
    ] {
        if let Some(cell) = table.get(key)
            && let Some(number) = sheet.number(cell, 0..=LONGEST)
        {
            *days = (number > 0).then_some(number);
        }
    }
}

/// A version that a policy can ask for.
pub(super) fn tls<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<TlsVersion> {
    match cell.get_ref().as_str() {
        Some("1.2") => Some(TlsVersion::TLS_1_2),
        Some("1.3") => Some(TlsVersion::TLS_1_3),
        _ => {
            sheet.wrong(cell, "\"1.2\" or \"1.3\"");
            None
        }
    }
}
