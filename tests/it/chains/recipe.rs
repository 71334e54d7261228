//! What goes into a certificate, part by part, and the certificate.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest::{SHA256, digest};

use super::der::{bits, moment, name, named_bits, oid, sequence, value};
use super::keys::{Key, Kind};

pub const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub const KEY_USAGE: &str = "2.5.29.15";
pub const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub const ALTERNATIVE_NAME: &str = "2.5.29.17";
pub const NAME_CONSTRAINTS: &str = "2.5.29.30";
pub const SUBJECT_KEY: &str = "2.5.29.14";
pub const AUTHORITY_KEY: &str = "2.5.29.35";

pub const SERVER: &str = "1.3.6.1.5.5.7.3.1";
pub const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
pub const CODE: &str = "1.3.6.1.5.5.7.3.3";
pub const ANY: &str = "2.5.29.37.0";

/// A certificate to be made. As it begins, it follows RFC 5280 in everything.
#[derive(Clone)]
pub struct Recipe {
    version: Option<u8>,
    serial: Vec<u8>,
    subject: Vec<u8>,
    dates: [Vec<u8>; 2],
    key: Option<Vec<u8>>,
    extensions: Vec<(String, bool, Vec<u8>)>,
    inner_algorithm: Option<Vec<u8>>,
    issuer: Option<Vec<u8>>,
    forged: bool,
}

/// A certificate that can issue others.
pub struct Authority {
    pub der: Vec<u8>,
    name: Vec<u8>,
    key: Key,
}

impl Recipe {
    /// A server's, for these names and addresses.
    pub fn leaf(names: &[&str]) -> Recipe {
        let common = names.first().map(|name| format!("CN={name}"));
        let subject = match &common {
            Some(common) => name(&["O=Example", common]),
            None => name(&["O=Example"]),
        };
        let leaf = Recipe::new(subject, "20260401000000", "20261001000000")
            .key_usage(&[0])
            .usages(&[SERVER]);
        match names {
            [] => leaf,
            names => leaf.names(names),
        }
    }

    /// An authority's.
    pub fn authority(common: &str) -> Recipe {
        let subject = name(&["C=DE", "O=Example", &format!("CN={common}")]);
        Recipe::new(subject, "20200101000000", "20400101000000")
            .authority_bits(true, None)
            .key_usage(&[5, 6])
    }

    fn new(subject: Vec<u8>, from: &str, until: &str) -> Recipe {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut serial = digest(&SHA256, &number.to_be_bytes()).as_ref()[..16].to_vec();
        serial[0] = 0x41;
        Recipe {
            version: Some(2),
            serial,
            subject,
            dates: [moment(from), moment(until)],
            key: None,
            extensions: Vec::new(),
            inner_algorithm: None,
            issuer: None,
            forged: false,
        }
    }

    /// With the extension, in place of one of that kind.
    pub fn with(mut self, id: &str, critical: bool, contents: Vec<u8>) -> Recipe {
        let extension = (id.to_owned(), critical, contents);
        match self.extensions.iter_mut().find(|known| known.0 == id) {
            Some(known) => *known = extension,
            None => self.extensions.push(extension),
        }
        self
    }

    /// With the extension, whatever else there is.
    pub fn again(mut self, id: &str, critical: bool, contents: Vec<u8>) -> Recipe {
        self.extensions.push((id.to_owned(), critical, contents));
        self
    }

    /// Without the extension; an empty one stands for its absence, so that no identifier of a key is
    /// added in its place.
    pub fn without(mut self, id: &str) -> Recipe {
        self.extensions.retain(|known| known.0 != id);
        self.again(id, false, Vec::new())
    }

    /// The same extension, critical or not.
    pub fn critical(mut self, id: &str, critical: bool) -> Recipe {
        for extension in self.extensions.iter_mut().filter(|known| known.0 == id) {
            extension.1 = critical;
        }
        self
    }

    pub fn names(self, names: &[&str]) -> Recipe {
        let names: Vec<Vec<u8>> = names
            .iter()
            .map(|name| match name.parse::<IpAddr>() {
                Ok(IpAddr::V4(address)) => value(0x87, &address.octets()),
                Ok(IpAddr::V6(address)) => value(0x87, &address.octets()),
                Err(_) => value(0x82, name.as_bytes()),
            })
            .collect();
        self.general_names(false, &names.concat())
    }

    pub fn general_names(self, critical: bool, names: &[u8]) -> Recipe {
        self.with(ALTERNATIVE_NAME, critical, value(0x30, names))
    }

    pub fn authority_bits(self, ca: bool, path_length: Option<u8>) -> Recipe {
        let mut contents = match ca {
            true => value(1, &[0xff]),
            false => Vec::new(),
        };
        contents.extend(
            path_length
                .into_iter()
                .flat_map(|length| value(2, &[length])),
        );
        self.with(BASIC_CONSTRAINTS, true, value(0x30, &contents))
    }

    pub fn key_usage(self, set: &[u8]) -> Recipe {
        self.with(KEY_USAGE, true, named_bits(set))
    }

    pub fn usages(self, purposes: &[&str]) -> Recipe {
        let purposes: Vec<_> = purposes.iter().map(|purpose| oid(purpose)).collect();
        self.with(EXTENDED_KEY_USAGE, false, value(0x30, &purposes.concat()))
    }

    /// With name constraints; each subtree is a GeneralName.
    pub fn constrained(self, permitted: &[Vec<u8>], excluded: &[Vec<u8>]) -> Recipe {
        let trees = |tag: u8, names: &[Vec<u8>]| match names {
            [] => Vec::new(),
            names => {
                let trees: Vec<_> = names.iter().map(|name| value(0x30, name)).collect();
                value(tag, &trees.concat())
            }
        };
        let both = sequence(&[&trees(0xa0, permitted), &trees(0xa1, excluded)]);
        self.with(NAME_CONSTRAINTS, true, both)
    }

    pub fn subject(mut self, parts: &[&str]) -> Recipe {
        self.subject = name(parts);
        self
    }

    pub fn dated(mut self, from: &str, until: &str) -> Recipe {
        self.dates = [moment(from), moment(until)];
        self
    }

    /// With dates as encoded.
    pub fn dates(mut self, from: Vec<u8>, until: Vec<u8>) -> Recipe {
        self.dates = [from, until];
        self
    }

    /// With this SubjectPublicKeyInfo.
    pub fn key(mut self, public: Vec<u8>) -> Recipe {
        self.key = Some(public);
        self
    }

    /// With the version as it is encoded: 2 is version 3; `None` leaves it out.
    pub fn version(mut self, version: Option<u8>) -> Recipe {
        self.version = version;
        self
    }

    pub fn serial(mut self, octets: &[u8]) -> Recipe {
        self.serial = octets.to_vec();
        self
    }

    /// The octets of its serial number.
    pub fn number(&self) -> &[u8] {
        &self.serial
    }

    /// With another algorithm in what is signed than outside of it.
    pub fn inner_algorithm(mut self, algorithm: Vec<u8>) -> Recipe {
        self.inner_algorithm = Some(algorithm);
        self
    }

    pub fn issuer(mut self, parts: &[&str]) -> Recipe {
        self.issuer = Some(name(parts));
        self
    }

    /// With a signature over something else.
    pub fn forged(mut self) -> Recipe {
        self.forged = true;
        self
    }

    /// Issued by `authority`, with a key of its own or that of [`Recipe::key`].
    pub fn by(&self, authority: &Authority) -> Vec<u8> {
        let public = match &self.key {
            Some(public) => public.clone(),
            None => Key::new(Kind::P256).public,
        };
        self.signed(&public, &authority.name, &authority.key)
    }

    /// An authority that `above` vouches for, with a key of this kind.
    pub fn authority_by(&self, above: &Authority, kind: Kind) -> Authority {
        self.authority_with(above, Key::new(kind))
    }

    pub fn authority_with(&self, above: &Authority, key: Key) -> Authority {
        Authority {
            der: self.signed(&key.public, &above.name, &above.key),
            name: self.subject.clone(),
            key,
        }
    }

    /// Its own issuer.
    pub fn alone(&self, kind: Kind) -> Authority {
        let key = Key::new(kind);
        Authority {
            der: self.signed(&key.public, &self.subject, &key),
            name: self.subject.clone(),
            key,
        }
    }

    fn signed(&self, public: &[u8], issuer: &[u8], signer: &Key) -> Vec<u8> {
        let algorithm = signer.algorithm();
        let version = self
            .version
            .map(|version| value(0xa0, &value(2, &[version])));
        let tbs = sequence(&[
            &version.unwrap_or_default(),
            &value(2, &self.serial),
            self.inner_algorithm.as_ref().unwrap_or(&algorithm),
            self.issuer.as_deref().unwrap_or(issuer),
            &sequence(&[&self.dates[0], &self.dates[1]]),
            &self.subject,
            public,
            &self.extensions(public, signer, issuer == self.subject),
        ]);
        let signature = match self.forged {
            true => signer.sign(b"something else"),
            false => signer.sign(&tbs),
        };
        sequence(&[&tbs, &algorithm, &bits(&signature)])
    }

    /// The extensions, with the identifiers of the keys unless the recipe has its own word on them.
    fn extensions(&self, public: &[u8], signer: &Key, is_root: bool) -> Vec<u8> {
        if self.version != Some(2) {
            return Vec::new();
        }
        let mut all = self.extensions.clone();
        let mut add = |id: &str, contents: Vec<u8>| {
            if !all.iter().any(|known| known.0 == id) {
                all.push((id.to_owned(), false, contents));
            }
        };
        add(SUBJECT_KEY, value(4, &identifier(public)));
        if !is_root {
            let above = value(0x80, &identifier(&signer.public));
            add(AUTHORITY_KEY, value(0x30, &above));
        }
        let encoded: Vec<u8> = all
            .iter()
            .filter(|extension| !extension.2.is_empty())
            .flat_map(|(id, critical, contents)| {
                let flag = match critical {
                    true => value(1, &[0xff]),
                    false => Vec::new(),
                };
                sequence(&[&oid(id), &flag, &value(4, contents)])
            })
            .collect();
        match encoded.is_empty() {
            true => Vec::new(),
            false => value(0xa3, &value(0x30, &encoded)),
        }
    }
}

/// An identifier of a key (RFC 7093 §2, method 1).
fn identifier(public: &[u8]) -> Vec<u8> {
    digest(&SHA256, public).as_ref()[..20].to_vec()
}

impl Authority {
    /// The SubjectPublicKeyInfo of its key.
    pub fn public(&self) -> &[u8] {
        &self.key.public
    }

    /// Its subject, encoded.
    pub fn name(&self) -> &[u8] {
        &self.name
    }

    /// The AlgorithmIdentifier of its signatures.
    pub fn algorithm(&self) -> Vec<u8> {
        self.key.algorithm()
    }

    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message)
    }
}
