//! A certificate authority for one test, and what servers show of it.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize, date_time_ymd,
};

/// The names that the company's good servers have; the last ones are those of the truth table.
const COMPANY: [&str; 6] = [
    "mail.yourcompany.test",
    "imap.yourcompany.test",
    "pop.yourcompany.test",
    "pop3.yourcompany.test",
    "smtp.yourcompany.test",
    "*.fleet.yourcompany.test",
];

const DAY: Duration = Duration::from_secs(86_400);

/// What a server shows in its handshake.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    /// Leaf and intermediate, in time, for the company's names; valid for 81 days, as authorities have
    /// it and the shortest limit of a preset allows.
    Good,
    /// Its time was over on 2021-01-01.
    Expired,
    /// Good but for another company's name.
    WrongName,
    /// The leaf alone, where an intermediate is needed.
    MissingIntermediate,
}

/// A root and an intermediate below it.
pub struct Authority {
    root: CertifiedIssuer<'static, KeyPair>,
    intermediate: CertifiedIssuer<'static, KeyPair>,
    rsa: OnceLock<String>,
}

impl Authority {
    /// A new authority that nobody trusts yet.
    pub fn new() -> Self {
        let root = CertifiedIssuer::self_signed(issuing("yourCompany Test Root"), key())
            .expect("a root can be signed by itself");
        let intermediate =
            CertifiedIssuer::signed_by(issuing("yourCompany Test Intermediate"), key(), &root)
                .expect("the root signs the intermediate");
        Authority {
            root,
            intermediate,
            rsa: OnceLock::new(),
        }
    }

    /// The root in PEM, for `--trust`.
    pub fn root_pem(&self) -> String {
        self.root.pem()
    }

    /// Writes `chain.pem` and `key.pem` into `directory`, for a server that shows them.
    pub fn equip(&self, directory: &Path, shown: Shown) {
        self.write(directory, ["chain.pem", "key.pem"], shown, &key());
    }

    /// Writes `rsa-chain.pem` and `rsa-key.pem` likewise, with an RSA key of 2048 bits, and what is above
    /// the leaf as `intermediate.pem` and `root.pem`. Making such a key takes a while, so the servers of
    /// one test share it.
    pub fn equip_rsa(&self, directory: &Path, shown: Shown) {
        let pem = self.rsa.get_or_init(|| {
            KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)
                .expect("a key can be made")
                .serialize_pem()
        });
        let key = KeyPair::from_pem(pem).expect("our own key reads back");
        self.write(directory, ["rsa-chain.pem", "rsa-key.pem"], shown, &key);
        let above = [
            ("root.pem", self.root_pem()),
            ("intermediate.pem", self.intermediate.pem()),
        ];
        for (file, pem) in above {
            fs::write(directory.join(file), pem).expect("a certificate can be written");
        }
    }

    fn write(&self, directory: &Path, files: [&str; 2], shown: Shown, key: &KeyPair) {
        let names: &[&str] = match shown {
            Shown::WrongName => &["mail.other-company.test"],
            _ => &COMPANY,
        };
        let owned = names.iter().map(|name| (*name).to_owned());
        let mut params =
            CertificateParams::new(owned.collect::<Vec<_>>()).expect("the names are valid");
        params.distinguished_name.push(DnType::CommonName, names[0]);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) = match shown {
            Shown::Expired => (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1)),
            _ => {
                let now = SystemTime::now();
                ((now - DAY).into(), (now + DAY * 80).into())
            }
        };
        if key.algorithm() == &PKCS_RSA_SHA256 {
            // A key exchange that encrypts to the key needs it.
            params.key_usages.push(KeyUsagePurpose::KeyEncipherment);
        }
        let leaf = params
            .signed_by(key, &self.intermediate)
            .expect("the intermediate signs the leaf");
        let chain = match shown {
            Shown::MissingIntermediate => leaf.pem(),
            _ => leaf.pem() + &self.intermediate.pem(),
        };
        let [chain_file, key_file] = files;
        fs::write(directory.join(chain_file), chain).expect("the chain can be written");
        fs::write(directory.join(key_file), key.serialize_pem()).expect("the key can be written");
    }
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key can be made")
}

fn issuing(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 1, 1);
    params
}
