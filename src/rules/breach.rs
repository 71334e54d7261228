//! The ways in which a certificate breaks the profile, each with its clause.

use crate::model::{Citation, Standard, Statement, Verb};

macro_rules! breaches {
    ($($(#[$words:meta])* $variant:ident $key:literal $weight:ident $standard:ident $clause:literal $verb:ident;)*) => {
        /// One way in which a certificate breaks what it should follow.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Breach { $($(#[$words])* $variant,)* }

        impl Breach {
            /// Every breach, those of identity first.
            pub const ALL: &'static [Breach] = &[$(Breach::$variant),*];

            /// The key of its message.
            pub const fn key(self) -> &'static str {
                match self { $(Breach::$variant => concat!("breach-", $key),)* }
            }

            /// The clause that it breaks.
            pub const fn citation(self) -> Citation {
                match self { $(Breach::$variant => Citation::new(Standard::$standard, $clause, Verb::$verb),)* }
            }

            /// Whether the clause protects the identity of servers.
            pub const fn is_of_identity(self) -> bool {
                match self { $(Breach::$variant => breaches!(@ $weight),)* }
            }
        }
    };
    (@ identity) => { true };
    (@ form) => { false };
}

breaches! {
    /// The algorithm outside of what is signed is another than the one inside.
    AlgorithmsDiffer "algorithms-differ" identity Rfc5280 "§4.1.1.2" Must;
    /// A NUL, a control character or an octet beyond ASCII stands in a name.
    UnprintableName "unprintable-name" identity Rfc5280 "§4.2.1.6" Must;
    /// It issues others and is not marked as an authority.
    AuthorityUnmarked "authority-unmarked" identity Rfc5280 "§4.2.1.9" Must;
    /// Its key may sign certificates and it is no authority.
    SignerNoAuthority "signer-no-authority" identity Rfc5280 "§4.2.1.9" Must;
    /// It issues others and its key usage does not allow that, or is not there.
    AuthorityCannotSign "authority-cannot-sign" identity Rfc5280 "§4.2.1.3" Must;
    /// What limits its use does not parse.
    LimitUnreadable "limit-unreadable" identity Rfc5280 "§4.2" Must;
    /// A wildcard covers names that belong to others.
    WildcardTooWide "wildcard-too-wide" identity Mailfleet "" Interpretation;
    /// There are extensions and the version is not 3.
    Version "version" form Rfc5280 "§4.1.2.1" Must;
    /// The serial number is zero or negative.
    SerialNotPositive "serial-not-positive" form Rfc5280 "§4.1.2.2" Must;
    /// The serial number has more than 20 octets.
    SerialTooLong "serial-too-long" form Rfc5280 "§4.1.2.2" Must;
    /// The issuer has no name.
    IssuerEmpty "issuer-empty" form Rfc5280 "§4.1.2.4" Must;
    /// A date is of the kind that its year does not allow.
    DateKind "date-kind" form Rfc5280 "§4.1.2.5" Must;
    /// A date is not written to the second in Z.
    DateShape "date-shape" form Rfc5280 "§4.1.2.5" Must;
    /// An authority has no name.
    AuthorityNameless "authority-nameless" form Rfc5280 "§4.1.2.6" Must;
    /// There are unique identifiers.
    UniqueIds "unique-ids" form Rfc5280 "§4.1.2.8" Must;
    /// A critical extension is not known.
    UnknownCritical "unknown-critical" form Rfc5280 "§4.2" Must;
    /// An extension does not parse.
    Unreadable "unreadable" form Rfc5280 "§4.2" States;
    /// The issuer's key is not named.
    AuthorityKeyMissing "authority-key-missing" form Rfc5280 "§4.2.1.1" Must;
    /// The name of the issuer's key is critical.
    AuthorityKeyCritical "authority-key-critical" form Rfc5280 "§4.2.1.1" Must;
    /// An authority's own key is not named.
    SubjectKeyMissing "subject-key-missing" form Rfc5280 "§4.2.1.2" Must;
    /// The name of its own key is critical.
    SubjectKeyCritical "subject-key-critical" form Rfc5280 "§4.2.1.2" Must;
    /// No bit of the key usage is set.
    KeyUsageEmpty "key-usage-empty" form Rfc5280 "§4.2.1.3" Must;
    /// The subject is empty and the alternative name is not critical.
    NamesNotCritical "names-not-critical" form Rfc5280 "§4.2.1.6" Must;
    /// The alternative name holds no name.
    NamesEmpty "names-empty" form Rfc5280 "§4.2.1.6" Must;
    /// A DNS name does not have the form of one.
    NameForm "name-form" form Rfc5280 "§4.2.1.6" Must;
    /// An IP address has neither four nor sixteen octets.
    AddressOctets "address-octets" form Rfc5280 "§4.2.1.6" Must;
    /// A wildcard is not the whole left-most label.
    WildcardPlace "wildcard-place" form Rfc9525 "§6.3" States;
    /// The basic constraints of an authority are not critical.
    ConstraintsNotCritical "constraints-not-critical" form Rfc5280 "§4.2.1.9" Must;
    /// A path length is given and it is no authority that signs.
    PathLengthAlone "path-length-alone" form Rfc5280 "§4.2.1.9" Must;
    /// Name constraints are not critical.
    NameConstraintsNotCritical "name-constraints-not-critical" form Rfc5280 "§4.2.1.10" Must;
    /// Name constraints stand in a certificate of no authority.
    NameConstraintsOfLeaf "name-constraints-of-leaf" form Rfc5280 "§4.2.1.10" Must;
    /// The list of purposes is empty.
    PurposesEmpty "purposes-empty" form Rfc5280 "§4.2.1.12" States;
    /// The authority information access is critical.
    AccessCritical "access-critical" form Rfc5280 "§4.2.2.1" Must;
    /// Below a public root, an RSA key whose size is no multiple of eight, or an unusual curve.
    PublicKeyKind "public-key-kind" form CabBr "§6.1.5" Must;
}

impl Breach {
    /// As evidence.
    pub fn statement(self) -> Statement {
        let citation = self.citation();
        let clause = format!("{} {}", citation.standard.cite(), citation.clause);
        Statement {
            key: self.key().to_owned(),
            clause: clause.trim_end().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_and_identity_comes_first() {
        let keys: std::collections::BTreeSet<_> = Breach::ALL.iter().map(|b| b.key()).collect();
        assert_eq!(keys.len(), Breach::ALL.len());
        assert!(Breach::ALL.is_sorted_by_key(|breach| !breach.is_of_identity()));
        let statement = Breach::SerialTooLong.statement();
        assert_eq!(statement.clause, "RFC 5280 §4.1.2.2");
    }
}
