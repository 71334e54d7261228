//! IPv4 and IPv6 side by side: each address is visited, and a family that this machine lacks is not
//! the server's fault (threat model H10, I1, I2).

use super::fleet::Fleet;
use super::in_its_own_network;

const HOST: &str = "mail.one.example";
const FOUR: &str = "198.51.100.1";
const SIX: &str = "2001:db8::1";

in_its_own_network! {
    fn without_ipv6_the_other_addresses_decide_and_that_is_remarked() {
        let mut fleet = Fleet::new().host(HOST, &[(FOUR, true)]);
        fleet.leads_to(HOST, SIX);
        // Without any route, and without the family.
        for switched_off in [false, true] {
            if switched_off && std::fs::write("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1").is_err() {
                continue;
            }
            let ran = fleet.audit(&[]);
            assert_eq!(ran.code(), Some(0), "{}", ran.told());
            assert!(fleet.verdicts().iter().all(|(verdict, _)| verdict == "compliant"));
            let report = fleet.place.report("out");
            let addresses = report["endpoints"][0]["addresses"].as_array().expect("addresses");
            let six = addresses.iter().find(|visit| visit["address"] == SIX).expect("listed");
            assert_eq!(six["connected"]["unknown"]["cause"], "no-route-here");
            let remark = "this machine has no route to addresses of this family";
            assert!(fleet.place.read("out/report.md").contains(remark));
            assert!(fleet.found("unstable").is_empty());
        }
    }
}

in_its_own_network! {
    fn a_host_with_ipv6_alone_is_not_verified_without_it() {
        let mut fleet = Fleet::new().host(HOST, &[]);
        fleet.leads_to(HOST, SIX);
        let ran = fleet.audit(&[]);
        assert_eq!(ran.code(), Some(3), "{}", ran.told());
        let unreachable = Some("unreachable".to_owned());
        assert_eq!(fleet.verdicts()[0], ("not-verified".to_owned(), unreachable));
    }
}

in_its_own_network! {
    fn a_bad_address_shows_whichever_family_it_is_of() {
        for (host, bad, good) in [
            ("four.example", "198.51.100.2", "2001:db8::2"),
            ("six.example", "2001:db8::3", "198.51.100.3"),
        ] {
            let fleet = Fleet::new().host(host, &[(bad, false), (good, true)]);
            let ran = fleet.audit(&[]);
            assert_eq!(ran.code(), Some(1), "{}", ran.told());
            let expired = fleet.found("cert-expired");
            assert_eq!(expired[0]["evidence"]["values"]["address"]["term"], bad);
            assert!(!fleet.found("cert-differs-between-addresses").is_empty());
            let said = expired[0]["evidence"]["text_en"].to_string();
            assert!(said.contains(&format!("(Address {bad}.)")), "{said}");
        }
    }
}
