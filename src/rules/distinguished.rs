//! What a distinguished name says (RFC 4514 text).

/// The organisation of a name, or the whole name where it has none.
pub(super) fn organisation(name: &str) -> String {
    value(name, "O").unwrap_or_else(|| name.to_owned())
}

/// Whether a text is the name, or its organisation or common name; case does not count.
pub(super) fn is_called(name: &str, text: &str) -> bool {
    let equal = |value: &str| value.to_lowercase() == text.to_lowercase();
    let part = |kind| value(name, kind).is_some_and(|value| equal(&value));
    equal(name) || part("O") || part("CN")
}

/// The first value of a kind such as `O`.
fn value(name: &str, kind: &str) -> Option<String> {
    parts(name).into_iter().find_map(|part| {
        let (found, value) = part.split_once('=')?;
        (found == kind).then(|| value.to_owned())
    })
}

/// The attributes, without the escapes.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in name.chars() {
        match (escaped, c) {
            (false, '\\') => {
                escaped = true;
                continue;
            }
            (false, ',' | '+') => parts.push(String::new()),
            _ => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
        escaped = false;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_by_its_parts() {
        let name = "CN=R10,O=Let's Encrypt\\, Inc.,C=US";
        assert_eq!(organisation(name), "Let's Encrypt, Inc.");
        assert_eq!(organisation("CN=Alone"), "CN=Alone");
        for text in ["r10", "LET'S ENCRYPT, INC.", name] {
            assert!(is_called(name, text), "{text}");
        }
        for text in ["US", "R1", "Let's Encrypt", ""] {
            assert!(!is_called(name, text), "{text}");
        }
    }
}
