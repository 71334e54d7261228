//! Which cipher suites a policy allows: classes, and single suites by their names.

use toml::Spanned;
use toml::de::DeValue;

use super::Stance;
use super::mistake::{nearest, shown};
use super::sheet::{Cell, Sheet};
use crate::model::{KeyAgreement, Suite, SuiteTraits};

/// The suites that a policy allows: those of `allow` that are none of `deny`. Those of `discourage` among
/// them it allows for now. Suites of TLCP, which is another protocol, are never meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuiteDemand {
    /// What is allowed; nothing else is.
    pub allow: Vec<SuiteWord>,
    /// What of that is not.
    pub deny: Vec<SuiteWord>,
    /// What of the rest is advised against.
    pub discourage: Vec<SuiteWord>,
}

/// A class of suites, or one suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuiteWord {
    /// Every suite of a class.
    Class(SuiteClass),
    /// One suite.
    Suite(Suite),
}

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident $word:literal $holds:expr;)*) => {
        /// A class of suites by what their names say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum SuiteClass { $($(#[$doc])* $variant,)* }

        impl SuiteClass {
            /// Every class.
            pub const ALL: &'static [SuiteClass] = &[$(SuiteClass::$variant),*];

            /// The word of the policy file.
            pub const fn word(self) -> &'static str {
                match self { $(SuiteClass::$variant => $word,)* }
            }

            fn holds(self, traits: &SuiteTraits) -> bool {
                let holds: fn(&SuiteTraits) -> bool = match self { $(SuiteClass::$variant => $holds,)* };
                holds(traits)
            }
        }
    };
}

classes! {
    /// The suites of TLS 1.3.
    Tls13 "tls-1.3" |t| t.agreement == KeyAgreement::Tls13;
    /// Ephemeral keys over elliptic curves.
    Ecdhe "ecdhe" |t| t.agreement == KeyAgreement::Ecdhe;
    /// Ephemeral keys over finite fields.
    Dhe "dhe" |t| t.agreement == KeyAgreement::Dhe;
    /// The RSA key of the certificate.
    StaticRsa "static-rsa" |t| t.agreement == KeyAgreement::Rsa;
    /// The Diffie-Hellman key of the certificate.
    StaticDh "static-dh" |t| t.agreement == KeyAgreement::Dh;
    /// The elliptic-curve key of the certificate, not used for signing.
    StaticEcdh "static-ecdh" |t| t.agreement == KeyAgreement::Ecdh;
    /// Keys shared in advance.
    Psk "psk" |t| t.agreement == KeyAgreement::Psk;
    /// No protection to speak of.
    Insecure "insecure" SuiteTraits::insecure;
    /// Ciphers that are given up.
    Weak "weak" SuiteTraits::weak;
    /// Encryption and integrity apart: CBC and stream ciphers.
    NoAead "no-aead" |t| !t.aead;
    /// An integrity tag of 64 bits.
    ShortTag "short-tag" |t| t.short_tag;
}

impl SuiteDemand {
    /// Whether the policy allows a suite. One without a name is in no list.
    pub fn allows(&self, suite: Suite) -> bool {
        self.stance(suite) != Stance::Outside
    }

    /// How the policy takes a suite.
    pub fn stance(&self, suite: Suite) -> Stance {
        let among = |words: &[SuiteWord]| words.iter().any(|word| word.means(suite));
        if !among(&self.allow) || among(&self.deny) {
            Stance::Outside
        } else if among(&self.discourage) {
            Stance::Discouraged
        } else {
            Stance::Allowed
        }
    }
}

impl SuiteWord {
    fn means(self, suite: Suite) -> bool {
        match (self, suite.traits()) {
            (SuiteWord::Class(class), Some(traits)) => !traits.tlcp && class.holds(traits),
            (SuiteWord::Class(_), None) => false,
            (SuiteWord::Suite(one), _) => one == suite,
        }
    }

    fn of(word: &str) -> Option<SuiteWord> {
        let classes = SuiteClass::ALL.iter().copied();
        let class = classes.map(SuiteWord::Class);
        let suite = Suite::all().map(SuiteWord::Suite);
        class.chain(suite).find(|known| known.word() == word)
    }

    /// The word of the policy file.
    pub fn word(self) -> &'static str {
        match self {
            SuiteWord::Class(class) => class.word(),
            SuiteWord::Suite(suite) => suite.name().unwrap_or_default(),
        }
    }
}

/// Lets a file change the suites; what it leaves out stays.
pub(super) fn read<'t>(sheet: &mut Sheet<'t>, cell: Cell<'_, 't>, suites: &mut SuiteDemand) {
    let Some(table) = sheet.table(cell) else {
        return;
    };
    sheet.keys(table, &["allow", "deny", "discourage"]);
    let mut understood = true;
    for (key, words) in [
        ("allow", &mut suites.allow),
        ("deny", &mut suites.deny),
        ("discourage", &mut suites.discourage),
    ] {
        let Some(list) = table.get(key).map(|cell| sheet.list(cell)) else {
            continue;
        };
        words.clear();
        for one in list {
            match word(sheet, one) {
                Some(word) if words.contains(&word) => {}
                Some(word) => words.push(word),
                None => understood = false,
            }
        }
    }
    if understood && !Suite::all().any(|suite| suites.allows(suite)) {
        sheet.note(
            cell.span(),
            "this allows no suite at all",
            "write allow = [\"tls-1.3\", \"ecdhe\"] and deny what you do not want of it",
        );
    }
}

fn word<'t>(sheet: &mut Sheet<'t>, cell: &Spanned<DeValue<'t>>) -> Option<SuiteWord> {
    let text = sheet.words(cell)?;
    let known = SuiteWord::of(text);
    if known.is_none() && !sheet.enough() {
        let classes = SuiteClass::ALL.iter().map(|class| class.word());
        let names = Suite::all().filter_map(Suite::name);
        let cure = match nearest(text, classes.clone().chain(names)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "write the name of a suite, or {}",
                classes.collect::<Vec<_>>().join(", ")
            ),
        };
        let what = format!("there is no suite and no class of suites `{}`", shown(text));
        sheet.note(cell.span(), what, cure);
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_names_say_what_is_allowed() {
        let word = |word| SuiteWord::of(word).expect("a word");
        let demand = SuiteDemand {
            allow: vec![
                word("tls-1.3"),
                word("ecdhe"),
                word("TLS_RSA_WITH_RC4_128_SHA"),
            ],
            deny: vec![word("no-aead"), word("TLS_AES_128_CCM_8_SHA256")],
            discourage: vec![word("tls-1.3"), word("no-aead")],
        };
        let allows = |number| demand.allows(Suite(number));
        assert!(allows(0x1301) && allows(0xc02f));
        // CBC, a name that is denied, one that both lists hold, a static key, TLCP, no suite.
        for denied in [0xc013, 0x1305, 0x0005, 0x009c, 0xe051, 0x0afa, 0x00ff] {
            assert!(!allows(denied), "{denied:04x}");
        }
        assert_eq!(demand.stance(Suite(0x1301)), Stance::Discouraged);
        assert_eq!(demand.stance(Suite(0xc02f)), Stance::Allowed);
        assert_eq!(demand.stance(Suite(0xc013)), Stance::Outside);
        assert_eq!(SuiteWord::of("TLS_FALLBACK_SCSV"), None);
    }
}
