//! Authorities that protection software makes on the very machine that it guards, to read its TLS.

/// Parts of the names that such software gives to its authorities, in lower case.
const NAMES: [&str; 12] = [
    "mail shield",
    "anti-virus",
    "antivirus",
    "avast",
    "avg ",
    "kaspersky",
    "eset ",
    "bitdefender",
    "dr.web",
    "norton",
    "mcafee",
    "360安全",
];

/// Whether an authority is one of those, by its name.
pub(super) fn is_antivirus(authority: &str) -> bool {
    let lower = authority.to_lowercase();
    NAMES.iter().any(|name| lower.contains(name))
}
