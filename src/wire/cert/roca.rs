//! The fingerprint of RSA keys whose primes can be found (CVE-2017-15361).
//!
//! Nemec, Sys, Svenda, Klinec, Matyas: "The Return of Coppersmith's Attack", CCS 2017, §2: the
//! primes that one library made are powers of 65537 modulo a product of small primes, and so is
//! their product. Other keys are that by chance once in 2^154.

/// The generator.
const GENERATOR: u32 = 65_537;
/// Primes up to 167: the product that every size of affected keys has in common.
const PRIMES: [u32; 39] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether the modulus, big-endian, is a power of 65537 modulo the product of [`PRIMES`].
pub(super) fn has_fingerprint(modulus: &[u8]) -> bool {
    if modulus.is_empty() {
        return false;
    }
    let mut powers = Vec::with_capacity(PRIMES.len());
    for prime in PRIMES {
        match logarithm(remainder(modulus, prime), prime) {
            Some(power) => powers.push(power),
            None => return false,
        }
    }
    agree(&powers)
}

/// One exponent for all exists where each two of them agree (the Chinese remainder theorem).
fn agree(powers: &[(u32, u32)]) -> bool {
    powers.iter().enumerate().all(|(index, (one, order))| {
        powers[index + 1..].iter().all(|(other, other_order)| {
            let common = gcd(*order, *other_order);
            one % common == other % common
        })
    })
}

fn remainder(number: &[u8], prime: u32) -> u32 {
    number
        .iter()
        .fold(0, |rest, octet| (rest * 256 + u32::from(*octet)) % prime)
}

/// The smallest exponent that makes the generator the residue, and the generator's order.
fn logarithm(residue: u32, prime: u32) -> Option<(u32, u32)> {
    let mut found = None;
    let mut value = 1 % prime;
    for exponent in 0..prime {
        if exponent > 0 && value == 1 % prime {
            return found.map(|found| (found, exponent));
        }
        if value == residue {
            found.get_or_insert(exponent);
        }
        value = value * (GENERATOR % prime) % prime;
    }
    found.map(|found| (found, prime - 1))
}

fn gcd(one: u32, other: u32) -> u32 {
    match other {
        0 => one,
        other => gcd(other, one % other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 65537 to that power, big-endian.
    fn power(exponent: usize) -> Vec<u8> {
        let mut number = vec![1_u8];
        for _ in 0..exponent {
            // n * 65537 = n * 2^16 + n.
            let mut next = number.clone();
            next.extend([0, 0]);
            let mut carry = 0;
            for place in 0..next.len() {
                let at = next.len() - 1 - place;
                let add = number.len().checked_sub(1 + place).map_or(0, |i| number[i]);
                let sum = u16::from(next[at]) + u16::from(add) + carry;
                next[at] = (sum & 0xff) as u8;
                carry = sum >> 8;
            }
            if carry > 0 {
                next.insert(0, carry as u8);
            }
            number = next;
        }
        number
    }

    #[test]
    fn powers_of_the_generator_are_known_and_others_are_not() {
        assert_eq!(power(2), [1, 0, 2, 0, 1]);
        for exponent in [1, 31, 64, 127, 128] {
            assert!(has_fingerprint(&power(exponent)), "{exponent}");
        }
        // The neighbours of one are no power.
        let mut near = power(128);
        for step in 1..=200_u8 {
            let last = near.len() - 1;
            near[last] = near[last].wrapping_add(2);
            assert!(!has_fingerprint(&near), "{step}");
            if near[last] >= 254 {
                break;
            }
        }
        assert!(
            !has_fingerprint(&[]) && !has_fingerprint(&[0; 256]) && !has_fingerprint(&[0xff; 256])
        );
    }

    #[test]
    fn a_power_of_each_prime_alone_is_not_enough() {
        assert!(agree(&[(1, 2), (3, 4), (7, 9)]));
        assert!(!agree(&[(0, 2), (7, 9), (3, 4)]));
        assert_eq!(logarithm(2, 3), Some((1, 2)));
        // 65537 is 1 modulo 2, and 10 modulo 11, whose square is 1.
        assert_eq!(logarithm(1, 2), Some((0, 1)));
        assert_eq!(logarithm(10, 11), Some((1, 2)));
        assert_eq!(logarithm(3, 11), None);
    }
}
