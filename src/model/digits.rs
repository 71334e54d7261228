//! Lists of the numbers of TLS, in JSON as one text of hexadecimal digits, four for each: a hello
//! holds two hundred of them.

use serde::{Deserialize as _, Deserializer, Serializer, de};

/// A number of two octets.
pub trait Number: Copy {
    /// From its value.
    fn of(value: u16) -> Self;
    /// Its value.
    fn value(self) -> u16;
}

macro_rules! numbers {
    ($($name:path),*) => {
        $(impl Number for $name {
            fn of(value: u16) -> Self {
                $name(value)
            }

            fn value(self) -> u16 {
                self.0
            }
        })*
    };
}

numbers!(super::Suite, super::NamedGroup, super::SignatureScheme);

/// Writes the digits.
pub fn serialize<T: Number, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let digits = list.iter().map(|number| format!("{:04x}", number.value()));
    serializer.serialize_str(&digits.collect::<String>())
}

/// Reads the digits.
pub fn deserialize<'de, T: Number, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let digits = String::deserialize(deserializer)?;
    let number = |four: &[u8]| {
        let all = four.len() == 4 && four.iter().all(u8::is_ascii_hexdigit);
        let four = std::str::from_utf8(four).ok().filter(|_| all)?;
        u16::from_str_radix(four, 16).ok().map(T::of)
    };
    let list: Option<Vec<T>> = digits.as_bytes().chunks(4).map(number).collect();
    list.ok_or_else(|| de::Error::custom("numbers are four hexadecimal digits each"))
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::super::Suite;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Listed(#[serde(with = "super")] Vec<Suite>);

    #[test]
    fn a_list_survives_json_in_its_order() {
        let list = Listed(vec![Suite(0xc02f), Suite(0x0005)]);
        let json = serde_json::to_string(&list).expect("a list serialises");
        assert_eq!(json, "\"c02f0005\"");
        assert_eq!(serde_json::from_str::<Listed>(&json).expect("reads"), list);
        for wrong in ["\"c02f000\"", "\"c02fé0\"", "\"+02f\"", "7"] {
            assert!(serde_json::from_str::<Listed>(wrong).is_err(), "{wrong}");
        }
    }
}
