//! Primes of finite-field groups that many servers share: who breaks one breaks it for all.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names by the prime's digits.
static NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let rows = include_str!("primes.txt").lines();
    rows.filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once(": "))
        .map(|(name, digits)| (digits, name))
        .collect()
});

/// Where a prime is written down, if that is known; `prime` is big-endian, without zeros in front.
pub fn name(prime: &[u8]) -> Option<&'static str> {
    let digits: String = prime.iter().map(|octet| format!("{octet:02x}")).collect();
    NAMES.get(digits.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use x509_parser::num_bigint::BigUint;

    use super::*;

    fn power_of_two(exponent: u64) -> BigUint {
        BigUint::from(1_u8) << exponent
    }

    /// π, rounded down to `bits` binary places (Machin: 16 arctan 1/5 - 4 arctan 1/239).
    fn pi(bits: u64) -> BigUint {
        const GUARD: u64 = 64;
        let arctan = |inverse: u32| {
            let (mut more, mut less) = (BigUint::ZERO, BigUint::ZERO);
            let mut term = power_of_two(bits + GUARD) / inverse;
            for odd in (1_u32..).step_by(2) {
                if term == BigUint::ZERO {
                    break;
                }
                match odd % 4 {
                    1 => more += &term / odd,
                    _ => less += &term / odd,
                }
                term /= inverse * inverse;
            }
            more - less
        };
        (arctan(5) * 16_u8 - arctan(239) * 4_u8) >> GUARD
    }

    /// Euler's number, rounded down to `bits` binary places.
    fn e(bits: u64) -> BigUint {
        const GUARD: u64 = 64;
        let mut sum = BigUint::ZERO;
        let mut term = power_of_two(bits + GUARD);
        for divisor in 1_u32.. {
            if term == BigUint::ZERO {
                break;
            }
            sum += &term;
            term /= divisor;
        }
        sum >> GUARD
    }

    /// The form that RFC 2409, RFC 3526 and RFC 7919 give their primes: ones at both ends, and
    /// between them the first binary places of a number that nobody chose, plus `offset`.
    fn formed(bits: u64, number: fn(u64) -> BigUint, offset: u32) -> Vec<u8> {
        let middle = (number(bits - 130) + offset) << 64_u8;
        let prime = power_of_two(bits) - power_of_two(bits - 64) + middle - 1_u8;
        prime.to_bytes_be()
    }

    #[test]
    fn the_primes_of_rfcs_have_their_form() {
        for (bits, offset, expected) in [
            (768, 149_686, "RFC 2409 group 1"),
            (1024, 129_093, "RFC 2409 group 2"),
            (1536, 741_804, "RFC 3526 group 5"),
            (2048, 124_476, "RFC 3526 group 14"),
            (3072, 1_690_314, "RFC 3526 group 15"),
            (4096, 240_904, "RFC 3526 group 16"),
            (6144, 929_484, "RFC 3526 group 17"),
            (8192, 4_743_158, "RFC 3526 group 18"),
        ] {
            assert_eq!(name(&formed(bits, pi, offset)), Some(expected));
        }
        for (bits, offset, expected) in [
            (2048, 560_316, "RFC 7919 ffdhe2048"),
            (3072, 2_625_351, "RFC 7919 ffdhe3072"),
            (4096, 5_736_041, "RFC 7919 ffdhe4096"),
            (6144, 15_705_020, "RFC 7919 ffdhe6144"),
            (8192, 10_965_728, "RFC 7919 ffdhe8192"),
        ] {
            assert_eq!(name(&formed(bits, e, offset)), Some(expected));
        }
        assert_eq!(name(&formed(2048, pi, 124_478)), None);
    }

    /// Fermat's test: a wrong digit makes a number that is hardly ever prime.
    #[test]
    fn the_other_primes_are_prime() {
        let mut tried = 0;
        for (digits, name) in NAMES.iter() {
            let prime = BigUint::parse_bytes(digits.as_bytes(), 16).expect("hexadecimal digits");
            assert_eq!(
                prime.to_str_radix(16),
                **digits,
                "{name} is spelled as it is looked up"
            );
            if name.starts_with("RFC") && !name.starts_with("RFC 5114") {
                continue;
            }
            let two = BigUint::from(2_u8);
            assert_eq!(
                two.modpow(&(&prime - 1_u8), &prime),
                BigUint::from(1_u8),
                "{name}"
            );
            tried += 1;
        }
        assert_eq!(tried, 43 - 13);
    }
}
