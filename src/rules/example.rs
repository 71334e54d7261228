//! Values of the examples by which rules show their evidence; names and addresses are those that
//! RFC 2606 and RFC 5737 set aside.

use jiff::civil::date;
use jiff::tz::TimeZone;

use crate::model::Value;

/// The host of most examples.
pub(super) const HOST: &str = "mail.example.com";
/// The server of most examples.
pub(super) const SERVER: &str = "mail.example.com:993";
/// The subject of its certificate.
pub(super) const LEAF: &str = "CN=mail.example.com";

/// Words of a server or of a certificate.
pub(super) fn foreign(text: &str) -> Value {
    Value::Foreign(text.to_owned())
}

/// A name that is the same in every language.
pub(super) fn term(name: &str) -> Value {
    Value::Term(name.to_owned())
}

/// Several pieces of foreign text.
pub(super) fn list(pieces: &[&str]) -> Value {
    Value::List(pieces.iter().map(ToString::to_string).collect())
}

/// Noon of a day, in UTC.
pub(super) fn day(year: i16, month: i8, day: i8) -> Value {
    let noon = date(year, month, day).at(12, 0, 0, 0);
    let moment = noon.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    Value::Time(moment.unwrap_or_default())
}
