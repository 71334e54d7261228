//! Certificate revocation lists (RFC 5280 §5), read without keeping their entries.

use jiff::Timestamp;

use super::der::{self, SEQUENCE, Unreadable, Value, tagged};

const DELTA: &[u8] = &[0x55, 0x1d, 0x1b];
const DISTRIBUTION_POINT: &[u8] = &[0x55, 0x1d, 0x1c];
const REASON: &[u8] = &[0x55, 0x1d, 0x15];

/// A list; who signed it is for the caller to find out.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// What is signed.
    pub signed: &'a [u8],
    /// The algorithm, as encoded.
    pub algorithm: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
    /// The issuer's name, as encoded.
    pub issuer: &'a [u8],
    /// From when on it holds.
    pub this_update: Timestamp,
    /// Until when there is a newer one.
    pub next_update: Option<Timestamp>,
    /// What it covers.
    pub scope: Scope<'a>,
    entries: Option<Value<'a>>,
}

/// What a list covers (RFC 5280 §5.2.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Every certificate of the issuer.
    All,
    /// The certificates that name one of these places as their distribution point; of authorities,
    /// of others, or both.
    Part {
        /// The places; without any, all certificates of the kind.
        places: Vec<&'a [u8]>,
        /// Whether certificates of authorities are covered.
        authorities: bool,
        /// Whether other certificates are.
        users: bool,
    },
    /// A list of changes, one of several issuers, of some reasons, or with conditions that are not
    /// known here: none of these is supported.
    Unsupported,
}

/// Reads a list; `None` if it is none.
pub fn read(der: &[u8]) -> Option<List<'_>> {
    let mut list = der::only(der, SEQUENCE)?.inside();
    let body = list.expect(SEQUENCE)?;
    let algorithm = list.expect(SEQUENCE)?.whole;
    let signature = list.expect(der::BIT_STRING)?.octets()?;
    list.is_empty().then_some(())?;
    let mut fields = body.inside();
    fields.take_if(der::INTEGER);
    (fields.expect(SEQUENCE)?.whole == algorithm).then_some(())?;
    let issuer = fields.expect(SEQUENCE)?.whole;
    let this_update = fields.any()?.time()?;
    let mut entries = None;
    let mut next_update = None;
    let mut scope = Scope::All;
    while let Some(field) = fields.any() {
        match field.tag {
            SEQUENCE if entries.is_none() => entries = Some(field),
            0xa0 => scope = self::scope(field.wrapped(SEQUENCE)?)?,
            _ if next_update.is_none() && entries.is_none() => next_update = Some(field.time()?),
            _ => return None,
        }
    }
    fields.is_empty().then_some(List {
        signed: body.whole,
        algorithm,
        signature,
        issuer,
        this_update,
        next_update,
        scope,
        entries,
    })
}

fn scope(extensions: Value<'_>) -> Option<Scope<'_>> {
    if der::has_unknown_critical(extensions, &[DISTRIBUTION_POINT])
        || der::find_extension(extensions, DELTA).is_some()
    {
        return Some(Scope::Unsupported);
    }
    let Some(point) = der::find_extension(extensions, DISTRIBUTION_POINT) else {
        return Some(Scope::All);
    };
    let mut fields = der::only(point, SEQUENCE)?.inside();
    let mut places = Vec::new();
    let (mut authorities, mut users) = (true, true);
    while let Some(field) = fields.any() {
        let set = field.contents != [0];
        match field.tag {
            // A name that is relative to the issuer, [1], can be compared with nothing here.
            0xa0 => {
                let Some(names) = field.wrapped(tagged(0)) else {
                    return Some(Scope::Unsupported);
                };
                let mut names = names.inside();
                while let Some(name) = names.any() {
                    places.push(name.contents);
                }
                if places.is_empty() {
                    return Some(Scope::Unsupported);
                }
            }
            0x81 => authorities &= !set,
            0x82 => users &= !set,
            _ if set => return Some(Scope::Unsupported),
            _ => {}
        }
    }
    fields.is_empty().then_some(Scope::Part {
        places,
        authorities,
        users,
    })
}

impl List<'_> {
    /// The entry of that serial number: since when, and the number of the reason.
    ///
    /// # Errors
    ///
    /// An entry before it that does not parse, or one with conditions that are not known here.
    pub fn find(&self, serial: &[u8]) -> Result<Option<(Timestamp, Option<u8>)>, Unreadable> {
        let Some(entries) = &self.entries else {
            return Ok(None);
        };
        let mut entries = entries.inside();
        while !entries.is_empty() {
            let entry = entries.expect(SEQUENCE).ok_or(Unreadable)?;
            let mut parts = entry.inside();
            let number = parts.expect(der::INTEGER).ok_or(Unreadable)?;
            if number.contents == serial {
                return revoked(parts).map(Some).ok_or(Unreadable);
            }
        }
        Ok(None)
    }
}

fn revoked(mut parts: der::Values<'_>) -> Option<(Timestamp, Option<u8>)> {
    let since = parts.any()?.time()?;
    let Some(extensions) = parts.take_if(SEQUENCE) else {
        return Some((since, None));
    };
    if der::has_unknown_critical(extensions, &[REASON]) {
        return None;
    }
    let reason = match der::find_extension(extensions, REASON) {
        Some(reason) => Some(*der::only(reason, der::ENUMERATED)?.contents.first()?),
        None => None,
    };
    Some((since, reason))
}
