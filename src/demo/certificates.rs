//! The demo's own certificate authority, and the flawed certificates of its story.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::TlsAcceptor;

/// Which chain a server shows.
#[derive(Clone, Copy)]
pub(super) enum Shows {
    /// A valid one.
    Good,
    /// One whose leaf ended ten days ago.
    Expired,
    /// One whose leaf ends in so many days.
    EndsInDays(i64),
    /// A valid one, made out to another host.
    NameOf(&'static str),
    /// A leaf that signed itself.
    SelfSigned,
    /// A valid leaf, alone.
    WithoutIntermediate,
}

/// Which versions of TLS a server speaks.
#[derive(Clone, Copy)]
pub(super) enum Versions {
    /// 1.2 and 1.3.
    All,
    /// 1.2 and nothing newer.
    Tls12Only,
}

/// A root, an authority below it that issues, and the time that "now" is.
pub(super) struct Authority {
    root: CertifiedIssuer<'static, KeyPair>,
    issuing: CertifiedIssuer<'static, KeyPair>,
    now: Timestamp,
}

impl Authority {
    /// New keys; nothing outlives the process.
    pub fn new(now: Timestamp) -> io::Result<Authority> {
        let root = CertifiedIssuer::self_signed(authority("Demo Root CA", now)?, key()?)
            .map_err(io::Error::other)?;
        let issuing = authority("Demo Issuing CA", now)?;
        let issuing =
            CertifiedIssuer::signed_by(issuing, key()?, &root).map_err(io::Error::other)?;
        Ok(Authority { root, issuing, now })
    }

    /// The root's certificate.
    pub fn root(&self) -> &[u8] {
        self.root.der()
    }

    /// TLS as the server at `host` does it.
    pub fn acceptor(
        &self,
        host: &str,
        versions: Versions,
        shows: Shows,
    ) -> io::Result<TlsAcceptor> {
        let key = key()?;
        let chain = self.chain(host, shows, &key)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let versions = match versions {
            Versions::All => rustls::ALL_VERSIONS,
            Versions::Tls12Only => &[&rustls::version::TLS12],
        };
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    fn chain(
        &self,
        host: &str,
        shows: Shows,
        key: &KeyPair,
    ) -> io::Result<Vec<CertificateDer<'static>>> {
        let (name, days_left) = match shows {
            Shows::NameOf(other) => (other, 80),
            Shows::Expired => (host, -10),
            Shows::EndsInDays(days) => (host, days),
            _ => (host, 80),
        };
        let mut leaf = CertificateParams::new([name.to_owned()]).map_err(io::Error::other)?;
        leaf.distinguished_name.push(DnType::CommonName, name);
        set_validity(&mut leaf, self.now, days_left - 90, days_left)?;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        if let Shows::SelfSigned = shows {
            let leaf = leaf.self_signed(key).map_err(io::Error::other)?;
            return Ok(vec![leaf.into()]);
        }
        leaf.use_authority_key_identifier_extension = true;
        let leaf = leaf
            .signed_by(key, &self.issuing)
            .map_err(io::Error::other)?;
        Ok(match shows {
            Shows::WithoutIntermediate => vec![leaf.into()],
            _ => vec![leaf.into(), self.issuing.der().clone()],
        })
    }
}

fn authority(name: &str, now: Timestamp) -> io::Result<CertificateParams> {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::OrganizationName, "mailfleet demo");
    params.distinguished_name.push(DnType::CommonName, name);
    set_validity(&mut params, now, -700, 3000)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn key() -> io::Result<KeyPair> {
    KeyPair::generate().map_err(io::Error::other)
}

/// Valid from and until so many days from `now`; negative is before it.
fn set_validity(
    params: &mut CertificateParams,
    now: Timestamp,
    from: i64,
    until: i64,
) -> io::Result<()> {
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    params.not_before = epoch + since_epoch(now, from)?;
    params.not_after = epoch + since_epoch(now, until)?;
    Ok(())
}

fn since_epoch(now: Timestamp, days: i64) -> io::Result<Duration> {
    let moment = now
        .checked_add(SignedDuration::from_hours(24 * days))
        .map_err(io::Error::other)?;
    let seconds = u64::try_from(moment.as_second()).map_err(io::Error::other)?;
    Ok(Duration::from_secs(seconds))
}
