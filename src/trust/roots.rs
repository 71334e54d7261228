//! The roots that a judgement trusts.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use aws_lc_rs::digest::{self, SHA256};
use jiff::Timestamp;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, TrustAnchor};

use crate::model::{TrustStore, visible};
use crate::wire::cert;

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
    /// The first and last second of each anchor, where they are known.
    dates: Vec<Option<(i64, i64)>>,
    by_subject: HashMap<Vec<u8>, Vec<usize>>,
    /// Whether all of them count as public.
    all_public: bool,
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
        let mut roots = Vec::new();
        let mut note = None;
        for source in sources {
            match source {
                RootSource::Mozilla => {
                    names.push("mozilla".to_owned());
                    roots.extend(of_mozilla());
                }
                RootSource::System => {
                    let system = of_system();
                    if system.is_empty() {
                        note = Some(Note::MozillaForSystem);
                        names.push("mozilla".to_owned());
                        roots.extend(of_mozilla());
                    } else {
                        names.push("system".to_owned());
                        roots.extend(system);
                    }
                }
                RootSource::File(path) => {
                    let name = path.file_name().unwrap_or(path.as_os_str());
                    names.push(name.to_string_lossy().into_owned());
                    roots.extend(of_file(path)?);
                }
            }
        }
        if roots.is_empty() {
            return Err(TrustError::NoSource);
        }
        let mut named = BTreeSet::new();
        names.retain(|name| named.insert(name.clone()));
        Ok(Roots::of(names.join(" + "), roots, note))
    }

    /// The certificates given, as a store of that name. Those that do not parse are left out.
    pub fn of_certificates<'c>(name: &str, ders: impl IntoIterator<Item = &'c [u8]>) -> Roots {
        let roots = ders.into_iter().filter_map(Root::of).collect();
        Roots::of(name.to_owned(), roots, None)
    }

    /// The same roots, all of which count as publicly trusted: what binds public authorities alone can
    /// then be judged of certificates made by hand. No run does this; there Mozilla's list decides.
    pub fn as_if_public(self) -> Roots {
        Roots {
            all_public: true,
            ..self
        }
    }

    fn of(name: String, roots: Vec<Root>, note: Option<Note>) -> Roots {
        let mut seen = BTreeSet::new();
        let (mut anchors, mut dates) = (Vec::new(), Vec::new());
        for root in roots {
            if seen.insert(fingerprint(&root.anchor)) {
                anchors.push(root.anchor);
                dates.push(root.dates);
            }
        }
        let mut all = digest::Context::new(&SHA256);
        seen.iter().for_each(|one| all.update(one));
        let mut by_subject = HashMap::<_, Vec<usize>>::new();
        for (index, anchor) in anchors.iter().enumerate() {
            let subject = anchor.subject.as_ref().to_vec();
            by_subject.entry(subject).or_default().push(index);
        }
        let newest = dates.iter().flatten().map(|(begins, _)| *begins).max();
        Roots {
            store: TrustStore {
                name,
                sha256: all
                    .finish()
                    .as_ref()
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
                certificates: anchors.len(),
                newest: newest.and_then(|begins| Timestamp::from_second(begins).ok()),
            },
            anchors,
            dates,
            by_subject,
            all_public: false,
            note,
        }
    }

    /// Name, hash, count and age. The hash is over the sorted SHA-256 of what is trusted of each root
    /// (subject, key, name constraints), so that the same roots have the same hash wherever they
    /// were found.
    pub fn store(&self) -> &TrustStore {
        &self.store
    }

    pub(super) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }

    /// Those that are valid at a second, or whose dates are not known.
    pub(super) fn anchors_at(&self, second: i64) -> Cow<'_, [TrustAnchor<'static>]> {
        let fits = |dates: &Option<(i64, i64)>| {
            dates.is_none_or(|(begins, ends)| begins <= second && second <= ends)
        };
        match self.dates.iter().all(fits) {
            true => Cow::Borrowed(&self.anchors),
            false => self
                .anchors
                .iter()
                .zip(&self.dates)
                .filter(|(_, dates)| fits(dates))
                .map(|(anchor, _)| anchor.clone())
                .collect(),
        }
    }

    /// The last second of one of the roots, where it is known.
    pub(super) fn ends(&self, root: &TrustAnchor<'_>) -> Option<i64> {
        let place = self.anchors.iter().position(|anchor| anchor == root)?;
        self.dates.get(place)?.map(|(_, ends)| ends)
    }

    /// Whether a root is one that the public trusts: one of Mozilla's list, wherever it was found.
    pub(super) fn is_public(&self, root: &TrustAnchor<'_>) -> bool {
        self.all_public || is_of_mozilla(root)
    }

    /// The roots of that subject, given as the contents of a `Name`.
    pub(super) fn of_subject(&self, subject: &[u8]) -> impl Iterator<Item = &TrustAnchor<'static>> {
        let indices = self.by_subject.get(subject).into_iter().flatten();
        indices.filter_map(|index| self.anchors.get(*index))
    }
}

/// A root as it is trusted, and when.
struct Root {
    anchor: TrustAnchor<'static>,
    dates: Option<(i64, i64)>,
}

impl Root {
    fn of(der: &[u8]) -> Option<Root> {
        let dates = cert::read(der).ok();
        Some(Root {
            anchor: anchor(der)?,
            dates: dates.map(|facts| (facts.not_before, facts.not_after)),
        })
    }
}

/// By subject and key.
fn is_of_mozilla(root: &TrustAnchor<'_>) -> bool {
    static KNOWN: LazyLock<HashSet<(&[u8], &[u8])>> = LazyLock::new(|| {
        let roots = webpki_roots::TLS_SERVER_ROOTS.iter();
        roots
            .map(|root| {
                (
                    &*root.subject as &[u8],
                    &*root.subject_public_key_info as &[u8],
                )
            })
            .collect()
    });
    KNOWN.contains(&(&*root.subject, &*root.subject_public_key_info))
}

fn of_mozilla() -> impl Iterator<Item = Root> {
    let roots = webpki_roots::TLS_SERVER_ROOTS.iter();
    roots.map(|anchor| Root {
        anchor: anchor.clone(),
        dates: None,
    })
}

fn of_system() -> Vec<Root> {
    let found = rustls_native_certs::load_native_certs();
    found.certs.iter().filter_map(|der| Root::of(der)).collect()
}

fn of_file(path: &Path) -> Result<Vec<Root>, TrustError> {
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
    let mut roots = Vec::with_capacity(ders.len());
    for (index, der) in ders.iter().enumerate() {
        roots.push(Root::of(der).ok_or_else(|| TrustError::BadCertificate {
            file: file(),
            number: index + 1,
        })?);
    }
    Ok(roots)
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
        let mut root = webpki_roots::TLS_SERVER_ROOTS[0].clone();
        let roots = || Roots::of_certificates("none", []);
        assert!(roots().is_public(&root));
        // Somebody else's root may bear the same subject.
        root.subject_public_key_info = vec![0x30, 0].into();
        assert!(!roots().is_public(&root));
        assert!(roots().as_if_public().is_public(&root));
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
