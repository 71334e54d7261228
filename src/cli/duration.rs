//! Durations on the command line: a number with a unit, or a bare 0.

use std::time::Duration;

/// The longest duration that an option takes: a year is longer than any run.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3600);

/// Reads `500ms`, `5s`, `10m`, `2h` or `0`.
pub fn read(text: &str) -> Result<Duration, String> {
    const HOW: &str = "write a number and a unit: 500ms, 5s, 10m, 2h (or 0)";
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| HOW)?;
    let milliseconds = match unit {
        "ms" => Some(number),
        "s" => number.checked_mul(1_000),
        "m" => number.checked_mul(60_000),
        "h" => number.checked_mul(3_600_000),
        _ => return Err(HOW.to_owned()),
    };
    milliseconds
        .map(Duration::from_millis)
        .filter(|duration| *duration <= LONGEST)
        .ok_or_else(|| "longer than a year: write less".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit_or_is_zero() {
        assert_eq!(read("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(read("5s"), Ok(Duration::from_secs(5)));
        assert_eq!(read("10m"), Ok(Duration::from_secs(600)));
        assert_eq!(read("2h"), Ok(Duration::from_secs(7200)));
        assert_eq!(read("0"), Ok(Duration::ZERO));
        for text in [
            "5",
            "s",
            "",
            "-1s",
            "1.5s",
            "99999999999999999999s",
            "9999999h",
            "5 s",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
