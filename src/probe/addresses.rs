//! Which addresses may be dialled at all (threat model E1, E2).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// Addresses of metadata services that hand out secrets to whoever asks from inside a cloud;
/// 169.254.169.254 and 169.254.170.2 are link-local already.
const METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
];

/// Whether `address` may be dialled: not if `deny` holds it, and if it is loopback, link-local,
/// multicast, unspecified, reserved (240.0.0.0/4) or a metadata service, only if `allow` holds it.
///
/// An IPv6 address that carries IPv4 ones (mapped, compatible, translated, NAT64, 6to4, Teredo) is
/// judged as all of them.
pub fn may_dial(address: IpAddr, allow: &[IpNet], deny: &[IpNet]) -> bool {
    let forms = forms(address);
    let held = |nets: &[IpNet], form: &IpAddr| nets.iter().any(|net| net.contains(form));
    let denied = forms.iter().any(|form| held(deny, form));
    let special = forms.iter().any(is_special);
    !denied && (!special || forms.iter().any(|form| held(allow, form)))
}

fn forms(address: IpAddr) -> Vec<IpAddr> {
    let mut forms = vec![address];
    if let IpAddr::V6(six) = address {
        forms.extend(carried(six).into_iter().map(IpAddr::V4));
    }
    forms
}

fn carried(six: Ipv6Addr) -> Vec<Ipv4Addr> {
    let octets = six.octets();
    let at = |places: [usize; 4]| Ipv4Addr::from(places.map(|place| octets[place]));
    match six.segments() {
        // NAT64 (RFC 6052 §2.1), mapped (RFC 4291 §2.5.5.2), translated (RFC 2765 §2.1).
        [0x64, 0xff9b, 0, 0, 0, 0, _, _]
        | [0, 0, 0, 0, 0, 0xffff, _, _]
        | [0, 0, 0, 0, 0xffff, 0, _, _] => vec![at(LAST)],
        [0x64, 0xff9b, 1, ..] => local_nat64(at),
        // 6to4 (RFC 3056 §2).
        [0x2002, ..] => vec![at([2, 3, 4, 5])],
        // Teredo (RFC 4380 §4): the server, and the client with every bit turned over.
        [0x2001, 0, ..] => vec![at([4, 5, 6, 7]), !at(LAST)],
        // Compatible (RFC 4291 §2.5.5.1) but :: and ::1.
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 || low > 1 => vec![at(LAST)],
        _ => Vec::new(),
    }
}

const LAST: [usize; 4] = [12, 13, 14, 15];

/// NAT64 of a network's own (RFC 8215 §3), whose prefix may have any length of RFC 6052 §2.2. The
/// places that the right length leaves empty read as 0.x and are no address.
fn local_nat64(at: impl Fn([usize; 4]) -> Ipv4Addr) -> Vec<Ipv4Addr> {
    let lengths = [[6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12], LAST];
    let found: Vec<Ipv4Addr> = lengths
        .into_iter()
        .map(at)
        .filter(|four| four.octets()[0] != 0)
        .collect();
    match found.is_empty() {
        true => vec![Ipv4Addr::UNSPECIFIED],
        false => found,
    }
}

fn is_special(address: &IpAddr) -> bool {
    METADATA.contains(address)
        || match address {
            IpAddr::V4(four) => {
                four.is_loopback()
                    || four.is_link_local()
                    || four.is_multicast()
                    || four.octets()[0] >= 240
                    || four.octets()[0] == 0
            }
            IpAddr::V6(six) => {
                six.is_loopback()
                    || six.is_unspecified()
                    || six.is_multicast()
                    || six.is_unicast_link_local()
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nets(nets: &[&str]) -> Vec<IpNet> {
        nets.iter().map(|net| net.parse().expect("a net")).collect()
    }

    fn dials(address: &str, allow: &[&str], deny: &[&str]) -> bool {
        may_dial(
            address.parse().expect("an address"),
            &nets(allow),
            &nets(deny),
        )
    }

    #[test]
    fn special_addresses_need_to_be_named_in_every_spelling() {
        for address in [
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "::",
            "0.0.0.0",
            "0.1.2.3",
            "255.255.255.255",
            "224.0.0.1",
            "ff02::1",
            "169.254.169.254",
            "169.254.170.2",
            "fe80::1",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254",
            "240.0.0.1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "::ffff:0:127.0.0.1",
            "64:ff9b:1::7f00:1",
            "64:ff9b:1:7f00:0:100::",
            "64:ff9b:1:ff7f::100:0:0",
            "2001:0:c000:201::80ff:fffe",
            "2001:0:7f00:1::3fff:fdfe",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "::ffff:100.100.100.200",
        ] {
            assert!(!dials(address, &[], &[]), "{address}");
            assert!(dials(address, &["0.0.0.0/0", "::/0"], &[]), "{address}");
        }
        assert!(dials("::ffff:127.0.0.1", &["127.0.0.0/8"], &[]));
        assert!(!dials("127.0.0.1", &["127.0.0.2/32"], &[]));
    }

    #[test]
    fn private_and_public_addresses_are_dialled_unless_denied() {
        for address in [
            "192.0.2.1",
            "10.1.2.3",
            "2001:db8::1",
            "fd12::1",
            "64:ff9b::c000:201",
            "64:ff9b:1::c000:201",
            "2002:c000:201::1",
            "2001:0:c000:201::3fff:fdfe",
        ] {
            assert!(dials(address, &[], &[]), "{address}");
            assert!(
                !dials(address, &["::/0"], &["::/0", "0.0.0.0/0"]),
                "{address}"
            );
        }
        assert!(!dials("64:ff9b::c000:201", &[], &["192.0.2.0/24"]));
        assert!(!dials("127.0.0.1", &["127.0.0.0/8"], &["127.0.0.1/32"]));
    }
}
