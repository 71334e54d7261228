//! What a suite's name says, in the words of the truth table. Nothing of mailfleet's is used for it.

use std::collections::BTreeSet;

/// Every word that there is.
pub const WORDS: [&str; 18] = [
    "tls1.3",
    "ecdhe",
    "dhe",
    "static",
    "static-dh",
    "psk",
    "anonymous",
    "null",
    "export",
    "rc4",
    "rc2",
    "des",
    "3des",
    "idea",
    "seed",
    "md5",
    "cbc",
    "aead",
];

/// The words of every suite named, by its name in the IANA registry.
pub fn words<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    names
        .into_iter()
        .flat_map(|name| WORDS.iter().filter(move |word| earns(name, word)))
        .map(|word| (*word).to_owned())
        .collect()
}

fn earns(name: &str, word: &str) -> bool {
    let keys = name.split("_WITH_").next().unwrap_or_default();
    let has = |part: &str| name.contains(part);
    match word {
        "tls1.3" => !has("_WITH_"),
        "ecdhe" => ["TLS_ECDHE_RSA", "TLS_ECDHE_ECDSA"].contains(&keys),
        "dhe" => keys.starts_with("TLS_DHE_RSA") || keys.starts_with("TLS_DHE_DSS"),
        "static" => keys.starts_with("TLS_RSA") && !has("PSK"),
        "static-dh" => {
            ["TLS_DH_RSA", "TLS_DH_DSS", "TLS_ECDH_RSA", "TLS_ECDH_ECDSA"].contains(&keys)
        }
        "psk" => has("PSK"),
        "anonymous" => has("_anon"),
        "null" => has("_WITH_NULL_"),
        "export" => has("EXPORT"),
        "rc4" => has("_RC4_"),
        "rc2" => has("_RC2_"),
        "des" => has("_WITH_DES"),
        "3des" => has("_3DES_"),
        "idea" => has("_IDEA_"),
        "seed" => has("_SEED_"),
        "md5" => name.ends_with("_MD5"),
        "cbc" => has("_CBC_"),
        "aead" => has("_GCM_") || has("_CCM") || has("_POLY1305_"),
        other => panic!("no word {other}"),
    }
}
