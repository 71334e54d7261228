//! The roots that a judgement trusts.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{self, SHA256};
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, TrustAnchor};

use crate::model::{Path as Way, TrustStore, visible};
use crate::wire::cert::name_text;

/// The largest file of roots that is read, in bytes; the whole of Mozilla's is 0.3 MB.
const FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Where roots come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootSource {
    /// Those of the operating system.
    System,
    /// Those of Mozilla, as built into the program.
    Mozilla,
    /// A file of PEM blocks, or one certificate in DER.
    File(PathBuf),
}

impl From<&str> for RootSource {
    /// `system`, `mozilla`, or else the path of a file.
    fn from(word: &str) -> Self {
        match word {
            "system" => RootSource::System,
            "mozilla" => RootSource::Mozilla,
            path => RootSource::File(path.into()),
        }
    }
}

/// What a reader of the report must know of the roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The system has no roots installed; Mozilla's stand in for them.
    MozillaForSystem,
}

/// Why no roots could be loaded.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file cannot be read.
    #[error("cannot read the file of roots {file}: {why}; check the path given to --trust")]
    Unreadable {
        /// The path as given.
        file: String,
        /// The system's words.
        why: std::io::Error,
    },
    /// The file is larger than any list of roots.
    #[error(
        "the file of roots {file} is larger than {FILE_BYTES} bytes; give --trust a file of certificates"
    )]
    TooLarge {
        /// The path as given.
        file: String,
    },
    /// The file holds no certificate.
    #[error("{file} holds no certificate; give --trust a file with BEGIN CERTIFICATE blocks")]
    NoCertificate {
        /// The path as given.
        file: String,
    },
    /// A certificate of the file cannot be a root.
    #[error("certificate {number} of {file} does not parse; export it again or take it out")]
    BadCertificate {
        /// The path as given.
        file: String,
        /// Which, counted from 1.
        number: usize,
    },
    /// No source was named.
    #[error("no roots to trust: use --trust system, --trust mozilla or --trust FILE")]
    NoSource,
}

/// The roots that a judgement trusts, and their name and hash for the report.
#[derive(Debug)]
pub struct Roots {
    store: TrustStore,
    anchors: Vec<TrustAnchor<'static>>,
    by_subject: HashMap<Vec<u8>, Vec<usize>>,
    /// Subjects, as text, of which every root here is one of Mozilla's.
    public: BTreeSet<String>,
    /// What a reader of the report must know, if anything.
    pub note: Option<Note>,
}

impl Roots {
    /// Loads every source. Roots that several of them name count once.
    ///
    /// # Errors
    ///
    /// No source; a file that cannot be read, holds no certificate or one that does not parse.
    /// Certificates of the operating system that do not parse are left out, as TLS libraries do.
    pub fn load(sources: &[RootSource]) -> Result<Roots, TrustError> {
        let mut names: Vec<String> = Vec::new();
        let mut anchors = Vec::new();
        let mut note = None;
        for source in sources {
            match source {
                RootSource::Mozilla => {
                    names.push("mozilla".to_owned());
                    anchors.extend_from_slice(webpki_roots::TLS_SERVER_ROOTS);
                }
                RootSource::System => {
                    let system = of_system();
                    if system.is_empty() {
                        note = Some(Note::MozillaForSystem);
                        names.push("mozilla".to_owned());
                        anchors.extend_from_slice(webpki_roots::TLS_SERVER_ROOTS);
                    } else {
                        names.push("system".to_owned());
                        anchors.extend(system);
                    }
                }
                RootSource::File(path) => {
                    let name = path.file_name().unwrap_or(path.as_os_str());
                    names.push(name.to_string_lossy().into_owned());
                    anchors.extend(of_file(path)?);
                }
            }
        }
        if anchors.is_empty() {
            return Err(TrustError::NoSource);
        }
        let mut named = BTreeSet::new();
        names.retain(|name| named.insert(name.clone()));
        Ok(Roots::of(names.join(" + "), anchors, note))
    }

    /// The certificates given, as a store of that name. Those that do not parse are left out.
    pub fn of_certificates<'c>(name: &str, ders: impl IntoIterator<Item = &'c [u8]>) -> Roots {
        let anchors = ders.into_iter().filter_map(anchor).collect();
        Roots::of(name.to_owned(), anchors, None)
    }

    fn of(name: String, anchors: Vec<TrustAnchor<'static>>, note: Option<Note>) -> Roots {
        let mut seen = BTreeSet::new();
        let mut distinct = Vec::with_capacity(anchors.len());
        for anchor in anchors {
            if seen.insert(fingerprint(&anchor)) {
                distinct.push(anchor);
            }
        }
        let mut all = digest::Context::new(&SHA256);
        seen.iter().for_each(|one| all.update(one));
        let mut by_subject = HashMap::<_, Vec<usize>>::new();
        for (index, anchor) in distinct.iter().enumerate() {
            let subject = anchor.subject.as_ref().to_vec();
            by_subject.entry(subject).or_default().push(index);
        }
        Roots {
            store: TrustStore {
                name,
                sha256: all
                    .finish()
                    .as_ref()
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                certificates: distinct.len(),
            },
            public: public(&distinct),
            anchors: distinct,
            by_subject,
            note,
        }
    }

    /// Name, hash and count. The hash is over the sorted SHA-256 of what is trusted of each root
    /// (subject, key, name constraints), so that the same roots have the same hash wherever they
    /// were found.
    pub fn store(&self) -> &TrustStore {
        &self.store
    }

    /// Whether the root of that subject, as RFC 4514 text, is publicly trusted: one of Mozilla's
    /// by subject and key. One that shares its subject with a root of someone else is not.
    pub fn is_public(&self, subject: &str) -> bool {
        self.public.contains(subject)
    }

    /// Whether the path holds up to such a root.
    pub(super) fn ends_publicly(&self, path: &Way) -> bool {
        matches!(path, Way::Holds { root, .. } if self.is_public(root))
    }

    pub(super) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }

    /// The roots of that subject, given as the contents of a `Name`.
    pub(super) fn of_subject(&self, subject: &[u8]) -> impl Iterator<Item = &TrustAnchor<'static>> {
        let indices = self.by_subject.get(subject).into_iter().flatten();
        indices.filter_map(|index| self.anchors.get(*index))
    }
}

fn public(anchors: &[TrustAnchor<'_>]) -> BTreeSet<String> {
    let mozilla: HashSet<(&[u8], &[u8])> = webpki_roots::TLS_SERVER_ROOTS
        .iter()
        .map(|root| (&*root.subject, &*root.subject_public_key_info))
        .collect();
    let (public, others): (Vec<_>, Vec<_>) = anchors
        .iter()
        .partition(|root| mozilla.contains(&(&*root.subject, &*root.subject_public_key_info)));
    let names = |roots: Vec<&TrustAnchor<'_>>| -> BTreeSet<String> {
        roots.iter().map(|root| name_text(&root.subject)).collect()
    };
    let others = names(others);
    let mut public = names(public);
    public.retain(|name| !others.contains(name));
    public
}

fn of_system() -> Vec<TrustAnchor<'static>> {
    let found = rustls_native_certs::load_native_certs();
    found.certs.iter().filter_map(|der| anchor(der)).collect()
}

fn of_file(path: &Path) -> Result<Vec<TrustAnchor<'static>>, TrustError> {
    let file = || visible(&path.to_string_lossy(), 300);
    let unreadable = |why| TrustError::Unreadable { file: file(), why };
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > FILE_BYTES {
        return Err(TrustError::TooLarge { file: file() });
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let is_pem = bytes.windows(10).any(|octets| octets == b"-----BEGIN");
    let ders = match bytes.first() {
        Some(0x30) if !is_pem => vec![CertificateDer::from(bytes)],
        _ => certificates_of_pem(&bytes).map_err(|number| TrustError::BadCertificate {
            file: file(),
            number,
        })?,
    };
    if ders.is_empty() {
        return Err(TrustError::NoCertificate { file: file() });
    }
    let mut anchors = Vec::with_capacity(ders.len());
    for (index, der) in ders.iter().enumerate() {
        anchors.push(anchor(der).ok_or_else(|| TrustError::BadCertificate {
            file: file(),
            number: index + 1,
        })?);
    }
    Ok(anchors)
}

/// The certificates, or which block is no PEM, counted from 1.
fn certificates_of_pem(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, usize> {
    let mut ders = Vec::new();
    for block in CertificateDer::pem_slice_iter(bytes) {
        match block {
            Ok(der) => ders.push(der),
            Err(pem::Error::NoItemsFound) => break,
            Err(_) => return Err(ders.len() + 1),
        }
    }
    Ok(ders)
}

fn anchor(der: &[u8]) -> Option<TrustAnchor<'static>> {
    let der = CertificateDer::from(der);
    let anchor = webpki::anchor_from_trusted_cert(&der).ok()?;
    Some(anchor.to_owned())
}

/// Each part is preceded by its length, so that no two roots run into one.
fn fingerprint(anchor: &TrustAnchor<'_>) -> Vec<u8> {
    let constraints = anchor.name_constraints.as_ref();
    let mut context = digest::Context::new(&SHA256);
    for part in [
        anchor.subject.as_ref(),
        anchor.subject_public_key_info.as_ref(),
        constraints.map_or(&[][..], |constraints| constraints.as_ref()),
    ] {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mozilla_is_built_in_and_counts_once() {
        let once = Roots::load(&[RootSource::Mozilla]).expect("built in");
        let twice = Roots::load(&[RootSource::Mozilla, RootSource::Mozilla]).expect("built in");
        assert!(once.store().certificates > 50);
        assert_eq!(once.store(), twice.store());
        assert_eq!(once.store().name, "mozilla");
    }

    #[test]
    fn a_public_root_is_known_by_subject_and_key() {
        let mozilla = Roots::load(&[RootSource::Mozilla]).expect("built in");
        let name = name_text(&mozilla.anchors()[0].subject);
        assert!(mozilla.is_public(&name), "{name}");
        assert!(!mozilla.is_public("CN=Nobody"));
        let mut false_one = mozilla.anchors()[0].clone();
        false_one.subject_public_key_info = vec![0x30, 0].into();
        let both = vec![false_one, mozilla.anchors()[0].clone()];
        assert!(!Roots::of("both".to_owned(), both, None).is_public(&name));
    }

    #[test]
    fn what_cannot_be_loaded_says_what_to_do() {
        let none = Roots::load(&[]).expect_err("no source");
        assert!(none.to_string().contains("--trust"));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("roots.pem");
        let load = || Roots::load(&[RootSource::File(path.clone())]);
        assert!(matches!(load(), Err(TrustError::Unreadable { .. })));
        std::fs::write(&path, "no certificate here\n").expect("written");
        assert!(matches!(load(), Err(TrustError::NoCertificate { .. })));
        std::fs::write(
            &path,
            "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
        )
        .expect("written");
        let bad = load().expect_err("no root");
        assert!(matches!(bad, TrustError::BadCertificate { number: 1, .. }));
    }

    #[test]
    fn a_system_without_roots_is_said_to_have_none() {
        let roots = Roots::load(&[RootSource::System]).expect("roots of some kind");
        match roots.note {
            Some(Note::MozillaForSystem) => assert_eq!(roots.store().name, "mozilla"),
            None => assert_eq!(roots.store().name, "system"),
        }
        assert!(roots.store().certificates > 0);
    }

    #[test]
    fn a_word_names_a_source() {
        assert_eq!(RootSource::from("system"), RootSource::System);
        assert_eq!(RootSource::from("mozilla"), RootSource::Mozilla);
        assert_eq!(
            RootSource::from("corp.pem"),
            RootSource::File("corp.pem".into())
        );
    }
}
