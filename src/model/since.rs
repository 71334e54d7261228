//! Since when a document or a clause of it holds, as exactly as that is known.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Since {
    year: i16,
    /// 0 where only the year is known.
    month: i8,
    /// 0 where only the month is known.
    day: i8,
}

impl Since {
    /// Of a year, a month and a day, or as many of them as are known; `None` of anything else.
    pub const fn of(parts: &[i16]) -> Option<Since> {
        let (year, month, day) = match parts {
            [year] => (*year, 0, 0),
            [year, month @ 1..=12] => (*year, *month, 0),
            [year, month @ 1..=12, day @ 1..=31] => (*year, *month, *day),
            _ => return None,
        };
        Some(Since {
            year,
            month: month as i8,
            day: day as i8,
        })
    }
}

/// `2026`, `2026-04` or `2026-04-06`.
impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day] {
            if part > 0 {
                write!(f, "-{part:02}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Since {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = |part: &str| part.bytes().all(|octet| octet.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        if !parts.iter().all(|part| digits(part)) || ![4, 2, 2].starts_with(&lengths) {
            return Err(());
        }
        if parts.len() == 3 && text.parse::<Date>().is_err() {
            return Err(());
        }
        let numbers: Vec<i16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
        Since::of(&numbers).ok_or(())
    }
}

impl Serialize for Since {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map_err(|()| de::Error::custom("write a year, a month or a day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in ["2026", "2026-04", "2026-04-06", "0999-12"] {
            assert_eq!(text.parse::<Since>().expect("a date").to_string(), text);
        }
        for text in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "2026-4-6",
            "2026-04-06-1",
            "+026",
        ] {
            assert_eq!(text.parse::<Since>(), Err(()), "{text}");
        }
        let month = Since::of(&[2026, 4]).expect("a month");
        assert!(month < Since::of(&[2026, 4, 6]).expect("a day"));
    }
}
