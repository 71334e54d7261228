//! The requirements that are values, within their ranges.

use toml::de::DeTable;

use super::Thresholds;
use super::sheet::{Cell, Sheet};
use crate::model::TlsVersion;

/// Their keys.
pub(super) const KEYS: [&str; 11] = [
    "tls_minimum",
    "prefer_implicit_tls",
    "expiry_days",
    "expiry_urgent_days",
    "rsa_bits",
    "ec_bits",
    "dh_bits",
    "tls_oldest",
    "rsa_advised_bits",
    "validity_days",
    "validity_advised_days",
];

/// The longest validity that can be asked for, in days.
const LONGEST: u32 = 36_500;

/// The thresholds that a file leaves out; a preset leaves out none.
pub(super) fn left_out(table: &DeTable<'_>) -> Vec<&'static str> {
    let said = table
        .get("thresholds")
        .and_then(|cell| cell.get_ref().as_table());
    KEYS.into_iter()
        .filter(|key| said.is_none_or(|said| !said.contains_key(*key)))
        .collect()
}

/// Lets a file change the thresholds; what it leaves out stays.
pub(super) fn read<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>, thresholds: &mut Thresholds) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    sheet.keys(table, &KEYS);
    for (key, version) in [
        ("tls_minimum", &mut thresholds.tls_minimum),
        ("tls_oldest", &mut thresholds.tls_oldest),
    ] {
        if let Some(asked) = table.get(key).and_then(|cell| tls(sheet, cell)) {
            *version = asked;
        }
    }
    if let Some(flag) = table
        .get("prefer_implicit_tls")
        .and_then(|cell| sheet.flag(cell))
    {
        thresholds.prefer_implicit_tls = flag;
    }
    for (key, value, range) in [
        ("expiry_days", &mut thresholds.expiry_days, 0..=3650),
        (
            "expiry_urgent_days",
            &mut thresholds.expiry_urgent_days,
            0..=3650,
        ),
        ("rsa_bits", &mut thresholds.rsa_bits, 1024..=16384),
        (
            "rsa_advised_bits",
            &mut thresholds.rsa_advised_bits,
            1024..=16384,
        ),
        ("ec_bits", &mut thresholds.ec_bits, 160..=1024),
        ("dh_bits", &mut thresholds.dh_bits, 1024..=16384),
    ] {
        if let Some(number) = table.get(key).and_then(|cell| sheet.number(cell, range)) {
            *value = number;
        }
    }
    for (key, days) in [
        ("validity_days", &mut thresholds.validity_days),
        (
            "validity_advised_days",
            &mut thresholds.validity_advised_days,
        ),
    ] {
        let asked = table.get(key);
        if let Some(number) = asked.and_then(|cell| sheet.number(cell, 0..=LONGEST)) {
            *days = (number > 0).then_some(number);
        }
    }
    if thresholds.expiry_urgent_days > thresholds.expiry_days {
        sheet.note(
            cell.span(),
            "`expiry_urgent_days` is greater than `expiry_days`",
            "make the urgent window the shorter one",
        );
    }
}

/// A version that a policy can ask for.
fn tls<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>) -> Option<TlsVersion> {
    match cell.get_ref().as_str() {
        Some("1.2") => Some(TlsVersion::TLS_1_2),
        Some("1.3") => Some(TlsVersion::TLS_1_3),
        _ => {
            sheet.wrong(cell, "\"1.2\" or \"1.3\"");
            None
        }
    }
}
