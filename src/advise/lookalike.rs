//! Domains that a person may take for another: one letter off, or another script's letters.

/// Letters of other scripts, and digits, that pass for a Latin letter in most fonts (Unicode
/// Technical Standard #39 calls such pairs confusable; these are the ones seen in host names).
const PASSES_FOR: [(char, char); 34] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('ё', 'e'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'i'),
    ('ї', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('ӏ', 'l'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('г', 'r'),
    ('ѕ', 's'),
    ('т', 't'),
    ('ц', 'u'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('α', 'a'),
    ('ε', 'e'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('0', 'o'),
    ('1', 'l'),
];

/// Whether a domain could be taken for a trusted one without being it. Both are A-labels.
pub fn looks_like(domain: &str, trusted: &str) -> bool {
    // One edit, a swap of neighbours included, is the commonest way to mistype a name.
    domain != trusted && strsim::damerau_levenshtein(&skeleton(domain), &skeleton(trusted)) <= 1
}

/// The domain as it looks: in Unicode, with letters that pass for others replaced.
fn skeleton(domain: &str) -> String {
    let (unicode, _) = idna::domain_to_unicode(domain);
    let shown = |c: char| {
        let twin = PASSES_FOR.iter().find(|(from, _)| *from == c);
        twin.map_or(c, |(_, to)| *to)
    };
    unicode.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_off_or_in_another_script_looks_alike() {
        let cyrillic = idna::domain_to_ascii("cоrp-mail.com").expect("a name");
        assert!(cyrillic.starts_with("xn--"));
        for domain in [
            "c0rp-mail.com",
            "corp-mai1.com",
            "crop-mail.com",
            "corpmail.com",
            &cyrillic,
        ] {
            assert!(looks_like(domain, "corp-mail.com"), "{domain}");
        }
        for domain in ["corp-mail.com", "hoster.com", "corp-mail.org"] {
            assert!(!looks_like(domain, "corp-mail.com"), "{domain}");
        }
    }
}
